"""Sentences whose words promise a row, found by words chosen apart from those that the rules look for (`cues.toml`).

They are found with the rows, so that they are kept with them and found in the processes that extract.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Final

from communique.articles.model import Sentence
from communique.extraction.gate import FIRST_CUE, marks
from communique.extraction.model import Amount, Annotations, Percent
from communique.extraction.rows import CueSentence
from communique.extraction.wording import load_toml

_START: Final = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that make a row of a table likely, where the sentence also has a sum of money or a percentage.

    `words` are sought in small letters, in sentences of which a word has `needs`.
    """

    table: str
    words: re.Pattern[str]
    needs: re.Pattern[str]
    beside: str | None
    is_firm: bool


@cache
def cues() -> tuple[Cue, ...]:
    """The cues of `cues.toml`, in their order."""
    return tuple(
        Cue(table, re.compile(entry["words"]), re.compile(entry["needs"]), entry.get("with"), entry.get("firm", False))
        for table, entries in load_toml("cues.toml").items()
        for entry in entries
    )


def cue_sentences(annotations: Annotations) -> tuple[CueSentence, ...]:
    """The sentences of an article that have a cue, once by table with the first cue, in the order of the text."""
    found = {(cue.sentence, cue.table): cue for cue in reversed(list(_found(annotations)))}
    return tuple(sorted(found.values(), key=attrgetter("sentence", "table")))


def _found(annotations: Annotations) -> Iterator[CueSentence]:
    """Every cue's sentences, in the order of the cues."""
    marked = marks(annotations)
    beside: dict[str, Sequence[Amount | Percent]] = {"sum": annotations.amounts, "percent": annotations.percents}
    for bit, cue in enumerate(cues(), FIRST_CUE):
        for number, sentence in enumerate(annotations.article.sentences):
            if not marked[number] >> bit & 1:
                continue
            words = cue.words.search(annotations.lower, sentence.start, sentence.end)
            if words and (cue.beside is None or _within(sentence, beside[cue.beside])):
                yield CueSentence(cue.table, number, words.start(), words.end(), cue.is_firm)


def _within(sentence: Sentence, found: Sequence[Amount | Percent]) -> bool:
    """Whether one of these, in the order of the text, stands in the sentence."""
    at = bisect_left(found, sentence.start, key=_START)
    return at < len(found) and found[at].start < sentence.end
