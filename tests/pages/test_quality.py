"""What the page of the report says."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import schemas
from communique.pages.quality import SHOWN, quality_page
from communique.releases.rows import rows_of
from tests.pages import reports
from tests.pages.releases import HOSTILE, hostile, small


def text_of(page: str) -> str:
    """The words of a page as a reader sees them."""
    body = page[page.index("<body>") :]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


@pytest.mark.parametrize("report", [reports.passing(), reports.failing()], ids=["passing", "failing"])
def test_the_reports_used_here_have_the_form_of_real_ones(report: dict[str, Any]) -> None:
    schema = json.loads(Path(schemas.__file__ or "").with_name("quality.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, schema)


def test_the_first_lines_tell_version_verdict_and_what_changed() -> None:
    words = text_of(quality_page(reports.passing(), rows_of(small())))
    lines = "communique 0.2.0 ✓ Passed A minor change since 0.1.0. 1 of 2 checks passed, 0 failed, 0 warned"
    assert lines in words[:300]
    assert "minor 1 article added" in words


@pytest.mark.parametrize(
    ("verdict", "seen"),
    [("passed", "✓ Passed"), ("passed with warnings", "! Passed with warnings"), ("failed", "✗ Failed")],
)
def test_a_verdict_has_a_sign_beside_its_colour(verdict: str, seen: str) -> None:
    assert seen in text_of(quality_page(reports.passing() | {"verdict": verdict}, rows_of(small())))


def test_a_failure_names_the_row_links_to_it_and_says_what_to_do() -> None:
    page = quality_page(reports.failing(), rows_of(small()))
    assert '<a class="id" href="explore.html#tariff-000000000001">' in page
    words = text_of(page)
    assert words.index("tariffs.lost") < words.index("tariffs.odd") < words.rindex("What changed")
    assert "Remedy: Mend the rule that made the row." in words


def test_accuracy_stands_with_its_change() -> None:
    words = text_of(quality_page(reports.passing(), rows_of(small())))
    assert "tariffs found 1.000 0.500 0.667 −0.133 1 2" in words
    assert "tariffs status 0.500 −0.250" in words


def test_accuracy_that_was_not_measured_says_why() -> None:
    accuracy = {"status": "n/a", "why": "none of the gold articles is in this release"}
    words = text_of(quality_page(reports.passing() | {"accuracy": accuracy}, rows_of(small())))
    assert "Not measured: none of the gold articles is in this release." in words


def test_the_first_release_has_nothing_to_be_compared_with() -> None:
    report: dict[str, Any] = reports.passing() | {"previous": None, "drift": []}
    report["changes"] = {"bump": "first", "reasons": [], "rows": []}
    words = text_of(quality_page(report, rows_of(small())))
    assert "The first release." in words
    assert "Drift" not in words


def test_likely_misses_show_the_words_that_promised_a_row() -> None:
    page = quality_page(reports.passing(), rows_of(small()))
    assert "<mark>Duties</mark>" in page
    assert "tariffs: 1 of 2 articles. harbour" in text_of(page)


def test_long_lists_are_cut_and_say_where_the_rest_is() -> None:
    row = reports.failing()["quarantined"][0]
    page = quality_page(reports.failing() | {"quarantined": [row] * (SHOWN + 3)}, rows_of(small()))
    assert "3 more are in quarantine.parquet" in text_of(page)


def test_words_of_files_are_words() -> None:
    page = quality_page(reports.failing(HOSTILE), rows_of(hostile()))
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page
    assert "[U+202E]desrever" in page
    assert "{{ 7 * 7 }}" in page


def test_the_same_report_gives_the_same_page() -> None:
    assert quality_page(reports.failing(), rows_of(small())) == quality_page(reports.failing(), rows_of(small()))
