"""Currencies and the words, signs and countries by which texts name them, as tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any, Final

from communique.extraction.wording import load_toml


@dataclass(frozen=True, slots=True)
class Currency:
    """A reading of a currency at `[start, end)`: the codes it may stand for, and whether the text itself decides.

    `decided` is false where a bare word or sign ("crowns", "$") serves several countries; the first code is then
    the usual one.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    decided: bool
    word: str


@cache
def money_words() -> dict[str, Any]:
    """The tables of `money.toml`."""
    return load_toml("money.toml")


def lexicon_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of `communique/lexicons`."""
    yield from csv.DictReader(StringIO(files("communique.lexicons").joinpath(name).read_text(encoding="utf-8")))


def split_cell(cell: str | None) -> list[str]:
    """The values of a cell that holds several."""
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


def plain(word: str) -> str:
    """A word in lower case without full stops: the form under which names are looked up."""
    return word.lower().replace(".", "").replace("’", "'")


@cache
def codes_by_word() -> Mapping[str, tuple[str, ...]]:
    """Currency words (lower case, one or more words) to the codes they may stand for, the usual one first."""
    words: dict[str, tuple[str, ...]] = {}
    for row in lexicon_rows("currencies.csv"):
        for word in [*split_cell(row["words"]), row["name"], row["plural"]]:
            words.setdefault(plain(word), (row["code"],))
    for code, extra in money_words()["words"].items():
        words.update({plain(word): (code,) for word in extra})
    words.update({plain(word): codes for word, codes in _shared().items()})
    words.pop("", None)
    return words


@cache
def _shared() -> Mapping[str, tuple[str, ...]]:
    """Words and signs that several currencies share, the usual code first."""
    shared: dict[str, tuple[str, ...]] = {}
    for row in lexicon_rows("currency_words.csv"):
        usual = row["default"]
        shared[row["word"]] = tuple(sorted(split_cell(row["codes"]), key=lambda code: code != usual))
    return shared


@cache
def has_usual_code(word: str) -> bool:
    """Whether a shared word or sign means one currency where nothing says otherwise ("pounds", not "crowns")."""
    return any(plain(row["word"]) == plain(word) and row["default"] for row in lexicon_rows("currency_words.csv"))


_PREFIXED: Final = ("Rs", "CFA", "kr", "dlr", "dlrs")
"""Words among the shared ones that stand before a figure too."""


@cache
def codes_by_sign() -> Mapping[str, tuple[str, ...]]:
    """Symbols, prefixes and ISO codes to currency codes; a sign shared by several currencies has them all."""
    signs: dict[str, tuple[str, ...]] = {}
    for row in lexicon_rows("currencies.csv"):
        signs.setdefault(row["code"], (row["code"],))
        for symbol in split_cell(row["symbols"]):
            signs.setdefault(symbol, (row["code"],))
    for code, prefixes in money_words()["prefixes"].items():
        signs.update(dict.fromkeys(prefixes, (code,)))
    signs.update({sign.lower(): signs[sign] for sign in money_words()["lower"]["signs"]})
    signs.update({word: codes for word, codes in _shared().items() if not word.isalpha() or word in _PREFIXED})
    return signs


@cache
def country_of_adjective() -> Mapping[str, str]:
    """Country names, abbreviations and demonyms (lower case) to alpha-3 codes."""
    names: dict[str, str] = {}
    for row in lexicon_rows("countries.csv"):
        cells = [
            row["name"],
            *(part for key in ("aliases", "abbreviations", "demonyms") for part in split_cell(row[key])),
        ]
        for name in cells:
            names.setdefault(plain(name), row["alpha3"])
    return names


@cache
def country_of_name() -> Mapping[str, str]:
    """The same with capitals, for finding the countries that a sentence speaks of."""
    names = dict(country_of_adjective())
    for row in lexicon_rows("countries.csv"):
        for name in (row["capital"], *split_cell(row["capital_aliases"])):
            names.setdefault(plain(name), row["alpha3"])
    return names


@cache
def currencies_of_country() -> Mapping[str, tuple[str, ...]]:
    """Alpha-3 codes of countries to the currencies they use or used."""
    owned: dict[str, tuple[str, ...]] = {}
    for row in lexicon_rows("currencies.csv"):
        for country in split_cell(row["country"]):
            owned[country] = (*owned.get(country, ()), row["code"])
    return owned
