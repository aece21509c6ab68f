"""Who imposes a measure, on whom and on what goods."""

from __future__ import annotations

from dataclasses import dataclass

from communique.articles.model import Sentence
from communique.extraction.grammar.clauses import agent, objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles, is_listed
from communique.extraction.tariffs.hit import Hits
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.patients import patient_goods, patient_span
from communique.extraction.tariffs.verbs import imposed_behind, nominal_before, noun_behind
from communique.extraction.tariffs.words import tariff_words

_ACTS = frozenset({"order", "decree", "notification", "announcement", "package", "list", "round", "wave", "budget"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Imposer and targets as role actor ids, the target's class and the goods in the words of the text.

    `acting` says that a verb has the imposer for its subject, so that the text is about what it does; `others` impose
    the same measure beside it ("Canada and Mexico lifted"); `unnamed` says that the clause has others than named actors
    for its subject ("eleven members imposed"); `owned_at` is the offset of a possessive before the goods ("its cars").
    """

    imposer: str | None
    targets: tuple[str, ...]
    scope: str | None
    product: str | None
    acting: bool = False
    others: tuple[str, ...] = ()
    unnamed: bool = False
    owned_at: int | None = None


class PartyFinder:
    """Finds the parties of measures in sentence `index` of an article."""

    def __init__(self, text: str, sentence: ParsedSentence, roles: Roles, index: int) -> None:
        self.text = text
        self.sentence = sentence
        self.roles = roles
        self.index = index
        self.mentions_in = roles.mentions_in
        self.role = roles.role
        self.hits = Hits(text, sentence, roles)

    def actor_of(self, phrase: NounPhrase) -> str | None:
        """The role actor that a noun phrase of the sentence stands for."""
        return self.roles.actor_of(self.index, phrase)

    def _line(self) -> Sentence:
        return self.roles.annotations.article.sentences[self.index]

    def parties(self, measure: Measure) -> Parties:
        """The parties of `measure`."""
        group = measure.group
        words = tariff_words()
        modifier, bare = self._modifiers(measure)
        patients = self._patients(group) or self._pressed(measure)
        hit, destination, aimed = self.hits.aimed_at(measure)
        if group is not None and group.lemma in words.answering:
            imposer = next(iter(self._actors(measure)), None)
            return Parties(
                imposer, tuple(a for a in (modifier, *hit) if a not in (None, imposer))[:1], None, aimed.product
            )
        actors = self._actors(measure)
        actor = actors[0] if actors else None
        imposer = next((a for a in (modifier, actor, destination) if a is not None and self._can_impose(a)), None)
        if imposer is None and bare and not (hit or patients):
            imposer, bare = bare, None
        if imposer is None and group is not None and group.lemma == "dump":
            imposer = self._market(group)
        if imposer is None and is_listed(self._line()):
            imposer = self.roles.heading_actor(self.index)
        targets = tuple(dict.fromkeys([*patients, *hit, *([bare] if bare else [])]))
        countries = tuple(dict.fromkeys(c for t in targets if (c := self.as_target(t)) not in (None, imposer)))
        sellers, product = ((), aimed.product) if aimed.product or aimed.scope else self._hit_goods(measure)
        scope = aimed.scope or self._patient_class(group, countries == targets and bool(targets))
        scope = scope if (countries != targets or not countries) and not product else None
        return Parties(
            imposer,
            countries or tuple(s for s in sellers if s != imposer),
            scope,
            product,
            actor == imposer,
            actors[1:] if modifier is None else (),
            imposer is None and self._class_acts(measure),
            self._possessive(measure) if not countries else None,
        )

    def _hit_goods(self, measure: Measure) -> tuple[tuple[str, ...], str | None]:
        """Who sells the goods that stand where those who pay could, and the goods: "Fish from Peru will face"."""
        group = measure.group
        first = measure.first if measure.noun is None else min(measure.first, measure.noun)
        span = patient_span(self.sentence, group, first, self._pays(group)) if group is not None else None
        if span is None:
            return (), None
        mentions = self.mentions_in(self.sentence.tokens[span[0]].start, self.sentence.tokens[span[1]].end)
        product = patient_goods(self.text, self.sentence, span, mentions)
        roles = (self.role(m.actor_id) for m in mentions) if product else ()
        return tuple(dict.fromkeys(t for r in roles if r is not None and (t := self.as_target(r)))), product

    def _possessive(self, measure: Measure) -> int | None:
        """The offset of "its" or "their" that opens what the measure is on."""
        span = self.hits.span(measure)
        first = self.sentence.tokens[span[0]] if span is not None else None
        owned = first is not None and first.lower in ("its", "their") and not self._patient_phrases_of(measure)
        return first.start if owned and first is not None else None

    def _patient_phrases_of(self, measure: Measure) -> tuple[NounPhrase, ...]:
        return self._patient_phrases(measure.group) if measure.group is not None else ()

    def _market(self, group: VerbGroup) -> str | None:
        """Where goods are dumped, which is who finds the margin: "dumped nails in Canada at margins of"."""
        after = self.sentence.phrases_between(group.last + 1, group.last + 12)
        return next(
            (self.actor_of(p) for p in after if p.preposition in ("in", "into", "on") and self.actor_of(p)), None
        )

    def _class_acts(self, measure: Measure) -> bool:
        """Whether the subject of the verb is a class of countries or firms that no name stands for."""
        phrases = self._acting_phrases(measure)
        heads = {self.sentence.tokens[p.head].lower for p in phrases}
        return bool(heads & tariff_words().classes) and not any(self.mentions_in(p.start, p.end) for p in phrases)

    def _can_impose(self, actor_id: str) -> bool:
        """Customs belong to countries and unions; an actor that the article does not list counts as one."""
        actor = self.roles.annotations.actors.get(actor_id)
        if actor_id in tariff_words().no_customs:
            return False
        return actor is None or actor.type in ("country", "international_organisation", "group", "government_body")

    def as_target(self, actor_id: str) -> str | None:
        """Those who pay are countries and unions: a company is the country it belongs to."""
        actor = self.roles.annotations.actors.get(actor_id)
        if actor is None or actor.type in ("country", "international_organisation", "group"):
            return actor_id
        return f"country:{actor.country}" if actor.country else None

    def _modifiers(self, measure: Measure) -> tuple[str | None, str | None]:
        """The actor that owns the measure ("U.S. tariffs", "its duty") and one that modifies it ("China tariffs")."""
        head = measure.noun if measure.noun is not None else measure.first
        phrase = self.sentence.phrase_at(self.sentence.tokens[head].start)
        group = measure.group
        if phrase is not None and group is not None and group.last < phrase.first and not group.passive:
            if self.sentence.tokens[phrase.first].lower in ("its", "their", "his", "her"):
                doer = next((d for p in subject(self.sentence, group) if (d := self._doer(p)) is not None), None)
                if doer is not None:
                    return doer, None
        return self.owner_and_modifier(head)

    def owner(self, noun: int) -> str | None:
        """The actor whose measure the tariff noun at token `noun` names ("U.S. tariffs"), or None."""
        return self.owner_and_modifier(noun)[0]

    def owner_and_modifier(self, head: int) -> tuple[str | None, str | None]:
        """The actor that owns the measure named at token `head`, and one that only modifies it ("China tariffs")."""
        tokens = self.sentence.tokens
        phrase = self.sentence.phrase_at(tokens[head].start)
        if phrase is None:
            return None, None
        owner: str | None = None
        bare: str | None = None
        for mention in self.mentions_in(tokens[phrase.first].start, tokens[head].start):
            following = self.text[mention.end : mention.end + 2]
            owns = following in ("'s", "’s", "' ", "’ ") or mention.kind in ("demonym", "acronym", "capital", "office")
            if owns and owner is None:
                owner = self.role(mention.actor_id)
            elif bare is None:
                bare = self.role(mention.actor_id)
        first = tokens[phrase.first]
        if owner is None and first.tag is Tag.POSSESSIVE and is_listed(self._line()):
            owner = self.roles.heading_actor(self.index)
        if owner is None and first.tag is Tag.POSSESSIVE:
            owner = self.actor_of(NounPhrase(phrase.first, phrase.first, phrase.first, None, first.start, first.end))
        return owner, bare

    def _actors(self, measure: Measure) -> tuple[str, ...]:
        """Who does what the measure's verb or noun says: subject, agent of a passive, owner of the noun."""
        phrases = self._acting_phrases(measure)
        found = tuple(dict.fromkeys(a for a in map(self._doer, phrases) if a is not None))
        behind = imposed_behind(self.sentence, measure.last) if not found else None
        if behind is None:
            return found or self._fronted(measure)
        passive = behind.form == "participle" or behind.passive
        phrases = agent(self.sentence, behind) if passive else self._right_before(behind)
        return tuple(dict.fromkeys(a for a in map(self._doer, phrases) if a is not None))

    def _fronted(self, measure: Measure) -> tuple[str, ...]:
        """Whose act opens a sentence whose verb names nobody: "In Monday's hike by Egypt, the duty was raised"."""
        tokens = self.sentence.tokens
        group = measure.group
        comma = next((i for i, t in enumerate(tokens[:14]) if t.tag is Tag.COMMA), None)
        if comma is None or group is None or group.first < comma or not (group.passive or self._pays(group)):
            return ()
        if tokens[0].lower not in ("in", "under", "with", "through", "by"):
            return ()
        phrases = self.sentence.phrases_between(0, comma)
        if not any(tokens[p.head].lower in tariff_words().nominal or tokens[p.head].lower in _ACTS for p in phrases):
            return ()
        owners = (
            p
            for p in phrases
            if p.preposition == "by" or any(t.tag is Tag.GENITIVE for t in tokens[p.first : p.last + 1])
        )
        return tuple(a for p in owners if (a := self._doer(p)) is not None)[:1]

    def _acting_phrases(self, measure: Measure) -> tuple[NounPhrase, ...]:
        group = measure.group
        if measure.said is not None and measure.noun is not None:
            phrase = self.sentence.phrase_at(self.sentence.tokens[measure.noun].start)
            noun = nominal_before(self.sentence, phrase.first) if phrase is not None else None
            later = self.sentence.phrases_between(measure.last + 1, measure.last + 12)
            by = tuple(p for p in later if p.preposition == "by")
            return ((noun,) if noun is not None else ()) + by
        if group is None:
            return ()
        if group.passive or group.form == "participle":
            return agent(self.sentence, group)
        if self._pays(group):
            return ()
        behind = noun_behind(self.sentence, group)
        if behind is not None and self.roles.mentions_in(behind.start, behind.end):
            return (behind,)
        return subject(self.sentence, group) or self._of_headline(group)

    def _of_headline(self, group: VerbGroup) -> tuple[NounPhrase, ...]:
        """The subject of the infinitive with which a headline says what is to come: "Ghana to impose"."""
        alone = group.form == "infinitive" and not any(g.first < group.first for g in self.sentence.groups)
        phrase = self._right_before(group) if alone and group.first else ()
        return phrase if phrase and phrase[0].preposition is None else ()

    def _right_before(self, group: VerbGroup) -> tuple[NounPhrase, ...]:
        phrase = self.sentence.phrase_at(self.sentence.tokens[group.first - 1].start)
        return (phrase,) if phrase is not None else ()

    def _pays(self, group: VerbGroup) -> bool:
        """Whether the subject is hit: "faces", "pays", "is subject to"."""
        following = [t.lower for t in self.sentence.tokens[group.last + 1 : group.last + 4] if t.tag is not Tag.ADVERB]
        subjected = group.lemma in ("be", "remain", "become") and following[:1] in (["subject"], ["liable"])
        dumps = group.lemma == "dump" and not group.passive
        return group.lemma in tariff_words().subject_pays or subjected or dumps

    def _doer(self, phrase: NounPhrase) -> str | None:
        """The actor of a subject, the one a spokesman or an official speaks for included."""
        actor = self.actor_of(phrase)
        if actor is not None:
            return actor
        following = self.sentence.phrases_between(phrase.last + 1, phrase.last + 3)[:1]
        return next((self.actor_of(p) for p in following if p.preposition in ("for", "of", "at", "from")), None)

    def _patients(self, group: VerbGroup | None) -> tuple[str, ...]:
        """Actors hit as the patient of the verb: "Ukraine was slapped with", "faces", "will hit Canada with"."""
        if group is None:
            return ()
        return tuple(a for a in map(self.actor_of, self._patient_phrases(group)) if a is not None)

    def _pressed(self, measure: Measure) -> tuple[str, ...]:
        """Actors under pressure: "uses tariffs to force Canada to"."""
        after = next((g for g in self.sentence.groups if g.first > measure.last), None)
        if after is None or after.first > measure.last + 3 or after.lemma not in tariff_words().pressure:
            return ()
        phrases = [p for p in objects(self.sentence, after) if p.preposition is None]
        return tuple(a for a in map(self.actor_of, phrases) if a is not None)

    def _patient_phrases(self, group: VerbGroup) -> tuple[NounPhrase, ...]:
        words = tariff_words()
        if self._pays(group) and not group.passive:
            return self._with_companions(subject(self.sentence, group))
        if group.lemma not in words.patient_hit:
            return ()
        if group.passive or group.form == "participle":
            return self._with_companions(subject(self.sentence, group))
        return objects(self.sentence, group)[:3]

    def _with_companions(self, phrases: tuple[NounPhrase, ...]) -> tuple[NounPhrase, ...]:
        """Subject phrases with those joined by "alongside", "together with" or "as well as"."""
        if not phrases:
            return phrases
        if phrases[0].preposition in ("from", "of", "in"):
            before = self.sentence.phrases_between(max(0, phrases[0].first - 12), phrases[0].first - 1)
            phrases = (*(p for p in before if p.preposition == phrases[0].preposition), *phrases)
        joined = {"alongside", "with", "as", "besides", "including", "like"}
        more = self.sentence.phrases_between(phrases[-1].last + 1, phrases[-1].last + 8)
        return (*phrases, *(p for p in more if p.preposition in joined and p not in phrases))

    def _patient_class(self, group: VerbGroup | None, resolved: bool) -> str | None:
        if group is None or resolved:
            return None
        for phrase in self._patient_phrases(group):
            head = self.sentence.tokens[phrase.head].lower
            if head in tariff_words().classes | tariff_words().goods | {"both", "each"}:
                return self.text[phrase.start : phrase.end].removeprefix("the ")
        return None
