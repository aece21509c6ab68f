"""The two sides of a trade agreement, each of whose tariffs is on the other's goods."""

from __future__ import annotations

import re

from communique.extraction.roles import Roles
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.words import STATES, tariff_words
from schemas.vocabularies import TariffStatus

_PACT = re.compile(r"\b(?:agreements?|deals?|pacts?|accords?|treaty|partnership|fta)\b")
_REACH = 14
_LOWERING = frozenset({"cut", "reduce", "lower", "halve", "slash", "liberalise", "liberalize", "fall", "drop", "go"})


def other_side(roles: Roles, index: int, state: str | None) -> str | None:
    """The other side of the agreement that the text up to sentence `index` is about, where `state` is one of two."""
    article = roles.annotations.article
    for i in (*range(index, max(-1, index - _REACH), -1), 0):
        sentence = article.sentences[i]
        if _PACT.search(roles.annotations.lower, sentence.start, sentence.end) is None:
            continue
        named = (roles.role(m.actor_id) for m in roles.mentions_in(sentence.start, sentence.end))
        sides = {side for side in named if side is not None and side.startswith(STATES)}
        if len(sides) == 2 and state in sides:
            return next(iter(sides - {state}))
    return None


def gives_way(measure: Measure) -> bool:
    """Whether a tariff is lowered or ended, as agreements have it."""
    group, words = measure.group, tariff_words()
    if measure.said == TariffStatus.REMOVED:
        return True
    return group is not None and (group.lemma in _LOWERING or words.status_of.get(group.lemma) == TariffStatus.REMOVED)
