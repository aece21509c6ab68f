"""Where the words for a giver stand around aid: the owner joined before it, the source behind a verb."""

from __future__ import annotations

from itertools import pairwise

from communique.extraction.aid.naming import is_year
from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import complements
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag


def joined_owner(sentence: ParsedSentence, first: int, last: int) -> NounPhrase | None:
    """The phrase before "and" whose genitive owns the aid behind it too: "Japan's timely and essential gift"."""
    for before, phrase in pairwise(sentence.phrases):
        if phrase.last < first or phrase.first > last:
            continue
        joined = before.last == phrase.first - 2 and sentence.tokens[before.last + 1].tag == Tag.COORDINATOR
        owned = any(t.tag == Tag.GENITIVE for t in sentence.tokens[before.first : before.last])
        if joined and owned and not aid_words().aid_nouns.isdisjoint(lowers(sentence, phrase.first, phrase.last)):
            return before
    return None


def sources(sentence: ParsedSentence, group: VerbGroup) -> list[NounPhrase]:
    """The phrases after "from" and "by" that belong to a verb, none right behind another ("fleeing from Yemen")."""
    other = {g.last + 2 for g in sentence.groups if g is not group}
    wanted = ("from",) if group.lemma == "use" else ("from", "by")
    found = (p for p in complements(sentence, group) if p.preposition in wanted)
    return [
        p for p in found if p.preposition == "by" or not (p.first in other or is_year(sentence.tokens[p.first].text))
    ]
