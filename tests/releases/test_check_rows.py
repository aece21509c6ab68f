"""The checks over tables that are made already find what they find in frames."""

import polars as pl
import pytest

from communique.quality.validation import StructureError, validate
from communique.releases.check_rows import check_rows
from communique.releases.local import LocalFiles
from communique.releases.reading import open_release
from communique.releases.rows import rows_of


@pytest.fixture(scope="module")
def frames(project):
    return open_release(LocalFiles(project / "processed/0.2.0")).frames()


@pytest.fixture(scope="module")
def texts(project):
    return {name: (project / f"raw/{name}.txt").read_text(encoding="utf-8") for name in ("ferries", "harbour", "steel")}


def require_same(frames, texts, at_once):
    expected = validate(frames, texts)
    found = check_rows(rows_of(frames), texts, at_once=at_once)
    assert found.results == expected.results
    assert found.quarantine.equals(expected.quarantine)
    assert found.published == expected.published


@pytest.mark.parametrize("at_once", [1, 2, 3, 1_000])
@pytest.mark.parametrize("has_texts", [False, True])
def test_however_many_articles_are_in_memory(frames, texts, at_once, has_texts):
    require_same(frames, texts if has_texts else None, at_once)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"status": pl.lit("waved through")},
        {"article_id": pl.lit("nowhere")},
        {"imposer_id": pl.lit("country:XXX")},
        {"char_start": pl.col("sentence_end")},
    ],
    ids=lambda columns: next(iter(columns)),
)
def test_rows_that_should_be_in_quarantine(frames, texts, spoilt):
    require_same(frames | {"tariffs": frames["tariffs"].with_columns(**spoilt)}, texts, 1)


def test_rows_that_are_not_in_order(frames, texts):
    require_same(frames | {"dates": frames["dates"].reverse()}, texts, 1)


def test_tables_of_another_form(frames):
    with pytest.raises(StructureError, match="dates"):
        check_rows(rows_of(frames | {"dates": frames["dates"].drop("text")}))
    with pytest.raises(StructureError, match="the table is missing"):
        check_rows(rows_of({name: frame for name, frame in frames.items() if name != "dates"}))
