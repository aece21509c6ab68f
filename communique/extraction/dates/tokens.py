"""Temporal tokens: the words and figures of a sentence that dates are written with, each with a class and a value.

A class is one character of a private alphabet, so that a sentence becomes a string of classes and a rule a regular
expression over it.  Words outside the vocabulary have the class `OTHER`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from communique.extraction.dates.figures import FIGURE, FIGURE_OPENERS, HALF_OF_DAY, NAMED_ZONE, PIECES, READERS
from communique.extraction.dates.vocabulary import SEEN, Entry, Value, Vocabulary, vocabulary
from communique.extraction.dates.windows import LOOKED_AHEAD
from communique.extraction.numbers import find_numbers
from communique.extraction.spelled import magnitudes


class Token:
    """A token at `[start, end)` of the text; `kind` is the name of its class.

    Nobody changes one; it is a plain class because one is made for every word that is looked at.
    """

    __slots__ = ("end", "kind", "start", "value")

    def __init__(self, start: int, end: int, kind: str, value: Value) -> None:
        self.start = start
        self.end = end
        self.kind = kind
        self.value = value


LONGEST_RUN: Final = 12
"""Number words that are read as one number at most."""

_LOOK_AHEAD: Final = frozenset({"FIGURE_WORD", "MONTH_SHORT", "WEEKDAY_SHORT"})
_KEPT: Final = 1 << 14


def tokenise(text: str, start: int, end: int, last: int) -> list[Token]:
    """The tokens of `text[start:end]` in order: temporal words and figures, and the others as OTHER.

    Stops some words behind the first one after `last` that belongs to no expression.
    """
    words = vocabulary().words
    tokens: list[Token] = []
    parts = text[start:end].split(" ")
    stop = at = start
    number, count = 0, len(parts)
    while number < count:
        part = parts[number]
        after = at + len(part)
        entry = words.get(part) if stop <= at else None
        if entry is not None and _stands_alone(entry, parts, number):
            tokens.append(Token(at, after, entry.kind, entry.value))
        elif stop <= at and part.isalpha() and entry is None:
            tokens.append(Token(at, after, "OTHER", ""))
            if at > last:
                count = min(count, number + 1 + LOOKED_AHEAD)
                last = end
        elif stop <= at and (pieces := _pieces(part)):
            for piece in pieces:
                tokens.append(Token(at + piece.start, at + piece.end, piece.kind, piece.value))
        elif stop < after:
            stop = _read(text, at, after, end, stop, tokens)
        at = after + 1
        number += 1
    return _merged(text, tokens) if any(token.kind == "WORDS" for token in tokens) else tokens


def _stands_alone(entry: Entry, parts: list[str], at: int) -> bool:
    """Whether the word at a place between spaces is a token by itself: no phrase or abbreviation can begin with it."""
    if entry.kind in _LOOK_AHEAD:
        return False
    if entry.phrases is None:
        return True
    second = parts[at + 1] if at + 1 < len(parts) else ""
    return entry.seconds is not None and second[:1].isalpha() and second[:SEEN].lower() not in entry.seconds


@lru_cache(maxsize=_KEPT)
def _pieces(part: str) -> tuple[Token, ...]:
    """The tokens of a stretch without spaces, counted from its start; none where what stands around it decides."""
    known = vocabulary()
    tokens: list[Token] = []
    for found in PIECES.finditer(part):
        piece = found.group()
        entry = known.words.get(piece)
        figure = len(piece) == 1 and (piece.isdigit() or piece in FIGURE_OPENERS)
        if figure or (entry is not None and (entry.phrases is not None or entry.kind in _LOOK_AHEAD)):
            return ()
        kind, value = ("OTHER", "") if entry is None else (entry.kind, entry.value)
        tokens.append(Token(*found.span(), known.marks.get(piece, kind), value))
    return tuple(tokens)


def _read(text: str, first: int, last: int, end: int, stop: int, tokens: list[Token]) -> int:
    """Adds the tokens that begin in `[first, last)`, not before `stop`; returns where they end, at most at `end`."""
    known = vocabulary()
    for found in PIECES.finditer(text, first, last):
        at, after = found.span()
        if at < stop:
            continue
        piece = found.group()
        entry = known.words.get(piece)
        if entry is not None:
            kind, value, stop = _word(known, entry, text, at, after, end)
            tokens.append(Token(at, stop, kind, value))
        elif after - at == 1 and (piece.isdigit() or piece in FIGURE_OPENERS) and piece not in known.marks:
            stop = max(_figure(text, at, end, tokens), after)
        else:
            tokens.append(Token(at, after, known.marks.get(piece, "OTHER"), ""))
    return stop


def _figure(text: str, at: int, end: int, tokens: list[Token]) -> int:
    """Adds the figure at a place, with the half of the day behind it; returns where it ends."""
    found = FIGURE.match(text, at, end)
    if found is None:
        tokens.append(Token(at, at + 1, "OTHER", ""))
        return at + 1
    kind, value, stop = READERS[str(found.lastgroup)](found, text)
    tokens.append(Token(at, stop, kind, value))
    half = HALF_OF_DAY.match(text, stop, end) if kind in ("DAY", "CLOCK") else None
    if half:
        tokens.append(Token(stop, half.end(), "AMPM", 12 if half[1] in "pP" else 0))
        stop = half.end()
    if (half or kind == "CLOCK") and (zone := NAMED_ZONE.match(text, stop, end)):
        tokens.append(Token(stop, zone.end(), "ZONE", ""))
        stop = zone.end()
    return stop


def _word(known: Vocabulary, entry: Entry, text: str, at: int, stop: int, end: int) -> tuple[str, Value, int]:
    """The word at `[at, stop)`, or the phrase that begins with it; an abbreviation takes its full stop."""
    kind, value, phrases = entry.kind, entry.value, entry.phrases
    if kind == "FIGURE_WORD":
        found = FIGURE.match(text, at, end)
        return READERS[str(found.lastgroup)](found, text) if found else ("OTHER", "", stop)
    if phrases is not None and (found := phrases.match(text, at, end)):
        whole = known.phrases[re.sub(r"\s+", " ", found.group().lower()).replace("’", "'")]
        if whole[0] != "HOLIDAY" or text[at].isupper():
            return *whole, found.end()
    if kind in _LOOK_AHEAD and text[stop : stop + 1] == "." and stop + 1 < end:
        stop += 1
    return kind, value, stop


def _merged(text: str, tokens: list[Token]) -> list[Token]:
    """Runs of number words as one token with their value; "nineteen ninety-seven" is a year."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind != "WORDS":
            out.append(tokens[at])
            at += 1
            continue
        last = at + 1
        while last < len(tokens) and last - at < LONGEST_RUN and tokens[last].kind in ("WORDS", "DASH", "AND"):
            last += 1
        number = _number(text, tokens[at], tokens[last - 1].end)
        out.append(number)
        while at < len(tokens) and tokens[at].start < number.end:
            at += 1
    return out


def _number(text: str, first: Token, end: int) -> Token:
    """The number or year in words that begins with a token; a bare "hundred" multiplies what stands before it."""
    before = text[first.start - 1 : first.start]
    kind, value, length = _said(text[first.start : end], not (before.isalnum() or before == "_"))
    return Token(first.start, first.start + (length or first.end - first.start), kind, value)


@lru_cache(maxsize=_KEPT)
def _said(words: str, apart: bool) -> tuple[str, Value, int]:
    """Class, value and length of what a run of number words begins with; the length 0 where it is but one word.

    `apart` says whether no letter or figure stands right before the run.
    """
    year = _spoken_year(words)
    if year is not None:
        return "YEAR", *year
    numbers = find_numbers(words) if apart else ()
    if numbers and numbers[0].start == 0:
        return "WORDS", numbers[0].value, numbers[0].end
    head = re.match(r"[^\W\d_]+", words)
    scale = magnitudes()["scales"].get(head.group().lower(), 0) if head else 0
    return ("DOZEN" if scale else "OTHER"), scale, 0


_SPOKEN_YEAR: Final = re.compile(
    r"((?:seven|eight|nine)teen|twenty)\s((?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ][a-z]+)?|[a-z]+teen)\b",
    re.I,
)


def _spoken_year(words: str) -> tuple[int, int] | None:
    """The year that words say in two halves ("nineteen ninety-seven"), and their length."""
    found = _SPOKEN_YEAR.match(words)
    if not found:
        return None
    century, rest = find_numbers(found[1]), find_numbers(found[2])
    if len(century) != 1 or len(rest) != 1 or (found[1].lower() == "twenty" and rest[0].value < 10):
        return None
    return int(century[0].value * 100 + rest[0].value), found.end()
