"""`datapackage.json` as frictionless reads it: the descriptor, and every record against it."""

import json
import shutil
import subprocess
import sys
from decimal import Decimal

import frictionless
import polars as pl
import pytest

from schemas.tables import TABLES


@pytest.fixture
def release(project, tmp_path):
    return shutil.copytree(project / "processed/0.2.0", tmp_path / "0.2.0")


def problems(release):
    report = frictionless.Package(str(release / "datapackage.json")).validate()
    assert [task.name for task in report.tasks] == list(TABLES)
    assert report.errors == []
    return [(task.name, error.type, error.note) for task in report.tasks for error in task.errors]


def rewrite(release, table, **columns):
    """Other values for some columns, in a file whose size, digest and rows the descriptor knows."""
    path, descriptor = release / f"{table}.parquet", release / "datapackage.json"
    frame = pl.read_parquet(path)
    frame.with_columns(**columns).write_parquet(path)
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == table:
            del resource["bytes"], resource["hash"]
    descriptor.write_text(json.dumps(package), encoding="utf-8")


def test_the_descriptor_satisfies_the_standard(release):
    report = frictionless.Package.validate_descriptor(str(release / "datapackage.json"))
    assert report.valid, report.flatten(["note"])


def test_the_command_of_frictionless_accepts_it(release):
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    run = subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.count("VALID"), run.stdout.count("INVALID")) == (0, len(TABLES), 0), run.stdout


def test_all_records_satisfy_types_constraints_keys_digests_and_counts(release):
    assert problems(release) == []


def test_the_records_come_back(release):
    """Numbers as decimals, everything else as it is in the file."""
    package = frictionless.Package(str(release / "datapackage.json"))
    for name in TABLES:
        frame = pl.read_parquet(release / f"{name}.parquet")
        rows = [row.to_dict() for row in package.get_resource(name).read_rows()]
        assert [
            {key: float(value) if isinstance(value, Decimal) else value for key, value in row.items()} for row in rows
        ] == frame.to_dicts()


@pytest.mark.parametrize(
    ("table", "column", "value", "kind"),
    [
        ("tariffs", "status", "waved through", "constraint-error"),
        ("tariffs", "rate_percent", -1.0, "constraint-error"),
        ("tariffs", "tariff_id", "tariff-1", "constraint-error"),
        ("tariffs", "article_id", None, "constraint-error"),
        ("tariffs", "article_id", "elsewhere", "foreign-key"),
        ("tariffs", "imposer_id", "country:XXX", "foreign-key"),
        ("tariffs", "char_start", "one", "type-error"),
        ("dates", "date_id", "date-000000000000", "primary-key"),
        ("dates", "date_id", "date-000000000000", "unique-error"),
    ],
)
def test_what_the_descriptor_forbids_is_found(release, table, column, value, kind):
    rewrite(release, table, **{column: pl.lit(value)})
    assert (table, kind) in {found[:2] for found in problems(release)}


def test_a_changed_file_is_found(release):
    path = release / "dates.parquet"
    frame = pl.read_parquet(path)
    frame.head(frame.height - 1).write_parquet(path)
    assert {kind for _, kind, *_ in problems(release)} == {"hash-count", "byte-count", "row-count"}


def test_every_table_says_what_its_rows_are_not(release):
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        assert resource["usageWarning"] == TABLES[resource["name"]].usage_warning
        assert resource["description"].endswith(resource["usageWarning"])


def test_lists_of_ids_say_what_they_refer_to(release):
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    (recommendations,) = [part for part in package["resources"] if part["name"] == "recommendations"]
    fields = {field["name"]: field for field in recommendations["schema"]["fields"]}
    assert fields["addressee_ids"]["references"] == "actors.actor_id"
