"""Who imposes a measure, on whom and on what goods."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from communique.articles.model import Sentence
from communique.extraction.grammar.clauses import agent, objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Mention
from communique.extraction.roles import Roles, is_listed
from communique.extraction.tariffs.measures import Measure
from communique.extraction.tariffs.words import tariff_words


@dataclass(frozen=True, slots=True)
class Parties:
    """Imposer and targets as role actor ids, the target's class and the goods in the words of the text."""

    imposer: str | None
    targets: tuple[str, ...]
    scope: str | None
    product: str | None


class PartyFinder:
    """Finds the parties of measures in sentence `index` of an article."""

    def __init__(self, text: str, sentence: ParsedSentence, roles: Roles, index: int) -> None:
        self.text = text
        self.sentence = sentence
        self.roles = roles
        self.index = index
        self.mentions_in = roles.mentions_in
        self.role = roles.role

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
        hit, destination, scope, product = self._aimed_at(measure)
        if group is not None and group.lemma in words.answering:
            imposer = self._actor(group)
            return Parties(imposer, tuple(a for a in (modifier,) if a not in (None, imposer)), None, product)
        imposer = modifier or self._actor(group) or destination
        if imposer is None and bare and not (hit or patients):
            imposer, bare = bare, None
        if imposer is None and is_listed(self._line()):
            imposer = self.roles.heading_actor(self.index)
        targets = tuple(dict.fromkeys([*patients, *hit, *([bare] if bare else [])]))
        countries = tuple(dict.fromkeys(c for t in targets if (c := self._as_target(t)) not in (None, imposer)))
        scope = scope or self._patient_class(group, countries == targets and bool(targets))
        return Parties(imposer, countries, scope, product)

    def _as_target(self, actor_id: str) -> str | None:
        """Those who pay are countries and unions: a company is the country it belongs to."""
        actor = self.roles.annotations.actors.get(actor_id)
        if actor is None or actor.type in ("country", "international_organisation", "group"):
            return actor_id
        return f"country:{actor.country}" if actor.country else None

    def _modifiers(self, measure: Measure) -> tuple[str | None, str | None]:
        """The actor that owns the measure ("U.S. tariffs", "its duty") and one that modifies it ("China tariffs")."""
        return self._owner_and_modifier(measure.noun if measure.noun is not None else measure.first)

    def owner(self, noun: int) -> str | None:
        """The actor whose measure the tariff noun at token `noun` names ("U.S. tariffs"), or None."""
        return self._owner_and_modifier(noun)[0]

    def _owner_and_modifier(self, head: int) -> tuple[str | None, str | None]:
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

    def _actor(self, group: VerbGroup | None) -> str | None:
        """Who does what `group` says: its subject, or the agent of a passive."""
        if group is None:
            return None
        words = tariff_words()
        pays = group.lemma in words.subject_pays
        phrases = agent(self.sentence, group) if group.passive or group.form == "participle" else ()
        if not group.passive and group.form != "participle" and not pays:
            phrases = subject(self.sentence, group)
        return next((a for a in map(self.actor_of, phrases) if a is not None), None)

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
        if group.lemma in words.subject_pays and not group.passive:
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
        joined = {"alongside", "with", "as", "besides", "including"}
        more = self.sentence.phrases_between(phrases[-1].last + 1, phrases[-1].last + 8)
        return (*phrases, *(p for p in more if p.preposition in joined and p not in phrases))

    def _patient_class(self, group: VerbGroup | None, resolved: bool) -> str | None:
        if group is None or resolved:
            return None
        for phrase in self._patient_phrases(group):
            head = self.sentence.tokens[phrase.head].lower
            if head in tariff_words().classes | tariff_words().goods:
                return self.text[phrase.start : phrase.end].removeprefix("the ")
        return None

    def _aimed_at(self, measure: Measure) -> tuple[tuple[str, ...], str | None, str | None, str | None]:
        """Targets, destination, class and goods of the phrases after "on", "against" and the like."""
        stretch = self._on_stretch(measure)
        if stretch is None:
            return (), None, None, None
        first, last = stretch
        start, end = self.sentence.tokens[first].start, self.sentence.tokens[last].end
        found = [(m, self.role(m.actor_id)) for m in self.mentions_in(start, end)]
        sold_to = [actor for m, actor in found if self._destination(m)]
        targets = tuple(dict.fromkeys(actor for m, actor in found if actor is not None and actor not in sold_to))
        product, scope = _goods(self.text, self.sentence, first, last, [m for m, _ in found])
        return targets, next(iter(sold_to), None), (scope if not targets else None), product

    def _destination(self, mention: Mention) -> bool:
        """Whether the goods go to the actor ("exports to the United States"), which then levies the duty."""
        before = self.text[max(0, mention.start - 24) : mention.start].lower().split()
        words = [w for w in before if w != "the"]
        return bool(words) and words[-1] in ("to", "into", "entering") and words[-2:-1] != ["applied"]

    def _on_stretch(self, measure: Measure) -> tuple[int, int] | None:
        """Tokens from after the "on" that follows the measure to the end of its list of goods and countries."""
        tokens = self.sentence.tokens
        anchor = max(measure.last, measure.noun or 0)
        limit = self._limit(measure)
        if measure.noun is not None and measure.noun < measure.first and (found := self._before_figure(measure)):
            return found
        for i in range(anchor + 1, min(limit, anchor + 12) + 1):
            if not self._names_goods(i):
                continue
            unit = measure.rule == "duty_per_unit" and i == anchor + 1 and tokens[i].lower == "of"
            if unit or tokens[i].lower in ("on", "against") or (tokens[i].lower in ("to", "for") and self._applies(i)):
                return (i + 1, self._stretch_end(i + 1, limit)) if i + 1 <= limit else None
            if tokens[i].tag in (Tag.BREAK, Tag.RELATIVE, Tag.SUBORDINATOR):
                break
        return self._before_figure(measure) or self._subject_goods(measure)

    def _names_goods(self, i: int) -> bool:
        """Whether goods or countries can follow the preposition at token `i`: neither a time nor "hold" does."""
        return not self._is_time(i + 1) and not self._is_status(i)

    def _is_status(self, i: int) -> bool:
        """Whether a phrase that says a status starts at token `i` ("on hold")."""
        words = " ".join(t.lower for t in self.sentence.tokens[i : i + 3])
        return words.startswith(tuple(tariff_words().status_phrase))

    def _is_time(self, i: int) -> bool:
        """Whether token `i` stands in a temporal expression."""
        if i >= len(self.sentence.tokens):
            return False
        offset = self.sentence.tokens[i].start
        timexes = self.roles.annotations.timexes
        at = bisect_right(timexes, offset, key=lambda t: t.start) - 1
        return at >= 0 and offset < timexes[at].end

    def _subject_goods(self, measure: Measure) -> tuple[int, int] | None:
        """The goods that the subject names: "Duties on printers, at rates of 33 per cent, lapsed"."""
        if measure.group is None:
            return None
        for phrase in subject(self.sentence, measure.group):
            tokens = self.sentence.tokens
            for i in range(phrase.last + 1, min(phrase.last + 3, measure.group.first)):
                if tokens[i].lower in ("on", "against", "from") and self._names_goods(i):
                    return i + 1, self._stretch_end(i + 1, measure.group.first - 1)
        return None

    def _applies(self, i: int) -> bool:
        before = self.sentence.tokens[i - 1].lower
        return before in ("applied", "apply", "applies", "applicable")

    def _before_figure(self, measure: Measure) -> tuple[int, int] | None:
        """The goods between noun and figure: "the tariff on cars will rise to 25%"."""
        tokens = self.sentence.tokens
        if measure.noun is None:
            return None
        for i in range(measure.noun + 1, min(measure.noun + 4, len(tokens) - 1)):
            if tokens[i].lower in ("on", "against", "for") and self._names_goods(i):
                stop = measure.group.first if measure.group and measure.group.first > i else len(tokens)
                return i + 1, self._stretch_end(i + 1, stop - 1)
        return None

    def _limit(self, measure: Measure) -> int:
        later = (
            g for g in self.sentence.groups if g.first > measure.last and g.form == "finite" and g.lemma != "apply"
        )
        following = next(later, None)
        return following.first - 1 if following is not None else len(self.sentence.tokens) - 1

    def _stretch_end(self, first: int, limit: int) -> int:
        """The last token of the list of goods: it ends where a clause, an infinitive or a time starts."""
        tokens = self.sentence.tokens
        last = first
        for i in range(first, limit + 1):
            token = tokens[i]
            if token.tag in (
                Tag.BREAK,
                Tag.RELATIVE,
                Tag.SUBORDINATOR,
                Tag.TO,
                Tag.MODAL,
                Tag.BE,
                Tag.HAVE,
                Tag.GERUND,
            ):
                break
            if token.lower in _ENDS and i > first:
                break
            if (i > first and self._is_time(i)) or (token.lower == "from" and self._is_time(i + 1)):
                break
            if token.tag is Tag.COMMA and not self._list_goes_on(i, limit):
                break
            if token.tag in (
                Tag.NOMINAL,
                Tag.NAME,
                Tag.NUMBER,
                Tag.CLOSE,
                Tag.PAST,
                Tag.PARTICIPLE,
                Tag.BASE,
                Tag.THIRD,
            ):
                last = i
        return last

    def _list_goes_on(self, comma: int, limit: int) -> bool:
        """After a comma the list of goods goes on where "and" or a further comma follows within a few words."""
        tokens = self.sentence.tokens
        following = tokens[comma + 1 : min(comma + 7, limit + 1)]
        if (
            not following
            or following[0].lower in _ENDS
            or following[0].tag in (Tag.PREPOSITION, Tag.PARTICIPLE, Tag.PAST)
        ):
            return False
        return any(t.lower in ("and", "or", "&") for t in following[:6]) and following[0].lower not in (
            "which",
            "while",
        )


_ENDS = frozenset(
    "starting effective beginning until till since in by at after before during because as over under unless through "
    "within with that amid despite pending following but announced".split()
)
_SELLERS = frozenset({"from", "made", "originating", "produced", "of", "in", "to", "into", "entering"})


def _goods(
    text: str, sentence: ParsedSentence, first: int, last: int, mentions: list[Mention]
) -> tuple[str | None, str | None]:
    """Goods (without the country that sells them) and class named in tokens `first` to `last`."""
    words = tariff_words()
    tokens = sentence.tokens
    start, end = first, last
    for mention in mentions:
        at = sentence.token_at(mention.start)
        if at == start or (at == start + 1 and tokens[start].tag in (Tag.DETERMINER, Tag.POSSESSIVE)):
            start = sentence.token_at(mention.end - 1) + 1
            while start <= end and tokens[start].tag in (Tag.GENITIVE, Tag.COORDINATOR, Tag.COMMA):
                start += 1
        elif at > start:
            cut = at - 1
            while cut > start and (
                tokens[cut].lower in _SELLERS or tokens[cut].tag in (Tag.DETERMINER, Tag.COORDINATOR, Tag.COMMA)
            ):
                cut -= 1
            if tokens[cut + 1].lower in _SELLERS:
                end = min(end, cut)
    while start <= end and tokens[start].tag in (Tag.DETERMINER, Tag.POSSESSIVE):
        start += 1
    if start > end:
        return None, None
    named = text[tokens[start].start : tokens[end].end]
    inside = {t.lower for t in tokens[start : end + 1]}
    if not mentions and inside & words.classes:
        return None, named
    if inside <= words.goods | {"all", "other", "of", "the", "its", "their", "and", "most", "some", "many", "certain"}:
        return None, None
    for lead in ("imported ", "imports of ", "exports of ", "shipments of ", "all imports of ", "all "):
        named = named.removeprefix(lead)
    trimmed = " ".join(w for w in named.split(" "))
    for tail in (" imports", " exports"):
        trimmed = trimmed.removesuffix(tail)
    return trimmed or None, None
