"""Numbers in figures and in words: `1.2 million`, `300,000`, `thirty-seven`, `two and a half million`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from communique.extraction.spelled import SpelledNumber, magnitudes
from communique.extraction.wording import in_any_case

GAP: Final = r"(?:[-\u2010\u2011]|[ \t\u00a0\u2009\u202f]{1,4}|[ \t]{0,8}\n[ \t]{0,8})"
"""What may stand between the words of one expression: a hyphen, blanks, or the break of a wrapped line."""

_BLANKS: Final = re.compile(r"[\u00a0\u2009\u202f]")
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d{1,2}")
_NO_LETTERS: Final = re.compile(r"[^a-z]")
_LESSER: Final = re.compile(rf"{GAP}(\d{{1,3}})(?={GAP}[A-Za-z])")
_AND_A_HALF: Final = re.compile(rf"{GAP}and{GAP}an?{GAP}(half|quarter)(?![A-Za-z])", re.I)
_WHOLE: Final = ("million", "billion", "trillion")
"""Magnitudes that "another" counts as one."""
_PARTS: Final = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_VULGAR: Final = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `[start, end)`; `scale` is the factor its magnitude words add, so `value == mantissa * scale`.

    `spelled` tells words from figures; `joined` is true where a letter or digit stands directly before ("F16", "C$"
    is not joined, "Y52bn" is).
    """

    start: int
    end: int
    mantissa: Decimal
    scale: int
    spelled: bool
    joined: bool = False

    @property
    def value(self) -> float:
        return float(self.mantissa * self.scale)


class _Patterns(NamedTuple):
    """Where a number in figures opens, where one in words does, also as the first of a text; words of magnitude, and
    the words that a number goes on with."""

    figure: re.Pattern[str]
    spelled: re.Pattern[str]
    first: re.Pattern[str]
    scale: re.Pattern[str]
    word: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    tables = magnitudes()
    spoken = in_any_case(w for w in tables["scales"] if len(w) > 3 or w in ("mln", "bln"))
    figure = (
        r"(?<!\d.)(?<!\d[.,].)(?:(?<=[½¼¾⅓⅔])|(?<=\d)(?:\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?"
        r"|\d?(?:,\d\d)+,\d{3}(?![\d,])(?:\.\d+)?"
        r"|\d{0,2}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d{0,2}(?:\.\d{3}){2,}(?!\d)(?:,\d{1,2}(?!\d))?"
        r"|\d{0,2}\.\d{3},\d{1,2}(?![\d,])|\d{0,2}(?:['’]\d{3})+(?!\d)(?:\.\d+)?"
        r"|\d{0,2}(?: \d{3}){2,}(?!\d)(?:[.,]\d+)?"
        r"|\d*[ -]\d{1,2}/\d{1,2}(?![\d/])|\d?/\d{1,2}(?![\d/])|\d*[½¼¾⅓⅔]|\d*\.\d+|\d*,\d{1,2}(?![\d,])|\d*))"
    )
    words = (
        rf"((?:{in_any_case(['a', 'an', 'one'])}){GAP}(?=(?:{spoken}|{in_any_case(tables['fractions'])})\b)"
        rf"|{in_any_case([*tables['units'], *tables['tens']])}\b|{in_any_case(['half'])}(?={GAP}[aA][nN]?{GAP}\w)"
        rf"|{in_any_case(['half', 'quarter'])}(?={GAP}{spoken}\b)"
        rf"|(?:(?<=nother )|(?<=a further )|(?<=n extra )|(?<=n additional )){in_any_case(_WHOLE)}\b)"
    )
    # A class of few characters comes first, for so the scan passes quickly over all others.
    return _Patterns(
        figure=re.compile(rf"[^\x00-/:-»]{figure}"),
        spelled=re.compile(rf"[^A-Za-z](?<!\w){words}"),
        first=re.compile(words),
        scale=re.compile(rf"{GAP}?{in_any_case(tables['scales'])}\b"),
        word=re.compile(rf"(?:{GAP}(and|of|point)\b)?{GAP}?([a-z]+)", re.I),
    )


def find_numbers(text: str, start: int = 0, end: int | None = None) -> tuple[Number, ...]:
    """Every number of `text[start:end]` in order, magnitude words included, without overlaps."""
    return tuple(_numbers(text, start, len(text) if end is None else end))


def _numbers(text: str, start: int, end: int) -> Iterator[Number]:
    patterns = _patterns()
    figure = patterns.figure.search(text, start, end)
    spelled = _opening(text, start, end)
    while figure is not None or spelled is not None:
        number: Number | None
        if spelled is None or (figure is not None and figure.start() < spelled.start(1)):
            assert figure is not None
            number, at = _figure(text, figure, end), figure.end()
        else:
            number, at = _spelled(text, spelled.start(1), end), spelled.end()
        if number is not None:
            yield number
            at = number.end
        if figure is not None and figure.start() < at:
            figure = patterns.figure.search(text, at, end)
        if spelled is not None and spelled.start(1) < at:
            spelled = _opening(text, at, end)


def _opening(text: str, at: int, end: int) -> re.Match[str] | None:
    """The first word at `at` or later that a number in words may open with."""
    patterns = _patterns()
    found = patterns.first.match(text, 0, end) if at == 0 else None
    return found or patterns.spelled.search(text, max(at - 1, 0), end)


def _figure(text: str, found: re.Match[str], end: int) -> Number:
    scale, after = scale_after(text, found.end(), end)
    if scale == 1 and text.startswith("+", found.end(), end):
        further, behind = scale_after(text, found.end() + 1, end)
        scale, after = (further, behind) if further > 1 else (scale, after)
    before = text[found.start() - 1] if found.start() else " "
    mantissa = read_figure(found.group())
    if scale == 1 and mantissa < 100 and (part := _AND_A_HALF.match(text, after, end)) is not None:
        mantissa += _PARTS[part.group(1).lower()]
        scale, after = scale_after(text, part.end(), end)
    if scale >= 1000 and (rest := _lesser(text, after, end, scale)) is not None:
        mantissa, after = mantissa + rest[0] / scale, rest[1]
    return Number(found.start(), after, mantissa, scale, spelled=False, joined=before.isalpha())


def _lesser(text: str, at: int, end: int, scale: int) -> tuple[Decimal, int] | None:
    """What a lesser magnitude adds right behind a greater one ("1 million 500 thousand"), with its end."""
    found = _LESSER.match(text, at, end)
    if found is None:
        return None
    lesser, after = scale_after(text, found.end(), end)
    return (Decimal(found.group(1)) * lesser, after) if 1 < lesser < scale else None


def read_figure(figure: str) -> Decimal:
    """The value of a written figure: `4,565.5`, `2-1/2`, `1½`, `1.234.567`, `12,5`."""
    if figure[-1] in _VULGAR:
        return Decimal(figure[:-1] or 0) + _VULGAR[figure[-1]]
    if "/" in figure:
        whole, _, fraction = figure.replace("-", " ").rpartition(" ")
        over, under = fraction.split("/")
        return Decimal(whole or 0) + (Decimal(over) / Decimal(under) if int(under) else Decimal(0))
    plain = re.sub(r"[ '’\u00a0\u2009\u202f]", "", figure)
    if "." in plain and plain.rfind(",") > plain.find("."):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if plain.count(".") > 1:
        return Decimal(plain.replace(".", ""))
    if _DECIMAL_COMMA.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    return Decimal(plain.replace(",", ""))


def scale_after(text: str, at: int, end: int) -> tuple[int, int]:
    """The product of the magnitude words that follow `at`, and where they end; `(1, at)` where there are none."""
    scale_word = _patterns().scale
    scale, scales = 1, magnitudes()["scales"]
    while found := scale_word.match(text, at, end):
        scale *= int(scales[_word(found.group())])
        at = found.end()
    return scale, at


def _word(raw: str) -> str:
    return _NO_LETTERS.sub("", raw.lower())


def _spelled(text: str, start: int, end: int) -> Number | None:
    """The longest well-formed number in words from `start`; None where there is none ("a quarter of voters")."""
    reader = SpelledNumber()
    best: tuple[Decimal, int, int] | None = None
    unjoined: tuple[Decimal, int, int] | None = None
    at = start
    word_pattern = _patterns().word
    while found := word_pattern.match(text, at, end):
        link, word = (found.group(1) or "").lower(), found.group(2).lower()
        if at == start and word in _WHOLE:
            reader.take("", "one")
        if not reader.take(link, word):
            # "one hundred and two hundred": the word after "and" began a number of its own
            best = unjoined if unjoined and word in magnitudes()["scales"] else best
            break
        unjoined = best if link == "and" else unjoined
        at = found.end()
        if (value := reader.value()) is not None:
            best = (*value, at)
    if best is None:
        return None
    return Number(start, best[2], best[0], best[1], spelled=True)
