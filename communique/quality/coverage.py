"""What the tables may lack: articles without rows, sentences whose words promise a row that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from communique.extraction.cues import cues
from communique.quality.checks import Check, CheckResult, Example, Level, Severity
from communique.quality.measured import Before
from communique.quality.misses import Miss, Search, bounded
from communique.quality.thresholds import bound
from communique.releases.rows import Rows
from schemas.tables import FACT_TABLES, TABLES

_ID = "article_id"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Articles without rows by table, likely misses, null shares by table and column, and the checks they make.

    `with_cue` and `without_row` count the sentences by table; they are None where the texts are not at hand.
    """

    articles_without_rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    misses: tuple[Miss, ...] = ()
    with_cue: Mapping[str, int] | None = None
    without_row: Mapping[str, int] | None = None
    null_shares: tuple[Mapping[str, Any], ...] = ()
    results: tuple[CheckResult, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For the quality report: JSON values, the misses bounded."""
        return {
            "articles_without_rows": {table: list(ids) for table, ids in self.articles_without_rows.items()},
            "likely_misses": [asdict(miss) for miss in bounded(self.misses)],
            "likely_misses_total": [
                {"table": table, "with_cue": number, "without_row": (self.without_row or {}).get(table, 0)}
                for table, number in (self.with_cue or {}).items()
            ],
            "null_shares": [dict(share) for share in self.null_shares],
        }


def coverage(tables: Mapping[str, Rows], found: Search | None = None, before: Before | None = None) -> Coverage:
    """What the tables may lack; `found` is what their articles promise, None where these are not at hand."""
    before = before or Before()
    silent, mute = _silent_by_table(tables), _without_any(tables)
    spoke = _rows_before(tables, before)
    articles = tables["articles"].height
    results = [_has_rows(articles, mute), _silence(articles, mute, spoke, before, found)]
    results += [_tables_kept(before, silent, spoke)]
    results += [_misses_check(table, found) for table in dict.fromkeys(cue.table for cue in cues())]
    return Coverage(
        articles_without_rows=silent,
        misses=() if found is None else found.misses,
        with_cue=None if found is None else found.with_cue,
        without_row=None if found is None else found.without_row,
        null_shares=tuple(_null_shares(tables, before)),
        results=tuple(results),
    )


def _silent_by_table(tables: Mapping[str, Rows]) -> dict[str, tuple[str, ...]]:
    """The articles without a row, by table of facts."""
    articles = tables["articles"].select(article_id=pl.col("article_id")).sort("article_id")
    return {
        name: tuple(articles.join(_articles_of(tables, name), on="article_id", how="anti", maintain_order="left")[_ID])
        for name in FACT_TABLES
    }


def _without_any(tables: Mapping[str, Rows]) -> list[str]:
    """The articles without a row in any table of facts."""
    seen = pl.concat([_articles_of(tables, name) for name in FACT_TABLES]).unique()
    articles = tables["articles"].select(article_id=pl.col("article_id"))
    return articles.join(seen, on="article_id", how="anti")["article_id"].sort().to_list()


def _articles_of(tables: Mapping[str, Rows], name: str) -> pl.DataFrame:
    return tables[name].scan().select("article_id").unique().collect(engine="streaming")


def _has_rows(articles: int, mute: Sequence[str]) -> CheckResult:
    check = Check(
        "articles.has_rows",
        "Every article has a row in some table of facts.",
        Level.TABLE,
        Severity.WARNING,
        "articles",
        ("articles.article_id", *(f"{name}.article_id" for name in FACT_TABLES)),
        "read the article: if it is none on policy, take it out of raw/; else see why no rule finds its words",
    )
    return check.result(articles, len(mute), (Example(article, "has no row") for article in mute))


def _silence(
    articles: int,
    mute: Sequence[str],
    spoke: Mapping[str, Mapping[str, int]],
    before: Before,
    found: Search | None,
) -> CheckResult:
    check = Check(
        "articles.none_fell_silent",
        "No article is without any row that had rows in the release before with the same text, or whose words (sums of "
        "aid, rates of tariffs, days) leave little doubt that it has facts.",
        Level.RELEASE,
        table="articles",
        covers=("articles.article_id", *(f"{name}.article_id" for name in FACT_TABLES)),
        remedy="extract the article by itself (`communique extract`) and mend what loses its rows; release again",
    )
    reasons: dict[str, str] = {}
    for article in mute:
        had = sum(counts.get(article, 0) for counts in spoke.values())
        if had:
            reasons[article] = f"had {had} rows in {before.version}, has none"
        elif found is not None and article in found.firm:
            reasons[article] = f"has {found.firm[article]!r} in its text and no row"
    examples = [Example(article, why) for article, why in reasons.items()]
    return check.result(articles, len(reasons), examples)


def _tables_kept(
    before: Before, silent: Mapping[str, Sequence[str]], spoke: Mapping[str, Mapping[str, int]]
) -> CheckResult:
    check = Check(
        "articles.tables_kept",
        "No unchanged article that had rows of a table in the release before is without them now.",
        Level.RELEASE,
        Severity.WARNING,
        "articles",
        tuple(f"{name}.article_id" for name in FACT_TABLES),
        "see with `communique diff` which rows are gone, and whether they were wrong",
    )
    lost = [
        Example(article, f"had {spoke[name][article]} rows of {name} in {before.version}, has none")
        for name, articles in silent.items()
        for article in articles
        if spoke.get(name, {}).get(article)
    ]
    return check.result(sum(len(counts) for counts in spoke.values()), len(lost), lost)


def _rows_before(tables: Mapping[str, Rows], before: Before) -> dict[str, dict[str, int]]:
    """How many rows the articles had in the release before, by table, if their text is still the same."""
    keys = ["article_id", "ingested_text_sha256"]
    articles = before.tables.get("articles")
    if articles is None or not set(keys) <= set(articles.schema):
        return {}
    same = tables["articles"].scan().join(articles.scan().select(keys), on=keys, how="semi").select("article_id")
    kept = same.collect(engine="streaming").lazy()
    counts = {}
    for name in FACT_TABLES:
        rows = before.tables.get(name)
        if rows is not None and "article_id" in rows.schema:
            found = rows.scan().select("article_id").join(kept, on="article_id", how="semi").group_by("article_id")
            counts[name] = dict(found.len().collect(engine="streaming").iter_rows())
    return counts


def _misses_check(table: str, search: Search | None) -> CheckResult:
    limit = bound("likely_misses")
    check = Check(
        f"{table}.likely_misses",
        f"At most {limit.limit:.0%} of the sentences with words of this table gave no row of it.",
        Level.TABLE,
        limit.severity,
        table,
        (table,),
        "read the sentences under `likely_misses`; where they state a fact, mend the rule, or add the row to "
        "raw/corrections.toml",
    )
    if search is None:
        return check.result(0, 0, detail="the articles are not at hand")
    number, without = search.with_cue[table], search.without_row[table]
    detail = f"{without} of {number} sentences with a cue gave no row"
    if number < limit.fewest:
        return check.result(0, 0, detail=detail)
    is_odd = not limit.holds(without / number)
    mine = (miss for miss in search.misses if miss.table == table)
    examples = [Example(miss.article_id, f"{miss.cue!r} in {miss.sentence!r}") for miss in mine] if is_odd else []
    return check.result(number, without if is_odd else 0, examples, detail)


def _null_shares(tables: Mapping[str, Rows], before: Before) -> Iterator[dict[str, Any]]:
    """The share of rows in which a column has no value, of all columns that may be without."""
    for name, rows in tables.items():
        table = TABLES.get(name)
        if table is None or table.primary_key is None:
            continue
        optional = [column.name for column in table.columns if column.nullable or column.is_list]
        now, was = _shares(rows, optional), _shares(before.tables.get(name), optional)
        for column in now:
            yield {"table": name, "column": column, "share": now[column], "previous": was.get(column)}


def _shares(rows: Rows | None, columns: Sequence[str]) -> dict[str, float | None]:
    """By column the share of values that are null, or lists without entries; None where there are no values."""
    kept = [] if rows is None else [column for column in columns if column in rows.schema]
    if rows is None or not kept:
        return {}
    counts = rows.scan().select(_is_empty(name, rows.schema[name]).sum() for name in kept)
    empty = counts.collect(engine="streaming").row(0, named=True)
    return {name: round(int(empty[name]) / rows.height, 4) if rows.height else None for name in kept}


def _is_empty(column: str, dtype: pl.DataType) -> pl.Expr:
    return pl.col(column).list.len() == 0 if isinstance(dtype, pl.List) else pl.col(column).is_null()
