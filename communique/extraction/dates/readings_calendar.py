"""How matched parts become calendar dates, seasons, weekdays and times of day: a small function per kind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from communique.extraction.dates.calendar import is_date
from communique.extraction.dates.figures import century_of
from communique.extraction.dates.meaning import Clock, Fixed, Meaning, Moment, Offset
from communique.extraction.dates.parts import (
    Fixings,
    Parts,
    clock_of_daypart,
    day_of,
    number_of,
    turn_of,
    unit_of,
    value_of,
)

LEAP_YEAR: Final = 2024


def moment(parts: Parts, fixed: Fixings) -> Meaning | None:
    day = day_of(parts, "d")
    if day is not None and not is_date(LEAP_YEAR, int(value_of(parts, "m") or 1), day):
        return None
    if day is None and "m" not in parts and "w" in parts and "p" in parts and parts["p"][0].kind == "DAYPARTS":
        return None
    year = value_of(parts, "y", "y2")
    if year is not None and not 1000 <= year < 2200:
        return None
    return Moment(
        year=None if year is None else int(year),
        month=value_of(parts, "m"),
        day=day,
        weekday=value_of(parts, "w"),
        turn=fixed.get("turn", turn_of(parts)),
        of=fixed.get("of", "publication"),
        borrow=fixed.get("borrow", 0),
        clock=clock_of_daypart(parts),
    )


def day_range(parts: Parts, _: Fixings) -> Meaning | None:
    first, last = day_of(parts, "d"), day_of(parts, "e")
    if first is None or last is None or not 1 <= first < last <= 31:
        return None
    return Moment(year=value_of(parts, "y"), month=value_of(parts, "m"), day=first, last=(None, None, last))


def month_range(parts: Parts, _: Fixings) -> Meaning | None:
    return Moment(year=value_of(parts, "y"), month=value_of(parts, "m"), last=(None, value_of(parts, "n"), None))


def year_range(parts: Parts, _: Fixings) -> Meaning | None:
    first, last = int(value_of(parts, "y")), int(value_of(parts, "z"))
    if last < 100:
        last += first // 100 * 100
    return Fixed("DATE", f"{first}/{last}") if first < last <= first + 120 else None


def iso(parts: Parts, _: Fixings) -> Meaning | None:
    date, _sep, clock = str(value_of(parts, "d")).partition("T")
    year, month, day = map(int, date.split("-"))
    return _checked(year, month, day, f"T{clock.rstrip('Z')}" if clock else "")


def slashed(parts: Parts, _: Fixings) -> Meaning | None:
    """`02/07/2025` as the American order has it, unless the first figure can be no month."""
    first, second, year = map(int, str(value_of(parts, "d")).split("/"))
    year = century_of(year) if year < 100 else year
    return _checked(year, first, second, "") or _checked(year, second, first, "")


def _checked(year: int, month: int, day: int, clock: str) -> Meaning | None:
    if 1000 <= year < 2200 and is_date(year, month, day):
        return Moment(year=year, month=month, day=day, clock=clock)
    return None


def decade(parts: Parts, _: Fixings) -> Meaning | None:
    value = value_of(parts, "d")
    return Fixed("DATE", f"19{value}" if isinstance(value, int) else str(value))


def century(parts: Parts, fixed: Fixings) -> Meaning | None:
    order = int(value_of(parts, "o")) + int(number_of(parts, "t") or 0)
    if fixed.get("unit", value_of(parts, "u")) != "CE" or not 2 <= order <= 21:
        return None
    return Fixed("DATE", f"{order - 1:02d}")


def quarter(parts: Parts, _: Fixings) -> Meaning | None:
    order = value_of(parts, "o")
    order = 4 if order == -1 else order
    if order is not None and not 1 <= int(order) <= 4:
        return None
    return Moment(year=value_of(parts, "y"), part=value_of(parts, "q") or f"Q{order}")


def half(parts: Parts, _: Fixings) -> Meaning | None:
    order = value_of(parts, "o")
    return Moment(part=f"H{2 if order in (2, -1) else 1}") if order in (1, 2, -1) else None


def season(parts: Parts, fixed: Fixings) -> Meaning | None:
    name = value_of(parts, "s", "s2")
    return Moment(year=value_of(parts, "y"), part=str(name), turn=turn_of(parts), of=fixed.get("of", "publication"))


def weekend(parts: Parts, fixed: Fixings) -> Meaning | None:
    return Moment(weekend=True, turn=turn_of(parts), of=fixed.get("of", "publication"))


def week_of(parts: Parts, _: Fixings) -> Meaning | None:
    return Moment(year=value_of(parts, "y"), month=value_of(parts, "m"), day=day_of(parts, "d"), part="W")


def holiday(parts: Parts, _: Fixings) -> Meaning | None:
    return Moment(year=value_of(parts, "y"), holiday=str(value_of(parts, "h")), turn=turn_of(parts))


def holiday_week(parts: Parts, fixed: Fixings) -> Meaning | None:
    found = holiday(parts, fixed)
    return replace(found, part="W") if isinstance(found, Moment) and unit_of(parts) == "W" else None


def relative_day(parts: Parts, _: Fixings) -> Meaning | None:
    if "u" in parts and value_of(parts, "u") != "D":
        return None
    return Offset("D", int(value_of(parts, "r")) + int(value_of(parts, "x") or 0), clock=clock_of_daypart(parts))


def this_daypart(parts: Parts, fixed: Fixings) -> Meaning | None:
    if fixed.get("of") == "context":
        return Clock(clock_of_daypart(parts), "context", fixed.get("shift", 0))
    return Offset("D", turn_of(parts) or 0, clock=clock_of_daypart(parts))


def clock(parts: Parts, _: Fixings) -> Meaning | None:
    """A time of day on the 24-hour clock: `T08:00`, `T14:30Z`; a part of the day alone is `TMO`."""
    zone = str(value_of(parts, "z") or "")
    if "n" in parts:
        return Clock(f"T{value_of(parts, 'n')}")
    if "c" not in parts and "h" not in parts and "f" not in parts:
        return Clock(clock_of_daypart(parts))
    if "f" in parts:
        digits = f"{value_of(parts, 'f'):04d}"
        hour, rest = int(digits[:2]), digits[2:]
    else:
        figure, _sep, rest = str(value_of(parts, "c") or value_of(parts, "h")).partition(":")
        hour, rest = int(float(figure)), rest or "00"
    half_day = value_of(parts, "a")
    if half_day is None and "p" in parts:
        half_day = 0 if value_of(parts, "p") == "MO" else 12
    if half_day is not None and hour <= 12:
        hour = hour % 12 + int(half_day)
    return Clock(f"T{hour:02d}:{rest}{zone}") if hour <= 24 and re.fullmatch(r"[0-5]\d(:[0-5]\d)?", rest) else None
