"""Words for two countries named before, or for one and the other."""

from __future__ import annotations

import re
from itertools import pairwise

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.tariffs.measure import Measure

_PAIR = re.compile(
    r"\b(?:both|(?:the |these |its |their )?two)(?: \w+)? "
    r"(?:countries|nations|states|neighbou?rs|economies|partners|allies)\b|^(?:both|the two|each)$|^nations$",
    re.IGNORECASE,
)


def means_two(words: str | None) -> bool:
    """Whether `words` speak of two countries named before ("both", "the two neighbours")."""
    return words is not None and _PAIR.search(words.strip()) is not None


def on_each_other(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether the measure is one of two states on one another: "each other's tariffs", "on one another's goods"."""
    words = [t.lower for t in sentence.tokens[max(0, measure.first - 1) : measure.last + 6]]
    return any(pair in (("each", "other"), ("one", "another")) for pair in pairwise(words))
