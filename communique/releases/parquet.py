"""Tables as Parquet bytes: equal rows give equal bytes, whatever their order and chunks were."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from communique.releases.errors import ReleaseError
from communique.releases.index import DATASET
from schemas.arrow import arrow_schema
from schemas.table import Table

COMPRESSION, COMPRESSION_LEVEL = "zstd", 9
ROWS_PER_GROUP = 1 << 15


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


def decode_schema(data: bytes, name: str) -> pa.Schema:
    """The Arrow schema of a Parquet file with its metadata; errors as for `decode`."""
    try:
        return pq.read_schema(io.BytesIO(data))
    except (pa.ArrowException, OSError) as error:
        raise ReleaseError(f"{name}: not a readable Parquet file ({_line(error)}); fetch it again") from None


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
