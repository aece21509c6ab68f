"""How the named parts of a matched pattern become a meaning: one small function per kind of expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from communique.extraction.dates.calendar import is_date
from communique.extraction.dates.figures import century_of
from communique.extraction.dates.meaning import Clock, Fixed, Meaning, Moment, Offset
from communique.extraction.dates.tokens import Token

Parts = Mapping[str, tuple[Token, ...]]
Fixings = Mapping[str, Any]
Reading = Callable[[Parts, Fixings], "Meaning | None"]

LEAP_YEAR = 2024
TIME_UNITS = {"H": "H", "MIN": "M", "S": "S"}
_SMALLER = {"Y": ("M", 12), "H": ("M", 60), "MIN": ("S", 60), "DE": ("Y", 10), "CE": ("Y", 100), "L": ("Y", 1000)}
"""The unit that parts of a unit are counted in, and how many of it make one."""


def _value(parts: Parts, *names: str) -> Any:
    """The value of the first of these parts that is there, else None."""
    for name in names:
        if name in parts:
            return parts[name][0].value
    return None


def _number(parts: Parts, name: str = "n") -> float | None:
    """The number a part says: "two", "2 1/2", "two or three" (the first), "one and a half", "a dozen"."""
    tokens = parts.get(name)
    if tokens is None:
        return None
    total, kinds = 0.0, [t.kind for t in tokens]
    for kind, token in zip(kinds, tokens, strict=True):
        if kind in ("OR", "TO"):
            break
        if kind == "DASH" and "AND" not in kinds and "FRACTION" not in kinds:
            break
        if kind in ("HALF", "QUARTER"):
            total += 0.5 if kind == "HALF" else 0.25
        elif kind == "DOZEN":
            total = (total or 1) * float(token.value)
        elif isinstance(token.value, int | float) and kind != "A":
            total += token.value
    return total


def amount_of_units(count: float | None, unit: str) -> str:
    """A TIMEX3 duration: `P3Y`, `PT5H30M`, `P1.5Y` for what has no smaller unit in it; X for an unknown count."""
    time = unit in TIME_UNITS
    prefix, letter = ("PT", TIME_UNITS[unit]) if time else ("P", unit)
    if unit == "F":
        letter, count = "W", None if count is None else count * 2
    if count is None:
        return f"{prefix}X{letter}"
    whole, rest = int(count), count - int(count)
    smaller = {
        "Y": ("M", 12),
        "H": ("M", 60),
        "MIN": ("S", 60),
        "DE": ("Y", 10),
        "CE": ("Y", 100),
        "L": ("Y", 1000),
    }.get(unit)
    if rest and smaller:
        small = round(rest * smaller[1])
        return f"{prefix}{whole}{letter}{small}{smaller[0]}" if whole else f"{prefix}{small}{smaller[0]}"
    return f"{prefix}{count:g}{letter}" if rest else f"{prefix}{whole}{letter}"


def _unit(parts: Parts) -> str:
    token = next(parts[name][0] for name in ("u", "u2") if name in parts)
    return {"SECOND": "S", "DAYPARTS": "NI", "DAYPART": "NI", "WEEKENDS": "WE", "WEEKEND": "WE"}.get(
        token.kind, str(token.value)
    )


def _turn(parts: Parts) -> int | None:
    """-1, 0 or 1: "this past" and "this coming" turn as their second word does."""
    return int(parts["t"][-1].value) if "t" in parts else None


def _clock_of_daypart(parts: Parts) -> str:
    return f"T{parts['p'][0].value}" if "p" in parts else ""


def _day(parts: Parts, name: str) -> int | None:
    value = _value(parts, name)
    return None if value is None else int(value)


def moment(parts: Parts, fixed: Fixings) -> Meaning | None:
    day = _day(parts, "d")
    if day is not None and not is_date(LEAP_YEAR, int(_value(parts, "m") or 1), day):
        return None
    if day is None and "m" not in parts and "w" in parts and "p" in parts and parts["p"][0].kind == "DAYPARTS":
        return None
    year = _value(parts, "y", "y2")
    if year is not None and not 1000 <= year < 2200:
        return None
    return Moment(
        year=None if year is None else int(year),
        month=_value(parts, "m"),
        day=day,
        weekday=_value(parts, "w"),
        turn=fixed.get("turn", _turn(parts)),
        of=fixed.get("of", "publication"),
        borrow=fixed.get("borrow", 0),
        clock=_clock_of_daypart(parts),
    )


def day_range(parts: Parts, _: Fixings) -> Meaning | None:
    first, last = _day(parts, "d"), _day(parts, "e")
    if first is None or last is None or not 1 <= first < last <= 31:
        return None
    return Moment(year=_value(parts, "y"), month=_value(parts, "m"), day=first, last=(None, None, last))


def month_range(parts: Parts, _: Fixings) -> Meaning | None:
    return Moment(year=_value(parts, "y"), month=_value(parts, "m"), last=(None, _value(parts, "n"), None))


def year_range(parts: Parts, _: Fixings) -> Meaning | None:
    first, last = int(_value(parts, "y")), int(_value(parts, "z"))
    if last < 100:
        last += first // 100 * 100
    return Fixed("DATE", f"{first}/{last}") if first < last <= first + 120 else None


def iso(parts: Parts, _: Fixings) -> Meaning | None:
    date, _sep, clock = str(_value(parts, "d")).partition("T")
    year, month, day = map(int, date.split("-"))
    return _checked(year, month, day, f"T{clock.rstrip('Z')}" if clock else "")


def slashed(parts: Parts, _: Fixings) -> Meaning | None:
    """`02/07/2025` as the American order has it, unless the first figure can be no month."""
    first, second, year = map(int, str(_value(parts, "d")).split("/"))
    year = century_of(year) if year < 100 else year
    return _checked(year, first, second, "") or _checked(year, second, first, "")


def _checked(year: int, month: int, day: int, clock: str) -> Meaning | None:
    if 1000 <= year < 2200 and is_date(year, month, day):
        return Moment(year=year, month=month, day=day, clock=clock)
    return None


def decade(parts: Parts, _: Fixings) -> Meaning | None:
    value = _value(parts, "d")
    return Fixed("DATE", f"19{value}" if isinstance(value, int) else str(value))


def century(parts: Parts, _: Fixings) -> Meaning | None:
    if _value(parts, "u") != "CE" or not 2 <= int(_value(parts, "o")) <= 21:
        return None
    return Fixed("DATE", f"{int(_value(parts, 'o')) - 1:02d}")


def quarter(parts: Parts, _: Fixings) -> Meaning | None:
    order = _value(parts, "o")
    if order is not None and not 1 <= int(order) <= 4:
        return None
    return Moment(year=_value(parts, "y"), part=_value(parts, "q") or f"Q{order}")


def half(parts: Parts, _: Fixings) -> Meaning | None:
    order = _value(parts, "o")
    return Moment(part=f"H{2 if order in (2, -1) else 1}") if order in (1, 2, -1) else None


def known_quarter(_: Parts, __: Fixings) -> Meaning | None:
    return Offset("Q", 0, of="context", quarterly=True)


def year_before(parts: Parts, _: Fixings) -> Meaning | None:
    if "o" in parts:
        return Moment(part=f"Q{_value(parts, 'o')}", turn=-1, of="year-publication")
    return Offset("Q" if "q" in parts else "Y", -4 if "q" in parts else -1, quarterly=True)


def season(parts: Parts, fixed: Fixings) -> Meaning | None:
    name = _value(parts, "s", "s2")
    return Moment(year=_value(parts, "y"), part=str(name), turn=_turn(parts), of=fixed.get("of", "publication"))


def weekend(parts: Parts, fixed: Fixings) -> Meaning | None:
    return Moment(weekend=True, turn=_turn(parts), of=fixed.get("of", "publication"))


def week_of(parts: Parts, _: Fixings) -> Meaning | None:
    return Moment(year=_value(parts, "y"), month=_value(parts, "m"), day=_day(parts, "d"), part="W")


def holiday(parts: Parts, _: Fixings) -> Meaning | None:
    return Moment(year=_value(parts, "y"), holiday=str(_value(parts, "h")), turn=_turn(parts))


def holiday_week(parts: Parts, fixed: Fixings) -> Meaning | None:
    found = holiday(parts, fixed)
    return replace(found, part="W") if isinstance(found, Moment) and _unit(parts) == "W" else None


def relative_day(parts: Parts, _: Fixings) -> Meaning | None:
    if "u" in parts and _value(parts, "u") != "D":
        return None
    return Offset("D", int(_value(parts, "r")) + int(_value(parts, "x") or 0), clock=_clock_of_daypart(parts))


def this_daypart(parts: Parts, fixed: Fixings) -> Meaning | None:
    if fixed.get("of") == "context":
        return Clock(_clock_of_daypart(parts), "context", fixed.get("shift", 0))
    return Offset("D", _turn(parts) or 0, clock=_clock_of_daypart(parts))


def turned_unit(parts: Parts, _: Fixings) -> Meaning | None:
    unit = _unit(parts) if "u" in parts else "Y"
    if unit in TIME_UNITS or unit == "F":
        return None
    return Offset(unit, _turn(parts) or 0, quarterly=unit == "Q")


def shifted_unit(parts: Parts, fixed: Fixings) -> Meaning | None:
    unit = _unit(parts)
    return None if unit in TIME_UNITS else Offset(unit, fixed["shift"], of="context")


def next_unit(parts: Parts, fixed: Fixings) -> Meaning | None:
    """ "The next day" is the day after another; "the next year" a stretch from now on."""
    unit = _unit(parts)
    return Offset("D", 1, of="context") if unit == "D" else anchored_unit(parts, fixed)


def phase_in_unit(parts: Parts, _: Fixings) -> Meaning | None:
    unit = _unit(parts)
    return None if unit in TIME_UNITS else Offset(unit, 0, of="context" if unit == "D" else "publication")


def _ago(parts: Parts, direction: int, of: str) -> Meaning | None:
    unit = _unit(parts)
    count = float(_value(parts, "c") or 0) or _number(parts) or 1
    if unit in TIME_UNITS:
        return Fixed("DURATION", amount_of_units(count, unit))
    if unit in ("WE", "NI"):
        return None
    unit, factor = {"F": ("W", 2), "DE": ("Y", 10), "CE": ("Y", 100), "L": ("Y", 1000)}.get(unit, (unit, 1))
    count *= factor
    return Offset(unit, direction * count, of=of, quarterly=unit == "Y" and count == 1 and direction < 0)


def counted_ago(parts: Parts, fixed: Fixings) -> Meaning | None:
    return _ago(parts, 1 if fixed.get("ahead") else -1, "publication")


def counted_later(parts: Parts, _: Fixings) -> Meaning | None:
    return _ago(parts, int(_value(parts, "x")), "context")


def vague_point(_: Parts, fixed: Fixings) -> Meaning | None:
    return Fixed("DATE", fixed["value"], None)


def duration(parts: Parts, fixed: Fixings) -> Meaning | None:
    count = fixed.get("n") or _value(parts, "c") or _number(parts) or 1
    count = count + 0.5 if "h" in parts else count
    value = amount_of_units(float(count), _unit(parts))
    return Fixed("DURATION", value, "publication" if fixed.get("anchored") else "explicit")


def one_unit(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", amount_of_units(1.5 if "h" in parts else 1, _unit(parts)))


def half_unit(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", amount_of_units(0.5, _unit(parts)))


def quarter_century(parts: Parts, _: Fixings) -> Meaning | None:
    return {"CE": Fixed("DURATION", "P25Y"), "H": Fixed("DURATION", "PT15M")}.get(_unit(parts))


def vague_duration(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", amount_of_units(None, _unit(parts)), None)


def long_unit(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed(
        "DURATION", amount_of_units(None if "u" in parts else 1, _unit(parts)), None if "u" in parts else "explicit"
    )


def anchored_unit(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", amount_of_units(1, _unit(parts)), "publication")


def year_to(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", "P1Y", "publication") if _value(parts, "u") == "Y" else None


def every(parts: Parts, _: Fixings) -> Meaning | None:
    if "v" in parts:
        return Fixed("SET", amount_of_units(None, _unit(parts)))
    count = _number(parts) or _value(parts, "o") or (2 if "x" in parts else 1)
    return Fixed("SET", amount_of_units(float(count), _unit(parts)))


def every_named(parts: Parts, _: Fixings) -> Meaning | None:
    clock = _clock_of_daypart(parts)
    if "w" in parts:
        return Fixed("SET", f"XXXX-WXX-{_value(parts, 'w')}{clock}")
    if "m" in parts:
        return Fixed("SET", f"XXXX-{_value(parts, 'm'):02d}")
    if "s" in parts:
        return Fixed("SET", f"XXXX-{_value(parts, 's')}")
    if "e" in parts:
        return Fixed("SET", f"XXXX-WXX-{_value(parts, 'e')}")
    return Fixed("SET", f"XXXX-XX-XXT{_value(parts, 'q')}")


def rate(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("SET", amount_of_units(1, _unit(parts)))


def set_word(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("SET", str(_value(parts, "v")))


def vague_word(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DATE", str(_value(parts, "v")), None)


def clock(parts: Parts, _: Fixings) -> Meaning | None:
    """A time of day on the 24-hour clock: `T08:00`, `T14:30Z`; a part of the day alone is `TMO`."""
    zone = str(_value(parts, "z") or "")
    if "n" in parts:
        return Clock(f"T{_value(parts, 'n')}")
    if "c" not in parts and "h" not in parts and "f" not in parts:
        return Clock(_clock_of_daypart(parts))
    if "f" in parts:
        digits = f"{_value(parts, 'f'):04d}"
        hour, rest = int(digits[:2]), digits[2:]
    else:
        figure, _sep, rest = str(_value(parts, "c") or _value(parts, "h")).partition(":")
        hour, rest = int(float(figure)), rest or "00"
    half_day = _value(parts, "a")
    if half_day is None and "p" in parts:
        half_day = 0 if _value(parts, "p") == "MO" else 12
    if half_day is not None and hour <= 12:
        hour = hour % 12 + int(half_day)
    return Clock(f"T{hour:02d}:{rest}{zone}") if hour <= 24 and re.fullmatch(r"[0-5]\d(:[0-5]\d)?", rest) else None


READINGS: dict[str, Reading] = {
    function.__name__: function
    for function in (
        moment, day_range, month_range, year_range, iso, slashed, decade, century, quarter, half, known_quarter,
        year_before, season, weekend, week_of, holiday, holiday_week, relative_day, this_daypart, turned_unit,
        shifted_unit, next_unit, phase_in_unit, counted_ago, counted_later, vague_point, duration, one_unit,
        half_unit, quarter_century, vague_duration, long_unit, anchored_unit, year_to, every, every_named, rate,
        set_word, vague_word, clock,
    )
}  # fmt: skip


def read(make: str, parts: Parts, fixed: Fixings) -> Meaning | None:
    """The meaning of the matched parts, or None where the words only look like an expression."""
    return READINGS[make](parts, fixed)
