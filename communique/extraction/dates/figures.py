"""Temporal figures: `2025-02-28`, `02/07/2025`, `'98`, `1990s`, `8:30`, `FY26`, `Q3`, `7th`, `2 1/2`.

What is no date and no count is OTHER.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from communique.extraction.dates.vocabulary import Value
from communique.extraction.numbers import find_numbers

Read = tuple[str, Value, int]
"""A class, a value and where the figure ends."""

PIECES: Final = re.compile(r"[^\W\d_]+|\S")
"""Cuts any text into words and single characters, leaving out white space alone."""

FIGURE: Final = re.compile(
    r"""
    (?P<number>(?<!\w)\d{1,4}(?![\w,.:/'’¼½¾-]))
    |(?P<iso>(?<![\w-])(?:1\d|20)\d\d-[01]\d-[0-3]\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\w-]))
    |(?P<slashed>(?<![\w/])\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\w/]))
    |(?P<september>(?<![\w/])9/11(?![\w/]))
    |(?P<decade>(?<!\w)(?:(?:1\d|20)?\d0['’]?s\b|['’‘`]\d0s\b))
    |(?P<short_year>(?<!\w)['’‘]\d\d(?!\w))
    |(?P<clock>(?<![\w:.,])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\w:])|(?<![\w:.,])(?:1[0-2]|\d)\.[0-5]\d(?=\s?[ap]\.?m\b))
    |(?P<fiscal>\bFY['’]?(?:19|20)?\d\d\b)
    |(?P<quarter>\b(?:Q[1-4]|[1-4]Q|H[12])\b)
    |(?P<ordinal>(?<!\w)\d{1,2}(?:st|nd|rd|th)\b)
    |(?P<fraction>(?<!\w)(?:\d{1,4}[ -])?\d/\d(?![\w/])|(?<!\w)\d{0,4}[½¼¾])
    |(?P<long_number>\d[\d,]*(?:\.\d+)?)
    |(?P<possessor>['’]s\b|(?<=s)['’](?!\w))
    |(?P<oclock>o['’]clock\b)
    """,
    re.I | re.X,
)
"""A figure or the like at its first character; most are plain numbers."""

FIGURE_OPENERS: Final = frozenset("'’‘`½¼¾")
"""Characters besides digits that open a figure."""

HALF_OF_DAY: Final = re.compile(r"\s?([ap])\.?\s?m\b\.?", re.I)
"""The `a.m.` or `pm` behind a figure."""

NAMED_ZONE: Final = re.compile(r"\s(?:local|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s(?:standard\s|daylight\s)?time\b")
"""The place whose time a time of day is: "local time", "Moscow time"."""

LONGEST: Final = 12
"""Figures with more characters than this count nothing that has a date."""


def century_of(short: int) -> int:
    """The year a two-digit one stands for: `98` is 1998, `07` is 2007."""
    return 1900 + short if short >= 40 else 2000 + short


def _number(found: re.Match[str], text: str) -> Read:
    raw = found.group().rstrip(",")
    start, stop = found.start(), found.start() + len(raw)
    if len(raw) > LONGEST or _part_of_a_name(text, start) or _counted_in_symbols(text, stop):
        return "OTHER", "", stop
    if raw.isdigit() and raw.isascii():
        number = int(raw)
        if len(raw) <= 2:
            return ("DAY" if 1 <= number <= 31 else "TWO"), number, stop
        return ("YEAR" if len(raw) == 4 and 1000 <= number < 2200 else "NUMBER"), number, stop
    try:
        return "NUMBER", float(raw.replace(",", "")), stop
    except ValueError:
        return "OTHER", "", stop


def _part_of_a_name(text: str, start: int) -> bool:
    """Whether a figure belongs to what stands before it: "F16", "$2000", "MH-17", "3.14.15"."""
    before, earlier = text[max(start - 1, 0) : start], text[max(start - 2, 0) : max(start - 1, 0)]
    if not before:
        return False
    return (
        before.isalpha()
        or before in "$€£¥#_+@&"
        or (before == "." and earlier.isdigit())
        or (before in "-–" and earlier.isupper())
    )


def _counted_in_symbols(text: str, stop: int) -> bool:
    """Whether a unit that is no time follows without a gap: "25%", "5km"; "8am" is a time."""
    after = text[stop : stop + 1]
    return bool(after) and (after in "%°$€£" or (after.isalpha() and text[stop : stop + 2].lower() not in ("am", "pm")))


def _decade(found: re.Match[str], _: str) -> Read:
    digits = re.sub(r"\D", "", found.group())
    century = digits[:2] if len(digits) == 4 else "19" if int(digits) >= 20 else "20"
    return "DECADE", century + digits[-2], found.end()


def _fraction(found: re.Match[str], text: str) -> Read:
    numbers = find_numbers(text, found.start(), found.end())
    if len(numbers) == 1 and text[found.end() : found.end() + 1] != "%":
        return "FRACTION", numbers[0].value, found.end()
    return "OTHER", "", found.end()


def _fiscal(found: re.Match[str], _: str) -> Read:
    year = int(re.sub(r"\D", "", found.group()))
    return "FISCAL_YEAR", year if year > 100 else century_of(year), found.end()


def _quarter(found: re.Match[str], _: str) -> Read:
    name = found.group().upper()
    return "QUARTER_NAME", name if name[0] in "QH" else f"Q{name[0]}", found.end()


READERS: Final[dict[str, Callable[[re.Match[str], str], Read]]] = {
    "iso": lambda m, _: ("ISO", m.group(), m.end()),
    "slashed": lambda m, _: ("SLASHED", m.group(), m.end()),
    "september": lambda m, _: ("HOLIDAY", "9/11", m.end()),
    "decade": _decade,
    "short_year": lambda m, _: ("SHORT_YEAR", century_of(int(m.group()[1:])), m.end()),
    "clock": lambda m, _: ("CLOCK", m.group().replace(".", ":"), m.end()),
    "fiscal": _fiscal,
    "quarter": _quarter,
    "ordinal": lambda m, _: ("DAY_ORDINAL", int(m.group()[:-2]), m.end()),
    "fraction": _fraction,
    "number": _number,
    "long_number": _number,
    "possessor": lambda m, _: ("POSSESSOR", "", m.end()),
    "oclock": lambda m, _: ("OCLOCK", "", m.end()),
}
"""A reader per kind of figure; words and marks are read by the vocabulary."""
