"""The checks against the articles' texts: what a row says of the text is what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

import polars as pl

from communique.quality.checks import Check, Level, Severity
from schemas.table import Table


@dataclass(frozen=True, slots=True)
class TextCheck:
    """A condition over an article's text and some columns of a row, for every table that has them.

    `holds` gets the text and the values of `columns`; rows in which one of these is null are passed over.
    """

    id: str
    description: str
    columns: tuple[str, ...]
    holds: Callable[..., bool]
    severity: Severity = Severity.ERROR

    def of(self, table: Table) -> Check:
        return Check(f"{table.name}.{self.id}", self.description, Level.ROW, self.severity, table.name)


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    return " ".join(text.split())


def _same_words(text: str, start: int, end: int, words: str) -> bool:
    return text[start:end] == words or _folded_once(text[start:end]) == _folded_once(words)


def _folded_once(words: str) -> str:
    return " ".join(words.split())


def _verbatim(text: str, evidence: str, words: str) -> bool:
    return words in evidence or _folded_once(words) in _folded(text)


def _word_for_word(column: str) -> TextCheck:
    return TextCheck(
        f"{column}_verbatim",
        f"`{column}` stands in the article word for word.",
        ("evidence", column),
        _verbatim,
        Severity.WARNING,
    )


TEXT_CHECKS: tuple[TextCheck, ...] = (
    TextCheck(
        "evidence_in_text",
        "The evidence is what stands between the sentence's offsets.",
        ("sentence_start", "sentence_end", "evidence"),
        lambda text, start, end, evidence: text[start:end] == evidence,
    ),
    TextCheck(
        "sentence_in_text",
        "The sentence ends inside the text.",
        ("sentence_end",),
        lambda text, end: end <= len(text),
    ),
    TextCheck(
        "trigger_in_text",
        "The trigger span begins and ends with a character that is no white space.",
        ("char_start", "char_end"),
        lambda text, start, end: (
            0 <= start < end <= len(text) and not text[start].isspace() and not text[end - 1].isspace()
        ),
    ),
    TextCheck(
        "text_is_trigger",
        "`text` is what stands between the offsets, white space aside.",
        ("char_start", "char_end", "text"),
        _same_words,
    ),
    TextCheck(
        "characters_of_text",
        "`characters` is the length of the text.",
        ("characters",),
        lambda text, characters: len(text) == characters,
    ),
    TextCheck(
        "digest_of_text",
        "`ingested_text_sha256` is the digest of the text.",
        ("ingested_text_sha256",),
        lambda text, digest: sha256(text.encode()).hexdigest() == digest,
    ),
    *map(_word_for_word, ("purpose", "items", "product", "target_scope", "event", "addressee", "action")),
)


def checks_for(table: Table) -> Iterator[TextCheck]:
    """The checks whose columns the table has; none for a table without articles."""
    if "article_id" in table.dtypes:
        yield from (check for check in TEXT_CHECKS if set(check.columns) <= set(table.dtypes))


def text_failures(check: TextCheck, frame: pl.DataFrame, texts: Mapping[str, str]) -> tuple[int, list[int]]:
    """How many rows the check speaks of, and the numbers of those that fail it or have no text."""
    values: list[list[Any]] = [frame[column].to_list() for column in check.columns]
    articles = frame["article_id"].to_list()
    applied, failed = 0, []
    for row, (article, *about) in enumerate(zip(articles, *values, strict=True)):
        if None in about:
            continue
        applied += 1
        text = texts.get(article)
        if text is None or not check.holds(text, *about):
            failed.append(row)
    return applied, failed
