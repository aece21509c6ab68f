"""Rows whose ids were re-made: old ids to new ones, matched on the rest of the row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from communique.releases.rows import Rows
from schemas.table import SPAN

AT_ONCE = 100_000
"""Rows whose values are in memory together."""

_PAIRS = pl.Schema({"old": pl.UInt32, "new": pl.UInt32, "old_id": pl.String, "new_id": pl.String})


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """Rows whose ids were re-made: `pairs` has their numbers `old` and `new`, `old_id` and `new_id`, in the order of
    the new rows; `corrected` are the numbers of those that may have other values too."""

    pairs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_PAIRS))
    corrected: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_PAIRS).select("old", "new"))

    @property
    def ids(self) -> pl.DataFrame:
        return self.pairs.select("old_id", "new_id")


@dataclass(frozen=True, slots=True)
class Rekeying:
    """What is known of the ids in a table before its rows are matched.

    `references` names by column the new ids of the table it refers to by the old ones: a row that names a re-made id
    is the same row.  `is_declared` says that the two releases declare different ways of making ids.  `match_on` are
    columns that alone make two rows the same, where the table has such (an article and the digest of its bytes).
    """

    references: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    is_declared: bool = False
    match_on: tuple[str, ...] = ()

    def translated(self, column: str, values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
        """The values of a column that refers to another table, with the new ids for the old."""
        ids = self.references[column]
        if isinstance(dtype, pl.List):
            return values.list.eval(pl.element().replace(ids["old_id"], ids["new_id"]))
        return values.replace(ids["old_id"], ids["new_id"])


def rekeyed_rows(
    old: Rows,
    new: Rows,
    removed: pl.Series,
    added: pl.Series,
    key: str,
    values: Mapping[str, pl.Expr],
    rekeying: Rekeying,
) -> Rekeyed:
    """Rows among the removed and the added that are the same but for the id.

    `values` are the other columns, in a form that both sides have.  A row is matched on all of them.  Where another way
    of making ids is declared, rows left over are matched on article and span if they stand there alone, since a
    correction may come with the new ids.
    """
    if not values or removed.is_empty() or added.is_empty():
        return Rekeyed()
    translated = {name: rekeying.translated(name, values[name], old.schema[name]) for name in rekeying.references}
    before = _candidates(old, removed, key, {**values, **translated}, rekeying.match_on)
    after = _candidates(new, added, key, values, rekeying.match_on)
    pairs, corrected = _pairs(before, after, "row"), pl.DataFrame(schema=_PAIRS)
    if rekeying.match_on:
        corrected = pairs
    elif rekeying.is_declared:
        left, right = (
            side.join(pairs, left_on="number", right_on=name, how="anti").filter(pl.col("span").is_unique())
            for side, name in ((before, "old"), (after, "new"))
        )
        corrected = _pairs(left, right, "span")
        pairs = pl.concat([pairs, corrected])
    return Rekeyed(pairs.sort("new"), corrected.select("old", "new"))


def _candidates(
    rows: Rows, numbers: pl.Series, key: str, values: Mapping[str, pl.Expr], match_on: Sequence[str]
) -> pl.DataFrame:
    """By row its id and hashes of the columns that it is matched on; the span is null where the table has none."""
    whole = pl.struct(values[name].alias(name) for name in match_on or values).hash()
    has_span = set(SPAN) <= values.keys()
    span = pl.struct(values[name].alias(name) for name in SPAN).hash() if has_span else pl.lit(None, pl.UInt64)
    made = {"id": pl.col(key).cast(pl.String), "row": whole, "span": span}
    slices = (numbers[at : at + AT_ONCE] for at in range(0, numbers.len(), AT_ONCE))
    parts = [rows.take(some, [key, *values]).select(some.alias("number"), **made) for some in slices]
    return pl.concat(parts)


def _pairs(before: pl.DataFrame, after: pl.DataFrame, on: str) -> pl.DataFrame:
    """Rows with one hash, the first of equals with the first."""
    sides = [
        frame.select(on, nth=pl.int_range(pl.len()).over(on), **{name: "number", f"{name}_id": "id"})
        for frame, name in ((before, "old"), (after, "new"))
    ]
    return sides[0].join(sides[1], on=[on, "nth"]).select(_PAIRS.names())
