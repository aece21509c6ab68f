"""The fingerprint of the engine: one sha256 over everything that decides what the rows of an article are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import communique
import schemas

WITHOUT_ROWS = frozenset(("cli", "collect", "compiled", "pages", "quality", "releases"))
"""Parts of `communique` that read rows but never make one."""

LIBRARIES = ("ahocorasick-rs", "charset-normalizer", "polars", "py3langid", "trafilatura")
"""Libraries whose version can change a row."""


@cache
def engine_fingerprint() -> str:
    """The sha256 over the sources and lexicons of the engine and the versions of the libraries it reads with."""
    digest = hashlib.sha256()
    for name, content in _parts():
        digest.update(f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode())
    return digest.hexdigest()


def _parts() -> Iterator[tuple[str, bytes]]:
    for library in LIBRARIES:
        yield library, version(library).encode()
    for package in (communique, schemas):
        folder = Path(str(package.__file__)).parent
        for path in _sources(folder):
            yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def _sources(folder: Path) -> Iterable[Path]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(path for path in files if path.relative_to(folder).parts[0] not in WITHOUT_ROWS)
