"""Anchors that relative dates are counted from, and what comes out of resolving against them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from communique.extraction.dates.calendar import days_of, is_date


class Anchor:
    """A day, month or year that relative dates are counted from; `month` and `day` None where not known.

    `middle` is the day taken for distances: the middle of the month or year where no day is known.
    """

    __slots__ = ("day", "middle", "month", "source", "year")

    def __init__(self, year: int, month: int | None, day: int | None, source: str) -> None:
        self.year = year
        self.month = month
        self.day = day
        self.source = source
        self.middle = date(year, month or 7, day or (15 if month else 1))

    @staticmethod
    def of(value: str | None, source: str) -> Anchor | None:
        """The anchor of an ISO date at its precision; a week, season or decade gives its first month or year."""
        return _anchor(value, source) if value else None

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


class Surroundings:
    """What an expression is resolved against.

    `tense` is 1 ahead, -1 behind, 0 unknown; `published` the article's anchor; `context` the last date before;
    `quarter` the last quarter named nearby; `clock_day` the day that a time of day belongs to.
    """

    __slots__ = ("clock_day", "context", "published", "quarter", "tense")

    def __init__(
        self,
        tense: int,
        published: Anchor | None,
        context: Anchor | None,
        quarter: tuple[int, str] | None,
        clock_day: Anchor | None,
    ) -> None:
        self.tense = tense
        self.published = published
        self.context = context
        self.quarter = quarter
        self.clock_day = clock_day

    @property
    def reference(self) -> Anchor | None:
        return self.published or self.context


class Resolved:
    """A TIMEX3 type and value with what resolved it: explicit, publication, context or None."""

    __slots__ = ("by", "timex_type", "value")

    def __init__(self, timex_type: str, value: str, by: str | None) -> None:
        self.timex_type = timex_type
        self.value = value
        self.by = by
