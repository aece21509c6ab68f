"""The checks against the articles' texts: what a row says of the text is what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import polars as pl

from communique.quality.checks import Check, Level, Severity
from schemas.table import Table

_REMEDY = (
    "compare the row with its article (`communique why`); extract it again from the text that is published, or mend "
    "the rule that places it"
)


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
        covers = tuple(f"{table.name}.{column}" for column in self.columns)
        return Check(f"{table.name}.{self.id}", self.description, Level.ROW, self.severity, table.name, covers, _REMEDY)


def _folded(words: str) -> str:
    return " ".join(words.split())


@lru_cache(maxsize=4)
def _folded_text(text: str) -> str:
    return _folded(text)


def _same_words(text: str, start: int, end: int, words: str) -> bool:
    return text[start:end] == words or _folded(text[start:end]) == _folded(words)


def _verbatim(text: str, evidence: str, words: str) -> bool:
    return words in evidence or _folded(words) in _folded_text(text)


def _is_trimmed(text: str, start: int, end: int) -> bool:
    return text[start:end] == text[start:end].strip()


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
        "The sentence, and with it the trigger span, ends inside the text.",
        ("sentence_end",),
        lambda text, end: end <= len(text),
    ),
    TextCheck(
        "trigger_trimmed",
        "The trigger span has no white space at its ends.",
        ("char_start", "char_end"),
        _is_trimmed,
        Severity.WARNING,
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


def text_failures(
    checks: Iterable[TextCheck], frame: pl.DataFrame, texts: Mapping[str, str]
) -> Iterator[tuple[TextCheck, int, list[int]]]:
    """Each check with how many rows it speaks of, and the numbers of those that fail it; an unknown text is empty."""
    checks = tuple(checks)
    columns = {name: frame[name].to_list() for name in {name for check in checks for name in check.columns}}
    own_texts = [texts.get(article, "") for article in frame["article_id"].to_list()]
    for check in checks:
        if any(frame[name].null_count() for name in check.columns):
            values = zip(*(columns[name] for name in check.columns), strict=True)
            rows: Sequence[int] = [row for row, given in enumerate(values) if None not in given]
            needed = [[column[row] for row in rows] for column in (own_texts, *map(columns.__getitem__, check.columns))]
        else:
            rows, needed = range(frame.height), [own_texts, *map(columns.__getitem__, check.columns)]
        yield check, len(rows), [row for row, good in zip(rows, map(check.holds, *needed), strict=True) if not good]
