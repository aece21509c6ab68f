"""Publication lines: the line of an article's head (or a labelled one anywhere) that says when it was published."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from communique.articles.sheet import Sheet

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH: Final = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR: Final = r"(?P<{0}>(?:19|20)\d\d)"
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\ +)?"
_DATE: Final = (
    "(?:"
    + "|".join(
        (
            r"(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?:\ of)?\ +" + _MONTH.format("m1") + r",?\ +" + _YEAR.format("y1"),
            _MONTH.format("m2") + r"\ +(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\ +" + _YEAR.format("y2"),
            _YEAR.format("y3") + r"-(?P<m3>\d\d)-(?P<d3>\d\d)(?=T\d|\b)",
            r"(?P<d4>\d{1,2})\.\ ?(?P<m4>\d{1,2})\.\ ?" + _YEAR.format("y4"),
            _MONTH.format("m5") + r",?\ +" + _YEAR.format("y5"),
            r"(?P<a6>\d{1,2})/(?P<b6>\d{1,2})/" + _YEAR.format("y6"),
            _YEAR.format("y7") + r"/(?P<m7>\d\d)/(?P<d7>\d\d)",
        )
    )
    + r")(?=\d{1,2}:\d\d|\D|\Z)"
)
_FIND: Final = re.compile(
    r"(?<![\w/.-])" + _WEEKDAY.replace(r"\ ", " ") + _DATE.replace(r"\ ", "[ \u00a0]"), re.IGNORECASE
)
_HAS_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_LABEL: Final = re.compile(
    r"""[(\[*_]{0,3}(?:(?:article|post|story|page|news|press\ release|statement)\ )?(?:was\ )?
    (?:(?:first\ |originally\ )?(?P<first>published|posted|issued|released|publication\ date|date\ of\ publication
      |date\ published|date\ posted|release\ date|date\ of\ release|date|for\ immediate\ release|online\ since
      |pub\.?\ date|filed|press\ release|publication)
    |(?:last\ )?(?P<again>updated|modified|revised|edited|reviewed|last\ update|update))
    (?:\ in\ (?-i:(?:the\ )?[A-Z][\w’'-]*(?:\ [A-Z][\w’'-]*){0,4}),|\ (?:on|at|in))?\ *[:|–—-]?\ *(?:on\ )?""",
    re.IGNORECASE | re.VERBOSE,
)
_ZONE: Final = r"\(?(?:GMT|UTC|CES?T|EES?T|BST|IST|JST|E[SD]?T|P[SD]T)\)?(?:[+-]\d{1,2}(?::\d\d)?)?"
_TIME: Final = (
    rf"(?:\d{{1,2}}[:.h]\d{{2}}(?::\d{{2}})?(?: ?[ap]\.?m\.?)?|\d{{1,2}} ?[ap]\.?m\.?|{_ZONE}|local time"
    r"|T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|\d+ min(?:ute)?s? read|(?:updated )?\d+ \w+ ago|at|on|@)"
)
_REST: Final = re.compile(rf"(?:[\s,.;|·•–—()\[\]*_-]|{_TIME})*", re.IGNORECASE)
_SEPARATOR: Final = re.compile(r"\s*[|·•]\s*|\s+[–—/-]\s+")
_PLACE: Final = re.compile(r"[A-Z][\w.’' -]{1,40}(?:, ?[A-Z][\w.’' -]{1,30})?(?:,| [–—-]|:)\s*\Z")
_MORE: Final = re.compile(
    r"[\s,]*(?:[|·•;(–—]|(?:by|in|last|updated|modified|published)\b)[^!?]*(?<![.!?])\Z", re.IGNORECASE
)
_LONGEST: Final = 160
_WORDS: Final = 24
_HEAD_BLOCKS: Final = 14


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that dates the article.  `published` is ISO 8601; `labelled` says that the line itself calls it a date of
    publication (or of an update, `again`)."""

    published: str
    labelled: bool
    again: bool
    alone: bool


def date_line(line: str) -> DateLine | None:
    """How the line dates the article, if it is a publication line: a label with a date, a date alone, with a place
    before it or beside other particulars ("The Courier | 3 October 2025 | Analysis")."""
    if len(line) > _LONGEST:
        return None
    found = _FIND.search(line) if _HAS_YEAR.search(line) else None
    if not found:
        return None
    label = _LABEL.match(line)
    published = _iso(found)
    if published is None:
        return None
    if label and _REST.fullmatch(line, label.end(), found.start()) and _says_no_more(line, found.end()):
        return DateLine(published, True, bool(label["again"]), False)
    before = line[: found.start()].strip(" \t*_([")
    if _REST.fullmatch(line, found.end()):
        alone = not before
        if alone or _PLACE.fullmatch(before) or _LABEL.fullmatch(before + " "):
            return DateLine(published, False, False, alone)
    parts = [part for part in _SEPARATOR.split(line) if part]
    if len(parts) > 1 and any(_is_date(part) for part in parts) and all(len(part.split()) <= 8 for part in parts):
        return DateLine(published, False, False, False)
    return None


def _says_no_more(line: str, end: int) -> bool:
    """Whether nothing follows but a time, another date or a few particulars set off from it."""
    return bool(_REST.fullmatch(line, end)) or (bool(_MORE.match(line, end)) and len(line[end:].split()) <= 14)


def _is_date(part: str) -> bool:
    label = _LABEL.match(part)
    found = _FIND.match(part, label.end() if label else 0)
    return bool(found and _REST.fullmatch(part, found.end()))


def _iso(found: re.Match[str]) -> str | None:
    """The date found in ISO 8601, None where it does not exist or its order of day and month is open."""
    groups = {name: value for name, value in found.groupdict().items() if value}
    year = next(int(v) for k, v in groups.items() if k[0] == "y")
    if "a6" in groups:
        first, second = int(groups["a6"]), int(groups["b6"])
        if first <= 12 and second <= 12 and first != second:
            return None
        month, day = (first, second) if second > 12 or first == second else (second, first)
    else:
        name = next(v for k, v in groups.items() if k[0] == "m")
        month = int(name) if name.isdigit() else _MONTHS.index(name[:3].lower()) + 1
        day_text = next((v for k, v in groups.items() if k[0] == "d"), None)
        if day_text is None:
            return f"{year}-{month:02}"
        day = int(day_text)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def publication_lines(sheet: Sheet, dropped: Collection[int]) -> dict[int, DateLine]:
    """The blocks that date the article: all labelled ones, and the first other one in the head.

    Where dates alone recur as headings, as in a chronology, they date its entries and not the article.
    """
    found = {
        number: dated
        for number, line in enumerate(sheet.lines)
        if line.words <= _WORDS and number not in dropped and (dated := date_line(line.text))
    }
    for number, dated in found.items():
        label = _LABEL.fullmatch(sheet.lines[number - 1].text) if number and dated.alone else None
        if label:
            found[number] = DateLine(dated.published, True, bool(label["again"]), False)
    if sum(dated.alone for dated in found.values()) >= 3:
        found = {number: dated for number, dated in found.items() if not dated.alone}
    head = min(sheet.first_prose + 2, _HEAD_BLOCKS)
    first = next((number for number, dated in found.items() if not dated.labelled and number < head), None)
    return {number: dated for number, dated in found.items() if dated.labelled or number == first}


_PLACE_LINE: Final = re.compile(r"(?-i:[A-Z][A-Z.’'-]+)(?:[ ,/]+(?-i:[A-Z])[\w.’'-]*){0,5}[, (–—-]{1,4}(?:\(\w+\) )?")


def date_labels(sheet: Sheet, dated: Collection[int]) -> dict[int, str]:
    """The lines that only announce the date on the next one: "Published"."""
    return {n - 1: "date_label" for n in dated if n and _LABEL.fullmatch(sheet.lines[n - 1].text)}


_DATELINE: Final = re.compile(
    r"(?:[A-Z][A-Z.’' /-]{2,40}|\(Undated\))(?:,? [A-Z][\w.’' ]{1,30}){0,3}(?:, \w{3,9}\.? \d{1,2})?"
    r"(?: ?\([A-Z][\w ]{1,20}\))? ?(?P<dash>--|[–—_-])?"
)


def is_dateline(line: str) -> bool:
    """Whether the line is an agency's dateline with nothing after it: "LAGOS, Nigeria (AP) --"."""
    found = _DATELINE.fullmatch(line)
    return bool(found and (found["dash"] or line.endswith(")")))


def dateline(sheet: Sheet) -> str | None:
    """The date in the dateline with which the running text opens ("OSLO, 3 March 2021 -"), where it has a year."""
    if sheet.first_prose >= len(sheet):
        return None
    text = sheet.lines[sheet.first_prose].text[:_LONGEST]
    place = _PLACE_LINE.match(text)
    found = _FIND.match(text, place.end()) if place else None
    return _iso(found) if found and re.match(r"[ )(\w/]{0,30}\)?\s?(?:[–—:/-]|--|_)", text[found.end() :]) else None
