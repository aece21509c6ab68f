"""Sentences whose words promise a row, found by words chosen apart from those that the rules look for (`cues.toml`).

They are found with the rows, so that they are kept with them and found in the processes that extract.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from communique.articles.model import Article, Sentence
from communique.extraction.money.sums import find_sums
from communique.extraction.percents import percents_in
from communique.extraction.rows import CueSentence
from communique.extraction.wording import load_toml

_BESIDE: Mapping[str, Callable[[str, int, int], Sequence[object]]] = {"sum": find_sums, "percent": percents_in}
"""What finds in a stretch of a text what a cue wants beside it."""

_SMALL = {ord(letter): letter.lower() for letter in map(chr, range(0x250)) if len(letter.lower()) == 1}


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that make a row of a table likely, where the sentence also has a sum of money or a percentage.

    `words` are sought in small letters.
    """

    table: str
    words: re.Pattern[str]
    beside: str | None
    is_firm: bool


@cache
def cues() -> tuple[Cue, ...]:
    """The cues of `cues.toml`, in their order."""
    return tuple(
        Cue(table, re.compile(entry["words"]), entry.get("with"), entry.get("firm", False))
        for table, entries in load_toml("cues.toml").items()
        for entry in entries
    )


def cue_sentences(article: Article) -> tuple[CueSentence, ...]:
    """The sentences of an article that have a cue, once by table with the first cue, in the order of the text."""
    lower = article.text.lower()
    if len(lower) != len(article.text):  # as where a capital has two small letters
        lower = article.text.translate(_SMALL)
    found: dict[tuple[int, str], CueSentence] = {}
    for cue in cues():
        for at, start, end in _places(cue, article, lower):
            if (at, cue.table) not in found and _stands(cue, article.text, article.sentences[at]):
                found[at, cue.table] = CueSentence(cue.table, at, start, end, cue.is_firm)
    return tuple(sorted(found.values(), key=attrgetter("sentence", "table")))


def _places(cue: Cue, article: Article, lower: str) -> Iterator[tuple[int, int, int]]:
    """The numbers of the sentences with the cue's words, and where in the text the first of the words are."""
    starts = [sentence.start for sentence in article.sentences]
    last = -1
    for match in cue.words.finditer(lower):
        at = bisect_right(starts, match.start()) - 1
        if at > last and match.end() <= article.sentences[at].end:
            last = at
            yield at, match.start(), match.end()


def _stands(cue: Cue, text: str, sentence: Sentence) -> bool:
    """Whether the sentence has what the cue wants beside it."""
    return cue.beside is None or bool(_BESIDE[cue.beside](text, sentence.start, sentence.end))
