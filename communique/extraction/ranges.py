"""What the words between two figures make of them: a range, a list, or nothing."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from communique.extraction.qualifiers import is_change

_LONGEST: Final = 24
_SPACE: Final = r"[ \t\u00a0\u2009\u202f]*\n?[ \t]*"


class Link(Enum):
    """How two neighbouring figures stand to each other."""

    RANGE = "range"
    LIST = "list"
    CHANGE = "change"


_NEAR: Final = (
    rf"(?:(?:as (?:much|high|many) as|(?:just )?(?:over|under)|more than|nearly|almost|about|around|roughly|at least"
    rf"|some|an estimated|upwards of){_SPACE})?"
)
_LINK: Final = re.compile(
    rf"{_SPACE}(?:(?P<dash>[-\u2010-\u2015\u2212~]{_SPACE})|(?P<to>(?:to|till|until){_SPACE}{_NEAR})"
    rf"|(?P<and>and{_SPACE}{_NEAR})|(?P<or>or{_SPACE}))|(?P<comma>,{_SPACE}(?:and{_SPACE}|or{_SPACE})?)",
    re.I,
)
_OPENER: Final = re.compile(r"\b(between|from)[\s\u00a0]{1,3}(?:about |around |roughly |some |an estimated )?\Z", re.I)
_KNOWN: Final = re.compile(
    r"(?:\b(?:its|their|his|her|our|my|the)|['’]s)[ \u00a0](?:[^.;:,]{0,50}[ \u00a0])?of[ \u00a0]\Z", re.I
)
"""What is known already has one figure: "raise its pledge of 20 to 60" tells of a change."""
_BY: Final = re.compile(r"\bby[\s\u00a0]{1,3}\Z", re.I)
_RANGING: Final = re.compile(
    r"\b(?:rang\w+|var\w+|anywhere|anything|somewhere|of)[\s\u00a0]{1,3}from[\s\u00a0]\Z", re.I
)


def connector(between: str) -> str | None:
    """The kind of words between two figures (dash, to, and, or, comma), or None where they are not joined."""
    found = _LINK.fullmatch(between) if len(between) <= _LONGEST else None
    return found.lastgroup if found is not None else None


def opener(text: str, start: int) -> tuple[str | None, int]:
    """The word that opens a range before `start` ("between", "from", or None), and where the range's span begins.

    "between" belongs to the span, "from" does not.
    """
    found = _OPENER.search(text, max(0, start - 24), start)
    if found is None:
        return None, start
    word = found.group(1).lower()
    return word, found.start() if word == "between" else start


def link(text: str, first: tuple[int, int], second: tuple[int, int]) -> Link | None:
    """How the figures at two spans are linked, by the words between and before them."""
    kind = connector(text[first[1] : second[0]])
    if kind is None:
        return None
    opening, _ = opener(text, first[0])
    if kind == "and":
        return Link.RANGE if opening == "between" else Link.LIST
    if kind == "to" and _BY.search(text, max(0, first[0] - 6), first[0]) and is_change(text, first[0]):
        return Link.CHANGE
    if kind == "to" and _KNOWN.search(text, max(0, first[0] - 60), first[0]) and is_change(text, first[0]):
        return Link.CHANGE
    if kind in ("dash", "to"):
        if (
            opening == "from"
            and not _RANGING.search(text, max(0, first[0] - 24), first[0])
            and is_change(text, first[0] - 5)
        ):
            return Link.CHANGE
        return Link.RANGE
    return Link.LIST
