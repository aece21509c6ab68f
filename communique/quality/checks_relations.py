"""The checks between tables: every id that a row refers to is the key of a row that is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl

from communique.quality.checks import Check, Level, Severity
from schemas.table import ForeignKey, Table


def in_order(tables: Iterable[Table]) -> list[Table]:
    """The tables, each after those it refers to."""
    pending = {table.name: table for table in tables}
    ordered: list[Table] = []
    while pending:
        ready = [t for t in pending.values() if not any(key.table in pending for key in t.foreign_keys)]
        ordered += ready
        for table in ready:
            del pending[table.name]
    return ordered


def relation_check(table: Table, key: ForeignKey) -> Check:
    """The check that a reference of a table leads somewhere."""
    words = f"`{key.column}` is the `{key.reference}` of a row of `{key.table}`."
    covers = (f"{table.name}.{key.column}", f"{key.table}.{key.reference}")
    remedy = f"publish the row of `{key.table}` that is named (it may be in quarantine), or mend the reference"
    return Check(f"{table.name}.{key.column}.reference", words, Level.ROW, Severity.ERROR, table.name, covers, remedy)


def dangling(key: ForeignKey, frame: pl.DataFrame, known: Collection[str]) -> tuple[int, pl.Series]:
    """How many rows refer to something, and the numbers of those that refer to what is not among the `known` ids."""
    given = frame[key.column].to_list()
    if frame.schema[key.column] == pl.List(pl.String()):
        referring = [(row, ids) for row, ids in enumerate(given) if ids]
        orphans = [row for row, ids in referring if not all(one in known for one in ids)]
    else:
        referring = [(row, one) for row, one in enumerate(given) if one is not None]
        orphans = [row for row, one in referring if one not in known]
    return len(referring), pl.Series(orphans, dtype=pl.UInt32)
