"""The part of an MLCommons Croissant 1.0 description that follows from the declaration of a table."""

from __future__ import annotations

from typing import Any

import polars as pl

from schemas.table import Column, Table

MEDIA_TYPE = "application/x-parquet"
"""The media type by which readers of Croissant know Parquet."""

_DATA_TYPES: dict[pl.DataType, str] = {
    pl.String(): "sc:Text",
    pl.Int32(): "sc:Integer",
    pl.Float64(): "sc:Float",
    pl.Boolean(): "sc:Boolean",
    pl.Date(): "sc:Date",
    pl.List(pl.String()): "sc:Text",
}


def parts_id(table: str) -> str:
    """The name of the set of a table's files, where it has several."""
    return f"{table}-parts"


def record_set(table: Table, *, is_one_file: bool = True) -> dict[str, Any]:
    """The record set of a table: its fields, its key, and the fields of other tables that it refers to."""
    kind, place = ("fileObject", f"{table.name}.parquet") if is_one_file else ("fileSet", parts_id(table.name))
    source = {kind: {"@id": place}}
    described: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.description} {table.usage_warning}",
    }
    if table.primary_key is not None:
        described["key"] = {"@id": f"{table.name}/{table.primary_key}"}
    return {**described, "field": [_field(table, column, source) for column in table.columns]}


def _field(table: Table, column: Column, source: dict[str, Any]) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": _description(column),
        "dataType": _DATA_TYPES[column.dtype],
    }
    if column.is_list:
        field["repeated"] = True
    if column.references is not None:
        field["references"] = {"field": {"@id": column.references.replace(".", "/")}}
    return {**field, "source": {**source, "extract": {"column": column.name}}}


def _description(column: Column) -> str:
    """The description with what Croissant 1.0 has no property for: the unit and the vocabulary."""
    words = [column.description]
    if column.unit is not None:
        words.append(f"Unit: {column.unit}.")
    if column.values:
        words.append(f"One of: {', '.join(column.values)}.")
    return " ".join(words)
