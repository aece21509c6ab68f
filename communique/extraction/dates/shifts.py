"""Times counted from an anchor: "last week", "three years ago", "the following day"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from communique.extraction.dates.anchors import Anchor, Resolved, Surroundings
from communique.extraction.dates.calendar import add_months, week_of
from communique.extraction.dates.meaning import Offset


def resolve_offset(meaning: Offset, around: Surroundings) -> Resolved:
    anchor = around.reference if meaning.of == "publication" else around.context or around.published
    if meaning.quarterly and around.quarter is not None and meaning.unit in "QY":
        year, part = around.quarter
        return Resolved("DATE", f"{year + int(meaning.count) // (1 if meaning.unit == 'Y' else 4)}-{part}", "context")
    if meaning.quarterly and meaning.unit == "Q" and meaning.count == -4:
        return _known_quarter(around, -5)
    if anchor is None:
        return Resolved("DATE", _unresolved(meaning.unit), None)
    if meaning.quarterly and meaning.unit == "Q" and meaning.of == "context":
        return _known_quarter(around, -1)
    value = _shifted(anchor, meaning.unit, meaning.count)
    if value is None:
        return Resolved("DATE", _unresolved(meaning.unit), None)
    if value == "PRESENT_REF":
        return Resolved("DATE", value, None)
    return Resolved("DATE", value, anchor.source if meaning.of == "publication" else "context")


def _known_quarter(around: Surroundings, quarters: int) -> Resolved:
    anchor = around.published
    if anchor is None or anchor.month is None:
        return Resolved("DATE", "XXXX-QX", None)
    year, month = add_months(anchor.year, anchor.month, 3 * quarters)
    return Resolved("DATE", f"{year:04d}-Q{(month - 1) // 3 + 1}", "publication")


def _unresolved(unit: str) -> str:
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "WE": "XXXX-WXX-WE"}.get(unit, "XXXX")


def _shifted(anchor: Anchor, unit: str, count: float) -> str | None:
    """The unit `count` units from the anchor; cut to the anchor's precision, None where that leaves nothing."""
    whole = int(count)
    try:
        return _SHIFTS[unit](anchor, whole) if unit in _SHIFTS else None
    except (ValueError, OverflowError):
        return None


def _shift_days(anchor: Anchor, count: int) -> str | None:
    if anchor.day is None:
        return "PRESENT_REF" if not count and anchor.source == "publication" else anchor.value
    return (anchor.middle + timedelta(count)).isoformat()


def _shift_weeks(anchor: Anchor, count: int) -> str | None:
    return week_of(anchor.middle + timedelta(7 * count)) if anchor.day is not None else None


def _shift_months(anchor: Anchor, count: int) -> str | None:
    if anchor.month is None:
        return anchor.value
    year, month = add_months(anchor.year, anchor.month, count)
    return _year(year, f"-{month:02d}")


def _shift_quarters(anchor: Anchor, count: int) -> str | None:
    if anchor.month is None:
        return None
    year, month = add_months(anchor.year, anchor.month, 3 * count)
    return _year(year, f"-Q{(month - 1) // 3 + 1}")


def _shift_halves(anchor: Anchor, count: int) -> str | None:
    if anchor.month is None:
        return None
    year, month = add_months(anchor.year, anchor.month, 6 * count)
    return _year(year, f"-H{(month - 1) // 6 + 1}")


def _year(year: int, rest: str = "") -> str | None:
    return f"{year:04d}{rest}" if 1 <= year <= 9998 else None


def _shift_years(anchor: Anchor, count: int) -> str | None:
    return _year(anchor.year + count)


def _shift_decades(anchor: Anchor, count: int) -> str | None:
    year = _year(anchor.year + 10 * count)
    return year and year[:3]


def _shift_centuries(anchor: Anchor, count: int) -> str | None:
    year = _year(anchor.year + 100 * count)
    return year and year[:2]


_SHIFTS: Final[dict[str, Callable[[Anchor, int], str | None]]] = {
    "D": _shift_days,
    "W": _shift_weeks,
    "M": _shift_months,
    "Q": _shift_quarters,
    "H": _shift_halves,
    "Y": _shift_years,
    "DE": _shift_decades,
    "CE": _shift_centuries,
}
