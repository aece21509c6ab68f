"""Anchors that relative dates are counted from, and what comes out of resolving against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from communique.extraction.dates.calendar import days_of, is_date


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day, month or year that relative dates are counted from; `month` and `day` None where not known."""

    year: int
    month: int | None = None
    day: int | None = None
    source: str = "publication"

    @staticmethod
    def of(value: str | None, source: str) -> Anchor | None:
        """The anchor of an ISO date at its precision; a week, season or decade gives its first month or year."""
        return _anchor(value, source) if value else None

    @property
    def middle(self) -> date:
        """The day taken for distances: the middle of the month or year where no day is known."""
        return date(self.year, self.month or 7, self.day or (15 if self.month else 1))

    @property
    def value(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")


@lru_cache(maxsize=4096)
def _anchor(value: str, source: str) -> Anchor | None:
    parts = value.partition("T")[0].split("/")[0].split("-")
    if all(p.isdigit() for p in parts) and len(parts[0]) == 4 and 1000 <= int(parts[0]) < 9998:
        year, month, day = (*map(int, parts), None, None)[:3]
        known = day is not None and is_date(int(year or 0), month or 1, day)
        return Anchor(int(year or 0), month, day if known else None, source)
    covered = days_of(value)
    if covered is None or covered[0].year < 1000:
        return None
    if "-W" in value and "-WI" not in value:
        return Anchor(covered[0].year, covered[0].month, covered[0].day, source)
    return Anchor(covered[0].year, covered[0].month if "-" in value else None, None, source)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an expression is resolved against.

    `tense` is 1 ahead, -1 behind, 0 unknown; `published` the article's anchor; `context` the last date before;
    `quarter` the last quarter named nearby; `clock_day` the day that a time of day belongs to.
    """

    tense: int
    published: Anchor | None
    context: Anchor | None
    quarter: tuple[int, str] | None
    clock_day: Anchor | None

    @property
    def reference(self) -> Anchor | None:
        return self.published or self.context


@dataclass(frozen=True, slots=True)
class Resolved:
    """A TIMEX3 type and value with what resolved it: explicit, publication, context or None."""

    timex_type: str
    value: str
    by: str | None
