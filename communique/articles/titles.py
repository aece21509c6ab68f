"""The title of an article among its first blocks, and the section labels above it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from communique.articles.publication import is_dateline
from communique.articles.sheet import Sheet, key_of, opening_of

_HEAD_BLOCKS: Final = 14
_LONGEST: Final = 35
_LABELS: Final = 3


def looks_like_title(sheet: Sheet, number: int) -> bool:
    """Whether the block has the shape of a title: some words that do not end as a sentence does."""
    block, line = sheet.blocks[number], sheet.lines[number]
    return (
        block.marker_kind in ("", "heading")
        and 2 <= line.words <= _LONGEST
        and (not line.ended or line.text.endswith("?"))
        and not line.text.endswith((":", ",", ";"))
        and not is_dateline(line.text)
        and not line.text[:1].islower()
    )


def find_title(sheet: Sheet, dropped: Collection[int], dated: Collection[int], wanted: str | None) -> int | None:
    """The block that is the title: the wanted one where it stands in the head, a line that is said twice, or the first
    block of the body if it looks like one."""
    head = [n for n in range(min(len(sheet), _HEAD_BLOCKS)) if n not in dated]
    if wanted:
        key = key_of(wanted)
        found = next((n for n in head if key_of(sheet.lines[n].text) == key), None)
        if found is not None:
            return found
    head = [n for n in head if n not in dropped and n < sheet.first_prose]
    openings = [opening_of(line.text) for line in sheet.lines[: _HEAD_BLOCKS * 2]]
    for number in head:
        if sheet.lines[number].words >= 4 and looks_like_title(sheet, number) and _is_twice(sheet, number, openings):
            return number
    for number in head[:_LABELS]:
        if looks_like_title(sheet, number) and len(sheet) > 1 and not _is_label(sheet, number, head):
            return number
        if sheet.lines[number].words > 2:
            break
    return None


def _is_twice(sheet: Sheet, number: int, openings: Sequence[str | None]) -> bool:
    """Whether the line is said again, punctuation aside, in one of the lines whose openings are given."""
    alike = [n for n, opening in enumerate(openings) if opening == openings[number]]
    return len(alike) > 1 and [key_of(sheet.lines[n].text) for n in alike].count(key_of(sheet.lines[number].text)) > 1


def _is_label(sheet: Sheet, number: int, head: list[int]) -> bool:
    """Whether the line is one or two words in capitals above a line that looks like the title."""
    line = sheet.lines[number]
    after = next((n for n in head if n > number), None)
    if after is None or line.words > 2 or not line.text.isupper():
        return False
    return looks_like_title(sheet, after) and not sheet.lines[after].text.isupper()


def labels_above(sheet: Sheet, dropped: Collection[int], dated: Collection[int], title: int | None) -> dict[int, str]:
    """The short lines above the title: names of sections and series."""
    return {
        number: "label"
        for number in range(title or 0)
        if number not in dropped and number not in dated and sheet.lines[number].words <= 4
    }
