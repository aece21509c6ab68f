"""Who only has or pays the rate that another sets: "Peru has a rate of 15 percent", "Peru's rate was cut"."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.parties import Parties
from communique.extraction.tariffs.words import STATES, tariff_words


class Bearers:
    """Answers for the measures of sentence `index`, parsed as `sentence`."""

    def __init__(self, sentence: ParsedSentence, roles: Roles, memory: Memory, index: int) -> None:
        self.sentence = sentence
        self.roles = roles
        self.memory = memory
        self.index = index
        self.text = roles.annotations.article.text

    def parties(self, measure: Measure, parties: Parties) -> Parties:
        """The parties of a measure, those who only have or pay another's rate as its targets.

        "Peru has a rate of 15 percent", "With a 15 percent tariff, Peru pays more" after rows of somebody's tariffs.
        """
        if parties.imposer is None and parties.targets == (self.memory.imposer(()),) and self._comes_to(measure):
            return replace(parties, imposer=parties.targets[0], targets=())
        if not measure.counted or parties.targets or parties.scope is not None:
            return parties
        if (headed := self._headed(measure)) is not None and (began := self.memory.imposer((headed,))) is not None:
            return replace(parties, imposer=began, others=(), targets=(headed,), acting=False, owned=False)
        if parties.owned and parties.imposer is not None and self._its_rate(measure, parties.imposer, parties.acting):
            return replace(parties, imposer=None, others=(), targets=(parties.imposer,), acting=False, owned=False)
        if (who := self._having(measure, parties)) or (who := self._led_in(measure)):
            before = self.memory.imposer(who)
            if before is not None and before not in who and self.memory.past:
                return replace(parties, imposer=None, others=(), targets=who, acting=False)
        return parties

    def _headed(self, measure: Measure) -> str | None:
        """The state under whose heading a line only labels a rate: "Tariff: 10%" below "Chile"."""
        after = measure.noun + 1 if measure.noun is not None and measure.group is None else len(self.sentence.tokens)
        labelled = after < len(self.sentence.tokens) and self.sentence.tokens[after].text == ":"
        return self.roles.heading_actor(self.index) if labelled else None

    def _comes_to(self, measure: Measure) -> bool:
        """Whether the goods are the imports of the one named: "a 9 percent tariff on Peruvian imports of tin"."""
        behind = self.roles.mentions_in(measure.end, self.sentence.end)[:1]
        return any(tariff_words().incoming.match(self.text, m.end) is not None for m in behind)

    def _its_rate(self, measure: Measure, owner: str, acting: bool) -> bool:
        """Whether the owner only bears the rate that another sets: "Peru's rate was cut to 9 percent"."""
        standing = self.memory.standing
        if measure.noun is None or standing.acts(owner) or (acting and _changes(measure)):
            return False
        if standing.imposer((owner,)) is None and standing.leading((owner,)) is None:
            return False
        group = measure.group
        if group is not None and group.form == "gerund" and group.lemma in ("leave", "bring", "take", "put"):
            return True
        phrase = self.sentence.phrase_at(self.sentence.tokens[measure.noun].start)
        pronoun = phrase is not None and self.sentence.tokens[phrase.first].tag == Tag.POSSESSIVE
        return pronoun or self.sentence.tokens[measure.noun].lower in tariff_words().levels

    def _having(self, measure: Measure, parties: Parties) -> tuple[str, ...]:
        group, tokens = measure.group, self.sentence.tokens
        weak = measure.noun is not None and tokens[measure.noun].lower in ("rate", "rates")
        if group is None or group.lemma != "have" or not weak or parties.product is not None or parties.owned:
            return ()
        return tuple(a for a in (parties.imposer, *parties.others) if a is not None)

    def _led_in(self, measure: Measure) -> tuple[str, ...]:
        """The states that the clause behind an opening "with" speaks of."""
        tokens = self.sentence.tokens
        if measure.group is not None or tokens[0].lower not in ("with", "at") or measure.noun is None:
            return ()
        if measure.noun + 1 >= len(tokens) or tokens[measure.noun + 1].tag != Tag.COMMA:
            return ()
        verb = next((g for g in self.sentence.groups if g.first > measure.noun and g.form == "finite"), None)
        actors = (self.roles.actor_of(self.index, p) for p in subject(self.sentence, verb)) if verb else ()
        return tuple(a for a in actors if a is not None and a.startswith(STATES))


def _changes(measure: Measure) -> bool:
    """Whether a verb in the active puts or changes the measure: "raised its duty"."""
    words, group = tariff_words(), measure.group
    return group is not None and not group.passive and group.lemma in words.imposing | words.changing
