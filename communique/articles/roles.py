"""What each block of the body is: title, heading, item, caption, publication line or paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from communique.articles.model import SentenceKind
from communique.articles.publication import DateLine, is_dateline
from communique.articles.sheet import Line, Sheet

_FIGURE: Final = re.compile(r"[$€£¥%]|\d[\d,.]* ?(?:per ?cent|percent|million|billion|trillion)|:\ ?[\d,.]+\Z")
_HEADING_WORDS: Final = 14
_STANDFIRST_WORDS: Final = 8
_CAPTION_WORDS: Final = 60


def kinds_of(
    sheet: Sheet, dropped: Mapping[int, str], dated: Mapping[int, DateLine], title: int | None
) -> list[SentenceKind | None]:
    """The kind of each block, None for the dropped ones."""
    asking = sum(line.words <= _HEADING_WORDS and line.text.endswith("?") for line in sheet.lines) >= 3
    kinds: list[SentenceKind | None] = []
    listing = False
    for number, line in enumerate(sheet.lines):
        if number in dropped:
            kinds.append(None)
            continue
        kind = (
            SentenceKind.PUBLICATION_LINE
            if number in dated
            else SentenceKind.TITLE
            if number == title
            else _kind(sheet, dropped, dated, number, title, listing=listing, asking=asking)
        )
        lists = line.text.endswith(":") and kind is not SentenceKind.HEADING
        listing = lists or (listing and kind is SentenceKind.ITEM)
        kinds.append(kind)
    return kinds


def _kind(
    sheet: Sheet,
    dropped: Mapping[int, str],
    dated: Collection[int],
    number: int,
    title: int | None,
    *,
    listing: bool,
    asking: bool,
) -> SentenceKind:
    block, line = sheet.blocks[number], sheet.lines[number]
    if block.marker_kind in ("heading", "item"):
        return SentenceKind(block.marker_kind)
    if line.text.startswith("|"):
        return SentenceKind.ITEM
    if is_dateline(line.text):
        return SentenceKind.PARAGRAPH
    short = line.words <= _HEADING_WORDS and (not line.ended or (asking and line.text.endswith("?")))
    if listing and short and not line.text.endswith(":"):
        return SentenceKind.ITEM
    if _is_caption(sheet, dropped, number):
        return SentenceKind.CAPTION
    if not short or _is_standfirst(sheet, dropped, dated, number, title):
        return SentenceKind.PARAGRAPH
    if _heads(line, last=number + 1 >= len(sheet)):
        return SentenceKind.HEADING
    return SentenceKind.ITEM if _FIGURE.search(line.text) and number else SentenceKind.PARAGRAPH


def _is_caption(sheet: Sheet, dropped: Mapping[int, str], number: int) -> bool:
    """Whether the block closes with a credit, or one follows that is its own: on the next line, or before more text."""
    line = sheet.lines[number]
    if line.words > _CAPTION_WORDS:
        return False
    if sheet.has_credit(number):
        return True
    if dropped.get(number - 1, "").startswith("credit") and number < sheet.first_prose and not line.ended:
        return line.words > 3
    if not dropped.get(number + 1, "").startswith("credit"):
        return False
    if sheet.blocks[number].group == sheet.blocks[number + 1].group and number < sheet.tail:
        return True
    return any(later.prose for later in sheet.lines[number + 2 : number + 6])


def _is_standfirst(
    sheet: Sheet, dropped: Mapping[int, str], dated: Collection[int], number: int, title: int | None
) -> bool:
    """Whether the block is the line under the title, without a full stop: a long one, or one above the byline."""
    if title is None or not title < number < sheet.first_prose or number > title + 3:
        return False
    words = sheet.lines[number].text.split()
    if sum(word[:1].isupper() for word in words) * 2 >= len(words):
        return False
    signed = number + 1 in dated or dropped.get(number + 1, "").startswith(("byline", "date_label"))
    return signed or len(words) >= _STANDFIRST_WORDS


def _heads(line: Line, *, last: bool) -> bool:
    """Whether a short line reads as the heading of what follows."""
    text = line.text
    if last or text[:1].islower() or text.endswith((",", ";")) or _FIGURE.search(text):
        return False
    return line.words <= 6 if text.endswith(":") else True


def parents_of(sheet: Sheet, kinds: Sequence[SentenceKind | None]) -> dict[int, int | None]:
    """For each heading the heading it stands under, by block.

    Markdown headings have their level.  Of two plain headings in a row the first is the higher one; a plain heading
    after running text is a sister of the one before it, unless another follows at once.
    """
    parents: dict[int, int | None] = {}
    body = [number for number, kind in enumerate(kinds) if kind is not None]
    latest: int | None = None
    for position, number in enumerate(body):
        if kinds[number] is not SentenceKind.HEADING:
            continue
        level = sheet.blocks[number].marker.count("#")
        before = body[position - 1] if position else None
        after = body[position + 1] if position + 1 < len(body) else None
        if level:
            over = latest
            while over is not None and (sheet.blocks[over].marker.count("#") or 1) >= level:
                over = parents[over]
            parents[number] = over
        elif before is not None and before == latest:
            parents[number] = latest
        elif latest is None or (after is not None and kinds[after] is SentenceKind.HEADING):
            parents[number] = None
        else:
            parents[number] = parents[latest]
        latest = number
    return parents
