"""Who a phrase names as giver: actors, donors without a name, things that are no giver."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.extraction.aid.facts import ActorFacts
from communique.extraction.aid.syntax import lowers, with_of
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Mention

_STATELESS = ("armed_force:", "government_body:")
_DONOR_IDS = ("country:", "international_organisation:", "group:", "other_organisation:")
_SEATED = ("-based", "-headquartered", "-led", "-backed", "-funded", "-run")
_MISSIONS = ("High Commission", "Embassy", "Consulate")
"""Missions that do not say whose they are."""
MONTHS = frozenset("""january february march april may june july august september october november december""".split())
_TIMES = frozenset({"last", "this", "next", "earlier", "today", "yesterday", "late", "early"})


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives: `ids` in order of the text; `unnamed` for "donors", "partners"; `elsewhere` where the clause has no
    giver of its own ("the package includes"), `unknown` where it has one that is no donor; `agency` the channel that a
    donor's agency is; `gapped` where its verb is left out; `speaking` where it is a "we" of no known speaker;
    `official` where it is an official of no known country; `commercial` where it is a firm without a name; `partner`
    the other party of what two sign; `sourced` where "from" says who it is.
    """

    ids: tuple[str, ...] = ()
    unnamed: bool = False
    elsewhere: bool = False
    unknown: bool = False
    agency: Mention | None = None
    gapped: bool = False
    speaking: bool = False
    partner: str | None = None
    official: bool = False
    commercial: bool = False
    sourced: bool = False

    @property
    def found(self) -> bool:
        return bool(self.ids or self.unnamed)


ELSEWHERE = Giver(elsewhere=True)


@dataclass(frozen=True)
class GiverNames(ActorFacts):
    """Reads phrases of one article as givers."""

    def givers_in(self, index: int, phrases: tuple[NounPhrase, ...]) -> Giver:
        ids: list[str] = []
        unnamed = unknown = thing = spoken = counted = trading = False
        agency: Mention | None = None
        partner: str | None = None
        sentence = self.annotations.parsed(index)
        for head in phrases:
            phrase = self._named_part(sentence, _without_time(sentence, head))
            named = self._without_seats(self.roles.mentions_over(phrase.start, phrase.end))
            if sentence.tokens[phrase.head].lower in aid_words().gatherings:
                unnamed = True
            elif (home := self._lawmaking(sentence, head, named)) is not None:
                ids.append(home)
            elif named and (taker := self._owner_of_donors(sentence, phrase, named)) is not None:
                unnamed, partner = True, taker
            elif named and (_counted(sentence, phrase) or _is_private(sentence, phrase, named)):
                unknown = True
                counted = sentence.tokens[phrase.head].lower in aid_words().giver_nouns
            elif (maker := self._maker(sentence, phrase)) is not None:
                ids += self.giver_of([maker]).ids
            elif self._is_thing(sentence, phrase) and not any(self.may_give(m) for m in named):
                thing = True
            elif named:
                giver = self.giver_of(
                    self._owners_of_plan(named) or self._neighbour(phrase, named) or self.heads(named)
                )
                agency = agency or giver.agency
                unknown = unknown or giver.unknown
                ids += giver.ids
            elif (state := self.government_by_initials(sentence.tokens[phrase.head].text)) is not None:
                ids.append(state)
            elif self._is_bare_state(sentence, phrase) and (label := self.labelled(sentence.start)):
                ids += label.ids
            elif sentence.tokens[phrase.head].lower == "they" and (before := self._spoken_of_before(index)).found:
                ids += before.ids
                unnamed = before.unnamed
            elif (who := self.roles.actor_of(index, phrase)) and who.startswith(_DONOR_IDS):
                ids.append(who)
            elif set(lowers(sentence, phrase.first, phrase.last)) & aid_words().giver_nouns:
                unnamed = True
            elif sentence.tokens[phrase.head].lower in ("we", "i"):
                thing = spoken = True
            else:
                unknown = True
                trading = trading or sentence.tokens[phrase.head].lower in word_set("givers", "commercial")
        found = tuple(dict.fromkeys(ids))
        if counted and found:
            return Giver(unnamed=True)
        nobody = not found and not unnamed
        elsewhere, strange = thing and nobody, unknown and nobody
        return Giver(found, unnamed, elsewhere, strange, agency, speaking=spoken, partner=partner, commercial=trading)

    def _without_seats(self, named: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The mentions without those that tell where another is at home: "the Kuwait-based Arab Fund"."""
        return tuple(m for m in named if not self.text.startswith(_SEATED, m.end)) or named

    def _owner_of_donors(self, sentence: ParsedSentence, phrase: NounPhrase, named: tuple[Mention, ...]) -> str | None:
        """The country to which nameless donors give: "Malawi's mainly Western donors"."""
        giving = sentence.tokens[phrase.head].lower in word_set("givers", "of_takers")
        owned = self.text[named[0].end : named[0].end + 2] in ("'s", "’s", "' ", "’ ")
        role = self.roles.role(named[0].actor_id) if giving and owned else None
        return role if role is not None and role.startswith("country:") else None

    def _lawmaking(self, sentence: ParsedSentence, phrase: NounPhrase, named: tuple[Mention, ...]) -> str | None:
        """The country of a parliament, or of the bill before it, that a phrase names without its country."""
        words = aid_words()
        tokens = sentence.tokens[phrase.first : phrase.last + 1]
        voting = any(t.lower in words.lawmakers and t.text[0].isupper() for t in tokens)
        voting = voting or sentence.tokens[phrase.head].lower in words.bills | (words.lawmakers - {"house"})
        known = (m for m in named if not words.lawmakers.issuperset(self.text[m.start : m.end].lower().split()))
        if not voting or any(self.may_give(m) for m in known) or self._maker(sentence, phrase) is not None:
            return None
        return self.lawmakers_home

    @property
    def lawmakers_home(self) -> str | None:
        """The country whose parliament the article speaks of: that of the officials it names, or of words for it."""
        return self.annotations.once("GiverNames.lawmakers_home", self._find_lawmakers_home)

    def _find_lawmakers_home(self) -> str | None:
        text = self.annotations.article.text
        for country, names in aid_words().lawmakers_of.items():
            if any(name in text for name in names):
                return country
        bodies = (
            m for m in self.roles.speaking if self.type_of(m) in ("government_body", "person") or m.kind == "office"
        )
        homes = Counter(role for m in bodies if (role := self.roles.role(m.actor_id)) and role.startswith("country:"))
        return homes.most_common(1)[0][0] if homes else None

    def labelled(self, start: int) -> Giver | None:
        """The giver that labels a line: "JAPAN: Pledged $5m"."""
        text = self.annotations.article.text
        named = self.roles.mentions_in(start, start + 60)
        if (
            named
            and named[0].start <= start + 4
            and text[named[0].end : named[0].end + 3].lstrip()[:1] in (":", "–", "—")
        ):
            giver = self.giver_of([named[0]])
            return giver if giver.found else None
        return None

    def _named_part(self, sentence: ParsedSentence, phrase: NounPhrase) -> NounPhrase:
        """The part of a phrase that names an actor: "of Japan" in "the Government of Japan"."""
        chain = with_of(sentence, phrase)[:3]
        return next((p for p in chain if self.roles.mentions_over(p.start, p.end)), phrase)

    def _spoken_of_before(self, index: int) -> Giver:
        """The givers that are the subject of the sentence before, nameless or named, whom "they" takes up."""
        if not index:
            return ELSEWHERE
        before = self.annotations.parsed(index - 1)
        above = next((g for g in before.groups if g.form == "finite"), None)
        phrases = subject(before, above) if above else ()
        plural = [p for p in phrases if not aid_words().giver_nouns.isdisjoint(lowers(before, p.first, p.last))]
        if len(phrases) < 2 and not plural:
            return ELSEWHERE
        named = [m for p in phrases for m in self.roles.mentions_over(p.start, p.end) if self.may_give(m)]
        found = self.giver_of(named) if named else ELSEWHERE
        return found if found.found else Giver(unnamed=bool(plural), elsewhere=not plural)

    @staticmethod
    def _is_bare_state(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
        """Whether a phrase is "it", "the government" or the like, which the label of a line stands for."""
        first, head = sentence.tokens[phrase.first].lower, sentence.tokens[phrase.head].lower
        return head == "it" or (first == "the" and head in ("government", "country", "authorities", "ministry"))

    def _maker(self, sentence: ParsedSentence, phrase: NounPhrase) -> Mention | None:
        """Who passed or signed the act that gives: "a bill passed by the U.S. House provided"."""
        group = next((g for g in sentence.groups if g.first == phrase.last + 1 and g.form == "participle"), None)
        if group is None or not self._is_thing(sentence, phrase):
            return None
        by = next((p for p in sentence.phrases if p.first > group.last and p.preposition == "by"), None)
        named = self.roles.mentions_over(by.start, by.end) if by is not None and by.first <= group.last + 3 else ()
        return next((m for m in named if self.may_give(m)), None)

    def _is_thing(self, sentence: ParsedSentence, phrase: NounPhrase) -> bool:
        """Whether a subject is the aid itself, or a document: "the package provides", "this brings"."""
        head = sentence.tokens[phrase.head].lower
        return head in aid_words().things or head in aid_words().aid_nouns

    def _owners_of_plan(self, named: tuple[Mention, ...]) -> list[Mention]:
        """Whoever owns a plan that is named with a name of its own: "President Rojas's Seeds for All Initiative"."""
        plan = self.annotations.article.text[named[-1].start : named[-1].end].rpartition(" ")[2].lower()
        return [named[0]] if len(named) > 1 and plan in word_set("givers", "plans") and self.owns(named[0]) else []

    def heads(self, named: tuple[Mention, ...]) -> list[Mention]:
        """The mentions that a phrase is about: its first one with those joined to it."""
        text = self.annotations.article.text
        joined = [named[0]]
        for before, mention in pairwise(named):
            if text[before.end : mention.start].strip(" ,\n") in ("and", "and the", "&"):
                joined.append(mention)
        if len(named) > 1 and len(joined) == 1 and not self.may_give(named[0]):
            return [named[-1]]
        return joined

    def _neighbour(self, phrase: NounPhrase, named: tuple[Mention, ...]) -> list[Mention]:
        """The country that is called what it is to another: "Kuwait's neighbour Saudi Arabia"."""
        last, ends = named[-1], named[-1].end == phrase.end and len(named) > 1
        owned = self.annotations.article.text[named[0].end : named[0].end + 2] in ("'s", "’s", "s'", "' ", "’ ")
        return [last] if ends and owned and self.type_of(last) == "country" and last.kind == "name" else []

    def giver_of(self, mentions: list[Mention]) -> Giver:
        ids: list[str] = []
        agency: Mention | None = None
        bare = False
        for mention in mentions:
            if self.text[mention.start : mention.end] in _MISSIONS:
                bare = True
                continue
            role = self.roles.role(mention.actor_id) if self.may_give(mention) else None
            if role is None or role.startswith(_STATELESS):
                continue
            actor = self.annotations.actors[mention.actor_id]
            named = actor.name.lower()
            if named.endswith(" high commission") and actor.country is not None:
                role = f"country:{actor.country}"
            if owner := self._owner_of_fund(mention) or aid_words().donors_of_channels.get(named):
                agency, role = agency or mention, owner
            if role != mention.actor_id and self.is_agency(mention):
                agency = agency or mention
            ids.append(role)
        return Giver(tuple(dict.fromkeys(ids)), elsewhere=bare and not ids, unknown=not (ids or bare), agency=agency)

    def _owner_of_fund(self, mention: Mention) -> str | None:
        """The country that gives through a fund or bank of its own: "the United States Emergency Refugee Fund"."""
        actor = self.annotations.actors[mention.actor_id]
        name = actor.name.lower()
        fund = name.rpartition(" ")[2] == "fund" or any(bank in name for bank in word_set("givers", "state_banks"))
        owned = fund and actor.type == "other_organisation" and actor.country is not None
        return f"country:{actor.country}" if owned else None


def _without_time(sentence: ParsedSentence, phrase: NounPhrase) -> NounPhrase:
    """The phrase without the words of time behind it: "the prime minister last week"."""
    for i in range(phrase.first + 1, phrase.last + 1):
        if sentence.tokens[i].lower in _TIMES:
            return replace(phrase, last=i - 1, head=min(phrase.head, i - 1), end=sentence.tokens[i - 1].end)
    return phrase


def _is_private(sentence: ParsedSentence, phrase: NounPhrase, named: tuple[Mention, ...]) -> bool:
    """Whether a nationality only tells where private givers are from ("Norwegian charities")."""
    head = sentence.tokens[phrase.head].lower
    return head in aid_words().private_givers and all(m.kind == "demonym" for m in named)


def _counted(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase counts people ("the 700,000 Cubans"): private givers."""
    return any(
        sentence.tokens[i].tag == Tag.NUMBER
        and not is_year(sentence.tokens[i].text)
        and lowers(sentence, i - 1, i - 1)[0] not in MONTHS
        for i in range(phrase.first, phrase.last + 1)
    )


def is_year(figure: str) -> bool:
    """Whether a phrase opens with a year that belongs to the words before it ("in 2024 Poland")."""
    return len(figure) == 4 and figure.isdigit()


def is_at_meeting(sentence: ParsedSentence) -> bool:
    """Whether the sentence opens at a meeting, where many give: "At the conference, $5m was pledged"."""
    opening = sentence.phrases[0] if sentence.phrases else None
    meeting = opening is not None and sentence.tokens[opening.head].lower in aid_words().gatherings
    return meeting and opening is not None and opening.preposition in ("in", "at", "during")
