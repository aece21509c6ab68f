"""Expressions that stand side by side and make one: a time and its day, a month and "last year", "late" and a date."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypeGuard

from communique.extraction.dates.meaning import Candidate, Clock, Fixed, Meaning, Moment, Offset
from communique.extraction.dates.tokens import Token

EARLY: Final = ("EARLY", "LATE", "MID")
RELATIVE: Final = ("EARLIER", "LATER", "SOMETIME", "EARLY", "LATE", "MID")


def with_phase(tokens: list[Token], candidate: Candidate, before: Candidate | None) -> Candidate:
    """The candidate with a leading "early", "mid-", "later", "the end of", which belong to its extent."""
    floor = before.last if before is not None else 0
    first = candidate.first
    if _is_datelike(candidate.meaning):
        first = _adjacent_phase(tokens, _of_phase(tokens, first, floor), floor, candidate.meaning)
    if before is None:
        between: tuple[str, ...] = ()
        if first == candidate.first:
            return candidate
    else:
        between = tuple([token.kind for token in tokens[floor:first]])
    start = tokens[first].start
    return Candidate(start, candidate.end, first, candidate.last, candidate.meaning, candidate.rule, between)


def _kind(tokens: list[Token], at: int, floor: int) -> str:
    return tokens[at].kind if at >= floor else ""


def _of_phase(tokens: list[Token], first: int, floor: int) -> int:
    at = first - 1
    if _kind(tokens, at, floor) == "OF" and _kind(tokens, at - 1, floor) in ("END", "BEGINNING", "REST"):
        at -= 2
        return at if _kind(tokens, at, floor) == "THE" else at + 1
    return first


def _adjacent_phase(tokens: list[Token], first: int, floor: int, meaning: Meaning) -> int:
    at = first - 1
    if _kind(tokens, at, floor) == "DASH" and _kind(tokens, at - 1, floor) in EARLY:
        at -= 1
    elif (
        _kind(tokens, at, floor) == "IN"
        and _kind(tokens, at - 1, floor) in ("EARLY", "LATE", "EARLIER", "LATER")
        and not _day_known(meaning)
    ):
        at -= 1
    if _kind(tokens, at, floor) not in (RELATIVE if not isinstance(meaning, Fixed) else EARLY):
        return first
    seasonal = isinstance(meaning, Fixed) or (
        isinstance(meaning, Moment) and (meaning.part is not None or meaning.month is not None)
    )
    return at - 1 if seasonal and _kind(tokens, at - 1, floor) == "THE" else at


def _day_known(meaning: Meaning) -> bool:
    return isinstance(meaning, Moment) and (meaning.day is not None or meaning.weekday is not None)


def _is_datelike(meaning: Meaning) -> bool:
    if isinstance(meaning, Fixed):
        return meaning.timex_type == "DATE" and not meaning.value.endswith("REF") and "/" not in meaning.value
    return isinstance(meaning, Moment | Offset)


def joined(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates of an island, neighbours merged where a preposition, a comma or nothing stands between them."""
    if len(candidates) < 2:
        return candidates
    out: list[Candidate] = []
    for candidate in candidates:
        while out and (merged := _merge(out[-1], candidate)) is not None:
            candidate = merged
            out.pop()
        out.append(candidate)
    return out


def _merge(left: Candidate, right: Candidate) -> Candidate | None:
    gap = right.first - left.last
    if gap > 2 or (gap == 0 and right.start - left.end > 3):
        return None
    meaning = _combine(left.meaning, right.meaning, right)
    if meaning is None:
        return None
    return Candidate(left.start, right.end, left.first, right.last, meaning, f"{left.rule}+{right.rule}", left.before)


def _combine(left: Meaning, right: Meaning, second: Candidate) -> Meaning | None:
    between = second.before
    if isinstance(left, Clock) and left.of == "context" and not left.shift and is_day(right):
        if between in ((), ("ON",), ("OF",), ("COMMA",), ("ON", "THE"), ("COMMA", "ON"), ("OF", "THE")):
            return replace(right, clock=left.clock)
        return None
    if (
        isinstance(right, Clock)
        and right.of == "context"
        and not right.shift
        and (is_day(left) or _in_part(left, right))
    ):
        return replace(left, clock=right.clock) if between in ((), ("AT",), ("COMMA",), ("COMMA", "AT")) else None
    if _lacks_year(left):
        if between in ((), ("OF",), ("COMMA",), ("IN",)):
            return _in_year(left, right)
    elif between == ("POSSESSOR",) and _lacks_year(right):
        return _in_year(right, left)
    if (
        isinstance(left, Moment)
        and left.weekday
        and left.turn is None
        and left.day is None
        and between in ((), ("OF",))
    ):
        if isinstance(right, Offset) and right.unit == "W":
            return replace(left, turn=int(right.count), of="week")
    return None


def _in_part(day: Meaning, time: Clock) -> TypeGuard[Moment | Offset]:
    """Whether a time of day says more closely when in a part of a day: "Friday morning at 9.30"."""
    return isinstance(day, Moment | Offset) and day.clock[1:].isalpha() and time.clock[1:2].isdigit()


def is_day(meaning: Meaning) -> TypeGuard[Moment | Offset]:
    if isinstance(meaning, Moment):
        return (
            not meaning.clock
            and meaning.last is None
            and (bool(meaning.day) or bool(meaning.weekday) or bool(meaning.holiday))
        )
    return isinstance(meaning, Offset) and meaning.unit == "D" and not meaning.clock


def _lacks_year(meaning: Meaning) -> bool:
    return (
        isinstance(meaning, Moment)
        and meaning.year is None
        and meaning.turn is None
        and (meaning.month is not None or meaning.part is not None or meaning.holiday is not None)
    )


def _in_year(left: Meaning, right: Meaning) -> Meaning | None:
    assert isinstance(left, Moment)
    if isinstance(right, Offset) and right.unit == "Y" and not right.clock:
        return replace(left, turn=int(right.count), of=f"year-{right.of}")
    if isinstance(right, Moment) and right.year and not right.month and not right.part and not right.weekday:
        return replace(left, year=right.year)
    if isinstance(right, Fixed) and right.timex_type == "DATE" and left.part and left.part[0] == "H":
        return right if not right.value.endswith("REF") else None
    if isinstance(right, Moment) and left.part and left.part[0] == "H" and right.month:
        return right
    return None
