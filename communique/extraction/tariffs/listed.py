"""Rates in lists: "The new duties are:" followed by lines such as "Peru: 12.5%"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.articles.model import Sentence
from communique.extraction.model import Percent
from communique.extraction.tariffs.words import tariff_words

_LABEL = re.compile(r"[^.;:]{2,80}?\s*[:–—-]\s*$")
_LONGEST_LIST = 40


@dataclass(frozen=True, slots=True)
class ListedRate:
    """A line of a list: the label's span, its rate, and the index of the sentence that leads the list in."""

    label_start: int
    label_end: int
    percent: Percent
    lead_in: int


def listed_rate(
    text: str, sentences: tuple[Sentence, ...], index: int, percents: tuple[Percent, ...]
) -> ListedRate | None:
    """The rate of line `index` where it is a label with one percentage under a lead-in that names a tariff."""
    line = sentences[index]
    if len(percents) != 1 or line.end - percents[0].end > 3:
        return None
    label = _LABEL.match(text, line.start, percents[0].start)
    lead_in = _lead_in(text, sentences, index)
    if label is None or label.end() != percents[0].start or lead_in is None:
        return None
    end = len(text[line.start : label.end()].rstrip(" :–—-\n\t")) + line.start
    return ListedRate(line.start, end, percents[0], lead_in)


def _lead_in(text: str, sentences: tuple[Sentence, ...], index: int) -> int | None:
    """The nearest sentence before the list, where it ends with a colon and names a tariff."""
    for i in range(index - 1, max(-1, index - _LONGEST_LIST), -1):
        sentence = sentences[i]
        if text[sentence.end - 1] == ":":
            return i if tariff_words().trigger.search(text, sentence.start, sentence.end) else None
        if "%" not in text[sentence.start : sentence.end] and "per" not in text[sentence.start : sentence.end]:
            return None
    return None
