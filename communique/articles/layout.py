"""The blocks of a text: paragraphs, list items and lines, with hard-wrapped lines joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_MARKER: Final = re.compile(
    r"""(?P<heading>\#{1,6}[ \t]+)
    | (?P<quote>(?:>[ \t]?){1,5})
    | (?P<item>(?:[•‣◦▪▫●○■□–—·∙*+\-➤►✓✔][ \t\u00a0]+(?:\[[ xX]\][ \t]+)?
        | (?:\d{1,3}|[a-z]|[ivx]{1,5})[.)][ \t\u00a0]+ | \((?:\d{1,3}|[a-z]|[ivx]{1,5})\)[ \t\u00a0]+ | [•●▪■➤►]))""",
    re.VERBOSE,
)
_RULE: Final = re.compile(r"[\W_]{0,200}")
_ENDS: Final = re.compile(r"[.!?…:;][\"”’»)\]*_']{0,4}\Z")
_LONGEST_RULE: Final = 200
_SHORTEST_WRAP, _LONGEST_WRAP = 45, 130


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `[start, end)` without its indentation, marker and trailing space."""

    start: int
    end: int
    indent: int
    marker: str
    marker_kind: str


@dataclass(frozen=True, slots=True)
class Block:
    """One or more lines that form a paragraph, an item or a line of its own.

    `group` numbers the stretches between blank lines; `marker_kind` is "heading", "quote", "item" or "".
    """

    start: int
    end: int
    group: int
    marker: str
    marker_kind: str
    lines: int


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of the text in order; rules ("---", "* * *") and blank lines have none."""
    groups = list(_groups(text))
    width = _wrap_width(text, groups)
    return tuple(
        Block(part[0].start, part[-1].end, number, part[0].marker, part[0].marker_kind, len(part))
        for number, group in enumerate(groups)
        for part in _parts(text, group, width)
    )


def _groups(text: str) -> Iterator[list[Line]]:
    group: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        line = _line(text, at, raw)
        if line:
            group.append(line)
        elif group:
            yield group
            group = []
        at += len(raw) + 1
    if group:
        yield group


def _line(text: str, start: int, raw: str) -> Line | None:
    """The line `raw` of the text, which begins at `start`; None where it is blank or a rule."""
    unled = raw.lstrip()
    if not unled:
        return None
    width = len(raw) - len(unled)
    content, end = start + width, start + width + len(unled.rstrip())
    if end - content <= _LONGEST_RULE and _RULE.fullmatch(text, content, end):
        return None
    indent = width + 3 * raw.count("\t", 0, width)
    marker = None if unled[0].isupper() else _MARKER.match(text, content, end)
    if marker and marker.end() < end:
        return Line(marker.end(), end, indent, marker[0], marker.lastgroup or "")
    return Line(content, end, indent, "", "")


def _first_word(text: str, line: Line) -> int:
    """The length of the line's first word."""
    stop = text.find(" ", line.start, line.end)
    return (line.end if stop < 0 else stop) - line.start


def _wrap_width(text: str, groups: Sequence[Sequence[Line]]) -> int | None:
    """The column at which the text is hard-wrapped, or None.

    A wrapped text shows it by lines of much the same length that stop in the middle of a sentence and go on with a
    small letter.
    """
    lengths: list[int] = []
    pairs = 0
    for group in groups:
        for line, after in pairwise(group):
            length = line.indent + len(line.marker) + line.end - line.start
            if not _SHORTEST_WRAP <= length <= _LONGEST_WRAP:
                continue
            pairs += 1
            if text[after.start].islower() and not after.marker and not _ENDS.search(text, line.end - 6, line.end):
                lengths.append(length)
    if not lengths or len(lengths) < max(2, pairs // 6):
        return max(lengths) if len(lengths) == 1 and pairs <= 3 and lengths[0] >= 60 else None
    return max(lengths)


def _parts(text: str, group: Sequence[Line], width: int | None) -> Iterator[list[Line]]:
    part = [group[0]]
    for line in group[1:]:
        if width is not None and _continues(text, part, line, width):
            part.append(line)
        else:
            yield part
            part = [line]
    yield part


def _continues(text: str, part: Sequence[Line], line: Line, width: int) -> bool:
    """Whether the line goes on with the wrapped paragraph or item before it."""
    last = part[-1]
    if line.marker and not (line.marker_kind == "quote" == last.marker_kind):
        return False
    if part[0].marker_kind == "heading":
        return False
    hanging = part[0].marker_kind == "item" and line.indent > part[0].indent
    if line.indent > last.indent and not hanging and len(part) == 1 and not last.marker:
        return False
    if line.indent > last.indent + 1 and not hanging:
        return False
    length = last.indent + len(last.marker) + last.end - last.start
    if length > width + 40:
        return False
    if length + 1 + _first_word(text, line) > width - width // 12:
        return True
    return text[line.start].islower() and length * 2 > width and not _ENDS.search(text, last.end - 6, last.end)
