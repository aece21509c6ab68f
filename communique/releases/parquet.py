"""Tables as Parquet bytes: equal rows give equal bytes, whatever their order and chunks were."""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from communique.releases.content import Content, measured, pieces
from communique.releases.errors import ReleaseError
from communique.releases.index import DATASET
from schemas.arrow import arrow_schema
from schemas.table import Table

COMPRESSION, COMPRESSION_LEVEL = "zstd", 9
ROWS_PER_GROUP = 1 << 15
ROWS_PER_FILE = ROWS_PER_GROUP << 5
"""Rows of a table's largest file, some dozens of MB; a table of more rows has several files."""


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file of a table: its name in the release, what it holds, and its rows, sha256 and size."""

    name: str
    content: Content = field(repr=False)
    rows: int
    sha256: str
    size: int


def file_names(table: str, count: int) -> list[str]:
    """The names of the files of a table that has so many, in the order of its rows."""
    return [f"{table}.parquet"] if count == 1 else [f"{table}-{number:05}.parquet" for number in range(1, count + 1)]


def encode_parts(
    table: Table,
    frames: Iterable[pl.DataFrame],
    version: str | None = None,
    folder: Path | None = None,
    rows_per_file: int = ROWS_PER_FILE,
) -> tuple[Part, ...]:
    """The Parquet files of a table whose rows come in their order: one of few rows, several of so many at most.

    They are in memory, or where a `folder` is given there, and then memory holds a group of rows.  Where one file ends
    follows from the number of rows alone.
    """
    with PartsWriter(table, version, folder, rows_per_file) as writer:
        for frame in frames:
            writer.write(frame)
    return writer.parts()


def encode(table: Table, frame: pl.DataFrame, version: str | None = None) -> bytes:
    """The Parquet file of a table, its rows sorted, with descriptions in its fields.

    `version` is the data version of the release, None for tables that belong to no release.  The writer's own name
    and version stand in the file, so equal bytes need equal pins.
    """
    sink = io.BytesIO()
    with TableWriter(table, sink, version) as writer:
        writer.write(frame.sort(table.sort_by, maintain_order=True))
    return sink.getvalue()


class TableWriter:
    """Writes the Parquet file of a table from frames that come in the order of its rows.

    Holds a group of rows in memory; equal rows give equal bytes, wherever one frame ends and the next begins.
    """

    def __init__(self, table: Table, sink: Path | io.BytesIO, version: str | None = None) -> None:
        self._columns = table.dtypes.names()
        self._schema = described(table, version)
        self._waiting = [self._schema.empty_table()]
        self._is_empty = True
        self._writer = pq.ParquetWriter(
            sink, self._schema, version="2.6", compression=COMPRESSION, compression_level=COMPRESSION_LEVEL
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        rest = pa.concat_tables(self._waiting)
        if self._is_empty or rest.num_rows:
            self._write_group(rest)
        self._writer.close()

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows after those written before."""
        data = frame.select(self._columns).to_arrow(compat_level=pl.CompatLevel.oldest()).cast(self._schema)
        self._waiting.append(data.replace_schema_metadata(self._schema.metadata))
        while sum(part.num_rows for part in self._waiting) >= ROWS_PER_GROUP:
            waiting = pa.concat_tables(self._waiting)
            self._waiting = [waiting.slice(ROWS_PER_GROUP)]
            self._write_group(waiting.slice(0, ROWS_PER_GROUP))

    def _write_group(self, rows: pa.Table) -> None:
        self._writer.write_table(rows.combine_chunks(), row_group_size=ROWS_PER_GROUP)
        self._is_empty = False


class PartsWriter:
    """Writes the files of a table, each of so many rows at most, from frames that come in the order of its rows."""

    def __init__(self, table: Table, version: str | None, folder: Path | None, rows_per_file: int) -> None:
        self._table, self._version, self._folder, self._most = table, version, folder, rows_per_file
        self._sinks: list[Path | io.BytesIO] = []
        self._heights: list[int] = []
        self._open = ExitStack()
        self._writer = self._next()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows after those written before."""
        while frame.height:
            if self._heights[-1] == self._most:
                self._open.close()
                self._writer = self._next()
            fitting = frame.head(self._most - self._heights[-1])
            self._writer.write(fitting)
            self._heights[-1] += fitting.height
            frame = frame.slice(fitting.height)

    def parts(self) -> tuple[Part, ...]:
        """The files, once all is written."""
        names = file_names(self._table.name, len(self._sinks))
        return tuple(_part(*found) for found in zip(names, self._sinks, self._heights, strict=True))

    def _next(self) -> TableWriter:
        number = len(self._sinks) + 1
        sink = io.BytesIO() if self._folder is None else self._folder / f".{self._table.name}-{number}"
        self._sinks.append(sink)
        self._heights.append(0)
        return self._open.enter_context(TableWriter(self._table, sink, self._version))


def _part(name: str, sink: Path | io.BytesIO, rows: int) -> Part:
    content: Content = sink.getvalue() if isinstance(sink, io.BytesIO) else sink.rename(sink.with_name(name))
    sha256, size = measured(pieces(content))
    return Part(name, content, rows, sha256, size)


def described(table: Table, version: str | None) -> pa.Schema:
    """The Arrow schema of a table's file: the declared one with the names of dataset, table and data version."""
    schema = arrow_schema(table)
    declared = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
    metadata = {**declared, "dataset": DATASET, "table": table.name}
    if version is not None:
        metadata["data_version"] = version
    return schema.with_metadata(dict(sorted(metadata.items())))


def decode(data: bytes, name: str) -> pl.DataFrame:
    """The rows of a Parquet file; `name` says which in the error.

    Raises:
        ReleaseError: the bytes are not a whole Parquet file.
    """
    try:
        return pl.read_parquet(io.BytesIO(data))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ReleaseError(f"{name}: not a readable Parquet file ({_line(error)}); fetch it again") from None


def decode_schema(content: Content, name: str) -> pa.Schema:
    """The Arrow schema of a Parquet file with its metadata; errors as for `decode`."""
    try:
        return pq.read_schema(io.BytesIO(content) if isinstance(content, bytes) else content)
    except (pa.ArrowException, OSError) as error:
        raise ReleaseError(f"{name}: not a readable Parquet file ({_line(error)}); fetch it again") from None


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
