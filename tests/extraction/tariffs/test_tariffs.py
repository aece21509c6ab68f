"""Tariff rows of sentences of our own."""

import tomllib
from pathlib import Path

import pytest

from communique.articles.build import build_article
from communique.articles.metadata import Metadata
from communique.extraction.shared import annotate
from communique.extraction.tariffs import tariff_rows

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_rows(case: dict[str, object]) -> None:
    article = build_article(str(case["text"]), Metadata(published="2025-04-15"))
    found = [
        [row.imposer_id, row.target_id, row.rate_percent, row.rate_percent_upper, row.status]
        for row in tariff_rows(annotate(article))
    ]
    assert [["-" if value is None else value for value in row] for row in found] == case["rows"]


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Peru lifted tariffs on 80 pct of wine from Chile.", "wine"),
        ("Peru will scrap tariffs on 90 per cent of Chilean farm products.", "farm products"),
        ("Peru put a 5% tariff on $3 billion of Chilean fruit.", "fruit"),
        ("Peru put a 5% tariff on half of Chile's exports.", None),
        ("Peru hopes to have the 25% tariff on its figs lowered.", "figs"),
        ("Peru put a 5% tariff on figs imported from Chile.", "figs"),
    ],
)
def test_shares_sums_and_what_is_done_are_no_part_of_the_goods(text: str, product: str | None) -> None:
    (row,) = tariff_rows(annotate(build_article(text)))
    assert row.product == product


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Peru's plan to put duties on beef and pork has worried cooks.", "beef and pork"),
        ("Peru's decision to put a duty on tin and its threat to put one on salt made news.", "tin"),
        ("Peru has used safeguard tariffs to protect its mills, including on tin and zinc.", "tin and zinc"),
        ("The Peruvian tariff hike on Chilean cars angered drivers.", "cars"),
    ],
)
def test_goods_end_where_another_verb_begins(text: str, product: str) -> None:
    assert tariff_rows(annotate(build_article(text)))[0].product == product
