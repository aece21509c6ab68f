"""Reading a release back: finding it, its tables, its snapshot for a comparison."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from communique.releases.compare import Snapshot
from communique.releases.descriptor import DESCRIPTOR
from communique.releases.errors import ReleaseError
from communique.releases.parquet import decode
from communique.releases.storage import INDEX, Files, LocalFiles, LocalStore
from communique.releases.version import Version
from schemas.frictionless import resource
from schemas.tables import TABLES


@dataclass(frozen=True, slots=True)
class Release:
    """A release with its descriptor; tables are read when asked for."""

    files: Files
    package: Mapping[str, Any]

    @property
    def version(self) -> str:
        return str(self.package["version"])

    @property
    def resources(self) -> dict[str, Mapping[str, Any]]:
        """The description of each table by its name."""
        return {part["name"]: part for part in self.package["resources"]}

    def frame(self, table: str) -> pl.DataFrame:
        """The rows of a table.

        Raises:
            ReleaseError: the release has no such table, or its file is missing or broken.
        """
        if table not in self.resources:
            raise ReleaseError(f"{self.files.location}: no table {table!r}; it has {', '.join(self.resources)}")
        path = self.resources[table]["path"]
        return decode(self.files.read(path), f"{self.files.location}/{path}")

    def frames(self) -> dict[str, pl.DataFrame]:
        return {table: self.frame(table) for table in self.resources}

    def snapshot(self) -> Snapshot:
        return Snapshot(self.version, self.frames(), self.resources)

    def json(self, name: str) -> Any:
        """The content of one of the release's JSON files."""
        try:
            return json.loads(self.files.read(name))
        except ValueError as error:
            raise ReleaseError(f"{self.files.location}/{name}: not readable as JSON ({error})") from None


def current_snapshot(version: str | None, frames: Mapping[str, pl.DataFrame]) -> Snapshot:
    """The snapshot of tables that are not yet released, under today's declarations."""
    return Snapshot(version, frames, {name: resource(TABLES[name]) for name in TABLES})


def open_release(files: Files) -> Release:
    """The release in these files.

    Raises:
        ReleaseError: there is no readable descriptor.
    """
    location = f"{files.location}/{DESCRIPTOR}"
    try:
        package = json.loads(files.read(DESCRIPTOR))
        Version.parse(package["version"])
        for part in package["resources"]:
            part["name"], part["path"], part["schema"]["fields"]
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{location}: not a readable data package ({error}); fetch it again") from None
    return Release(files, package)


def find_release(where: str, releases: Path) -> Release:
    """A release by its folder, by the folder of releases (its latest), or by a version in `releases`.

    Raises:
        ReleaseError: none of these.
    """
    folder = Path(where)
    if not folder.is_dir():
        folder = releases / where
    if (folder / INDEX).is_file():
        store = LocalStore(folder)
        latest = store.index().latest
        if latest is None:
            raise ReleaseError(f"{folder}: no release was published here yet; `communique release` makes the first")
        return open_release(store.files(latest))
    if not (folder / DESCRIPTOR).is_file():
        raise ReleaseError(f"{where}: no release here; name a release folder ({DESCRIPTOR} in it) or a version")
    return open_release(LocalFiles(folder))
