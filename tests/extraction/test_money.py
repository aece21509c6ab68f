"""Sums of money: how they are written, which currency they are in, how exact they are."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.articles.model import Article, Sentence, SentenceKind
from communique.extraction.money import find_amounts

SUMS = [
    line.split(" =>")
    for line in (Path(__file__).parent / "sums.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
CASES = tomllib.loads((Path(__file__).parent / "amounts.toml").read_text(encoding="utf-8"))["case"]


def article(text: str, publisher: str | None = None) -> Article:
    body = (Sentence(0, len(text), SentenceKind.PARAGRAPH, 0),)
    return Article("art-0", None, publisher, (), None, None, "en", None, "a.txt", "", text, "", body)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_amounts(case: dict[str, Any]) -> None:
    text = case["text"]
    amounts = find_amounts(article(text, case.get("publisher")))
    got = [
        [text[a.start : a.end], a.value, "" if a.upper is None else a.upper, a.currency, a.qualifier] for a in amounts
    ]
    assert got == case["found"]
    restated = {str(i): a.conversion_of for i, a in enumerate(amounts) if a.conversion_of is not None}
    assert restated == case.get("restates", {})


@pytest.mark.parametrize(("text", "sums"), SUMS, ids=[text for text, _ in SUMS])
def test_sums(text: str, sums: str) -> None:
    found = [
        f"{text[a.start : a.end]}|{a.value:g}{'' if a.upper is None else f'-{a.upper:g}'}|{a.currency}"
        for a in find_amounts(article(text))
    ]
    assert "; ".join(found) == sums.strip()


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("$€£ 0123456789.,-mbnkto andreuo(\n%"), max_size=60))
def test_spans_are_ordered_and_inside_the_text(text: str) -> None:
    end = 0
    for amount in find_amounts(article(text)):
        assert end <= amount.start < amount.end <= len(text)
        assert amount.upper is None or amount.upper > amount.value
        end = amount.end


@settings(deadline=None)
@given(st.integers(1, 10**9), st.sampled_from(["million", "billion", "mln", "bn", "m"]))
def test_figure_and_magnitude_give_the_value(figure: int, magnitude: str) -> None:
    factor = {"million": 10**6, "mln": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}[magnitude]
    (amount,) = find_amounts(article(f"It received ${figure:,} {magnitude}."))
    assert amount.value == figure * factor
