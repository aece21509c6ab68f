"""What a run starts from, as one digest: every file it reads, and all code that decides what becomes of them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from communique.releases.content import PIECE
from communique.releases.fingerprint import code_fingerprint

_FORMAT = b"inputs 1\n"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The digest of all inputs of a run; `state` differs wherever a file was so much as touched in between."""

    digest: str
    state: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file of a folder: its name, whether it is a link and where that leads, its sha256 and what identifies it."""

    name: bytes
    kind: bytes
    sha256: bytes
    identity: tuple[int, ...]


class _UncertainError(Exception):
    """A file is none that can be read, or changed while it was."""


def survey(folders: Mapping[str, Path | None], *packages: ModuleType) -> Inputs | None:
    """The inputs of a run over folders by what they are for (None: none is given), by this code and that of `packages`.

    Every file that stands in a folder itself counts, whether or not anything comes of it; hidden ones and folders in it
    are read by nobody.  None where the folder or a file cannot be read, or is no regular one, so that nothing is
    certain.
    """
    digest, state = hashlib.sha256(_FORMAT), hashlib.sha256()
    digest.update(code_fingerprint(*packages).encode())
    try:
        for use, folder in sorted(folders.items()):
            is_there = folder is not None and folder.is_dir()
            digest.update(b"\0folder %s %d\n" % (use.encode(), is_there))
            for seen in _files(folder) if folder is not None and is_there else ():
                digest.update(b"%d %s %s %s" % (len(seen.name), seen.name, seen.kind, seen.sha256))
                state.update(b"%s %r\n" % (seen.sha256, seen.identity))
    except (_UncertainError, OSError):
        return None
    return Inputs(digest.hexdigest(), state.hexdigest())


def _files(folder: Path) -> Iterator[_Seen]:
    """The files of a folder in the order of their names."""
    with os.scandir(folder) as entries:
        files = (entry for entry in entries if not entry.name.startswith(".") and not entry.is_dir())
        found = sorted((os.fsencode(entry.name), entry.path, entry.is_symlink()) for entry in files)
    for name, path, is_link in found:
        kind = b"file"
        if is_link:
            inside = Path(path).resolve().is_relative_to(folder.resolve())
            kind = b"link inside" if inside else b"link outside"
        yield _Seen(name, kind, *_read(path))


def _read(path: str) -> tuple[bytes, tuple[int, ...]]:
    """The sha256 of a file, and what identifies it as it is now."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise _UncertainError from None
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise _UncertainError
        digest, left = hashlib.sha256(), before.st_size
        while left and (piece := os.read(descriptor, min(left, PIECE))):
            digest.update(piece)
            left -= len(piece)
        if left or _identity(before) != _identity(os.fstat(descriptor)):
            raise _UncertainError
    except OSError:
        raise _UncertainError from None
    finally:
        os.close(descriptor)
    return digest.digest(), _identity(before)


def _identity(about: os.stat_result) -> tuple[int, ...]:
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns
