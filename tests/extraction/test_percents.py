"""Percentages, their ranges and lists, and percentage points."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.extraction.percents import percents_in

CASES = tomllib.loads((Path(__file__).parent / "percents.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_percents(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        [text[p.start : p.end], p.value, "" if p.upper is None else p.upper, p.qualifier, p.is_points]
        for p in percents_in(text, 0, len(text))
    ]
    assert found == case["found"]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789.,-% toandrpecnhalf"), max_size=60))
def test_spans_are_ordered_and_inside_the_text(text: str) -> None:
    end = 0
    for percent in percents_in(text, 0, len(text)):
        assert end <= percent.start < percent.end <= len(text)
        end = percent.end
