"""What a temporal expression says before it is resolved against the day of publication and its neighbours.

Nobody changes these values; they are not frozen because making a frozen one takes several times as long.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Moment:
    """A place in the calendar as far as the words go; what they leave out is None.

    `part` is a part of a year in TIMEX3's terms (`Q3`, `H1`, `SU`), `weekday` 1 for Monday, `weekend` a weekend,
    `holiday` a rule of `temporal_holidays.toml`, `last` the (year, month, day) where a compressed range ends.
    `turn` is -1, 0 or 1 for last, this and next.  `of` is "context" where the date before gives what is missing.
    `borrow` is 1 or -1 where the month stands with the next or the previous date ("24 and 25 April").
    `clock` is a time of day (`T10:35`, `TMO`).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    weekday: int | None = None
    weekend: bool = False
    holiday: str | None = None
    last: tuple[int | None, int | None, int | None] | None = None
    turn: int | None = None
    of: str = "publication"
    borrow: int = 0
    clock: str = ""


@dataclass(slots=True)
class Offset:
    """`count` units from the day of publication or from the context.

    `unit` is a TIMEX3 unit (`D`, `W`, `M`, `Q`, `Y`, `DE`, `CE`); fiscal years are taken as calendar years.
    `quarterly` counts from the quarter last named where there is one.
    """

    unit: str
    count: float
    of: str = "publication"
    clock: str = ""
    quarterly: bool = False


@dataclass(slots=True)
class Clock:
    """A time of day without its date; `shift` counts days from the day it belongs to."""

    clock: str
    of: str = "context"
    shift: int = 0


@dataclass(slots=True)
class Fixed:
    """A value that needs no resolving: a decade, a duration, a recurring time, a vague reference.

    `resolved_by` is what the row says; None for vague values.
    """

    timex_type: str
    value: str
    resolved_by: str | None = "explicit"


Meaning = Moment | Offset | Clock | Fixed


class Candidate:
    """An expression found at `[start, end)`, token indexes `[first, last)` of its sentence, with its meaning.

    `before` are the classes of the tokens between the expression before it, in the same island, and this one.
    """

    __slots__ = ("before", "end", "first", "last", "meaning", "rule", "start")

    def __init__(
        self, start: int, end: int, first: int, last: int, meaning: Meaning, rule: str, before: tuple[str, ...] = ()
    ) -> None:
        self.start = start
        self.end = end
        self.first = first
        self.last = last
        self.meaning = meaning
        self.rule = rule
        self.before = before

    def meant(self, meaning: Meaning) -> Candidate:
        """The same expression with another meaning."""
        return Candidate(self.start, self.end, self.first, self.last, meaning, self.rule, self.before)
