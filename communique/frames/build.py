"""The frames of all tables from what was extracted from the articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import polars as pl

from communique.articles.model import Rejection
from communique.extraction.rows import ArticleExtraction
from communique.frames.actors import (
    ids_referred_to,
    merge_orders,
    merged_actors,
    reference_actors,
    seen_actors,
    with_counts,
)
from communique.frames.identity import set_aside_repeats, with_ids
from communique.frames.money import exchange_rates, with_amount_usd
from schemas.recommendations import AUTHOR
from schemas.table import Table
from schemas.tables import FACT_TABLES, TABLES

_WORD = r"\w+(?:['’.-]\w+)*"

_MADE_HERE = frozenset(
    (
        "article_id",
        "evidence",
        "sentence_start",
        "sentence_end",
        "donor",
        "recipient",
        "imposer",
        "target",
        "amount_usd",
    )
)

_NAMED_ROLES = ("donor", "recipient", "channel", "reported_by", "imposer", "target", "speaker", "recommender")


def build_frames(
    extractions: Iterable[ArticleExtraction],
    rejections: Iterable[Rejection],
    *,
    rates: pl.DataFrame | None = None,
) -> dict[str, pl.DataFrame]:
    """All tables of `schemas.tables.TABLES` with their types, sorted, whatever the order of the extractions.

    The frame `quarantine` holds the rows whose stable id another row has already: copies, and rows that contradict the
    one that came first.  `rates` (currency, year, usd_per_unit) replaces the shipped exchange rates.
    """
    ordered = sorted(extractions, key=lambda found: (found.article.article_id, found.article.source_file))
    raw = {name: _facts(name, ordered) for name in FACT_TABLES}
    raw["articles"] = _articles(ordered)

    kept: dict[str, pl.DataFrame] = {}
    repeats: list[pl.DataFrame] = []
    for name, frame in raw.items():
        kept[name], aside = set_aside_repeats(TABLES[name], frame)
        repeats.append(aside)
    seen = seen_actors(ordered)
    seen = pl.concat([seen, reference_actors(ids_referred_to(kept).join(seen, on="actor_id", how="anti"))])
    renamed = merge_orders(seen)
    facts = {name: _renamed(TABLES[name], kept[name], renamed) for name in FACT_TABLES}
    kept["actors"] = with_counts(merged_actors(seen, renamed), facts["actor_mentions"])
    names = dict(kept["actors"].select("actor_id", "name").iter_rows())
    kept |= {name: _with_names(frame, names) for name, frame in facts.items()}
    kept["aid_commitments"] = with_amount_usd(
        kept["aid_commitments"], kept["articles"], exchange_rates() if rates is None else rates
    )
    kept["quarantine"] = pl.concat(repeats)
    kept["rejected"] = _rejected(rejections)
    return {name: _finished(table, kept[name]) for name, table in TABLES.items()}


def row_counts(extractions: Iterable[ArticleExtraction]) -> dict[str, int]:
    """Rows extracted, by table; the number that published and quarantined rows must add up to."""
    counts = dict.fromkeys(("articles", *FACT_TABLES), 0)
    for found in extractions:
        counts["articles"] += 1
        for name in FACT_TABLES:
            counts[name] += len(getattr(found.rows, name))
    return counts


def _facts(name: str, extractions: Sequence[ArticleExtraction]) -> pl.DataFrame:
    """The rows of one table as extracted, with article, sentence and stable id, names and dollars still to come."""
    table = TABLES[name]
    fields = _extracted_fields(table)
    data: dict[str, list[Any]] = {column: [] for column in ("article_id", "sentence_start", "sentence_end", *fields)}
    with_evidence = "evidence" in table.dtypes
    if with_evidence:
        data["evidence"] = []
    for found in extractions:
        article, rows = found.article, getattr(found.rows, name)
        sentences = [article.sentences[row.sentence] for row in rows]
        data["article_id"] += [article.article_id] * len(rows)
        data["sentence_start"] += map(attrgetter("start"), sentences)
        data["sentence_end"] += map(attrgetter("end"), sentences)
        if with_evidence:
            data["evidence"] += [article.text[sentence.start : sentence.end] for sentence in sentences]
        for field in fields:
            data[field] += map(attrgetter(field), rows)
    return with_ids(table, _tidied(table, _frame(table, data)))


def _extracted_fields(table: Table) -> list[str]:
    return [column for column in table.dtypes if column not in _MADE_HERE and column != table.primary_key]


def _frame(table: Table, data: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    """Values as the table's types; ISO days become dates."""
    dates = [column for column in data if table.dtypes[column] == pl.Date]
    schema = {column: pl.String() if column in dates else table.dtypes[column] for column in data}
    frame = pl.DataFrame(data, schema=schema, strict=False)
    return frame.with_columns(pl.col(dates).str.to_date("%Y-%m-%d", strict=False)) if dates else frame


def _tidied(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """Optional words without white space at their ends, null where nothing is left."""
    optional = [c.name for c in table.columns if c.nullable and c.dtype == pl.String and c.name in frame.columns]
    stripped = pl.col(optional).str.strip_chars()
    return frame.with_columns(pl.when(stripped != "").then(stripped)) if optional else frame


def _articles(extractions: Sequence[ArticleExtraction]) -> pl.DataFrame:
    table = TABLES["articles"]
    articles = [found.article for found in extractions]
    copied = [name for name in table.dtypes if name not in ("characters", "words", "sentences", "ingested_text_sha256")]
    data: dict[str, list[Any]] = {name: list(map(attrgetter(name), articles)) for name in copied}
    data["sentences"] = [len(article.sentences) for article in articles]
    data["ingested_text_sha256"] = [article.text_sha256 for article in articles]
    texts = pl.Series([article.text for article in articles], dtype=pl.String)
    return _tidied(table, _frame(table, data)).with_columns(
        characters=texts.str.len_chars(), words=texts.str.count_matches(_WORD)
    )


def _renamed(table: Table, frame: pl.DataFrame, renamed: Mapping[str, str]) -> pl.DataFrame:
    """Actor ids replaced by those they were merged into."""
    if not renamed:
        return frame
    old, new = list(renamed), list(renamed.values())
    columns = []
    for key in table.foreign_keys:
        if key.table == "actors" and table.column(key.column).is_list:
            each = pl.element().replace(old, new).unique(maintain_order=True)
            columns.append(pl.col(key.column).list.eval(each))
        elif key.table == "actors":
            columns.append(pl.col(key.column).replace(old, new))
    return frame.with_columns(columns)


def _with_names(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """Readable names beside the ids; words that the extractor gave stand before the actor's name."""
    roles = [role for role in _NAMED_ROLES if f"{role}_id" in frame.columns]
    known, called = list(names), list(names.values())
    for role in roles:
        name = pl.col(f"{role}_id").replace_strict(known, called, default=None, return_dtype=pl.String)
        words = [role] if role in frame.columns else []
        frame = frame.with_columns(pl.coalesce(*words, name).alias(role))
    if "recommender" in roles:
        unnamed = pl.col("recommender_id").is_null() & pl.col("recommender").is_null()
        return frame.with_columns(recommender=pl.when(unnamed).then(pl.lit(AUTHOR)).otherwise("recommender"))
    return frame


def _rejected(rejections: Iterable[Rejection]) -> pl.DataFrame:
    table, rows = TABLES["rejected"], list(rejections)
    return _frame(table, {name: list(map(attrgetter(name), rows)) for name in table.dtypes})


def _finished(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in table.dtypes.items()).sort(table.sort_by).rechunk()
