"""`index.json`: the list of releases, the only door through which readers find one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from communique.releases.errors import ReleaseError
from communique.releases.version import Version

DATASET = "communique"
CURRENT, SUPERSEDED, YANKED = "current", "superseded", "yanked"


@dataclass(frozen=True, slots=True)
class Entry:
    """A release in the index; `digest` covers all its files, `released` is the day it was published (ISO).

    `previous` is the release it was compared with; `why` says why a yanked release is not to be used.
    """

    version: str
    released: str
    previous: str | None
    digest: str
    status: str = CURRENT
    why: str | None = None

    @property
    def is_yanked(self) -> bool:
        return self.status == YANKED


@dataclass(frozen=True, slots=True)
class Index:
    """All releases, oldest first; `latest` is None before the first."""

    latest: str | None = None
    versions: tuple[Entry, ...] = ()

    @classmethod
    def parse(cls, data: bytes, where: str) -> Index:
        """Read the bytes of an `index.json`; `where` names it in the error.

        Raises:
            ReleaseError: it is not JSON, or not the index of this dataset.
        """
        try:
            content = json.loads(data)
            entries = tuple(_entry(item) for item in content["versions"])
            latest = content["latest"]
        except (ValueError, KeyError, TypeError) as error:
            raise ReleaseError(f"{where}: not a readable release index ({error}); restore it from a copy") from None
        if latest is not None and latest not in {entry.version for entry in entries}:
            raise ReleaseError(
                f"{where}: the latest version {latest} is not among its versions; restore it from a copy"
            )
        return cls(latest, entries)

    def encode(self) -> bytes:
        """The bytes of `index.json`, equal for equal indexes."""
        content = {
            "dataset": DATASET,
            "latest": self.latest,
            "versions": [_content(entry) for entry in self.versions],
        }
        return json_bytes(content)

    def with_release(self, version: str, released: str, digest: str) -> Index:
        """The index after one more release, which becomes the latest."""
        if version in self:
            raise ReleaseError(f"version {version} is already published; published releases never change")
        older = tuple(replace(e, status=SUPERSEDED) if e.status == CURRENT else e for e in self.versions)
        return Index(version, (*older, Entry(version, released, self.latest, digest)))

    def __contains__(self, version: object) -> bool:
        return any(entry.version == version for entry in self.versions)

    def __getitem__(self, version: str) -> Entry:
        for entry in self.versions:
            if entry.version == version:
                return entry
        raise KeyError(version)


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """JSON as all files of a release have it: UTF-8, indented, one newline at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _content(entry: Entry) -> dict[str, Any]:
    content = asdict(entry)
    if entry.why is None:
        del content["why"]
    return content


def _entry(item: Mapping[str, Any]) -> Entry:
    Version.parse(item["version"])
    fields = {name: item[name] for name in ("version", "released", "previous", "digest")}
    return Entry(**fields, status=item.get("status", CURRENT), why=item.get("why"))
