"""How matched parts become counted times: durations, recurring times, units before and after a point."""

from __future__ import annotations

from typing import Final

from communique.extraction.dates.meaning import Fixed, Meaning, Moment, Offset
from communique.extraction.dates.parts import (
    TIME_UNITS,
    Fixings,
    Parts,
    amount_of_units,
    clock_of_daypart,
    number_of,
    turn_of,
    unit_of,
    value_of,
)


def known_quarter(_: Parts, __: Fixings) -> Meaning | None:
    return Offset("Q", 0, of="context", quarterly=True)


def year_before(parts: Parts, _: Fixings) -> Meaning | None:
    if "o" in parts:
        return Moment(part=f"Q{value_of(parts, 'o')}", turn=-1, of="year-publication")
    return Offset("Q" if "q" in parts else "Y", -4 if "q" in parts else -1, quarterly=True)


_IN_A_YEAR: Final = {"M": 12, "W": 52, "Y": 1}


def same_unit_before(parts: Parts, _: Fixings) -> Meaning | None:
    """ "The same month last year" is twelve months before the one named last."""
    if "q" in parts:
        unit = "Q" if parts["q"][0].kind == "QUARTER" else "Y"
        return Offset(unit, -4 if unit == "Q" else -1, quarterly=True)
    unit = unit_of(parts)
    return Offset(unit, -_IN_A_YEAR[unit], of="context") if unit in _IN_A_YEAR else None


def turned_unit(parts: Parts, _: Fixings) -> Meaning | None:
    unit = unit_of(parts) if "u" in parts else "Y"
    if unit in TIME_UNITS or unit == "F":
        return None
    return Offset(unit, turn_of(parts) or 0)


def shifted_unit(parts: Parts, fixed: Fixings) -> Meaning | None:
    unit = unit_of(parts)
    return None if unit in TIME_UNITS else Offset(unit, fixed["shift"], of="context")


def next_unit(parts: Parts, fixed: Fixings) -> Meaning | None:
    """ "The next day" is the day after another; "the next year" a stretch from now on."""
    unit = unit_of(parts)
    return Offset("D", 1, of="context") if unit == "D" else anchored_unit(parts, fixed)


def phase_in_unit(parts: Parts, _: Fixings) -> Meaning | None:
    unit = unit_of(parts)
    return None if unit in TIME_UNITS else Offset(unit, 0, of="context" if unit == "D" else "publication")


ANCIENT: Final = 1000
"""So many years away a time has no calendar year worth naming."""


def _ago(parts: Parts, direction: int, of: str) -> Meaning | None:
    unit = unit_of(parts)
    count = float(value_of(parts, "c") or 0) or number_of(parts) or 1
    if unit in TIME_UNITS:
        return Fixed("DURATION", amount_of_units(count, unit))
    if unit in ("WE", "NI"):
        return None
    unit, factor = {"F": ("W", 2), "DE": ("Y", 10), "CE": ("Y", 100), "L": ("Y", 1000)}.get(unit, (unit, 1))
    count *= factor
    if unit == "Y" and count >= ANCIENT:
        return Fixed("DATE", "PAST_REF" if direction < 0 else "FUTURE_REF", None)
    return Offset(unit, direction * count, of=of, quarterly=unit == "Y" and count == 1 and direction < 0)


def counted_ago(parts: Parts, fixed: Fixings) -> Meaning | None:
    return _ago(parts, 1 if fixed.get("ahead") else -1, "publication")


def counted_later(parts: Parts, _: Fixings) -> Meaning | None:
    return _ago(parts, int(value_of(parts, "x")), "context")


def vague_point(_: Parts, fixed: Fixings) -> Meaning | None:
    return Fixed("DATE", fixed["value"], None)


def duration(parts: Parts, fixed: Fixings) -> Meaning | None:
    count = fixed.get("n") or value_of(parts, "c") or number_of(parts) or 1
    count = count + 0.5 if "h" in parts else count
    value = amount_of_units(float(count), unit_of(parts))
    return Fixed("DURATION", value, "publication" if fixed.get("anchored") else "explicit")


def one_unit(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", amount_of_units(1.5 if "h" in parts else 1, unit_of(parts)))


def half_unit(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", amount_of_units(0.5, unit_of(parts)))


def quarter_century(parts: Parts, _: Fixings) -> Meaning | None:
    return {"CE": Fixed("DURATION", "P25Y"), "H": Fixed("DURATION", "PT15M")}.get(unit_of(parts))


def vague_duration(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", amount_of_units(None, unit_of(parts)), None)


def long_unit(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed(
        "DURATION", amount_of_units(None if "u" in parts else 1, unit_of(parts)), None if "u" in parts else "explicit"
    )


def anchored_unit(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", amount_of_units(1, unit_of(parts)), "publication")


def year_to(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DURATION", "P1Y", "publication") if value_of(parts, "u") == "Y" else None


def every(parts: Parts, _: Fixings) -> Meaning | None:
    if "v" in parts:
        return Fixed("SET", amount_of_units(None, unit_of(parts)))
    count = number_of(parts) or value_of(parts, "o") or (2 if "x" in parts else 1)
    return Fixed("SET", amount_of_units(float(count), unit_of(parts)))


def every_named(parts: Parts, _: Fixings) -> Meaning | None:
    clock = clock_of_daypart(parts)
    if "w" in parts:
        return Fixed("SET", f"XXXX-WXX-{value_of(parts, 'w')}{clock}")
    if "m" in parts:
        return Fixed("SET", f"XXXX-{value_of(parts, 'm'):02d}")
    if "s" in parts:
        return Fixed("SET", f"XXXX-{value_of(parts, 's')}")
    if "e" in parts:
        return Fixed("SET", f"XXXX-WXX-{value_of(parts, 'e')}")
    return Fixed("SET", f"XXXX-XX-XXT{value_of(parts, 'q')}")


def rate(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("SET", amount_of_units(1, unit_of(parts)))


def set_word(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("SET", str(value_of(parts, "v")))


def vague_word(parts: Parts, _: Fixings) -> Meaning | None:
    return Fixed("DATE", str(value_of(parts, "v")), None)
