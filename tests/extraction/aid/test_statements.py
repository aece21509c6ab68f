"""Which sentences state aid, from whom, to whom, how much: one case a line of `statements.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.articles.build import build_article
from communique.extraction.aid import aid_rows
from communique.extraction.engine import annotate
from communique.extraction.rows import AidCommitment

LINES = (Path(__file__).parent / "statements.txt").read_text(encoding="utf-8").splitlines()
CASES = [line.partition(" =>") for line in LINES if line and not line.startswith("#")]


def shown(row: AidCommitment) -> str:
    donor, recipient = (actor.split(":")[-1] if actor else "?" for actor in (row.donor_id, row.recipient_id))
    upper = f"-{row.amount_upper:.0f}" if row.amount_upper else ""
    amount = "- -" if row.amount is None else f"{row.amount:.0f}{upper} {row.currency}"
    return f"{donor}>{recipient} {amount} {row.status} {row.category}"


@pytest.mark.parametrize(("text", "rows"), [(text, rows) for text, _, rows in CASES], ids=[c[0][:50] for c in CASES])
def test_rows(text: str, rows: str) -> None:
    found = [shown(row) for row in aid_rows(annotate(build_article(text.replace("\\n", "\n"))))]
    wanted = [row.strip() for row in rows.split(" ; ") if row.strip()]
    with_kind = [
        row if len(want.split()) == 5 else row.rsplit(" ", 1)[0] for row, want in zip(found, wanted, strict=False)
    ]
    assert len(found) == len(wanted), found
    assert with_kind == wanted
