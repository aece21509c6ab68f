"""Warnings: values that are possible and seldom right, and tables that look thinner than they should."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

import polars as pl

from communique.frames.actors import ids_referred_to
from communique.quality.checks import EXAMPLES, Check, CheckResult, Example, Level, Severity, row_examples
from communique.quality.checks_schema import condition_check
from communique.quality.thresholds import bound, null_share_limits
from communique.releases.rows import Rows
from schemas.row_checks import filled
from schemas.table import RowCheck, Table
from schemas.tables import TABLES

_FIRST_YEAR, _LAST_YEAR = int(bound("first_year").limit), int(bound("last_year").limit)
_PACKAGE, _TOTAL, _RATE = bound("aid_package").limit, bound("aid_total").limit, bound("tariff_rate").limit


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
            f"A single sum is at most {_PACKAGE / 1e9:,g} billion dollars, the largest package of aid known.",
            filled("amount_usd") & ~pl.col("is_total"),
            pl.col("amount_usd") <= _PACKAGE,
        ),
        RowCheck(
            "total_plausible",
            f"A total is at most {_TOTAL / 1e9:,g} billion dollars, all aid of a year.",
            filled("amount_usd") & pl.col("is_total"),
            pl.col("amount_usd") <= _TOTAL,
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
            "rate_plausible",
            f"`rate_percent` is at most {_RATE:g}.",
            filled("rate_percent"),
            pl.max_horizontal("rate_percent", "rate_percent_upper") <= _RATE,
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

_REMEDY = (
    "read the sentence (`communique why`): where the row is wrong, mend the rule or raw/corrections.toml; else leave it"
)


def row_warnings(table: Table, frame: pl.DataFrame) -> list[CheckResult]:
    """The results of `ROW_WARNINGS` over rows of a table, with the first rows concerned."""
    conditions = ROW_WARNINGS.get(table.name, ())
    if not conditions:
        return []
    counts = [(each.applied, (~each.passed).sum()) for each in conditions]
    figures = frame.select(count.cast(pl.Int64).alias(f"{n}") for n, count in enumerate(chain(*counts))).row(0)
    results = []
    for number, condition in enumerate(conditions):
        applied, odd = figures[2 * number : 2 * number + 2]
        check = condition_check(table, condition, Severity.WARNING, _REMEDY)
        columns = [place.partition(".")[2] for place in check.covers]
        shown = frame.filter(~condition.passed) if odd else frame.clear()
        results.append(check.result(applied, odd, row_examples(shown, table.primary_key or "", columns)))
    return results


def null_shares(tables: Mapping[str, Rows]) -> list[CheckResult]:
    """Whether key columns are filled as often as the thresholds want, over tables of some size."""
    limits, results = null_share_limits(), []
    for name, columns in limits.largest.items():
        rows, key = tables[name], TABLES[name].primary_key or ""
        nulls = rows.scan().select(pl.col(list(columns)).null_count()).collect(engine="streaming")
        for column, largest in columns.items():
            place, words = f"{name}.{column}", f"`{column}` is null in at most {largest:.0%} of the rows."
            remedy = "look at rows without it; where their sentences name it, mend the rule"
            check = Check(f"{place}.null_share", words, Level.FIELD, Severity.WARNING, name, (place,), remedy)
            if rows.height < limits.fewest:
                results.append(check.result(0, 0, detail=f"fewer than {limits.fewest} rows"))
                continue
            empty = int(nulls[column].item())
            share = empty / rows.height
            is_odd = share > largest
            examples = (
                row_examples(_first(rows, pl.col(column).is_null(), key, column), key, [column]) if is_odd else ()
            )
            results.append(check.result(rows.height, empty if is_odd else 0, examples, f"{share:.1%} null"))
    return results


def _first(rows: Rows, chosen: pl.Expr, *columns: str) -> pl.DataFrame:
    """The first of the rows that are chosen, as many as a result has examples."""
    return rows.scan().filter(chosen).select(columns).head(EXAMPLES).collect(engine="streaming")


def unused_actors(tables: Mapping[str, Rows]) -> CheckResult:
    """Whether every actor is mentioned, or referred to, in some row."""
    check = Check(
        "actors.in_use",
        "Every actor is in some row.",
        Level.TABLE,
        Severity.WARNING,
        "actors",
        ("actors.actor_id",),
        "take the actor out where the table of actors is made: nothing refers to it",
    )
    actors = tables["actors"].select(actor_id=pl.col("actor_id"), name=pl.col("name"))
    used = ids_referred_to({name: rows.scan() for name, rows in tables.items()})
    unused = actors.join(used, on="actor_id", how="anti", maintain_order="left")
    return check.result(actors.height, unused.height, row_examples(unused, "actor_id", ["name"]))


def publication_lines(tables: Mapping[str, Rows]) -> CheckResult:
    """Whether an article has one publication line at most."""
    check = Check(
        "dates.one_publication_line",
        "An article has at most one row with `is_publication_date`.",
        Level.TABLE,
        Severity.WARNING,
        "dates",
        ("dates.is_publication_date", "dates.article_id"),
        "name the date of publication in raw/catalogue.toml and see which line of the article is its publication line",
    )
    flagged = tables["dates"].scan().filter("is_publication_date").select("article_id")
    lines = flagged.collect(engine="streaming")
    several = lines.group_by("article_id").len().filter(pl.col("len") > 1).sort("article_id")
    examples = [Example(article, f"{count} publication lines") for article, count in several.iter_rows()]
    return check.result(lines["article_id"].n_unique(), several.height, examples)
