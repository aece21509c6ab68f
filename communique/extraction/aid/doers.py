"""Who does what a verb says: its subject or agent, the source behind it, those who announce it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.extraction.aid.binding import Bound
from communique.extraction.aid.naming import ELSEWHERE, Giver, GiverNames, is_year
from communique.extraction.aid.subjects import (
    before_bracket,
    is_anothers,
    is_called_giver,
    listed_agents,
    owns_several,
    parted_by_clause,
    with_owner,
)
from communique.extraction.aid.syntax import before_interruption, in_relative, lowers, phrase_before
from communique.extraction.aid.vehicles import vehicle
from communique.extraction.grammar.clauses import agent, complements, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_TIMES = frozenset(
    """end year month week time summer autumn spring winter date deadline start beginning middle january february march
    april may june july august september october november december then now""".split()
)
_SAYING = frozenset({"say", "announce", "add", "tell", "confirm", "state", "declare"})
_OWN_STATES = frozenset({"country", "government", "nation", "kingdom", "ministry", "administration"})
_OFFICES = frozenset({"minister", "secretary", "ambassador", "premier", "chancellor", "administrator"})


def _dates(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase only tells since when: "since the invasion"."""
    return phrase.first > 0 and sentence.tokens[phrase.first - 1].lower == "since"


@dataclass(frozen=True)
class Doers(GiverNames):
    """Reads verbs of one article for who does what they say."""

    def _announcer(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """The state whose officials say that something will be given: "U.S. officials said 9 tanks would be sent"."""
        first = min(bound.theme.first, bound.act.first if bound.act else bound.theme.first)
        above = next((g for g in reversed(sentence.groups) if g.last < first), None)
        if above is None or above.lemma not in _SAYING or above.form != "finite" or above.passive:
            return ELSEWHERE
        speaker = self._subject(index, sentence, above)
        return speaker if len(speaker.ids) == 1 and speaker.ids[0].startswith("country:") else ELSEWHERE

    def _speaker(self, index: int, sentence: ParsedSentence, bound: Bound) -> Giver:
        """The state whose minister is quoted as saying that something will be given: "$5m will go to Chad," she said"""
        role = self._quoted_state(index) if sentence.quoted[bound.theme.first] else None
        return Giver((role,)) if role is not None else ELSEWHERE

    def _quoted_state(self, index: int) -> str | None:
        """The state whose official is quoted in a sentence."""
        source = self.roles.attribution(index)
        role = self.roles.role(source.actor_id) if source is not None else None
        return role if role is not None and role.startswith("country:") else None

    def _sender(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """Whose vehicle it is that carries: "a Turkish plane carrying", "a ship from Japan carrying"."""
        carrier = vehicle(sentence, group)
        if carrier is None:
            return ELSEWHERE
        origin = (p for p in sentence.phrases_between(carrier.last + 1, group.first) if p.preposition == "from")
        named = [p for p in (carrier, *origin) if self.roles.mentions_over(p.start, p.end)]
        return self.givers_in(index, tuple(named[:1])) if named else ELSEWHERE

    def _agents(self, sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
        """The agent of a passive, a time before which something happens passed over ("by May by Japan")."""
        agents = () if is_anothers(sentence, group) else agent(sentence, group)
        joined = next((g for g in sentence.groups if g.first == group.last + 2 and g.form == group.form), None)
        if not agents and joined is not None and sentence.tokens[group.last + 1].tag == Tag.COORDINATOR:
            return self._agents(sentence, joined)
        if not agents or any(self.roles.mentions_over(p.start, p.end) for p in agents):
            return agents
        others = (p for p in complements(sentence, group) if p.preposition == "by" and p.first > agents[0].last)
        named = next((p for p in others if self.roles.mentions_over(p.start, p.end)), None)
        if named is not None:
            return (named,)
        return tuple(p for p in agents if sentence.tokens[p.head].lower not in _TIMES)

    def _antecedent(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """The source that a relative clause hangs on: "comes from Japan, which is about $5m"."""
        end = group.first - 3 if sentence.tokens[group.first - 2].tag == Tag.COMMA else group.first - 2
        source = next((p for p in sentence.phrases if p.last == end and p.preposition in ("from", "by")), None)
        return self.givers_in(index, (source,)) if source is not None and in_relative(sentence, group) else ELSEWHERE

    @staticmethod
    def _or(first: Giver, second: Giver) -> Giver:
        return first if first.found else second

    def _subject(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """The giver in the subject: the phrase right before the verb where it names one, else as the grammar has it."""
        above = self._shared_subject(sentence, group)
        if above is not None:
            return self._subject(index, sentence, above)
        parted = parted_by_clause(sentence, group)
        if parted is not None and (found := self.givers_in(index, (parted,))).found:
            return found
        near = with_owner(sentence, phrase_before(sentence, group.first) or before_bracket(sentence, group.first))
        if (home := self._own_country(index, sentence, near)) is not None:
            return Giver((home,))
        if group.form == "gerund" and (doer := near or before_bracket(sentence, group.first)):
            found = self.givers_in(index, (doer,))
            if found.unknown and self.roles.mentions_over(doer.start, doer.end):
                return found
        if near is not None and lowers(sentence, near.first, near.last) == ["each"]:
            listed = self._listed_before(sentence, near.first - 1)
            if listed and (found := self.givers_in(index, listed)).found:
                return found
        if (several := self._several_related(index, sentence, group)).found:
            return several
        if near is not None and (agents := listed_agents(sentence, near)) and group.form == "infinitive":
            return self.givers_in(index, agents)
        if near is not None and near.preposition in ("with", "by") and group.form == "gerund":
            return self.givers_in(index, (near,))
        if near is not None and near.first < near.last and is_year(sentence.tokens[near.first].text):
            near = replace(near, first=near.first + 1, start=sentence.tokens[near.first + 1].start, preposition=None)
        if (told := self._teller(sentence, near)) is not None and (found := self._subject(index, sentence, told)).found:
            return found
        joined = near is not None and self._is_joined_under(sentence, near)
        if near is not None and not joined and (near.preposition in (None, "than") or self._ends_name(sentence, near)):
            found = self.givers_in(index, (near,))
            if found.found:
                return self._coordinated(index, sentence, group, near, found)
        phrases = tuple(p for p in subject(sentence, group) if not _dates(sentence, p))
        if group.first and sentence.tokens[group.first - 1].text in (",", "-", "–", "—"):
            named = self._apposed(sentence, group.first - 1)
            found = self.givers_in(index, (named,)) if named is not None else ELSEWHERE
            if found.found:
                return found
            interrupted = before_interruption(sentence, group.first - 1)
            found = self.givers_in(index, (interrupted,)) if interrupted is not None else ELSEWHERE
            if found.found:
                return found
            opening = next((p for p in sentence.phrases if p.preposition is None), None)
            found = self.givers_in(index, (opening,)) if opening and opening.last < group.first else ELSEWHERE
            if found.speaking and group.form == "gerund":
                return found
            whole = subject(sentence, group) if found.found and group.form == "gerund" else ()
            found = self.givers_in(index, whole) if len(whole) > 1 and whole[0] == opening else found
            if found.found:
                return found
        if not phrases:
            return ELSEWHERE
        found = self.givers_in(index, phrases)
        official = self._is_official(sentence, group, found) or self._takes_up_official(index, sentence, phrases, found)
        return replace(found, official=True, unknown=False) if official else found

    def _own_country(self, index: int, sentence: ParsedSentence, near: NounPhrase | None) -> str | None:
        """The country of who speaks, where "his country" gives: "the Chadian minister said his government would"."""
        owned = near is not None and sentence.tokens[near.first].lower in ("his", "her", "its", "their", "my", "our")
        if near is None or not owned or lowers(sentence, near.last, near.last)[0] not in _OWN_STATES:
            return None
        above = next((g for g in reversed(sentence.groups) if g.last < near.first), None)
        if sentence.quoted[near.first]:
            return self._quoted_state(index)
        if above is None or above.lemma not in _SAYING or above.passive:
            return None
        spoken = self.roles.mentions_in(sentence.start, above.start)
        roles = (self.roles.role(m.actor_id) for m in spoken)
        return next((r for r in roles if r is not None and r.startswith("country:")), None)

    @staticmethod
    def _teller(sentence: ParsedSentence, near: NounPhrase | None) -> VerbGroup | None:
        """The verb of saying right before an "it" that takes up who says: "Japan announced it would give"."""
        if near is None or near.preposition or sentence.tokens[near.first].lower not in ("it", "they", "he", "she"):
            return None
        that = sentence.tokens[near.first - 1].lower == "that"
        above = next((g for g in sentence.groups if g.last == near.first - 1 - that), None)
        return above if above is not None and above.lemma in _SAYING and not above.passive else None

    def _several_related(self, index: int, sentence: ParsedSentence, group: VerbGroup) -> Giver:
        """The several that a relative clause is on: "Japan and Laos, which gave $5m each"."""
        i = group.first - 1
        while i > 0 and (sentence.tokens[i].tag == Tag.ADVERB or sentence.tokens[i].lower in ("each", "both")):
            i -= 1
        if i < 1 or sentence.tokens[i].lower not in ("which", "who", "that"):
            return ELSEWHERE
        listed = self._listed_before(sentence, i - 1)
        found = self.givers_in(index, listed) if len(listed) > 1 else ELSEWHERE
        return found if len(found.ids) > 1 else ELSEWHERE

    @staticmethod
    def _is_official(sentence: ParsedSentence, group: VerbGroup, found: Giver) -> bool:
        """Whether the words before a verb name an office of state, but nobody's."""
        if not found.unknown or found.ids:
            return False
        start = max((g.last + 1 for g in sentence.groups if g.last < group.first and g.form == "finite"), default=0)
        return bool(_OFFICES & set(lowers(sentence, start, group.first - 1)))

    def _takes_up_official(
        self, index: int, sentence: ParsedSentence, phrases: tuple[NounPhrase, ...], found: Giver
    ) -> bool:
        """Whether "she" or "he" takes up an official of no known country that opens the sentence before."""
        if not index or not found.unknown or found.ids:
            return False
        if sentence.tokens[phrases[0].head].lower not in ("she", "he"):
            return False
        before = self.annotations.parsed(index - 1)
        opening = next((p for p in before.phrases if p.preposition is None), None)
        if opening is None or self.roles.mentions_over(opening.start, opening.end):
            return False
        return not _OFFICES.isdisjoint(lowers(before, opening.first, opening.last))

    @staticmethod
    def _is_joined_under(sentence: ParsedSentence, near: NounPhrase) -> bool:
        """Whether "and" joins a phrase to one under "between": "the war between X and Y"."""
        if not near.first or sentence.tokens[near.first - 1].tag != Tag.COORDINATOR:
            return False
        before = next((p for p in sentence.phrases if p.last == near.first - 2), None)
        return before is not None and before.preposition == "between"

    @staticmethod
    def _shared_subject(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
        """The verb whose subject a coordinated verb shares ("delivered radars that X bought, and offered")."""
        i = group.first - 1
        while i >= 0 and sentence.tokens[i].tag == Tag.ADVERB:
            i -= 1
        if i < 0 or sentence.tokens[i].tag != Tag.COORDINATOR or group.form != "finite":
            return None
        before = [g for g in sentence.groups if g.last < i and g.form == "finite" and not in_relative(sentence, g)]
        return before[-1] if before else None

    def _ends_name(self, sentence: ParsedSentence, phrase: NounPhrase) -> bool:
        """Whether a governed phrase is the tail of a long name ("the Agency for International Development"), itself
        ungoverned.
        """
        for mention in self.roles.mentions_over(phrase.start, phrase.end):
            if mention.start < phrase.start:
                opening = next((p for p in sentence.phrases if p.start <= mention.start < p.end), None)
                return opening is None or opening.preposition is None or opening.preposition == "than"
        return False

    def _coordinated(
        self, index: int, sentence: ParsedSentence, group: VerbGroup, near: NounPhrase, found: Giver
    ) -> Giver:
        """The whole coordinated subject where the phrase before the verb is its last part."""
        phrases = subject(sentence, group)
        if len(phrases) < 2:
            phrases = self._run_up_to(sentence, near)
        if len(phrases) > 1 and phrases[-1] == near:
            whole = self.givers_in(index, phrases)
            return whole if len(whole.ids) > len(found.ids) else found
        return found

    def _apposed(self, sentence: ParsedSentence, comma: int) -> NounPhrase | None:
        """The name between commas that says who a nameless subject is: "the largest state, Germany, had given"."""
        phrase = next((p for p in sentence.phrases if p.last == comma - 1 and p.preposition is None), None)
        if phrase is None or phrase.first < 2 or sentence.tokens[phrase.first - 1].tag != Tag.COMMA:
            return None
        named = self.roles.mentions_over(phrase.start, phrase.end)
        whole = bool(named) and named[0].start <= phrase.start + 4 and named[0].end == phrase.end
        opening = sentence.phrases[0]
        bare = opening.preposition is None and not self.roles.mentions_over(opening.start, opening.end)
        bare = bare and sentence.tokens[opening.first].lower == "the"
        return phrase if whole and (bare or is_called_giver(sentence, opening)) else None

    @staticmethod
    def _listed_before(sentence: ParsedSentence, mark: int) -> tuple[NounPhrase, ...]:
        """The coordinated phrases that a comma or dash parts from "each": "the hosts - Japan and Laos - each gave"."""
        run: list[NounPhrase] = []
        mark -= sentence.tokens[mark].tag == Tag.RELATIVE
        last = mark - 1 if sentence.tokens[mark].tag in (Tag.COMMA, Tag.BREAK, Tag.OTHER) else mark
        for phrase in reversed([p for p in sentence.phrases if p.last <= last]):
            joint = lowers(sentence, phrase.last + 1, run[0].first - 1) if run else []
            if joint not in ([[","], ["and"], [",", "and"]] if run else [[]]) or (not run and phrase.last != last):
                break
            run.insert(0, phrase)
        return tuple(run)

    def _run_up_to(self, sentence: ParsedSentence, last: NounPhrase) -> tuple[NounPhrase, ...]:
        """The phrases that "and" and commas join to one, none of them governed: "for Kenya, Norway and Japan gave"."""
        run = [last]
        for phrase in reversed([p for p in sentence.phrases if p.last < last.first]):
            joint = lowers(sentence, phrase.last + 1, run[0].first - 1)
            whole = self._whole_name(sentence, phrase)
            if whole.preposition == "of" and joint == ["and"] and owns_several(sentence, whole):
                return (replace(whole, preposition=None), last)
            headed = joint == [","] and not whole.first and sentence.tokens[-1].tag not in (Tag.OTHER, Tag.BREAK)
            if whole.preposition is not None or (joint != (["and"] if len(run) == 1 else [","]) and not headed):
                break
            run.insert(0, whole)
        opens = not run[0].first or sentence.tokens[run[0].first - 1].tag == Tag.COMMA
        return tuple(run) if opens else (last,)

    def _whole_name(self, sentence: ParsedSentence, phrase: NounPhrase) -> NounPhrase:
        """The phrase with those before it that are part of its name: "Fund for Arab Development"."""
        for mention in self.roles.mentions_over(phrase.start, phrase.end):
            opening = next((p for p in sentence.phrases if p.start <= mention.start < p.end), phrase)
            if mention.start < phrase.start and opening.preposition is None:
                return replace(phrase, first=opening.first, start=opening.start, preposition=None)
        return phrase
