"""`index.json`: the list of releases, the only door through which readers find one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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
class Pending:
    """A release that is complete in its stage and will be listed by whoever finishes it; readers do not see it."""

    version: str
    released: str
    previous: str | None
    digest: str
    stage: str


@dataclass(frozen=True, slots=True)
class Index:
    """All releases, oldest first; `latest` is the newest that was not yanked, None where there is none."""

    latest: str | None = None
    versions: tuple[Entry, ...] = ()
    pending: Pending | None = None

    @classmethod
    def parse(cls, data: bytes, where: str) -> Index:
        """Read the bytes of an `index.json`; `where` names it in the error.

        Raises:
            ReleaseError: it is not JSON, or not the index of this dataset.
        """
        try:
            content = json.loads(data)
            entries = tuple(_entry(item) for item in content["versions"])
            pending = Pending(**content["pending"]) if content.get("pending") else None
            latest = content["latest"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReleaseError(f"{where}: not a readable release index ({error}); restore it from a copy") from None
        standing = {entry.version for entry in entries if not entry.is_yanked}
        if (latest not in standing) if standing else (latest is not None):
            raise ReleaseError(
                f"{where}: the latest version {latest} is not among its versions; restore it from a copy"
            )
        return cls(latest, entries, pending)

    def encode(self) -> bytes:
        """The bytes of `index.json`, equal for equal indexes."""
        content = {
            "dataset": DATASET,
            "latest": self.latest,
            "versions": [_content(entry) for entry in self.versions],
        }
        return json_bytes(content | ({"pending": asdict(self.pending)} if self.pending else {}))

    @property
    def newest(self) -> Version | None:
        """The greatest version that was ever listed, yanked or not."""
        return max((Version.parse(entry.version) for entry in self.versions), default=None)

    def with_pending(self, version: str, released: str, digest: str, stage: str) -> Index:
        """The index once it is decided that the stage becomes the next release.

        Raises:
            ReleaseError: the version is listed, or is not greater than all that are.
        """
        if version in self:
            raise ReleaseError(f"version {version} is already published; published releases never change")
        if self.newest is not None and Version.parse(version) < self.newest:
            raise ReleaseError(f"version {version} would follow {self.newest}; the next release has to be greater")
        return replace(self, pending=Pending(version, released, self.latest, digest, stage))

    def settled(self) -> Index:
        """The index with the pending release listed as the latest; the same index where none is pending."""
        if self.pending is None:
            return self
        due = self.pending
        return _restated((*self.versions, Entry(due.version, due.released, due.previous, due.digest)))

    def with_yank(self, version: str, why: str) -> Index:
        """The index with a release yanked: still listed, but never the latest.

        Raises:
            ReleaseError: there is no such release, or it is yanked already.
        """
        if version not in self:
            listed = ", ".join(entry.version for entry in self.versions) or "none"
            raise ReleaseError(f"no release {version} is listed; name one of these: {listed}")
        if (found := self[version]).is_yanked:
            raise ReleaseError(f"release {version} is yanked already ({found.why}); nothing was changed")
        yanked = (replace(e, status=YANKED, why=why) if e is found else e for e in self.versions)
        return replace(_restated(yanked), pending=self.pending)

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


def _restated(entries: Iterable[Entry]) -> Index:
    """The index of these releases: the last that is not yanked is current, those before it are superseded."""
    versions = tuple(entries)
    latest = next((entry.version for entry in reversed(versions) if not entry.is_yanked), None)
    return Index(latest, tuple(entry if entry.is_yanked else _with_status(entry, latest) for entry in versions))


def _with_status(entry: Entry, latest: str | None) -> Entry:
    return replace(entry, status=CURRENT if entry.version == latest else SUPERSEDED)


def _content(entry: Entry) -> dict[str, Any]:
    content = asdict(entry)
    if entry.why is None:
        del content["why"]
    return content


def _entry(item: Mapping[str, Any]) -> Entry:
    Version.parse(item["version"])
    fields = {name: item[name] for name in ("version", "released", "previous", "digest")}
    return Entry(**fields, status=item.get("status", CURRENT), why=item.get("why"))
