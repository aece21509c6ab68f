"""What the matches of a pattern over classes can begin and end with, and which classes stand side by side in them."""

from __future__ import annotations

import re
from typing import Final

_PIECE: Final = re.compile(r"\(\?(?::|P<\w+>|=|!|<=|<!)|\{\d+,\d+\}|.", re.S)


class Shape:
    """The classes that matches of a pattern can begin and end with, and the pairs of neighbours, looked at or matched.

    There may be some more than the pattern allows, never fewer.
    """

    __slots__ = ("_at", "_pieces", "firsts", "lasts", "pairs")

    def __init__(self, pattern: str) -> None:
        self._pieces: list[str] = _PIECE.findall(pattern)
        self._at = 0
        self.pairs: set[str] = set()
        self.firsts, self.lasts, _ = self._alternatives()

    def begins(self, first: str, second: str) -> bool:
        """Whether a match can begin with one class and go on with another behind it, or end there."""
        return first in self.firsts and (first in self.lasts or first + second in self.pairs)

    def _peek(self) -> str:
        return self._pieces[self._at] if self._at < len(self._pieces) else ""

    def _take(self) -> str:
        self._at += 1
        return self._pieces[self._at - 1]

    def _alternatives(self) -> tuple[set[str], set[str], bool]:
        """First and last classes of the alternatives up to the closing bracket, and whether they can be empty."""
        firsts: set[str] = set()
        lasts: set[str] = set()
        empty = False
        while True:
            opening = True
            ends: set[str] = set()
            while self._peek() not in ("", "|", ")"):
                begins, closes, skippable, looked_at = self._atom()
                self.pairs.update([a + b for a in ends for b in begins])
                ends = closes | ends if skippable or looked_at else closes
                firsts |= begins if opening and not looked_at else set()
                opening = opening and (skippable or looked_at)
            lasts |= ends
            empty = empty or opening
            if self._peek() != "|":
                return firsts, lasts, empty
            self._take()

    def _atom(self) -> tuple[set[str], set[str], bool, bool]:
        """The same of the next atom with its repetition, and whether it only looks ahead or back."""
        piece = self._take()
        if piece.startswith("("):
            firsts, lasts, empty = self._alternatives()
            self._take()
        else:
            firsts, lasts, empty = {piece}, {piece}, False
        repeat = self._peek()
        if repeat in ("?", "*", "+") or repeat.startswith("{"):
            self._take()
            empty = empty or repeat in ("?", "*") or repeat.startswith("{0")
            if repeat != "?":
                self.pairs.update([a + b for a in lasts for b in firsts])
        return firsts, lasts, empty, piece[1:3] in ("?=", "?!", "?<")
