"""Who gives where the subject is not simply the giver: those it includes, who signs with whom, whom somebody thanks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from communique.extraction.aid.acts import Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.doers import Doers
from communique.extraction.aid.naming import ELSEWHERE, Giver
from communique.extraction.aid.sharing import BETWEEN_PARTIES
from communique.extraction.aid.stated import governor
from communique.extraction.aid.syntax import lowers, phrase_before
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.grammar.clauses import objects, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Amount
from communique.extraction.money.currencies import currencies_of_country

_THANKING = frozenset({"thank", "praise", "commend", "congratulate", "laud", "applaud"})
_SPENDING = frozenset({"spend", "use", "receive", "get", "need"})
_PLANS = frozenset({"plan", "plans", "proposal", "decision", "move", "readiness", "willingness"})
_BESIDES = frozenset({"apart", "besides", "aside", "addition", "alongside"})
_ANNOUNCING = frozenset({"announce", "say", "declare", "state", "confirm"})
_HANGING = frozenset({"to", "for", "of", "in"})


def _hangs(phrase: NounPhrase) -> bool:
    """Whether a phrase hangs on the one before it: "for Chad" in "new aid for Chad"."""
    return phrase.preposition in _HANGING


@dataclass(frozen=True)
class Parties(Doers):
    """Reads clauses of one article with several parties."""

    def party(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver | None:
        """The giver where the subject alone does not tell it, None where it does."""
        act = bound.act
        if act is None or act.group is None or act.group.passive:
            return None
        if act.sort in (Sort.STOPPING, Sort.RESTORING) and act.group.form == "finite" and bound.theme.amount is None:
            found = self._included(index, sentence, act.group)
            return found if found.found else None
        if act.sort not in (Sort.STRONG, Sort.WEAK):
            return None
        found = self._left_by(index, sentence, act.group)
        if found.found or found.speaking:
            return found
        if (found := self._besides(index, sentence, act.group)).found:
            return found
        if (found := self._owner_of_plan(sentence, act.group)).found:
            return found
        if act.lemma not in _SPENDING and self._is_on_aid(sentence, act.group):
            above = next((g for g in reversed(sentence.groups) if g.last < act.first and g.form == "finite"), None)
            return self._subject(index, sentence, above) if above is not None and not above.passive else ELSEWHERE
        finite = act.group.form == "finite"
        if finite and bound.theme.amount is None and (found := self._included(index, sentence, act.group)).found:
            return found
        found = self._apposed_official(sentence, act.group)
        return found if found.found else None

    def _left_by(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """Who is said behind "with" to give besides the subject: "with Spain offering to give"."""
        above = governor(sentence, group) if group.form == "infinitive" else None
        if above is not None and above.form != "gerund" and self._is_behind_partners(sentence, above, group):
            return self._subject(index, sentence, above)
        if above is None or above.form != "gerund":
            return ELSEWHERE
        near = phrase_before(sentence, above.first)
        return self.givers_in(index, (near,)) if near is not None and near.preposition == "with" else ELSEWHERE

    def _owner_of_plan(self, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """Whose plan or promise an infinitive tells: "criticised Japan's plan to send"."""
        plan = sentence.phrase_at(sentence.tokens[group.first - 1].start) if group.first else None
        if group.form != "infinitive" or plan is None or plan.last != group.first - 1:
            return ELSEWHERE
        if plan.preposition in ("on", "in") and plan.first > 1:
            plan = sentence.phrase_at(sentence.tokens[plan.first - 2].start) or plan
        if sentence.tokens[plan.head].lower not in aid_words().promising_nouns | _PLANS:
            return ELSEWHERE
        first = plan.first - 4 if sentence.tokens[plan.first - 1].tag == Tag.CLOSE else plan.first
        owner = next((i for i in range(max(first, 0), plan.head) if sentence.tokens[i].tag == Tag.GENITIVE), None)
        if owner is None:
            return ELSEWHERE
        owning = sentence.phrase_at(sentence.tokens[owner].start) or plan
        named = self.roles.mentions_over(owning.start, sentence.tokens[owner].end)
        return self.giver_of([m for m in named if self.may_give(m)][-1:])

    def _besides(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """Who does the deed that something is done besides: "Cuba sent doctors, apart from donating medicines"."""
        if group.form != "gerund" or _BESIDES.isdisjoint(lowers(sentence, group.first - 2, group.first - 1)):
            return ELSEWHERE
        above = next((g for g in reversed(sentence.groups) if g.last < group.first and g.form == "finite"), None)
        return self._subject(index, sentence, above) if above is not None and not above.passive else ELSEWHERE

    @staticmethod
    def _is_behind_partners(sentence: ParsedSentence, above: VerbGroup, group: VerbGroup) -> bool:
        """Whether "with" and those it governs stand before an infinitive: "works with bodies, including X, to give"."""
        between = lowers(sentence, above.last + 1, group.first - 1)
        return between[-1:] == [","] and "with" in between

    @staticmethod
    def _is_on_aid(sentence: ParsedSentence, group: VerbGroup) -> bool:
        """Whether a relative clause is on the aid, not on whom it is for: "new aid for Chad, which will provide"."""
        i = group.first - 1
        if i < 2 or sentence.tokens[i].lower != "which" or sentence.tokens[i - 1].tag != Tag.COMMA:
            return False
        chain = [p for p in sentence.phrases if p.last <= i - 2]
        named = chain.pop() if chain else None
        if named is None or named.last != i - 2 or not _hangs(named):
            return False
        for before in reversed(chain):
            if not _hangs(named) or before.last != named.first - 2:
                break
            named = before
        words = aid_words()
        return sentence.tokens[named.head].lower in words.aid_nouns | words.goods

    def _lending_announcer(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """The lender that announces who is to receive: "the IMF announced that Chad was to receive a $5m loan"."""
        first = bound.act.first if bound.act is not None else bound.theme.first
        above = next((g for g in reversed(sentence.groups) if g.last < first and g.lemma in _ANNOUNCING), None)
        if above is None or above.passive or bound.theme.first < above.first:
            return ELSEWHERE
        found = self._subject(index, sentence, above)
        lends = len(found.ids) == 1 and (found.ids[0] in aid_words().lenders or self._is_fund(found.ids[0]))
        return found if lends else ELSEWHERE

    def _is_fund(self, who: str) -> bool:
        """Whether an actor is a fund or bank of several states by its name."""
        actor = self.annotations.actors.get(who)
        funds = who.startswith("international_organisation:") and actor is not None
        return funds and actor is not None and actor.name.rpartition(" ")[2] in ("Fund", "Bank")

    def _included(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """The givers that a subject without a name includes: "several countries, including Japan and Norway, sent"."""
        i = group.first - 1
        while i > 0 and sentence.tokens[i].tag in (Tag.COMMA, Tag.ADVERB):
            i -= 1
        last = next((p for p in sentence.phrases if p.last == i), None)
        if last is None or not any(t.lower == "including" for t in sentence.tokens[max(0, i - 24) : i]):
            return ELSEWHERE
        run = [last]
        for phrase in reversed([p for p in sentence.phrases if p.last < last.first]):
            joint = lowers(sentence, phrase.last + 1, run[0].first - 1)
            if joint not in ([","], ["and"], [",", "and"]):
                break
            run.insert(0, phrase)
        opened = lowers(sentence, run[0].first - 1, run[0].first - 1)
        found = self.givers_in(index, tuple(run)) if opened == ["including"] else ELSEWHERE
        return found if found.ids else ELSEWHERE

    def _apposed_official(self, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """The state of the office between commas behind a name: "Ms Berg, counsellor at the Swedish embassy, gave"."""
        close = group.first - 1
        if close < 3 or sentence.tokens[close].tag != Tag.COMMA:
            return ELSEWHERE
        before = range(close - 1, max(0, close - 20), -1)
        opening = next((i for i in before if sentence.tokens[i].tag == Tag.COMMA), None)
        if opening is None or word_set("givers", "offices").isdisjoint(lowers(sentence, opening + 1, close - 1)):
            return ELSEWHERE
        named = [m for p in subject(sentence, group) for m in self.roles.mentions_over(p.start, p.end)]
        if any((self.roles.role(m.actor_id) or "").startswith("country:") for m in named):
            return ELSEWHERE
        held = self.roles.mentions_over(sentence.tokens[opening + 1].start, sentence.tokens[close - 1].end)
        return self.giver_of([m for m in held if self.may_give(m)][-1:])

    @staticmethod
    def between_parties(done: Giver, owner: Giver) -> Giver | None:
        """Which of two that sign gives: the one whose aid it is ("Chad and Japan signed an accord on Japanese aid")."""
        if len(done.ids) != 2 or len(owner.ids) != 1 or owner.ids[0] not in done.ids:
            return None
        other = next(who for who in done.ids if who != owner.ids[0])
        return replace(done, ids=owner.ids, partner=other)

    def thanked(self, index: int, sentence: ParsedSentence, own: NounPhrase) -> Giver:
        """Whose gift "its" is where somebody is thanked for it, with who thanks as the other party."""
        before = next((p for p in sentence.phrases if p.last == own.first - 2), None)
        if own.preposition != "for" or before is None:
            return ELSEWHERE
        group = next((g for g in sentence.groups if g.last < before.first and g.lemma in _THANKING), None)
        if group is None or any(g.first > group.last and g.last < own.first for g in sentence.groups):
            return ELSEWHERE
        found = self.givers_in(index, (before,))
        thanking = self.givers_in(index, subject(sentence, group)) if found.ids else ELSEWHERE
        partner = thanking.ids[0] if len(thanking.ids) == 1 and thanking.ids[0] not in found.ids else None
        return replace(found, partner=partner)

    def _agent_of_noun(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """Who gives where "by" follows the noun of a sum: "announced a $5m pledge by Japan"."""
        nouns = bound.theme.nouns
        if not nouns or nouns[0] not in aid_words().giving_nouns or bound.theme.amount is None:
            return ELSEWHERE
        last = sentence.token_at(bound.theme.described[1] - 1)
        by = next((p for p in sentence.phrases if p.first == last + 2 and p.preposition == "by"), None)
        return self.givers_in(index, (by,)) if by is not None else ELSEWHERE

    def home_of(self, amount: Amount | None) -> str | None:
        """The one country of the article whose money a sum is, the United States for dollars if it speaks of them."""
        if amount is None:
            return None
        spoken = {m.actor_id for m in self.roles.speaking}
        if amount.currency == "USD":
            return "country:USA" if "country:USA" in spoken else None
        homes = [country for country, codes in currencies_of_country().items() if amount.currency in codes]
        named = [country for country in homes if f"country:{country}" in spoken] or homes
        return f"country:{named[0]}" if len(named) == 1 else None

    def whom_it_thanks(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """Whom those who got something thank for it: "Chad had received tents and thanked Japan"."""
        thanks = next((g for g in sentence.groups if g.lemma == "thank" and not g.passive), None)
        whom = objects(sentence, thanks)[:1] if thanks is not None and not group.negated else ()
        return self.givers_in(index, whom) if whom else ELSEWHERE

    def lender_of(self, amount: Amount | None) -> str | None:
        """The one state that lends and grants in the money of a sum."""
        lends = amount is not None and amount.currency in word_set("givers", "lending_currencies")
        return self.home_of(amount) if lends else None

    def of_own_money(self, giver: Giver, bound: Bound) -> Giver:
        """The state in whose currency another signs for a loan or grant, which is then the other party."""
        amount, act = bound.theme.amount, bound.act
        if amount is None or act is None or act.lemma not in BETWEEN_PARTIES or giver.unnamed:
            return giver
        home = self.lender_of(amount)
        other = next(iter(giver.ids), None)
        if home is None or home == other or (other is not None and not other.startswith("country:")):
            return giver
        return replace(giver, ids=(home,), partner=other, unknown=False)

    def _signing(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """The two between whom something is said to be signed: "an agreement was signed between Chad and the Bank"."""
        group = bound.act.group if bound.act is not None else None
        if group is None or not group.passive or bound.act is None or bound.act.lemma not in BETWEEN_PARTIES:
            return ELSEWHERE
        phrases = sentence.phrases_between(group.last + 1, len(sentence.tokens))
        for phrase, joined in pairwise(phrases):
            if phrase.preposition == "between" and "and" in lowers(sentence, phrase.last + 1, joined.first - 1):
                return self.givers_in(index, (phrase, joined))
        return ELSEWHERE

    def _promiser(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """Whose promise an infinitive carries out: "a pledge from Japan to lend $5m"."""
        group = bound.act.group if bound.act is not None else None
        if group is None or group.form != "infinitive" or not group.first:
            return ELSEWHERE
        before = next((p for p in sentence.phrases if p.last == group.first - 1 and p.first > 1), None)
        if before is None or before.preposition not in ("from", "by", "of"):
            return ELSEWHERE
        promised = sentence.tokens[before.first - 2].lower in aid_words().promising_nouns
        return self.givers_in(index, (before,)) if promised else ELSEWHERE

    def _on_behalf(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """Whom somebody gives for: "the bank lent Chad $5m on behalf of Japan", with the giving body as the channel."""
        at = self.text.find(" behalf of ", sentence.start, sentence.end)
        i = sentence.token_at(at + 1) if at >= 0 else None
        phrase = None if i is None else next((p for p in sentence.phrases if p.first == i + 2), None)
        if phrase is None or bound.act is None or bound.act.group is None:
            return ELSEWHERE
        principal = self.givers_in(index, (phrase,))
        doers = subject(sentence, bound.act.group)
        bodies = [m for p in doers for m in self.roles.mentions_over(p.start, p.end) if m.kind != "demonym"]
        stands_for = bodies and self.roles.role(bodies[0].actor_id) not in principal.ids
        return replace(principal, agency=bodies[0]) if stands_for else principal

    def _own_gift(self, sentence: ParsedSentence, group: VerbGroup) -> Giver | None:
        """Who owns what is told of: "announcing Japan's pledge of $5m, the president said"."""
        told = next((p for p in sentence.phrases if p.first == group.last + 1), None)
        if (
            told is None
            or sentence.tokens[told.head].lower not in aid_words().giving_nouns.keys() | aid_words().aid_nouns
        ):
            return None
        owning = [m for m in self.roles.mentions_over(told.start, told.end) if self.owns(m)]
        giver = self.giver_of(owning[:1])
        return giver if giver.found else None
