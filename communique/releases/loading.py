"""Tables of published releases for analysts: found through the index, verified byte by byte, kept once fetched.

Whatever is returned has been traced back to the index: it lists the digest of the whole release, which is that of the
list of its files' digests, which has the digest of every file.
"""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from communique.caches import cache_folder
from communique.releases.content import digest_of, measured
from communique.releases.errors import ReleaseError
from communique.releases.index import Entry, Index
from communique.releases.names import DESCRIPTOR, INDEX, REPORTS, SUMS
from communique.releases.parquet import decode
from communique.releases.parts import listed_parts
from communique.releases.places import is_remote, open_store
from communique.releases.storage import Files
from communique.releases.sums import encode_sums, parse_sums, sums_of
from communique.releases.version import Version


class YankedReleaseWarning(UserWarning):
    """A release that was asked for by its version is not to be used any more."""


def load_table(table: str, version: str | None, source: str) -> pl.DataFrame:
    """The rows of a table of a release; see `communique.load`."""
    store = open_store(source)
    entry = _chosen(store.index(), version, source)
    if entry.is_yanked:
        reason = entry.why or "no reason is given"
        warnings.warn(
            f"release {entry.version} was yanked: {reason}; use a later one", YankedReleaseWarning, stacklevel=3
        )
    verified = VerifiedFiles(store.files(entry.version), entry, Cache(cache_folder()) if is_remote(source) else None)
    resources = {part["name"]: part for part in verified.json(DESCRIPTOR)["resources"]}
    if table not in resources:
        raise ReleaseError(f"{table!r} is no table of release {entry.version}; it has {', '.join(resources)}")
    names = [part.path for part in listed_parts(resources[table])]
    return pl.concat(decode(verified.read(name), f"{source}/{entry.version}/{name}") for name in names)


def usable_versions(source: str) -> list[str]:
    """The versions that may be used, oldest first; see `communique.versions`."""
    return [str(version) for version in _usable(open_store(source).index())]


@dataclass(frozen=True, slots=True)
class Cache:
    """Files by their sha256; a file that is not what its name says is none."""

    folder: Path

    def get(self, digest: str) -> bytes | None:
        try:
            data = (self.folder / digest).read_bytes()
        except OSError:
            return None
        return data if digest_of(data) == digest else None

    def put(self, data: bytes) -> None:
        """Keep a file; where it cannot be written it is fetched again next time."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as draft:
                draft.write(data)
            Path(draft.name).replace(self.folder / digest_of(data))
        except OSError:
            return


class VerifiedFiles:
    """The files of a release, each checked against the digest of the release in the index before anyone sees it."""

    def __init__(self, files: Files, entry: Entry, cache: Cache | None = None) -> None:
        self._files, self._entry, self._cache = files, entry, cache
        self._digests = self._listed()

    @property
    def names(self) -> set[str]:
        """The names of all files of the release."""
        return {*self._digests}

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            ReleaseError: the file is no part of the release, or not the one that was published.
        """
        digest = self._digests.get(name)
        if digest is None:
            raise ReleaseError(f"{self._files.location}: {name} is no part of the release; fetch the release again")
        kept = self._cache.get(digest) if self._cache else None
        data = self._files.read(name) if kept is None else kept
        if digest_of(data) != digest:
            raise ReleaseError(
                f"{self._files.location}: {name} is not the file that was published; fetch the release again, "
                "`communique validate` names all that is wrong"
            )
        if self._cache and kept is None:
            self._cache.put(data)
        return data

    def json(self, name: str) -> Mapping[str, Any]:
        """The content of a JSON file; errors as for `read`."""
        content: Mapping[str, Any] = json.loads(self.read(name))
        return content

    def _listed(self) -> dict[str, str]:
        """The digests of all files; their list is what the index has the digest of."""
        kept = self._cache.get(self._entry.digest) if self._cache else None
        if kept is not None:
            return parse_sums(kept, self._entry.digest)
        if self._files.has(SUMS):
            data = self._files.read(SUMS)
            digests = {**parse_sums(data, f"{self._files.location}/{SUMS}"), **sums_of({SUMS: data})}
        else:
            digests = self._counted()
        listed = encode_sums(digests)
        if digest_of(listed) != self._entry.digest:
            raise ReleaseError(
                f"{self._files.location}: not the files that {INDEX} lists; fetch the release again, "
                "`communique validate` names all that is wrong"
            )
        if self._cache:
            self._cache.put(listed)
        return digests

    def _counted(self) -> dict[str, str]:
        """The digests of the files of a release that has no list of them."""
        data = self._files.read(DESCRIPTOR)
        try:
            tables = [part.path for resource in json.loads(data)["resources"] for part in listed_parts(resource)]
        except (ValueError, KeyError, TypeError) as error:
            raise ReleaseError(f"{self._files.location}/{DESCRIPTOR}: not readable ({error}); fetch it again") from None
        others = {name: measured(self._files.pieces(name))[0] for name in (*tables, *REPORTS)}
        return {**sums_of({DESCRIPTOR: data}), **others}


def _chosen(index: Index, version: str | None, source: str) -> Entry:
    """The release of that version, or the newest that may be used."""
    listed = ", ".join(entry.version for entry in index.versions)
    if not listed:
        raise ReleaseError(f"{source}: no releases here; name the folder or address that {INDEX} is in")
    if version is None:
        usable = _usable(index)
        if not usable:
            raise ReleaseError(f"{source}: all releases were yanked ({listed}); ask for one by its version")
        version = str(usable[-1])
    if version not in index:
        raise ReleaseError(f"{source}: no release {version}; there are {listed}")
    return index[version]


def _usable(index: Index) -> list[Version]:
    return sorted(Version.parse(entry.version) for entry in index.versions if not entry.is_yanked)
