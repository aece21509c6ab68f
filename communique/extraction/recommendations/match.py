"""Candidates: the recommending words of a sentence with what follows them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from communique.articles.model import Article
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Annotations
from communique.extraction.recommendations.actions import action_end, within_relative
from communique.extraction.recommendations.complements import FINDERS
from communique.extraction.recommendations.hits import Complement, Hit
from communique.extraction.recommendations.words import (
    Construction,
    constructions,
    offering,
    stems_in,
)

_OF_SUBJECT = frozenset({"subject_deed"})
_NOMINAL = frozenset({"the need to"})
_TOLD = frozenset({"that_clause", "that_any", "that_singular"})


@dataclass(frozen=True, slots=True)
class Match:
    """The words of a construction at `[start, end)` of the text."""

    construction: Construction
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Recommending words at tokens `[first, last]`, the action at tokens `[verb, end]`, and who is to act.

    `further` is the "that" of a further clause of the same appeal, whose trigger starts there.
    """

    construction: Construction
    kind: str
    first: int
    last: int
    complement: Complement
    end: int
    further: int = -1

    @property
    def verb(self) -> int:
        """Token where the action starts."""
        return self.complement.verb

    @property
    def span(self) -> tuple[int, int]:
        """First and last token of the trigger: the recommending words with the action."""
        if self.further >= 0:
            return self.further, self.end
        if self.kind in _OF_SUBJECT:
            region = self.complement.addressees
            return min(region[0] if region else self.verb, self.verb), self.last
        return self.first, max(self.last, self.end)


def possible(annotations: Annotations) -> dict[int, list[Construction]]:
    """For every sentence with a stem of recommending words the constructions it can be one of, in their order."""
    return annotations.once("recommendations.possible", lambda: _find_possible(annotations.article))


def _find_possible(article: Article) -> dict[int, list[Construction]]:
    sentences = article.sentences
    starts = [s.start for s in sentences]
    found: dict[int, set[int]] = {}
    for start, end, owners in stems_in(article.text):
        i = bisect_right(starts, start) - 1
        if i >= 0 and end <= sentences[i].end:
            found.setdefault(i, set()).update(owners)
    return {i: [constructions()[number] for number in sorted(numbers)] for i, numbers in found.items()}


def matches(annotations: Annotations, index: int, *, options: bool) -> list[tuple[int, list[Match]]]:
    """The recommending words in sentence `index`: for each place the constructions that match there.

    Constructions that only offer an option are left out unless asked for.
    """
    place, lower = annotations.article.sentences[index], annotations.lower
    found: dict[int, list[Match]] = {}
    for construction in (*possible(annotations).get(index, ()), *(offering() if options else ())):
        match = construction.words.search(lower, place.start, place.end)
        while match is not None:
            found.setdefault(match.start(), []).append(Match(construction, match.start(), match.end()))
            match = construction.words.search(lower, match.start() + 1, place.end)
    return sorted(found.items())


def candidates(sentence: ParsedSentence, places: list[tuple[int, list[Match]]]) -> Iterator[Candidate]:
    """The candidates of a sentence in order, at most one for each place."""
    for _, here in places:
        for match in here:
            first, last = sentence.token_at(match.start), sentence.token_at(match.end - 1)
            found = _complete(sentence, match.construction, first, last)
            if found is not None:
                yield found
                yield from _told_further(sentence, found)
                break


def _complete(sentence: ParsedSentence, construction: Construction, first: int, last: int) -> Candidate | None:
    for kind in construction.complements:
        complement = FINDERS[kind](Hit(sentence, first, last))
        if complement is not None:
            end = last if kind in _OF_SUBJECT else action_end(sentence, complement.verb)
            if construction.name in _NOMINAL:
                end = _before_main_verb(sentence, complement.verb, end)
            return Candidate(construction, kind, first, last, complement, end)
    return None


def _told_further(sentence: ParsedSentence, told: Candidate) -> Iterator[Candidate]:
    """The further clauses of an appeal with "that": "asked that Chile pay and that it apologise"."""
    tokens, kind = sentence.tokens, told.kind
    joint = told.end + 1
    while kind in _TOLD and joint + 1 < len(tokens) and tokens[joint].tag in (Tag.COMMA, Tag.COORDINATOR):
        if tokens[joint + 1].lower == "that":
            found = FINDERS[kind](Hit(sentence, told.first, joint))
            if found is None:
                return
            end = action_end(sentence, found.verb)
            yield Candidate(told.construction, kind, told.first, told.last, found, end, joint + 1)
            joint = end
        joint += 1


def _before_main_verb(sentence: ParsedSentence, verb: int, end: int) -> int:
    """The end of an action inside a subject: "the need for X to act is clear"."""
    for group in sentence.groups:
        if verb < group.first <= end and group.form == "finite" and not within_relative(sentence, group.first):
            return group.first - 1
    return end


def verb_group(sentence: ParsedSentence, candidate: Candidate) -> VerbGroup | None:
    """The verb group of the action."""
    return sentence.group_at(sentence.tokens[candidate.verb].start)
