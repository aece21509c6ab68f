"""The stretches of a text that may hold temporal expressions: around the words and figures that can make one."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from communique.extraction.dates.vocabulary import vocabulary

BEFORE: Final = 48
AFTER: Final = 32
"""Code points before and after a trigger that are read with it, unless a word that belongs to no expression is nearer.

Behind such a word some more are read, which the guards look at.
"""

LOOKED_BACK: Final = 2
LOOKED_AHEAD: Final = 3
"""So many words are read before and behind a word that belongs to no expression: guards look no farther."""

_FIGURE: Final = re.compile(
    r"[0-9'’‘`](?i:(?<=\d)(?:\d{3}|[:/]\d|['’]?s\b|(?:st|nd|rd|th)\b|(?:\.\d\d)?\s?[ap]\.?\s?m\b)|(?<!\d)\d\d(?:s\b|\b))",
)
"""Figures that may be a date or a time by themselves; a lone count needs a word beside it.

What the first character is cares for no case, so that the scan passes quickly over all others.
"""

_NAMES: Final = ("FY", *(f"{letter}{n}" for letter in "QqHh" for n in "1234"), *(f"{n}Q" for n in "1234"))


@cache
def _words() -> AhoCorasick:
    words = sorted(vocabulary().triggers.union(_NAMES))
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


def triggers(text: str) -> list[int]:
    """Where words and figures stand that can make a temporal expression, in order."""
    words = [first for _, first, last in _words().find_matches_as_indexes(text) if _is_whole(text, first, last)]
    return sorted(words + [found.start() for found in _FIGURE.finditer(text)])


def _is_whole(text: str, first: int, last: int) -> bool:
    return not (text[first - 1 : first].isalpha() or text[last : last + 1].isalpha())


class Window:
    """A stretch `[start, end)` of a text that is read for expressions; `last` is where its last trigger stands."""

    __slots__ = ("end", "last", "start")

    def __init__(self, start: int, end: int, last: int) -> None:
        self.start = start
        self.end = end
        self.last = last


def windows(text: str, places: list[int], start: int, end: int) -> list[Window]:
    """The stretches of `text[start:end]` around the triggers in it, apart from each other, cut between words."""
    found: list[Window] = []
    at, count = bisect_left(places, start), len(places)
    floor = start
    while at < count and places[at] < end:
        first = _left_edge(text, places[at], floor)
        last = places[at]
        while at < count and places[at] < min(end, last + BEFORE):
            if places[at] + AFTER > last:
                last = _right_edge(text, places[at] + AFTER, end)
            at += 1
        found.append(Window(first, last, places[at - 1]))
        floor = last
    return found


def _left_edge(text: str, trigger: int, floor: int) -> int:
    """Where to read from for a trigger: some words before the last one that can belong to no expression."""
    start = max(trigger - BEFORE, floor)
    while start > floor and not text[start - 1].isspace():
        start -= 1
    known = vocabulary()
    parts = text[start:trigger].split(" ")
    at = len(parts) - 2
    while at > LOOKED_BACK and not known.is_other(parts[at]):
        at -= 1
    skipped = max(at - LOOKED_BACK, 0)
    return start + sum([len(part) + 1 for part in parts[:skipped]])


def _right_edge(text: str, at: int, end: int) -> int:
    """The gap between words at or after a place, not after `end`."""
    while at < end and not text[at].isspace():
        at += 1
    return min(at, end)
