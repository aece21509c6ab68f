"""The words around a span, inside its sentence."""

from __future__ import annotations

import re
from typing import Final

_LAST_WORDS: Final = re.compile(r"[\w'’.-]*\w|[,;:()\"“”—–]")
_PER_WORD: Final = 14
_USUAL: Final = 8


def words_before(text: str, start: int, floor: int, count: int = 6) -> tuple[str, ...]:
    """Up to `count` words and punctuation marks before `start`, the nearest first, none from before `floor`; very long
    words may be cut."""
    found = _LAST_WORDS.findall(text, max(floor, start - _USUAL * (count + 1)), start)
    if len(found) <= count:
        found = _LAST_WORDS.findall(text, max(floor, start - _PER_WORD * (count + 1)), start)
    return tuple(found[: -count - 1 : -1])


def words_after(text: str, end: int, ceiling: int, count: int = 4) -> tuple[str, ...]:
    """Up to `count` words and punctuation marks after `end`, in order, none from behind `ceiling`."""
    found = _LAST_WORDS.findall(text, end, min(ceiling, end + _USUAL * (count + 1)))
    if len(found) <= count:
        found = _LAST_WORDS.findall(text, end, min(ceiling, end + _PER_WORD * (count + 1)))
    return tuple(found[:count])
