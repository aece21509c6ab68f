"""The further columns of aid rows, and what holds for the rows of any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.articles.build import build_article
from communique.extraction.aid import aid_rows
from communique.extraction.engine import annotate
from schemas.vocabularies import AidCategory, AidStatus, AmountQualifier

CASES = tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))["case"]
WORDS = """Japan Ukraine the $5 million €3bn loan aid to for was given pledged by which and , . ; : ( ) provided
military suspended of in 2023 UNICEF through will not it its government 40 tanks worth with from package totalling
"we" that""".split()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_columns(case: dict[str, Any]) -> None:
    rows = aid_rows(annotate(build_article(case["text"])))
    assert len(rows) == len(case["rows"]), rows
    for row, wanted in zip(rows, case["rows"], strict=True):
        found = {column: getattr(row, column) for column in wanted}
        assert found == {column: None if value == "" else value for column, value in wanted.items()}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_rows_of_any_words_stand_in_their_sentence(words: list[str]) -> None:
    article = build_article(" ".join(words))
    for row in aid_rows(annotate(article)):
        sentence = article.sentences[row.sentence]
        assert sentence.start <= row.char_start < row.char_end <= sentence.end
        assert row.category in set(AidCategory)
        assert row.status in set(AidStatus)
        assert (row.amount is None) == (row.currency is None)
        assert row.amount_qualifier is None or row.amount_qualifier in set(AmountQualifier)
        assert row.donor_id is None or row.donor_id != row.recipient_id
