"""Several beneficiaries of one act: each of one sum, or one each of as many sums."""

from __future__ import annotations

from dataclasses import dataclass

from communique.extraction.aid.acts import Sort
from communique.extraction.aid.beneficiaries import TO, Beneficiaries
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.syntax import lowers
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag


@dataclass(frozen=True)
class SeveralBeneficiaries(Beneficiaries):
    """Finds the beneficiaries in one article, also where an act has several."""

    def ranked(
        self, index: int, sentence: ParsedSentence, bounds: tuple[Bound, ...], i: int, donor: str | None
    ) -> str | None:
        """Who benefits of sum `i` where an act has as many beneficiaries as sums: "Chad and Niger got $5m and $8m"."""
        act = bounds[i].act
        same = [k for k, b in enumerate(bounds) if b.act is act and b.theme.amount is not None]
        if act is None or act.group is None or i not in same or len(same) < 2:
            return None
        last = bounds[same[-1]].theme.last
        if act.sort is Sort.RECEIVING:
            phrases = subject(sentence, act.group)
        elif "respectively" in lowers(sentence, last + 1, len(sentence.tokens)):
            after = sentence.phrases_between(last + 1, last + 12)
            phrases = tuple(p for p in after if p.preposition in TO or _is_joined(sentence, p))
        else:
            return None
        found = (self._beneficiary(index, phrase, donor) for phrase in phrases)
        takers = list(dict.fromkeys(who for who in found if who))
        return takers[same.index(i)] if len(takers) == len(same) else None

    def each(self, index: int, sentence: ParsedSentence, bound: Bound, donor: str | None) -> tuple[str, ...]:
        """Those of whom each gets the sum: "$5m each to Chad and Niger", "to each of Chad and Niger"."""
        last = bound.theme.last
        if bound.theme.amount is None or "each" not in lowers(sentence, last + 1, last + 4):
            return ()
        found: list[str] = []
        for phrase in sentence.phrases_between(last + 1, last + 20):
            joint = set(lowers(sentence, phrase.first - 2, phrase.first - 1))
            reached = phrase.preposition in TO or (phrase.preposition == "of" and "each" in joint)
            if not (reached or (found and joint & {",", "and"})):
                if found:
                    break
                continue
            if who := self._beneficiary(index, phrase, donor):
                found.append(who)
        return tuple(dict.fromkeys(found)) if len(found) > 1 else ()

    def is_for_many(
        self, index: int, sentence: ParsedSentence, bound: Bound, until: int, donor: str | None, named: str
    ) -> bool:
        """Whether `named` only leads a list of three or more who share one sum: "$5m for Chad, Mali and Niger"."""
        if bound.theme.amount is None:
            return False
        listed: list[str] = []
        for phrase in sentence.phrases_between(bound.theme.last + 1, until - 1):
            joint = set(lowers(sentence, phrase.first - 2, phrase.first - 1))
            who = self._beneficiary(index, phrase, donor)
            if listed and not joint & {",", "and"}:
                break
            if who is not None and (listed or who == named):
                listed.append(who)
        return len(set(listed)) >= _MANY


_MANY = 3


def _is_joined(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    return phrase.first > 0 and sentence.tokens[phrase.first - 1].tag == Tag.COORDINATOR
