"""The flow as a whole, on small articles: what it publishes, what it does not, what it leaves in Prefect."""

import json
import sys
from dataclasses import replace

import pytest
from prefect import flow
from prefect.artifacts import Artifact

from communique import batch
from communique.batch import BatchResult
from communique.caches import CACHE_VARIABLE
from communique.extraction_run import extracted
from communique.releases.errors import PublishConflictError, ReleaseError, StoppedError
from communique.releases.local import LocalStore
from communique.stages import Stages
from flows import release as flows
from flows.release import release
from tests.conftest import write_articles
from tests.faults import RAISES, article, once

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def run(raw, tmp_path):
    """Run the flow on the folder `raw`."""

    def run(**arguments):
        return release(**{"raw": str(raw), "to": str(tmp_path / "processed"), "released": "2025-06-01"} | arguments)

    return run


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_first_nothing_then_an_article_more(run, raw, tmp_path):
    """The life of a dataset: a first release, a run that finds nothing new, a second release."""
    first = run()
    assert (first.kind, first.version) == ("published", "0.1.0")
    published = files_of(tmp_path / "processed/0.1.0")
    rejected = json.loads(published["quality.json"])["rejected"]
    assert [row["source_file"] for row in rejected] == ["empty.txt"]

    second = run()
    assert (second.kind, second.version) == ("unchanged", "0.1.0")
    assert sorted(path.name for path in (tmp_path / "processed").iterdir()) == ["0.1.0", "index.json"]

    (raw / "more.txt").write_text((raw / "steel.txt").read_text().replace("Brazil", "Mexico"), encoding="utf-8")
    third = run()
    assert (third.kind, third.version, third.previous) == ("published", "0.2.0", "0.1.0")
    assert "1 article added" in third.reasons
    assert files_of(tmp_path / "processed/0.1.0") == published
    assert LocalStore(tmp_path / "processed").index()["0.2.0"].released == "2025-06-01"

    assert "Quality of 0.2.0" in Artifact.get("quality").description
    assert Artifact.get("quality").data.startswith("# communique 0.2.0")
    counts = json.loads(Artifact.get("counts").data)
    articles = {"table": "articles", "extracted": 3, "published": 3, "quarantined": 0, "added": 0, "dropped": 0}
    assert articles | {"previous": 2} in counts
    assert json.loads(Artifact.get("checks").data) == []
    assert (tmp_path / "processed/0.2.0").as_uri() in Artifact.get("release").data

    rebuilt = run(version="0.2.0", to=str(tmp_path / "elsewhere"))
    assert rebuilt.kind == "published"
    again, committed = files_of(tmp_path / "elsewhere/0.2.0"), files_of(tmp_path / "processed/0.2.0")
    tables = [name for name in committed if name.endswith(".parquet")]
    assert len(tables) == 9
    assert all(again[name] == committed[name] for name in tables)


def test_a_dry_run_publishes_nothing(run, tmp_path):
    outcome = run(dry_run=True)
    assert (outcome.kind, outcome.version) == ("dry run", "0.1.0")
    assert not (tmp_path / "processed").exists()


def test_an_article_that_the_engine_fails_on_is_rejected_and_tried_again_next_time(run, raw, faults):
    write_articles(raw, poison=article(RAISES))
    rejected = {row["source_file"]: row["reason"] for row in run(dry_run=True).quality["rejected"]}
    assert rejected == {"empty.txt": "empty", "poison.txt": "extraction_failed"}
    sys.path.remove(str(faults))
    assert [row["source_file"] for row in run(dry_run=True).quality["rejected"]] == ["empty.txt"]


def test_a_check_that_stops_the_release(run, raw, tmp_path, monkeypatch):
    """Texts that are not those of their digests quarantine their rows, and too many of these stop the release."""

    def spoiled(*arguments, **options):
        for result in extracted(*arguments, **options):
            found = [replace(one, article=replace(one.article, text_sha256="0" * 64)) for one in result.extractions]
            yield BatchResult(tuple(found), result.rejections)

    monkeypatch.setattr("flows.extraction.extracted", spoiled)
    for number in range(4):
        text = (raw / "steel.txt").read_text().replace("Brazil", ("Mexico", "Peru", "Chile", "Kenya")[number])
        (raw / f"more-{number}.txt").write_text(text, encoding="utf-8")
    with pytest.raises(StoppedError, match="nothing was published, check") as stopped:
        run()
    assert stopped.value.quality["verdict"] == "failed"
    assert not (tmp_path / "processed").exists()


def test_nothing_to_release(tmp_path, run):
    (tmp_path / "none").mkdir()
    with pytest.raises(ReleaseError, match="no article could be read here"):
        run(raw=str(tmp_path / "none"))


def test_the_loser_of_two_publishers_says_so(run, tmp_path):
    store = LocalStore(tmp_path / "processed")
    with store.publishing(store.index()), pytest.raises(PublishConflictError, match="another publisher"):
        run()
    assert not (tmp_path / "processed/0.1.0").exists()


def test_only_errors_of_the_file_system_are_tried_again(tmp_path, monkeypatch):
    calls = []

    def extracted(*_arguments, **_options):
        calls.append(1)
        if len(calls) == 1:
            raise OSError(5, "Input/output error")
        raise ReleaseError("broken for good")

    monkeypatch.setattr("flows.extraction.extracted", extracted)
    quick = flows.tables.with_options(retry_delay_seconds=0)
    with pytest.raises(ReleaseError, match="broken for good"):
        flow(name="reads only", log_prints=False)(lambda: quick(str(tmp_path), tmp_path, None, clock=Stages()))()
    assert len(calls) == 2


def test_tables_in_the_making_leave_nothing_behind(run, tmp_path):
    run(dry_run=True)
    run()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["processed", "raw"]


def test_what_a_killed_run_left_is_removed_by_the_next(run, tmp_path):
    left = tmp_path / ".communique-tables-killed"
    left.mkdir()
    (left / "articles.parquet").write_bytes(b"half")
    run()
    assert not left.exists()


RUNNERS = {
    "one process": {},
    "two processes": {"workers": 2},
    "a Dask cluster": {"runner": "dask", "workers": 2},
}


def test_a_release_is_the_same_to_the_byte_whichever_runner_made_it(run, raw, tmp_path, faults, monkeypatch):  # noqa: ARG001
    """Also where a process is killed that extracts, and with what was extracted before or without it."""
    monkeypatch.setattr(batch, "BYTES_PER_BATCH", 1)
    write_articles(raw, killed=once(tmp_path / "mark"), poison=article(RAISES))
    releases = []
    for name, runner in RUNNERS.items():
        (tmp_path / "mark").unlink(missing_ok=True)
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / name))
        assert run(runner=runner, to=str(tmp_path / "to" / name)).kind == "published"
        assert (tmp_path / "mark").exists()
        releases.append(files_of(tmp_path / "to" / name / "0.1.0"))
    assert run(runner={}, to=str(tmp_path / "to/again")).kind == "published"
    releases.append(files_of(tmp_path / "to/again/0.1.0"))
    assert all(files == releases[0] for files in releases)
