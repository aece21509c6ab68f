"""Small releases of our own as frames, and one with many rows, for the tests of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from schemas.tables import TABLES

HARBOUR = "Norway gave Moldova 40 million euros for the harbour of Giurgiulești."
DUTIES = "Canada put a 25 percent duty on steel from Brazil, and Brazil threatened 30 percent on wheat."
ADVICE = "Moldova should repair the ferries before the winter."
SENTENCES = {"harbour": (HARBOUR, ADVICE), "steel": (DUTIES,)}

HOSTILE = (
    "<script>document.title='owned'</script></script><img src=x onerror=\"document.title='owned'\"> & 'quoted' "
    "\x1b[31mred\x07 \N{RIGHT-TO-LEFT OVERRIDE}desrever \N{LEFT-TO-RIGHT ISOLATE}turned\N{LINE SEPARATOR}line "
    "{{ 7 * 7 }} <!-- | pipe | `code` \N{GRINNING FACE} 40 percent of it."
)


def frame(table: str, *rows: Mapping[str, Any]) -> pl.DataFrame:
    """Rows of a table; columns not given are null."""
    dtypes = TABLES[table].dtypes
    return pl.DataFrame([dict.fromkeys(dtypes) | dict(row) for row in rows], schema=dtypes)


def span(article: str, sentence: str, words: str, offset: int = 100) -> dict[str, Any]:
    """Where words stand, in a sentence that begins at `offset` of its article."""
    start = offset + sentence.index(words)
    return {
        "article_id": article,
        "char_start": start,
        "char_end": start + len(words),
        "evidence": sentence,
        "sentence_start": offset,
        "sentence_end": offset + len(sentence),
    }


def mention(number: int, actor: str, kind: str, *place: Any) -> dict[str, Any]:
    where = span(*place)
    text = where.pop("evidence")[where["char_start"] - where["sentence_start"] :][: len(place[2])]
    names = {"mention_id": f"mention-{number:012x}", "actor_id": actor, "text": text, "mention_kind": kind}
    return names | where | {"rule": "lexicon.name"}


def small() -> dict[str, pl.DataFrame]:
    """A release of two articles with a row or two in every table."""
    duty = {"imposer_id": "country:CAN", "imposer": "Canada", "target_id": "country:BRA", "target": "Brazil"}
    answer = {"imposer_id": "country:BRA", "imposer": "Brazil", "target_id": "country:CAN", "target": "Canada"}
    plain = {"is_retaliatory": False, "rule": "tariff.noun_after"}
    aid = {"donor_id": "country:NOR", "donor": "Norway", "recipient_id": "country:MDA", "recipient": "Moldova"}
    money = {"amount": 40e6, "amount_qualifier": "exact", "currency": "EUR", "amount_usd": 43e6}
    frames = {name: frame(name) for name in TABLES}
    return frames | {
        "articles": frame(
            "articles",
            {
                "article_id": "harbour",
                "title": "A harbour rebuilt",
                "publisher": "Northern Notes",
                "authors": ["A. Writer"],
                "published": "2025-03-03",
                "source_url": "https://example.org/harbour",
                "source_file": "harbour.txt",
                "words": 40,
            },
            {"article_id": "steel", "title": "Steel and wheat", "source_url": "javascript:alert(1)", "words": 50},
        ),
        "aid_commitments": frame(
            "aid_commitments",
            {"aid_id": "aid-000000000001", **span("harbour", HARBOUR, "40 million euros"), **aid, **money}
            | {"category": "reconstruction", "status": "provided", "is_total": False, "rule": "aid.sum"}
            | {"period_end": "2024"},
        ),
        "tariffs": frame(
            "tariffs",
            {"tariff_id": "tariff-000000000001", **span("steel", DUTIES, "25 percent"), **duty, **plain}
            | {"rate_percent": 25.0, "status": "imposed", "product": "steel"},
            {"tariff_id": "tariff-000000000002", **span("steel", DUTIES, "30 percent"), **answer, **plain}
            | {"rate_percent": 30.0, "status": "threatened", "product": "=wheat"},
        ),
        "recommendations": frame(
            "recommendations",
            {"recommendation_id": "recommendation-000000000001", **span("harbour", ADVICE, ADVICE[:-1], 400)}
            | {"recommender": "author", "addressee_ids": ["country:MDA"], "addressee": "Moldova"}
            | {"action": "repair the ferries before the winter", "modality": "should", "strength": "moderate"}
            | {"is_negated": False, "topic": "reconstruction", "rule": "should"},
        ),
        "dates": frame(
            "dates",
            {"date_id": "date-000000000001", **span("harbour", ADVICE, "the winter", 400), "text": "the winter"}
            | {"timex_type": "DATE", "timex_value": "2025-WI", "is_publication_date": False, "rule": "season"},
        ),
        "actors": frame(
            "actors",
            *(
                {"actor_id": f"country:{code}", "name": name, "type": "country", "country": code, "aliases": [name]}
                | {"mentions": 1, "articles": 1}
                for code, name in (("BRA", "Brazil"), ("CAN", "Canada"), ("MDA", "Moldova"), ("NOR", "Norway"))
            ),
        ),
        "actor_mentions": frame(
            "actor_mentions",
            mention(1, "country:NOR", "name", "harbour", HARBOUR, "Norway"),
            mention(2, "country:MDA", "name", "harbour", HARBOUR, "Moldova"),
            mention(3, "country:CAN", "name", "steel", "Canada waits.", "Canada", 900),
        ),
    }


def hostile() -> dict[str, pl.DataFrame]:
    """A release whose every text tries to be something else."""
    article = {"article_id": "a", "title": HOSTILE, "publisher": HOSTILE, "source_url": "javascript:alert(1)"}
    row = {"tariff_id": "tariff-00000000000a", **span("a", HOSTILE, "40 percent"), "rate_percent": 40.0}
    words = dict.fromkeys(("imposer", "target", "product", "speaker", "rule"), HOSTILE)
    actor = {"actor_id": "person:x", "name": HOSTILE, "type": "person", "aliases": [HOSTILE], "mentions": 1}
    return small() | {
        "articles": frame("articles", article),
        "tariffs": frame("tariffs", row | words | {"imposer_id": "person:x", "status": "imposed"}),
        "actors": frame("actors", actor),
    }


def many(rows: int) -> dict[str, pl.DataFrame]:
    """A release with so many tariffs, each from a sentence of its own."""
    number = pl.int_range(rows, dtype=pl.Int32)
    text = pl.format(
        "In year {} the state of Land{} put a {} percent duty on goods of kind {} from Port{}.",
        number,
        number % 190,
        number % 97,
        number % 1009,
        number % 211,
    )
    made = (
        pl.select(number=number, evidence=text)
        .with_columns(
            tariff_id=pl.format("tariff-{}", pl.col("number").cast(pl.String).str.zfill(12)),
            article_id=pl.format("article-{}", pl.col("number") // 40),
            sentence_start=pl.col("number") % 40 * 200,
            imposer=pl.format("Land{}", pl.col("number") % 190),
            target=pl.format("Port{}", pl.col("number") % 211),
            rate_percent=pl.col("number") % 97,
            product=pl.format("goods of kind {}", pl.col("number") % 1009),
            status=pl.when(pl.col("number") % 3 == 0).then(pl.lit("imposed")).otherwise(pl.lit("threatened")),
            is_retaliatory=pl.lit(False),
            rule=pl.lit("tariff.noun_after"),
        )
        .with_columns(sentence_end=pl.col("sentence_start") + pl.col("evidence").str.len_chars())
    )
    made = made.with_columns(char_start=pl.col("sentence_start") + 3, char_end=pl.col("sentence_start") + 9)
    dtypes = TABLES["tariffs"].dtypes
    absent = [pl.lit(None).alias(name) for name in dtypes if name not in made.columns]
    articles = [{"article_id": f"article-{at}", "title": f"Article {at}"} for at in range(-(-rows // 40))]
    tariffs = made.with_columns(absent).select(dtypes.names()).cast(dict(dtypes))
    return {name: frame(name) for name in TABLES} | {"tariffs": tariffs, "articles": frame("articles", *articles)}
