"""A candidate in its place, as the tests for what it is not see it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.match import Candidate, verb_group
from communique.extraction.recommendations.words import is_agent

_PUTTING_BEFORE = frozenset(
    {"while", "although", "though", "if", "as", "when", "since", "unless", "given", "because", "in", "after", "before"}
)
_SUPPOSING = frozenset(
    {"if", "unless", "should", "were", "had", "when", "while", "once", "although", "though", "because", "since"}
)
"""What opens a clause that stands before its main clause and governs nothing in it."""
_LONGEST_PUT_BEFORE = 30
_LAST = attrgetter("last")
PASSIVE_ASKING = frozenset({"is urged to", "is advised to", "is required to"})
OBLIGING = frozenset({"have to", "need to", "may need to"})


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate in its place: the text, its sentence, the subject's tokens and what follows the sentence.

    `named` is true where the noun that is to act is the name of an actor.
    """

    text: str
    sentence: ParsedSentence
    candidate: Candidate
    following: str
    named: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.sentence.tokens

    @property
    def name(self) -> str:
        """The construction's name."""
        return self.candidate.construction.name

    @property
    def group(self) -> VerbGroup | None:
        """The verb group of the action."""
        return verb_group(self.sentence, self.candidate)

    @property
    def own(self) -> VerbGroup | None:
        """The verb group of the recommending words."""
        return self.sentence.group_at(self.tokens[self.candidate.first].start)

    @property
    def verb(self) -> str:
        """The lemma of the action's verb."""
        return self.tokens[self.candidate.verb].lemma

    @property
    def head(self) -> str:
        """The noun or pronoun that is to act, in lower case; empty where there is none."""
        region = self.candidate.complement.addressees
        if region is None:
            return ""
        phrase = next(iter(self.sentence.phrases_between(*region)), None)
        return self.tokens[region[1] if phrase is None else phrase.head].lower

    @property
    def agentive(self) -> bool:
        """Whether who is to act can act: a name, a person, a body."""
        region = self.candidate.complement.addressees
        if region is None:
            return False
        for phrase in self.sentence.phrases_between(*region):
            head = self.tokens[phrase.head]
            if phrase.preposition is not None and phrase.first != region[0]:
                continue
            if is_agent(head.lower) or self.named or (head.tag == Tag.NAME and phrase.head > 0):
                return True
        return False

    @property
    def start(self) -> int:
        """The first token of the clause's subject, or of the recommending words."""
        region = self.candidate.complement.addressees
        first = self.candidate.first
        return min(region[0], first) if region is not None else first

    def words(self, first: int, last: int) -> str:
        """The text of tokens `[first, last]`."""
        return self.text[self.tokens[first].start : self.tokens[last].end] if first <= last else ""


def groups_before(sentence: ParsedSentence, token: int) -> tuple[VerbGroup, ...]:
    """The verb groups that end before a token."""
    return sentence.groups[: bisect_left(sentence.groups, token, key=_LAST)]


def governing(case: Case) -> VerbGroup | None:
    """The verb that the clause depends on: "said" in "said that X should"."""
    start = case.start
    before = groups_before(case.sentence, start)
    if not before:
        return None
    group = before[-1]
    told = _told_before(case)
    if told is not None:
        return next((g for g in reversed(before) if g.last < told), None)
    between = case.tokens[group.last + 1 : start]
    if any(t.tag in (Tag.BREAK, Tag.SUBORDINATOR) for t in between):
        return None
    joined = all(t.tag in (Tag.RELATIVE, Tag.ADVERB, Tag.QUOTE, Tag.COMMA) for t in between)
    if any(t.tag == Tag.COMMA for t in between) and _put_before(case, group):
        return None
    if joined or any(t.lower == "that" for t in between):
        return group
    return None


def _put_before(case: Case, group: VerbGroup) -> bool:
    """Whether the verb's clause stands before the main one: "should Quito refuse, X must"."""
    i = group.first
    while i > 0 and case.tokens[i - 1].tag not in (Tag.COMMA, Tag.BREAK, Tag.QUOTE):
        i -= 1
    return case.tokens[i].lower in _SUPPOSING


def _told_before(case: Case) -> int | None:
    """The "that" behind which a clause is put before the subject: "said that while talks went on, X should"."""
    i = case.start - 1
    if i < 2 or case.tokens[i].tag != Tag.COMMA:
        return None
    for j in range(i - 1, max(i - _LONGEST_PUT_BEFORE, 0), -1):
        if case.tokens[j].tag in (Tag.COMMA, Tag.BREAK):
            return None
        if case.tokens[j].lower == "that":
            return j if case.tokens[j + 1].lower in _PUTTING_BEFORE else None
    return None


def next_word(case: Case, i: int) -> str:
    """The word at token `i` or after it, adverbs and quotation marks passed over."""
    while i < len(case.tokens) and case.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION, Tag.QUOTE):
        i += 1
    return case.tokens[i].lower if i < len(case.tokens) else ""
