"""Who gives: the subject or agent of an act, the owner of what is given, the label of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.extraction.aid.acts import Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.facts import CHANNEL_TYPES, ActorFacts
from communique.extraction.aid.regions import clause_first
from communique.extraction.aid.syntax import (
    before_interruption,
    edge_between,
    in_relative,
    lowers,
    phrase_before,
    with_of,
)
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import agent, complements, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Mention

_DONOR_IDS = ("country:", "international_organisation:", "group:", "other_organisation:")
_GAP_WORDS = frozenset("a an another further about some up to more than at least around nearly over almost".split())
_LIGHT = frozenset(
    """make complete begin start continue finish resume speed accelerate expand step announce have see welcome include
    undertake""".split()
)


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives: `ids` in order of the text; `unnamed` for "donors", "partners"; `elsewhere` where the clause has no
    giver of its own ("the package includes"), `unknown` where it has one that is no donor; `agency` the channel that a
    donor's agency is; `gapped` where its verb is left out; `speaking` where it is a "we" of no known speaker.
    """

    ids: tuple[str, ...] = ()
    unnamed: bool = False
    elsewhere: bool = False
    unknown: bool = False
    agency: Mention | None = None
    gapped: bool = False
    speaking: bool = False

    @property
    def found(self) -> bool:
        return bool(self.ids or self.unnamed)


_ELSEWHERE = Giver(elsewhere=True)


@dataclass(frozen=True)
class Givers(ActorFacts):
    """Finds the givers in one article."""

    def giver(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """Who gives the theme: the act's subject or agent, else the owner of what is given."""
        act = bound.act
        if act is None or act.group is None or act.sort is Sort.TOTAL:
            return self._owner_or_subject(index, sentence, bound)
        if act.sort is Sort.RECEIVING:
            return self._from(index, sentence, act.group)
        passive = act.group.passive or (act.group.form == "participle" and bound.position == "subject")
        if not passive and act.sort is not Sort.MOVING:
            done = self._subject(index, sentence, act.group)
            return done if done.found else self._or(self._owner(index, sentence, bound), done)
        owner = self._owner(index, sentence, bound)
        doer = self._givers(index, agent(sentence, act.group)) if act.sort is not Sort.MOVING else _ELSEWHERE
        first, second = (owner, doer) if act.sort is Sort.STOPPING or not doer.found else (doer, owner)
        return self._or(first, second)

    def labelled(self, start: int) -> Giver | None:
        """The giver that labels a line: "JAPAN: Pledged $5m"."""
        text = self.annotations.article.text
        named = self.roles.mentions_in(start, start + 60)
        if (
            named
            and named[0].start <= start + 4
            and text[named[0].end : named[0].end + 3].lstrip()[:1] in (":", "–", "—")
        ):
            giver = self._giver_of([named[0]])
            return giver if giver.found else None
        return None

    def gapped(self, sentence: ParsedSentence, bounds: tuple[Bound, ...], i: int) -> Giver | None:
        """The giver of a sum whose verb is left out: "Japan pledged $5m, France $8m and Italy $6m"."""
        theme = bounds[i].theme
        if not i or bounds[i - 1].act is not bounds[i].act or theme.amount is None:
            return None
        before = phrase_before(sentence, theme.first)
        inside = next((p for p in sentence.phrases if p.first < theme.first <= p.last), before)
        if inside is None or sentence.tokens[inside.first - 1].lower not in (",", "and", ";", "while"):
            return self._from_after(theme.end)
        named = self.roles.mentions_in(inside.start, theme.start)
        text = self.annotations.article.text
        if not named or set(text[named[-1].end : theme.start].split()) - _GAP_WORDS:
            return self._from_after(theme.end)
        giver = self._giver_of(list(named[-1:]))
        return replace(giver, gapped=True) if giver.found else None

    def _from_after(self, end: int) -> Giver | None:
        """The giver named right after a sum of a list: "and $5m from Japan"."""
        text = self.annotations.article.text
        named = self.roles.mentions_in(end, end + 60)
        if not named or not re.fullmatch(r"\s+from\s+(?:the\s+)?", text[end : named[0].start]):
            return None
        giver = self._giver_of(list(named[:1]))
        return replace(giver, gapped=True) if giver.found else None

    @staticmethod
    def _or(first: Giver, second: Giver) -> Giver:
        return first if first.found else second

    def _subject(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """The giver in the subject: the phrase right before the verb where it names one, else as the grammar has it."""
        above = self._shared_subject(sentence, group)
        if above is not None:
            return self._subject(index, sentence, above)
        near = phrase_before(sentence, group.first)
        if near is not None and near.first < near.last and _is_year(sentence.tokens[near.first].text):
            near = replace(near, first=near.first + 1, start=sentence.tokens[near.first + 1].start, preposition=None)
        if near is not None and (near.preposition is None or self._ends_name(near)):
            found = self._givers(index, (near,))
            if found.found:
                return self._coordinated(index, sentence, group, near, found)
        phrases = subject(sentence, group)
        if group.first and sentence.tokens[group.first - 1].tag is Tag.COMMA:
            interrupted = before_interruption(sentence, group.first - 1)
            found = self._givers(index, (interrupted,)) if interrupted is not None else _ELSEWHERE
            if found.found:
                return found
            opening = next((p for p in sentence.phrases if p.preposition is None), None)
            found = self._givers(index, (opening,)) if opening and opening.last < group.first else _ELSEWHERE
            if found.found:
                return found
        if not phrases:
            return _ELSEWHERE
        return self._givers(index, phrases)

    @staticmethod
    def _shared_subject(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
        """The verb whose subject a coordinated verb shares ("delivered radars that X bought, and offered")."""
        i = group.first - 1
        while i >= 0 and sentence.tokens[i].tag is Tag.ADVERB:
            i -= 1
        if i < 0 or sentence.tokens[i].tag is not Tag.COORDINATOR or group.form != "finite":
            return None
        before = [g for g in sentence.groups if g.last < i and g.form == "finite" and not in_relative(sentence, g)]
        return before[-1] if before else None

    def _ends_name(self, phrase: NounPhrase) -> bool:
        """Whether a governed phrase is the tail of a long name ("the Agency for International Development")."""
        return any(m.start < phrase.start for m in self.roles.mentions_over(phrase.start, phrase.end))

    def _coordinated(
        self, index: int, sentence: ParsedSentence, group: VerbGroup, near: NounPhrase, found: Giver
    ) -> Giver:
        """The whole coordinated subject where the phrase before the verb is its last part."""
        phrases = subject(sentence, group)
        if len(phrases) > 1 and phrases[-1] == near:
            whole = self._givers(index, phrases)
            return whole if len(whole.ids) > len(found.ids) else found
        return found

    def _owner_or_subject(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        owner = self._owner(index, sentence, bound)
        if owner.found:
            return owner
        above = next((g for g in reversed(sentence.groups) if g.last < bound.theme.first and g.form == "finite"), None)
        light = bound.act is None or bound.act.sort is not Sort.NOUN
        if above is not None and not light:
            light = above.lemma in _LIGHT or above.lemma in aid_words().weak or above.lemma in aid_words().strong
        if (
            above is not None
            and light
            and not above.passive
            and not edge_between(sentence, above.last, bound.theme.first)
        ):
            done = self._subject(index, sentence, above)
            if done.found:
                return done
        return self._or(self._nationality_before(sentence, bound), _ELSEWHERE)

    def _owner(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """The possessor or nationality of the aid: "Japan's loan", "the Dutch contribution", "its support"."""
        words = aid_words()
        first = min(sentence.token_at(bound.theme.described[0]), bound.theme.first)
        if bound.act is not None and (bound.act.sort in (Sort.NOUN, Sort.TOTAL) or bound.position == "subject"):
            first = min(first, bound.act.first if bound.act.sort is Sort.NOUN else self._reach(sentence, bound, first))
        last = bound.theme.last
        before = phrase_before(sentence, first)
        if before is not None and sentence.tokens[before.last].tag is Tag.GENITIVE:
            owners = self.roles.mentions_in(before.start, before.end)
            if owners and (giver := self._giver_of(list(owners[-1:]))).found:
                return giver
        for phrase in [p for p in sentence.phrases if p.last >= first and p.first <= last]:
            spoken = set(lowers(sentence, phrase.first, phrase.last))
            if not (spoken & words.aid_nouns or spoken & words.goods or set(spoken) & words.giving_nouns.keys()):
                if not (phrase.first <= bound.theme.first <= phrase.last):
                    continue
            owning = [m for m in self.roles.mentions_over(phrase.start, phrase.end) if self.owns(m)]
            if owning and (giver := self._giver_of(owning[:1])).found:
                return giver
            opening = sentence.tokens[phrase.first]
            if opening.tag is Tag.POSSESSIVE and (who := self.roles.pronoun(index, opening.lower, phrase.start)):
                return Giver((who,))
        return self._attached(index, sentence, bound)

    def _reach(self, sentence: ParsedSentence, bound: Bound, first: int) -> int:
        """Where the subject of a total or passive may begin: behind the verb before it, or at the clause's edge."""
        if bound.act is None or bound.act.sort is not Sort.TOTAL:
            return clause_first(sentence, first)
        before = [g.last for g in sentence.groups if g.last < bound.act.first and not in_relative(sentence, g)]
        return max(before, default=-1) + 1

    def _attached(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """A giver after the theme: "from Japan", "of USAID", "by the Bank", with no verb between."""
        first = sentence.token_at(bound.theme.described[0])
        for phrase in sentence.phrases_between(first, bound.theme.last + 8):
            between = range(bound.theme.last + 1, phrase.first)
            if any(sentence.group_at(sentence.tokens[i].start) for i in between):
                break
            if phrase.preposition in ("from", "by") or (
                phrase.preposition == "of" and phrase.first < bound.theme.first
            ):
                found = self._givers(index, (phrase,))
                if found.ids:
                    return found
        return _ELSEWHERE

    def _nationality_before(self, sentence: ParsedSentence, bound: Bound) -> Giver:
        """Where a noun of giving has no owner: the actor that the sentence spoke of as acting ("Japanese efforts")."""
        if bound.act is None or bound.act.sort is not Sort.NOUN:
            return _ELSEWHERE
        finite = [g.end for g in sentence.groups if g.form == "finite" and g.last < bound.act.first]
        before = self.roles.mentions_in(max([sentence.start, *finite]), bound.theme.start)
        return self._giver_of([m for m in before if self.owns(m)][:1])

    def _from(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        for phrase in complements(sentence, group):
            if phrase.preposition in ("from", "by"):
                return self._givers(index, (phrase,))
        taker = [m for p in subject(sentence, group) for m in self.roles.mentions_over(p.start, p.end)]
        if taker and self.type_of(taker[0]) in CHANNEL_TYPES:
            return Giver(elsewhere=True, agency=taker[0])
        return _ELSEWHERE if taker and self.type_of(taker[0]) == "country" else Giver(unknown=True)

    def _givers(self, index: int, phrases: tuple[NounPhrase, ...]) -> Giver:
        ids: list[str] = []
        unnamed = unknown = thing = spoken = False
        agency: Mention | None = None
        sentence = self.annotations.parsed(index)
        for head in phrases:
            phrase = self._named_part(sentence, head)
            named = self.roles.mentions_over(phrase.start, phrase.end)
            if named and _counted(sentence, phrase):
                unknown = True
            elif self._is_thing(sentence, phrase) and not any(self.may_give(m) for m in named):
                thing = True
            elif named:
                giver = self._giver_of(self._heads(named))
                agency = agency or giver.agency
                unknown = unknown or giver.unknown
                ids += giver.ids
            elif (who := self.roles.actor_of(index, phrase)) and who.startswith(_DONOR_IDS):
                ids.append(who)
            elif set(lowers(sentence, phrase.first, phrase.last)) & aid_words().giver_nouns:
                unnamed = True
            elif sentence.tokens[phrase.head].lower in ("we", "i"):
                thing = spoken = True
            else:
                unknown = True
        found = tuple(dict.fromkeys(ids))
        nobody = not found and not unnamed
        return Giver(found, unnamed, thing and nobody, unknown and nobody, agency, speaking=spoken)

    def _named_part(self, sentence: ParsedSentence, phrase: NounPhrase) -> NounPhrase:
        """The part of a phrase that names an actor: "of Japan" in "the Government of Japan"."""
        chain = with_of(sentence, phrase)[:3]
        return next((p for p in chain if self.roles.mentions_over(p.start, p.end)), phrase)

    def _is_thing(self, sentence: ParsedSentence, phrase: NounPhrase) -> bool:
        """Whether a subject is the aid itself, or a document: "the package provides", "this brings"."""
        head = sentence.tokens[phrase.head].lower
        return head in aid_words().things or head in aid_words().aid_nouns

    def _heads(self, named: tuple[Mention, ...]) -> list[Mention]:
        """The mentions that a phrase is about: its first one with those joined to it."""
        text = self.annotations.article.text
        joined = [named[0]]
        for before, mention in pairwise(named):
            if text[before.end : mention.start].strip(" ,\n") in ("and", "and the", "&"):
                joined.append(mention)
        if len(named) > 1 and len(joined) == 1 and not self.may_give(named[0]):
            return [named[-1]]
        return joined

    def _giver_of(self, mentions: list[Mention]) -> Giver:
        ids: list[str] = []
        agency: Mention | None = None
        for mention in mentions:
            role = self.roles.role(mention.actor_id) if self.may_give(mention) else None
            if role is None:
                continue
            if owner := aid_words().donors_of_channels.get(self.annotations.actors[mention.actor_id].name.lower()):
                agency, role = agency or mention, owner
            if role != mention.actor_id and self.is_agency(mention):
                agency = agency or mention
            ids.append(role)
        return Giver(tuple(dict.fromkeys(ids)), unknown=not ids, agency=agency)


def _counted(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase counts people ("the 700,000 Cubans"): private givers."""
    return any(t.tag is Tag.NUMBER and not _is_year(t.text) for t in sentence.tokens[phrase.first : phrase.last + 1])


def _is_year(figure: str) -> bool:
    """Whether a phrase opens with a year that belongs to the words before it ("in 2024 Poland")."""
    return len(figure) == 4 and figure.isdigit()
