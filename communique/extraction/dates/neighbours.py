"""What stands beside an expression gives it: the month or year of its neighbour, its sentence's year, the tense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from communique.articles.model import Sentence
from communique.extraction.dates.anchors import Anchor, Resolved, Surroundings
from communique.extraction.dates.calendar import days_of
from communique.extraction.dates.joins import is_day
from communique.extraction.dates.meaning import Candidate, Clock, Moment, Offset
from communique.extraction.dates.tense import (
    direction,
    due_by,
    leaves_open,
    meets_on,
    points_ahead,
    points_back,
    starts_ahead,
)

_YEARS: Final = re.compile(r"\d{4}(/\d{4})?")
NEARBY: Final = 8
CLOSE: Final = 10
"""Code points between a time of day and the day behind it at most."""

RANGE: Final = frozenset({"TO", "DASH", "RULE", "AND", "OR", "DURING", "THROUGH", "COMMA"})


def with_shared_parts(candidates: list[Candidate]) -> list[Candidate]:
    """Months and years that stand only with the neighbour: "24 and 25 April", "28 February to 3 March 2022"."""
    out = list(candidates)
    for i, candidate in enumerate(out):
        meaning = candidate.meaning
        if not isinstance(meaning, Moment) or not meaning.borrow or not 0 <= i + meaning.borrow < len(out):
            continue
        step = meaning.borrow
        other = next(
            (
                c.meaning
                for c in (out[i + step : i + NEARBY] if step > 0 else out[max(i - NEARBY, 0) : i][::-1])
                if isinstance(c.meaning, Moment) and c.meaning.month
            ),
            None,
        )
        if isinstance(other, Moment):
            out[i] = candidate.meant(replace(meaning, month=other.month, year=other.year, borrow=0))
    for i in range(len(out) - 2, -1, -1):
        left, right = out[i].meaning, out[i + 1].meaning
        linked = (
            bool(out[i + 1].before) and set(out[i + 1].before) <= RANGE | {"THE"} and "COMMA" not in out[i + 1].before
        )
        if (
            linked
            and isinstance(left, Moment)
            and isinstance(right, Moment)
            and _shares_year(left, right)
            and right.year is not None
        ):
            wraps = (left.month or 0) > (right.month or 13)
            out[i] = out[i].meant(replace(left, year=right.year - wraps))
    return out


def with_day_behind(candidates: list[Candidate]) -> list[Candidate]:
    """Times of day that take the day close behind them: "at 10 a.m. (0800 GMT) on Friday"."""
    out = list(candidates)
    for i in range(len(out) - 2, -1, -1):
        time, day = out[i], out[i + 1]
        if isinstance(time.meaning, Clock) and not time.meaning.shift and day.start - time.end <= CLOSE:
            if is_day(day.meaning) or (isinstance(day.meaning, Moment | Offset) and day.meaning.clock.startswith("T")):
                out[i] = time.meant(replace(day.meaning, clock=time.meaning.clock))
    return out


def _shares_year(left: Moment, right: Moment) -> bool:
    bare = left.year is None and left.turn is None and left.of == "publication"
    return bare and (
        (left.month is not None and right.month is not None) or (left.part is not None and right.part is not None)
    )


def year_told(
    text: str,
    sentence: Sentence,
    before: Sequence[Candidate],
    results: Sequence[Resolved],
    candidate: Candidate,
    around: Surroundings,
) -> Moment | None:
    """A month without a year takes the one its sentence is set in: "in 2014, when troops landed in March".

    "Two days later, on 26 February" says one day twice.
    """
    meaning = candidate.meaning
    bare = isinstance(meaning, Moment) and meaning.month is not None and meaning.year is None and meaning.turn is None
    if not bare or not before or around.tense > 0 or not isinstance(meaning, Moment) or meaning.of != "publication":
        return None
    apposed = (
        days_of(results[-1].value) if isinstance(before[-1].meaning, Offset) and results[-1].by == "context" else None
    )
    if apposed and apposed[0].month == meaning.month and (meaning.day or apposed[0].day) == apposed[0].day:
        return replace(meaning, of=f"year-{apposed[0].year}")
    setting = _setting(text, sentence, before, results)
    if setting is None or (around.published is not None and setting[0].year >= around.published.year):
        return None
    first, last = setting
    after = Anchor.of(results[-1].value, "context")
    floor = date(after.year, after.month, 1) if after and after.month else first
    year = next((y for y in range(first.year, last.year + 1) if date(y, meaning.month or 1, 1) >= floor), None)
    return None if year is None else replace(meaning, of=f"year-{year}")


def _setting(
    text: str, sentence: Sentence, before: Sequence[Candidate], results: Sequence[Resolved]
) -> tuple[date, date] | None:
    """The year or years that the sentence says it is about, before the month is named."""
    for candidate, result in zip(reversed(before), reversed(results), strict=True):
        if result.timex_type == "DATE" and _YEARS.fullmatch(result.value):
            opener = text[max(sentence.start, candidate.start - 8) : candidate.start].lower().split()
            return days_of(result.value) if opener and opener[-1] in ("in", "of", "during") else None
    return None


def tense_of(text: str, sentence: Sentence, candidate: Candidate) -> int:
    """1 where the expression lies ahead by the words around it, -1 where it lies behind, 0 where they do not say."""
    weekday = isinstance(candidate.meaning, Moment) and candidate.meaning.weekday is not None
    if points_ahead(text, sentence.start, candidate.start, strictly=weekday):
        return 1
    if starts_ahead(text, candidate.start, candidate.end):
        return 1
    if not weekday and points_back(text, sentence.start, candidate.start):
        return -1
    if not weekday and leaves_open(text, sentence.start, candidate.start):
        return 0
    if weekday and text[candidate.end : candidate.end + 2] in ("'s", "’s"):
        return 0
    if weekday and due_by(text, sentence.start, candidate.start):
        return 1
    if weekday and meets_on(text, sentence.start, candidate.start):
        return 1
    return direction(text, sentence.start, sentence.end, candidate.start, candidate.end)
