"""Where releases live, and how a new one becomes visible in one step.

A publisher writes every file of the release into a stage, which no reader looks at; committing moves the whole stage
to its version and then replaces `index.json`.  Readers start at the index, so whenever a publisher dies they see the
old release or the new one.  Only one publisher works at a time, and only from the index it has seen.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from communique.releases.errors import PublishConflictError, ReleaseError
from communique.releases.index import Index
from communique.releases.names import INDEX
from communique.releases.version import FIRST, Version

STAGE_PREFIX = ".staging-"


class Files(Protocol):
    """The files of one release."""

    @property
    def location(self) -> str: ...

    def names(self) -> list[str]: ...

    def has(self, name: str) -> bool: ...

    def read(self, name: str) -> bytes: ...


class Stage(Protocol):
    """A release in the making, invisible to readers until `commit`."""

    def write(self, name: str, data: bytes) -> None: ...

    def commit(self, version: str, released: str) -> Index: ...


class Store(Protocol):
    """A place of releases."""

    @property
    def location(self) -> str: ...

    def index(self) -> Index: ...

    def files(self, version: str) -> Files: ...

    def publishing(self, seen: Index) -> AbstractContextManager[Stage]: ...


def release_digest(digests: Mapping[str, str]) -> str:
    """One sha256 for a release: over its file names and their sha256, in the order of the names."""
    lines = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()


class LocalFiles:
    """A release folder on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def location(self) -> str:
        return str(self.folder)

    def names(self) -> list[str]:
        """The names of everything in the folder.

        Raises:
            ReleaseError: there is no such folder.
        """
        try:
            return sorted(path.name for path in self.folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            raise ReleaseError(f"{self.folder}: no such release folder") from None

    def has(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def read(self, name: str) -> bytes:
        """The bytes of one file.

        Raises:
            ReleaseError: the file is missing.
        """
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            raise ReleaseError(f"{self.folder / name}: missing from the release; fetch the release again") from None


class LocalStore:
    """Releases in a folder: `index.json` and one folder per version."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def location(self) -> str:
        return str(self.folder)

    def index(self) -> Index:
        """The index; an empty one where nothing was published yet.

        Raises:
            ReleaseError: the index is unreadable, or lost while releases are there.
        """
        path = self.folder / INDEX
        try:
            return Index.parse(path.read_bytes(), str(path))
        except FileNotFoundError:
            lost = [version for version in self._versions() if version != FIRST]
            if lost:
                raise ReleaseError(f"{path}: missing although there is a release {lost[-1]}; restore it") from None
            return Index()

    def files(self, version: str) -> LocalFiles:
        return LocalFiles(self.folder / version)

    @contextmanager
    def publishing(self, seen: Index) -> Iterator[LocalStage]:
        """A stage for the release that follows `seen`; leftovers of publishers that died are removed.

        Raises:
            PublishConflictError: another publisher is at work, or has published since `seen` was read.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with _exclusive(self.folder):
            if self.index() != seen:
                raise PublishConflictError(f"{self.folder}: another release was published meanwhile; run again")
            self._clean(seen)
            stage = self.folder / f"{STAGE_PREFIX}{os.getpid()}"
            stage.mkdir()
            try:
                yield LocalStage(self.folder, stage, seen)
            finally:
                shutil.rmtree(stage, ignore_errors=True)

    def _versions(self) -> list[Version]:
        if not self.folder.is_dir():
            return []
        found = []
        for path in self.folder.iterdir():
            try:
                found.append(Version.parse(path.name))
            except ValueError:
                continue
        return sorted(found)

    def _clean(self, index: Index) -> None:
        latest = Version(0, 0, 0) if index.latest is None else Version.parse(index.latest)
        dead = [str(version) for version in self._versions() if version > latest and str(version) not in index]
        for path in [*self.folder.glob(f"{STAGE_PREFIX}*"), *(self.folder / name for name in dead)]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


class LocalStage:
    """A stage folder beside the releases, on the same file system."""

    def __init__(self, folder: Path, stage: Path, seen: Index) -> None:
        self.folder, self.stage, self.seen = folder, stage, seen
        self.digests: dict[str, str] = {}

    def write(self, name: str, data: bytes) -> None:
        """Write one file and make it durable."""
        with (self.stage / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self.digests[name] = hashlib.sha256(data).hexdigest()

    def commit(self, version: str, released: str) -> Index:
        """Read everything back, then make it visible as `version`; returns the new index.

        Raises:
            ReleaseError: a file is not on disk as it was written, or the version exists.
        """
        self._verify()
        index = self.seen.with_release(version, released, release_digest(self.digests))
        _sync_folder(self.stage)
        target = self.folder / version
        try:
            self.stage.rename(target)
        except OSError as error:
            raise ReleaseError(f"{target}: cannot be created ({error.strerror}); move what is there away") from None
        try:
            _sync_folder(self.folder)
            self._replace_index(index)
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
            raise
        _sync_folder(self.folder)
        return index

    def _replace_index(self, index: Index) -> None:
        draft = self.folder / f"{STAGE_PREFIX}{INDEX}"
        with draft.open("wb") as file:
            file.write(index.encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / INDEX)

    def _verify(self) -> None:
        written = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.stage.iterdir()}
        if written != self.digests:
            wrong = sorted(name for name, _ in written.items() ^ self.digests.items())
            raise ReleaseError(f"{self.stage}: {wrong[0]} is not on disk as it was written; check the disk, run again")


@contextmanager
def _exclusive(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system releases when the process ends, however it ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PublishConflictError(
                f"{folder}: another publisher is at work here; run again when it has finished"
            ) from None
        yield
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
