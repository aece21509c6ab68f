"""Percentages in an article: `25%`, `12.5 pct`, `three per cent`, `25 to 30 per cent`, percentage points apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from communique.articles.model import Article
from communique.extraction.model import Percent
from communique.extraction.numbers import GAP, Number, find_numbers
from communique.extraction.qualifiers import qualifier
from communique.extraction.ranges import Link, link, opener
from communique.extraction.triggers import holding

# The first letter is a class of its own, for so the scan passes quickly over all others.
_PLACE: Final = re.compile("[%％pP](?:(?<=[%％])|[eE][rR][^A-Za-z]{0,24}[cC][eE][nN][tT]|[cC]|\\.[cC]\\.)")
_SIGN: Final = re.compile(
    rf"{GAP}?(?:(?P<points>(?:%|per{GAP}?cent(?:age)?|pct)[- ]?points?\b)"
    rf"|%|％|(?:per{GAP}?cents?|percentage|pct|pc|p\.c\.)(?![\w-]*\w))",
    re.I,
)
_FRACTION: Final = re.compile(
    rf"(?<!\w)(?:(?P<half>half|one{GAP}half)|(?P<quarter>(?:a|one){GAP}quarter)|(?P<quarters>three{GAP}quarters))"
    rf"(?:{GAP}(?:of{GAP})?(?:an?|one|1))?(?:{GAP}(?:per{GAP}?cent|pct)(?P<points>age{GAP}points?)?|%)(?!\w)",
    re.I,
)
_HALVES: Final = re.compile("[hH][aA][lL][fF]|[qQ][uU][aA][rR][tT][eE][rR]")
_FRACTIONS: Final = {"half": 0.5, "quarter": 0.25, "quarters": 0.75}
_LISTED_AFTER: Final = re.compile(
    r"(?:\b(?:of|by|at|to|from|with|between|or|than|a|the|rates?|duties|tariffs?)|[,(])\s\Z", re.I
)


_TO = re.compile(r"\sto\s(?:(?:about|around|just|only|under|over)\s)?")
_ENDS = re.compile(
    r"(?=[,;.)]?(?:\s*\Z|\s(?:over|in|by|within|for|on|from|under|and|while|when|as|next|this)\b))|(?=[,;)]\s)"
)


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    value: Decimal
    signed: bool
    points: bool
    plain: bool


def find_percents(article: Article) -> tuple[Percent, ...]:
    """The percentages of the article's body, in order of the text."""
    places = [found.start() for found in _PLACE.finditer(article.text)]
    return tuple(p for s in holding(article.sentences, places) for p in percents_in(article.text, s.start, s.end))


def percents_in(text: str, start: int, end: int) -> list[Percent]:
    """The percentages of `text[start:end]` in order: ranges as one, lists that share one sign as several."""
    fractions = list(_fractions(text, start, end)) if _HALVES.search(text, start, end) else []
    parts = [_part(text, n, end) for n in find_numbers(text, start, end)]
    found = [p for p in _joined(text, parts) if not any(f.start < p.end and p.start < f.end for f in fractions)]
    return sorted([*found, *fractions], key=lambda p: p.start)


def _fractions(text: str, start: int, end: int) -> Iterator[Percent]:
    for m in _FRACTION.finditer(text, start, end):
        kind = next(name for name in _FRACTIONS if m[name])
        yield Percent(
            m.start(), m.end(), _FRACTIONS[kind], None, qualifier(text, m.start(), m.end()), bool(m["points"])
        )


def _part(text: str, number: Number, end: int) -> _Part:
    sign = _SIGN.match(text, number.end, end)
    plain = not number.spelled and number.scale == 1 and number.mantissa < 1000 and not number.joined
    value = number.mantissa * number.scale
    if sign is None:
        return _Part(number.start, number.end, value, signed=False, points=False, plain=plain)
    return _Part(number.start, sign.end(), value, signed=True, points=sign["points"] is not None, plain=plain)


def _joined(text: str, parts: list[_Part]) -> list[Percent]:
    found: list[Percent] = []
    parts = [_with_shared_sign(text, parts, i) for i in range(len(parts))]
    at = len(parts) - 1
    while at >= 0:
        second = parts[at]
        first = parts[at - 1] if at else None
        if not second.signed:
            at -= 1
            continue
        joint = link(text, (first.start, first.end), (second.start, second.end)) if first else None
        if first and joint is Link.RANGE and first.value < second.value and (first.signed or second.value <= 1000):
            _, begin = opener(text, first.start)
            found.append(Percent(begin, second.end, float(first.value), float(second.value), "range", second.points))
            at -= 2
            continue
        found.append(_single(text, second, points=second.points))
        while first and not first.signed and joint in (Link.LIST, Link.CHANGE) and _shares_sign(text, first, joint):
            found.append(_single(text, first, points=second.points))
            at -= 1
            following, first = first, parts[at - 1] if at else None
            joint = link(text, (first.start, first.end), (following.start, following.end)) if first else None
        at -= 1
    return found[::-1]


def _with_shared_sign(text: str, parts: list[_Part], i: int) -> _Part:
    """The part, signed where it is the bare end of a change: the 10 of "from 30 percent to 10"."""
    part, before = parts[i], parts[i - 1] if i else None
    if part.signed or not part.plain or before is None or not before.signed:
        return part
    changed = text[max(0, before.start - 5) : before.start].lower() == "from " and _TO.fullmatch(
        text, before.end, part.start
    )
    return replace(part, signed=True, points=before.points) if changed and _ENDS.match(text, part.end) else part


def _single(text: str, part: _Part, *, points: bool) -> Percent:
    return Percent(part.start, part.end, float(part.value), None, qualifier(text, part.start, part.end), points)


def _shares_sign(text: str, part: _Part, joint: Link | None) -> bool:
    """Whether a bare figure before a percentage shares its sign ("of 10, 15 and 20 percent")."""
    return part.plain and (
        joint is Link.CHANGE or _LISTED_AFTER.search(text, max(0, part.start - 12), part.start) is not None
    )
