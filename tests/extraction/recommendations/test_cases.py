"""What is a recommendation and what is not, case by case."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.extraction.model import Annotations
from communique.extraction.recommendations import recommendation_rows

_CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["class"]
CASES = [pytest.param(case, id=f"{kind['name']}: {case['text']}") for kind in _CASES for case in kind["cases"]]


@pytest.mark.parametrize("case", CASES)
def test_rows(case: dict[str, Any], annotated: Callable[[str], Annotations]) -> None:
    annotations = annotated(case["text"])
    text = annotations.article.text
    found = [
        [text[row.char_start : row.char_end], list(row.addressee_ids), row.modality, row.is_negated]
        for row in recommendation_rows(annotations)
    ]
    assert found == case["rows"]
