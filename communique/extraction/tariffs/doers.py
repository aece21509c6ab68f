"""Who does what is said of a measure: the subject of its verb, the agent of a passive, whose package it is."""

from __future__ import annotations

from communique.extraction.grammar.clauses import agent, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles
from communique.extraction.tariffs.behind import imposed_behind
from communique.extraction.tariffs.hit import Hits
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.nominals import nominal_before, noun_behind
from communique.extraction.tariffs.owners import Owners
from communique.extraction.tariffs.payers import hit_by_name, pays
from communique.extraction.tariffs.verbs import befalls, contact
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_OF_ITS_OWN = frozenset({"with", "for", "to", "of", "after", "over", "despite"})
_HOLDING = frozenset({"include", "comprise", "cover", "consist", "contain", "range", "mean", "involve"})
_CONCLUDING = frozenset({"reach", "strike", "negotiate", "conclude", "sign", "clinch"})
_ACTS = frozenset({"order", "decree", "notification", "announcement", "package", "list", "round", "wave", "budget"})


class Doers:
    """Finds who imposes, changes or ends the measures of sentence `index`."""

    def __init__(self, sentence: ParsedSentence, roles: Roles, index: int, hits: Hits, owners: Owners) -> None:
        self.sentence = sentence
        self.roles = roles
        self.index = index
        self.hits = hits
        self.owners = owners
        self.mentions_in = roles.mentions_in

    def actor_of(self, phrase: NounPhrase) -> str | None:
        """The role actor that a noun phrase of the sentence stands for."""
        return self.roles.actor_of(self.index, phrase)

    def actors(self, measure: Measure) -> tuple[str, ...]:
        """Who does what the measure's verb or noun says: subject, agent of a passive, owner of the noun."""
        phrases = self.acting_phrases(measure)
        found = tuple(dict.fromkeys(a for a in map(self.doer, phrases) if a is not None))
        found = found or self.of_package(measure)
        behind = imposed_behind(self.sentence, measure.last) if not found else None
        if behind is None:
            return found or self._fronted(measure)
        passive = behind.form == "participle" or behind.passive
        phrases = agent(self.sentence, behind) if passive else right_before(self.sentence, behind)
        return tuple(dict.fromkeys(a for a in map(self.doer, phrases) if a is not None))

    def of_package(self, measure: Measure) -> tuple[str, ...]:
        """Whose package it is that holds the measure: "The duties, announced by Peru, include a 9 percent levy"."""
        group = measure.group
        if group is None or group.lemma not in _HOLDING or group.passive:
            return ()
        for phrase in subject(self.sentence, group):
            owner = self.owners.owner_and_modifier(phrase.head)[0]
            told = next((g for g in self.sentence.groups if phrase.last < g.first < group.first), None)
            by = agent(self.sentence, told) if owner is None and told is not None else ()
            found = owner or next((a for a in map(self.doer, by) if a is not None), None)
            if found is not None:
                return (found,)
        return ()

    def _fronted(self, measure: Measure) -> tuple[str, ...]:
        """Whose act opens a sentence whose verb names nobody: "In Monday's hike by Egypt, the duty was raised"."""
        tokens = self.sentence.tokens
        group = measure.group
        comma = next((i for i, t in enumerate(tokens[:14]) if t.tag == Tag.COMMA), None)
        if comma is None or group is None or group.first < comma or not (group.passive or pays(self.sentence, group)):
            return ()
        if tokens[0].lower not in ("in", "under", "with", "through", "by"):
            return ()
        phrases = self.sentence.phrases_between(0, comma)
        if not any(tokens[p.head].lower in tariff_words().nominal or tokens[p.head].lower in _ACTS for p in phrases):
            return ()
        owners = (
            p
            for p in phrases
            if p.preposition == "by" or any(t.tag == Tag.GENITIVE for t in tokens[p.first : p.last + 1])
        )
        return tuple(a for p in owners if (a := self.doer(p)) is not None)[:1]

    def acting_phrases(self, measure: Measure) -> tuple[NounPhrase, ...]:
        group = measure.group
        if measure.said is not None and measure.noun is not None:
            phrase = self.sentence.phrase_at(self.sentence.tokens[min(measure.first, measure.noun)].start)
            noun = nominal_before(self.sentence, phrase.first) if phrase is not None else None
            later = self.sentence.phrases_between(measure.last + 1, measure.last + 12)
            by = tuple(p for p in later if p.preposition == "by")
            named = ((noun,) if noun is not None else ()) + by
            if noun is None and group is not None and not group.passive and group.last < measure.first:
                return subject(self.sentence, group)
            if group is None or noun is None or group.last > noun.first or group.passive:
                return named
            decided = tariff_words().status_of.get(group.lemma) in (TariffStatus.ANNOUNCED, TariffStatus.THREATENED)
            doers = subject(self.sentence, group)
            return named + (doers if decided or (group.lemma in _CONCLUDING and len(doers) > 1) else ())
        if group is None:
            return ()
        by_name = hit_by_name(self.sentence, group)
        if by_name is not None:
            return (by_name,)
        if group.passive or group.form == "participle":
            return agent(self.sentence, group)
        if pays(self.sentence, group) or (group.first > measure.last and befalls(self.sentence, group)):
            return ()
        if measure.rule == "raised_again" and self.sentence.tokens[group.first - 1].tag == Tag.RELATIVE:
            return ()
        told = contact(self.sentence, measure.last)
        if told is not None and told[1] == group:
            return (told[0],)
        if group.lemma in tariff_words().regarding:
            return ()
        if absolute := self.absolute(group):
            return absolute
        behind = noun_behind(self.sentence, group)
        if behind is not None:
            named = (behind, *self.sentence.phrases_between(behind.last + 1, group.first - 1))
            joint = behind.first > 1 and self.sentence.tokens[behind.first - 1].tag == Tag.COORDINATOR
            beside = self.sentence.phrase_at(self.sentence.tokens[behind.first - 2].start) if joint else None
            named = (beside, *named) if beside is not None and beside.preposition is None else named
            owners = tuple(p for p in named if self.roles.mentions_in(p.start, p.end))
            if owners:
                return owners
        hit = self.hits.span(measure) or (0, -1)
        doers = tuple(p for p in subject(self.sentence, group) if not hit[0] <= p.first <= hit[1])
        doers = past_fronted(self.sentence, doers) or of_headline(self.sentence, group)
        doers = self._outer_subject(group, doers) or doers
        first = doers[0].first if doers else group.first
        joined = first > 1 and self.sentence.tokens[first - 1].tag == Tag.COORDINATOR
        return (
            (*run_in(self.roles, self.sentence, group, first - (2 if joined else 1)), *doers)
            if joined or not doers
            else doers
        )

    def _outer_subject(self, group: VerbGroup, doers: tuple[NounPhrase, ...]) -> tuple[NounPhrase, ...]:
        """Who finds out about goods or firms and acts on it: "Peru found that Chilean mills dumped steel and set"."""
        joined = group.first > 0 and self.sentence.tokens[group.first - 1].tag in (Tag.COORDINATOR, Tag.ADVERB)
        if not joined or not doers or not all(map(self._cannot_act, doers)):
            return ()
        before = (g for g in reversed(self.sentence.groups) if g.last < doers[0].first and g.form == "finite")
        outer = (subject(self.sentence, g) for g in before)
        return next((phrases for phrases in outer if phrases and not any(map(self._cannot_act, phrases))), ())

    def absolute(self, group: VerbGroup | None) -> tuple[NounPhrase, ...]:
        """The subject that a gerund has of its own: "an answer to Peru raising its duties"."""
        if group is None or group.form != "gerund" or not group.first:
            return ()
        phrase = self._before_time(group)
        own = bool(phrase) and phrase[0].preposition in _OF_ITS_OWN
        return phrase if own and addressed_at(self.sentence, phrase[0].first) is None else ()

    def _before_time(self, group: VerbGroup) -> tuple[NounPhrase, ...]:
        """The phrase that ends right before the verb, a time between them passed over: "Peru last month raising"."""
        nearest = right_before(self.sentence, group)
        if not nearest or nearest[0].last != group.first - 1:
            return ()
        timed = nearest[0].preposition is None and self.sentence.tokens[nearest[0].first].lower in ("last", "this")
        before = self.sentence.phrase_at(self.sentence.tokens[nearest[0].first - 1].start) if timed else None
        return nearest if before is None else (before,)

    def _cannot_act(self, phrase: NounPhrase) -> bool:
        """Whether a subject names goods, those who sell them or a pact: "Peruvian fish and fruit exports"."""
        goods = tariff_words().goods
        head = self.sentence.tokens[phrase.head].lower
        if head in goods or head in tariff_words().pacts or head in tariff_words().firms or head.endswith("makers"):
            return True
        joint = self.sentence.tokens[phrase.last + 1 : phrase.last + 2]
        if not joint or joint[0].tag != Tag.COORDINATOR:
            return False
        joined = self.sentence.phrases_between(phrase.last + 2, phrase.last + 4)[:1]
        return any(self.sentence.tokens[p.head].lower in goods and not self.mentions_in(p.start, p.end) for p in joined)

    def doer(self, phrase: NounPhrase) -> str | None:
        """The actor of a subject, the one a spokesman or an official speaks for included, unless it is no agent."""
        if self._cannot_act(phrase):
            return None
        actor = self.actor_of(phrase)
        if actor is not None:
            return actor
        following = self.sentence.phrases_between(phrase.last + 1, phrase.last + 3)[:1]
        return next((self.actor_of(p) for p in following if p.preposition in ("for", "of", "at", "from")), None)


def addressed_at(sentence: ParsedSentence, before: int) -> int | None:
    """Where those to whom something is written begin ("sent letters to Japan and Peru announcing"), or None."""
    tokens = sentence.tokens
    to = next((i for i in range(before - 1, 0, -1) if tokens[i].lower == "to"), 0)
    return to + 1 if to and tokens[to - 1].lower in tariff_words().messages else None


def right_before(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrase right before the verb."""
    phrase = sentence.phrase_at(sentence.tokens[group.first - 1].start)
    return (phrase,) if phrase is not None else ()


def of_headline(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The subject of the infinitive with which a headline says what is to come: "Ghana to impose"."""
    alone = group.form == "infinitive" and not any(g.first < group.first for g in sentence.groups)
    phrase = right_before(sentence, group) if alone and group.first else ()
    return phrase if phrase and phrase[0].preposition is None else ()


def past_fronted(sentence: ParsedSentence, doers: tuple[NounPhrase, ...]) -> tuple[NounPhrase, ...]:
    """The subject behind a list that opens the sentence: the US of "On Peru and Chile, the US imposed duties"."""
    if len(doers) < 2 or sentence.tokens[0].tag != Tag.PREPOSITION or doers[0].first > 24:
        return doers
    between = sentence.tokens[doers[-2].last + 1 : doers[-1].first]
    return doers[-1:] if any(t.tag == Tag.COMMA for t in between) and len(between) == 1 else doers


def run_in(roles: Roles, sentence: ParsedSentence, group: VerbGroup, at: int) -> tuple[NounPhrase, ...]:
    """The name at token `at` that a time or an occasion runs into without a comma: "Under the pact Peru will"."""
    phrase = sentence.phrase_at(sentence.tokens[at].start)
    last = roles.mentions_in(phrase.start, phrase.end)[-1:] if phrase is not None and phrase.preposition else ()
    if phrase is None or not last or last[0].end != phrase.end or group.form != "finite":
        return ()
    first = sentence.token_at(last[0].start)
    led = first > phrase.first and sentence.tokens[first - 1].tag == Tag.NOMINAL
    return (NounPhrase(first, phrase.last, phrase.head, None, last[0].start, phrase.end),) if led else ()
