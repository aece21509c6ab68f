"""Rows do not depend on the order in which Python happens to walk through sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_CASES = Path(__file__).parent / "tariffs" / "cases.toml"
_TIE = (
    "The parliament voted in June, to approve a budget that doubled import duties on cloth. "
    "During the same month, Kenya announced tariff increases on shoes while Rwanda raised import duties on hats."
)
_SCRIPT = """
import sys, tomllib
from pathlib import Path
from communique.articles.build import build_article
from communique.extraction.engine import extract

texts = [sys.argv[2]] * 6
texts += [case["text"] for case in tomllib.loads(Path(sys.argv[1]).read_text("utf-8"))["case"]]
for first in range(0, len(texts), 6):
    rows = extract(build_article("\\n\\n".join(texts[first : first + 6]))).rows
    print(rows.tariffs, rows.aid_commitments, rows.recommendations)
"""


def _rows(seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(_CASES), _TIE],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_rows_of_articles_on_many_states_are_the_same_with_any_hash_seed() -> None:
    first, *others = map(_rows, ("1", "2", "4"))

    assert "Tariff(" in first
    for other in others:
        assert other == first
