"""Numbers in figures and in words: `1.2 million`, `300,000`, `thirty-seven`, `two and a half million`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

GAP: Final = r"(?:[-\u2010\u2011]|[ \t\u00a0\u2009\u202f]{1,4}|[ \t]{0,8}\n[ \t]{0,8})"
"""What may stand between the words of one expression: a hyphen, blanks, or the break of a wrapped line."""

_BLANKS: Final = re.compile(r"[\u00a0\u2009\u202f]")
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d{1,2}")
_NO_LETTERS: Final = re.compile(r"[^a-z]")
_LESSER: Final = re.compile(rf"{GAP}(\d{{1,3}})(?={GAP}[A-Za-z])")
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


def load_toml(name: str) -> dict[str, Any]:
    """A vocabulary of `communique/lexicons`, parsed."""
    return tomllib.loads(files("communique.lexicons").joinpath(name).read_text(encoding="utf-8"))


@cache
def magnitudes() -> dict[str, dict[str, float]]:
    """The tables of `magnitudes.toml`."""
    return load_toml("magnitudes.toml")


def alternatives(words: Iterator[str] | list[str]) -> str:
    """A regular expression of these literal words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def in_any_case(words: Iterable[str], space: str = " ") -> str:
    """A regular expression of these words in any case, the longest first; `space` is one of what parts their parts.

    Every letter is a class of its own and what words share is written once, so that most texts fail at one look,
    where the flag for any case would try all words in full.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[:1], []).append(word[1:])
    ends = rests.pop("", None) is not None
    branches = [
        (f"[{first}{first.upper()}]" if first.isalpha() else space if first == " " else re.escape(first))
        + in_any_case(rest, space)
        for first, rest in sorted(rests.items())
    ]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if branches else ""


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
        rf"|{in_any_case(['half', 'quarter'])}(?={GAP}{spoken}\b))"
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
    reader = _SpelledNumber()
    best: tuple[Decimal, int, int] | None = None
    unjoined: tuple[Decimal, int, int] | None = None
    at = start
    word_pattern = _patterns().word
    while found := word_pattern.match(text, at, end):
        link, word = (found.group(1) or "").lower(), found.group(2).lower()
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


class _SpelledNumber:
    """Reads number words one at a time: `total` holds closed groups, `group` the one being read below a thousand."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.group: Decimal | None = None
        self.last_scale = 0
        self.state = "start"
        self.decimals = ""
        self.numerator = Decimal(0)

    def take(self, link: str, word: str) -> bool:
        """Reads `word` after `link` ("", "and", "of", "point"); False where it cannot go on."""
        tables = magnitudes()
        if link == "point":
            return self._take_decimal(word)
        if word in ("a", "an"):
            return self._take_article(link)
        if word.rstrip("s") in tables["fractions"] and (word != "third"):
            return self._take_fraction(link, Decimal(str(tables["fractions"][word.rstrip("s")])))
        if word in tables["tens"] or word in tables["units"]:
            return self._take_small(link, word)
        if word in tables["scales"]:
            return link in ("", "of") and self._take_scale(int(tables["scales"][word]))
        return False

    def value(self) -> tuple[Decimal, int] | None:
        """The number read so far as (mantissa, scale), or None where it needs another word."""
        if self.state in ("start", "article", "and article", "fraction", "fraction article", "and small"):
            return None
        group = self.group or Decimal(0)
        if self.decimals:
            group += Decimal(f"0.{self.decimals}")
        whole = self.total + group
        if self.last_scale >= 1000 and self.group is None and whole % self.last_scale == 0:
            return whole / self.last_scale, self.last_scale
        if self.state == "scaled":
            return whole / self.last_scale, self.last_scale
        return whole, 1

    def _take_decimal(self, word: str) -> bool:
        digit = magnitudes()["units"].get(word)
        if digit is None or digit > 9 or self.group is None:
            return False
        self.decimals += str(int(digit))
        self.state = "decimal"
        return True

    def _take_article(self, link: str) -> bool:
        if self.state == "start":
            self.group, self.state = Decimal(1), "article"
        elif self.state == "fraction":
            self.state = "fraction article"
        elif link == "and" and self.state in ("small", "scaled") and (self.group is not None or self.state == "scaled"):
            self.state = "and article"
        else:
            return False
        return True

    def _take_fraction(self, link: str, size: Decimal) -> bool:
        if self.state in ("start", "article"):
            self.group, self.state = size, "fraction"
        elif self.state == "small" and link == "" and self.group is not None and self.group <= 3:
            self.group, self.state = self.group * size, "fraction"
        elif self.state == "and small" and link == "" and self.group is not None:
            self.group, self.state = self.group + size * self.numerator, "mixed"
        elif self.state == "and article" and self.group is not None:
            self.group, self.state = self.group + size, "mixed"
        elif self.state == "and article" and self.last_scale:
            self.total, self.state = self.total + size * self.last_scale, "scaled"
        else:
            return False
        return True

    def _take_small(self, link: str, word: str) -> bool:
        tables = magnitudes()
        tens, value = word in tables["tens"], Decimal(str({**tables["units"], **tables["tens"]}[word]))
        if self.state == "decimal" and link == "" and value < 10:
            self.decimals += str(int(value))
            return True
        if self.state == "start":
            self.group = value
        elif self.state == "tens" and link == "" and not tens and 0 < value < 10 and self.group is not None:
            self.group += value
        elif self.state == "hundred" and link in ("", "and") and self.group is not None:
            self.group += value
        elif self.state == "small" and link == "and" and value <= 3 and self.group is not None:
            self.numerator, self.state = value, "and small"
            return True
        elif (
            self.state == "scaled"
            and self.last_scale >= 1000
            and (link == "" or (link == "and" and self.last_scale == 1000))
        ):
            self.group = value
        else:
            return False
        self.state = "tens" if tens else "small"
        return True

    def _take_scale(self, scale: int) -> bool:
        if self.state in ("start", "and article") or (self.state == "fraction" and self.group is None):
            return False
        group = self.group
        if self.decimals and group is not None:
            group, self.decimals = group + Decimal(f"0.{self.decimals}"), ""
        if group is None:
            if self.state != "scaled" or scale < 1000:
                return False
            self.total, self.last_scale = self.total * scale, self.last_scale * scale
        elif scale in (12, 100):
            if group >= 100:
                return False
            self.group, self.state = group * scale, "hundred" if scale == 100 else "dozen"
            return True
        else:
            if self.last_scale and scale >= self.last_scale:
                return False
            self.total, self.group, self.last_scale = self.total + group * scale, None, scale
        self.state = "scaled"
        return True
