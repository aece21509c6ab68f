"""The frozen figures and the page that shows them are those of the engine."""

import json

import pytest

from bench.quality import FROZEN, PAGE, REFRESH, figures, frozen, tables, with_figures


def test_the_frozen_figures_are_those_of_the_engine():
    now = figures()
    before = json.loads(FROZEN.read_text(encoding="utf-8"))
    moved = [
        f"{table} {name}: {old} -> {now[table][name]}"
        for table, part in before.items()
        if isinstance(part, dict)
        for name, old in part.items()
        if now[table].get(name) != old
    ]
    assert frozen(now) == FROZEN.read_text(encoding="utf-8"), "\n".join([f"figures moved; {REFRESH}", *moved])


def test_the_page_shows_the_frozen_figures():
    page = PAGE.read_text(encoding="utf-8")
    assert with_figures(page, json.loads(FROZEN.read_text(encoding="utf-8"))) == page, REFRESH


FIGURE = {"p": 0.5, "r": 1.0, "f1": 0.6667, "pred": 4, "gold": 2}


def test_measures_and_columns():
    content = {
        "articles": 1,
        "not_ingested": [],
        "tariffs": {"found": FIGURE, "fields": {"status": 0.5, "product": None}},
        "actors": {"mentions": FIGURE, "type_accuracy": 1.0},
    }
    lines = tables(content).splitlines()
    assert "| `tariffs` | rows found | 0.500 | 1.000 | 0.667 | 4 | 2 |" in lines
    assert "| `tariffs` | `product` | – |" in lines
    assert "| `actors` | `type` | 1.000 |" in lines


def test_a_page_without_a_place_for_figures():
    with pytest.raises(ValueError, match="no part between"):
        with_figures("# Accuracy\n", {"articles": 0})
