"""What changed between two versions of a table: rows by their stable ids, values by column.

Rows are told apart by hashes of 64 bits, one of the id and one of the values, so that two tables of any width take
little memory; values are read for the rows alone that differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

import polars as pl

from communique.releases.errors import CannotCompareError
from communique.releases.rekey import AT_ONCE, Rekeyed, Rekeying, rekeyed_rows
from communique.releases.rows import Rows

LISTED = 100_000
"""Rows of one kind that a diff lists for a table; counts are always of all."""

_OLD, _NEW = "old", "new"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is in both releases: the columns that differ with the old and the new value."""

    id: str
    columns: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """Rows by id, as many as are listed, and how many there are of each kind.

    `rekeyed` has `old_id` and `new_id` of all rows whose ids were re-made.  `columns` counts the changed values.
    """

    old_rows: int
    new_rows: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[RowChange, ...] = ()
    rekeyed: pl.DataFrame = field(default_factory=lambda: Rekeyed().ids)
    counts: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_same(self) -> bool:
        return not any(self.counts.values())

    @property
    def is_complete(self) -> bool:
        """Whether all rows that differ are listed."""
        listed = {"added": self.added, "removed": self.removed, "changed": self.changed}
        return all(len(rows) == self.counts.get(kind, 0) for kind, rows in listed.items())

    def as_dict(self, listed: int = LISTED) -> dict[str, Any]:
        """Plain JSON values, with so many rows of each kind at most."""
        lists: dict[str, list[Any]] = {
            "added": list(self.added[:listed]),
            "removed": list(self.removed[:listed]),
            "changed": [
                {
                    "id": row.id,
                    "columns": {c: {"old": _plain(o), "new": _plain(n)} for c, (o, n) in row.columns.items()},
                }
                for row in self.changed[:listed]
            ],
            "rekeyed": [{"old": old, "new": new} for old, new in self.rekeyed.head(listed).iter_rows()],
        }
        counts = {kind: self.counts.get(kind, 0) for kind in lists}
        return {
            "rows": {"old": self.old_rows, "new": self.new_rows},
            "counts": counts,
            "columns": dict(self.columns),
            "complete": all(len(rows) == counts[kind] for kind, rows in lists.items()),
            **lists,
        }


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two versions of a table: the columns they share, and those that tell a row from others."""

    old: Rows
    new: Rows
    key: tuple[str, ...]

    @property
    def shared(self) -> list[str]:
        return [name for name in self.new.schema if name in self.old.schema]

    @property
    def values(self) -> list[str]:
        return [name for name in self.shared if name not in self.key]

    def read(self, column: str) -> pl.Expr:
        """The values of a column; those of two types in a form that both have."""
        return as_common(column, self.old.schema[column], self.new.schema[column])


def table_diff(
    old: Rows | None, new: Rows | None, key: tuple[str, ...], rekeying: Rekeying, listed: int = LISTED
) -> TableDiff:
    """The differences of a table; None where a release has no such table.

    `key` are the columns that identify a row; without them a row is identified by all its values.

    Raises:
        CannotCompareError: a file is unreadable, the key is missing, null, or on more than one row.
    """
    if old is None or new is None:
        return _one_sided(old, new, key, listed)
    _require_key(old, key, "before")
    _require_key(new, key, "after")
    pair = _Pair(old, new, key)
    hashes = {_OLD: _hashes(pair, old, "before"), _NEW: _hashes(pair, new, "after")}
    removed, added, differing = _apart(hashes.pop(_OLD), hashes.pop(_NEW))
    rekeyed = Rekeyed()
    if len(key) == 1:
        values = {name: pair.read(name) for name in pair.values}
        rekeyed = rekeyed_rows(old, new, removed, added, key[0], values, rekeying)
        removed = removed.filter(~removed.is_in(rekeyed.pairs["old"].implode()))
        added = added.filter(~added.is_in(rekeyed.pairs["new"].implode()))
        differing = pl.concat([differing, rekeyed.corrected]).sort("old")
    changed, columns, count = _changes(pair, differing, listed)
    return TableDiff(
        old.height,
        new.height,
        added=_ids(new, added.head(listed), key or pair.shared),
        removed=_ids(old, removed.head(listed), key or pair.shared),
        changed=changed,
        rekeyed=rekeyed.ids,
        counts={"added": added.len(), "removed": removed.len(), "changed": count, "rekeyed": rekeyed.pairs.height},
        columns=columns,
    )


def as_common(column: str, old: pl.DataType, new: pl.DataType) -> pl.Expr:
    """The values of a column that has two types, in one that both can be read as: a number, else text."""
    if old == new:
        return pl.col(column)
    if old.is_numeric() and new.is_numeric():
        return pl.col(column).cast(pl.Int64 if old.is_integer() and new.is_integer() else pl.Float64, strict=False)
    if old.is_nested() or new.is_nested():
        return pl.struct(column).struct.json_encode()
    return pl.col(column).cast(pl.String, strict=False)


def _one_sided(old: Rows | None, new: Rows | None, key: tuple[str, ...], listed: int) -> TableDiff:
    """All rows are new where the old release has no such table, and the other way round."""
    rows, kind = (new, "added") if old is None else (old, "removed")
    if rows is None:
        return TableDiff(0, 0)
    side = "after" if old is None else "before"
    _require_key(rows, key, side)
    _hashes(_Pair(rows, rows, key), rows, side)
    ids = _ids(rows, pl.int_range(min(listed, rows.height), eager=True), key or rows.schema.names())
    heights = (rows.height, 0) if old is not None else (0, rows.height)
    return TableDiff(*heights, counts={kind: rows.height}, **{kind: ids})  # type: ignore[arg-type]


def _require_key(rows: Rows, key: Sequence[str], side: str) -> None:
    for name in key:
        if name not in rows.schema:
            raise CannotCompareError(f"the column {name}, which identifies its rows, is missing {side}")


def _hashes(pair: _Pair, rows: Rows, side: str) -> pl.DataFrame:
    """By row a hash of what identifies it and one of its values, and its number."""
    values = pl.struct(pair.read(name) for name in pair.values).hash() if pair.values else pl.lit(0, pl.UInt64)
    if not pair.key:
        numbered = rows.select(row=values).with_row_index("number")
        nth = pl.int_range(pl.len()).over("row")
        return numbered.select("number", key=pl.struct("row", nth.alias("nth")).hash(), values="row")
    identity = pl.struct(pair.read(name) for name in pair.key).hash()
    unnamed = pl.any_horizontal(pl.col(name).is_null() for name in pair.key)
    found = rows.select(key=identity, values=values, unnamed=unnamed).with_row_index("number")
    if nameless := found["unnamed"].sum():
        raise CannotCompareError(f"{nameless} rows have no {' and '.join(pair.key)} {side}")
    if (different := found["key"].n_unique()) < found.height:
        twice = found.filter(pl.col("key").is_duplicated())["number"]
        example = _ids(rows, twice.head(1), pair.key)[0]
        raise CannotCompareError(f"{found.height - different} rows have the id of another row {side}, first {example}")
    return found.drop("unnamed")


def _apart(old: pl.DataFrame, new: pl.DataFrame) -> tuple[pl.Series, pl.Series, pl.DataFrame]:
    """The numbers of the rows that one side alone has, and of those with one id and other values."""
    both = old.lazy().join(new.lazy(), on="key", how="full", suffix="_new", coalesce=False)
    apart = both.filter(pl.col("values").ne_missing(pl.col("values_new"))).collect(engine="streaming")
    removed = apart.filter(pl.col("number_new").is_null())["number"].sort()
    added = apart.filter(pl.col("number").is_null())["number_new"].sort()
    return removed, added, apart.select(old="number", new="number_new").drop_nulls().sort("old")


def _changes(pair: _Pair, differing: pl.DataFrame, listed: int) -> tuple[tuple[RowChange, ...], dict[str, int], int]:
    """The rows that differ as far as they are listed, how often each column does, and how many rows there are."""
    rows: list[RowChange] = []
    columns: Counter[str] = Counter()
    count = 0
    for part in differing.iter_slices(AT_ONCE):
        sides = {
            side: of.take(part[side], pair.shared).select(pair.read(name) for name in pair.shared)
            for side, of in ((_OLD, pair.old), (_NEW, pair.new))
        }
        flags = pl.DataFrame({name: sides[_OLD][name].ne_missing(sides[_NEW][name]) for name in pair.values})
        columns.update({name: total for name in pair.values if (total := int(flags[name].sum()))})
        numbers = flags.select(pl.any_horizontal(pl.all()).arg_true()).to_series()
        count += numbers.len()
        few = numbers.head(listed - len(rows))
        ids = _named(sides[_NEW][few], pair.key)
        rows += _row_changes(ids, sides[_OLD][few], sides[_NEW][few], flags[few])
    return tuple(rows), {name: columns[name] for name in pair.shared if columns[name]}, count


def _row_changes(ids: Sequence[str], old: pl.DataFrame, new: pl.DataFrame, flags: pl.DataFrame) -> Iterator[RowChange]:
    rows = zip(ids, old.iter_rows(named=True), new.iter_rows(named=True), flags.iter_rows(named=True), strict=True)
    for row_id, before, after, differs in rows:
        yield RowChange(row_id, {name: (before[name], after[name]) for name in flags.columns if differs[name]})


def _ids(rows: Rows, numbers: pl.Series, columns: Sequence[str]) -> tuple[str, ...]:
    return _named(rows.take(numbers, columns), columns) if numbers.len() else ()


def _named(frame: pl.DataFrame, columns: Sequence[str]) -> tuple[str, ...]:
    """The id of each row: its key, or for several columns the row as JSON."""
    if len(columns) == 1:
        return tuple(frame[columns[0]].cast(pl.String))
    return tuple(frame.select(pl.struct(columns).struct.json_encode()).to_series())


def _plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, float) and not isfinite(value) else value
