"""The readings of matched parts, by the names that the rules call them."""

from __future__ import annotations

from typing import Final

from communique.extraction.dates import readings_calendar, readings_counts
from communique.extraction.dates.meaning import Meaning
from communique.extraction.dates.named import functions_of
from communique.extraction.dates.parts import Fixings, Parts, Reading

READINGS: Final[dict[str, Reading]] = functions_of(readings_calendar, readings_counts)


def read(make: str, parts: Parts, fixed: Fixings) -> Meaning | None:
    """The meaning of the matched parts, or None where the words only look like an expression."""
    return READINGS[make](parts, fixed)
