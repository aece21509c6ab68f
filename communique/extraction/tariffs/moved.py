"""Rates to which a verb of changing takes a tariff: its object, what was spoken of before, what a clause is about."""

from __future__ import annotations

from communique.extraction.grammar.clauses import objects
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.tariffs.words import tariff_words


def object_moved(sentence: ParsedSentence, group: VerbGroup, nouns: tuple[int, ...]) -> tuple[int, VerbGroup] | None:
    """The tariff that a verb of changing takes to the rate, and that verb.

    "Raising the duty on tin, used in cans, from 5% to 9%".
    """
    changing = tariff_words().changing
    moving = (g for g in sentence.groups if g.first <= group.first and g.lemma in changing)
    held = ((n, g) for g in moving for p in objects(sentence, g) for n in nouns if p.first <= n <= p.last)
    return next(held, None)


def changes_it(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb changes what was spoken of before: "raised it to 30%"."""
    following = sentence.tokens[group.last + 1].lower if group.last + 1 < len(sentence.tokens) else ""
    if following in ("it", "them", "this", "these") and group.lemma in tariff_words().changing | {"set"}:
        return True
    they = sentence.tokens[group.first - 1] if group.first == 1 else None
    moves = group.lemma in tariff_words().changing or group.lemma in ("remain", "stay")
    return they is not None and they.lower in ("they", "it", "these", "this") and moves


def relative_change(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a relative clause changes the measure before it: "a 10 percent duty, which doubled to 20 percent"."""
    relative = group.first > 0 and sentence.tokens[group.first - 1].lower in ("which", "that")
    return relative and group.lemma in tariff_words().changing
