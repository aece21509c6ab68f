"""The checks of a release by itself: no row got lost on the way, and few were set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from communique.corrections.model import Applied, rows_added, rows_dropped
from communique.quality.checks import Check, CheckResult, Example, Level
from communique.quality.thresholds import bound
from schemas.tables import DATA_TABLES

_COPY = ".copy"
"""Ids of checks that end so speak of a row that is published once and was extracted twice."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be quarantined: more than `share` of a table's rows, and more than `rows`, stop the release."""

    share: float = bound("quarantine_share").limit
    rows: int = bound("quarantine_share").fewest - 1


def release_checks(
    extracted: Mapping[str, int],
    published: Mapping[str, int],
    quarantine: pl.DataFrame,
    corrected: Sequence[Applied] = (),
    limits: Limits | None = None,
) -> list[CheckResult]:
    """Whether the rows extracted and published, counted by table, and the quarantine are those of a release."""
    limits = limits or Limits()
    results = [_not_empty(published["articles"])]
    held_back = dict(quarantine.group_by("table").len().iter_rows())
    copies = quarantine.filter(pl.col("check").str.ends_with(_COPY))
    copied = dict(copies.group_by("table").len().iter_rows())
    added, dropped = rows_added(corrected), rows_dropped(corrected)
    for name in DATA_TABLES:
        kept, aside = published[name], held_back.get(name, 0)
        rows = extracted.get(name, kept + aside)
        detail = f"{rows} extracted, {kept} published, {aside} quarantined"
        if added[name] or dropped[name]:
            detail += f", {added[name]} added and {dropped[name]} dropped by corrections"
        rows += added[name]
        results.append(_conserved(name).result(rows, abs(rows - kept - aside - dropped[name]), detail=detail))
        failing = aside - copied.get(name, 0)
        too_many = failing > limits.rows and failing > limits.share * rows
        detail = f"{failing} of {rows} rows failed a check"
        examples = _reasons(quarantine.filter(table=name)) if too_many else ()
        results.append(_share(name, limits).result(rows, failing if too_many else 0, examples, detail))
    return results


def _conserved(table: str) -> Check:
    words = "Every row extracted, or added by a correction, is published, quarantined or dropped by a correction."
    remedy = "find where rows get lost between extraction and tables (communique/frames, communique/corrections)"
    covers = (table, "quarantine")
    return Check(f"{table}.conserved", words, Level.RELEASE, table=table, covers=covers, remedy=remedy)


def _share(table: str, limits: Limits) -> Check:
    words = f"At most {limits.share:.0%} of the rows are quarantined, or {limits.rows} rows."
    remedy = "see in `quarantine` which check the rows failed, and mend the rule or the article that they share"
    covers = (table, "quarantine")
    return Check(f"{table}.quarantine_share", words, Level.RELEASE, table=table, covers=covers, remedy=remedy)


def _reasons(quarantined: pl.DataFrame) -> list[Example]:
    """The checks that most of the rows failed."""
    counts = quarantined.group_by("check").len().sort("len", "check", descending=[True, False])
    return [Example(None, f"{count} rows failed {check}") for check, count in counts.iter_rows()]


def _not_empty(articles: int) -> CheckResult:
    check = Check(
        "articles.not_empty",
        "The release has at least one article.",
        Level.RELEASE,
        table="articles",
        covers=("articles",),
        remedy="put .txt, .md or .html articles into the folder; `rejected` says why files were not read",
    )
    return check.result(1, 0 if articles else 1, detail=f"{articles} articles")
