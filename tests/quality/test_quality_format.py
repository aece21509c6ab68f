"""`quality.json` has the form that `schemas/quality.schema.json` describes."""

import json
from importlib.resources import files

import jsonschema
import pytest

SCHEMA = json.loads((files("schemas") / "quality.schema.json").read_text(encoding="utf-8"))


def require_form(content):
    jsonschema.validate(content, SCHEMA, cls=jsonschema.Draft202012Validator)


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.fixture(scope="module")
def content(project):
    return json.loads((project / "processed/0.2.0/quality.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_releases_ship_one(project, version):
    require_form(json.loads((project / f"processed/{version}/quality.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "fine"},
        {"more": 1},
        {"previous": "v1"},
        {"drift": [{"measure": "rows_kept"}]},
        {"accuracy": {"status": "measured"}},
        {"tables": [{"table": "quarantine"}]},
    ],
)
def test_other_forms_are_refused(content, wrong):
    with pytest.raises(jsonschema.ValidationError):
        require_form(content | wrong)


def test_every_part_is_described():
    assert all("description" in part or "const" in part for part in SCHEMA["properties"].values() if "type" in part)
