"""Tables that lie on disk, ready to be judged and published: nothing of them is in memory but what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from communique.releases.rows import FileRows, Rows
from schemas.tables import TABLES


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
