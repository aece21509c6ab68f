"""Releases in a folder: `index.json` and one folder per version, one publisher at a time."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from communique.releases.content import Content, pieces
from communique.releases.errors import PublishConflictError, ReleaseError
from communique.releases.index import Index
from communique.releases.names import INDEX
from communique.releases.storage import (
    release_digest,
    require_listed,
    require_pending,
    require_seen,
    require_written,
)

STAGE_PREFIX = ".staging-"

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_FORBIDDEN = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))
_NO_FOLDER = frozenset((errno.ENOTDIR, errno.EEXIST))


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
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of one file, some at a time; errors as for `read`."""
        return pieces(self.path(name))

    def path(self, name: str) -> Path:
        """Where one file is; errors as for `read`."""
        path = self.folder / name
        if not path.is_file():
            raise ReleaseError(f"{path}: missing from the release; fetch the release again")
        return path


class LocalStore:
    """Releases in a folder."""

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
        with _explained(path):
            try:
                return Index.parse(path.read_bytes(), str(path))
            except FileNotFoundError:
                require_listed(self.location, self._folders(), None)
                return Index()

    def files(self, version: str) -> LocalFiles:
        return LocalFiles(self.folder / version)

    def recover(self) -> None:
        """Finish the release of a publisher that died after it was decided; remove what dead publishers left.

        Raises:
            PublishConflictError: another publisher is at work.
            ReleaseError: the release cannot be finished.
        """
        if self._leftovers() or self.index().pending:
            with self._alone():
                self._tidied()

    @contextmanager
    def publishing(self, seen: Index) -> Iterator[LocalStage]:
        """A stage for the release that follows `seen`; leftovers of publishers that died are removed.

        Raises:
            PublishConflictError: another publisher is at work, or has published since `seen` was read.
            ReleaseError: a release is there that the index does not list, or the folder cannot be written.
        """
        with _explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            require_seen(self.location, seen, self.index())
            require_listed(self.location, self._folders(), seen)
            self._tidied()
            stage = self.folder / f"{STAGE_PREFIX}{os.getpid()}"
            stage.mkdir()
            try:
                yield LocalStage(self, stage, seen)
            finally:
                if self._pending_stage() != stage.name:
                    shutil.rmtree(stage, ignore_errors=True)

    def edit(self, change: Callable[[Index], Index]) -> Index:
        """Replace the index by what `change` makes of it; returns the new one.

        Raises:
            PublishConflictError: a publisher is at work.
        """
        if not self.folder.is_dir():
            raise ReleaseError(f"{self.folder}: no such folder; name the place of the releases")
        with self._alone():
            index = change(self._tidied())
            self.replace_index(index)
            return index

    def finish(self, index: Index) -> Index:
        """List the release that is pending in the index, after its files have moved to their version.

        Raises:
            ReleaseError: the files are not those that were decided.
        """
        if index.pending is None:
            return index
        stage, target = self.folder / index.pending.stage, self.folder / index.pending.version
        if not target.exists() and stage.is_dir():
            stage.rename(target)
            sync_folder(self.folder)
        require_pending(LocalFiles(target), index.pending)
        self.replace_index(settled := index.settled())
        return settled

    def replace_index(self, index: Index) -> None:
        """Make this the index, in one step and durably."""
        draft = self.folder / f"{STAGE_PREFIX}{INDEX}"
        try:
            write_durably(draft, index.encode())
            draft.replace(self.folder / INDEX)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(self.folder)

    def _tidied(self) -> Index:
        """The index with nothing pending, in a folder without leftovers; the lock is held, so nobody works on them."""
        index = self.finish(self.index())
        for path in self._leftovers():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return index

    def _leftovers(self) -> list[Path]:
        return sorted(self.folder.glob(f"{STAGE_PREFIX}*"))

    def _folders(self) -> list[str]:
        return [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []

    def _pending_stage(self) -> str | None:
        pending = self.index().pending
        return pending.stage if pending else None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's lock, which the system releases when the process ends, however it ends."""
        with _explained(self.folder):
            descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                self._lock(descriptor)
                yield
            finally:
                os.close(descriptor)

    def _lock(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PublishConflictError(
                f"{self.folder}: another publisher is at work here; nothing was changed, run again when it is done"
            ) from None


class LocalStage:
    """A stage folder beside the releases, on the same file system."""

    def __init__(self, store: LocalStore, stage: Path, seen: Index) -> None:
        self.store, self.stage, self.seen = store, stage, seen
        self.digests: dict[str, str] = {}

    def write(self, name: str, content: Content) -> None:
        """Write one file and make it durable."""
        self.digests[name] = write_durably(self.stage / name, content)

    def commit(self, version: str, released: str) -> Index:
        """Read everything back, then make it visible as `version`; returns the new index.

        Raises:
            ReleaseError: a file is not on disk as it was written, or the version cannot follow.
        """
        require_written(LocalFiles(self.stage), self.digests)
        decided = self.seen.with_pending(version, released, release_digest(self.digests), self.stage.name)
        sync_folder(self.stage)
        self.store.replace_index(decided)
        return self.store.finish(decided)


def write_durably(path: Path, content: Content) -> str:
    """Write a file and wait until it is on the disk; returns the sha256 of what was written."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in pieces(content):
            file.write(piece)
            digest.update(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """One line for what the file system refuses."""
    try:
        yield
    except OSError as error:
        where, what = error.filename or folder, error.strerror or str(error)
        raise ReleaseError(f"{where}: {what}; {_remedy(error.errno)}") from None


def _remedy(number: int | None) -> str:
    if number in _FULL:
        return "make room there and run again"
    if number in _FORBIDDEN:
        return "give this user the right to write there"
    if number in _NO_FOLDER:
        return "name a folder"
    return "check the disk and run again"
