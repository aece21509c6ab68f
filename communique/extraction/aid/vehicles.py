"""Planes, ships and convoys that carry aid: "two Turkish planes carrying tents landed in Dhaka"."""

from __future__ import annotations

from communique.extraction.aid.syntax import clause_first, lowers
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_VEHICLES = frozenset(
    """plane planes aeroplane airplane aircraft jet jets flight flights ship ships vessel vessels boat convoy
    convoys hercules c-130 c-17 freighter truck trucks lorry lorries helicopter helicopters shipment
    consignment cargo train trains airlift""".split()
)
_COMING = frozenset(
    {"arrive", "land", "reach", "leave", "depart", "send", "dispatch", "dock", "fly", "touch", "head", "take"}
)


COMING_WITH = frozenset({"carry", "load", "arrive", "land", "dock"})
"""Verbs by which a vehicle brings what it has on board."""


def arrives_with_aid(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a vehicle is said to come with relief or goods: "a ship arrived in Suva with tents"."""
    if group.lemma not in COMING_WITH or group.passive or group.negated or group.modal or group.form != "finite":
        return False
    brought = (p for p in sentence.phrases_between(group.last + 1, group.last + 12) if p.preposition == "with")
    words = aid_words()
    goods = any(not (words.goods | words.aid_nouns).isdisjoint(lowers(sentence, p.first, p.last)) for p in brought)
    return goods and vehicle(sentence, group) is not None


def brings_itself(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether something is said to arrive that no vehicle is: "relief from Fiji arrived", "reached Tonga"."""
    told = group.form == "finite" and not group.negated and group.modal is None
    place = sentence.tokens[group.last + 1 : group.last + 2]
    reached = group.lemma == "reach" and bool(place) and place[0].tag == Tag.NAME
    return told and (group.lemma == "arrive" or reached) and vehicle(sentence, group) is None


def carries_aid(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb of carrying has a vehicle before it that is said to come or leave."""
    loaded = group.lemma == "load" and lowers(sentence, group.last + 1, group.last + 1) == ["with"]
    if (group.passive and not loaded) or group.negated or vehicle(sentence, group) is None:
        return False
    if group.lemma == "load" and not loaded:
        return False
    coming = (g for g in sentence.groups if g.lemma in _COMING and not g.negated and g.modal is None)
    return any(g.form == "finite" or (loaded and g.form == "participle") for g in coming)


def vehicle(sentence: ParsedSentence, group: VerbGroup) -> NounPhrase | None:
    """The phrase of the vehicle that carries, in the clause of the verb."""
    before = sentence.phrases_between(clause_first(sentence, group.first), group.first)
    return next((p for p in before if not _VEHICLES.isdisjoint(lowers(sentence, p.first, p.last))), None)
