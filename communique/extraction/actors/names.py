"""The names of the lexicons and one pass over a text that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from communique.lexicons.records import Tenure

_OFFICE = 30
_OF_OFFICE = re.compile(
    r"\b(?:Minist|Secretar|Department|Committee|Council|Representative|Commissioner|Union|Bureau|Office|Director)\w*"
    r" (?:of|for|on) (?:the )?\Z"
)
"""What stands before the business of an office: "Minister of Foreign Affairs"."""


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor of the lexicons, with the offices held where it is a person."""

    actor_id: str
    name: str
    type: str
    country: str | None
    offices: tuple[Tenure, ...] = ()

    def office_in(self, year: int) -> str | None:
        """The office held in a year, the last of several."""
        for tenure in reversed(self.offices):
            if (tenure.first_year or 0) <= year <= (tenure.last_year or 9999):
                return tenure.office
        return None


class Reading(NamedTuple):
    """One thing a form can mean."""

    actor_id: str
    kind: str


class Hit:
    """A form of the lexicons in the text, with its readings, the likeliest first.

    `caution` says why the form may mean something else: it is a `common_word`, a `person_name`, a `place`, what an
    `office` is for.
    """

    __slots__ = ("caution", "end", "readings", "start")

    def __init__(self, start: int, end: int, readings: tuple[Reading, ...], caution: str = "") -> None:
        self.start = start
        self.end = end
        self.readings = readings
        self.caution = caution


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All forms of all actors behind one automaton.

    `surnames` maps the first and last words of people's names to their ids, `by_word` every word, folded;
    `place_words` are the last words of the names of capitals; `cautions` says which forms need context.
    """

    actors: Mapping[str, KnownActor]
    forms: Mapping[str, tuple[Reading, ...]]
    surnames: Mapping[str, tuple[str, ...]]
    by_word: Mapping[str, tuple[str, ...]]
    place_words: frozenset[str]
    cautions: Mapping[str, str]
    automaton: AhoCorasick

    def hits(self, text: str) -> Iterator[Hit]:
        """The longest whole-word forms in `text`, from left to right, without overlaps."""
        end_of_last = 0
        forms, cautions = self.forms, self.cautions
        for _, start, end in self.automaton.find_matches_as_indexes(text):
            if start < end_of_last:
                continue
            if not _whole(text, start, end):
                shorter = self._shorter(text, start, end)
                if shorter is None:
                    continue
                end = shorter
            form = text[start:end]
            caution = cautions.get(form, "")
            if caution == "office" and _OF_OFFICE.search(text, max(0, start - _OFFICE), start) is not None:
                continue
            yield Hit(start, end, forms[form], caution)
            end_of_last = end

    def _shorter(self, text: str, start: int, end: int) -> int | None:
        """The end of the longest whole-word form inside a match that ran into the middle of a word."""
        if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            return None
        for cut in range(end - 1, max(start, end - 60), -1):
            if text[start:cut] in self.forms and _whole(text, start, cut):
                return cut
        return None


def _whole(text: str, start: int, end: int) -> bool:
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    return end >= len(text) or not (text[end].isalnum() or text[end] == "_")
