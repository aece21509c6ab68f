"""What is generated from the declarations: Arrow schemas, data package resources, the dictionary."""

from __future__ import annotations

from pathlib import Path

import frictionless
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.arrow import arrow_schema
from schemas.croissant import record_set
from schemas.dictionary import HOME, dictionary, main, vocabularies
from schemas.frictionless import resource
from schemas.tables import SCHEMA_VERSION, TABLES

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
ROOT = Path(__file__).parents[2]


@pytest.fixture(params=TABLES.values(), ids=lambda table: table.name)
def table(request):
    return request.param


def test_arrow_schema_has_the_columns_with_their_descriptions(table) -> None:
    schema = arrow_schema(table)
    assert schema.names == list(table.dtypes)
    for field, column in zip(schema, table.columns, strict=True):
        assert field.metadata[b"description"].decode() == column.description
        assert field.nullable == column.nullable
        assert field.metadata.get(b"unit", b"").decode() == (column.unit or "")
        assert field.metadata.get(b"vocabulary", b"").decode() == "|".join(column.values)
    assert schema.metadata[b"schema_version"].decode() == SCHEMA_VERSION
    assert schema.metadata[b"usage_warning"].decode() == table.usage_warning
    assert list(schema.metadata) == sorted(schema.metadata)


def test_frames_take_the_arrow_schema_and_return_with_the_same_types(table, tmp_path: Path) -> None:
    written = pa.Table.from_batches(
        table.empty().to_arrow().cast(arrow_schema(table)).to_batches(), arrow_schema(table)
    )
    pq.write_table(written, tmp_path / "t.parquet")
    assert pl.read_parquet(tmp_path / "t.parquet").schema == table.dtypes


def test_resource_has_the_columns_in_order(table) -> None:
    described = resource(table)
    assert [field["name"] for field in described["schema"]["fields"]] == list(table.dtypes)
    assert described["path"] == f"{table.name}.parquet"


def test_resources_satisfy_the_standard() -> None:
    package = {"$schema": PROFILE, "name": "sample", "resources": [resource(table) for table in TABLES.values()]}
    assert not list(frictionless.Package.metadata_validate(package))


def test_constraints_of_a_resource() -> None:
    fields = {field["name"]: field for field in resource(TABLES["aid_commitments"])["schema"]["fields"]}
    assert fields["aid_id"]["constraints"] == {
        "required": True,
        "unique": True,
        "pattern": "^aid-[0-9a-f]{12}$",
    }
    assert fields["status"]["constraints"]["enum"] == ["pledged", "committed", "provided", "suspended", "ended"]
    assert fields["amount"]["unit"] == "units of `currency`"
    assert "required" not in fields["amount"]["constraints"]


def test_keys_of_a_resource() -> None:
    schema = resource(TABLES["actor_mentions"])["schema"]
    assert schema["primaryKey"] == ["mention_id"]
    assert {"fields": ["actor_id"], "reference": {"resource": "actors", "fields": ["actor_id"]}} in schema[
        "foreignKeys"
    ]


def test_record_set_has_the_columns_in_order_with_units_and_vocabularies(table) -> None:
    described = record_set(table)
    assert [field["name"] for field in described["field"]] == list(table.dtypes)
    for field, column in zip(described["field"], table.columns, strict=True):
        assert field["description"].startswith(column.description)
        assert (column.unit or "") in field["description"]
        assert all(value in field["description"] for value in column.values)
        assert field.get("repeated", False) == column.is_list


def test_dictionary_names_every_column_table_and_value(table) -> None:
    page = dictionary()
    assert f"\n## {table.name}\n" in page
    for column in table.columns:
        assert f"| `{column.name}` |" in page
        assert column.description in page


@pytest.mark.parametrize("vocabulary", vocabularies(), ids=lambda vocabulary: vocabulary.__name__)
def test_every_value_has_a_meaning(vocabulary) -> None:
    for member in vocabulary:
        assert member.meaning
        assert f"| `{member.value}` | {member.meaning} |" in dictionary()


def test_the_dictionary_in_the_documentation_is_current(tmp_path: Path) -> None:
    main([str(tmp_path / "fresh.md")])
    assert (ROOT / HOME).read_text(encoding="utf-8") == (tmp_path / "fresh.md").read_text(encoding="utf-8")
