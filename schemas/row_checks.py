"""Row checks that several tables share, as functions of the columns they speak of."""

from __future__ import annotations

import polars as pl

from schemas.table import RowCheck


def filled(column: str) -> pl.Expr:
    return pl.col(column).is_not_null()


def before(start: str, end: str, what: str) -> RowCheck:
    """Two numbers or dates in order, the first strictly below the second."""
    return RowCheck(f"{start}_before_{end}", f"{what} starts before it ends.", None, pl.col(start) < pl.col(end))


def trigger_inside_sentence() -> RowCheck:
    return RowCheck(
        "trigger_inside_sentence",
        "The trigger span lies inside the sentence.",
        None,
        (pl.col("sentence_start") <= pl.col("char_start")) & (pl.col("char_end") <= pl.col("sentence_end")),
    )


def evidence_length() -> RowCheck:
    return RowCheck(
        "evidence_length",
        "The evidence is as long as the sentence's offsets say.",
        None,
        pl.col("evidence").str.len_chars() == pl.col("sentence_end") - pl.col("sentence_start"),
    )


def span() -> tuple[RowCheck, ...]:
    """The checks of a trigger span and its sentence."""
    return (
        before("char_start", "char_end", "The trigger span"),
        before("sentence_start", "sentence_end", "The sentence"),
        trigger_inside_sentence(),
    )


def requires(column: str, *others: str) -> RowCheck:
    """Where `column` is filled, so are all of `others`."""
    wanted = " and ".join(f"`{other}`" for other in others)
    return RowCheck(
        f"{column}_requires_{'_'.join(others)}",
        f"Where `{column}` is filled, so is {wanted}.",
        filled(column),
        pl.all_horizontal(filled(other) for other in others),
    )


def above(upper: str, lower: str) -> RowCheck:
    """The upper end of a range lies above the lower one, which is filled."""
    return RowCheck(
        f"{upper}_above_{lower}",
        f"`{upper}` lies above `{lower}`.",
        filled(upper),
        pl.col(upper) > pl.col(lower),
    )


def named(*roles: str) -> tuple[RowCheck, ...]:
    """An actor's id has its readable name beside it."""
    return tuple(requires(f"{role}_id", role) for role in roles)


def name_needs_id(*roles: str) -> tuple[RowCheck, ...]:
    """No name without an actor's id."""
    return tuple(requires(role, f"{role}_id") for role in roles)


def period(start: str, end: str) -> RowCheck:
    """ISO dates of any precision in order, compared as far as both are given; weeks and seasons by their year."""
    width = pl.min_horizontal(pl.col(start).str.len_chars(), pl.col(end).str.len_chars())
    by_year = pl.concat_str(start, end).str.contains("[A-Z]")
    width = pl.when(by_year).then(4).otherwise(width)
    return RowCheck(
        f"{start}_not_after_{end}",
        f"`{start}` is not after `{end}`.",
        filled(start) & filled(end),
        pl.col(start).str.head(width) <= pl.col(end).str.head(width),
    )
