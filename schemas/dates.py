"""The table of temporal expressions."""

from __future__ import annotations

import polars as pl

from schemas import columns, patterns
from schemas.row_checks import evidence_length, filled, requires, span
from schemas.table import Model, RowCheck, Table
from schemas.vocabularies import ResolvedBy, TimexType


class Dates(Model):
    date_id: pl.String = columns.row_id("date", "the article and the span")
    article_id: pl.String = columns.article()
    char_start: pl.Int32 = columns.char_start()
    char_end: pl.Int32 = columns.char_end()
    evidence: pl.String = columns.evidence()
    sentence_start: pl.Int32 = columns.sentence_start()
    sentence_end: pl.Int32 = columns.sentence_end()
    text: pl.String = columns.text("The expression, without a leading preposition.", nullable=False)
    timex_type: pl.String = columns.choice("Kind of expression.", TimexType)
    timex_value: pl.String = columns.column(
        "Normalised value; `PRESENT_REF`, `PAST_REF`, `FUTURE_REF` and `PX.` for vague expressions.",
        unit="TIMEX3 value",
        str_matches=patterns.TIMEX_VALUE,
    )
    start_date: pl.Date = columns.column("First day covered; null where it cannot be resolved.", nullable=True)
    end_date: pl.Date = columns.column("Last day covered; null where it cannot be resolved.", nullable=True)
    resolved_by: pl.String = columns.choice(
        "What the value was resolved from; null where vague or unresolved.", ResolvedBy, nullable=True
    )
    is_publication_date: pl.Boolean = columns.flag("True for the article's publication line.")
    event: pl.String = columns.text("The clause that the expression dates, word for word.")
    rule: pl.String = columns.rule()


DATES = Table(
    name="dates",
    title="Dates",
    description="One row per expression of a calendar date, period, duration or recurring time, after TIMEX3.",
    usage_warning=(
        "Vague expressions (now, recently, years) are rows too: filter them out by `start_date is null`. Relative "
        "dates are counted from the publication date and share its errors."
    ),
    model=Dates,
    primary_key="date_id",
    id_prefix="date",
    sort_by=("article_id", "char_start", "char_end", "date_id"),
    row_checks=(
        *span(),
        evidence_length(),
        requires("start_date", "end_date", "resolved_by"),
        requires("end_date", "start_date"),
        RowCheck(
            "start_date_not_after_end_date",
            "`start_date` is not after `end_date`.",
            filled("start_date") & filled("end_date"),
            pl.col("start_date") <= pl.col("end_date"),
        ),
        RowCheck(
            "placeholder_has_no_dates",
            "A vague expression covers no days of the calendar.",
            pl.col("timex_value").str.contains(patterns.TIMEX_PLACEHOLDER),
            pl.col("start_date").is_null(),
        ),
    ),
)
