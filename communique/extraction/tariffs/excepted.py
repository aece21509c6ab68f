"""Rows of those whom a measure on a whole class leaves out: "on all countries except Peru and Chile"."""

from __future__ import annotations

import re

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.members import listed_states
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|barring|with the exceptions? of|apart from|other than|save for|but not)\b",
    re.IGNORECASE,
)


def excepted_rows(index: int, sentence: ParsedSentence, roles: Roles, rows: list[Tariff]) -> list[Tariff]:
    """One row per state that the words behind a measure of `rows`, all of sentence `index`, leave out."""
    text = roles.annotations.article.text
    found = _EXCEPT.search(text, rows[0].char_end, sentence.end) if rows else None
    if found is None:
        return []
    before = [r for r in rows if r.char_end <= found.start()]
    between = (g for g in sentence.groups if before[-1].char_end <= g.start < found.start() and g.form == "finite")
    clauses = [g for g in between if sentence.tokens[g.first].lower not in tariff_words().origin]
    if clauses or before[-1].status == TariffStatus.EXEMPTED:
        return []
    named = listed_states(sentence, roles, found.end())
    return [
        Tariff(
            char_start=found.start(), char_end=end, sentence=index, rule="tariff.excepted",
            imposer_id=before[-1].imposer_id, target_id=state, status=TariffStatus.EXEMPTED,
        )
        for state, end in named
        if state not in {r for row in rows for r in (row.imposer_id, row.target_id)}
    ]  # fmt: skip
