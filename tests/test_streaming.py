"""Tables written batch by batch are those that are made in one piece."""

from dataclasses import replace

import polars as pl
import pytest

from communique import batch, pipeline, streaming
from communique.articles.ingest import article_id_of, ingest
from communique.articles.model import Article, Rejection
from communique.extraction.engine import extract
from communique.extraction_run import extracted
from communique.frames import build_frames, identity, row_counts
from communique.quality.checks import Outcome
from communique.quality.validation import validate
from communique.releases import parquet
from communique.releases.parquet import encode
from communique.runners.inline import InlineRunner
from schemas.tables import DATA_TABLES, TABLES

SURNAME_LAST = (
    "Talks in Oslo\n\nJapanese Prime Minister Shigeru Ishiba met the press. Ishiba should call Norway soon.\n"
)
SURNAME_FIRST = "Talks in Rome\n\nJapanese Prime Minister Ishiba Shigeru arrived. Italy should welcome Ishiba.\n"


@pytest.fixture
def folder(raw):
    """Seven files: two articles name one person in two orders, two have the text of others, one file is empty."""
    (raw / "last.txt").write_text(SURNAME_LAST, encoding="utf-8")
    (raw / "a first.txt").write_text(SURNAME_FIRST, encoding="utf-8")
    (raw / "steel-again.txt").write_bytes((raw / "steel.txt").read_bytes())
    (raw / "Zürich.txt").write_bytes((raw / "harbour.txt").read_bytes())
    return raw


def written(folder, out, batch_bytes, monkeypatch):
    monkeypatch.setattr(batch, "BYTES_PER_BATCH", batch_bytes)
    monkeypatch.setattr(streaming, "CHARACTERS_AT_ONCE", batch_bytes)
    result = pipeline.extract_folder(folder, out)
    assert not result.stops
    return result


@pytest.mark.parametrize("batch_bytes", [1, 400], ids=["one by one", "two by two"])
def test_the_same_bytes_and_results_as_from_one_batch(folder, tmp_path, batch_bytes, monkeypatch):
    whole = written(folder, tmp_path / "whole", 10_000, monkeypatch)
    parts = written(folder, tmp_path / "parts", batch_bytes, monkeypatch)
    assert parts.checked.results == whole.checked.results
    assert parts.checked.published == whole.checked.published
    assert (parts.extracted, parts.searched) == (whole.extracted, whole.searched)
    for name, path in parts.tables.paths.items():
        assert path.read_bytes() == whole.tables.paths[name].read_bytes(), name


def test_what_is_written_is_what_validation_publishes(folder, tmp_path, monkeypatch):
    result = written(folder, tmp_path / "out", 400, monkeypatch)
    articles = [found for found in ingest(folder) if isinstance(found, Article)]
    found = [extract(article) for article in articles]
    frames = build_frames(found, [rejection for rejection in ingest(folder) if isinstance(rejection, Rejection)])
    texts = {article.article_id: article.text for article in articles}
    validation = validate(frames, texts, extracted=row_counts(found))
    assert result.checked.results == validation.results
    for name, table in TABLES.items():
        path = result.tables.paths[name]
        assert pl.read_parquet(path).equals(validation.frames[name]), name
        assert path.read_bytes() == encode(table, validation.frames[name]), name


def test_actors_are_merged_over_batches(folder, tmp_path, monkeypatch):
    written(folder, tmp_path, 1, monkeypatch)
    mentions = pl.read_parquet(tmp_path / "actor_mentions.parquet").filter(pl.col("text").str.contains("Ishiba"))
    assert mentions["actor_id"].n_unique() == 1
    assert mentions["article_id"].n_unique() == 2
    actor = pl.read_parquet(tmp_path / "actors.parquet").filter(actor_id=mentions["actor_id"][0])
    assert actor.select("mentions", "articles").row(0) == (4, 2)


def test_of_one_text_in_two_batches_the_first_file_stays(folder, tmp_path, monkeypatch):
    result = written(folder, tmp_path, 1, monkeypatch)
    rejected = result.tables["rejected"].scan().filter(reason="duplicate").collect()
    duplicates = dict(rejected.select("source_file", "detail").iter_rows())
    assert duplicates == {"Zürich.txt": "the same text as harbour.txt", "steel-again.txt": "the same text as steel.txt"}
    kept = pl.read_parquet(tmp_path / "articles.parquet")["source_file"].to_list()
    assert kept == ["a first.txt", "harbour.txt", "last.txt", "steel.txt"]


def test_groups_of_rows_do_not_depend_on_batches(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "ROWS_PER_GROUP", 4)
    for size in (1, 10_000):
        written(folder, tmp_path / str(size), size, monkeypatch)
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "10000" / path.name).read_bytes()


def test_rows_that_fail_a_check_are_quarantined(folder, tmp_path):
    """Wrong digests set the articles aside, and with them all that was extracted from these."""

    def spoiled(result):
        found = result.extractions
        wrong = [replace(one, article=replace(one.article, text_sha256=f"{n:064}")) for n, one in enumerate(found)]
        return batch.BatchResult(tuple(wrong), ())

    result = streaming.write_tables(map(spoiled, extracted(folder, runner=InlineRunner())), tmp_path / "out")
    assert {name for name in DATA_TABLES if result.checked.published[name]} == {"actors"}
    assert "articles" in result.checked.quarantine["table"].to_list()
    stops = {stop.id for stop in result.stops}
    assert "articles.not_empty" in stops
    assert not [stop for stop in stops if stop.endswith(".conserved")]


def test_files_of_an_earlier_run_stay_until_all_is_written(folder, tmp_path):
    def results():
        yield next(extracted(folder, runner=InlineRunner()))
        raise KeyboardInterrupt

    (tmp_path / "out").mkdir()
    (tmp_path / "out/dates.parquet").write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt):
        streaming.write_tables(results(), tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["dates.parquet"]


def test_of_two_rows_with_one_id_in_different_batches_the_first_stays(folder, tmp_path, monkeypatch):
    """Ids are hashes, of which a large dataset may have two alike; here they are made so."""
    monkeypatch.setattr(identity, "_digest", lambda prefix, _key: f"{prefix}-{'0' * 12}")
    monkeypatch.setattr(streaming, "CHARACTERS_AT_ONCE", 1)
    monkeypatch.setattr(batch, "BYTES_PER_BATCH", 1)
    result = pipeline.extract_folder(folder, tmp_path / "out")
    assert result.checked.published["recommendations"] == 1
    assert result.tables["recommendations"].scan().collect()["article_id"].to_list() == [article_id_of("a first.txt")]
    checks = set(result.checked.quarantine.filter(table="recommendations")["check"])
    assert checks == {"recommendations.recommendation_id.conflict"}
    outcomes = {found.id: found.outcome for found in result.checked.results}
    assert outcomes["recommendations.recommendation_id.unique"] is Outcome.PASSED
    assert outcomes["actors.counts"] is Outcome.PASSED
    assert outcomes["recommendations.conserved"] is Outcome.PASSED
