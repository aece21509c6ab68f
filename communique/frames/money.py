"""Amounts in US dollars at yearly average rates."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import polars as pl

_RATES = {"currency": pl.String(), "year": pl.Int32(), "usd_per_unit": pl.Float64()}


@lru_cache(maxsize=1)
def exchange_rates() -> pl.DataFrame:
    """The shipped rates: currency (ISO 4217), year, dollars per unit of the currency on average over the year."""
    data = files("communique.lexicons").joinpath("exchange_rates.csv").read_bytes()
    return pl.read_csv(data, schema_overrides=_RATES)


def with_amount_usd(aid: pl.DataFrame, articles: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """The frame with `amount_usd`: the amount at the rate of the row's year, to the cent; null where there is none.

    The year is that of `period_end`, else of `period_start`, else of the article's publication.
    """
    published = articles.select("article_id", "published")
    year = pl.coalesce("period_end", "period_start", "published").str.head(4).cast(pl.Int32, strict=False)
    rate = pl.when(pl.col("currency") == "USD").then(1.0).otherwise("usd_per_unit")
    return (
        aid.join(published, on="article_id", how="left", maintain_order="left")
        .with_columns(year=year)
        .join(rates, on=["currency", "year"], how="left", maintain_order="left")
        .with_columns(amount_usd=(pl.col("amount") * rate).round(2))
        .drop("published", "year", "usd_per_unit")
    )
