"""What a place of releases can do, and the protocol by which a new release becomes visible in one step.

1. Every file is written into a stage, which no reader looks at, and read back.
2. `index.json` is replaced by one that names the stage as `pending`: from here on it is decided what the version holds.
3. The files move from the stage to the version, which nobody else writes and nobody ever removes.
4. `index.json` is replaced by one that lists the version.  Readers start there, so they see it whole or not at all.

A publisher that dies before 2 leaves a stage to be removed; one that dies later leaves a release that any other
publisher finishes, with the same bytes whoever does it and however often.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from communique.releases.content import Content, digest_of, measured
from communique.releases.errors import PublishConflictError, ReleaseError
from communique.releases.index import Index, Pending
from communique.releases.names import INDEX
from communique.releases.version import Version


class Files(Protocol):
    """The files of one release."""

    @property
    def location(self) -> str: ...

    def names(self) -> list[str]: ...

    def has(self, name: str) -> bool: ...

    def read(self, name: str) -> bytes:
        """The whole file; for one that may be large there are `pieces` and `path`."""
        ...

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of the file, some at a time."""
        ...

    def path(self, name: str) -> Path:
        """Where the file is on disk; one that is not is fetched, and kept while this object is."""
        ...


class Stage(Protocol):
    """A release in the making, invisible to readers until `commit`."""

    def write(self, name: str, content: Content) -> None:
        """Add a file; one on disk is copied and may be removed afterwards."""
        ...

    def commit(self, version: str, released: str) -> Index: ...


class Store(Protocol):
    """A place of releases."""

    @property
    def location(self) -> str: ...

    def index(self) -> Index: ...

    def files(self, version: str) -> Files: ...

    def recover(self) -> None: ...

    def publishing(self, seen: Index) -> AbstractContextManager[Stage]: ...

    def edit(self, change: Callable[[Index], Index]) -> Index: ...


def release_digest(digests: Mapping[str, str]) -> str:
    """One sha256 for a release: over its file names and their sha256, in the order of the names."""
    lines = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    return digest_of(lines.encode())


def digests(files: Files) -> dict[str, str]:
    """The sha256 of every file by name, read anew."""
    return {name: measured(files.pieces(name))[0] for name in files.names()}


def require_written(files: Files, written: Mapping[str, str]) -> None:
    """See that the files are there as they were written, none missing and none too many.

    Raises:
        ReleaseError: they are not.
    """
    found = digests(files)
    if found != written:
        wrong = sorted(name for name, _ in found.items() ^ written.items())
        raise ReleaseError(f"{files.location}: {wrong[0]} is not there as it was written; check the storage, run again")


def require_pending(files: Files, pending: Pending) -> None:
    """See that the files of a release that is about to be listed are those that were decided.

    Raises:
        ReleaseError: they are not.
    """
    if release_digest(digests(files)) != pending.digest:
        raise ReleaseError(
            f"{files.location}: a publisher stopped here and its files were changed since; remove them "
            f"and `pending` from {INDEX}, then release again"
        )


def require_seen(location: str, seen: Index, found: Index) -> None:
    """See that nobody published since `seen` was read, and nobody is about to.

    Raises:
        PublishConflictError: somebody did, or is.
    """
    if found != seen or found.pending is not None:
        raise another_was_first(location)


def another_was_first(location: str) -> PublishConflictError:
    return PublishConflictError(
        f"{location}: another publisher was first; nothing was changed, run again to build on its release"
    )


def require_listed(location: str, versions: Iterable[str], index: Index | None) -> None:
    """See that no release is there which the index does not list; `index` is None where there is no index.

    Publishers never leave one, so it is a release whose index was lost, or something else worth keeping.

    Raises:
        ReleaseError: there is one.
    """
    known = index or Index()
    due = known.pending.version if known.pending else None
    found = [v for v in versions if Version.is_one(v) and v not in known and v != due]
    if found:
        last, fault = max(found, key=Version.parse), "missing" if index is None else "out of date"
        raise ReleaseError(
            f"{location}/{INDEX}: {fault} although there is a release {last}; restore it, or move {last} away"
        )
