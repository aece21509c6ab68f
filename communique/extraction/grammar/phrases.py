"""Noun phrases over tagged tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag, among, bits, is_verbal

_PHRASE: Final = bits(
    [Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN, Tag.GENITIVE, Tag.CURRENCY]
)
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december".split()
)
_DAYS: Final = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_TURNING: Final = frozenset({"last", "next"})
_SPANS: Final = frozenset({"week", "month", "year", "weekend", "night", "summer", "winter", "spring", "autumn", "fall"})
_OF_PLACE: Final = frozenset({"in", "at", "to"})
_FINITE: Final = bits([Tag.PAST, Tag.BASE, Tag.MODAL, Tag.BE, Tag.HAVE])
_BEFORE_TIMES: Final = frozenset({"in", "since", "by", "until", "from", "during"})


@dataclass(slots=True, init=False, unsafe_hash=True)
class NounPhrase:
    """Tokens `first` to `last` (inclusive), `head` the last noun; `preposition` is the word that governs it, or None.

    `start` and `end` are offsets into the article's text.  A genitive stays inside ("Japan's government" is one
    phrase), a phrase after "of" is one of its own with the preposition "of".  Nobody changes one.
    """

    first: int
    last: int
    head: int
    preposition: str | None
    start: int
    end: int

    def __init__(self, first: int, last: int, head: int, preposition: str | None, start: int, end: int) -> None:
        self.first = first
        self.last = last
        self.head = head
        self.preposition = preposition
        self.start = start
        self.end = end


def in_phrase(tag: int) -> bool:
    """Whether tokens of a class stand inside noun phrases."""
    return among(tag, _PHRASE)


def noun_phrases(tokens: tuple[Token, ...]) -> tuple[NounPhrase, ...]:
    """The noun phrases of a sentence, in order."""
    found: list[NounPhrase] = []
    count = len(tokens)
    i = 0
    while i < count:
        if not among(tokens[i].tag, _PHRASE):
            i += 1
            continue
        j = i
        while j + 1 < count and _continues(tokens, j):
            j += 1
        head = j
        while head >= i and tokens[head].tag not in (Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.PRONOUN):
            head -= 1
        if head >= i:
            subject = _run_in(tokens, i, j, found) if not found or found[-1].last < i else -1
            if subject > 0:
                place = subject - 1
                found.append(NounPhrase(i, place, place, _governor(tokens, i), tokens[i].start, tokens[place].end))
                i = subject
            governor = _governor(tokens, i) or _shared_governor(tokens, i, j, found)
            found.append(NounPhrase(i, j, head, governor, tokens[i].start, tokens[j].end))
        i = j + 1
    return tuple(found)


def _run_in(tokens: tuple[Token, ...], first: int, last: int, before: list[NounPhrase]) -> int:
    """The subject that an opening place runs into without a comma ("At the talks in Geneva donors pledged"), or -1."""
    finite = last + 1 < len(tokens) and among(tokens[last + 1].tag, _FINITE)
    if not finite or tokens[first - 1].lower not in _OF_PLACE or tokens[0].tag != Tag.PREPOSITION:
        return -1
    subject = last
    while subject > first and tokens[subject - 1].tag == Tag.NOMINAL:
        subject -= 1
    named = tokens[subject - 1].tag == Tag.NAME and subject > first
    plural = tokens[last].tag == Tag.NOMINAL and tokens[last].lower.endswith("s")
    alone = all(p.preposition is not None for p in before) and not any(is_verbal(t.tag) for t in tokens[:first])
    passive = [t.lower for t in tokens[last + 2 : last + 3]] == ["by"]
    return subject if named and plural and alone and not passive else -1


def _continues(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether the token after `j` belongs to the phrase that `j` stands in."""
    here, following = tokens[j], tokens[j + 1]
    tag = following.tag
    if following.lower == "own":
        return True
    if tag in (Tag.NAME, Tag.DETERMINER, Tag.PRONOUN) and _closes_time(tokens, j):
        return False
    if tag == Tag.DETERMINER and j > 0 and tokens[j - 1].lower in _MONTHS and _YEAR.fullmatch(here.lower):
        return False
    if tag in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN):
        return here.tag in (Tag.DETERMINER, Tag.PREPOSITION) or (here.tag == Tag.NUMBER and tag == Tag.DETERMINER)
    if here.tag == Tag.PRONOUN:
        return tag == Tag.GENITIVE
    if following.lower in _TURNING and here.tag in (Tag.NAME, Tag.NOMINAL) and j + 2 < len(tokens):
        return tokens[j + 2].lower not in _SPANS
    if among(tag, _PHRASE):
        return True
    if j + 2 >= len(tokens):
        return False
    if tag == Tag.OTHER and following.text in (".", "/", "%", "&"):
        return following.text == "%" or tokens[j + 2].tag in (Tag.NAME, Tag.NUMBER)
    # an adverb or a participle inside the phrase: "a largely symbolic step", "the newly pledged aid"
    inside = tag in (Tag.ADVERB, Tag.PARTICIPLE, Tag.PAST, Tag.GERUND)
    return inside and here.tag in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE) and among(tokens[j + 2].tag, _PHRASE)


def _closes_time(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether token `i` is a year, month or day that closes its phrase: "In 2024 Poland gave", "on Monday Peru"."""
    if i == 0:
        return False
    before, lower = tokens[i - 1].lower, tokens[i].lower
    if before == "on":
        return lower in _DAYS
    return before in _BEFORE_TIMES and (lower in _MONTHS or _YEAR.fullmatch(lower) is not None)


def _governor(tokens: tuple[Token, ...], first: int) -> str | None:
    i = first - 1
    while i >= 0 and tokens[i].tag == Tag.ADVERB:
        i -= 1
    return tokens[i].lower if i >= 0 and tokens[i].tag == Tag.PREPOSITION else None


def _shared_governor(tokens: tuple[Token, ...], first: int, last: int, before: list[NounPhrase]) -> str | None:
    """The preposition of the phrase before, where "and" joins the two; "per" for a unit ("$3 a tonne")."""
    if not before:
        return None
    previous = before[-1]
    if previous.last == first - 1 and tokens[first].lower in ("a", "an", "each"):
        return "per" if any(tokens[i].tag == Tag.NUMBER for i in range(previous.first, first)) else None
    if previous.preposition is None or previous.last != first - 2 or tokens[first - 1].tag != Tag.COORDINATOR:
        return None
    if last + 1 < len(tokens) and tokens[last + 1].lower == previous.preposition:
        return None
    after = tokens[last + 1].tag if last + 1 < len(tokens) else Tag.BREAK
    open_ended = (is_verbal(after) and after != Tag.GERUND) or after in (Tag.ADVERB, Tag.TO, Tag.RELATIVE)
    return None if open_ended else previous.preposition
