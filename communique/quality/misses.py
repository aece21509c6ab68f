"""Sentences whose words promise a row that is not there: where a table is likely to miss something.

The words are chosen apart from those that the rules look for (`communique/extraction/cues.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from communique.articles.model import Article
from communique.extraction.columns import column
from communique.extraction.cues import cues
from communique.extraction.rows import CueSentence
from communique.quality.checks import EXAMPLES
from communique.releases.rows import Rows
from schemas.tables import FACT_TABLES

LISTED, LISTED_OF_ARTICLE = 10, 3
"""Likely misses that a report spells out, of a table and of one article in it: a report quotes, it does not reprint."""

_CUE = ("table", "sentence", "char_start", "char_end", "is_firm")

_WINDOW = 240
"""Characters of a sentence that are quoted, around the cue."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence with a cue and without a row; `[char_start, char_end)` is the cue, `sentence` the words around it."""

    table: str
    article_id: str
    sentence: str
    char_start: int
    char_end: int
    cue: str


CUE_SENTENCES = pl.Schema(
    {
        "table": pl.String(),
        "article_id": pl.String(),
        "sentence_start": pl.Int32(),
        "sentence": pl.String(),
        "char_start": pl.Int32(),
        "char_end": pl.Int32(),
        "words": pl.String(),
        "is_firm": pl.Boolean(),
    }
)
"""A sentence with a cue of a table: `sentence` the words around the cue, `words` those of the cue at its place."""


@dataclass(frozen=True, slots=True)
class Search:
    """The sentences that have a cue, and those of them that gave no row.

    `with_cue` and `without_row` count them by table; `misses` are of each table the first of the latter, in the order
    of articles and text, as many as a report quotes; `firm` has for articles without any row that have a cue which
    leaves little doubt its first words.
    """

    with_cue: Mapping[str, int]
    without_row: Mapping[str, int]
    misses: tuple[Miss, ...]
    firm: Mapping[str, str]


def cue_frame(articles: Iterable[tuple[Article, Sequence[CueSentence]]]) -> pl.DataFrame:
    """The sentences that have a cue, in the order of the articles' ids and of their texts."""
    ordered = sorted(articles, key=lambda one: one[0].article_id)
    rows = [row for article, cues in ordered if cues for row in _rows(article, cues)]
    return pl.DataFrame(rows, schema=CUE_SENTENCES, orient="row")


def search(tables: Mapping[str, Rows], sentences: pl.LazyFrame) -> Search:
    """Which of the rows of `cue_frame` gave no row of their table."""
    with_cue, without_row = {}, {}
    misses: list[Miss] = []
    for table in dict.fromkeys(cue.table for cue in cues()):
        own = sentences.filter(table=table)
        places = tables[table].scan().select("article_id", "sentence_start").unique()
        missed = own.with_row_index("number").join(places, on=["article_id", "sentence_start"], how="anti")
        numbers = _collected(missed.select("number", "article_id")).sort("number")
        with_cue[table], without_row[table] = int(_collected(own.select(pl.len())).item()), numbers.height
        chosen = _collected(missed.filter(pl.col("number").is_in(_quoted(numbers).implode()))).sort("number")
        misses += map(_miss, chosen.iter_rows(named=True))
    return Search(with_cue, without_row, tuple(misses), _firm(tables, sentences))


def _quoted(missed: pl.DataFrame) -> pl.Series:
    """The first of the sentences, and as many more as a report lists of one article and of all."""
    nth = pl.int_range(pl.len()).over("article_id")
    listed = missed.filter(nth < LISTED_OF_ARTICLE).head(LISTED)["number"]
    return pl.concat([listed, missed["number"].head(EXAMPLES)]).unique()


def _firm(tables: Mapping[str, Rows], sentences: pl.LazyFrame) -> dict[str, str]:
    """By article without any row the words that leave little doubt."""
    firm = sentences.filter("is_firm").select("article_id", "words").with_row_index("number")
    for name in FACT_TABLES:
        firm = firm.join(tables[name].scan().select("article_id").unique(), on="article_id", how="anti")
    first = _collected(firm).sort("number").unique("article_id", keep="first", maintain_order=True)
    return dict(first.select("article_id", "words").iter_rows())


def _rows(article: Article, cues: Sequence[CueSentence]) -> Iterator[tuple[str, str, int, str, int, int, str, bool]]:
    first, last = column(article.sentences, "start"), column(article.sentences, "end")
    for table, sentence, start, end, is_firm in zip(*(column(cues, name) for name in _CUE), strict=True):
        shown = _shown(article.text, (first[sentence], last[sentence]), start)
        yield table, article.article_id, first[sentence], shown, start, end, article.text[start:end], is_firm


def _shown(text: str, sentence: tuple[int, int], cue: int) -> str:
    start = max(sentence[0], min(cue - _WINDOW // 3, sentence[1] - _WINDOW))
    end = min(sentence[1], start + _WINDOW)
    words = " ".join(text[start:end].split())
    return f"{'…' if start > sentence[0] else ''}{words}{'…' if end < sentence[1] else ''}"


def _miss(row: Mapping[str, Any]) -> Miss:
    given = {name: row[name] for name in ("table", "article_id", "sentence", "char_start", "char_end")}
    return Miss(**given, cue=" ".join(row["words"].split()))


def _collected(frame: pl.LazyFrame) -> pl.DataFrame:
    return frame.collect(engine="streaming")


def bounded(misses: Iterable[Miss]) -> Iterator[Miss]:
    """As many of the misses as a report lists."""
    listed: Counter[str] = Counter()
    of_article: Counter[tuple[str, str]] = Counter()
    for miss in misses:
        place = (miss.table, miss.article_id)
        if listed[miss.table] < LISTED and of_article[place] < LISTED_OF_ARTICLE:
            listed[miss.table] += 1
            of_article[place] += 1
            yield miss
