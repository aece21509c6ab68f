"""Who is hit by a measure: those who pay, those it is put on, those who sell the goods it is on."""

from __future__ import annotations

from communique.extraction.grammar.clauses import objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles
from communique.extraction.tariffs.exemptions import members_named
from communique.extraction.tariffs.hit import Hits
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.patients import goods_clause, patient_goods, patient_span, place_in_goods
from communique.extraction.tariffs.words import tariff_words

_HOME = frozenset({"home", "importing", "own", "same", "whole", "entire", "host"})


def pays(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the subject is hit: "faces", "pays", "is subject to"."""
    following = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 4] if t.tag != Tag.ADVERB]
    stative = group.lemma in ("be", "remain", "become") and bool(following)
    subjected = stative and following[0] in tariff_words().subjected
    dumps = group.lemma == "dump" and not group.passive
    had = _goods_have(sentence, group) or _has_done(sentence, group)
    return group.lemma in tariff_words().subject_pays or subjected or dumps or had


def _has_done(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the subject has something done to another's measure: "wants the tariff on its cars lowered"."""
    words, tokens = tariff_words(), sentence.tokens
    if group.lemma not in words.having_done or group.passive:
        return False
    following = next((g for g in sentence.groups if g.first > group.last), None)
    if following is None or following.form != "participle" or following.lemma not in words.done_to:
        return False
    between = tokens[group.last + 1 : following.first]
    return tokens[following.first - 1].tag == Tag.NOMINAL and any(t.lower in words.measure for t in between)


def _goods_have(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether goods are said to have a rate: "Fish from Peru will have a lower tariff"."""
    if group.lemma != "have" or group.passive or group.form != "finite":
        return False
    phrases = subject(sentence, group)
    behind = sentence.tokens[phrases[0].last + 1 : phrases[0].last + 2] if phrases else ()
    sold = any(t.lower in ("from", "coming", "imported", "shipped") for t in behind)
    return sold or any(sentence.tokens[p.head].lower in tariff_words().goods for p in phrases)


def _with_follows(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether "with" stands right behind the verb."""
    return any(t.lower == "with" for t in sentence.tokens[group.last + 1 : group.last + 2])


def hit_by_name(sentence: ParsedSentence, group: VerbGroup) -> NounPhrase | None:
    """The name that hits what stands right before it: Mexico of "the goods Mexico hit with duties"."""
    tokens = sentence.tokens
    if group.form != "participle" or group.lemma not in tariff_words().patient_hit or group.first < 2:
        return None
    name, before = tokens[group.first - 1], tokens[group.first - 2]
    if name.tag != Tag.NAME or before.tag != Tag.NOMINAL or not _with_follows(sentence, group):
        return None
    return NounPhrase(group.first - 1, group.first - 1, group.first - 1, None, name.start, name.end)


class Payers:
    """Finds who is hit by the measures of sentence `index`."""

    def __init__(self, text: str, sentence: ParsedSentence, roles: Roles, index: int, hits: Hits) -> None:
        self.text = text
        self.sentence = sentence
        self.roles = roles
        self.index = index
        self.hits = hits
        self.mentions_in = roles.mentions_in
        self.role = roles.role

    def actor_of(self, phrase: NounPhrase) -> str | None:
        """The role actor that a noun phrase of the sentence stands for."""
        return self.roles.actor_of(self.index, phrase)

    def as_target(self, actor_id: str) -> str | None:
        """Those who pay are countries and unions: a company is the country it belongs to."""
        actor = self.roles.annotations.actors.get(actor_id)
        if actor is None or actor.type in ("country", "international_organisation", "group"):
            return actor_id
        return f"country:{actor.country}" if actor.country else None

    def patients(self, group: VerbGroup | None) -> tuple[str, ...]:
        """Actors hit as the patient of the verb: "Ukraine was slapped with", "faces", "will hit Canada with"."""
        if group is None:
            return ()
        phrases = self._patient_phrases(group)
        found = tuple(a for a in map(self.actor_of, phrases) if a is not None)
        if found or group.form != "participle" or not phrases:
            return found
        members = members_named(self.sentence, phrases[0])
        return tuple(a for a in map(self.actor_of, members) if a is not None)

    def pressed(self, measure: Measure) -> tuple[str, ...]:
        """Actors under pressure: "uses tariffs to force Canada to"."""
        after = next((g for g in self.sentence.groups if g.first > measure.last), None)
        if after is None or after.first > measure.last + 3 or after.lemma not in tariff_words().pressure:
            return ()
        phrases = [p for p in objects(self.sentence, after) if p.preposition is None]
        return tuple(a for a in map(self.actor_of, phrases) if a is not None)

    def sold(self, measure: Measure) -> tuple[tuple[str, ...], str | None]:
        """Who sells the goods that the subject names, and to whom: "Goods from Peru face a duty"."""
        group = measure.group
        if group is not None and group.form == "participle" and group.first == measure.last + 1:
            before = [g for g in self.sentence.groups if g.last < measure.first]
            group = before[-1] if before and before[-1].lemma in ("see", "have") else group
        if (
            group is not None
            and group.lemma in tariff_words().letting
            and group.last < measure.first
            and not group.passive
        ):
            let = self.mentions_in(self.sentence.tokens[group.last].end, measure.start)
            into = next(
                (m for m in let if self.text[max(0, m.start - 10) : m.start].endswith((" into ", " into the "))), None
            )
            sellers = (r for m in let if m is not into and (r := self.role(m.actor_id)) is not None)
            return tuple(dict.fromkeys(sellers)), self.role(into.actor_id) if into is not None else None
        borne = group is not None and group.first < measure.first and self._borne(group)
        return self._traded(group) if group is not None and borne else ((), None)

    def _borne(self, group: VerbGroup) -> bool:
        """Whether what the verb says befalls its subject: it pays, is acted on, or the verb is none of customs."""
        heads = (self.sentence.tokens[p.head].lower for p in subject(self.sentence, group))
        if any(head in tariff_words().measure for head in heads):
            return False
        return pays(self.sentence, group) or group.passive or group.lemma not in tariff_words().status_of

    def gains(self, measure: Measure) -> bool:
        """Whether the verb's subject is the one whose rate is cut: "invests in exchange for lowering the duty".

        So too where it got the cut: "Peru won a reduction, taking the rate to 9 percent".
        """
        group, tokens = measure.group, self.sentence.tokens
        if group is None or group.form != "gerund" or group.first < 3:
            return False
        if tokens[group.first - 1].lower == "for" and tokens[group.first - 2].lower in ("exchange", "return"):
            return True
        outer = next((g for g in reversed(self.sentence.groups) if g.last < group.first), None)
        if outer is None or outer.passive or outer.lemma not in tariff_words().agreeing - {"strike", "reach", "accept"}:
            return False
        gained = (tokens[p.head].lower for p in objects(self.sentence, outer))
        return any(word in tariff_words().nominal for word in gained)

    def granter(self, measure: Measure) -> str | None:
        """With whom the one that pays agreed on its rate: "Peru secured a 10 percent tariff with Chile"."""
        group = measure.group
        if group is None or group.passive or group.lemma not in tariff_words().agreeing or group.first > measure.first:
            return None
        after = self.sentence.phrases_between(measure.last + 1, measure.last + 4)[:1]
        return next((self.actor_of(p) for p in after if p.preposition in ("with", "from")), None)

    def behind(self, measure: Measure) -> tuple[str, ...]:
        """Who pays, in a relative clause behind the measure: "the duties that Peru will have to pay on"."""
        tokens = self.sentence.tokens
        group = next((g for g in self.sentence.groups if g.first > measure.last), None)
        if group is None or group.passive or not pays(self.sentence, group) or group.first > measure.last + 7:
            return ()
        first = measure.last + (2 if tokens[measure.last + 1].tag == Tag.RELATIVE else 1)
        phrase = self.sentence.phrase_at(tokens[first].start)
        if phrase is None or phrase.first != first or phrase.preposition is not None or phrase.last >= group.first:
            return ()
        actor = self.actor_of(phrase)
        return (actor,) if actor is not None else ()

    def let_in(self, group: VerbGroup) -> tuple[tuple[str, ...], str | None]:
        """Who sells the goods that the subject names, and the market they go to: "Goods of Peru may enter Chile"."""
        sellers, market = self._traded(group)
        after = self.sentence.phrases_between(group.last + 1, group.last + 4)
        entered = (p for p in after if p.preposition in (None, "to", "into", "in"))
        named = (a for p in entered if (a := self.actor_of(p)) is not None and a not in sellers)
        return sellers, market or next(named, None)

    def _traded(self, group: VerbGroup) -> tuple[tuple[str, ...], str | None]:
        span = goods_clause(self.sentence, group)
        if span is None:
            return (), None
        tokens = self.sentence.tokens
        mentions = self.mentions_in(tokens[span[0]].start, tokens[span[1]].end)
        known = [(self.role(m.actor_id), place_in_goods(self.sentence, m, span[2])) for m in mentions]
        behind = [role for role, place in known if place == "seller"]
        led = [role for role, place in known if place == "owner"]
        market = next((role for role, place in known if place == "market"), None)
        if behind and led and tokens[span[2]].lower == "imports":
            market, led = market or led[0], []
        return tuple(dict.fromkeys(s for s in (*led, *behind) if s not in (None, market))), market

    def hit_goods(self, measure: Measure) -> tuple[tuple[str, ...], str | None]:
        """Who sells the goods that stand where those who pay could, and the goods: "Fish from Peru will face"."""
        group = measure.group
        first = measure.first if measure.noun is None else min(measure.first, measure.noun)
        span = patient_span(self.sentence, group, first, pays(self.sentence, group)) if group is not None else None
        if span is None:
            return (), None
        mentions = self.mentions_in(self.sentence.tokens[span[0]].start, self.sentence.tokens[span[1]].end)
        product = patient_goods(self.text, self.sentence, span, mentions)
        roles = (self.role(m.actor_id) for m in mentions) if product else ()
        return tuple(dict.fromkeys(t for r in roles if r is not None and (t := self.as_target(r)))), product

    def possessive(self, measure: Measure, imposer: str | None) -> int | None:
        """The offset of "its", "their" or "the country" in what the measure is on, or of a country it hits unnamed."""
        known = any(state != imposer for state in self.patients(measure.group))
        span = self.hits.span(measure)
        sold = goods_clause(self.sentence, measure.group) if span is None and measure.group is not None else None
        if sold is not None and sold[2] and self.sentence.tokens[sold[2] - 1].lower in ("its", "their"):
            return self.sentence.tokens[sold[2] - 1].start
        if measure.group is not None and not known:
            for phrase in self._patient_phrases(measure.group):
                if (at := self._spoken_of(phrase.first)) is not None and phrase.last < measure.first:
                    return at
        if span is None or known:
            return None
        if (at := self._spoken_of(span[0])) is not None or self.sentence.tokens[span[0]].lower in ("its", "their"):
            return self.sentence.tokens[span[0]].start
        behind = (i for i in range(span[0] + 1, span[1]) if self.sentence.tokens[i].tag == Tag.PREPOSITION)
        return next((at for i in behind if (at := self._spoken_of(i + 1)) is not None), None)

    def _spoken_of(self, first: int) -> int | None:
        """The offset of "the country", "the neighbouring nation" or the like where it starts at token `first`."""
        words = self.sentence.tokens[first : first + 3]
        if len(words) < 2 or words[0].lower != "the":
            return None
        kinds = (Tag.NOMINAL, Tag.NAME, Tag.NUMBER)
        described = len(words) == 3 and words[1].tag in kinds and words[1].lower not in _HOME
        called = words[1].lower in tariff_words().spoken_of
        called = called or (described and words[2].lower in tariff_words().spoken_of)
        return words[0].start if called else None

    def patient_class(self, group: VerbGroup | None, resolved: bool) -> str | None:
        if group is None or resolved:
            return None
        for phrase in self._patient_phrases(group):
            head = self.sentence.tokens[phrase.head].lower
            if self.sentence.tokens[phrase.head].tag == Tag.NAME and phrase.first > 0:
                continue
            if head in tariff_words().classes | tariff_words().goods | {"both", "each"}:
                return self.text[phrase.start : phrase.end].removeprefix("the ")
        return None

    def _patient_phrases(self, group: VerbGroup) -> tuple[NounPhrase, ...]:
        words = tariff_words()
        before = (
            self.sentence.phrase_at(self.sentence.tokens[group.first - 1].start) if group.form == "gerund" else None
        )
        if before is not None and before.preposition == "with" and pays(self.sentence, group):
            return (before,)
        if pays(self.sentence, group) and not group.passive:
            return self._with_companions(subject(self.sentence, group))
        if group.lemma not in words.patient_hit or hit_by_name(self.sentence, group) is not None:
            return ()
        if group.passive or group.form == "participle":
            return self._with_companions(subject(self.sentence, group))
        return objects(self.sentence, group)[:3] or self._antecedent(group)

    def struck(self, measure: Measure) -> tuple[str, ...]:
        """Those that the outer verb strikes: "shocked Peru by imposing duties", "warned Peru of a 10 percent duty"."""
        group = measure.group
        tokens = self.sentence.tokens
        if group is None or group.first > measure.first:
            return ()
        outer = group
        if group.form == "gerund" and group.first and tokens[group.first - 1].lower == "by":
            outer = next((g for g in reversed(self.sentence.groups) if g.last < group.first), group)
        elif group.lemma != "warn":
            return ()
        if outer.passive or outer.lemma in tariff_words().helping:
            return ()
        struck = [p for p in objects(self.sentence, outer) if p.last < measure.first]
        actors = (self.actor_of(p) for p in struck[:1] if outer is not group or tokens[p.last + 1].lower == "of")
        return tuple(a for a in actors if a is not None)

    def _antecedent(self, group: VerbGroup) -> tuple[NounPhrase, ...]:
        """What a relative clause without a pronoun is about: "goods of Peru it said it might hit with duties"."""
        if not _with_follows(self.sentence, group):
            return ()
        before = self.sentence.phrases_between(max(0, group.first - 9), group.first - 1)
        goods = tariff_words().goods
        return next(((p,) for p in reversed(before) if self.sentence.tokens[p.head].lower in goods), ())

    def _with_companions(self, phrases: tuple[NounPhrase, ...]) -> tuple[NounPhrase, ...]:
        """Subject phrases with those joined by "alongside", "together with" or "as well as"."""
        if not phrases:
            return phrases
        if phrases[0].preposition in ("from", "of", "in"):
            before = self.sentence.phrases_between(max(0, phrases[0].first - 12), phrases[0].first - 1)
            phrases = (*(p for p in before if p.preposition == phrases[0].preposition), *phrases)
        joined = {"alongside", "with", "as", "besides", "including", "like"}
        end = phrases[-1].last + 8
        verb = next((g.first for g in self.sentence.groups if phrases[-1].last < g.first <= end), end + 1)
        more = self.sentence.phrases_between(phrases[-1].last + 1, min(end, verb - 1))
        return (*phrases, *(p for p in more if p.preposition in joined and p not in phrases))
