"""What a chart is on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_ROWS = 1000
"""Rows of the table behind a chart."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, what it shows in words, and the table behind it.

    `summary` says what the drawing says to those who do not see it, `note` what it leaves out.
    """

    name: str
    title: str
    summary: str
    note: str
    svg: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def left_out(rows: int) -> str:
    """What to say of a table of so many rows, where a page has not all of them."""
    return f"The table has the first {MOST_ROWS:,} of {rows:,} rows." if rows > MOST_ROWS else ""


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
