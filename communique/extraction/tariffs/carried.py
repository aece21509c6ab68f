"""On whom a measure is whose own sentence names nobody: those that the text has spoken of before."""

from __future__ import annotations

import re
from itertools import pairwise

from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.pacts import gives_way, other_side
from communique.extraction.tariffs.parties import Parties
from communique.extraction.tariffs.verbs import strikes_back
from communique.extraction.tariffs.words import STATES, tariff_words
from schemas.vocabularies import TariffStatus

_FURTHER = re.compile(r"(?:an? )?(?:further|another|additional|remaining|extra|more)\b", re.IGNORECASE)
_DEFINITE = frozenset({"the", "its", "their", "these", "those", "his"})
_NEAR = 2
"""For how many sentences after its last row the rates of an imposer are on the one it hit so far."""


class Carried:
    """Answers for the measures of sentence `index`, parsed as `sentence`."""

    def __init__(self, sentence: ParsedSentence, roles: Roles, memory: Memory, index: int) -> None:
        self.sentence = sentence
        self.roles = roles
        self.memory = memory
        self.index = index

    def targets(self, imposer: str | None, parties: Parties, measure: Measure) -> tuple[str | None, ...]:
        """Those carried on, all whom the measure told right before was on where this one goes into its detail."""
        one, last = self.target(imposer, parties, measure), self.memory.last
        if one is None:
            return ()
        goes_on = last is not None and last.target_id == one and last.imposer_id == imposer
        if goes_on and last is not None and self._details(measure, last):
            return self.memory.last_targets() or (one,)
        return (one,)

    def target(self, imposer: str | None, parties: Parties, measure: Measure) -> str | None:
        """The target carried on within a sentence, else the one other country in the title of an imposer's own text."""
        if measure.rate is not None and measure.rule != "rate_continued" and self._on_all(measure):
            return None
        if parties.scope is not None and parties.scope.lower().split()[-1] not in tariff_words().firms:
            return None
        last = self.memory.last
        if measure.rule in ("rate_continued", "raised_again") and last is not None:
            return last.target_id
        if measure.rule == "rate_imposed" and last is not None and last.target_id != imposer:
            return last.target_id
        beside = last is not None and last.sentence == self.index and last.imposer_id == imposer
        if beside and last is not None and measure.rate is not None and last.rate_percent is not None:
            return last.target_id
        if last is not None and last.sentence == self.index and last.target_id == imposer and measure.counted:
            return last.imposer_id
        if measure.group is not None and self._replies(measure.group):
            return self.memory.answered(imposer)
        if measure.rate is None and parties.product is None and (told := self._told_of(measure, imposer)) is not None:
            return told
        if last is not None and last.imposer_id == imposer and _FURTHER.match(parties.product or ""):
            return last.target_id
        if last is not None and last.imposer_id == imposer and self._details(measure, last):
            return last.target_id
        if last is not None and self._alike(measure):
            return last.target_id if last.target_id != imposer else None
        if imposer is not None and imposer == self.roles.voice and parties.imposer is None:
            titled = self.memory.target_in_title(imposer)
            if titled is not None:
                return titled
        if self._on_somebody(measure) and parties.imposer is not None and (named := self._named_before(imposer)):
            return named
        told_of = (parties.owned or not parties.acting) and last is not None and last.imposer_id == imposer
        near = told_of and last is not None and self.index - last.sentence <= _NEAR
        also = "also" in {t.lower for t in self.sentence.tokens[:8]}
        beside = last is not None and last.imposer_id == imposer and self.index - last.sentence <= _NEAR
        adds = also and beside and last is not None and self.memory.is_answer(imposer, last.target_id)
        carried = parties.imposer is None or self._goes_on(measure) or near or adds
        again = measure.counted or also
        told = self.memory.only_target(imposer) if carried and again else None
        if told is None and measure.counted and imposer is not None and (told_of or parties.imposer is None):
            told = self.memory.opposite(imposer)
        told = told or (other_side(self.roles, self.index, imposer) if gives_way(measure) else None)
        if told is not None or imposer is None or parties.scope is not None or self._from_anywhere(measure):
            return told
        return self.memory.standing.opposite(imposer)

    def _on_somebody(self, measure: Measure) -> bool:
        """Whether the measure is of a kind that is always on somebody: anti-dumping duties, an answer."""
        if measure.noun is None:
            return False
        phrase = self.sentence.phrase_at(self.sentence.tokens[measure.noun].start)
        kinds = {t.lower for t in self.sentence.tokens[phrase.first : measure.noun]} if phrase is not None else set()
        opening = " ".join(t.lower for t in self.sentence.tokens[:2])
        return bool(kinds & tariff_words().on_somebody) or opening in ("in response", "in retaliation", "in reply")

    def _named_before(self, imposer: str | None) -> str | None:
        """The one other state that this sentence, or else the nearest before it that names any, speaks of."""
        sentences = self.roles.annotations.article.sentences
        for i in range(self.index, max(-1, self.index - 1 - _NEAR), -1):
            named = (self.roles.role(m.actor_id) for m in self.roles.mentions_in(sentences[i].start, sentences[i].end))
            states = {s for s in named if s is not None and s.startswith(STATES) and s != imposer}
            if states:
                return next(iter(states)) if len(states) == 1 else None
        return None

    def _details(self, measure: Measure, last: Tariff) -> bool:
        """Whether the rate goes into the detail of the measure told right before without one."""
        near = 0 < self.index - last.sentence <= 1
        told = last.rule == "tariff.measure" and last.rate_percent is None and last.target_scope is None
        ended = last.status in (TariffStatus.SUSPENDED, TariffStatus.REMOVED)
        return near and told and measure.rate is not None and not ended

    def _on_all(self, measure: Measure) -> bool:
        """Whether the measure is said to hit everybody alike: "a baseline tariff of 10 percent"."""
        nouns = [measure.first, measure.last, *([measure.noun] if measure.noun is not None else [])]
        phrases = [self.sentence.phrase_at(self.sentence.tokens[i].start) for i in nouns]
        words = {t.lower for p in phrases if p is not None for t in self.sentence.tokens[p.first : p.last + 1]}
        return bool(words & tariff_words().universal)

    def _from_anywhere(self, measure: Measure) -> bool:
        """Whether the measure is said to be on goods whoever sells them: "a 10 percent duty on all imports"."""
        last = max(measure.last, measure.noun if measure.noun is not None else 0)
        behind = self.sentence.tokens[last + 1 : last + 4]
        if self._on_all(measure) or any(t.lower in tariff_words().everybody for t in behind):
            return True
        told = [t.lower for t in self.sentence.tokens[last + 1 : last + 12]]
        entering = any(a in ("imports", "goods", "products") and b in ("into", "entering") for a, b in pairwise(told))
        return entering or "foreign" in told

    def _replies(self, group: VerbGroup) -> bool:
        """Whether the verb is one of answering: "responded with", "hit back with", but not "will hit"."""
        back = self.sentence.tokens[group.last + 1 : group.last + 2]
        return strikes_back(self.sentence, group) or (
            group.lemma in tariff_words().with_measure
            and (group.lemma != "hit" or any(t.lower == "back" for t in back))
        )

    def _alike(self, measure: Measure) -> bool:
        """Whether the measure is likened to the one told before: "Japan is weighing similar duties"."""
        phrase = self.sentence.phrase_at(measure.start)
        words = self.sentence.tokens[phrase.first : phrase.last + 1] if phrase is not None else ()
        return any(t.lower in ("similar", "matching", "equivalent", "identical") for t in words)

    def _goes_on(self, measure: Measure) -> bool:
        """Whether the sentence opens with the act whose measures it goes on to tell: "In the hike by Peru, ... was"."""
        passive = measure.group is not None and measure.group.passive
        if self.sentence.tokens[0].lower in ("that", "this", "these", "those", "they", "it") and self.index:
            return True
        return passive and self.sentence.tokens[0].lower in ("in", "under", "with", "through")

    def _told_of(self, measure: Measure, imposer: str | None) -> str | None:
        """The target of the imposer's measure told before, where this one is "the duties" or "its duties"."""
        phrase = self.sentence.phrase_at(measure.start)
        if phrase is None or self.sentence.tokens[phrase.first].lower not in _DEFINITE:
            return None
        return next((r.target_id for r in reversed(self.memory.past) if r.imposer_id == imposer and r.target_id), None)
