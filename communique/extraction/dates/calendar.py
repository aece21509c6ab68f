"""Calendar arithmetic on TIMEX3 values: the days a value covers, units before and after, Easter."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

SEASONS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)(?:-XX)?")
_YEAR: Final = re.compile(r"\d{4}")
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)(-WE|-[1-7])?")
_PART: Final = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def is_date(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def part_days(year: int, part: str) -> tuple[date, date]:
    """The first and last day of a quarter, half-year or season; a winter runs into the next year."""
    if part in SEASONS:
        first = SEASONS[part]
        return date(year, first, 1), month_end(year + (first == 12), (first + 1) % 12 + 1)
    length = 3 if part[0] == "Q" else 6
    first = (int(part[1]) - 1) * length + 1
    return date(year, first, 1), month_end(year, first + length - 1)


@lru_cache(maxsize=4096)
def days_of(value: str) -> tuple[date, date] | None:
    """The first and last day a TIMEX3 value covers (`2025-02`, `199`, `2025-W08`, `2024/2027`), None for others."""
    first, _, last = value.partition("/")
    if last:
        opening, closing = days_of(first), days_of(last)
        return (opening[0], closing[1]) if opening and closing else None
    try:
        return _days_of(value.partition("T")[0])
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def written_days(value: str) -> tuple[str | None, str | None]:
    """The first and last day that a value covers as ISO dates."""
    covered = days_of(value)
    return (covered[0].isoformat(), covered[1].isoformat()) if covered else (None, None)


def _days_of(value: str) -> tuple[date, date] | None:
    if found := _DAY.fullmatch(value):
        day = date(*map(int, found.groups()))
        return day, day
    if found := _MONTH.fullmatch(value):
        year, month = map(int, found.groups())
        return date(year, month, 1), month_end(year, month)
    if found := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        if found[3] == "-WE":
            return monday + timedelta(5), monday + timedelta(6)
        return monday, monday + timedelta(6)
    if found := _PART.fullmatch(value):
        return part_days(int(found[1]), found[2])
    if re.fullmatch(r"\d{2,4}", value):
        missing = 4 - len(value)
        return date(max(int(value) * 10**missing, 1), 1, 1), date((int(value) + 1) * 10**missing - 1, 12, 31)
    return None


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm printed in Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date | None:
    """The day of a rule of `temporal_holidays.toml` in a year."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule[6:]))
    if _DAY.fullmatch(rule):
        return date.fromisoformat(rule)
    rule, _, later = rule.partition("+")
    if later:
        opening = holiday(rule, year)
        return opening and opening + timedelta(int(later))
    found = re.fullmatch(r"(\d\d)-(-?\d)-(\d)", rule)
    if not found:
        month, day = map(int, rule.split("-"))
        return date(year, month, day)
    month, nth, weekday = int(found[1]), int(found[2]), int(found[3])
    if nth < 0:
        last = month_end(year, month)
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
