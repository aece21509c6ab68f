"""Nouns that say what is done with a measure: "the removal of the duties", "the threat to impose", "a round of"."""

from __future__ import annotations

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_SPANS = frozenset({"days", "weeks", "months", "month", "years", "year"})
_ASIDE = frozenset({"in", "on", "at", "last", "by", "from"})


def noun_behind(sentence: ParsedSentence, group: VerbGroup) -> NounPhrase | None:
    """The phrase whose noun the infinitive completes: "the threat to impose", "an agreement to lift"."""
    of = group.form == "gerund" and group.first > 1 and sentence.tokens[group.first - 1].lower in ("of", "for", "on")
    if of:
        threat = sentence.phrase_at(sentence.tokens[group.first - 2].start)
        named = threat is not None and sentence.tokens[threat.head].lower in tariff_words().nominal
        return threat if named else None
    if group.form != "infinitive" or group.first == 0:
        return None
    phrase = sentence.phrase_at(sentence.tokens[group.first - 1].start)
    if phrase is None or phrase.last != group.first - 1:
        return None
    words = tariff_words()
    while phrase is not None and (head := sentence.tokens[phrase.head].lower) not in words.nominal:
        if head in words.permission:
            return phrase
        joint = sentence.tokens[phrase.first - 1].tag == Tag.COORDINATOR
        joined = phrase.first > 1 and (joint or phrase.preposition in ("by", "of", "for", "from"))
        phrase = sentence.phrase_at(sentence.tokens[phrase.first - 2].start) if joined else None
    return phrase


def nominal_before(sentence: ParsedSentence, first: int) -> NounPhrase | None:
    """The phrase whose noun says what is done with the measure at token `first`: "the removal of the duties".

    "For" leads to what is not done yet: "plans for a duty".
    """
    if first >= 2 and sentence.tokens[first - 1].tag == Tag.COORDINATOR:
        listed = sentence.phrase_at(sentence.tokens[first - 2].start)
        if listed is not None and listed.last == first - 2 and listed.preposition == "of":
            first = listed.first
    counted = counted_by(sentence, first)
    first = counted if counted is not None else first
    link = sentence.tokens[first - 1].lower if first >= 2 else ""
    if link not in ("of", "on", "in", "to", "for"):
        return None
    phrase = sentence.phrase_at(sentence.tokens[first - 2].start)
    if phrase is None or phrase.last != first - 2:
        return None
    words = tariff_words()
    aside = phrase.preposition in _ASIDE or sentence.tokens[phrase.head].lower in _SPANS
    if link == "of" and aside and phrase.first > 2:
        before = sentence.phrase_at(sentence.tokens[phrase.first - 2].start)
        told = before is not None and sentence.tokens[before.head].lower in words.nominal
        phrase = before if told and before is not None else phrase
    head = sentence.tokens[phrase.head].lower
    if link == "for":
        return phrase if words.nominal.get(head) in (TariffStatus.ANNOUNCED, TariffStatus.THREATENED) else None
    return phrase if head in (words.nominal if link == "of" else words.nominal_linked) else None


def counted_by(sentence: ParsedSentence, first: int) -> int | None:
    """The first token of the sum or batch that counts the measure at token `first`, or None.

    "Imposed up to 300 million dollars in tariffs", "a round of duties".
    """
    tokens = sentence.tokens
    if first < 2 or tokens[first - 1].lower not in ("of", "in"):
        return None
    before = sentence.phrase_at(tokens[first - 2].start)
    words = tariff_words()
    if before is None or before.last != first - 2 or tokens[before.head].lower in _SPANS:
        return None
    numbers = (Tag.NUMBER, Tag.CURRENCY)
    inside = tokens[before.first : before.last + 1]
    batch = tokens[first - 1].lower == "of" and tokens[before.head].lower in words.batches
    if not batch and not any(t.tag in numbers or t.lower in words.sums for t in inside):
        return None
    start = before.first
    while start > 0 and tokens[start - 1].lower in words.up_to:
        start -= 1
    return start
