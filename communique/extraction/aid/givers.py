"""Who gives: the subject or agent of an act, the owner of what is given, the label of a line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.extraction.aid.acts import Sort
from communique.extraction.aid.antecedents import comes_from
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.facts import CHANNEL_TYPES
from communique.extraction.aid.gaps import Gaps
from communique.extraction.aid.naming import ELSEWHERE, Giver, is_at_meeting
from communique.extraction.aid.sharing import BETWEEN_PARTIES
from communique.extraction.aid.sources import joined_owner, sources
from communique.extraction.aid.stated import procurement
from communique.extraction.aid.subjects import members_named
from communique.extraction.aid.syntax import (
    clause_first,
    edge_between,
    in_relative,
    lowers,
    phrase_before,
)
from communique.extraction.aid.taking import CUTTING
from communique.extraction.aid.vehicles import COMING_WITH
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_LIGHT = frozenset(
    """make complete begin start continue finish resume speed accelerate expand step announce have see welcome include
    undertake expedite hasten fast-track lift end reverse cancel impose order confirm reaffirm reiterate
    repeat""".split()
)


_TAKERS = frozenset({"beneficiary", "beneficiaries", "recipient", "recipients", "borrower", "borrowers"})
_NOT_OWNING = frozenset({"to", "for", "since", "after", "against", "during", "before"})
_TELLING = frozenset({"announce", "unveil", "declare"})
_WORLDWIDE = frozenset({"world", "worldwide", "international", "global"})


@dataclass(frozen=True)
class Givers(Gaps):
    """Finds the givers in one article."""

    def giver(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """Who gives the theme: the act's subject or agent, else the owner of what is given."""
        home = self._home_government(sentence, bound)
        return self._giver(index, sentence, bound) if home is None else Giver((home,))

    def _home_government(self, sentence: ParsedSentence, bound: Bound) -> str | None:
        """The country whose government a bare "the Government" is, where the sum is in that country's own money; "the
        Commission" that gives euros is the European one.
        """
        act, amount = bound.act, bound.theme.amount
        if act is None or act.group is None or act.group.passive or amount is None or amount.currency == "USD":
            return None
        doers = subject(sentence, act.group)
        spoken = lowers(sentence, doers[0].first, doers[0].last) if len(doers) == 1 else []
        if spoken == ["the", "commission"] and amount.currency == "EUR":
            return "international_organisation:european-union"
        bare = spoken == ["the", "government"]
        return self.home_of(amount) if bare else None

    def _giver(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        act = bound.act
        if act is not None and act.group is not None and act.sort is Sort.TOTAL and act.lemma in CUTTING:
            cutter = ELSEWHERE if act.group.passive else self._subject(index, sentence, act.group)
            if cutter.ids:
                return cutter
        if act is not None and act.sort is Sort.NOUN and (by := self._behind_noun(index, sentence, act.last)).found:
            return by
        if act is None or act.group is None or act.sort is Sort.TOTAL:
            return (
                Giver(unnamed=True)
                if self._is_of_all(sentence, bound)
                else self._owner_or_subject(index, sentence, bound)
            )
        if act.lemma in COMING_WITH and bound.position == "subject":
            return self._or(self._from(index, sentence, act.group), self._owner(index, sentence, bound))
        if act.lemma in COMING_WITH:
            sender = self._or(self._sender(index, sentence, act.group), self._owner(index, sentence, bound))
            return self._or(sender, self._attached(index, sentence, bound))
        if act.sort is Sort.RECEIVING:
            source = self._from(index, sentence, act.group)
            if source.found:
                return replace(source, sourced=True)
            thanked = self.whom_it_thanks(index, sentence, act.group)
            if thanked.found:
                return thanked
            lender = self._lending_announcer(index, sentence, bound)
            return lender if lender.found else self._or(self._owner(index, sentence, bound), source)
        if act.sort is Sort.MOVING and (source := self._from(index, sentence, act.group)).ids:
            return source
        origin = comes_from(sentence, sentence.token_at(bound.theme.described[0])) if act.lemma == "be" else None
        if origin is not None and (joined := self.givers_in(index, (origin,))).ids:
            return joined
        if act.lemma == "be" and (source := self._antecedent(index, sentence, act.group)).ids:
            return source
        passive = act.group.passive or (act.group.form == "participle" and bound.position == "subject")
        if bound.position == "subject" and not passive and act.sort is not Sort.MOVING:
            return self._owner(index, sentence, bound)
        if (
            not passive
            and act.group.form == "gerund"
            and act.lemma in _TELLING
            and (own := self._own_gift(sentence, act.group))
        ):
            return own
        if not passive and (by := self._agent_of_noun(index, sentence, bound)).found:
            return by
        if (named := self._signing(index, sentence, bound)).ids or (
            named := self._promiser(index, sentence, bound)
        ).ids:
            return named
        if (principal := self._on_behalf(index, sentence, bound)).found:
            return principal
        if (party := self.party(index, sentence, bound)) is not None:
            return party
        if not passive and act.sort is not Sort.MOVING:
            done = self._subject(index, sentence, act.group)
            if done.unnamed and not done.ids and (members := self._members(sentence, act.group)):
                done = self._or(self.givers_in(index, members), done)
            if len(done.ids) == 2 and act.lemma in BETWEEN_PARTIES:
                owner = self._owner(index, sentence, bound)
                if (signing := self.between_parties(done, owner)) is not None:
                    return signing
            if self.is_singled_out(sentence, bound):
                return self._or(self._owner(index, sentence, bound), done)
            return done if done.found else self._or(self._owner(index, sentence, bound), done)
        if (above := procurement(sentence, act.group)) is not None:
            return self._subject(index, sentence, above)
        owner = self._owner(index, sentence, bound)
        agents = self._agents(sentence, act.group) if act.sort is not Sort.MOVING else ()
        doer = self.givers_in(index, agents) if agents else ELSEWHERE
        first, second = (owner, doer) if act.sort is Sort.STOPPING or not doer.found else (doer, owner)
        found = self._or(first, second)
        if found.found or agents or act.sort is Sort.STOPPING:
            return found
        if not agents and act.group.passive and is_at_meeting(sentence):
            return Giver(unnamed=True)
        senders = tuple(p for p in sources(sentence, act.group) if p.preposition == "from")[:1]
        if senders and (source := self.givers_in(index, senders)).found:
            return source
        return (
            self._or(self._or(found, self._announcer(index, sentence, bound)), self._speaker(index, sentence, bound))
            if act.status == "pledged" and bound.position == "subject"
            else found
        )

    def _members(self, sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
        """Who a plural is said to be: "donors that gave include Japan", "the two hosts - Japan and Laos - gave"."""
        last = sentence.tokens[group.first - 1]
        set_apart = last.tag in (Tag.COMMA, Tag.BREAK, Tag.OTHER)
        listed = self._listed_before(sentence, group.first - 1) if set_apart else ()
        return listed if len(listed) > 1 else members_named(sentence, group)

    def _is_of_all(self, sentence: ParsedSentence, bound: Bound) -> bool:
        """Whether a total is that of the whole world's gifts: "international donations have exceeded $5m"."""
        if bound.act is None or bound.act.sort is not Sort.TOTAL:
            return False
        phrase = phrase_before(sentence, bound.act.first)
        if phrase is None or self.roles.mentions_over(phrase.start, phrase.end):
            return False
        spoken = set(lowers(sentence, phrase.first, phrase.last))
        return not _WORLDWIDE.isdisjoint(spoken) and not aid_words().aid_nouns.isdisjoint(spoken)

    def _owner_or_subject(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        owner = self._owner(index, sentence, bound)
        before = None if owner.found or bound.act is None else comes_from(sentence, bound.act.first)
        if before is not None and (joined := self.givers_in(index, (before,))).found:
            return joined
        above = next((g for g in reversed(sentence.groups) if g.last < bound.theme.first and g.form == "finite"), None)
        if above is not None and not _TAKERS.isdisjoint(lowers(sentence, above.last + 1, bound.theme.first - 1)):
            taker = self._subject(index, sentence, above)
            return replace(owner, elsewhere=not owner.found, partner=next(iter(taker.ids), None))
        if owner.found:
            return owner
        accompanied = self._accompanies(sentence, bound)
        light = bound.act is None or bound.act.sort is not Sort.NOUN
        if above is not None and not light:
            light = above.lemma in _LIGHT or above.lemma in aid_words().weak or above.lemma in aid_words().strong
            light = light or accompanied
        if (
            above is not None
            and light
            and not above.passive
            and (accompanied or not edge_between(sentence, above.last, bound.theme.first))
        ):
            done = self._subject(index, sentence, above)
            if done.found:
                return done
        if bound.act is not None and bound.act.sort is Sort.TOTAL:
            spoken = lowers(sentence, clause_first(sentence, bound.act.first), bound.act.first - 1)
            return Giver(elsewhere=True, speaking="our" in spoken)
        return self._or(self._nationality_before(sentence, bound), ELSEWHERE)

    @staticmethod
    def is_singled_out(sentence: ParsedSentence, bound: Bound) -> bool:
        """Whether a sum is named as one of those given: "pledged $9m, including a Dutch grant of $2m"."""
        first = sentence.token_at(bound.theme.described[0])
        return any(p.preposition == "including" and p.first <= first <= p.last for p in sentence.phrases)

    @staticmethod
    def _accompanies(sentence: ParsedSentence, bound: Bound) -> bool:
        """Whether "with" joins what is given to its clause ("led the way with a promise of $5m")."""
        if bound.act is None:
            return False
        phrase = next((p for p in sentence.phrases if p.first <= bound.act.first <= p.last), None)
        return phrase is not None and phrase.preposition == "with"

    def _owner(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """The possessor or nationality of the aid: "Japan's loan", "the Dutch contribution", "its support"."""
        words = aid_words()
        first = min(sentence.token_at(bound.theme.described[0]), bound.theme.first)
        if bound.position == "part":
            first = clause_first(sentence, first)
        stated = bound.act is not None and (bound.act.sort in (Sort.NOUN, Sort.TOTAL) or bound.act.lemma == "be")
        if bound.act is not None and (stated or bound.position == "subject"):
            first = min(first, bound.act.first if bound.act.sort is Sort.NOUN else self._reach(sentence, bound, first))
        last = bound.theme.last
        whole = bound.act is None or bound.act.sort in (Sort.RECEIVING, Sort.STOPPING)
        if whole and bound.theme.amount is not None:
            last = sentence.token_at(bound.theme.described[1] - 1)
        own = min(sentence.token_at(bound.theme.described[0]), bound.theme.first)
        for before in (phrase_before(sentence, own), phrase_before(sentence, first)):
            if before is None or sentence.tokens[before.last].tag != Tag.GENITIVE:
                continue
            owners = self.roles.mentions_in(before.start, before.end)
            if owners and (giver := self.giver_of(list(owners[-1:]))).found:
                return giver
        if (sharer := joined_owner(sentence, own, last)) is not None:
            sharing = [m for m in self.roles.mentions_over(sharer.start, sharer.end) if self.owns(m)]
            if sharing and (giver := self.giver_of(sharing[:1])).found:
                return giver
        near = [p for p in sentence.phrases if p.last >= first and p.first <= last]
        for phrase in sorted(near, key=lambda p: p.last < own):
            if phrase.preposition in _NOT_OWNING and phrase.last < bound.theme.first:
                continue
            spoken = set(lowers(sentence, phrase.first, phrase.last))
            if not (spoken & words.aid_nouns or spoken & words.goods or set(spoken) & words.giving_nouns.keys()):
                if not (phrase.first <= bound.theme.first <= phrase.last):
                    continue
            owning = [m for m in self.roles.mentions_over(phrase.start, phrase.end) if self.owns(m)]
            lends = bool(owning) and self.type_of(owning[-1]) == "international_organisation"
            if len(owning) > 1 and (lends or self.is_agency(owning[-1])):
                owning = owning[-1:]
            if owning and (giver := self.giver_of(owning[:1])).found:
                return giver
            opening = sentence.tokens[phrase.first]
            if opening.tag == Tag.POSSESSIVE and (thanked := self.thanked(index, sentence, phrase)).found:
                return thanked
            if opening.tag == Tag.POSSESSIVE and (own_giver := self._named_behind_subject(index, sentence)).found:
                return own_giver
            if opening.tag == Tag.POSSESSIVE and (who := self.roles.pronoun(index, opening.lower, phrase.start)):
                return Giver((who,))
        return self._attached(index, sentence, bound)

    def _named_behind_subject(self, index: int, sentence: ParsedSentence) -> Giver:
        """The giver that "its" takes up from the words behind the subject: "the pledge by Japan came on top of its"."""
        opening, by = (*sentence.phrases, None, None)[:2]
        if opening is None or by is None or opening.preposition is not None or by.first != opening.last + 2:
            return ELSEWHERE
        named = self.roles.mentions_over(opening.start, opening.end)
        return self.givers_in(index, (by,)) if by.preposition == "by" and not named else ELSEWHERE

    def _reach(self, sentence: ParsedSentence, bound: Bound, first: int) -> int:
        """Where the subject of a total or passive may begin: behind the verb before it, or at the clause's edge."""
        if bound.act is None or (bound.act.sort is not Sort.TOTAL and bound.act.lemma != "be"):
            return clause_first(sentence, first)
        before = [g.last for g in sentence.groups if g.last < bound.act.first and not in_relative(sentence, g)]
        return max(before, default=-1) + 1

    def _attached(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """A giver after the theme: "from Japan", "of USAID", "by the Bank", with no verb between."""
        first = sentence.token_at(bound.theme.described[0])
        if bound.act is not None and bound.act.sort is Sort.TOTAL:
            first = min(first, bound.act.last + 1)
        for phrase in sentence.phrases_between(first, bound.theme.last + 8):
            between = range(bound.theme.last + 1, phrase.first)
            if any(sentence.group_at(sentence.tokens[i].start) for i in between):
                break
            outside = phrase.first > bound.theme.last
            inside = bound.act is not None and bound.act.sort is Sort.TOTAL and phrase.preposition == "from"
            if (phrase.preposition in ("from", "by") and (outside or inside)) or (
                phrase.preposition == "of" and phrase.first < bound.theme.first
            ):
                found = self.givers_in(index, (phrase,))
                if found.found:
                    return found
        return ELSEWHERE

    def _behind_noun(self, index: int, sentence: ParsedSentence, noun: int) -> Giver:
        """Whom "by" names right behind a noun of giving: "a pledge by Japan of $5m"."""
        phrase = next(iter(sentence.phrases_between(noun + 1, noun + 3)), None)
        by = phrase is not None and phrase.preposition == "by" and phrase.first == noun + 2
        return self.givers_in(index, (phrase,)) if phrase is not None and by else ELSEWHERE

    def _nationality_before(self, sentence: ParsedSentence, bound: Bound) -> Giver:
        """Where a noun of giving has no owner: the actor that the sentence spoke of as acting ("Japanese efforts")."""
        if bound.act is None or bound.act.sort is not Sort.NOUN:
            return ELSEWHERE
        finite = [g.end for g in sentence.groups if g.form == "finite" and g.last < bound.act.first]
        before = self.roles.mentions_in(max([sentence.start, *finite]), bound.theme.start)
        return self.giver_of([m for m in before if m.kind == "demonym"][:1])

    def _from(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        for phrase in sources(sentence, group):
            return self.givers_in(index, (phrase,))
        taker = [m for p in subject(sentence, group) for m in self.roles.mentions_over(p.start, p.end)]
        if taker and self.type_of(taker[0]) in CHANNEL_TYPES:
            return Giver(elsewhere=True, agency=taker[0])
        if taker and self.type_of(taker[0]) == "country":
            return ELSEWHERE
        pronouns = [self.roles.actor_of(index, p) for p in subject(sentence, group)] if not taker else []
        return ELSEWHERE if any(who and who.startswith("country:") for who in pronouns) else Giver(unknown=True)
