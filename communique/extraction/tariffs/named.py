"""Measures that no verb tells of but that their own words name: "U.S. duties on Chilean wine have hurt growers"."""

from __future__ import annotations

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.conditions import hypothetical
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.verbs import governing
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_ACTS = (TariffStatus.IMPOSED, TariffStatus.THREATENED)
_POINTING = frozenset({"the", "these", "those", "this", "existing", "current"})


def named(sentence: ParsedSentence, noun: int) -> Measure | None:
    """The measure that the words around the tariff noun name by what it is on or by how it came, or None.

    Whether it has an imposer besides, without whom it is only spoken of, is for the caller to find out.
    """
    tokens = sentence.tokens
    phrase = sentence.phrase_at(tokens[noun].start)
    if phrase is None or tokens[noun].lower not in tariff_words().measure | tariff_words().levels:
        return None
    last = _last(sentence, noun)
    if phrase.last > last or _is_absent(sentence, phrase):
        return None
    said = _came_by(sentence, phrase, noun) or _threatened(sentence, noun, last)
    if said is None and not _aimed(sentence, phrase, last):
        return None
    group = governing(sentence, phrase.first, phrase.last)
    if group is not None and _leaves_open(sentence, group, phrase):
        return None
    first = next((i for i in range(phrase.first, noun + 1) if tokens[i].tag != Tag.DETERMINER), noun)
    return Measure(
        tokens[first].start, tokens[last].end, None, None, noun, phrase.first, last, None,
        "named" if said is None else "described", said or TariffStatus.IMPOSED,
    )  # fmt: skip


def _last(sentence: ParsedSentence, noun: int) -> int:
    """The last token of the measure's name, which a noun of change can close: "the tariff hike", "tariff rates"."""
    words = tariff_words()
    following = sentence.tokens[noun + 1].lower if noun + 1 < len(sentence.tokens) else ""
    closes = following in words.levels or words.nominal.get(following) in _ACTS
    return noun + 1 if closes else noun


def _is_absent(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether the words say that there is none: "no duty on tin", "without tariffs"."""
    before = sentence.tokens[phrase.first - 1].lower if phrase.first else ""
    return bool({sentence.tokens[phrase.first].lower, before} & tariff_words().absent)


def _threatened(sentence: ParsedSentence, noun: int, last: int) -> str | None:
    """The status of what is called a threat: "the latest tariff threat against Chile"."""
    told = tariff_words().nominal.get(sentence.tokens[last].lower) if last > noun else None
    return told if told == TariffStatus.THREATENED else None


def _came_by(sentence: ParsedSentence, phrase: NounPhrase, noun: int) -> str | None:
    """The status that a participle or adjective before the noun says: "the recently imposed levy"."""
    said = (tariff_words().modifier.get(t.lower) for t in sentence.tokens[phrase.first : noun])
    return next((status for status in said if status is not None), None)


def _aimed(sentence: ParsedSentence, phrase: NounPhrase, last: int) -> bool:
    """Whether "on" or "against" leads from the name to what the measure is on, not from an effect of it.

    A change of it can have "by" instead: "the tariff hike by Chile".
    """
    tokens = sentence.tokens
    leads = ("on", "against", "by") if tokens[last].lower in tariff_words().nominal else ("on", "against")
    if last + 2 >= len(tokens) or tokens[last + 1].lower not in leads:
        return False
    outer = sentence.phrase_at(tokens[phrase.first - 2].start) if phrase.first > 1 else None
    effect = phrase.preposition == "of" and outer is not None
    return not (effect and outer is not None and tokens[outer.head].lower in tariff_words().effects)


def _leaves_open(sentence: ParsedSentence, group: VerbGroup, phrase: NounPhrase) -> bool:
    """Whether the clause only imagines the measure: "would welcome duties on tin", not "would welcome their duties"."""
    if hypothetical(sentence, group):
        return True
    imagined = group.modal is not None and group.first < phrase.first
    unreal = imagined or group.negated or group.form == "infinitive"
    return unreal and not _is_known(sentence, phrase, named=not imagined)


def _is_known(sentence: ParsedSentence, phrase: NounPhrase, named: bool) -> bool:
    """Whether the phrase speaks of a measure that is there: somebody's or "the", "these", with `named` "Peruvian"."""
    opening = sentence.tokens[phrase.first]
    before = {t.tag for t in sentence.tokens[phrase.first : phrase.head]}
    return (
        Tag.GENITIVE in before
        or (named and Tag.NAME in before)
        or opening.tag == Tag.POSSESSIVE
        or opening.lower in _POINTING
    )
