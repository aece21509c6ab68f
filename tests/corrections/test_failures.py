"""A correction that cannot be applied stops everything, with one line that says which, why and what to do."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from communique import batch, pipeline, streaming
from communique.cli.app import run
from communique.corrections import NONE, CorrectionError
from communique.extraction_run import extracted
from communique.runners.inline import InlineRunner
from tests.conftest import HARBOUR, STEEL, make_release, write_articles
from tests.corrections.entries import ADD_AID, ADD_BOARD, DROP_THREAT, SET_NAME, SET_STATUS, correct

FAILURES = tomllib.loads(Path(__file__).with_name("failures.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What is extracted from two articles, uncorrected."""
    raw = write_articles(tmp_path_factory.mktemp("articles"), harbour=HARBOUR, steel=STEEL)
    return list(extracted(raw, runner=InlineRunner()))


@pytest.mark.parametrize("name", FAILURES)
def test_says_what_is_wrong(name, results, tmp_path):
    correct(tmp_path, FAILURES[name]["entry"])
    with pytest.raises(CorrectionError, match=FAILURES[name]["says"]) as error:
        streaming.write_tables(results, tmp_path / "out", pipeline.read_corrections(tmp_path))
    assert str(error.value).startswith("corrections.toml")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["guard_does_not_hold", "no_such_id", "fails_a_check"])
def test_nothing_is_written_and_the_command_falls_short(name, raw, tmp_path, capsys):
    correct(raw, FAILURES[name]["entry"])
    assert run(["extract", "--raw", str(raw), "--out", str(tmp_path / "out")]) == 1
    assert not list((tmp_path / "out").iterdir())
    says = capsys.readouterr().err
    assert says.startswith("communique: corrections.toml")
    assert says.count("\n") == 1


def test_a_file_that_is_no_text(raw):
    (raw / "corrections.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CorrectionError, match=r"is not UTF-8 \(byte 0\)"):
        pipeline.read_corrections(raw)


def test_no_file_no_correction(raw):
    assert pipeline.read_corrections(raw) == NONE


@pytest.mark.parametrize("batch_bytes", [1, 10_000], ids=["one by one", "all at once"])
def test_tables_written_batch_by_batch_are_corrected_alike(raw, tmp_path, batch_bytes, monkeypatch):
    correct(raw, DROP_THREAT, SET_STATUS, ADD_AID, ADD_BOARD, SET_NAME)
    whole = pipeline.extract_folder(raw, tmp_path / "whole")
    monkeypatch.setattr(batch, "BYTES_PER_BATCH", batch_bytes)
    monkeypatch.setattr(streaming, "CHARACTERS_AT_ONCE", batch_bytes)
    written = pipeline.extract_folder(raw, tmp_path / "parts")
    assert not written.stops
    assert [change.as_dict() for change in written.corrected] == [change.as_dict() for change in whole.corrected]
    assert written.checked.results == whole.checked.results
    for name, path in written.tables.paths.items():
        assert path.read_bytes() == whole.tables.paths[name].read_bytes(), name


def test_the_file_is_an_input_of_the_release(tmp_path, raw):
    correct(raw, DROP_THREAT)
    make_release(tmp_path)
    package = json.loads((tmp_path / "processed/0.1.0/datapackage.json").read_text(encoding="utf-8"))
    assert package["inputs"][-1] == {
        "path": "corrections.toml",
        "hash": f"sha256:{pipeline.read_corrections(raw).sha256}",
    }
    quality = json.loads((tmp_path / "processed/0.1.0/quality.json").read_text(encoding="utf-8"))
    assert [row["table"] for row in quality["corrections"]] == ["tariffs"]


def test_the_examples_of_the_documentation_can_be_read(tmp_path):
    page = (Path(__file__).parents[2] / "docs/corrections.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    assert len(examples) == 4
    for example in examples:
        correct(tmp_path, example)
        assert pipeline.read_corrections(tmp_path).rows
