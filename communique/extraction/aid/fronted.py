"""Goods that stand before the clause which gives them: "the 14 tanks that Germany has promised"."""

from __future__ import annotations

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.syntax import lowers
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag

_RELATIVE = ("that", "which")


def fronted_goods(sentence: ParsedSentence, act: Act) -> NounPhrase | None:
    """The counted phrase that a relative clause with an active verb of giving is on, its pronoun there or left out."""
    group = act.group
    if group is None or group.form != "finite" or group.passive or act.sort not in (Sort.STRONG, Sort.WEAK):
        return None
    giver = next((p for p in reversed(sentence.phrases) if p.last < group.first), None)
    if giver is None or giver.last != group.first - 1 or giver.preposition is not None or not giver.first:
        return None
    last = giver.first - 1 - (lowers(sentence, giver.first - 1, giver.first - 1)[0] in _RELATIVE)
    named = next((p for p in sentence.phrases if p.last == last), None)
    while named is not None and named.preposition == "of" and not _is_counted(sentence, named):
        before = named.first - 2
        named = next((p for p in sentence.phrases if p.last == before), None)
    return named if named is not None and _is_counted(sentence, named) and not _has_object(sentence, act) else None


def _is_counted(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether "the" and a number open a phrase, which tells of goods by their count."""
    opening = sentence.tokens[phrase.first : phrase.first + 2]
    return len(opening) == 2 and opening[0].lower == "the" and opening[1].tag == Tag.NUMBER


def _has_object(sentence: ParsedSentence, act: Act) -> bool:
    """Whether things of its own follow a verb: "the 14 countries that Japan gave tents"."""
    return any(p.first == act.last + 1 and sentence.tokens[p.head].tag == Tag.NOMINAL for p in sentence.phrases)
