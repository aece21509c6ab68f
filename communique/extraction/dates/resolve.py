"""Resolves meanings to TIMEX3 values: against the day of publication at its precision, and the dates before."""

from __future__ import annotations

from datetime import timedelta

from communique.extraction.dates.anchors import Resolved, Surroundings
from communique.extraction.dates.meaning import Clock, Fixed, Moment, Offset
from communique.extraction.dates.moments import resolve_moment
from communique.extraction.dates.shifts import resolve_offset


def resolve(meaning: Moment | Offset | Clock | Fixed, around: Surroundings) -> Resolved:
    """The value of a meaning in its surroundings; what cannot be known stays as X in the value."""
    if isinstance(meaning, Fixed):
        return Resolved(meaning.timex_type, meaning.value, meaning.resolved_by)
    if isinstance(meaning, Clock):
        return _resolve_clock(meaning, around)
    if isinstance(meaning, Offset):
        found = resolve_offset(meaning, around)
    else:
        found = resolve_moment(meaning, around)
    if meaning.clock:
        return _with_clock(found, meaning.clock)
    return found


def _with_clock(found: Resolved, clock: str) -> Resolved:
    value = found.value
    if value.endswith("_REF"):
        value = "XXXX-XX-XX"
    missing = {4: "-XX-XX", 7: "-XX"}.get(len(value), "") if value[0].isdigit() and "W" not in value else ""
    return Resolved("TIME", f"{value}{missing}{clock}", found.by)


def _resolve_clock(meaning: Clock, around: Surroundings) -> Resolved:
    day = around.clock_day if not meaning.shift else around.context or around.clock_day
    if day is None:
        return Resolved("TIME", f"XXXX-XX-XX{meaning.clock}", None)
    value = day.value
    if day.day is not None and meaning.shift:
        value = (day.middle + timedelta(meaning.shift)).isoformat()
    return _with_clock(Resolved("DATE", value, day.source), meaning.clock)
