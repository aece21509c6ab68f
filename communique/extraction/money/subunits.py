"""Parts of currencies: cents, pence, kopecks, fils."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from communique.extraction.money.currencies import (
    Currency,
    codes_by_word,
    country_of_adjective,
    currencies_of_country,
    lexicon_rows,
    plain,
    split_cell,
)
from communique.extraction.numbers import GAP, Number, find_numbers
from communique.extraction.wording import alternatives

_VIDEO: Final = frozenset({144, 240, 360, 480, 720})
_PENCE_BELOW: Final = 1000
_CLOSING: Final = r"(?=[ \u00a0]?(?:$|[.,;:!?)\]\n]|(?:and|or|per|a|each|for|in|to)\b))"


@dataclass(frozen=True, slots=True)
class Subunit:
    """A part of one of several currencies, `parts` to the unit; `of` is the word that chooses among them.

    `named_only` is true where the word has other meanings and counts only behind the name of a country or currency.
    """

    of: str
    codes: tuple[str, ...]
    parts: int
    named_only: bool


@cache
def subunits() -> Mapping[str, tuple[Subunit, ...]]:
    """The readings of the words for parts of currencies, in lower case, the usual one first."""
    found: dict[str, tuple[Subunit, ...]] = {}
    for row in lexicon_rows("currency_subunits.csv"):
        usual = codes_by_word().get(row["of"], ())
        codes = tuple(dict.fromkeys((*usual, *split_cell(row["codes"]))))
        for word in split_cell(row["words"]):
            reading = Subunit(row["of"], codes, int(row["parts"]), row["named_only"] == "true")
            found[word] = (*found.get(word, ()), reading)
    return found


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = alternatives(list(subunits()))
    alone = rf"{GAP}?((?:[A-Za-z][\w.]*{GAP}){{0,3}}?)({words})(?!\w)"
    joined = rf"(?:,|[ ]and)?[ ](\d{{1,3}}|[a-z]+(?:-[a-z]+)?)[ -]({words})(?!\w)"
    return re.compile(alone, re.I), re.compile(joined, re.I)


def subunit_after(text: str, number: Number, at: int, end: int) -> tuple[Currency, int] | None:
    """The currency whose parts a number ending at `at` counts, and how many make the unit: "50 euro cents", "50p"."""
    if text.startswith("p", at) and not text[at + 1 : at + 2].isalnum() and _is_pence(number):
        return Currency(at, at + 1, codes_by_word()["pounds"], decided=False, word="pounds"), 100
    if (found := _patterns()[0].match(text, at, end)) is None:
        return None
    named = plain(" ".join(found.group(1).replace("-", " ").split()))
    for reading in subunits()[found.group(2).lower()]:
        if not named and not reading.named_only:
            codes = codes_by_word()[reading.of] if reading.of else reading.codes
            decided = len(codes) == 1
            return Currency(at, found.end(), codes, decided=decided, word=reading.of or found.group(2)), reading.parts
        own = tuple(code for code in _codes_of(named) if code in reading.codes)
        if own:
            return Currency(at, found.end(), own[:1], decided=True, word=found.group(2)), reading.parts
    return None


def _is_pence(number: Number) -> bool:
    return not number.spelled and number.scale == 1 and number.value < _PENCE_BELOW and number.value not in _VIDEO


def _codes_of(named: str) -> tuple[str, ...]:
    """The currencies of a country, or those that a word names."""
    country = country_of_adjective().get(named)
    return currencies_of_country().get(country, ()) if country else codes_by_word().get(named, ())


def parts_after(text: str, currency: Currency, at: int, end: int) -> tuple[Decimal, int, Currency] | None:
    """What parts of the unit add to a sum ending at `at` ("and 20 cents", "20" behind pounds), with its end.

    The currency comes back with those of its codes that have such parts.
    """
    if found := _patterns()[1].match(text, at, end):
        counted = find_numbers(text, found.start(1), found.end(1))
        for reading in subunits()[found.group(2).lower()] if counted else ():
            if codes := tuple(code for code in reading.codes if code in currency.codes):
                narrowed = replace(currency, codes=codes, decided=currency.decided or len(codes) == 1)
                return counted[0].mantissa * counted[0].scale / reading.parts, found.end(), narrowed
    if currency.word in ("pounds", "pound", "dollars", "euros") and (bare := _bare().match(text, at, end)):
        return Decimal(bare.group(1)) / 100, bare.end(1), currency
    return None


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"[ ](\d\d)(?![\d.,/%]\d|\w){_CLOSING}")
