"""`diff.json` has the form that `schemas/diff.schema.json` describes."""

import json
from importlib.resources import files

import jsonschema
import polars as pl
import pytest

from communique.releases.compare import NOTHING, compare
from communique.releases.index import json_bytes
from communique.releases.reading import current_snapshot
from communique.releases.rows import rows_of

SCHEMA = json.loads((files("schemas") / "diff.schema.json").read_text(encoding="utf-8"))


def require_form(diff):
    content = json.loads(json_bytes(diff.as_dict()))
    jsonschema.validate(content, SCHEMA, cls=jsonschema.Draft202012Validator)
    return content


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_first_releases_and_equal_ones(frames):
    assert require_form(compare(NOTHING, current_snapshot("0.1.0", rows_of(frames))))["bump"] == "first"
    snapshot = current_snapshot("0.1.0", rows_of(frames))
    assert require_form(compare(snapshot, snapshot))["bump"] == "none"


def test_every_kind_of_difference(frames, table, article, tariff):
    new = frames | {
        "articles": table("articles", article(1) | {"authors": ["C. Writer"]}, article(3)),
        "tariffs": table("tariffs", tariff(1, rate_percent=None), tariff(2), tariff(7)),
        "dates": table("dates", {"date_id": "date-000000000001", "start_date": None}),
        "rejected": table("rejected", {"source_file": "other.txt"}),
    }
    retyped = new["tariffs"].with_columns(pl.col("char_end").cast(pl.String))
    content = require_form(
        compare(
            current_snapshot("0.1.0", rows_of(frames)), current_snapshot("0.2.0", rows_of(new | {"tariffs": retyped}))
        )
    )
    assert content["tables"]["tariffs"]["counts"] == {"added": 1, "removed": 1, "changed": 1, "rekeyed": 0}
    assert content["tables"]["tariffs"]["columns"] == {"rate_percent": 1}
    assert content["bump"] == "major"


def test_a_table_that_cannot_be_compared(frames, table, tariff):
    twice = frames | {"tariffs": table("tariffs", tariff(1), tariff(1))}
    content = require_form(compare(current_snapshot("0.1.0", rows_of(frames)), current_snapshot(None, rows_of(twice))))
    assert content["bump"] == "unknown"
    assert "tariff-000000000001" in content["not_compared"][0]["why"]


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_releases_ship_one(project, version):
    content = json.loads((project / f"processed/{version}/diff.json").read_text(encoding="utf-8"))
    jsonschema.validate(content, SCHEMA, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("wrong", [{"bump": "tiny"}, {"more": 1}, {"from": "v1"}, {"tables": {"tariffs": {}}}])
def test_other_forms_are_refused(frames, wrong):
    snapshot = current_snapshot("0.1.0", rows_of(frames))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(compare(snapshot, snapshot).as_dict() | wrong, SCHEMA)
