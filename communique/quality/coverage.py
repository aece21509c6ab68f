"""What the tables may lack: articles without rows, sentences whose words promise a row that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from communique.articles.model import Article
from communique.quality.checks import Check, CheckResult, Example, Level, Severity
from communique.quality.measured import Before
from communique.quality.misses import Miss, Search, bounded, cues
from communique.quality.thresholds import bound
from schemas.tables import FACT_TABLES, TABLES


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


def coverage(
    frames: Mapping[str, pl.DataFrame], articles: Sequence[Article] | None = None, before: Before | None = None
) -> Coverage:
    """What the tables may lack; `articles` are those they were made from, None where these are not at hand."""
    before = before or Before()
    silent = _silent_by_table(frames)
    looked_at = None if articles is None else Search(frames, articles)
    results = [_has_rows(frames), *_silence(frames, before, looked_at), _tables_kept(frames, before, silent)]
    results += [_misses_check(table, looked_at) for table in dict.fromkeys(cue.table for cue in cues())]
    return Coverage(
        articles_without_rows=silent,
        misses=() if looked_at is None else tuple(looked_at.misses),
        with_cue=None if looked_at is None else looked_at.with_cue,
        without_row=None if looked_at is None else looked_at.without_row,
        null_shares=tuple(_null_shares(frames, before)),
        results=tuple(results),
    )


def _silent_by_table(frames: Mapping[str, pl.DataFrame]) -> dict[str, tuple[str, ...]]:
    """The articles without a row, by table of facts."""
    articles = frames["articles"].select("article_id").sort("article_id")
    return {
        name: tuple(articles.join(frames[name], on="article_id", how="anti", maintain_order="left")["article_id"])
        for name in FACT_TABLES
    }


def _without_any(frames: Mapping[str, pl.DataFrame]) -> list[str]:
    """The articles without a row in any table of facts."""
    seen = pl.concat([frames[name].select("article_id") for name in FACT_TABLES]).unique()
    return frames["articles"].join(seen, on="article_id", how="anti")["article_id"].sort().to_list()


def _has_rows(frames: Mapping[str, pl.DataFrame]) -> CheckResult:
    check = Check(
        "articles.has_rows",
        "Every article has a row in some table of facts.",
        Level.TABLE,
        Severity.WARNING,
        "articles",
        ("articles.article_id", *(f"{name}.article_id" for name in FACT_TABLES)),
        "read the article: if it is none on policy, take it out of raw/; else see why no rule finds its words",
    )
    silent = _without_any(frames)
    return check.result(frames["articles"].height, len(silent), [Example(article, "has no row") for article in silent])


def _silence(frames: Mapping[str, pl.DataFrame], before: Before, search: Search | None) -> Iterator[CheckResult]:
    check = Check(
        "articles.none_fell_silent",
        "No article is without any row that had rows in the release before with the same text, or whose words (sums of "
        "aid, rates of tariffs, days) leave little doubt that it has facts.",
        Level.RELEASE,
        table="articles",
        covers=("articles.article_id", *(f"{name}.article_id" for name in FACT_TABLES)),
        remedy="extract the article by itself (`communique extract`) and mend what loses its rows; release again",
    )
    spoke = _rows_before(frames, before)
    reasons: dict[str, str] = {}
    for article in _without_any(frames):
        had = sum(counts.get(article, 0) for counts in spoke.values())
        if had:
            reasons[article] = f"had {had} rows in {before.version}, has none"
        elif search is not None and article in search.firm:
            reasons[article] = f"has {search.firm[article]!r} in its text and no row"
    examples = [Example(article, why) for article, why in reasons.items()]
    yield check.result(frames["articles"].height, len(reasons), examples)


def _tables_kept(
    frames: Mapping[str, pl.DataFrame], before: Before, silent: Mapping[str, Sequence[str]]
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
    spoke = _rows_before(frames, before)
    lost = [
        Example(article, f"had {spoke[name][article]} rows of {name} in {before.version}, has none")
        for name, articles in silent.items()
        for article in articles
        if spoke.get(name, {}).get(article)
    ]
    return check.result(sum(len(counts) for counts in spoke.values()), len(lost), lost)


def _rows_before(frames: Mapping[str, pl.DataFrame], before: Before) -> dict[str, dict[str, int]]:
    """How many rows the articles had in the release before, by table, if their text is still the same."""
    keys = ["article_id", "ingested_text_sha256"]
    articles = before.tables.get("articles")
    if articles is None or not set(keys) <= set(articles.schema):
        return {}
    old = articles.select(**{key: pl.col(key) for key in keys})
    same = frames["articles"].join(old, on=keys, how="semi").select("article_id")
    counts = {}
    for name in FACT_TABLES:
        rows = before.tables.get(name)
        if rows is not None and "article_id" in rows.schema:
            found = rows.select(article_id=pl.col("article_id")).join(same, on="article_id", how="semi")
            counts[name] = dict(found.group_by("article_id").len().iter_rows())
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


def _null_shares(frames: Mapping[str, pl.DataFrame], before: Before) -> Iterator[dict[str, Any]]:
    """The share of rows in which a column has no value, of all columns that may be without."""
    for name, frame in frames.items():
        table = TABLES.get(name)
        if table is None or table.primary_key is None:
            continue
        rows = before.tables.get(name)
        optional = (column for column in table.columns if column.nullable or column.is_list)
        for column in (column for column in optional if column.name in frame.schema):
            old = None if rows is None or column.name not in rows.schema else rows.select(v=pl.col(column.name))["v"]
            yield {
                "table": name,
                "column": column.name,
                "share": _share(frame[column.name]),
                "previous": None if old is None else _share(old),
            }


def _share(values: pl.Series) -> float | None:
    """The share of values that are null, or lists without entries; None where there are no values."""
    empty = values.list.len() == 0 if isinstance(values.dtype, pl.List) else values.is_null()
    return round(int(empty.sum()) / values.len(), 4) if values.len() else None
