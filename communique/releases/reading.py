"""Reading a release back: finding it, its tables, its snapshot for a comparison."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from communique.releases.compare import Snapshot
from communique.releases.content import digest_of
from communique.releases.errors import CannotCompareError, ReleaseError
from communique.releases.index import Entry, Index
from communique.releases.names import DESCRIPTOR, INDEX, SUMS
from communique.releases.parquet import decode
from communique.releases.parts import listed_parts
from communique.releases.places import is_remote, join, open_release_files, open_store, split
from communique.releases.rows import FileRows, Rows
from communique.releases.storage import Files
from communique.releases.version import Version
from schemas.articles import ARTICLES
from schemas.frictionless import resource
from schemas.rekey import REKEY
from schemas.table import Table
from schemas.tables import TABLES


@dataclass(frozen=True, slots=True)
class Release:
    """A release with its descriptor; tables are read when asked for.

    `entry` is what the index beside it says of it, None where no index lists it.
    """

    files: Files
    package: Mapping[str, Any]
    entry: Entry | None = None

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
        names = [part.path for part in listed_parts(self._resource(table))]
        return pl.concat(decode(self.files.read(name), f"{self.files.location}/{name}") for name in names)

    def frames(self) -> dict[str, pl.DataFrame]:
        return {table: self.frame(table) for table in self.resources}

    def rows(self, table: str) -> Rows:
        """The rows of a table without having them in memory; errors as for `frame`."""
        names = [part.path for part in listed_parts(self._resource(table))]
        paths = [self.files.path(name) for name in names]
        return FileRows(paths, f"{self.files.location}/{names[0]}", kept_by=self.files)

    def snapshot(self, *, as_is: bool = False) -> Snapshot:
        """The release for a comparison; `as_is` takes files that are not those that the descriptor lists."""
        rows: dict[str, Rows] = {}
        unreadable: dict[str, str] = {}
        compared = {table: part for table, part in self.resources.items() if table != REKEY.name}
        for table, part in compared.items():
            try:
                rows[table] = self._rows(part, as_is)
            except ReleaseError as error:
                unreadable[table] = str(error)
        return Snapshot(self.version, rows, compared, unreadable)

    def _resource(self, table: str) -> Mapping[str, Any]:
        if table not in self.resources:
            raise ReleaseError(f"{self.files.location}: no table {table!r}; it has {', '.join(self.resources)}")
        return self.resources[table]

    def _rows(self, part: Mapping[str, Any], as_is: bool) -> Rows:
        listed = listed_parts(part)
        for one in listed:
            if not as_is and one.sha256 not in (None, digest_of(self.files.path(one.path))):
                raise CannotCompareError(f"{self.files.location}/{one.path} is not the file that {DESCRIPTOR} lists")
        rows, where = self.rows(part["name"]), f"{self.files.location}/{listed[0].path}"
        declared = [field["name"] for field in part["schema"]["fields"]]
        if missing := [name for name in declared if name not in rows.schema]:
            raise CannotCompareError(f"{where} has no column {missing[0]}, which is declared")
        return rows

    def json(self, name: str) -> Any:
        """The content of one of the release's JSON files."""
        try:
            return json.loads(self.files.read(name))
        except ValueError as error:
            raise ReleaseError(f"{self.files.location}/{name}: not readable as JSON ({error})") from None

    def report(self, name: str) -> Mapping[str, Any]:
        """The content of a JSON file that is an object; an empty one where it is something else."""
        content = self.json(name)
        return content if isinstance(content, dict) else {}


def current_snapshot(version: str | None, rows: Mapping[str, Rows], tables: Mapping[str, Table] = TABLES) -> Snapshot:
    """The snapshot of tables that are not yet released, under today's declarations."""
    declared = {name: resource(table) for name, table in tables.items()}
    return Snapshot(version, {name: rows[name] for name in tables}, declared)


def open_release(files: Files, entry: Entry | None = None) -> Release:
    """The release in these files.

    Raises:
        ReleaseError: there is no readable descriptor.
    """
    location = f"{files.location}/{DESCRIPTOR}"
    try:
        package = json.loads(files.read(DESCRIPTOR))
        Version.parse(package["version"])
        for part in package["resources"]:
            paths = [listed.path for listed in listed_parts(part)]
            _require_names(part["name"], *paths, *(field["name"] for field in part["schema"]["fields"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{location}: not a readable data package ({error}); fetch it again") from None
    return Release(files, package, entry)


def _require_names(*names: object) -> None:
    """Names of tables, files and columns are words, and none leads out of the release."""
    for name in names:
        if not isinstance(name, str) or not name or "/" in name or "\\" in name:
            raise ValueError(f"{name!r} is no name")


def find_release(where: str, releases: str | Path) -> Release:
    """A release by its folder or address, by the place of releases (its latest), or by a version in `releases`.

    Raises:
        ReleaseError: none of these.
    """
    files, listed = find_files(where, releases)
    return open_release(files, None if listed is None else listed[0][listed[1]])


def find_files(where: str, releases: str | Path) -> tuple[Files, tuple[Index, str] | None]:
    """The files that `find_release` reads, and the index that lists them with the version they have there.

    Raises:
        ReleaseError: there are none.
    """
    location = where if is_remote(where) or Path(where).is_dir() else join(releases, where)
    files = open_release_files(location)
    if files.has(INDEX):
        store = open_store(location)
        index = store.index()
        if index.latest is None:
            state = "all releases here were yanked" if index.versions else "no release was published here yet"
            raise ReleaseError(f"{location}: {state}; `communique release` makes one")
        return store.files(index.latest), (index, index.latest)
    listed = _listed(location)
    if listed is None and not any(files.has(name) for name in (DESCRIPTOR, SUMS, f"{ARTICLES.name}.parquet")):
        raise ReleaseError(f"{where}: no release here; name a release folder ({DESCRIPTOR} in it) or a version")
    return files, listed


def _listed(location: str) -> tuple[Index, str] | None:
    """The index around a release and the version that it has there."""
    around, name = split(location)
    if not Version.is_one(name) or not open_release_files(around).has(INDEX):
        return None
    index = open_store(around).index()
    return (index, name) if name in index else None
