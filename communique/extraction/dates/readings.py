"""The readings of matched parts, by the names that the rules call them."""

from __future__ import annotations

from communique.extraction.dates.meaning import Meaning
from communique.extraction.dates.parts import Fixings, Parts, Reading
from communique.extraction.dates.readings_calendar import (
    century,
    clock,
    day_range,
    decade,
    half,
    holiday,
    holiday_week,
    iso,
    moment,
    month_range,
    quarter,
    relative_day,
    season,
    slashed,
    this_daypart,
    week_of,
    weekend,
    year_range,
)
from communique.extraction.dates.readings_counts import (
    anchored_unit,
    counted_ago,
    counted_later,
    duration,
    every,
    every_named,
    half_unit,
    known_quarter,
    long_unit,
    next_unit,
    one_unit,
    phase_in_unit,
    quarter_century,
    rate,
    set_word,
    shifted_unit,
    turned_unit,
    vague_duration,
    vague_point,
    vague_word,
    year_before,
    year_to,
)

READINGS: dict[str, Reading] = {
    function.__name__: function
    for function in (
        moment, day_range, month_range, year_range, iso, slashed, decade, century, quarter, half, season, weekend,
        week_of, holiday, holiday_week, relative_day, this_daypart, clock, known_quarter, year_before, turned_unit,
        shifted_unit, next_unit, phase_in_unit, counted_ago, counted_later, vague_point, duration, one_unit,
        half_unit, quarter_century, vague_duration, long_unit, anchored_unit, year_to, every, every_named, rate,
        set_word, vague_word,
    )
}  # fmt: skip


def read(make: str, parts: Parts, fixed: Fixings) -> Meaning | None:
    """The meaning of the matched parts, or None where the words only look like an expression."""
    return READINGS[make](parts, fixed)
