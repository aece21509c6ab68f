"""The states that a sentence names beside a measure, one of which may impose it or bear it."""

from __future__ import annotations

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import clause_takers
from communique.extraction.model import Mention
from communique.extraction.roles import Roles
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.words import STATES, tariff_words

_INTO = (" into ", " entering ", " enter ", " exported to ", " shipped to ", " sold to ", " exporting to ")


class Beside:
    """Reads the states of sentence `index`, parsed as `sentence`, that are no party by their place in a clause."""

    def __init__(self, sentence: ParsedSentence, roles: Roles, memory: Memory, index: int) -> None:
        self.sentence = sentence
        self.roles = roles
        self.memory = memory
        self.index = index
        self.text = roles.annotations.article.text

    def announcer(self, measure: Measure, targets: tuple[str, ...]) -> str | None:
        """The state whose leader says what will be charged: "The president noted that goods will be charged"."""
        if measure.group is None or measure.group.tense != "future":
            return None
        for group in self.sentence.groups:
            if group.first < measure.group.first and group.form == "finite" and group.lemma in clause_takers():
                actors = (self.roles.actor_of(self.index, p) for p in subject(self.sentence, group))
                return next((a for a in actors if a is not None and a.startswith(STATES) and a not in targets), None)
        return None

    def market(self, measure: Measure, targets: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
        """The state into which goods are let, and whose they are: "lets 900 Indian cars into Peru at a 6% duty"."""
        before: list[str] = []
        for mention in self.roles.mentions_in(self.sentence.start, measure.start):
            lead = self.text[max(self.sentence.start, mention.start - 16) : mention.start].lower().removesuffix("the ")
            role = self.roles.role(mention.actor_id)
            if role is None or not role.startswith(STATES):
                continue
            if lead.endswith(_INTO) and role not in targets:
                sellers = set(before) - {role}
                return role, tuple(sellers) if len(sellers) == 1 else ()
            before.append(role)
        return None, ()

    def source(self, measure: Measure, targets: tuple[str, ...]) -> str | None:
        """The state whose word the measure is: "..., according to the European Commission"."""
        for mention in self.roles.mentions_in(measure.end, self.sentence.end):
            lead = self.text[max(self.sentence.start, mention.start - 20) : mention.start].lower()
            role = self.roles.role(mention.actor_id)
            if "according to" in lead and role is not None and role.startswith(STATES) and role not in targets:
                return role
        return None

    def sole_other(self, measure: Measure, imposer: str | None) -> tuple[str, ...]:
        """The one state beside the imposer that the sentence names before the measure: "pressed Peru, with duties"."""
        named = self.roles.mentions_in(self.sentence.start, measure.start)
        roles = {self.roles.role(m.actor_id) for m in named} - {None, imposer}
        states = tuple(r for r in roles if r is not None and r.startswith(STATES))
        return states if len(states) == 1 else ()

    def _only_origin(self, mention: Mention) -> bool:
        """Whether a country only tells where something comes from: "over its purchases of Peruvian oil"."""
        at = self.sentence.token_at(mention.start)
        leading = [t.lower for t in self.sentence.tokens[max(at - 2, 0) : at]]
        return mention.kind == "demonym" and bool(
            tariff_words().buying & set(leading if leading[-1:] == ["of"] else leading[-1:])
        )

    def other_state(self, measure: Measure, targets: tuple[str, ...]) -> str | None:
        """The one state other than the targets that the sentence names before the measure, else anywhere."""
        if not targets:
            return None
        named = [
            (m, self.roles.role(m.actor_id)) for m in self.roles.mentions_in(self.sentence.start, self.sentence.end)
        ]
        others = [(m, r) for m, r in named if r is not None and r.startswith(STATES) and r not in targets]
        others = [(m, r) for m, r in others if (self.index, r) not in self.memory.struck and not self._only_origin(m)]
        before = {role for mention, role in others if mention.start < measure.start}
        states = before or {role for _, role in others}
        return next(iter(states)) if len(states) == 1 else None
