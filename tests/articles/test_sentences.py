"""Sentence boundaries inside a paragraph."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.articles.sentences import sentence_spans

CASES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))["case"]


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_boundaries(case: dict[str, str]) -> None:
    text = case["text"].replace(" | ", " ").replace("|", "")
    expected = [part.strip() for part in case.get("marks", case["text"]).split("|")]
    assert _split(text) == expected


@settings(deadline=None)
@given(st.text() | st.text(alphabet=".?!… \n\"”“’'[1]()AbU.S*_", max_size=200))
def test_spans_are_ordered_apart_not_empty_and_bare(text: str) -> None:
    at = 0
    for start, end in sentence_spans(text, 0, len(text)):
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        at = end


@settings(deadline=None)
@given(st.text(alphabet="aB. ?”", max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_spans_stay_inside_the_stretch(text: str, first: int, last: int) -> None:
    start, end = sorted((min(first, len(text)), min(last, len(text))))
    assert all(start <= a < b <= end for a, b in sentence_spans(text, start, end))


@settings(deadline=None)
@given(st.text(alphabet="ab .!?", max_size=120))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    assert "".join(_split(text)).replace(" ", "") == text.replace(" ", "")


LONG = {"stops": "." * 300_000, "gaps": ". " * 150_000, "letters": "a" * 1_000_000, "quotes": "?”" * 150_000}
LONG |= {
    "white space": " " * 1_000_000,
    "initials": "A." * 300_000,
    "brackets": ".)" * 200_000,
    "notes": ".[1]" * 100_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_long_odd_texts_do_not_hang(text: str) -> None:
    assert len(_split(text)) <= len(text)
