"""The files of a table as the descriptor of a release lists them: one, or several that follow one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PARTS = "parts"
"""The property of a resource of several files that says of each what `bytes`, `hash` and `rows` say of all."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a table, and what the descriptor says of it; None where it says nothing."""

    path: str
    bytes: int | None = None
    hash: str | None = None
    rows: int | None = None

    @property
    def sha256(self) -> str | None:
        return None if self.hash is None else self.hash.removeprefix("sha256:")


def listed_parts(resource: Mapping[str, Any]) -> tuple[Listed, ...]:
    """The files of a resource, in the order of the rows.

    Raises:
        KeyError, TypeError, ValueError: the resource does not say which files it has, or speaks of others.
    """
    paths = resource["path"]
    if isinstance(paths, str):
        return (_listed(paths, resource),)
    said = {part["path"]: part for part in resource.get(PARTS, ())}
    if not paths or len({*paths}) < len(paths) or (said and said.keys() != {*paths}):
        raise ValueError(f"{resource.get('name')!r} has the files {paths!r} and describes {[*said]}")
    return tuple(_listed(path, said.get(path, {})) for path in paths)


def _listed(path: str, said: Mapping[str, Any]) -> Listed:
    return Listed(path, said.get("bytes"), said.get("hash"), said.get("rows"))
