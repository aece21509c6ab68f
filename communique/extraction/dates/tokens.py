"""Temporal tokens: the words and figures of a sentence that dates are written with, each with a class and a value.

A class is one character of a private alphabet, so that a sentence becomes a string of classes and a rule a regular
expression over it.  Words outside the vocabulary have the class `OTHER`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from communique.extraction.dates.figures import READERS, SCANNER
from communique.extraction.dates.vocabulary import Value, Vocabulary, vocabulary
from communique.extraction.numbers import find_numbers, magnitudes


class Token(NamedTuple):
    """A token at `[start, end)` of the text; `kind` is the name of its class."""

    start: int
    end: int
    kind: str
    value: Value


_WORDS = re.compile(r"[^\W\d_]+")
_DATED = re.compile(r"\d{4}|\d[:/]\d|\d[snrt]|['’‘`]\d\d|[QHqh][1-4]\b|[1-4]Q\b|FY|\d\.\d\d\s?[ap]\.?m|\d\s?[ap]\.?m")
"""Figures that may be a date or a time by themselves."""

LONGEST_RUN = 12
"""Number words that are read as one number at most."""


def has_trigger(text: str) -> bool:
    """Whether a stretch of text may hold a temporal expression at all."""
    return not vocabulary().triggers.isdisjoint(_WORDS.findall(text.lower())) or _DATED.search(text) is not None


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]` in order: temporal words and figures, and the others as OTHER."""
    known = vocabulary()
    words, marks = known.words, known.marks
    tokens: list[Token] = []
    stop, spelled = start, False
    for found in SCANNER.finditer(text, start, end):
        at = found.start()
        if at < stop:
            continue
        group = found.lastgroup
        if group == "word":
            stop = found.end()
            entry = words.get(found.group())
            if entry is None:
                tokens.append(Token(at, stop, "OTHER", ""))
                continue
            kind, value, stop = _word(known, entry.kind, entry.value, entry.phrases, text, at, stop, end)
            spelled = spelled or kind == "WORDS"
        elif group == "mark":
            kind, value, stop = marks.get(found.group(), "OTHER"), "", found.end()
        else:
            kind, value, stop = READERS[str(group)](found, text)
        tokens.append(Token(at, stop, kind, value))
    return _merged(text, tokens) if spelled else tokens


def _word(
    known: Vocabulary, kind: str, value: Value, phrases: re.Pattern[str] | None, text: str, at: int, stop: int, end: int
) -> tuple[str, Value, int]:
    """The word at `[at, stop)`, or the phrase that begins with it; an abbreviation takes its full stop."""
    if phrases is not None and (found := phrases.match(text, at, end)):
        whole = known.phrases[re.sub(r"\s+", " ", found.group().lower()).replace("’", "'")]
        if whole[0] != "HOLIDAY" or text[at].isupper():
            return *whole, found.end()
    if kind.endswith("_SHORT") and text[stop : stop + 1] == "." and stop + 1 < end:
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
    year = _spoken_year(text[first.start : end])
    if year is not None:
        return Token(first.start, first.start + year[1], "YEAR", year[0])
    numbers = find_numbers(text, first.start, end)
    if numbers and numbers[0].start == first.start:
        return Token(first.start, numbers[0].end, "WORDS", numbers[0].value)
    scale = magnitudes()["scales"].get(text[first.start : first.end].lower(), 0)
    return Token(first.start, first.end, "DOZEN" if scale else "OTHER", scale)


_SPOKEN_YEAR = re.compile(
    r"((?:seven|eight|nine)teen|twenty)\s((?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ][a-z]+)?|[a-z]+teen)\b",
    re.I,
)


@cache
def _spoken_year(words: str) -> tuple[int, int] | None:
    """The year that words say in two halves ("nineteen ninety-seven"), and their length."""
    found = _SPOKEN_YEAR.match(words)
    if not found:
        return None
    century, rest = find_numbers(found[1]), find_numbers(found[2])
    if len(century) != 1 or len(rest) != 1 or (found[1].lower() == "twenty" and rest[0].value < 10):
        return None
    return int(century[0].value * 100 + rest[0].value), found.end()
