"""Sentences with the expressions that must be found in them, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.articles.build import Metadata, build_article
from communique.extraction.dates import find_timexes

CASES = Path(__file__).with_name("expressions.psv")


def cases() -> list[tuple[str, str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(published, sentence, expected) for published, sentence, expected in rows]


@pytest.mark.parametrize(("published", "sentence", "expected"), cases())
def test_expressions_of_a_sentence(published: str, sentence: str, expected: str) -> None:
    article = build_article(
        sentence, Metadata(title="On the matter", published=None if published == "-" else published)
    )
    found = [f"{article.text[t.start : t.end]}={t.timex_type} {t.timex_value}" for t in find_timexes(article)]
    assert found == [e for e in expected.split(";") if e]
