"""Tables that lie on disk, ready to be judged and published: nothing of them is in memory but what is asked for."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from communique.releases.places import is_remote
from communique.releases.rows import FileRows, Rows
from schemas.tables import TABLES

_PREFIX = ".communique-tables-"
_FORBIDDEN = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))


class StagedTables(Mapping[str, Rows]):
    """The rows of all tables by name, each table a Parquet file `NAME.parquet` in one folder, its rows sorted.

    Raises `CannotCompareError` where a table is asked for whose file cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def paths(self) -> dict[str, Path]:
        """The files by table."""
        return {name: self.folder / f"{name}.parquet" for name in TABLES}

    def __getitem__(self, name: str) -> Rows:
        path = self.paths[name]
        return FileRows(path, str(path))

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


@contextmanager
def staging(place: str) -> Iterator[Path]:
    """A folder for tables in the making, on the disk of the releases at `place`, and removed in the end.

    Where releases are not on this machine, or nothing can be written beside them, or the name of their folder is none
    in this locale, it is among the temporary files.
    What a process left that was killed is removed by the next one.

    Raises:
        OSError: the folder cannot be made.
    """
    for around in _around(place):
        _tidy(around)
        try:
            folder = TemporaryDirectory(prefix=_PREFIX, dir=around)
        except OSError as error:
            if error.errno not in _FORBIDDEN:
                raise
            continue
        with folder as name, _held(Path(name)):
            yield Path(name)
        return


def _around(place: str) -> Iterator[Path]:
    if not is_remote(place):
        folder = Path(place).absolute()
        around = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
        if not any("\ud800" <= character <= "\udfff" for character in str(around)):
            yield around
    yield Path(gettempdir())


def _tidy(around: Path) -> None:
    """Remove the folders that nobody holds any more."""
    for path in around.glob(f"{_PREFIX}*"):
        with suppress(OSError), _held(path):
            shutil.rmtree(path)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system releases when the process ends; OSError where another has it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
