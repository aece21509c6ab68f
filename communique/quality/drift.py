"""What became of the rows since the release before: how many there are, how full, of which categories, of whom.

Only articles that both releases have with the same text are looked at, so that an article added or withdrawn is no
drift.  A minimum stops the release and a maximum warns; `thresholds.toml` has the bounds and their reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from communique.quality.checks import EXAMPLES, Check, CheckResult, Example, Level, Outcome
from communique.quality.measured import Before, Drift, Measured
from communique.quality.thresholds import Bound, bound
from communique.releases.rows import Rows
from schemas.table import Column, Table
from schemas.tables import FACT_TABLES, TABLES

_ROWS = "number of rows"

_CHECKS: Mapping[str, tuple[Level, str, str]] = {
    "articles_kept": (
        Level.RELEASE,
        "At least {limit:.0%} of the articles of the release before are still there.",
        "see that the folder of articles is whole; where they were withdrawn, accept it in raw/accepted.toml",
    ),
    "rows_kept": (
        Level.RELEASE,
        "Unchanged articles keep at least {limit:.0%} of their rows.",
        "see with `communique diff` which rows are gone and mend the rule; where they were wrong, accept it in "
        "raw/accepted.toml",
    ),
    "rows_grown": (
        Level.RELEASE,
        "Unchanged articles have at most {limit:.0%} of the rows they had.",
        "read some of the new rows (`communique diff`, `communique why`) and mend the rule that makes too many",
    ),
    "actors_kept": (
        Level.RELEASE,
        "At least {limit:.0%} of the actors that unchanged articles named are still named there.",
        "see with `communique diff` which actors are gone, and whether their ids were re-made or a lexicon is missing",
    ),
    "null_share": (
        Level.RELEASE,
        "The share of null values of no column rises by more than {limit:.0%} of the rows of unchanged articles.",
        "compare the values with `communique diff` and mend the rule that no longer finds them",
    ),
    "category_mix": (
        Level.RELEASE,
        "At most {limit:.0%} of the rows of unchanged articles move to another category of a column.",
        "compare the values with `communique diff` and see whether the categories are still read as they were",
    ),
}
"""By bound: the level of its check, what it asks, and what to do where it fails."""


def drift(tables: Mapping[str, Rows], before: Before) -> Drift:
    """The figures of the tables beside those of the release before, and the checks that they make."""
    pairs = _pairs(tables, before)
    gone = _lost_articles(tables, before)
    measured = [_articles_kept(gone, before)]
    for pair in pairs:
        measured += [_rows_kept(pair), _rows_grown(pair), *_null_shares(pair), *_mixes(pair)]
    named = next((pair for pair in pairs if pair.table.name == "actor_mentions"), None)
    measured.append(_actors_kept(named))
    lost = {"articles_kept": gone}
    return Drift(tuple(measured), tuple(_results(measured, {pair.table.name: pair for pair in pairs}, named, lost)))


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of a table of facts that stand in unchanged articles: how many, and what some columns hold.

    `empty` counts the rows without a value by column, `categories` those of each value, `actors` those of each actor.
    """

    rows: Rows
    articles: pl.DataFrame
    height: int
    empty: Mapping[str, int]
    categories: Mapping[str, Mapping[str | None, int]]
    actors: pl.DataFrame | None

    def keyed(self, key: str) -> pl.DataFrame:
        """The numbers of the rows and hashes of 64 bits of their keys, by which they are told apart."""
        numbered = self.rows.scan().select(key=pl.col(key).hash(), article_id="article_id").with_row_index("row")
        return _collected(numbered.join(self.articles.lazy(), on="article_id", how="semi").select("row", "key"))


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two parts of a table of facts, before and now."""

    table: Table
    old: _Part
    new: _Part

    @property
    def key(self) -> str:
        return self.table.primary_key or ""

    def lost(self) -> pl.DataFrame:
        """The first rows that only the release before has, by key and article."""
        return self._first_alone(self.old, self.new)

    def came(self) -> pl.DataFrame:
        """The first rows that are new."""
        return self._first_alone(self.new, self.old)

    def _first_alone(self, of: _Part, other: _Part) -> pl.DataFrame:
        alone = of.keyed(self.key).join(other.keyed(self.key), on="key", how="anti")["row"].sort()
        return of.rows.take(alone.head(EXAMPLES), [self.key, "article_id"])


def _pairs(tables: Mapping[str, Rows], before: Before) -> list[_Pair]:
    """The tables of facts that both releases have."""
    same = _same_articles(tables, before)
    found = []
    for name in FACT_TABLES:
        table, key = TABLES[name], TABLES[name].primary_key or ""
        old, new = before.tables.get(name), tables[name]
        if old is None or key not in old.schema or "article_id" not in old.schema:
            continue
        shared = [column for column in table.columns if column.name in old.schema and column.name in new.schema]
        found.append(_Pair(table, _part(old, shared, same), _part(new, shared, same)))
    return found


def _part(rows: Rows, columns: Sequence[Column], articles: pl.DataFrame) -> _Part:
    kept = rows.scan().join(articles.lazy(), on="article_id", how="semi")
    nullable = [column.name for column in columns if column.nullable or column.is_list]
    flags = [_is_empty(name, rows.schema[name]).sum().alias(name) for name in nullable]
    counts = _collected(kept.select(pl.len().alias(_ROWS), *flags)).row(0, named=True)
    height = counts.pop(_ROWS)
    categories = {
        column.name: dict(_collected(kept.group_by(column.name).len()).sort(column.name).iter_rows())
        for column in columns
        if column.vocabulary
    }
    named = any(column.name == "actor_id" for column in columns)
    return _Part(rows, articles, height, counts, categories, _actors(kept) if named else None)


def _actors(kept: pl.LazyFrame) -> pl.DataFrame:
    """The actors by the number of their rows, most first."""
    counts = _collected(kept.group_by("actor_id").len())
    return counts.sort("len", "actor_id", descending=[True, False])


def _is_empty(column: str, dtype: pl.DataType) -> pl.Expr:
    return pl.col(column).list.len() == 0 if isinstance(dtype, pl.List) else pl.col(column).is_null()


def _same_articles(tables: Mapping[str, Rows], before: Before) -> pl.DataFrame:
    """The ids of the articles that both releases have with the same text."""
    keys = ["article_id", "ingested_text_sha256"]
    rows = before.tables.get("articles")
    if rows is None or not set(keys) <= set(rows.schema):
        return pl.DataFrame(schema={"article_id": pl.String})
    old = rows.scan().select(keys)
    return _collected(tables["articles"].scan().join(old, on=keys, how="semi").select("article_id"))


def _articles_kept(lost: pl.DataFrame, before: Before) -> Measured:
    rows = before.tables.get("articles")
    was = 0 if rows is None else rows.height
    kept = was - lost.height
    return Measured("articles", None, bound("articles_kept"), kept, was, kept / was if was else None, was)


def _lost_articles(tables: Mapping[str, Rows], before: Before) -> pl.DataFrame:
    rows = before.tables.get("articles")
    if rows is None or "article_id" not in rows.schema:
        return pl.DataFrame(schema={"article_id": pl.String})
    old = rows.select(article_id=pl.col("article_id")).sort("article_id")
    now = tables["articles"].select(article_id=pl.col("article_id"))
    return old.join(now, on="article_id", how="anti", maintain_order="left")


def _rows_kept(pair: _Pair) -> Measured:
    return _ratio(pair, bound("rows_kept"))


def _rows_grown(pair: _Pair) -> Measured:
    return _ratio(pair, bound("rows_grown"))


def _ratio(pair: _Pair, limit: Bound) -> Measured:
    was, now = pair.old.height, pair.new.height
    return Measured(pair.table.name, None, limit, now, was, now / was if was else None, was)


def _null_shares(pair: _Pair) -> Iterator[Measured]:
    for name in pair.old.empty:
        was, now = (part.empty[name] / part.height if part.height else None for part in (pair.old, pair.new))
        change = None if was is None or now is None else now - was
        basis = min(pair.old.height, pair.new.height)
        yield Measured(pair.table.name, name, bound("null_share"), now, was, change, basis)


def _mixes(pair: _Pair) -> Iterator[Measured]:
    """The total variation distance of the categories of each column with a vocabulary."""
    for column in pair.old.categories:
        was, now = (_shares(part, column) for part in (pair.old, pair.new))
        moved = sum(abs(now.get(value, 0) - was.get(value, 0)) for value in {**was, **now}) / 2
        change = moved if was and now else None
        basis = min(pair.old.height, pair.new.height)
        yield Measured(pair.table.name, column, bound("category_mix"), change, None, change, basis)


def _shares(part: _Part, column: str) -> dict[str | None, float]:
    return {value: count / part.height for value, count in part.categories[column].items()}


def _actors_kept(pair: _Pair | None) -> Measured:
    if pair is None or pair.old.actors is None:
        return Measured("actors", None, bound("actors_kept"), None, None, None, 0)
    was = pair.old.actors.height
    kept = was - _lost_actors(pair).height
    return Measured("actors", None, bound("actors_kept"), kept, was, kept / was if was else None, was)


def _lost_actors(pair: _Pair) -> pl.DataFrame:
    """The actors whom the same articles no longer name, those with most mentions first."""
    assert pair.old.actors is not None
    assert pair.new.actors is not None
    return pair.old.actors.join(pair.new.actors, on="actor_id", how="anti", maintain_order="left")


def _results(
    measured: Sequence[Measured],
    pairs: Mapping[str, _Pair],
    named: _Pair | None,
    lost: Mapping[str, pl.DataFrame],
) -> Iterator[CheckResult]:
    """One check for each bound and table."""
    groups: dict[tuple[str, str], list[Measured]] = {}
    for one in measured:
        groups.setdefault((one.table, one.bound.name), []).append(one)
    for (table, name), figures in groups.items():
        level, words, remedy = _CHECKS[name]
        limit = figures[0].bound
        covers = tuple(f"{table}.{one.column}" if one.column else table for one in figures)
        described = words.format(limit=limit.limit)
        check = Check(f"{table}.{name}", described, level, limit.severity, table, covers, remedy)
        applied = [one for one in figures if one.applies]
        failing = [one for one in applied if one.outcome is not Outcome.PASSED]
        if figures[0].column is None:
            (whole,) = figures
            examples = _examples(name, pairs.get(table), named, lost) if failing else []
            moved = round(abs((whole.before or 0) - (whole.value or 0))) if failing else 0
            yield check.result(whole.basis if applied else 0, moved, examples, whole.words if applied else "")
        else:
            yield check.result(len(applied), len(failing), [Example(None, one.words) for one in failing])


def _examples(name: str, pair: _Pair | None, named: _Pair | None, lost: Mapping[str, pl.DataFrame]) -> list[Example]:
    """The rows, actors or articles that are gone, or that are new."""
    if name in lost:
        return [Example(article, "is gone") for article in lost[name]["article_id"]]
    if name == "actors_kept" and named is not None:
        return [Example(actor, f"had {count} mentions, has none") for actor, count in _lost_actors(named).iter_rows()]
    if pair is None:
        return []
    rows, words = (pair.lost(), "is gone from") if name == "rows_kept" else (pair.came(), "is new in")
    return [
        Example(row_id, f"{words} {article}") for row_id, article in rows.select(pair.key, "article_id").iter_rows()
    ]


def _collected(frame: pl.LazyFrame) -> pl.DataFrame:
    return frame.collect(engine="streaming")
