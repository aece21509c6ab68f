"""Dates: temporal expressions as TIMEX3 has them, found by patterns over word classes and resolved in a second pass."""

from communique.extraction.dates.find import find_timexes
from communique.extraction.dates.rows import date_rows

__all__ = ["date_rows", "find_timexes"]
