"""Which modules run as machine code: those whose binaries were made from the very sources that stand here.

The binaries lie outside the packages, with a manifest of the sources they were made from.  One source more, less or
different, and none of them is used: compiled modules rely on the types of the others, so all of them go together.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
SOURCES = ("communique/articles", "communique/extraction", "communique/lexicons", "schemas")
"""Folders whose sources decide whether binaries fit: the compiled modules and all that they import."""

SWITCH = "COMMUNIQUE_INTERPRETED"
"""Environment variable that leaves the binaries unused when it is set."""

MANIFEST = "manifest.json"
_PREFIXES, _SHARED = ("communique.articles.", "communique.extraction."), "__mypyc"


@dataclass(frozen=True, slots=True)
class Binaries:
    """Files of binaries by module name; `unused` says why there are none, `stale` that they were made from others."""

    modules: Mapping[str, Path]
    unused: str | None = None
    stale: bool = False


def folder_of(root: Path) -> Path:
    """Where the binaries for this Python lie."""
    return root / "build" / "compiled" / EXTENSION_SUFFIXES[0].strip(".").rsplit(".", 1)[0]


def digests(root: Path) -> dict[str, str]:
    """The sha256 of every source that binaries depend on, by path."""
    return {path: hashlib.sha256((root / path).read_bytes()).hexdigest() for path in _sources(root)}


def _sources(root: Path) -> Iterator[str]:
    for folder in SOURCES:
        for directory, _, names in os.walk(root / folder):
            inside = Path(directory).relative_to(root).as_posix()
            yield from (f"{inside}/{name}" for name in names if name.endswith(".py"))


def binaries(root: Path = ROOT) -> Binaries:
    """The binaries that fit the sources under `root`."""
    if os.environ.get(SWITCH):
        return Binaries({}, f"{SWITCH} is set")
    folder = folder_of(root)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Binaries({}, "not compiled")
    made_from, here = manifest["sources"], digests(root)
    changed = sorted(path for path in made_from.keys() | here if made_from.get(path) != here.get(path))
    if changed:
        return Binaries({}, f"{changed[0]} has changed since the engine was compiled", stale=True)
    return Binaries({name: folder / file for name, file in manifest["modules"].items()})


@cache
def in_use() -> Binaries:
    """The binaries that this process uses."""
    return binaries()


class BinaryFinder(MetaPathFinder):
    """Finds the binary of a module before its source."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """The module's binary; None for a module that has none."""
        if not fullname.startswith(_PREFIXES) and not fullname.endswith(_SHARED):
            return None
        file = in_use().modules.get(fullname)
        return spec_from_file_location(fullname, file) if file is not None else None


def install() -> None:
    """Let Python find the binaries."""
    if not any(isinstance(finder, BinaryFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, BinaryFinder())
