"""Who benefits: the indirect object, what follows "to" and "for", the country the article is about."""

from __future__ import annotations

from dataclasses import dataclass

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.facts import BODY_TYPES, STATE_TYPES
from communique.extraction.aid.places import Places
from communique.extraction.aid.reaching import (
    apart_from,
    are_people,
    ends_adverbial,
    is_given_aid,
    is_joined,
    is_object,
    is_opposed,
    opens_with_need,
    trimmed,
)
from communique.extraction.aid.sharing import BETWEEN_PARTIES
from communique.extraction.aid.syntax import clause_first, lowers, with_of
from communique.extraction.aid.taking import CUTTING
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.grammar.clauses import agent, objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag

TO = frozenset({"to", "for", "towards", "toward", "into"})
_AT = frozenset({"in", "on", "across", "inside", "within", "throughout", None})
_SPOKEN_OF = 400
_IN_REACH = 30
"""Phrases before the act among which its beneficiary is looked for: more than a sentence that people write has."""


@dataclass(frozen=True)
class Beneficiaries(Places):
    """Finds the beneficiaries in one article."""

    def recipient(
        self,
        index: int,
        sentence: ParsedSentence,
        bound: Bound,
        donor: str | None,
        until: int,
        giving: frozenset[str] = frozenset(),
    ) -> str | None:
        """Who benefits, as the sentence names it: the indirect object, else "to", "for", "in" after the theme.

        `giving` are the sentence's givers, who benefit only where they are said to.
        """
        act = bound.act
        group = act.group if act else None
        theme = bound.theme
        if act is not None and act.lemma == "forgive":
            return self._debtor(sentence, act, theme.last, donor)
        if act is not None and group is not None:
            if act.sort is Sort.RECEIVING:
                takers = agent(sentence, group) if group.passive else subject(sentence, group)
                found = self._first(index, takers, donor)
                if found is None and takers:
                    like = [
                        p for p in sentence.phrases_between(takers[0].last + 1, act.first) if p.preposition == "like"
                    ]
                    found = self._first(index, tuple(like), donor)
                bodies = (m for p in takers for m in self.roles.mentions_over(p.start, p.end))
                if found or all(self.type_of(m) not in BODY_TYPES for m in bodies):
                    return found
            taker = self._before_theme(index, sentence, act, bound, donor) if bound.position == "object" else None
            if taker is not None and (taker not in giving or group.passive):
                return taker
        if bound.position == "antecedent" and group is not None:
            promised = [p for p in sentence.phrases_between(group.last + 1, group.last + 3) if p.preposition is None]
            if found := self._first(index, tuple(promised), donor):
                return found
        after = self._in_stretch(index, sentence, theme.last + 1, until, donor, bound=bound, barred=giving)
        if after:
            return after
        if (party := self._other_party(index, sentence, act, (theme.last + 1, until), donor)) is not None:
            return party
        if act is not None and act.lemma in BETWEEN_PARTIES and act.last < theme.first:
            if (party := self._other_party(index, sentence, act, (act.last + 1, theme.first), donor)) is not None:
                return party
        if (
            act is not None
            and act.sort is Sort.STOPPING
            and (found := self._deprived(index, sentence, bound, until, donor))
        ):
            return found
        inside = sentence.token_at(theme.described[0])
        if found := self._in_stretch(index, sentence, inside, theme.last + 1, donor, whole=True, barred=giving):
            return found
        if group is not None and bound.position == "object":
            start = max(group.last + 1, apart_from(sentence, group.last + 1, theme.first))
            between = self._in_stretch(index, sentence, start, theme.first, donor, barred=giving)
            if between:
                return between
        cut = act is not None and group is not None and (act.sort is Sort.STOPPING or act.lemma in CUTTING)
        held = (act.last + 1, until) if act is not None and cut and act.last < theme.first else (inside, theme.last + 1)
        if donor is not None and held[0] < held[1] and (owner := self._owner(sentence, *held, donor)):
            return owner
        earlier = self._earlier(index, sentence, min(theme.first, act.first if act else theme.first), donor, act)
        return earlier or self._of_fund(sentence, theme.last + 1, until, donor)

    def _other_party(
        self, index: int, sentence: ParsedSentence, act: Act | None, reach: tuple[int, int], donor: str | None
    ) -> str | None:
        """Who signs with the giver: "signed a $5m credit agreement with Chad"."""
        first, until = reach
        signed = act is not None and act.lemma in BETWEEN_PARTIES
        for phrase in sentence.phrases_between(first, until - 1):
            if phrase.preposition == "with" and phrase.first > 1:
                named = sentence.tokens[phrase.first - 2].lower in word_set("beneficiaries", "agreements")
                agreed = named or (
                    signed and (phrase.first == first + 1 or (act is not None and first == act.last + 1))
                )
                return self._first(index, with_of(sentence, phrase), donor) if agreed else None
        return None

    def _of_fund(self, sentence: ParsedSentence, first: int, until: int, donor: str | None) -> str | None:
        """The country that a fund is named after: "$5m to the Chad Humanitarian Fund"."""
        if first >= until:
            return None
        for mention in self.roles.mentions_in(sentence.tokens[first].start, sentence.tokens[until - 1].end):
            actor = self.annotations.actors.get(mention.actor_id)
            fund = actor is not None and actor.name.rpartition(" ")[2].lower() in word_set("beneficiaries", "funds")
            if actor is not None and fund and actor.country and donor != f"country:{actor.country}":
                return f"country:{actor.country}"
        return None

    def _debtor(self, sentence: ParsedSentence, act: Act, last: int, donor: str | None) -> str | None:
        """Whose debt is given up: "Iraq's debt", "a debt owed by Iraq", "forgave Iraq $5m"."""
        first = min(act.last, sentence.token_at(max(sentence.start, sentence.tokens[last].start - 60)))
        end = sentence.tokens[min(last + 14, len(sentence.tokens) - 1)].end
        for mention in self.roles.mentions_in(sentence.tokens[first].start, end):
            role = self.roles.role(mention.actor_id) if self.type_of(mention) in STATE_TYPES else None
            if role and role.startswith("country:") and role != donor:
                return role
        return None

    def _owner(self, sentence: ParsedSentence, first: int, until: int, donor: str) -> str | None:
        """Whose aid it is where the giver is someone else: "withheld $5m of Egypt's military financing"."""
        start, end = sentence.tokens[first].start, sentence.tokens[until - 1].end
        for mention in self.roles.mentions_in(start, end):
            role = self.roles.role(mention.actor_id) if self.owns(mention) else None
            if role and role.startswith("country:") and role != donor:
                return role
        return None

    def _earlier(
        self, index: int, sentence: ParsedSentence, before: int, donor: str | None, act: Act | None
    ) -> str | None:
        """The beneficiary that the sentence names before the act ("In Niger, the EU"), or, where there is no act, in
        its subject ("the road in Niger was built with").
        """
        phrases = [p for p in sentence.phrases_between(0, before - 1) if p.last < before]
        aimed = _purpose_in_front(sentence)
        for phrase in reversed(phrases[-_IN_REACH:]):
            opening = phrase.last < aimed or phrase.first <= 2 or act is None or ends_adverbial(sentence, phrase)
            opening = opening or opens_with_need(sentence, phrase)
            opening = opening and phrase.preposition in (("in", "for", "of") if phrase.last < aimed else ("in", "for"))
            owner = sentence.tokens[max(0, phrase.first - 2)]
            sums = {t.tag for t in sentence.tokens[max(0, phrase.first - 3) : phrase.first - 1]}
            given = phrase.preposition in ("to", "for") and (
                owner.lower in aid_words().aid_nouns or Tag.NUMBER in sums or is_given_aid(sentence, phrase.first - 2)
            )
            behind = sentence.group_at(sentence.tokens[phrase.first - 1].start) if phrase.first else None
            helped = (
                phrase.preposition is None
                and behind is not None
                and behind.lemma in word_set("beneficiaries", "helping")
            )
            agreed = phrase.preposition == "with" and owner.lower in word_set("beneficiaries", "agreements")
            if (opening or given or helped) and (found := self._beneficiary(index, phrase, donor)):
                return found
            if agreed and (found := self._first(index, with_of(sentence, phrase), donor)):
                return found
        return None

    def _deprived(
        self, index: int, sentence: ParsedSentence, bound: Bound, until: int, donor: str | None
    ) -> str | None:
        """Who loses what is withheld "from" them."""
        phrases = sentence.phrases_between(bound.theme.last + 1, until - 1)
        return next((w for p in phrases if p.preposition == "from" and (w := self._beneficiary(index, p, donor))), None)

    def _before_theme(
        self, index: int, sentence: ParsedSentence, act: Act, bound: Bound, donor: str | None
    ) -> str | None:
        """The beneficiary before the theme: an indirect object, the subject of "was provided with", or, where a
        verb totals its object, that object's own ("brings our aid to Kenya to $5m")."""
        group = act.group
        if group is None:
            return None
        if act.sort is Sort.TOTAL:
            start = group.first if act.lemma in CUTTING else clause_first(sentence, group.first)
            return self._in_stretch(index, sentence, start, bound.theme.first, donor)
        if group.passive:
            return self._first(index, subject(sentence, group), donor)
        for phrase in objects(sentence, group):
            if phrase.first >= bound.theme.first:
                break
            if sentence.tokens[phrase.first].tag == Tag.CURRENCY:
                break
            if phrase.last >= bound.theme.first:
                return self._first(index, (trimmed(sentence, phrase, bound.theme.first),), donor)
            if sentence.tokens[phrase.head].lower not in aid_words().aid_nouns:
                return self._first(index, (phrase,), donor)
        return None

    def _in_stretch(
        self,
        index: int,
        sentence: ParsedSentence,
        first: int,
        until: int,
        donor: str | None,
        *,
        whole: bool = False,
        bound: Bound | None = None,
        barred: frozenset[str] = frozenset(),
    ) -> str | None:
        """The first beneficiary named in tokens `[first, until)`, those after "to" and "for" before others."""
        phrases = [p for p in sentence.phrases if first <= (p.last if whole else p.first) and p.first < until]
        reached = helped = False
        for phrase in phrases:
            hit = phrase.preposition == "by" and sentence.tokens[max(0, phrase.first - 2)].lower in word_set(
                "beneficiaries", "hit"
            )
            if lowers(sentence, phrase.first - 2, phrase.first - 2) == ["according"]:
                continue
            kept = phrase.preposition in ("at", "with", "in") and self._is_central_bank(phrase)
            goes_on = phrase.preposition == "of" or hit or is_joined(sentence, phrase)
            placed = reached and phrase.preposition in ("in", "across") and helped
            helped = hit or (phrase.preposition in TO and are_people(sentence, phrase)) or (helped and goes_on)
            reached = phrase.preposition in TO or kept or (reached and (goes_on or placed))
            if reached and (found := self._beneficiary(index, phrase, donor, barred)):
                return found
            if phrase.preposition in TO and self._is_region(sentence, phrase):
                return None
        for phrase in phrases:
            listed = phrase.preposition is None and (
                sentence.tokens[phrase.last].tag == Tag.NUMBER or (bound is not None and bound.position == "label")
            )
            if listed or (not whole and phrase.preposition is None and not is_object(sentence, phrase)):
                continue
            if is_opposed(sentence, phrase):
                continue
            land = self._land_of(sentence, phrase)
            if (phrase.preposition in _AT or whole) and (found := self._beneficiary(index, land, donor)):
                if found in barred:
                    continue
                if bound is None or not self._is_venue(sentence, phrase, bound, found, donor):
                    return found
        return None

    def _beneficiary(
        self, index: int, phrase: NounPhrase, donor: str | None, barred: frozenset[str] = frozenset()
    ) -> str | None:
        words, sentence = aid_words(), self.annotations.parsed(index)
        head = sentence.tokens[phrase.head].lower
        for mention in self.roles.mentions_over(phrase.start, phrase.end):
            if mention.start < phrase.start or self.is_money(mention):
                continue
            if head in words.states and "former" in lowers(sentence, phrase.first, phrase.head):
                break
            modifies = mention.end < sentence.tokens[phrase.head].start and not self._is_central_bank(phrase)
            fights = phrase.preposition == "for" and head in word_set("beneficiaries", "efforts") and self.owns(mention)
            own = phrase.preposition == "for" and head in word_set("beneficiaries", "undertakings")
            own = own and sentence.tokens[sentence.token_at(mention.end)].tag == Tag.GENITIVE
            barring = head in words.not_beneficiaries or (self.owns(mention) and head in words.aid_nouns)
            if modifies and barring and not (fights or own):
                continue
            if modifies and head in words.displaced and self._place_after(phrase, sentence):
                continue
            if self.type_of(mention) in STATE_TYPES:
                role = self.roles.role(mention.actor_id)
                if role and role.startswith("country:") and role != donor:
                    return role
        initials = self.government_by_initials(sentence.tokens[phrase.head].text)
        if initials is not None and initials != donor:
            return initials
        first = sentence.tokens[phrase.first]
        if (land := self._named_after(phrase, sentence)) is not None:
            return self._beneficiary(index, land, donor, barred) if phrase.preposition is None else None
        if first.lower in ("the", "that") and (
            head in words.states or lowers(sentence, phrase.first + 2, phrase.first + 2) == ["’s"]
        ):
            cause = (
                self.causes.country(donor)
                if head in word_set("beneficiaries", "lands") or self.causes.is_titled
                else None
            )
            noun = head if head in words.states else "country"
            meant = cause or self.roles.bare_noun(index, noun, phrase.start, besides=donor)
            return meant if meant not in barred else self._spoken_of(phrase.start, barred, donor)
        return None

    def _first(self, index: int, phrases: tuple[NounPhrase, ...], donor: str | None) -> str | None:
        for phrase in phrases:
            if found := self._beneficiary(index, phrase, donor):
                return found
            if any(self.is_money(m) for m in self.roles.mentions_over(phrase.start, phrase.end)):
                continue
            who = self.roles.actor_of(index, phrase)
            if who and who != donor and who.startswith(("country:", "group:")):
                return who
        return None


def _purpose_in_front(sentence: ParsedSentence) -> int:
    """The comma that closes the purpose a sentence opens with ("To boost services in Chad, the Bank"), 0 for none."""
    tokens = sentence.tokens
    opens = tokens[0].tag == Tag.TO or lowers(sentence, 0, 1) == ["in", "order"]
    return next((i for i, t in enumerate(tokens) if t.tag == Tag.COMMA), 0) if opens else 0
