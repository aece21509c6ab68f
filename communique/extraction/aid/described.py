"""The words before a sum that say what it is: the agreement it is for, the label of its line, what "of" hangs on."""

from __future__ import annotations

from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag


def before_bracket(sentence: ParsedSentence, start: int) -> int:
    """The start of a phrase that brackets part from token `start`: "development assistance (ODA) agreements"."""
    if not start or sentence.tokens[start - 1].tag != Tag.CLOSE:
        return start
    opening = max((i for i in range(start) if sentence.tokens[i].tag == Tag.OPEN), default=0)
    return next((p.first for p in sentence.phrases if p.last == opening - 1), start)


def agreed(sentence: ParsedSentence, i: int) -> tuple[int, int] | None:
    """The agreement on aid that "for" at token `i` leads on from: "signed a loan agreement for $5m"."""
    owner = next((p for p in reversed(sentence.phrases) if p.last == i - 1), None)
    if owner is None or sentence.tokens[owner.last].lower not in word_set("beneficiaries", "agreements"):
        return None
    named = not aid_words().aid_nouns.isdisjoint(lowers(sentence, owner.first, owner.last))
    return (owner.first, owner.last) if named else None


def with_heads(sentence: ParsedSentence, phrase: NounPhrase) -> NounPhrase:
    """The phrase that "of" hangs on: for "of USAID" in "contracts of USAID" the contracts."""
    for _ in range(3):
        before = next((p for p in sentence.phrases if p.last == phrase.first - 2), None)
        if phrase.preposition not in ("of", "for") or before is None:
            break
        phrase = before
    return phrase


def labelled(sentence: ParsedSentence, colon: int) -> tuple[int, int] | None:
    """The label before a colon in a list line: "Total support to date: $5m"."""
    if colon > 8 or any(g.form == "finite" and g.last < colon for g in sentence.groups):
        return None
    named = [i for i in range(colon) if sentence.tokens[i].lower in aid_words().aid_nouns]
    return (0, named[-1]) if named else None
