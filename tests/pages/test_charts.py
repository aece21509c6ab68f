"""What the charts show, leave out and say in words."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from communique.pages.charts import charts
from communique.pages.charts.drawing import WIDTH, big, label
from communique.pages.charts.model import Chart
from communique.releases.rows import rows_of
from tests.pages.releases import HOSTILE, frame, hostile, many, small


def chart(frames: dict[str, pl.DataFrame], name: str) -> Chart:
    return next(chart for chart in charts(rows_of(frames)) if chart.name == name)


def letters(svg: str) -> str:
    """The text of a drawing."""
    return " ".join(ElementTree.fromstring(svg).itertext())


def test_every_chart_has_a_table_and_says_in_words_what_it_shows() -> None:
    drawn = charts(rows_of(small()))
    assert [chart.name for chart in drawn] == ["aid", "tariffs", "actors", "recommendations"]
    for each in drawn:
        assert each.summary
        assert all(len(row) == len(each.headings) for row in each.rows)
        assert f'aria-labelledby="{each.name}-title"' in each.svg


def test_nothing_to_draw_gives_no_chart() -> None:
    assert charts(rows_of({name: table.clear() for name, table in small().items()})) == []


def test_aid_is_summed_by_donor_currency_and_year_with_totals_apart() -> None:
    row = small()["aid_commitments"].row(0, named=True)
    rows = [
        row,
        row | {"period_end": "2024-05"},
        row | {"is_total": True},
        row | {"currency": "USD", "period_end": None, "period_start": None},
        row | {"amount": None},
    ]
    found = chart(small() | {"aid_commitments": frame("aid_commitments", *rows)}, "aid")
    assert list(found.rows) == [
        ("Norway", "EUR", 2024, False, 2, 80e6),
        ("Norway", "EUR", 2024, True, 1, 40e6),
        ("Norway", "USD", 2025, False, 1, 40e6),
    ]
    assert found.note == "1 statement has no sum or no year and no dot."


def test_tariff_rates_stand_by_pair_and_status() -> None:
    found = chart(small(), "tariffs")
    assert found.rows == [
        ("Brazil → Canada", 30.0, None, "threatened", 1),
        ("Canada → Brazil", 25.0, None, "imposed", 1),
    ]
    assert {"threatened", "imposed", "percent"} <= set(letters(found.svg).split())


def test_dates_are_drawn_where_most_of_them_are() -> None:
    row = small()["dates"].row(0, named=True) | {"resolved_by": "explicit"}
    days = pl.Series(["1648-10-24", "2022-02-24", "2024-01-01", "2024-05-01"]).str.to_date()
    found = chart(small() | {"dates": frame("dates", row, *(row | {"start_date": day} for day in days))}, "dates")
    assert [row[0] for row in found.rows] == [1648, 2022, 2024]
    assert "1648" not in letters(found.svg)
    assert "1 date of another year is in the table alone." in found.note
    assert "4 dates from 1648 to 2024, most in 2024 (2)." in found.summary


def test_actors_are_counted_by_the_sentences_that_name_both() -> None:
    assert chart(small(), "actors").rows == [("Moldova", "Norway", 1)]


def test_what_is_asked_of_several_counts_for_each() -> None:
    row = small()["recommendations"].row(0, named=True)
    both = row | {"addressee_ids": ["country:MDA", "country:NOR"], "strength": "strong", "is_negated": True}
    nobody = row | {"addressee_ids": [], "addressee": "everyone"}
    found = chart(small() | {"recommendations": frame("recommendations", row, both, nobody)}, "recommendations")
    assert found.rows == [("Moldova", 1, 1, 0, 1, 2), ("Norway", 1, 0, 0, 1, 1), ("everyone", 0, 1, 0, 0, 1)]


def test_a_chart_of_very_many_rows_stays_small() -> None:
    assert max(len(chart.svg) for chart in charts(rows_of(many(20_000)))) < 100_000


def test_colours_are_those_of_the_page_and_nothing_of_the_machine_is_in_a_drawing() -> None:
    for each in charts(rows_of(small())):
        assert not re.search(r"#[0-9a-f]{6}|style=|metadata|matplotlib|xmlns", each.svg)
        assert ElementTree.fromstring(each.svg).get("viewBox", "").startswith(f"0 0 {WIDTH} ")


def test_identifiers_of_different_drawings_differ() -> None:
    found = [re.findall(r'\bid="([^"]*)"', each.svg) for each in charts(rows_of(small()))]
    every = [name for names in found for name in names]
    assert len(every) == len(set(every))


def test_another_process_with_settings_of_its_own_draws_the_same(tmp_path: Path) -> None:
    program = (
        "from communique.pages.charts import charts; from tests.pages.releases import small; "
        "from communique.releases.rows import rows_of; import hashlib; "
        "print(hashlib.sha256(repr(charts(rows_of(small()))).encode()).hexdigest())"
    )
    (tmp_path / "matplotlibrc").write_text("lines.markersize: 20\naxes.titlesize: 30\nxtick.major.pad: 9\n")
    mine = {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc")}
    other = {**os.environ, **mine, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=other)
    assert run.stdout.strip() == hashlib.sha256(repr(charts(rows_of(small()))).encode()).hexdigest()


def test_names_that_try_to_be_something_else_are_letters() -> None:
    for each in charts(rows_of(hostile())):
        assert "<script" not in each.svg
        assert "\x1b" not in each.svg
    assert "<script>" in letters(chart(hostile(), "tariffs").svg)


@pytest.mark.parametrize(
    ("value", "seen"), [(4.2e9, "4.2bn"), (37e6, "37m"), (1e12, "1tn"), (950.0, "950"), (1500.0, "1.5k")]
)
def test_sums_are_short(value: float, seen: str) -> None:
    assert big(value) == seen


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("Norway", "Norway"),
        ("a" * 30, "a" * 23 + "…"),
        ("two\nlines $x$", "two lines $x$"),
        ("_hidden", "hidden"),
        ("", "–"),
    ],
)
def test_labels_are_short_and_on_one_line(words: str, seen: str) -> None:
    assert label(words) == seen
    assert len(label(HOSTILE)) == 24
