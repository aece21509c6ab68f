"""What is known of the world: codes that a release names are those of the lexicons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl

from communique.lexicons import loader
from schemas.row_checks import filled
from schemas.table import RowCheck

REMEDY = (
    "give the row a code that communique/lexicons knows (raw/corrections.toml), or add the code there with its source"
)


@cache
def known_codes() -> Mapping[str, tuple[RowCheck, ...]]:
    """By table the conditions over codes; a row that fails one is quarantined."""
    currencies, countries = sorted(loader.currencies()), sorted(country for country in loader.countries())
    return {
        "aid_commitments": (
            RowCheck(
                "currency_known",
                "`currency` is a code of the currencies that the lexicon has.",
                filled("currency"),
                pl.col("currency").is_in(currencies),
            ),
        ),
        "actors": (
            RowCheck(
                "country_known",
                "`country` is a code of the countries that the lexicon has.",
                filled("country"),
                pl.col("country").is_in(countries),
            ),
        ),
    }
