"""The Arrow schema of a table, with its descriptions as metadata; what the Parquet files carry."""

from __future__ import annotations

import polars as pl
import pyarrow as pa

from schemas.table import Column, Table
from schemas.tables import SCHEMA_VERSION

_ARROW_TYPES: dict[pl.DataType, pa.DataType] = {
    pl.String(): pa.string(),
    pl.Int32(): pa.int32(),
    pl.Float64(): pa.float64(),
    pl.Boolean(): pa.bool_(),
    pl.Date(): pa.date32(),
    pl.List(pl.String()): pa.list_(pa.field("element", pa.string(), nullable=False)),
}


def arrow_schema(table: Table) -> pa.Schema:
    """Fields with description, unit and vocabulary; table metadata with name, description, key and schema version.

    Metadata keys are sorted, so that equal declarations give equal bytes.
    """
    metadata = {
        "description": table.description,
        "id_scheme": table.id_scheme or "",
        "name": table.name,
        "primary_key": table.primary_key or "",
        "schema_version": SCHEMA_VERSION,
        "usage_warning": table.usage_warning,
    }
    return pa.schema([_field(column) for column in table.columns], metadata=_filled(metadata))


def _field(column: Column) -> pa.Field:
    metadata = {
        "description": column.description,
        "references": column.references or "",
        "unit": column.unit or "",
        "vocabulary": "|".join(column.values),
    }
    return pa.field(column.name, _ARROW_TYPES[column.dtype], column.nullable, metadata=_filled(metadata))


def _filled(metadata: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in sorted(metadata.items()) if value}
