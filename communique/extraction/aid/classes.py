"""Beneficiaries that are no known actor: classes of countries, regions, places without an id."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.facts import ActorFacts
from communique.extraction.aid.syntax import clause_first, with_of
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag

_REACH, _NEAR, _CLOSE = 22, 14, 8
_REACHING = frozenset({"to", "for", "in", "across", "throughout", "of", "around", "over"})


@dataclass(frozen=True)
class Classes(ActorFacts):
    """Finds the nameless beneficiaries in one article."""

    def unresolved(self, sentence: ParsedSentence, bound: Bound, until: int) -> str | None:
        """The beneficiary that the sentence names where it is no known actor ("to the people of Tanna")."""
        if found := self._class_before(sentence, bound):
            return found
        if bound.act is not None and bound.act.sort is Sort.RECEIVING and (found := self._taker(sentence, bound.act)):
            return found
        if bound.act is not None and bound.act.lemma == "forgive" and (found := self._owing_class(sentence, bound)):
            return found
        for phrase in sentence.phrases_between(bound.theme.last + 1, min(until - 1, bound.theme.last + _REACH)):
            region = aid_words().regions.search(self.text, phrase.start, phrase.end)
            if region and phrase.preposition in _REACHING and not self._names_state(phrase):
                return region.group()
            if phrase.first > bound.theme.last + _NEAR:
                continue
            if phrase.preposition in ("to", "across") and self._is_class(sentence, phrase):
                return self.text[phrase.start : phrase.end]
            if phrase.first > bound.theme.last + _CLOSE:
                continue
            if phrase.preposition == "to" and sentence.tokens[phrase.head].lower in aid_words().beneficiaries:
                tail = [t for p in with_of(sentence, phrase) for t in sentence.tokens[p.first : p.last + 1]]
                return next((t.text for t in tail if t.tag == Tag.NAME), None)
            if phrase.preposition in ("to", "for") and phrase.first <= bound.theme.last + 3:
                names = all(t.tag == Tag.NAME for t in sentence.tokens[phrase.first : phrase.last + 1])
                if names and not self.roles.mentions_over(phrase.start, phrase.end):
                    return self.annotations.article.text[phrase.start : phrase.end]
        return None

    def _taker(self, sentence: ParsedSentence, act: Act) -> str | None:
        """Who gets something, where that is no actor: "the rebels received weapons"."""
        takers = subject(sentence, act.group) if act.group is not None and not act.group.passive else ()
        words = aid_words()
        for phrase in takers[:1]:
            head = sentence.tokens[phrase.head]
            nameless = head.tag == Tag.NOMINAL and not self.roles.mentions_over(phrase.start, phrase.end)
            if nameless and head.lower.endswith("s") and head.lower not in words.states | words.beneficiaries:
                return self.text[phrase.start : phrase.end]
        return None

    def _names_state(self, phrase: NounPhrase) -> bool:
        """Whether a phrase names more than a part of the world: "Africa's Sahel region" does not."""
        return any(self.type_of(m) != "group" for m in self.roles.mentions_in(phrase.start, phrase.end))

    def _owing_class(self, sentence: ParsedSentence, bound: Bound) -> str | None:
        """A class of countries whose debt is given up: "forgave African nations' debts of $5m"."""
        for phrase in sentence.phrases_between(bound.act.last if bound.act else 0, bound.theme.last + 8):
            tokens = sentence.tokens[phrase.first : phrase.last + 1]
            owner = next((t for t, after in pairwise(tokens) if after.tag == Tag.GENITIVE), None)
            if owner is not None and owner.lower in aid_words().classes:
                return owner.text
        return None

    def _is_class(self, sentence: ParsedSentence, phrase: NounPhrase) -> bool:
        whole = with_of(sentence, phrase)
        named = self.roles.mentions_in(phrase.start, whole[-1].end)
        definite = sentence.tokens[phrase.first].lower in ("the", "its", "their")
        return sentence.tokens[whole[-1].head].lower in aid_words().classes and not named and not definite

    def _class_before(self, sentence: ParsedSentence, bound: Bound) -> str | None:
        """A class or region before the theme: "gave Arab states $5m", "aid to the Pacific fell to $5m"."""
        act = bound.act
        if act is None:
            return None
        stated = act.sort in (Sort.TOTAL, Sort.MOVING)
        first = clause_first(sentence, act.first) if stated else act.last + 1
        for phrase in sentence.phrases_between(first, bound.theme.first - 1):
            if phrase.preposition is None and not stated and self._is_class(sentence, phrase):
                return self.text[phrase.start : phrase.end]
            region = aid_words().regions.search(self.text, phrase.start, phrase.end)
            if region and phrase.preposition == "to" and not self.roles.mentions_in(phrase.start, phrase.end):
                return region.group()
        return None
