"""Which rows a page holds, where there are more than a browser should be given."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from communique.releases.rows import Rows

LIMIT = 20_000
"""Rows on one page over all tables: some 8 MB, which a phone still opens."""


def shares(rows: Mapping[str, int], limit: int = LIMIT) -> dict[str, int]:
    """How many rows of each table fit: each gets the same, and what it does not need goes to the others."""
    given: dict[str, int] = {}
    left = limit
    for waiting, name in zip(range(len(rows), 0, -1), sorted(rows, key=lambda name: (rows[name], name)), strict=True):
        given[name] = min(rows[name], left // waiting)
        left -= given[name]
    return given


def selected(tables: Mapping[str, Rows], limit: int = LIMIT) -> dict[str, pl.DataFrame]:
    """The first rows of each table that fit, with every article they come from."""
    given = shares({name: rows.height for name, rows in tables.items()}, limit)
    chosen = {name: rows.scan().head(given[name]).collect(engine="streaming") for name, rows in tables.items()}
    if "articles" not in tables or chosen["articles"].height == tables["articles"].height:
        return chosen
    used = [frame.select("article_id") for name, frame in chosen.items() if "article_id" in frame.columns]
    is_used = pl.col("article_id").is_in(pl.concat(used)["article_id"].unique().implode())
    return chosen | {"articles": tables["articles"].scan().filter(is_used).collect(engine="streaming")}
