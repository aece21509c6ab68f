"""Places in the calendar that the words leave incomplete: the year of a month, the date of a weekday or a holiday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from communique.extraction.dates.anchors import Anchor, Resolved, Surroundings
from communique.extraction.dates.calendar import days_of, holiday, is_date, part_days, week_of
from communique.extraction.dates.meaning import Moment
from communique.extraction.wording import load_toml

AGAINST: Final = {-1: 4.0, 0: 1.8, 1: 8.0}
"""How much farther a date against the tense counts when the year that is meant is chosen."""


def resolve_moment(meaning: Moment, around: Surroundings) -> Resolved:
    if meaning.year is None and meaning.of.startswith("year-"):
        return _in_named_year(meaning, around)
    if meaning.holiday is not None:
        return _resolve_holiday(meaning, around)
    if meaning.weekend or (meaning.weekday is not None and meaning.month is None and meaning.day is None):
        return _resolve_weekday(meaning, around)
    if meaning.year is not None:
        return Resolved("DATE", _written(meaning, meaning.year), "explicit")
    anchor = around.context if meaning.of == "context" else around.reference
    if anchor is None:
        return Resolved("DATE", _written(meaning, None), None)
    if meaning.month is None and meaning.part is None:
        return _day_alone(meaning, anchor, around)
    year = anchor.year if meaning.of == "context" else _meant_year(meaning, anchor, around.tense)
    return Resolved("DATE", _written(meaning, year), "context" if meaning.of == "context" else anchor.source)


def _in_named_year(meaning: Moment, around: Surroundings) -> Resolved:
    if meaning.of[5:].isdigit():
        return Resolved("DATE", _written(replace(meaning, turn=None), int(meaning.of[5:])), "context")
    anchor = around.context if meaning.of == "year-context" else around.reference
    if anchor is None:
        return Resolved("DATE", _written(replace(meaning, turn=None), None), None)
    year = anchor.year + (meaning.turn or 0)
    if meaning.holiday is not None:
        return _resolve_holiday(replace(meaning, year=year, turn=None), around)
    return Resolved("DATE", _written(meaning, year), "context" if meaning.of == "year-context" else anchor.source)


def _day_alone(meaning: Moment, anchor: Anchor, around: Surroundings) -> Resolved:
    month = around.context or anchor
    if month.month is None or meaning.day is None or not is_date(month.year, month.month, meaning.day):
        return Resolved("DATE", f"XXXX-XX-{meaning.day or 0:02d}", None)
    return Resolved("DATE", f"{month.year:04d}-{month.month:02d}-{meaning.day:02d}", month.source)


def _written(meaning: Moment, year: int | None) -> str:
    """The value of a moment in a year (X where unknown), a compressed range as `first/last`."""
    if meaning.last is not None:
        last_year, last_month, last_day = meaning.last
        month = last_month or meaning.month
        closing = (
            year if year is None or last_month is None or meaning.month is None else year + (last_month < meaning.month)
        )
        return f"{_value(year, meaning.month, meaning.day)}/{_value(last_year or closing, month, last_day)}"
    if meaning.part == "W" and year is not None and meaning.month and is_date(year, meaning.month, meaning.day or 0):
        return week_of(date(year, meaning.month, meaning.day or 1))
    if meaning.part and meaning.part != "W":
        return f"{'XXXX' if year is None else f'{year:04d}'}-{meaning.part}"
    return _value(year, meaning.month, meaning.day)


def _value(year: int | None, month: int | None, day: int | None) -> str:
    written = "XXXX" if year is None else f"{year:04d}"
    if month is not None:
        written += f"-{month:02d}"
        if day is not None:
            written += f"-{day:02d}"
    return written


def _meant_year(meaning: Moment, anchor: Anchor, tense: int) -> int:
    """The year in which the month, day or part of a year lies that the words mean, told by turn, tense and distance."""
    here = anchor.middle
    if meaning.turn is not None:
        return _turned_year(meaning, here)

    def cost(year: int) -> float:
        distance = (_middle(meaning, year) - here).days
        if meaning.month is not None and meaning.day is None and anchor.month == meaning.month and year == anchor.year:
            return 0
        against = distance * tense < 0 or (tense == 0 and distance > 0)
        # results "of the third quarter" are still to be reported long after it
        weight = min(AGAINST[tense], 2.0) if tense > 0 and meaning.part and meaning.part[0] in "QH" else AGAINST[tense]
        return abs(distance) * (weight if against else 1)

    if anchor.month is None:
        return anchor.year
    return min((anchor.year, anchor.year - 1, anchor.year + 1), key=cost)


def _middle(meaning: Moment, year: int) -> date:
    if meaning.month is not None:
        return date(year, meaning.month, min(meaning.day or 15, 28))
    first, last = part_days(year, meaning.part or "Q1")
    return first + (last - first) / 2


def _turned_year(meaning: Moment, here: date) -> int:
    """ "Last July" is the last one that is over, "next July" the next to begin, "this July" that of the year."""
    year = here.year
    if meaning.part == "WI" and meaning.turn == 0:
        return year if here.month > 6 else year - 1
    if meaning.turn == 0:
        return year
    first, last = _extent(meaning, year)
    if meaning.turn == -1:
        # "last February" said in March is that of the year before: this one's would be "last month"
        recent = meaning.month is not None and (here - last).days <= 15
        return year if last < here and not recent else year - 1
    return year if first > here else year + 1


def _extent(meaning: Moment, year: int) -> tuple[date, date]:
    if meaning.month is not None:
        covered = days_of(_value(year, meaning.month, None))
        assert covered is not None
        return covered
    return part_days(year, meaning.part or "Q1")


def _resolve_holiday(meaning: Moment, around: Surroundings) -> Resolved:
    rule = load_holidays()[str(meaning.holiday)]
    anchor = around.reference
    if len(rule) == 10:
        return Resolved("DATE", rule, "explicit")
    if meaning.year is not None:
        found = holiday(rule, meaning.year)
        return Resolved("DATE", week_of(found) if found and meaning.part == "W" else str(found), "explicit")
    if anchor is None:
        fixed = rule if rule[:2].isdigit() and rule.count("-") == 1 else "XX-XX"
        return Resolved("DATE", f"XXXX-{fixed}", None)
    days = [d for y in (-1, 0, 1) if 1 < anchor.year + y < 9998 and (d := holiday(rule, anchor.year + y))]
    here, turn = anchor.middle, meaning.turn
    if turn == -1:
        chosen = max((d for d in days if d < here), default=days[0])
    elif turn == 1:
        chosen = min((d for d in days if d > here), default=days[-1])
    elif turn == 0:
        chosen = next((d for d in days if d.year == here.year), days[0])
    else:
        chosen = min(
            days,
            key=lambda d: abs((d - here).days) * (AGAINST[around.tense] if (d - here).days * around.tense < 0 else 1),
        )
    return Resolved("DATE", week_of(chosen) if meaning.part == "W" else chosen.isoformat(), anchor.source)


@cache
def load_holidays() -> dict[str, str]:
    """The rules of `temporal_holidays.toml` by name."""
    names: dict[str, str] = load_toml("temporal_holidays.toml")["holidays"]
    return names


def _resolve_weekday(meaning: Moment, around: Surroundings) -> Resolved:
    """The weekday or weekend meant: the last up to the anchor, or the next from it where the words point ahead."""
    anchor = around.context if meaning.of == "context" else around.reference
    wanted = 6 if meaning.weekend else int(meaning.weekday or 1)
    if anchor is None or anchor.day is None:
        return Resolved("DATE", "XXXX-WXX-WE" if meaning.weekend else f"XXXX-WXX-{wanted}", None)
    here = anchor.middle
    monday = here - timedelta(here.isoweekday() - 1)
    back = here - timedelta((here.isoweekday() - wanted) % 7)
    ahead = here + timedelta((wanted - here.isoweekday()) % 7)
    turn = meaning.turn
    if meaning.of == "week":
        chosen = monday + timedelta(7 * (turn or 0) + wanted - 1)
    elif meaning.weekend:
        chosen = _weekend(here, monday, turn, around.tense)
    elif turn == -1:
        chosen = back if back < here else here - timedelta(7)
    elif turn == 1:
        chosen = ahead if ahead > here else here + timedelta(7)
    elif turn == 0:
        chosen = monday + timedelta(wanted - 1)
    else:
        chosen = ahead if around.tense > 0 else back
    by = "context" if meaning.of == "context" else anchor.source
    return Resolved("DATE", f"{week_of(chosen)}-WE" if meaning.weekend else chosen.isoformat(), by)


def _weekend(here: date, monday: date, turn: int | None, tense: int) -> date:
    saturday = monday + timedelta(5)
    if turn == 0:
        return saturday
    if turn == 1:
        return saturday + timedelta(7 if here >= saturday else 0)
    if turn == -1 or tense <= 0:
        return saturday if here >= saturday and turn is None else saturday - timedelta(7)
    return saturday
