"""A text laid out in blocks, as the rules about titles, furniture and headings look at it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from communique.articles.habits import closing_credit, hinted
from communique.articles.layout import Block, blocks_of

PROSE_WORDS: Final = 20
_TERMINAL: Final = re.compile(r"[.!?…][\"”’»)\]*_'\d]{0,6}\Z")
_NOISE: Final = re.compile(r"[\W_]+")
_OPENING: Final = re.compile(r"[\W_]*+([^\W_]++)" + r"[\W_]++([^\W_]++)" * 3)


@dataclass(frozen=True, slots=True)
class Line:
    """A block as the rules see it: its text on one line, without Markdown emphasis around it.

    `ended` says that it closes with the punctuation of a sentence, `prose` that it is running text.
    """

    text: str
    words: int
    ended: bool

    @classmethod
    def of(cls, text: str) -> Line:
        """The line of a stretch of text."""
        plain = "  " not in text and text.isprintable()
        shown = _unmarked(text.strip() if plain else " ".join(text.split()))
        return cls(shown, shown.count(" ") + bool(shown), bool(_TERMINAL.search(shown[-8:])))

    @property
    def prose(self) -> bool:
        """Whether the line is running text."""
        return self.words >= PROSE_WORDS and self.ended


def _unmarked(text: str) -> str:
    """The text without Markdown emphasis around the whole of it."""
    bare = text.lstrip("*_ ")
    return bare.rstrip("*_ ") if bare != text else text


@dataclass(frozen=True, slots=True)
class Sheet:
    """The blocks of a text and their lines, by the same index.

    `hints` has the lines that hold what some rules of furniture need, with the names of these rules; `credits` says
    where each block ends, a credit with which it closes left out.  `first_prose` is the index of the first block of
    running text, captions aside, or the number of blocks where there is none.  `head` is the last index of the head:
    where title, byline and date stand, and appeals in front of the text; `tail` the first index of the tail: the last
    third of the text or its last six blocks, whichever is shorter.
    """

    text: str
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    hints: Mapping[int, frozenset[str]]
    credits: tuple[int, ...]
    first_prose: int
    head: int
    tail: int

    @classmethod
    def of(cls, text: str) -> Sheet:
        """The sheet of an ingested text."""
        blocks = blocks_of(text)
        lines = tuple(Line.of(text[block.start : block.end]) for block in blocks)
        ends = tuple(closing_credit(text, block.start, block.end) for block in blocks)
        first = next((n for n, line in enumerate(lines) if line.prose and ends[n] == blocks[n].end), len(blocks))
        hints = hinted([line.text.lower() for line in lines])
        return cls(text, blocks, lines, hints, ends, first, _head(lines), _tail(blocks, first))

    def __len__(self) -> int:
        return len(self.blocks)

    def has_credit(self, number: int) -> bool:
        """Whether the block closes with a credit."""
        return self.credits[number] < self.blocks[number].end

    def last_body(self, dropped: Collection[int], most: int) -> list[int]:
        """The last `most` blocks that are not dropped, in order."""
        found: list[int] = []
        for number in range(len(self) - 1, -1, -1):
            if number not in dropped:
                found.append(number)
                if len(found) == most:
                    break
        return found[::-1]


def _head(lines: Sequence[Line]) -> int:
    prose = [number for number, line in enumerate(lines[:40]) if line.prose][:4]
    return min(prose[-1] if prose else 14, 14)


def _tail(blocks: Sequence[Block], first_prose: int) -> int:
    if not blocks:
        return 0
    size = blocks[-1].end
    late = next(number for number, block in enumerate(blocks) if block.end >= size * 0.6)
    return min(late, max(len(blocks) - 6, first_prose + 1))


def key_of(text: str) -> str:
    """The text without case, punctuation and spacing."""
    return _NOISE.sub(" ", text).strip().casefold()


def opening_of(text: str, start: int = 0, end: int | None = None) -> str | None:
    """The first words of the key of `text[start:end]`, None where it has few: texts of one key agree in it."""
    found = _OPENING.match(text, start, len(text) if end is None else end)
    return " ".join(found.groups()).casefold() if found else None
