"""Warnings: values that are possible and seldom right, and tables that look thinner than they should."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from communique.frames.actors import ids_referred_to
from communique.quality.checks import Check, CheckResult, Level, Severity, examples
from schemas.row_checks import filled
from schemas.table import RowCheck
from schemas.tables import FACT_TABLES, TABLES

_FIRST_YEAR, _LAST_YEAR = 1800, 2100


def _sane_years(column: str) -> RowCheck:
    year = pl.col(column).str.head(4).cast(pl.Int32, strict=False)
    return RowCheck(
        f"{column}_plausible",
        f"`{column}` lies between {_FIRST_YEAR} and {_LAST_YEAR}.",
        filled(column),
        year.is_between(_FIRST_YEAR, _LAST_YEAR),
    )


def _not_self(one: str, other: str) -> RowCheck:
    return RowCheck(
        f"{one}_is_not_{other}",
        f"`{one}` and `{other}` are different actors.",
        filled(one) & filled(other),
        pl.col(one) != pl.col(other),
    )


ROW_WARNINGS: Mapping[str, tuple[RowCheck, ...]] = {
    "articles": (_sane_years("published"),),
    "aid_commitments": (
        RowCheck(
            "amount_plausible",
            "`amount_usd` is at most a trillion.",
            filled("amount_usd"),
            pl.col("amount_usd") <= 1e12,
        ),
        RowCheck(
            "has_a_party",
            "A donor or a recipient is known.",
            None,
            filled("donor_id") | filled("recipient_id"),
        ),
        _not_self("donor_id", "recipient_id"),
        _sane_years("period_start"),
        _sane_years("period_end"),
    ),
    "tariffs": (
        RowCheck(
            "rate_plausible", "`rate_percent` is at most 1000.", filled("rate_percent"), pl.col("rate_percent") <= 1000
        ),
        RowCheck(
            "has_a_target",
            "A target or its scope is known.",
            None,
            filled("target_id") | filled("target_scope"),
        ),
        _not_self("imposer_id", "target_id"),
        _sane_years("effective_date"),
    ),
    "dates": (
        RowCheck(
            "dates_plausible",
            f"The days lie between {_FIRST_YEAR} and {_LAST_YEAR}.",
            filled("start_date"),
            pl.col("start_date").dt.year().is_between(_FIRST_YEAR, _LAST_YEAR)
            & pl.col("end_date").dt.year().is_between(_FIRST_YEAR, _LAST_YEAR),
        ),
        RowCheck(
            "duration_has_length",
            "The value of a duration is a length or an interval.",
            pl.col("timex_type") == "DURATION",
            pl.col("timex_value").str.contains("^P|/"),
        ),
        RowCheck(
            "time_has_clock",
            "The value of a time of day names one.",
            pl.col("timex_type") == "TIME",
            pl.col("timex_value").str.contains("T|^PRESENT_REF$"),
        ),
    ),
    "actors": (RowCheck("role_of_person", "Only people have a role.", filled("role"), pl.col("type") == "person"),),
}
"""Conditions over single rows that are reported and quarantine nothing."""

LARGEST_NULL_SHARES: Mapping[str, Mapping[str, float]] = {
    "articles": {"title": 0.2, "published": 0.2},
    "aid_commitments": {"donor_id": 0.3, "recipient_id": 0.3, "amount": 0.6},
    "tariffs": {"imposer_id": 0.5, "rate_percent": 0.7},
    "dates": {"start_date": 0.6},
    "recommendations": {"addressee": 0.6},
}
"""The share of rows in which a key column may be null before it is reported."""

_FEWEST_ROWS = 20
"""Shares of fewer rows say nothing."""


def row_warnings(frames: Mapping[str, pl.DataFrame]) -> list[CheckResult]:
    """The results of `ROW_WARNINGS`, with the first keys of the rows concerned."""
    results = []
    for name, conditions in ROW_WARNINGS.items():
        table, frame = TABLES[name], frames[name]
        for condition in conditions:
            check = Check(f"{name}.{condition.id}", condition.description, Level.ROW, Severity.WARNING, name)
            applied = int(frame.select(condition.applied).item())
            keys = frame.filter(~condition.passed)[table.primary_key or ""].to_list()
            results.append(check.result(applied, len(keys), examples(keys)))
    return results


def null_shares(frames: Mapping[str, pl.DataFrame]) -> list[CheckResult]:
    """Whether key columns are filled as often as `LARGEST_NULL_SHARES` wants, over tables of some size."""
    results = []
    for name, limits in LARGEST_NULL_SHARES.items():
        frame = frames[name]
        for column, largest in limits.items():
            words = f"`{column}` is null in at most {largest:.0%} of the rows."
            check = Check(f"{name}.{column}.null_share", words, Level.FIELD, Severity.WARNING, name)
            if frame.height < _FEWEST_ROWS:
                results.append(check.result(0, 0, f"fewer than {_FEWEST_ROWS} rows"))
                continue
            nulls = frame[column].null_count()
            share = nulls / frame.height
            results.append(check.result(frame.height, nulls if share > largest else 0, f"{share:.1%} null"))
    return results


def articles_without_rows(frames: Mapping[str, pl.DataFrame]) -> CheckResult:
    """Whether something was extracted from every article."""
    check = Check(
        "articles.has_rows",
        "Every article has a row in some table of facts.",
        Level.TABLE,
        Severity.WARNING,
        "articles",
    )
    seen = pl.concat([frames[name].select("article_id") for name in FACT_TABLES]).unique()
    silent = frames["articles"].join(seen, on="article_id", how="anti")["article_id"].to_list()
    return check.result(frames["articles"].height, len(silent), examples(silent))


def unused_actors(frames: Mapping[str, pl.DataFrame]) -> CheckResult:
    """Whether every actor is mentioned, or referred to, in some row."""
    check = Check("actors.in_use", "Every actor is in some row.", Level.TABLE, Severity.WARNING, "actors")
    unused = frames["actors"].join(ids_referred_to(frames), on="actor_id", how="anti")["actor_id"].to_list()
    return check.result(frames["actors"].height, len(unused), examples(unused))


def publication_lines(frames: Mapping[str, pl.DataFrame]) -> CheckResult:
    """Whether an article has one publication line at most."""
    check = Check(
        "dates.one_publication_line",
        "An article has at most one row with `is_publication_date`.",
        Level.TABLE,
        Severity.WARNING,
        "dates",
    )
    lines = frames["dates"].filter("is_publication_date").group_by("article_id").len()
    several = lines.filter(pl.col("len") > 1)["article_id"].sort().to_list()
    return check.result(lines.height, len(several), examples(several))
