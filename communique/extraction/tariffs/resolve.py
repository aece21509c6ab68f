"""Whose a measure is and on whom, where its own clause does not say: from the sentence, the title, earlier rows."""

from __future__ import annotations

import re

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag, clause_takers
from communique.extraction.roles import Roles
from communique.extraction.tariffs.beside import Beside
from communique.extraction.tariffs.carried import Carried
from communique.extraction.tariffs.implied import where_firms_sell_from, who_sells_unfairly, whom_it_answers
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.pacts import other_side
from communique.extraction.tariffs.pairs import means_two
from communique.extraction.tariffs.parties import Parties
from communique.extraction.tariffs.words import STATES, tariff_words

_ORIGIN = re.compile(r"\b(?:products|goods|imports|originating|made|produced) (?:of|from|in) $")
_ONE_OF_TWO = frozenset({"partner", "ally", "neighbour", "neighbor", "rival"})
_ANY_GOODS = frozenset({"imports", "goods", "products", "all imports", "all goods", "all products", "its goods"})


class Resolver:
    """Answers for the measures of sentence `index`, parsed as `sentence`."""

    def __init__(self, sentence: ParsedSentence, roles: Roles, memory: Memory, index: int) -> None:
        self.sentence = sentence
        self.roles = roles
        self.memory = memory
        self.index = index
        self.text = roles.annotations.article.text
        self.carried = Carried(sentence, roles, memory, index)
        self.beside = Beside(sentence, roles, memory, index)

    def imposer(self, measure: Measure, parties: Parties) -> str | None:
        """The imposer: named, else whoever acts in the sentence, speaks, imposed before or is the one other state."""
        if parties.imposer is not None or parties.unnamed:
            return parties.imposer
        hit = (*parties.targets, *self._regarding(measure))
        hit = hit if hit or not measure.counted else who_sells_unfairly(self.sentence, self.roles, None)
        beside = self.memory.beside
        if beside is not None and measure.counted and beside[0] is measure.group and beside[2] not in hit:
            if beside[1] == (measure.first > beside[0].last):
                return beside[2]
        found = self.beside.market(measure, hit)[0] or self._acting(measure, hit)
        if found is None and self.roles.in_quotation(self.index, measure.start):
            found = self.roles.speaker(self.index, measure.start)
        found = found or self._of_the_move(hit)
        before = self.memory.imposer(hit, main=self._the_tariff(measure))
        if found is None and before not in hit:
            found = before
        found = found or self.beside.other_state(measure, hit) or self.beside.source(measure, hit)
        found = found or self.beside.announcer(measure, hit)
        if found is None and len(parties.targets) == 1:
            found = other_side(self.roles, self.index, parties.targets[0])
        if found is None and measure.counted:
            found = self.memory.standing.leading(hit)
        return found or (self._government(measure, hit) if measure.counted else None)

    def only_state(self, measure: Measure, parties: Parties, targets: tuple[str | None, ...]) -> str | None:
        """The imposer of a rate that nobody is said to charge: the one state beside the targets in the article."""
        hit = (*(t for t in targets if t is not None), *self._regarding(measure))
        hit = (*hit, *(target for index, target in self.memory.struck if index == self.index))
        return self.memory.standing.only(hit) if measure.counted and not parties.unnamed else None

    def _regarding(self, measure: Measure) -> tuple[str, ...]:
        """Who only regards or suffers the measure: "Chile criticised the 10 percent tariff"."""
        group = measure.group
        if group is None or group.lemma not in tariff_words().regarding or group.passive:
            return ()
        actors = (self.roles.actor_of(self.index, p) for p in subject(self.sentence, group))
        return tuple(a for a in actors if a is not None)

    def _the_tariff(self, measure: Measure) -> bool:
        """Whether the measure is called nothing but "the tariff", so that the one the text is about is meant."""
        tokens = self.sentence.tokens
        at = measure.noun
        return (
            at is not None and at > 0 and tokens[at - 1].lower == "the" and tokens[at].lower in tariff_words().measure
        )

    def _of_the_move(self, targets: tuple[str, ...]) -> str | None:
        """Whoever hit the same before, where a sentence opens with that move: "The move followed a duty on"."""
        opening, last = self.sentence.tokens[:2], self.memory.last
        if last is None or len(opening) < 2 or opening[0].lower not in ("the", "this", "that"):
            return None
        same = last.target_id in targets and self.index - last.sentence <= 1 and last.imposer_id not in targets
        return last.imposer_id if same and opening[1].lower in tariff_words().decisions else None

    def _government(self, measure: Measure, targets: tuple[str, ...]) -> str | None:
        """The state whose government or leader acted last before a rate that nobody is said to charge."""
        state = self.roles.acting_state(self.index, measure.start, with_people=True)
        if state is None or not state.startswith(STATES) or state in targets:
            return None
        standing = self.memory.standing
        if not standing.sells(state) or standing.acts(state):
            return state
        buyer = standing.buyer(state)
        return buyer if buyer not in targets else None

    def targets(self, measure: Measure, parties: Parties, imposer: str | None, answers: bool) -> tuple[str | None, ...]:
        """The targets, at least one: None where neither the sentence nor the context names any.

        A measure that `answers` another hits whoever took that one.
        """
        said = self._owner_of_figure(measure) or where_firms_sell_from(
            self.sentence, self.roles, self.memory, parties.targets, imposer
        )
        meant = (parties.scope or parties.product or "").lower()
        one = meant.rpartition(" ")[2] in _ONE_OF_TWO and not meant.startswith(("any ", "every ", "each ", "a "))
        if not said and measure.counted and (one or (parties.scope or "").lower() in _ANY_GOODS):
            said = self.beside.sole_other(measure, imposer)
        said = said or self._partners(parties, imposer)
        pair = () if said else self._pair(parties, imposer)
        found = said or pair or self._beside(measure, parties, imposer)
        found = found or self._owners_goods(parties, imposer)
        if not found and parties.imposer is None:
            found = self.beside.market(measure, ())[1]
        if not found and measure.rule == "raised_again" and self.memory.last_targets():
            return self.memory.last_targets()
        if not found and answers and parties.scope is None:
            found = whom_it_answers(self.sentence, self.roles, measure, imposer)
        if not found and measure.counted and parties.scope is None:
            found = who_sells_unfairly(self.sentence, self.roles, imposer)
        carried = self.carried.targets(imposer, parties, measure) if not found else ()
        if not found and not carried and answers and parties.scope is None:
            carried = (self.memory.answered(imposer),)
        return found or carried or (None,)

    def _owners_goods(self, parties: Parties, imposer: str | None) -> tuple[str, ...]:
        """The country whose goods a possessive speaks of: "put 30% on its car exports"."""
        if parties.owned_at is None:
            return ()
        if self.text.startswith("their", parties.owned_at) and (
            several := self._named_together(parties.owned_at, imposer)
        ):
            return several
        at = self.sentence.token_at(parties.owned_at)
        named = [t.lower for t in self.sentence.tokens[at + 1 : at + 3] if self.sentence.tokens[at].lower == "the"]
        called = next((word for word in named if word in tariff_words().spoken_of), "country")
        state = self.roles.bare_noun(self.index, called, parties.owned_at, besides=imposer)
        return (state,) if state is not None else ()

    def _named_together(self, offset: int, imposer: str | None) -> tuple[str, ...]:
        """The states, other than the imposer, that the sentence lists side by side last before the offset."""
        found: list[str] = []
        edge = 0
        for mention in self.roles.mentions_in(self.sentence.start, offset):
            role = self.roles.role(mention.actor_id)
            if role is None or role == imposer or not role.startswith(STATES):
                continue
            joined = self.text[edge : mention.start].strip(" ()") in (",", "and", "or", ", and")
            if role not in found[-1:]:
                found = [*found, role] if joined else [role]
            edge = mention.end
        return tuple(dict.fromkeys(found)) if len(found) > 1 else ()

    def _partners(self, parties: Parties, imposer: str | None) -> tuple[str, ...]:
        """The states named together before "the trading partners" and the like."""
        scope = parties.scope or ""
        at = self.text.find(f"the {scope}", self.sentence.start, self.sentence.end) if scope else -1
        meant = at >= 0 and scope.rpartition(" ")[2] in tariff_words().peoples
        return self._named_together(at, imposer) if meant else ()

    def _pair(self, parties: Parties, imposer: str | None) -> tuple[str, ...]:
        """The two countries meant by "both" and the like: those hit last, else the last two that the text names."""
        meant = next((w for w in (parties.scope, parties.product) if means_two(w)), None)
        if meant is None:
            return ()
        found = self.memory.pair(meant)
        sentences = self.roles.annotations.article.sentences
        for i in (self.index, self.index - 1):
            if found or i < 0:
                break
            named = (self.roles.role(m.actor_id) for m in self.roles.mentions_in(sentences[i].start, sentences[i].end))
            states = tuple(dict.fromkeys(r for r in named if r is not None and r.startswith(STATES) and r != imposer))
            found = states[-2:] if len(states) > 1 else ()
        return found

    def product(self, measure: Measure, parties: Parties, imposer: str | None) -> str | None:
        """The goods, those of the measure before where another imposer's rate is set beside it or one is changed."""
        last = self.memory.last
        if parties.product is not None or last is None or measure.rate is None:
            return parties.product
        if measure.rule == "raised_again":
            return last.product
        aimed = parties.targets or parties.scope
        beside = not aimed and last.imposer_id != imposer and self.index - last.sentence <= 1
        beside = beside and not self._the_tariff(measure)
        return last.product if beside else None

    def _beside(self, measure: Measure, parties: Parties, imposer: str | None) -> tuple[str, ...]:
        """Targets said beside the measure: "... against the United States", "In Japan's case"."""
        start = self.sentence.start
        unaimed = parties.scope is None and parties.product is None
        for mention in self.roles.mentions_in(start, self.sentence.end):
            before = self.text[max(start, mention.start - 24) : mention.start].lower().removesuffix("the ").strip()
            after = self.text[mention.end : mention.end + 8].lower().replace("’", "'")
            case = before == "for" or (before == "in" and after.startswith("'s case"))
            origin = unaimed and mention.start > measure.end and _ORIGIN.search(before + " ") is not None
            opens = (case and mention.start - start < 8) or origin
            against = before.endswith("against") and mention.start > measure.start
            owed = after.startswith("'s") and before.endswith(("exchange for", "return for"))
            if opens or (owed and parties.scope is None) or (against and self._in_clause(measure, mention.start)):
                role = self.roles.role(mention.actor_id)
                if role is not None and role != imposer and not role.startswith("company:"):
                    return self._fronted(imposer) or (role,) if before == "for" else (role,)
        return ()

    def _fronted(self, imposer: str | None) -> tuple[str, ...]:
        """The states that a sentence opens with behind "for": "For Peru and Togo, Chile will drop the duties"."""
        comma = next((t.start for t in self.sentence.tokens[:14] if t.tag == Tag.COMMA), self.sentence.start)
        return self._named_together(comma, imposer)

    def _in_clause(self, measure: Measure, offset: int) -> bool:
        """Whether no dash and no other clause parts the offset from the measure before it."""
        at = self.sentence.token_at(offset)
        between = self.sentence.tokens[measure.last + 1 : at]
        parted = any(t.tag in (Tag.BREAK, Tag.SUBORDINATOR) for t in between)
        return not parted and not any(measure.last < g.first < at and g.form == "finite" for g in self.sentence.groups)

    def _owner_of_figure(self, measure: Measure) -> tuple[str, ...]:
        """The one whose figure is set beside another's: "higher than the UK's 10%"."""
        if measure.noun is None or measure.noun >= measure.first:
            return ()
        for mention in self.roles.mentions_in(max(self.sentence.start, measure.start - 40), measure.start):
            if self.text[mention.end : measure.start].replace("’", "'") == "'s ":
                role = self.roles.role(mention.actor_id)
                return (role,) if role else ()
        return ()

    def _acting(self, measure: Measure, targets: tuple[str, ...]) -> str | None:
        """The government whose own act the sentence tells before the measure: "Canada withdrew ..., and both face"."""
        words = tariff_words()
        passive = measure.group is not None and measure.group.passive and measure.group.lemma not in words.patient_hit
        for group in self.sentence.groups:
            if group.first >= measure.first or group.form != "finite" or group is measure.group:
                continue
            for phrase in subject(self.sentence, group):
                if self.sentence.tokens[phrase.head].lower in words.goods:
                    continue
                actor = self.roles.actor_of(self.index, phrase)
                state = actor is not None and actor.startswith(STATES)
                if state and actor not in targets and self._own_act(group, phrase, passive):
                    return actor
        return None

    def _own_act(self, group: VerbGroup, phrase: NounPhrase, passive: bool) -> bool:
        if group.passive or group.lemma in tariff_words().subject_pays or group.lemma in ("be", "have", "remain"):
            return False
        if group.lemma not in clause_takers() or passive:
            return True
        named = self.roles.mentions_in(phrase.start, phrase.end)
        actors = self.roles.annotations.actors
        return "government_body" in {actors[m.actor_id].type for m in named if m.actor_id in actors}
