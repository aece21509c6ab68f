"""Words for two countries named before, or for one and the other."""

from __future__ import annotations

import re
from itertools import pairwise

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.nominals import noun_behind
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_REACH = 12
_MUTUAL = frozenset({"mutual", "mutually"})
_AGREEING = frozenset({"agree", "reach", "strike", "negotiate", "conclude", "sign"})
_BARGAINS = frozenset({"agreement", "deal", "decision", "accord", "pact", "commitment"})
_PAIR = re.compile(
    r"\b(?:both|(?:the |these |its |their )?two)(?: \w+)? "
    r"(?:countries|nations|states|neighbou?rs|economies|partners|allies)\b|^(?:both|the two|each)$|^nations$",
    re.IGNORECASE,
)


def means_two(words: str | None) -> bool:
    """Whether `words` speak of two countries named before ("both", "the two neighbours")."""
    return words is not None and _PAIR.search(words.strip()) is not None


def on_each_other(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether the measure is one of two states on one another: "each other's tariffs", "on one another's goods".

    So it is where "mutual" says so: "agreed on the mutual suspension of the tariffs".
    """
    words = [t.lower for t in sentence.tokens[max(0, measure.first - 1) : measure.last + 6]]
    if any(pair in (("each", "other"), ("one", "another")) for pair in pairwise(words)):
        return True
    return any(t.lower in _MUTUAL for t in sentence.tokens[max(0, measure.first - _REACH) : measure.last])


def in_a_bargain(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether two sides agree to end or halt measures, each its own on the other: "agreed to drop their tariffs"."""
    group, status_of = measure.group, tariff_words().status_of
    if group is None:
        return False
    ended = measure.said or status_of.get(group.lemma)
    if ended not in (TariffStatus.SUSPENDED, TariffStatus.REMOVED) or group.negated:
        return False
    behind = noun_behind(sentence, group)
    if behind is not None and sentence.tokens[behind.head].lower in _BARGAINS:
        return True
    before = (g for g in sentence.groups if g.first <= group.first)
    return any(g.lemma in _AGREEING and not g.passive and not g.negated for g in before)
