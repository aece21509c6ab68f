"""Hundredths of currencies: cents, pence, kopecks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from communique.extraction.money.currencies import Currency, codes_by_word, money_words
from communique.extraction.numbers import GAP


@cache
def subunits() -> Mapping[str, str]:
    """Words for the hundredth of a currency to the word of the currency."""
    return {word: currency for currency, words in money_words()["subunits"].items() for word in words}


@cache
def _subunit() -> re.Pattern[str]:
    return re.compile(rf"{GAP}({'|'.join(subunits())})\b")


def subunit_after(text: str, at: int, end: int) -> Currency | None:
    """The currency whose hundredths a number ending at `at` counts: "50 cents", "a 12-cent dividend"."""
    if (found := _subunit().match(text, at, end)) is None:
        return None
    word = subunits()[found.group(1)]
    return Currency(at, found.end(), codes_by_word()[word], decided=False, word=word)
