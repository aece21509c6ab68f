"""Who imposes a measure, on whom and on what goods."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.articles.model import Sentence
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles, is_listed
from communique.extraction.tariffs.doers import Doers, addressed_at
from communique.extraction.tariffs.hit import Hits
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.members import told_members
from communique.extraction.tariffs.nominals import noun_behind
from communique.extraction.tariffs.owners import Owners
from communique.extraction.tariffs.pairs import means_two
from communique.extraction.tariffs.payers import Payers, pays
from communique.extraction.tariffs.words import STATES, tariff_words


@dataclass(frozen=True, slots=True)
class Parties:
    """Imposer and targets as role actor ids, the target's class and the goods in the words of the text.

    `acting` says that a verb has the imposer for its subject, so that the text is about what it does; `others` impose
    the same measure beside it ("Canada and Mexico lifted"); `unnamed` says that the clause has others than named actors
    for its subject ("eleven members imposed"); `owned_at` is the offset of a possessive before the goods ("its cars");
    `owned` says that the measure is called the imposer's ("Peru's 10% duty"), `both` that two named before impose it.
    """

    imposer: str | None
    targets: tuple[str, ...]
    scope: str | None
    product: str | None
    acting: bool = False
    others: tuple[str, ...] = ()
    unnamed: bool = False
    owned_at: int | None = None
    owned: bool = False
    both: bool = False


class PartyFinder:
    """Finds the parties of measures in sentence `index` of an article."""

    def __init__(self, text: str, sentence: ParsedSentence, roles: Roles, index: int) -> None:
        self.text = text
        self.sentence = sentence
        self.roles = roles
        self.index = index
        self.mentions_in = roles.mentions_in
        self.role = roles.role
        self.owners = Owners(text, sentence, roles, index)
        self.hits = Hits(text, sentence, roles)
        self.doers = Doers(sentence, roles, index, self.hits, self.owners)
        self.payers = Payers(text, sentence, roles, index, self.hits)

    def actor_of(self, phrase: NounPhrase) -> str | None:
        """The role actor that a noun phrase of the sentence stands for."""
        return self.roles.actor_of(self.index, phrase)

    def _line(self) -> Sentence:
        return self.roles.annotations.article.sentences[self.index]

    def parties(self, measure: Measure) -> Parties:
        """The parties of `measure`."""
        group = measure.group
        words = tariff_words()
        principal = self._principal(measure)
        modifier, bare = self._modifiers(principal)
        patients = self.payers.patients(group) or self.payers.pressed(measure) or self.payers.behind(measure)
        patients = () if measure.rule == "rate_in_brackets" else patients
        hit, destination, aimed = self.hits.aimed_at(principal)
        sold, market = self.payers.sold(measure)
        patients, destination = sold or patients, destination or market or self.payers.granter(measure)
        if group is not None and group.lemma in words.answering:
            imposer = next(iter(self.doers.actors(measure)), None)
            return Parties(
                imposer, tuple(a for a in (modifier, *hit) if a not in (None, imposer))[:1], None, aimed.product
            )
        if modifier in patients and group is not None and pays(self.sentence, group):
            modifier = None
        actors = self.doers.actors(measure)
        actor = actors[0] if actors else None
        if actor is not None and modifier is None and self.payers.gains(measure):
            patients = patients or (actor,)
            actor, actors = None, ()
        if actor is not None and hit == (actor,) and modifier is None and destination is None:
            actor, actors = (actor, actors) if self._home(measure) else (None, ())
        if actor in hit and (destination not in (None, actor) or (len(hit) > 1 and self._by_pronoun(measure))):
            actor, actors = None, ()
        agreed = group is not None and group.lemma in words.agreeing and destination is not None
        if agreed and actor is not None and actor != destination and not (hit or patients or modifier):
            patients = (actor,)
            actor, actors = None, ()
        if actor is not None and not hit and modifier not in (None, actor) and self._takes_on(measure, actor):
            patients, modifier = patients or (modifier,), None
        imposer = next((a for a in (modifier, actor, destination) if a is not None and self._can_impose(a)), None)
        if imposer is None and bare and not (hit or patients):
            imposer, bare = bare, None
        if imposer is None and group is not None and group.lemma == "dump":
            imposer = self._market(group)
        if imposer is None and is_listed(self._line()):
            imposer = self.roles.heading_actor(self.index)
        targets = tuple(dict.fromkeys([*patients, *hit, *([bare] if bare else [])]))
        states = [t for t in targets if self.payers.as_target(t) == t]
        countries = tuple(
            dict.fromkeys(c for t in states or targets if (c := self.payers.as_target(t)) not in (None, imposer))
        )
        aside = measure.rule == "rate_in_brackets" or aimed.product or aimed.scope
        sellers, product = ((), aimed.product) if aside else self.payers.hit_goods(measure)
        scope = aimed.scope or self.payers.patient_class(group, bool(states) and bool(countries))
        countries = countries or told_members(self.sentence, self.roles, scope)
        countries = countries or (() if scope else tuple(s for s in self.payers.struck(measure) if s != imposer))
        scope = scope if (countries != targets or not countries) and (aimed.scope or not product) else None
        return Parties(
            imposer,
            countries
            or tuple(s for s in sellers if s != imposer)
            or self._addressed(measure, imposer, scope or product),
            scope,
            product,
            actor == imposer and not (self.doers.of_package(measure) or self.doers.absolute(group)),
            tuple(a for a in actors[1:] if self._can_impose(a))
            if modifier is None or self._is_theirs(principal, imposer, actors)
            else (),
            imposer is None and self._class_acts(measure),
            self.payers.possessive(measure, imposer) if not countries else None,
            modifier is not None and imposer == modifier,
            not actors and any(means_two(self.text[p.start : p.end]) for p in self.doers.acting_phrases(measure)),
        )

    def _addressed(self, measure: Measure, imposer: str | None, aim: str | None) -> tuple[str, ...]:
        """Those to whom a measure without another aim is written: "sent letters to Peru, warning of a levy"."""
        group = measure.group
        gerund = next((g for g in self.sentence.groups if g.form == "gerund" and g.last < measure.first), group)
        at = addressed_at(self.sentence, gerund.first) if aim is None and gerund is not None else None
        if at is None or gerund is None:
            return ()
        tokens = self.sentence.tokens
        named = (self.role(m.actor_id) for m in self.mentions_in(tokens[at].start, tokens[gerund.first].start))
        return tuple(dict.fromkeys(r for r in named if r is not None and r != imposer and r.startswith(STATES)))

    def _by_pronoun(self, measure: Measure) -> bool:
        """Whether only a pronoun names who acts: "It extended the duty on pipes from Chile and Peru"."""
        phrases = self.doers.acting_phrases(measure)
        named = any(self.mentions_in(p.start, p.end) for p in phrases)
        return not named and any(self.sentence.tokens[p.head].tag == Tag.PRONOUN for p in phrases)

    def _takes_on(self, measure: Measure, actor: str) -> bool:
        """Whether the subject does what only an imposer can with another's tariff: "raised Peru's duties to 9%"."""
        group, words = measure.group, tariff_words()
        if group is None or group.passive or measure.noun is None or not actor.startswith(STATES):
            return False
        phrase = self.sentence.phrase_at(self.sentence.tokens[measure.noun].start)
        if phrase is None or phrase.preposition is not None or not group.last < phrase.first <= group.last + 2:
            return False
        outer = next((g for g in reversed(self.sentence.groups) if g.last < group.first), None)
        agreed = group.form == "infinitive" and outer is not None and outer.lemma in ("agree", "ask", "urge", "want")
        if agreed or noun_behind(self.sentence, group) is not None:
            return False
        doing = group.lemma in words.imposing or (group.lemma in words.changing and measure.rate is not None)
        return doing and self.sentence.tokens[phrase.first].tag != Tag.POSSESSIVE

    def _home(self, measure: Measure) -> bool:
        """Whether what is hit comes to the one named before it: "duties on Peru's imports", not "on Peru's exports"."""
        span = self.hits.span(measure)
        words = {t.lower for t in self.sentence.tokens[span[0] : span[1] + 1]} if span is not None else set()
        return "imports" in words and "from" not in words

    def _market(self, group: VerbGroup) -> str | None:
        """Where goods are dumped, which is who finds the margin: "dumped nails in Canada at margins of"."""
        after = self.sentence.phrases_between(group.last + 1, group.last + 12)
        return next(
            (self.actor_of(p) for p in after if p.preposition in ("in", "into", "on") and self.actor_of(p)), None
        )

    def _principal(self, measure: Measure) -> Measure:
        """The measure by its own noun where it is named by its rate: "duties on tin, in force at rates of up to"."""
        words = tariff_words()
        tokens = self.sentence.tokens
        if measure.noun is None or tokens[measure.noun].lower in words.measure or self.hits.span(measure) is not None:
            return measure
        for i in range(measure.noun - 1, -1, -1):
            if tokens[i].lower in words.measure and tokens[i].tag in (Tag.NOMINAL, Tag.NAME):
                return replace(measure, noun=i, first=i, last=i, start=tokens[i].start)
            if self.sentence.group_at(tokens[i].start) is not None:
                return measure
        return measure

    def _is_theirs(self, measure: Measure, imposer: str | None, actors: tuple[str, ...]) -> bool:
        """Whether a measure is called that of all who act: "Peru and Chile imposed their own duties"."""
        at = measure.first if measure.noun is None else measure.noun
        phrase = self.sentence.phrase_at(self.sentence.tokens[at].start)
        their = phrase is not None and self.sentence.tokens[phrase.first].lower == "their"
        return their and actors[:1] == (imposer,)

    def _class_acts(self, measure: Measure) -> bool:
        """Whether the subject of the verb is a class of countries or firms that no name stands for."""
        phrases = self.doers.acting_phrases(measure)
        heads = {self.sentence.tokens[p.head].lower for p in phrases}
        return bool(heads & tariff_words().classes) and not any(self.mentions_in(p.start, p.end) for p in phrases)

    def _can_impose(self, actor_id: str) -> bool:
        """Customs belong to countries and unions; an actor that the article does not list counts as one."""
        actor = self.roles.annotations.actors.get(actor_id)
        if actor_id in tariff_words().no_customs or actor_id.startswith("government_body:"):
            return False
        return actor is None or actor.type in ("country", "international_organisation", "group", "government_body")

    def _modifiers(self, measure: Measure) -> tuple[str | None, str | None]:
        """The actor that owns the measure ("U.S. tariffs", "its duty") and one that modifies it ("China tariffs")."""
        head = measure.noun if measure.noun is not None else measure.first
        phrase = self.sentence.phrase_at(self.sentence.tokens[head].start)
        group = measure.group
        if phrase is not None and group is not None and group.last < phrase.first and not group.passive:
            if self.sentence.tokens[phrase.first].lower in ("its", "their", "his", "her"):
                doer = next(
                    (d for p in self.doers.acting_phrases(measure) if (d := self.doers.doer(p)) is not None), None
                )
                if doer is not None:
                    return doer, None
        return self.owners.owner_and_modifier(head)
