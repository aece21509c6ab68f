"""Planes, ships and convoys that carry aid: "two Turkish planes carrying tents landed in Dhaka"."""

from __future__ import annotations

from communique.extraction.aid.syntax import clause_first, lowers
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup

_VEHICLES = frozenset(
    """plane planes aeroplane airplane aircraft jet jets flight flights ship ships vessel vessels boat convoy convoys
    truck trucks lorry lorries helicopter helicopters shipment consignment cargo train trains airlift""".split()
)
_COMING = frozenset(
    {"arrive", "land", "reach", "leave", "depart", "send", "dispatch", "dock", "fly", "touch", "head", "take"}
)


def carries_aid(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb of carrying has a vehicle before it that is said to come or leave."""
    if group.passive or group.negated or vehicle(sentence, group) is None:
        return False
    return any(g.lemma in _COMING and g.form == "finite" and not g.negated and g.modal is None for g in sentence.groups)


def vehicle(sentence: ParsedSentence, group: VerbGroup) -> NounPhrase | None:
    """The phrase of the vehicle that carries, in the clause of the verb."""
    before = sentence.phrases_between(clause_first(sentence, group.first), group.first)
    return next((p for p in before if not _VEHICLES.isdisjoint(lowers(sentence, p.first, p.last))), None)
