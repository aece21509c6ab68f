"""The tests of the surroundings of a match, by the names that the rules call them."""

from __future__ import annotations

from collections.abc import Callable

from communique.extraction.dates.guards_calendar import (
    after_preposition,
    before_centuries,
    calendar_year,
    day_of_month,
    day_prefix,
    day_suffix,
    decade,
    lone_ordinal,
    month_noun,
    not_fraction,
    not_in_name,
    season_bare,
    season_noun,
    weekday_noun,
)
from communique.extraction.dates.guards_counts import (
    adverb_set,
    clock_noun,
    joined_to_date,
    not_age,
    not_counted,
    not_to,
    one_day,
    rate,
    relative_day,
    same_unit,
    the_past,
    the_unit,
    the_units,
    turned_unit,
    units_alone,
    vague_word,
    year_end,
)
from communique.extraction.dates.place import Place, closed, not_title

GUARDS: dict[str, Callable[[Place], bool]] = {
    function.__name__: function
    for function in (
        closed, not_title, day_of_month, day_prefix, day_suffix, lone_ordinal, after_preposition, not_in_name,
        month_noun, calendar_year, not_fraction, season_noun, season_bare, weekday_noun, decade, turned_unit,
        same_unit, year_end, not_age, not_to, rate, units_alone, relative_day, not_counted, adverb_set, vague_word,
        the_past, the_unit, clock_noun, joined_to_date, before_centuries, one_day, the_units,
    )
}  # fmt: skip
