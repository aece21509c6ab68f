"""The named parts of a match and what they say: values, numbers, units, turns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from communique.extraction.dates.meaning import Meaning
from communique.extraction.dates.tokens import Token

Parts = Mapping[str, tuple[Token, ...]]


Fixings = Mapping[str, Any]


Reading = Callable[[Parts, Fixings], "Meaning | None"]


TIME_UNITS: Final = {"H": "H", "MIN": "M", "S": "S"}


_SMALLER: Final = {"Y": ("M", 12), "H": ("M", 60), "MIN": ("S", 60)}
"""The unit that parts of a unit are counted in, and how many of it make one."""

_YEARS: Final = {"DE": 10, "CE": 100, "L": 1000}
"""Spans that are given in years where they are no whole number."""


def value_of(parts: Parts, *names: str) -> Any:
    """The value of the first of these parts that is there, else None."""
    for name in names:
        if name in parts:
            return parts[name][0].value
    return None


def number_of(parts: Parts, name: str = "n") -> float | None:
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
        elif kind in ("DOZEN", "SCALE"):
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
    if unit in _YEARS and count % 1:
        letter, count = "Y", count * _YEARS[unit]
    whole, rest = int(count), count - int(count)
    smaller = _SMALLER.get(unit)
    if rest and smaller:
        small = round(rest * smaller[1])
        return f"{prefix}{whole}{letter}{small}{smaller[0]}" if whole else f"{prefix}{small}{smaller[0]}"
    return f"{prefix}{count:g}{letter}" if rest else f"{prefix}{whole}{letter}"


def unit_of(parts: Parts) -> str:
    token = next(parts[name][0] for name in ("u", "u2") if name in parts)
    return {"SECOND": "S", "DAYPARTS": "NI", "DAYPART": "NI", "WEEKENDS": "WE", "WEEKEND": "WE"}.get(
        token.kind, str(token.value)
    )


def turn_of(parts: Parts) -> int | None:
    """-1, 0 or 1: "this past" and "this coming" turn as their second word does."""
    return int(parts["t"][-1].value) if "t" in parts else None


def clock_of_daypart(parts: Parts) -> str:
    return f"T{parts['p'][0].value}" if "p" in parts else ""


def day_of(parts: Parts, name: str) -> int | None:
    value = value_of(parts, name)
    return None if value is None else int(value)
