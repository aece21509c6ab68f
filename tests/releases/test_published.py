"""A release made of real articles: what its files say."""

import json
import shutil

import duckdb
import polars as pl
import pytest

from communique.releases.errors import ReleaseError
from communique.releases.fingerprint import engine_fingerprint
from communique.releases.local import LocalFiles, LocalStore
from communique.releases.publish import plan_release
from communique.releases.reading import find_release, open_release
from communique.releases.rows import rows_of
from schemas.tables import TABLES


@pytest.fixture
def release(project, tmp_path):
    """A copy of the latest release that may be damaged."""
    return shutil.copytree(project / "processed/0.2.0", tmp_path / "0.2.0")


@pytest.fixture
def package(release):
    return json.loads((release / "datapackage.json").read_text(encoding="utf-8"))


def test_all_files_are_there(release):
    names = {path.name for path in release.iterdir()}
    tables = {f"{name}.parquet" for name in TABLES}
    descriptions = {"datapackage.json", "croissant.json", "SHA256SUMS"}
    reports = {"quality.json", "quality.md", "quality.html", "explore.html", "junit.xml", "diff.json"}
    assert names == {*tables, *descriptions, *reports}


def test_the_descriptor_names_inputs_code_licence_and_sizes(release, package):
    assert package["version"] == "0.2.0"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert [part["path"] for part in package["inputs"]] == ["ferries.txt", "harbour.txt", "steel.txt"]
    assert package["madeBy"]["engineFingerprint"] == engine_fingerprint()
    for part in package["resources"]:
        path = release / part["path"]
        assert part["bytes"] == path.stat().st_size
        assert part["rows"] == pl.read_parquet(path).height


def test_no_place_and_no_time_stand_in_a_release(release, project):
    import socket

    for path in release.iterdir():
        data = path.read_bytes()
        assert str(project).encode() not in data
        assert socket.gethostname().encode() not in data
        times = 1 if path.name == "explore.html" else 0  # the first day of the summer that an article speaks of
        assert data.count(b"2025-06-01") == times, "the day of the release is in the index alone"


def test_the_diff_tells_the_second_release_from_the_first(release):
    diff = json.loads((release / "diff.json").read_text(encoding="utf-8"))
    assert (diff["from"], diff["to"], diff["bump"]) == ("0.1.0", "0.2.0", "minor")
    assert diff["articles"] == {"added": ["ferries.txt"], "removed": []}
    assert diff["tables"]["aid_commitments"]["rows"]["new"] > diff["tables"]["aid_commitments"]["rows"]["old"]


def test_accuracy_travels_with_the_release(release):
    accuracy = json.loads((release / "quality.json").read_text(encoding="utf-8"))["accuracy"]
    assert accuracy["status"] == "measured"
    assert accuracy["articles"] == 1
    assert accuracy["aid_commitments"]["found"]["gold"] == 1


def test_every_span_is_in_its_text(release, project):
    articles = pl.read_parquet(release / "articles.parquet")
    files = dict(articles.select("article_id", "source_file").iter_rows())
    checked = 0
    for name in ("aid_commitments", "tariffs", "dates", "recommendations"):
        for row in pl.read_parquet(release / f"{name}.parquet").iter_rows(named=True):
            text = (project / "raw" / files[row["article_id"]]).read_text(encoding="utf-8")
            assert text[row["sentence_start"] : row["sentence_end"]] == row["evidence"]
            assert text[row["char_start"] : row["char_end"]].strip()
            checked += 1
    assert checked > 5


def test_other_tools_read_the_tables(release):
    """DuckDB reads what polars reads."""
    path = release / "actors.parquet"
    assert duckdb.sql(f"select count(*) from '{path}'").fetchall() == [(pl.read_parquet(path).height,)]


@pytest.mark.parametrize("where", ["", "0.2.0", "0.1.0"])
def test_a_release_is_found_by_folder_or_version(project, where):
    releases = project / "processed"
    found = find_release(where or str(releases), releases)
    assert found.version == (where or "0.2.0")
    assert find_release(str(releases / "0.1.0"), releases / "none").version == "0.1.0"


@pytest.mark.parametrize("content", [b"", b"{}", b'{"version": "x", "resources": []}', b"\xff", b"[1]"])
def test_a_broken_descriptor_is_named(release, content):
    (release / "datapackage.json").write_bytes(content)
    with pytest.raises(ReleaseError, match=r"datapackage\.json: not a readable data package"):
        open_release(LocalFiles(release))


def test_no_release_is_made_on_a_damaged_one(project, tmp_path):
    releases = shutil.copytree(project / "processed", tmp_path / "processed")
    frames = find_release("0.2.0", releases).frames()
    assert plan_release(LocalStore(releases), rows_of(frames)).is_unchanged
    (releases / "0.2.0/dates.parquet").write_bytes(b"")
    with pytest.raises(ReleaseError, match="restore the release before making the next"):
        plan_release(LocalStore(releases), rows_of(frames))


def test_a_given_version_needs_an_empty_place(project, tmp_path):
    frames = find_release("0.2.0", project / "processed").frames()
    with pytest.raises(ReleaseError, match=r"holds release 0\.2\.0 already"):
        plan_release(LocalStore(project / "processed"), rows_of(frames), "0.3.0")
    assert plan_release(LocalStore(tmp_path / "empty"), rows_of(frames), "0.3.0").version == "0.3.0"
