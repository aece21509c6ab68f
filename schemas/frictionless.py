"""The part of a Frictionless Data Package v2 that follows from the declaration of a table.

Beside the standard's properties, resources have `schemaVersion` and `usageWarning`, fields `unit` and, where a list
of ids has no place among the foreign keys, `references`.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from schemas.table import Column, Table
from schemas.tables import SCHEMA_VERSION

_FIELD_TYPES: dict[pl.DataType, str] = {
    pl.String(): "string",
    pl.Int32(): "integer",
    pl.Float64(): "number",
    pl.Boolean(): "boolean",
    pl.Date(): "date",
    pl.List(pl.String()): "array",
}

_CONSTRAINTS = {
    "greater_than_or_equal_to": "minimum",
    "less_than_or_equal_to": "maximum",
    "greater_than": "exclusiveMinimum",
    "str_matches": "pattern",
}


def resource(table: Table) -> dict[str, Any]:
    """The resource of a table's Parquet file, without what only the file can say (bytes, hash, rows)."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.primary_key is not None:
        schema["primaryKey"] = [table.primary_key]
    keys = [
        {"fields": [key.column], "reference": {"resource": key.table, "fields": [key.reference]}}
        for key in table.foreign_keys
        if not table.column(key.column).is_list
    ]
    if keys:
        schema["foreignKeys"] = keys
    scheme = {} if table.id_scheme is None else {"idScheme": table.id_scheme}
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": f"{table.description} {table.usage_warning}",
        "usageWarning": table.usage_warning,
        "path": f"{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schemaVersion": SCHEMA_VERSION,
        **scheme,
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FIELD_TYPES[column.dtype],
        "description": column.description,
    }
    if column.unit is not None:
        field["unit"] = column.unit
    if column.is_list and column.references is not None:
        field["references"] = column.references
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    for check in column.checks:
        if check.name in _CONSTRAINTS:
            (value,) = check.arguments.values()
            constraints[_CONSTRAINTS[check.name]] = value
    if constraints:
        field["constraints"] = constraints
    return field
