"""Numbers in figures and words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.extraction.numbers import find_numbers

CASES = tomllib.loads((Path(__file__).parent / "numbers.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_numbers(case: dict[str, Any]) -> None:
    found = [[case["text"][n.start : n.end], n.value] for n in find_numbers(case["text"])]
    assert found == case["found"]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_ordered_spans(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert end <= number.start < number.end <= len(text)
        end = number.end


@settings(deadline=None)
@given(st.integers(0, 10**15))
def test_grouped_figures_keep_their_value(value: int) -> None:
    assert [n.value for n in find_numbers(f"{value:,}")] == [value]
