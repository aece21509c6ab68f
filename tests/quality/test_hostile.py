"""Whatever stands in an article or in the name of a file stays text in every form of the report."""

import json
import xml.etree.ElementTree as ET

import polars as pl
import pytest

from communique.cli import notices
from communique.cli.differences import diff_markdown
from communique.quality.accuracy import NOT_MEASURED
from communique.quality.checks import Check, Example, Level, Severity
from communique.quality.junit import render_junit
from communique.quality.markdown import render_markdown
from communique.quality.report import quality_report
from communique.releases.compare import compare
from communique.releases.reading import current_snapshot
from communique.releases.rows import rows_of
from schemas.tables import TABLES

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "markdown": "| a | b |\n|---|---|\n# head\n[x](javascript:y) **b** `c` ![i](http://x) ~~s~~\n```\nfence\n",
    "escapes": "\x1b[31mred\x1b]0;title\x07\x9b2J\x00\x08\x7f",
    "direction": "abc\u202egnp.exe\u2066x\u2069\ufeff\u200b",
    "commands": "%0A::error::fake\n::error title=x::fake\r\n::stop-commands::y",
    "xml": "]]><failure/>&amp;&#0;\ufffe\x0b",
    "lone surrogate": "a\udcffb",
}


def made(words):
    """A report in which the words stand wherever an article or a file can bring them."""
    shown = words.encode("utf-8", "replace").decode()
    frames = {name: table.empty() for name, table in TABLES.items()}
    rejected = {"source_file": shown, "sha256": None, "reason": shown, "detail": shown, "remedy": shown}
    quarantined = {"table": "dates", "row": json.dumps({"text": shown}), "check": "dates.text.filled", "reason": shown}
    for name, row in (("rejected", rejected), ("quarantine", quarantined)):
        frames[name] = pl.DataFrame([row], schema=TABLES[name].dtypes)
    examples = [Example(words, words), Example(None, words)]
    stops = Check("dates.conserved", "No row lost.", Level.RELEASE, table="dates").result(2, 1, examples, words)
    warns = Check("dates.odd", "None odd.", Level.ROW, Severity.WARNING, "dates").result(2, 1, examples, words)
    miss = {"table": "dates", "article_id": words, "sentence": words, "char_start": 0, "char_end": 1, "cue": words}
    coverage = {
        "articles_without_rows": {"dates": [words]},
        "likely_misses": [miss],
        "likely_misses_total": [{"table": "dates", "with_cue": 1, "without_row": 1}],
        "null_shares": [],
    }
    changes = {"from": "0.1.0", "bump": "minor", "reasons": [{"bump": "minor", "what": words}], "tables": {}}
    return quality_report(
        version="0.2.0",
        tables=rows_of(frames),
        extracted={},
        checks=[stops, warns],
        changes=changes,
        accuracy=NOT_MEASURED,
        coverage=coverage,
        accepted=[{"check": "dates.rows_kept", "after": "0.1.0", "reason": words, "author": words}],
    )


def is_plain(text):
    """Whether no character of the text drives a terminal or turns its direction."""
    return all(character.isprintable() or character == "\n" for character in text)


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE)
def report(request):
    return made(request.param)


def test_markdown(report):
    harmless = render_markdown(made("harmless")).splitlines()
    page = render_markdown(report)
    assert is_plain(page)
    assert "<" not in page.replace("\\<", "")
    assert [line.partition(" ")[0] for line in page.splitlines()] == [line.partition(" ")[0] for line in harmless], (
        "every line is of the kind it would be of"
    )
    for line, model in zip(page.splitlines(), harmless, strict=True):
        if model.startswith("|"):
            assert line.replace("\\|", "").count("|") == model.count("|")
        assert "](" not in line.replace("\\]", "").replace("\\[", "")


def test_junit(report):
    data = render_junit(report)
    suites = ET.fromstring(data)
    assert is_plain(data.decode())
    assert len(list(suites.iter("failure"))) == 1
    assert suites.get("failures") == "1"


def test_annotations_of_github(report, capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    notices.annotate(report)
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error", "::warning"]
    assert all(is_plain(line) for line in lines)
    assert "%250A::error::fake" in lines[0] or "fake" not in lines[0]


def test_no_annotations_elsewhere(capsys, monkeypatch):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    notices.annotate(made("x"))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", [words for name, words in HOSTILE.items() if name != "lone surrogate"])
def test_differences_as_markdown(words):
    def snapshot(version, product):
        row = {"tariff_id": "tariff-000000000001", "product": product}
        values = {name: row.get(name) for name in TABLES["tariffs"].dtypes}
        tariffs = pl.DataFrame([values], schema=TABLES["tariffs"].dtypes)
        empty = {name: table.empty() for name, table in TABLES.items()}
        return current_snapshot(version, rows_of(empty | {"tariffs": tariffs}))

    page = "\n".join(diff_markdown(compare(snapshot("0.1.0", "steel"), snapshot("0.1.1", words))))
    assert is_plain(page)
    assert page.count("<details>") == page.count("</details>") == 1
    assert "<script" not in page
    assert sum(line.startswith("- changed") for line in page.splitlines()) == 1
