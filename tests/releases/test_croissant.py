"""`croissant.json` as mlcroissant reads it: no errors, and the records of the Parquet files."""

import json
import shutil
import sys

import absl.logging
import mlcroissant
import polars as pl
import pytest

from communique.releases.croissant import croissant
from communique.releases.index import json_bytes
from communique.releases.parquet import encode_parts
from schemas.tables import TABLES

# Its handler would close the stream that pytest captures into as soon as another library configures logging.
absl.logging.get_absl_handler().python_handler.stream = sys.__stderr__

CITATION = "@misc{communique-0.2.0, author = {{The communique contributors}}, "


@pytest.fixture(scope="module")
def release(project):
    return project / "processed/0.2.0"


@pytest.fixture(scope="module")
def dataset(release):
    return mlcroissant.Dataset(release / "croissant.json")


@pytest.fixture(scope="module")
def content(release):
    return json.loads((release / "croissant.json").read_text(encoding="utf-8"))


def plain(value):
    """A value as polars has it: mlcroissant gives text as bytes and dates as points in time."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.date() if hasattr(value, "date") else value


def test_mlcroissant_finds_no_error(dataset, content):
    issues = dataset.metadata.ctx.issues
    assert not issues.errors
    assert [warning for warning in issues.warnings if "datePublished" not in str(warning)] == []
    assert "datePublished" not in content, "the day of the release is in the index alone"
    assert dataset.metadata.version == "0.2.0"
    assert dataset.metadata.cite_as.startswith(CITATION)


@pytest.mark.parametrize("table", TABLES)
def test_the_records_come_back(dataset, release, table):
    frame = pl.read_parquet(release / f"{table}.parquet")
    records = [{key.split("/")[1]: plain(value) for key, value in row.items()} for row in dataset.records(table)]
    assert records == frame.to_dicts()


def test_record_sets_have_the_keys_and_references_of_the_tables(content):
    sets = {part["name"]: part for part in content["recordSet"]}
    assert list(sets) == list(TABLES)
    for name, table in TABLES.items():
        key = sets[name].get("key")
        assert key == (table.primary_key and {"@id": f"{name}/{table.primary_key}"})
        references = {
            field["name"]: field["references"]["field"]["@id"] for field in sets[name]["field"] if "references" in field
        }
        assert references == {key.column: f"{key.table}/{key.reference}" for key in table.foreign_keys}


def test_a_file_that_is_not_the_one_described_is_refused(release, tmp_path):
    copy = shutil.copytree(release, tmp_path / "copy")
    pl.read_parquet(copy / "dates.parquet").head(1).write_parquet(copy / "dates.parquet")
    with pytest.raises(Exception, match=r"Download\(dates\.parquet\)") as refused:
        list(mlcroissant.Dataset(copy / "croissant.json").records("dates"))
    assert "not identical" in str(refused.value.__cause__)


def test_equal_files_are_described_by_equal_bytes(release):
    parts = {
        name: encode_parts(TABLES[name], [pl.read_parquet(release / f"{name}.parquet")], "0.2.0") for name in TABLES
    }
    described = json_bytes(croissant("0.2.0", parts))
    assert described == (release / "croissant.json").read_bytes()


def test_licence_and_no_address(content):
    assert content["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "url" not in content
    assert all(part["contentUrl"] == part["name"] for part in content["distribution"])
