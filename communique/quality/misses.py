"""Sentences whose words promise a row that is not there: where a table is likely to miss something.

The words are chosen apart from those that the rules look for (`cues.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from communique.articles.model import Article, Sentence
from communique.extraction.money import find_amounts
from communique.extraction.percents import find_percents

LISTED, LISTED_OF_ARTICLE = 10, 3
"""Likely misses that a report spells out, of a table and of one article in it: a report quotes, it does not reprint."""

_WINDOW = 240
"""Characters of a sentence that are quoted, around the cue."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that make a row of a table likely, where the sentence also has a sum of money or a percentage."""

    table: str
    words: re.Pattern[str]
    beside: str | None
    is_firm: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence with a cue and without a row; `[char_start, char_end)` is the cue, `sentence` the words around it."""

    table: str
    article_id: str
    sentence: str
    char_start: int
    char_end: int
    cue: str


@cache
def cues() -> tuple[Cue, ...]:
    """The cues of `cues.toml`, in their order."""
    content = tomllib.loads((files("communique.quality") / "cues.toml").read_text(encoding="utf-8"))
    return tuple(
        Cue(table, re.compile(entry["words"], re.IGNORECASE), entry.get("with"), entry.get("firm", False))
        for table, entries in content.items()
        for entry in entries
    )


class Search:
    """The sentences that have a cue, and those of them that gave no row.

    `with_cue` and `without_row` count them by table, `misses` are the latter in the order of tables, articles and text,
    `firm` has for articles with a cue that leaves little doubt its first words.
    """

    def __init__(self, frames: Mapping[str, pl.DataFrame], articles: Iterable[Article]) -> None:
        tables = list(dict.fromkeys(cue.table for cue in cues()))
        self.with_cue: dict[str, int] = dict.fromkeys(tables, 0)
        self.without_row: dict[str, int] = dict.fromkeys(tables, 0)
        self.firm: dict[str, str] = {}
        self.misses: list[Miss] = []
        self._rows = {table: set(frames[table].select("article_id", "sentence_start").iter_rows()) for table in tables}
        for article in sorted(articles, key=lambda article: article.article_id):
            self._search(article)
        order = {table: number for number, table in enumerate(tables)}
        self.misses.sort(key=lambda miss: order[miss.table])

    def _search(self, article: Article) -> None:
        beside = {
            "sum": [amount.start for amount in find_amounts(article)],
            "percent": [percent.start for percent in find_percents(article)],
        }
        for sentence in article.sentences:
            seen: set[str] = set()
            for cue in cues():
                found = None if cue.table in seen else cue.words.search(article.text, sentence.start, sentence.end)
                if found is None or not _stands(cue, sentence, beside):
                    continue
                seen.add(cue.table)
                self.with_cue[cue.table] += 1
                if cue.is_firm:
                    self.firm.setdefault(article.article_id, found[0])
                if (article.article_id, sentence.start) not in self._rows[cue.table]:
                    self.without_row[cue.table] += 1
                    self.misses.append(_miss(cue.table, article, sentence, found.span()))


def _stands(cue: Cue, sentence: Sentence, beside: Mapping[str, Sequence[int]]) -> bool:
    if cue.beside is None:
        return True
    return any(sentence.start <= place < sentence.end for place in beside[cue.beside])


def _miss(table: str, article: Article, sentence: Sentence, span: tuple[int, int]) -> Miss:
    start = max(sentence.start, min(span[0] - _WINDOW // 3, sentence.end - _WINDOW))
    end = min(sentence.end, start + _WINDOW)
    words = " ".join(article.text[start:end].split())
    shown = f"{'…' if start > sentence.start else ''}{words}{'…' if end < sentence.end else ''}"
    return Miss(table, article.article_id, shown, *span, " ".join(article.text[slice(*span)].split()))


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
