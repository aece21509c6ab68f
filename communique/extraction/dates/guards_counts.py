"""Tests of the words around units, counts and times of day: whether "a week" is a rate, "52 years old" an age."""

from __future__ import annotations

import re
from typing import Final

from communique.extraction.dates.place import DAYS, MONTHS, WEEKDAYS, Place, closed, not_title, noun_ends, words
from communique.extraction.dates.vocabulary import COUNTS, vocabulary

_BEFORE_CLOCK: Final = frozenset({"AT", "BY", "SINCE", "FROM", "NEARLY", "DURING", "BETWEEN", "BEFORE", "AFTER"})


def turned_unit(at: Place) -> bool:
    if not not_title(at):
        return False
    opener, unit = at.tokens[at.first].kind, at.tokens[at.last - 1].value
    if opener == "PAST":
        return at.kind(-1) not in ("UNITS", "UNIT")
    if opener in ("LAST", "NEXT") and unit == "D":
        return opener == "NEXT" and at.kind(0) != "OF"
    return at.kind(-1) != "POSSESSIVE" and at.kind(0) != "OLD" and not (opener == "THIS" and unit == "D")


def same_unit(at: Place) -> bool:
    return at.kind(0) not in ("OLD", "DASH") and at.tokens[at.last - 1].kind != "SECOND"


def year_end(at: Place) -> bool:
    unit = next(t.value for t in at.tokens[at.first : at.last] if t.kind == "UNIT")
    return (
        unit in ("Y", "M", "DE", "CE", "W")
        and at.kind(0) != "OF"
        and (unit == "Y" or at.tokens[at.last - 2].kind != "UNIT")
    )


def not_age(at: Place) -> bool:
    """Ages are no expressions of time: "52 years old", "a 44-year-old", "five years of age"."""
    if at.kind(0) == "OLD" or (at.kind(0) == "DASH" and at.kind(1) == "OLD"):
        return False
    if at.kind(0) == "DASH" and at.kind(1) in ("AGO", "EARLIER"):
        return False
    if at.kind(0) == "POSSESSOR" and at.is_name(1):
        return False
    if at.tokens[at.last - 1].kind == "QUARTERS" and _is_fraction(at):
        return False
    if at.tokens[at.first].kind == "OVER" and at.word(-1) not in words("modified"):
        return False
    return not (at.kind(0) == "OF" and at.word(1) == "age")


def _is_fraction(at: Place) -> bool:
    """ "Three quarters of the voters" are no time, "several quarters of losses" are."""
    counted = at.tokens[at.last - 2]
    return counted.kind == "DASH" or (at.kind(0) == "OF" and counted.kind in COUNTS)


def one_day(at: Place) -> bool:
    """ "One day he will return" says no length of time, "in one day" does."""
    if not not_age(at):
        return False
    number, unit = at.tokens[at.last - 2], at.tokens[at.last - 1]
    if at.last - at.first != 2 or number.kind != "WORDS" or number.value != 1 or unit.value != "D":
        return True
    if at.kind(0) in ("AFTER", "BEFORE", "FROM", "OF", "DASH"):
        return True
    return (
        at.word(-1) in words("duration_preposition")
        or at.word(-1) in words("lasting")
        or at.word(-1) in words("preposition")
    )


def the_units(at: Place) -> bool:
    """ "Over the years" is a time, "the years of the war" and "the days before it" are not."""
    return at.word(-1) in ("over", "through", "throughout", "down") and closed(at)


def not_to(at: Place) -> bool:
    return at.kind(0) != "TO"


def rate(at: Place) -> bool:
    """ "A week" is a rate behind a counted noun: "four flights a week", "$1.76 a year", "0.25% of GDP a year"."""
    if at.token(-1) is None or at.kind(-1) not in (
        "OTHER",
        "DAY",
        "TWO",
        "NUMBER",
        "WORDS",
        "UNITS",
        "DOZEN",
        "FRACTION",
        "YEAR",
        "SCALE",
        "DOZENS",
    ):
        return False
    if not at.raw(-1)[-1:].isalnum() and at.raw(-1) != "%":
        return False
    if at.word(-1) in words("function") or at.word(-1) in words("preposition") or at.word(-1) in words("lasting"):
        return False
    if at.word(-1).endswith("ed") or at.kind(0) in ("OF", "AGO", "LATER", "EARLIER", "AFTER", "BEFORE"):
        return False
    return at.kind(-2) == "A" or _counted_before(at)


_LETTERS: Final = re.compile(r"[\w.,]+")
_COUNTING: Final = frozenset({*COUNTS, "YEAR", "DOZENS", "FEW"})


def _counted_before(at: Place) -> bool:
    """Whether a number stands among the words before the match: "1.2 million tonnes of wheat a year"."""
    start = at.tokens[at.first].start
    known = vocabulary().words
    for word in _LETTERS.findall(at.text, max(start - 48, 0), start)[-6:]:
        entry = known.get(word)
        if word[:1].isdigit() or word.lower() in words("multitude") or (entry and entry.kind in _COUNTING):
            return True
    return False


_NO_BARE_UNIT: Final = (
    "DASH",
    "POSSESSIVE",
    "FISCAL",
    "OLD",
    "EARLY",
    "LATE",
    "ORDINAL",
    "DAY",
    "TWO",
    "WORDS",
    "NUMBER",
    "FEW",
    "SEVERAL",
)


def units_alone(at: Place) -> bool:
    """A bare plural unit is an expression where it says how long, not where it is merely counted or described."""
    if at.kind(-1) in _NO_BARE_UNIT or at.kind(0) in (
        "OLD",
        "POSSESSOR",
        "DASH",
    ):
        return False
    if at.word(-1) in words("duration_preposition"):
        return True
    return at.kind(0) in ("OF", "AFTER", "BEFORE", "AGO") and (
        at.kind(-1) not in ("OTHER", "THE") or not at.raw(-1).isalpha()
    )


def relative_day(at: Place) -> bool:
    """ "USA Today" is a newspaper; "today's youth" means these days."""
    raw = at.text[at.tokens[at.first].start : at.tokens[at.first].end]
    return not (raw[0].isupper() and at.is_name(-1) and at.token(-1) is not None)


def not_counted(at: Place) -> bool:
    return at.kind(-1) not in ("DAY", "TWO", "WORDS", "NUMBER", "OTHER") or (
        at.kind(-1) == "OTHER" and not at.is_name(-1)
    )


def adverb_set(at: Place) -> bool:
    """ "Daily" inside a name ("Daily Telegraph", "China Daily") is none."""
    raw = at.text[at.tokens[at.first].start : at.tokens[at.first].end]
    if raw[0].isupper() and (at.is_name(0) or at.is_name(-1)):
        return False
    if at.is_name(0) and at.kind(-1) == "OTHER" and at.raw(-1).isalpha() and at.word(-1) not in words("function"):
        return False
    return raw.lower() == "daily" or noun_ends(at)


def vague_word(at: Place) -> bool:
    raw = at.text[at.tokens[at.first].start : at.tokens[at.first].end]
    word = raw.lower()
    if any(part[0].isupper() and (at.is_name(0) or at.is_name(-1)) for part in raw.split()[-1:]):
        return False
    if word == "now":
        return at.kind(0) != "DASH" and at.kind(-1) != "DASH"
    if word.endswith("future"):
        return at.kind(0) not in ("OF", "DASH")
    if word == "to date":
        return at.kind(0) != "A"
    return True


def the_past(at: Place) -> bool:
    return at.kind(0) not in ("UNIT", "UNITS", "FEW", "SEVERAL", "COUPLE", "DAY", "WORDS") and noun_ends(at)


def the_unit(at: Place) -> bool:
    """ "The year" is the current one behind "for" or "of" where nothing qualifies it."""
    unit = at.tokens[at.last - 1].value
    if unit not in ("Y", "W", "M") or at.kind(0) in ("OF", "POSSESSOR", "CLOSING", "DASH", "THAT"):
        return False
    return at.word(-1) in ("for", "throughout", "through", "during", "of", "in") and closed(at)


def clock_noun(at: Place) -> bool:
    """A bare 8:30 needs a word of time beside it: scores and verses look the same."""
    if any(t.kind in ("AMPM", "ZONE") for t in at.tokens[at.first : at.last]):
        return True
    return at.kind(-1) in _BEFORE_CLOCK or at.kind(0) == "ON" or at.kind(0) in WEEKDAYS


def joined_to_date(at: Place) -> bool:
    dates = (*WEEKDAYS, *MONTHS, "DAY", "RELATIVE_DAY", "ISO", "HOLIDAY")
    follows = at.kind(0) in dates or (
        at.kind(0) in ("OF", "ON") and (at.kind(1) in dates or (at.kind(1) == "THE" and at.kind(2) in DAYS))
    )
    return follows or at.kind(-1) == "RELATIVE_DAY" or at.kind(-1) in WEEKDAYS
