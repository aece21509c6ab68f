"""Who gives and who benefits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from communique.articles.model import SentenceKind
from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import agent, complements, objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Annotations, Mention
from communique.extraction.roles import Roles

_DONOR_TYPES = frozenset(
    {"country", "government_body", "international_organisation", "group", "armed_force", "person", "other_organisation"}
)
_CHANNEL_TYPES = frozenset(
    {"international_organisation", "other_organisation", "government_body", "research_organisation", "company"}
)
_UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Giver:
    """Donors of an act: `ids` in order of the text; `unnamed` for "donors", "partners"; `barred` for firms and the like."""

    ids: tuple[str, ...] = ()
    unnamed: bool = False
    barred: bool = False
    agency: Mention | None = None


@dataclass(frozen=True)
class Parties:
    """Finds the parties in one article."""

    annotations: Annotations
    roles: Roles

    def giver(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """Who gives the theme: the act's subject or agent, else the owner of what is given."""
        act = bound.act
        owner = self._owner(index, sentence, bound)
        if act is None or act.sort in (Sort.NOUN, Sort.TOTAL):
            return owner
        if act.sort is Sort.RECEIVING:
            return self._from(index, sentence, act)
        group = act.group
        if group is None:
            return owner
        if group.passive or group.form == "participle" or act.sort is Sort.MOVING:
            done = self._givers(index, agent(sentence, group)) if act.sort is not Sort.MOVING else Giver()
            return (
                owner
                if owner.ids and (act.sort is Sort.STOPPING or not done.ids)
                else (done if _known(done) else owner)
            )
        done = self._givers(index, subject(sentence, group))
        return done if _known(done) else owner

    def _owner(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """The possessor or nationality of the theme or of the noun of giving: "Japan's loan", "the Dutch contribution"."""
        heads = [bound.theme.first]
        if bound.act is not None and bound.act.sort is Sort.NOUN:
            heads.insert(0, bound.act.first)
        start, _ = bound.theme.described
        heads.append(sentence.token_at(start))
        for head in heads:
            phrase = next((p for p in sentence.phrases if p.first <= head <= p.last), None)
            if phrase is None:
                continue
            limit = sentence.tokens[head].start if head != phrase.first else phrase.end
            named = [m for m in self.roles.mentions_in(phrase.start, limit) if self._may_give(m)]
            owning = [m for m in named if self._owns(m)]
            if owning:
                return self._giver_of(owning[:1])
            first = sentence.tokens[phrase.first]
            if first.tag is Tag.POSSESSIVE and (who := self.roles.pronoun(index, first.lower, phrase.start)):
                return Giver((who,))
        return self._by_or_from(index, sentence, bound)

    def _owns(self, mention: Mention) -> bool:
        text = self.annotations.article.text
        return text[mention.end : mention.end + 2] in ("'s", "’s", "' ", "’ ") or mention.kind in (
            "demonym",
            "acronym",
            "capital",
            "office",
        )

    def _by_or_from(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        for phrase in sentence.phrases_between(bound.theme.last + 1, bound.theme.last + 14):
            if phrase.preposition in ("from", "by"):
                found = self._givers(index, (phrase,))
                if found.ids:
                    return found
        return Giver()

    def _from(self, index: int, sentence: ParsedSentence, act: Act) -> Giver:
        if act.group is None:
            return Giver()
        for phrase in complements(sentence, act.group):
            if phrase.preposition in ("from", "by"):
                return self._givers(index, (phrase,))
        return Giver()

    def _givers(self, index: int, phrases: tuple[NounPhrase, ...]) -> Giver:
        ids: list[str] = []
        unnamed = barred = False
        agency: Mention | None = None
        for phrase in phrases:
            named = self.roles.mentions_in(phrase.start, phrase.end)
            if named:
                giver = self._giver_of(self._heads(named))
                barred = barred or giver.barred
                agency = agency or giver.agency
                ids += giver.ids
            elif who := self.roles.actor_of(index, phrase):
                ids.append(who)
            elif self._is_giver_noun(index, phrase):
                unnamed = True
        return Giver(tuple(dict.fromkeys(ids)), unnamed, barred and not ids, agency)

    def _heads(self, named: tuple[Mention, ...]) -> list[Mention]:
        """The mentions that a phrase is about: its owners and nationalities first, one actor per phrase."""
        text = self.annotations.article.text
        joined = [named[0]]
        for before, mention in zip(named, named[1:], strict=False):
            if text[before.end : mention.start].strip(" ,") in ("and", "and the", "", "&"):
                joined.append(mention)
        return joined

    def _is_giver_noun(self, index: int, phrase: NounPhrase) -> bool:
        sentence = self.annotations.parsed(index)
        return any(t.lower in aid_words().giver_nouns for t in sentence.tokens[phrase.first : phrase.last + 1])

    def _giver_of(self, mentions: list[Mention]) -> Giver:
        ids: list[str] = []
        barred = False
        agency: Mention | None = None
        for mention in mentions:
            if not self._may_give(mention):
                barred = True
                continue
            role = self.roles.role(mention.actor_id)
            if role is None:
                barred = True
                continue
            if role != mention.actor_id and self._type(mention) == "government_body" and self._is_agency(mention):
                agency = agency or mention
            ids.append(role)
        return Giver(tuple(dict.fromkeys(ids)), False, barred and not ids, agency)

    def _type(self, mention: Mention) -> str:
        actor = self.annotations.actors.get(mention.actor_id)
        return actor.type if actor else ""

    def _may_give(self, mention: Mention) -> bool:
        return self._type(mention) in _DONOR_TYPES

    def _is_agency(self, mention: Mention) -> bool:
        actor = self.annotations.actors.get(mention.actor_id)
        name = actor.name.lower() if actor else ""
        return any(w in name for w in ("agency", "development", "cooperation", "usaid", "humanitarian aid", "echo"))

    def recipient(
        self, index: int, sentence: ParsedSentence, bound: Bound, donor: str | None, until: int
    ) -> str | None:
        """Who benefits, as the sentence names it: the indirect object, else "to", "for", "in" after the theme."""
        act = bound.act
        group = act.group if act else None
        if group is not None and act is not None:
            if act.sort is Sort.RECEIVING:
                return self._first(index, subject(sentence, group), donor)
            if group.passive and bound.position == "object":
                found = self._first(index, subject(sentence, group), donor)
                if found:
                    return found
            if bound.position == "object" and (found := self._indirect(index, sentence, act, bound, donor)):
                return found
        after = self._in_stretch(index, sentence, bound.theme.last + 1, until, donor)
        if after:
            return after
        inside = self._in_stretch(
            index, sentence, sentence.token_at(bound.theme.described[0]), bound.theme.last + 1, donor
        )
        if inside:
            return inside
        if group is not None and bound.position == "object":
            return self._in_stretch(index, sentence, group.last + 1, bound.theme.first, donor)
        return None

    def _indirect(self, index: int, sentence: ParsedSentence, act: Act, bound: Bound, donor: str | None) -> str | None:
        if act.group is None:
            return None
        for phrase in objects(sentence, act.group):
            if phrase.first >= bound.theme.first:
                break
            if phrase.last < bound.theme.first - 0 and not self._modifies_aid(sentence, phrase):
                return self._first(index, (phrase,), donor)
        return None

    def _modifies_aid(self, sentence: ParsedSentence, phrase: NounPhrase) -> bool:
        return sentence.tokens[phrase.head].lower in aid_words().aid_nouns

    def _in_stretch(
        self, index: int, sentence: ParsedSentence, first: int, until: int, donor: str | None
    ) -> str | None:
        """The first beneficiary named in a stretch of tokens, those after "to" and "for" before others."""
        phrases = [p for p in sentence.phrases if first <= p.first and p.first < until] or [
            p for p in sentence.phrases if p.first < until and p.last >= first
        ]
        for wanted in (
            {"to", "for", "towards", "toward", "into"},
            {"in", "of", "against", "on", "across", "inside", None},
        ):
            for phrase in phrases:
                if phrase.preposition in wanted and (found := self._beneficiary(index, phrase, donor)):
                    return found
        return None

    def _beneficiary(self, index: int, phrase: NounPhrase, donor: str | None) -> str | None:
        for mention in self.roles.mentions_in(phrase.start, phrase.end):
            if self._type(mention) in ("country", "government_body", "armed_force", "person"):
                role = self.roles.role(mention.actor_id)
                if role and role.startswith("country:") and role != donor:
                    return role
        sentence = self.annotations.parsed(index)
        head = sentence.tokens[phrase.head].lower
        first = sentence.tokens[phrase.first]
        if first.lower == "the" and head in ("country", "government", "nation", "republic", "kingdom", "island"):
            found = self.roles.bare_noun(index, head, phrase.start)
            return found if found != donor else None
        return None

    def _first(self, index: int, phrases: tuple[NounPhrase, ...], donor: str | None) -> str | None:
        for phrase in phrases:
            if found := self._beneficiary(index, phrase, donor):
                return found
            who = self.roles.actor_of(index, phrase)
            if who and who != donor and who.startswith(("country:", "group:")):
                return who
        return None

    def topic(self, donor: str | None) -> str | None:
        """The country that the article is about, other than the donor: the title's, or the one most spoken of."""
        for country in self._title_countries:
            if country != donor and self._counts[country] >= 2:
                return country
        ranked = [c for c, _ in self._counts.most_common() if c != donor]
        if not ranked:
            return None
        others = sum(n for c, n in self._counts.items() if c != donor)
        return ranked[0] if self._counts[ranked[0]] >= 3 and self._counts[ranked[0]] * 5 >= others * 2 else None

    @cached_property
    def _counts(self) -> Counter[str]:
        roles = (m.actor_id for m in self.annotations.mentions)
        return Counter(r for r in roles if r.startswith("country:"))

    @cached_property
    def _title_countries(self) -> tuple[str, ...]:
        titles = [s for s in self.annotations.article.sentences if s.kind is SentenceKind.TITLE]
        found = [m.actor_id for s in titles for m in self.roles.mentions_in(s.start, s.end)]
        return tuple(dict.fromkeys(f for f in found if f.startswith("country:")))

    def channel(
        self, sentence: ParsedSentence, first: int, until: int, donor: str | None, recipient: str | None
    ) -> Mention | None:
        """The institution that a stretch of tokens names after "through", "via", "to", "into" or "by"."""
        for wanted in ({"through", "via", "under"}, {"to", "into", "for", "from", "with"}):
            for phrase in sentence.phrases:
                if first <= phrase.first < until and phrase.preposition in wanted:
                    for mention in self.roles.mentions_in(phrase.start, phrase.end):
                        role = self.roles.role(mention.actor_id)
                        if (
                            self._type(mention) in _CHANNEL_TYPES
                            and role not in (donor, recipient)
                            and not (role or "").startswith("country:")
                        ):
                            return mention
        return None


def _known(giver: Giver) -> bool:
    return bool(giver.ids or giver.unnamed or giver.barred)
