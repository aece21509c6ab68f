"""The rows of a table wherever they are: some at a time from a file, or from a frame that is there already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from communique.releases.errors import CannotCompareError


class Rows(Protocol):
    """A table whose rows are numbered from 0."""

    @property
    def schema(self) -> pl.Schema: ...

    @property
    def height(self) -> int: ...

    def select(self, **values: pl.Expr) -> pl.DataFrame:
        """Values made of each row by itself, in the order of the rows, of which only some are in memory."""
        ...

    def take(self, numbers: pl.Series, columns: Sequence[str]) -> pl.DataFrame:
        """The rows of these numbers, in the order of the numbers."""
        ...

    def scan(self) -> pl.LazyFrame:
        """All rows in their order, for what can be computed without having them all in memory."""
        ...

    def slices(self) -> Iterator[pl.DataFrame]:
        """All rows in their order, some at a time."""
        ...


class FrameRows:
    """The rows of a frame."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    @property
    def schema(self) -> pl.Schema:
        return self.frame.schema

    @property
    def height(self) -> int:
        return self.frame.height

    def select(self, **values: pl.Expr) -> pl.DataFrame:
        return self.frame.lazy().select(**values).collect(engine="streaming")

    def take(self, numbers: pl.Series, columns: Sequence[str]) -> pl.DataFrame:
        return self.frame.select(columns)[numbers]

    def scan(self) -> pl.LazyFrame:
        return self.frame.lazy()

    def slices(self) -> Iterator[pl.DataFrame]:
        yield self.frame


class FileRows:
    """The rows of a Parquet file, or of several one after the other, of which some groups are in memory at a time.

    `name` says in errors what cannot be read, `kept_by` is what the files are there as long as.

    Raises `CannotCompareError`, here and in all methods, where a file cannot be read.
    """

    def __init__(self, source: Path | Sequence[Path], name: str, kept_by: object = None) -> None:
        self.name, self._paths = name, [source] if isinstance(source, Path) else list(source)
        self._kept_by = kept_by
        with self._readable():
            self._height = sum(int(pq.read_metadata(path).num_rows) for path in self._paths)
            self._schema = self.scan().collect_schema()

    @property
    def schema(self) -> pl.Schema:
        return self._schema

    @property
    def height(self) -> int:
        return self._height

    def select(self, **values: pl.Expr) -> pl.DataFrame:
        with self._readable():
            return self.scan().select(**values).collect(engine="streaming")

    def take(self, numbers: pl.Series, columns: Sequence[str]) -> pl.DataFrame:
        wanted = pl.DataFrame({"number": numbers.cast(pl.UInt32)})
        if wanted.is_empty():
            return pl.DataFrame(schema={name: self.schema[name] for name in columns})
        first, last = int(wanted["number"].min()), int(wanted["number"].max())  # type: ignore[arg-type]
        rows = self.scan().slice(first, last - first + 1).with_row_index("number", offset=first)
        rows = rows.filter(pl.col("number").is_in(wanted["number"].implode())).select("number", *columns)
        with self._readable():
            return wanted.join(rows.collect(engine="streaming"), on="number", maintain_order="left").drop("number")

    def scan(self) -> pl.LazyFrame:
        return pl.scan_parquet(self._paths)

    def slices(self) -> Iterator[pl.DataFrame]:
        with self._readable():
            for path in self._paths:
                with pq.ParquetFile(path) as file:
                    for group in range(file.num_row_groups):
                        yield pl.DataFrame(file.read_row_group(group))

    def require_readable(self) -> None:
        """See that all rows can be read.

        Raises:
            CannotCompareError: some cannot.
        """
        for _ in self.slices():
            pass

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except (pa.ArrowException, pl.exceptions.PolarsError, OSError, ValueError) as error:
            why = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise CannotCompareError(f"{self.name} is not a readable Parquet file ({why})") from None


def rows_of(frames: Mapping[str, pl.DataFrame]) -> dict[str, Rows]:
    """The rows of tables that are in memory, by the names of the tables."""
    return {name: FrameRows(frame) for name, frame in frames.items()}
