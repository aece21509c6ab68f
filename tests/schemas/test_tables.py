"""The declarations of the tables: columns as agreed, values that are let through and values that are not."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl
import pytest

from schemas.tables import DATA_TABLES, FACT_TABLES, TABLES

SPAN = "article_id char_start char_end evidence sentence_start sentence_end"

COLUMNS = {
    "articles": "article_id title publisher authors published published_from language source_url source_file sha256 "
    "characters words sentences ingested_text_sha256",
    "aid_commitments": f"aid_id {SPAN} donor_id donor recipient_id recipient amount amount_upper amount_qualifier "
    "currency amount_usd category status is_total channel_id channel purpose items period_start period_end "
    "reported_by_id reported_by rule",
    "tariffs": f"tariff_id {SPAN} imposer_id imposer target_id target target_scope rate_percent rate_percent_upper "
    "product status is_retaliatory effective_date speaker_id speaker rule",
    "dates": f"date_id {SPAN} text timex_type timex_value start_date end_date resolved_by is_publication_date event "
    "rule",
    "actors": "actor_id name type country role aliases mentions articles",
    "actor_mentions": "mention_id article_id char_start char_end sentence_start sentence_end actor_id text "
    "mention_kind rule",
    "recommendations": f"recommendation_id {SPAN} recommender_id recommender addressee_ids addressee action modality "
    "strength is_negated ordinal topic rule",
    "quarantine": "table row check reason",
    "rejected": "source_file sha256 reason detail remedy",
}

SPAN_VALUES = {"article_id": "talks", "char_start": 4, "char_end": 9, "sentence_start": 0, "sentence_end": 12}

GOOD_ROWS = {
    "articles": {
        "article_id": "talks_2025-03",
        "authors": [],
        "published": "2025-03",
        "published_from": "text",
        "language": "en",
        "source_file": "talks 2025-03.txt",
        "sha256": "0f" * 32,
        "characters": 12,
        "words": 2,
        "sentences": 1,
        "ingested_text_sha256": "1e" * 32,
    },
    "aid_commitments": {
        **SPAN_VALUES,
        "aid_id": "aid-0123456789ab",
        "evidence": "twelve chars",
        "donor_id": "country:JPN",
        "donor": "Japan",
        "amount": 5e6,
        "amount_qualifier": "exact",
        "currency": "JPY",
        "category": "financial",
        "status": "pledged",
        "is_total": False,
        "channel": "a trust fund",
        "period_start": "2024-06",
        "period_end": "2024",
        "rule": "aid.verb",
    },
    "tariffs": {
        **SPAN_VALUES,
        "tariff_id": "tariff-0123456789ab",
        "evidence": "twelve chars",
        "imposer_id": "international_organisation:european-union",
        "imposer": "European Union",
        "target_scope": "third countries",
        "rate_percent": 10.0,
        "rate_percent_upper": 12.5,
        "status": "threatened",
        "is_retaliatory": True,
        "effective_date": "2025-W14",
        "rule": "tariff.rate",
    },
    "dates": {
        **SPAN_VALUES,
        "date_id": "date-0123456789ab",
        "evidence": "twelve chars",
        "text": "May 2024",
        "timex_type": "DATE",
        "timex_value": "2024-05",
        "start_date": "2024-05-01",
        "end_date": "2024-05-31",
        "resolved_by": "explicit",
        "is_publication_date": False,
        "rule": "date.month",
    },
    "actors": {
        "actor_id": "country:JPN",
        "name": "Japan",
        "type": "country",
        "country": "JPN",
        "aliases": ["Japan", "Japanese"],
        "mentions": 2,
        "articles": 1,
    },
    "actor_mentions": {
        **SPAN_VALUES,
        "mention_id": "mention-0123456789ab",
        "actor_id": "person:ana-de-la-cruz",
        "text": "De la Cruz",
        "mention_kind": "short_name",
        "rule": "actor.surname",
    },
    "recommendations": {
        **SPAN_VALUES,
        "recommendation_id": "recommendation-0123456789ab",
        "evidence": "twelve chars",
        "recommender": "author",
        "addressee_ids": ["country:JPN", "country:KOR"],
        "action": "meet more often",
        "modality": "should",
        "strength": "moderate",
        "is_negated": False,
        "topic": "diplomacy",
        "rule": "recommend.modal",
    },
    "quarantine": {"table": "dates", "row": "{}", "check": "dates.text.filled", "reason": "`text` is never null."},
    "rejected": {"source_file": "a.txt", "reason": "empty", "detail": "", "remedy": ""},
}

BAD_VALUES = [
    ("articles", {"article_id": "Talks 2025"}),
    ("articles", {"published": "2025-13"}),
    ("articles", {"published": "3 March 2025"}),
    ("articles", {"published": None}),
    ("articles", {"published_from": "guess"}),
    ("articles", {"language": "english"}),
    ("articles", {"sha256": "abc"}),
    ("articles", {"words": -1}),
    ("articles", {"authors": None}),
    ("aid_commitments", {"aid_id": "aid-xyz"}),
    ("aid_commitments", {"aid_id": "tariff-0123456789ab"}),
    ("aid_commitments", {"char_start": -1}),
    ("aid_commitments", {"char_start": 9}),
    ("aid_commitments", {"char_end": 13}),
    ("aid_commitments", {"sentence_start": 5, "evidence": "7 chars"}),
    ("aid_commitments", {"evidence": "eleven char"}),
    ("aid_commitments", {"evidence": " twelve char"}),
    ("aid_commitments", {"evidence": None}),
    ("aid_commitments", {"donor_id": "JPN"}),
    ("aid_commitments", {"donor_id": None}),
    ("aid_commitments", {"donor": None}),
    ("aid_commitments", {"amount": None}),
    ("aid_commitments", {"amount": 0.0}),
    ("aid_commitments", {"amount": -5.0}),
    ("aid_commitments", {"currency": None}),
    ("aid_commitments", {"currency": "yen"}),
    ("aid_commitments", {"amount_qualifier": None}),
    ("aid_commitments", {"amount_qualifier": "roughly"}),
    ("aid_commitments", {"amount_qualifier": "range"}),
    ("aid_commitments", {"amount_upper": 6e6}),
    ("aid_commitments", {"amount_upper": 5e6, "amount_qualifier": "range"}),
    ("aid_commitments", {"amount": None, "amount_qualifier": None, "currency": None, "amount_usd": 1.0}),
    ("aid_commitments", {"category": "food"}),
    ("aid_commitments", {"status": None}),
    ("aid_commitments", {"is_total": None}),
    ("aid_commitments", {"channel": ""}),
    ("aid_commitments", {"channel_id": "government_body:usaid", "channel": None}),
    ("aid_commitments", {"period_start": "June 2024"}),
    ("aid_commitments", {"period_start": "2025-01", "period_end": "2024-12"}),
    ("aid_commitments", {"period_start": "2025", "period_end": "2024-12"}),
    ("aid_commitments", {"rule": ""}),
    ("tariffs", {"rate_percent": -10.0}),
    ("tariffs", {"rate_percent": 20_000.0, "rate_percent_upper": None}),
    ("tariffs", {"rate_percent": None}),
    ("tariffs", {"rate_percent_upper": 10.0}),
    ("tariffs", {"target_id": "country:CHN"}),
    ("tariffs", {"imposer_id": "international_organisation:European Union"}),
    ("tariffs", {"effective_date": "next week"}),
    ("tariffs", {"status": "planned"}),
    ("dates", {"timex_type": "date"}),
    ("dates", {"timex_value": "May 2024"}),
    ("dates", {"end_date": None}),
    ("dates", {"start_date": None}),
    ("dates", {"start_date": "2024-06-01"}),
    ("dates", {"resolved_by": None}),
    ("dates", {"timex_value": "PRESENT_REF"}),
    ("dates", {"text": None}),
    ("actors", {"actor_id": "country:japan"}),
    ("actors", {"type": "group"}),
    ("actors", {"country": "KOR"}),
    ("actors", {"country": None}),
    ("actors", {"name": None}),
    ("actor_mentions", {"actor_id": None}),
    ("actor_mentions", {"actor_id": "person:"}),
    ("actor_mentions", {"actor_id": "person:Ana-Cruz"}),
    ("actor_mentions", {"actor_id": "minister:ana-cruz"}),
    ("actor_mentions", {"mention_kind": "pronoun"}),
    ("recommendations", {"recommender": None}),
    ("recommendations", {"recommender_id": "country:JPN"}),
    ("recommendations", {"addressee_ids": None}),
    ("recommendations", {"addressee_ids": ["country:JPN", "country:JPN"]}),
    ("recommendations", {"ordinal": 0}),
    ("recommendations", {"topic": "sport"}),
    ("recommendations", {"action": " "}),
    ("quarantine", {"reason": None}),
    ("rejected", {"sha256": "unknown"}),
]

GOOD_VALUES = [
    ("articles", {"published": None, "published_from": None}),
    ("articles", {"published": "2025-04-07"}),
    ("aid_commitments", {"amount": None, "amount_qualifier": None, "currency": None}),
    ("aid_commitments", {"amount_upper": 6e6, "amount_qualifier": "range"}),
    ("aid_commitments", {"donor_id": None, "donor": None}),
    ("aid_commitments", {"period_start": None}),
    ("aid_commitments", {"amount_usd": 0.0}),
    ("aid_commitments", {"period_start": "2024-12-30", "period_end": "2024-W01"}),
    ("tariffs", {"target_scope": None, "target_id": "country:CHN", "target": "China"}),
    ("tariffs", {"rate_percent": None, "rate_percent_upper": None}),
    ("tariffs", {"rate_percent": 0.0, "rate_percent_upper": None}),
    (
        "dates",
        {"timex_value": "PRESENT_REF", "start_date": None, "end_date": None, "resolved_by": None},
    ),
    ("dates", {"timex_type": "DURATION", "timex_value": "P3Y", "start_date": None, "end_date": None}),
    ("actors", {"actor_id": "group:the-west", "type": "group", "country": None}),
    ("recommendations", {"addressee_ids": [], "addressee": "both sides", "ordinal": 3}),
    ("recommendations", {"recommender": "opposition parties"}),
]


def frame(table: str, **values: object) -> pl.DataFrame:
    row = dict.fromkeys(TABLES[table].dtypes) | GOOD_ROWS[table] | values
    schema = TABLES[table].dtypes
    days = [name for name, dtype in schema.items() if dtype == pl.Date]
    text = pl.DataFrame([row], schema={**schema, **dict.fromkeys(days, pl.String)})
    return text.with_columns(pl.col(days).str.to_date()) if days else text


def test_columns_are_the_agreed_ones_in_the_agreed_order() -> None:
    assert {name: list(table.dtypes) for name, table in TABLES.items()} == {
        name: columns.split() for name, columns in COLUMNS.items()
    }


def test_kinds_of_tables() -> None:
    assert FACT_TABLES == ("aid_commitments", "tariffs", "dates", "actor_mentions", "recommendations")
    assert set(TABLES) - set(DATA_TABLES) == {"quarantine", "rejected"}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_everything_is_described(table) -> None:
    assert table.title
    assert table.description.endswith(".")
    assert table.usage_warning.endswith(".")
    for column in table.columns:
        assert column.description.endswith("."), column.name
        if column.dtype.is_numeric():
            assert column.unit, column.name
    assert len({check.id for check in table.row_checks}) == len(table.row_checks)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_keys_name_columns_that_exist(table) -> None:
    named = {*table.sort_by, *table.id_columns, *([table.primary_key] if table.primary_key else [])}
    assert named <= set(table.dtypes)
    for key in table.foreign_keys:
        assert TABLES[key.table].primary_key == key.reference
    if table.primary_key is not None:
        assert table.columns[0].name == table.primary_key
        assert table.column(table.primary_key).unique
    for name in table.dtypes:
        if name.endswith(("_id", "_ids")) and name != table.primary_key:
            assert table.column(name).references, name


@pytest.mark.parametrize("table", TABLES)
def test_good_row(table: str) -> None:
    TABLES[table].schema.validate(frame(table), lazy=True)


@pytest.mark.parametrize(("table", "values"), GOOD_VALUES)
def test_values_let_through(table: str, values: dict[str, object]) -> None:
    TABLES[table].schema.validate(frame(table, **values), lazy=True)


@pytest.mark.parametrize(("table", "values"), BAD_VALUES)
def test_values_not_let_through(table: str, values: dict[str, object]) -> None:
    with pytest.raises(pa.errors.SchemaErrors):
        TABLES[table].schema.validate(frame(table, **values), lazy=True)


@pytest.mark.parametrize("table", DATA_TABLES)
def test_primary_keys_are_unique(table: str) -> None:
    twice = pl.concat([frame(table), frame(table)])
    with pytest.raises(pa.errors.SchemaErrors, match="uniqueness"):
        TABLES[table].schema.validate(twice, lazy=True)


def test_the_model_itself_checks_columns() -> None:
    with pytest.raises(pa.errors.SchemaErrors):
        TABLES["actors"].model.validate(frame("actors", type="planet"), lazy=True)
