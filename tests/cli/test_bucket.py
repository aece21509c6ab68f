"""The commands on releases in a bucket."""

import os

import polars as pl
import pytest

from tests import s3


@pytest.mark.usefixtures("prefect_server")
def test_a_release_in_a_bucket_from_making_to_reading(communique, raw, bucket, monkeypatch):
    for name in ("PREFECT_HOME", "PREFECT_SERVER_LOGGING_LEVEL"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.chdir(raw.parent)
    place = f"{bucket}/releases"
    said = communique("release", "--to", place, "--released", "2025-06-01")
    assert said.code == 0, said.err
    assert f"Published release 0.1.0 in {place}/0.1.0" in said.out
    assert communique("release", "--to", place, "--json").json["outcome"] == "unchanged"
    assert not [key for key in s3.contents(place) if "staging" in key]

    assert "is whole" in communique("validate", place, "--texts", raw).out
    assert communique("report", f"{place}/0.1.0").out.startswith("# communique 0.1.0")
    tariffs = pl.scan_parquet(f"{place}/0.1.0/tariffs.parquet").collect()
    said = communique("why", tariffs["tariff_id"][0], "--release", place)
    assert "in tariffs, release 0.1.0" in said.out

    communique("release", "--to", "elsewhere", "--released", "2025-06-01")
    assert communique("diff", "elsewhere", place).code == 0
    assert {path.name: path.read_bytes() for path in (raw.parent / "elsewhere/0.1.0").iterdir()} == {
        key.removeprefix("0.1.0/"): data for key, data in s3.contents(place).items() if key != "index.json"
    }


@pytest.mark.usefixtures("prefect_server")
@pytest.mark.parametrize(
    ("place", "code", "problem"),
    [
        ("s3://nowhere/data", 1, "s3://nowhere/data/index.json: there is no such bucket"),
        ("gs://bucket/data", 2, "gs://bucket/data: not a place for releases"),
    ],
)
def test_a_wrong_place_is_found_before_any_work(communique, raw, s3_environment, monkeypatch, place, code, problem):  # noqa: ARG001
    monkeypatch.chdir(raw.parent)
    monkeypatch.setattr("flows.release.extraction", lambda *_, **__: pytest.fail("work was done"))
    said = communique("release", "--to", place)
    assert said.code == code
    assert problem in said.complaint


def test_evaluating_a_release_in_a_bucket(communique, project, bucket):
    s3.upload(project / "processed", bucket)
    arguments = ["evaluate", "--texts", project / "raw", "--gold", project / "gold", "--json"]
    assert communique(*arguments, f"{bucket}/0.2.0").json == communique(*arguments, project / "processed/0.2.0").json


@pytest.mark.parametrize("command", [["validate"], ["report"], ["why", "x", "--release"], ["diff", "x"]])
def test_what_is_wrong_with_a_bucket_is_one_line(communique, s3_environment, command):  # noqa: ARG001
    said = communique(*command, "s3://nowhere/data")
    assert said.code == (2 if command[0] == "diff" else 1)
    assert said.err.count("\n") == 1
    if command[0] != "diff":
        assert "there is no such bucket; create it or correct the address" in said.err


@pytest.mark.parametrize("location", ["gs://bucket/data", "s3://", "http://"])
def test_an_address_that_is_none_is_wrong_usage(communique, location):
    said = communique("validate", location)
    assert said.code == 2
    assert said.err.count("\n") == 1
