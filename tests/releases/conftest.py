"""Small tables of our own, one article with a few facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pytest

from schemas.tables import TABLES
from tests.publishers import Publishers, waiting

ZEROS: dict[Any, Any] = {pl.String: "x", pl.Int32: 1, pl.Float64: 1.0, pl.Boolean: False, pl.Date: None}

Frames = dict[str, pl.DataFrame]


def make_row(table: str, **values: Any) -> dict[str, Any]:
    """A row with the given values, the other required columns filled with something."""
    columns = TABLES[table].columns
    filler = {c.name: [] if c.is_list else None if c.nullable else ZEROS[c.dtype.base_type()] for c in columns}
    return {**filler, **values}


def make_table(table: str, *rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([make_row(table, **row) for row in rows], schema=TABLES[table].dtypes)


def make_article(number: int) -> dict[str, Any]:
    return {
        "article_id": f"article-{number:012x}",
        "source_file": f"article-{number}.txt",
        "title": f"Article {number}",
        "publisher": "The Gazette",
        "authors": ["A. Writer", "B. Writer"],
        "language": "en",
        "sha256": f"{number:064x}",
        "ingested_text_sha256": f"{number:064x}",
    }


def make_tariff(number: int, article: int = 1, **values: Any) -> dict[str, Any]:
    return {
        "tariff_id": f"tariff-{number:012x}",
        "article_id": f"article-{article:012x}",
        "char_start": 10 * number,
        "char_end": 10 * number + 5,
        "rate_percent": 10.0 * number,
        "status": "imposed",
        **values,
    }


@pytest.fixture
def table() -> Callable[..., pl.DataFrame]:
    return make_table


@pytest.fixture
def tariff() -> Callable[..., dict[str, Any]]:
    return make_tariff


@pytest.fixture
def article() -> Callable[..., dict[str, Any]]:
    return make_article


@pytest.fixture
def frames() -> Frames:
    """All tables of a release with two articles, three tariffs and an actor."""
    filled = {
        "articles": make_table("articles", make_article(1), make_article(2)),
        "tariffs": make_table("tariffs", make_tariff(1), make_tariff(2), make_tariff(3, article=2)),
        "actors": make_table(
            "actors",
            {"actor_id": "country:NOR", "name": "Norway", "type": "country", "country": "NOR", "aliases": ["Norway"]},
        ),
        "rejected": make_table("rejected", {"source_file": "empty.txt", "reason": "empty"}),
    }
    return {name: filled.get(name, declared.empty()) for name, declared in TABLES.items()}


@pytest.fixture(scope="session")
def publishers() -> Iterator[Publishers]:
    """Publishers in processes of their own."""
    with waiting() as found:
        yield found
