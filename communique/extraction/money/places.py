"""Where currencies may be named in a text, told by one pass over it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from communique.extraction.money.currencies import codes_by_sign, codes_by_word
from communique.extraction.money.subunits import subunits
from communique.extraction.triggers import spellings

BEFORE: Final = 9
"""So many code points in front of a sentence may hold the sign of its first figure."""

_PENCE: Final = {f"{digit}p" for digit in range(10)}
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LONGEST_DOTTED: Final = 4


def currency_places(text: str) -> list[int]:
    """Where signs, codes and words stand that can make a figure a sum of money, in order."""
    return [
        first
        for _, first, last in _automaton().find_matches_as_indexes(text)
        if not text[last - 1].isalpha() or _is_whole(text, first, last)
    ]


def _is_whole(text: str, first: int, last: int) -> bool:
    """Whether no longer word holds the letters, endings of plural and possession aside."""
    after = text[last : last + 1]
    return not (first and text[first - 1].isalpha()) and (not after.isalpha() or after in "sS")


@cache
def _automaton() -> AhoCorasick:
    single = {word for word in codes_by_word() if _LETTERS.fullmatch(word)}
    words = {_telling(word, single) for word in codes_by_word()}
    dotted = {".".join(word) for word in words if len(word) <= _LONGEST_DOTTED}
    signs = {sign.split()[-1] for sign in codes_by_sign()}
    patterns = sorted(spellings(words | dotted) | signs | spellings(subunits()) | _PENCE)
    return AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


def _telling(name: str, single: set[str]) -> str:
    """The word of a name to look for: one that is a name by itself, or the longest."""
    words: list[str] = _LETTERS.findall(name) or [name]
    return max(words, key=lambda word: (word in single, len(word)))
