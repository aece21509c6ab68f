"""The frames of all tables from what was extracted from the articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import polars as pl

from communique.articles.model import Rejection
from communique.extraction.columns import column
from communique.extraction.rows import ArticleExtraction
from communique.frames.actors import (
    ActorDirectory,
    actor_directory,
    ids_in,
    mention_counts,
    seen_actors,
    with_counts,
)
from communique.frames.columns import frame_of
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


@dataclass(frozen=True, slots=True)
class UnlinkedFrames:
    """The tables of some articles before it is known under which id and name other articles have their actors.

    `tables` are `articles`, those of `FACT_TABLES` without the names beside actor ids, and `rejected`.  `quarantine`
    holds the rows whose stable id another row has already: copies, and rows that contradict the one that came first.
    `seen` has a row per article and actor.
    """

    tables: Mapping[str, pl.DataFrame]
    quarantine: pl.DataFrame
    seen: pl.DataFrame


def build_frames(
    extractions: Iterable[ArticleExtraction],
    rejections: Iterable[Rejection],
    *,
    rates: pl.DataFrame | None = None,
    describe: Callable[[ActorDirectory], ActorDirectory] | None = None,
) -> dict[str, pl.DataFrame]:
    """All tables of `schemas.tables.TABLES` with their types, sorted, whatever the order of the extractions.

    `rates` (currency, year, usd_per_unit) replaces the shipped exchange rates, `describe` says more of the actors.
    """
    return linked_frames(unlinked_frames(extractions, rejections, rates=rates), describe)


def unlinked_frames(
    extractions: Iterable[ArticleExtraction],
    rejections: Iterable[Rejection],
    *,
    rates: pl.DataFrame | None = None,
) -> UnlinkedFrames:
    """The tables as far as the articles themselves determine them; see `build_frames`."""
    ordered = sorted(extractions, key=lambda found: (found.article.article_id, found.article.source_file))
    raw = {"articles": _articles(ordered)} | {name: _facts(name, ordered) for name in FACT_TABLES}
    kept: dict[str, pl.DataFrame] = {}
    repeats: list[pl.DataFrame] = []
    for name, frame in raw.items():
        kept[name], aside = set_aside_repeats(TABLES[name], frame)
        repeats.append(aside)
    kept["aid_commitments"] = with_amount_usd(
        kept["aid_commitments"], kept["articles"], exchange_rates() if rates is None else rates
    )
    kept["rejected"] = _rejected(rejections)
    return UnlinkedFrames(kept, pl.concat(repeats), seen_actors(ordered))


def linked_frames(
    unlinked: UnlinkedFrames, describe: Callable[[ActorDirectory], ActorDirectory] | None = None
) -> dict[str, pl.DataFrame]:
    """All tables, the actors of these articles being those of the dataset."""
    tables = unlinked.tables
    directory = actor_directory(unlinked.seen.lazy(), ids_in(tables))
    if describe is not None:
        directory = describe(directory)
    frames = {name: linked(TABLES[name], frame, directory) for name, frame in tables.items()}
    counts = mention_counts(frames["actor_mentions"])
    frames["actors"] = finished(TABLES["actors"], with_counts(directory.actors, counts))
    frames["quarantine"] = finished(TABLES["quarantine"], unlinked.quarantine)
    return {name: frames[name] for name in TABLES}


def linked(table: Table, frame: pl.DataFrame, directory: ActorDirectory) -> pl.DataFrame:
    """An unlinked table as it is published: ids of merged actors replaced, names beside ids, sorted."""
    renamed = _renamed(table, frame, _of(directory.renamed, table, frame))
    return finished(table, _with_names(renamed, _of(directory.names, table, renamed)))


def _of(values: Mapping[str, str], table: Table, frame: pl.DataFrame) -> dict[str, str]:
    """The values of the actors that the frame refers to: a dataset has many more."""
    ids = ids_in({table.name: frame})["actor_id"] if values else ()
    return {actor_id: values[actor_id] for actor_id in ids if actor_id in values}


def finished(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of the table with their types, sorted."""
    return frame.select(pl.col(name).cast(dtype) for name, dtype in table.dtypes.items()).sort(table.sort_by).rechunk()


def row_counts(extractions: Iterable[ArticleExtraction]) -> dict[str, int]:
    """Rows extracted, by table; the number that published and quarantined rows must add up to."""
    counts = dict.fromkeys(("articles", *FACT_TABLES), 0)
    for found in extractions:
        counts["articles"] += 1
        for name in FACT_TABLES:
            counts[name] += len(getattr(found.rows, name))
    return counts


def row_ids(name: str, extractions: Sequence[ArticleExtraction]) -> list[str]:
    """The ids of the rows of one table as extracted, in the order of the articles and of their rows."""
    table = TABLES[name]
    return _facts(name, extractions)[table.primary_key or ""].to_list()


def _facts(name: str, extractions: Sequence[ArticleExtraction]) -> pl.DataFrame:
    """The rows of one table as extracted, with article, sentence and stable id, names and dollars still to come."""
    table = TABLES[name]
    fields = extracted_columns(table)
    data: dict[str, list[Any]] = {each: [] for each in ("article_id", "sentence_start", "sentence_end", *fields)}
    with_evidence = "evidence" in table.dtypes
    if with_evidence:
        data["evidence"] = []
    for found in extractions:
        article, rows = found.article, getattr(found.rows, name)
        if not rows:
            continue
        starts, ends = column(article.sentences, "start"), column(article.sentences, "end")
        sentences = column(rows, "sentence")
        data["article_id"] += [article.article_id] * len(rows)
        data["sentence_start"] += [starts[sentence] for sentence in sentences]
        data["sentence_end"] += [ends[sentence] for sentence in sentences]
        if with_evidence:
            data["evidence"] += [article.text[starts[sentence] : ends[sentence]] for sentence in sentences]
        for field in fields:
            data[field] += column(rows, field)
    return with_ids(table, _tidied(table, _frame(table, data)))


def extracted_columns(table: Table) -> list[str]:
    """The columns of a table of facts that the rows of its extractor have; the others follow from these."""
    return [column for column in table.dtypes if column not in _MADE_HERE and column != table.primary_key]


def _frame(table: Table, data: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    """Values as the table's types; ISO days become dates."""
    dates = [column for column in data if table.dtypes[column] == pl.Date]
    frame = frame_of(data, {**table.dtypes, **dict.fromkeys(dates, pl.String())})
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
    named = []
    for role in roles:
        name = pl.col(f"{role}_id").replace_strict(known, called, default=None, return_dtype=pl.String)
        words = [role] if role in frame.columns else []
        named.append(pl.coalesce(*words, name).alias(role))
    frame = frame.with_columns(named)
    if "recommender" in roles:
        unnamed = pl.col("recommender_id").is_null() & pl.col("recommender").is_null()
        return frame.with_columns(recommender=pl.when(unnamed).then(pl.lit(AUTHOR)).otherwise("recommender"))
    return frame


def _rejected(rejections: Iterable[Rejection]) -> pl.DataFrame:
    table, rows = TABLES["rejected"], list(rejections)
    return _frame(table, {name: list(map(attrgetter(name), rows)) for name in table.dtypes})
