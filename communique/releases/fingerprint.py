"""Fingerprints of the code: one sha256 over everything that decides what the rows of an article are, and one over
everything that decides what a run comes to."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import distributions, version
from pathlib import Path
from types import ModuleType

import communique
import schemas

WITHOUT_ROWS = frozenset(("cli", "collect", "compiled", "pages", "quality", "releases", "runners"))
"""Parts of `communique` that read rows but never make one."""

LIBRARIES = ("ahocorasick-rs", "charset-normalizer", "polars", "py3langid", "trafilatura")
"""Libraries whose version can change a row."""


@cache
def engine_fingerprint() -> str:
    """The sha256 over the sources and lexicons of the engine and the versions of the libraries it reads with."""
    libraries = ((library, version(library).encode()) for library in LIBRARIES)
    return _digest([*libraries, *_sources((communique, schemas), WITHOUT_ROWS)])


@cache
def code_fingerprint(*packages: ModuleType) -> str:
    """The sha256 over all sources of the project, those of more `packages`, all libraries installed, and Python."""
    libraries = sorted({f"{found.name} {found.version}" for found in distributions()})
    about = "\n".join((*libraries, platform.python_implementation(), platform.python_version()))
    return _digest([("libraries", about.encode()), *_sources((communique, schemas, *packages), frozenset())])


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in parts:
        digest.update(f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode())
    return digest.hexdigest()


def _sources(packages: Iterable[ModuleType], without: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """The files of packages by name, without some of their parts."""
    for package in packages:
        folder = Path(str(package.__file__)).parent
        files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        for path in sorted(path for path in files if path.relative_to(folder).parts[0] not in without):
            yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path.read_bytes()
