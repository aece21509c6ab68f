"""Rows of those whom a measure on a whole class leaves out: "on all countries except Peru and Chile"."""

from __future__ import annotations

import re

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.words import STATES, tariff_words
from schemas.vocabularies import TariffStatus

_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|barring|with the exceptions? of|apart from|other than|save for|but not)\b",
    re.IGNORECASE,
)
_BETWEEN = frozenset({"the", "those", "goods", "imports", "products", "from", "of", "coming", "in", "nearby", "on"})


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
    named = _listed(sentence, roles, found.end())
    return [
        Tariff(
            char_start=found.start(), char_end=end, sentence=index, rule="tariff.excepted",
            imposer_id=before[-1].imposer_id, target_id=state, status=TariffStatus.EXEMPTED,
        )
        for state, end in named
        if state not in {r for row in rows for r in (row.imposer_id, row.target_id)}
    ]  # fmt: skip


def _listed(sentence: ParsedSentence, roles: Roles, offset: int) -> list[tuple[str, int]]:
    """The states listed from `offset` on, each with the offset at which its name ends."""
    found: list[tuple[str, int]] = []
    at = sentence.token_at(offset)
    for mention in roles.mentions_in(offset, sentence.end):
        between = sentence.tokens[at : sentence.token_at(mention.start)]
        joined = (t.tag in (Tag.COMMA, Tag.COORDINATOR, Tag.GENITIVE) or t.lower in _BETWEEN for t in between)
        role = roles.role(mention.actor_id)
        if not all(joined) or role is None or not role.startswith(STATES):
            break
        found.append((role, mention.end))
        at = sentence.token_at(mention.end - 1) + 1
    return found
