"""Temporal tokens: the words and figures of a sentence that dates are written with, each with a class and a value.

A class is one character of a private alphabet, so that a sentence becomes a string of classes and a rule a regular
expression over it.  Words outside the lexicon have the class `OTHER`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from communique.extraction.numbers import find_numbers, load_toml, magnitudes

Value = int | float | str

FIGURES = (
    "ISO", "SLASHED", "DECADE", "SHORT_YEAR", "CLOCK", "FISCAL_YEAR", "QUARTER_NAME", "DAY_ORDINAL", "YEAR", "DAY",
    "TWO", "NUMBER", "WORDS", "PHRASE_DATE", "PHRASE_SET", "HOLIDAY", "POSSESSOR", "FRACTION", "OTHER",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A token at `[start, end)` of the text; `kind` is the name of its class."""

    start: int
    end: int
    kind: str
    value: Value


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabulary, compiled: classes of words (capitalised ones apart), marks and phrases."""

    words: dict[str, tuple[str, Value]]
    proper: dict[str, tuple[str, Value]]
    phrases: dict[str, tuple[str, Value]]
    marks: dict[str, str]
    code: dict[str, str]
    scanner: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The temporal vocabulary of `temporal_words.toml` and the holidays of `temporal_holidays.toml`."""
    data = load_toml("temporal_words.toml")
    words = {w: (kind, v) for kind, entries in data["words"].items() for w, v in entries.items()}
    proper = {w: (kind, v) for kind, entries in data["proper"].items() for w, v in entries.items()}
    phrases = {w: (f"PHRASE_{kind}", v) for kind, entries in data["phrases"].items() for w, v in entries.items()}
    phrases |= {name.lower(): ("HOLIDAY", name) for name in load_toml("temporal_holidays.toml")["holidays"]}
    kinds = [*FIGURES, *data["words"], *data["proper"], *dict.fromkeys(data["marks"].values())]
    code = {kind: chr(0xE000 + i) for i, kind in enumerate(dict.fromkeys(kinds))}
    return Lexicon(words, proper, phrases, data["marks"], code, _scanner(phrases))


def _scanner(phrases: dict[str, tuple[str, Value]]) -> re.Pattern[str]:
    spoken = "|".join(
        re.escape(p).replace(r"\ ", r"\s{1,3}").replace("'", "['’]")
        for p in sorted(phrases, key=lambda p: (-len(p), p))
    )
    return re.compile(
        rf"""
        (?P<phrase>\b(?:{spoken})\b)
        |(?P<iso>(?<![\w-])(?:1\d|20)\d\d-[01]\d-[0-3]\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\w-]))
        |(?P<slashed>(?<![\w/])\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)(?![\w/]))
        |(?P<decade>(?<!\w)(?:(?:1\d|20)?\d0['’]?s\b|['’‘`]\d0s\b))
        |(?P<short_year>(?<!\w)['’‘]\d\d(?!\w))
        |(?P<clock>(?<![\w:.,])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\w:])|(?<![\w:.,])(?:1[0-2]|\d)\.[0-5]\d(?=\s?[ap]\.?m\b))
        |(?P<fiscal>\bFY\s?['’]?(?:20)?\d\d\b)
        |(?P<quarter>\b(?:Q[1-4]|[1-4]Q|H[12])\b)
        |(?P<ordinal>(?<!\w)\d{{1,2}}(?:st|nd|rd|th)\b)
        |(?P<fraction>(?<!\w)(?:\d+[ -])?\d/\d(?![\w/])|(?<!\w)\d*[½¼¾])
        |(?P<number>\d[\d,]*(?:\.\d+)?)
        |(?P<ampm>(?<=\d)\s?[ap]\.?\s?m\b\.?)
        |(?P<possessor>['’]s\b|(?<=s)['’](?!\w))
        |(?P<oclock>o['’]clock\b)
        |(?P<word>[^\W\d_]+)
        |(?P<mark>[^\s\w])
        """,
        re.I | re.X,
    )


WORD = re.compile(r"[^\W\d_]+|\d")


@cache
def triggers() -> frozenset[str]:
    """Lower-case words one of which an expression cannot do without; a digit is told apart by the caller."""
    lex = lexicon()
    calm = {
        "THE", "A", "POSSESSIVE", "THIS", "THAT", "THESE", "THOSE", "OF", "IN", "ON", "AT", "BY", "FOR", "TO", "AND", "OR", "BETWEEN",
        "FROM", "SINCE", "DURING", "MORE", "LESS", "NO", "THAN", "LEAST", "UP", "CLOSE", "NEARLY", "FEW", "COUPLE", "OTHER", "ALL",
        "ANOTHER", "FREQUENCY", "TIMES", "BEFORE", "AFTER", "FOLLOWING", "SAME", "EACH", "PER", "WORKING", "LAST", "NEXT", "EARLY", "LATE",
        "LATER", "EARLIER", "END", "BEGINNING", "ORDINAL", "CURRENT", "RECENT", "COMING", "PREVIOUS", "PAST", "LONG", "OLD", "LATEST",
        "DOZEN", "REST", "TURN", "FISCAL", "AMPM", "NOW", "FUTURE_WORD", "HALF", "PERIOD", "SOMETIME", "MID", "HENCE", "AGO", "SECOND",
    }  # fmt: skip
    found = {w.lower() for w, (kind, _) in [*lex.words.items(), *lex.proper.items()] if kind not in calm}
    rare = {word for p in lex.phrases for word in re.findall(r"[^\W\d_]+", p)[-1:]}
    return frozenset(found | rare)


def has_trigger(text: str) -> bool:
    """Whether a stretch of text may hold a temporal expression at all."""
    return not _openers().isdisjoint(WORD.findall(text.lower()))


@cache
def _openers() -> frozenset[str]:
    return triggers() | frozenset("0123456789")


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The temporal tokens of `text[start:end]` in order; other words, and figures that count money or the like, as OTHER."""
    return list(_merge_number_words(text, _tokens(text, start, end)))


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    lex = lexicon()
    stop = start
    for found in lex.scanner.finditer(text, start, end):
        if found.start() < stop:
            continue
        kind, value, stop = _READERS[found.lastgroup or ""](lex, found, text, end)
        yield Token(found.start(), stop, kind, value)


def _read_word(lex: Lexicon, found: re.Match[str], text: str, end: int) -> tuple[str, Value, int]:
    raw, stop = found.group(), found.end()
    known = lex.words.get(raw.lower())
    if known is not None:
        return *known, stop
    if raw[0].isupper():
        name = raw if len(raw) < 3 or not raw.isupper() else raw.capitalize()
        known = lex.proper.get(raw) or lex.proper.get(name)
        if known is not None:
            dotted = known[0].endswith("_SHORT") and text[stop : stop + 1] == "." and stop + 1 < end
            return *known, stop + dotted
    lower = raw.lower()
    tables = magnitudes()
    if lower in tables["units"] or lower in tables["tens"] or lower in ("hundred", "thousand"):
        return "WORDS", 0, stop
    return "OTHER", "", stop


def _read_number(_: Lexicon, found: re.Match[str], text: str, __: int) -> tuple[str, Value, int]:
    raw, start, stop = found.group().rstrip(","), found.start(), found.start() + len(found.group().rstrip(","))
    before, after = text[start - 1 : start], text[stop : stop + 1]
    joined = (
        before.isalpha()
        or before in "$€£¥#_+@&"
        and before
        or (before == "." and text[start - 2 : start - 1].isdigit())
    )
    compound = before in "-–" and before and text[start - 2 : start - 1].isupper()
    if (
        joined
        or compound
        or after in "%°$€£"
        and after
        or (after.isalpha() and text[stop : stop + 2].lower() not in ("am", "pm"))
    ):
        return "OTHER", "", stop
    if raw.isdigit() and raw.isascii():
        number = int(raw)
        if len(raw) <= 2:
            return ("DAY" if 1 <= number <= 31 else "TWO"), number, stop
        if len(raw) == 4 and 1000 <= number < 2200:
            return "YEAR", number, stop
        return "NUMBER", number if len(raw) < 12 else 0, stop
    plain = raw.replace(",", "")
    try:
        return "NUMBER", float(plain) if "." in plain else int(plain), stop
    except ValueError:
        return "OTHER", "", stop


def _read_phrase(lex: Lexicon, found: re.Match[str], text: str, _: int) -> tuple[str, Value, int]:
    spelled = re.sub(r"\s+", " ", found.group().lower()).replace("’", "'")
    kind, value = lex.phrases[spelled]
    if kind == "HOLIDAY" and not found.group()[0].isupper():
        return "OTHER", "", found.end()
    return kind, value, found.end()


def _read_decade(_: Lexicon, found: re.Match[str], text: str, __: int) -> tuple[str, Value, int]:
    digits = re.sub(r"\D", "", found.group())
    if len(digits) == 4:
        return "DECADE", digits[:3], found.end()
    return "DECADE", ("19" if int(digits) >= 20 else "20") + digits[0], found.end()


def _read_mark(lex: Lexicon, found: re.Match[str], _: str, __: int) -> tuple[str, Value, int]:
    return lex.marks.get(found.group(), "OTHER"), "", found.end()


def _read_fraction(_: Lexicon, found: re.Match[str], text: str, end: int) -> tuple[str, Value, int]:
    numbers = find_numbers(text, found.start(), found.end())
    if len(numbers) == 1 and text[found.end() : found.end() + 1] != "%":
        return "FRACTION", numbers[0].value, found.end()
    return "OTHER", "", found.end()


def century_of(short: int) -> int:
    """The year a two-digit one stands for: `98` is 1998, `07` is 2007."""
    return 1900 + short if short >= 40 else 2000 + short


_READERS = {
    "phrase": _read_phrase,
    "iso": lambda _, m, __, ___: ("ISO", m.group(), m.end()),
    "slashed": lambda _, m, __, ___: ("SLASHED", m.group(), m.end()),
    "decade": _read_decade,
    "short_year": lambda _, m, __, ___: ("SHORT_YEAR", century_of(int(m.group()[1:])), m.end()),
    "clock": lambda _, m, __, ___: ("CLOCK", m.group().replace(".", ":"), m.end()),
    "fiscal": lambda _, m, __, ___: ("FISCAL_YEAR", 2000 + int(m.group()[-2:]), m.end()),
    "quarter": lambda _, m, __, ___: ("QUARTER_NAME", _quarter(m.group().upper()), m.end()),
    "ordinal": lambda _, m, __, ___: ("DAY_ORDINAL", int(m.group()[:-2]), m.end()),
    "fraction": _read_fraction,
    "number": _read_number,
    "ampm": lambda _, m, __, ___: ("AMPM", 12 if "p" in m.group().lower() else 0, m.end()),
    "possessor": lambda _, m, __, ___: ("POSSESSOR", "", m.end()),
    "oclock": lambda _, m, __, ___: ("OCLOCK", "", m.end()),
    "word": _read_word,
    "mark": _read_mark,
}  # fmt: skip


def _quarter(name: str) -> str:
    return name if name[0] in "QH" else f"Q{name[0]}"


def _merge_number_words(text: str, tokens: Iterator[Token]) -> Iterator[Token]:
    """Runs of number words as one token with their value; "nineteen ninety-seven" is a year."""
    run: list[Token] = []
    for token in tokens:
        linking = token.kind in ("DASH", "AND") and bool(run) and len(run) < 12
        if token.kind == "WORDS" or linking:
            run.append(token)
            continue
        if run:
            yield from _close_run(text, run)
            run = []
        yield token
    if run:
        yield from _close_run(text, run)


def _close_run(text: str, run: list[Token]) -> Iterator[Token]:
    at = 0
    while at < len(run):
        if run[at].kind != "WORDS":
            yield run[at]
            at += 1
            continue
        first, last = run[at].start, run[-1].end
        year = _spoken_year(text[first:last])
        if year:
            yield Token(first, first + year[1], "YEAR", year[0])
            stop = first + year[1]
        else:
            numbers = find_numbers(text, first, last)
            if not numbers or numbers[0].start != first:
                scale = magnitudes()["scales"].get(text[first : run[at].end].lower(), 0)
                yield Token(first, run[at].end, "DOZEN" if scale else "OTHER", scale)
                at += 1
                continue
            stop = numbers[0].end
            yield Token(first, stop, "WORDS", numbers[0].value)
        while at < len(run) and run[at].start < stop:
            at += 1


_TEENS = r"(?:seven|eight|nine)teen|twenty"


@cache
def _year_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"({_TEENS})\s((?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ][a-z]+)?|(?:[a-z]+teen))\b", re.I
    )


@cache
def _spoken_year(words: str) -> tuple[int, int] | None:
    found = _year_pattern().match(words)
    if not found:
        return None
    century, rest = find_numbers(found[1]), find_numbers(found[2])
    if len(century) != 1 or len(rest) != 1 or (found[1].lower() == "twenty" and rest[0].value < 10):
        return None
    return int(century[0].value * 100 + rest[0].value), found.end()
