"""The kinds of column that the models are made of.

Every function returns a pandera field that carries the description and, as metadata, the unit, the vocabulary and the
column it refers to; `schemas.table.Table.columns` reads them back.
"""

from __future__ import annotations

from typing import Any

import pandera.polars as pa

from schemas import patterns
from schemas.vocabularies import Vocabulary

CODE_POINTS = "code points"
PERCENT = "percent"

CORRECTION = "correction"
"""The rule of rows that a person set or added; no rule of the engine has this name."""


def column(
    description: str,
    *,
    nullable: bool = False,
    unit: str | None = None,
    vocabulary: type[Vocabulary] | None = None,
    references: str | None = None,
    **constraints: Any,
) -> Any:
    """A field with its description; `unit` of its numbers or notation, `references` as `table.column`."""
    if vocabulary is not None:
        constraints["isin"] = [member.value for member in vocabulary]
    metadata = {"unit": unit, "vocabulary": vocabulary, "references": references}
    return pa.Field(description=description, nullable=nullable, metadata=metadata, **constraints)


def text(description: str, *, nullable: bool = True, **constraints: Any) -> Any:
    """Words: never empty, without white space at the ends."""
    return column(description, nullable=nullable, str_matches=patterns.TRIMMED, **constraints)


def choice(description: str, vocabulary: type[Vocabulary], *, nullable: bool = False) -> Any:
    """A value of a closed vocabulary."""
    return column(description, nullable=nullable, vocabulary=vocabulary)


def count(description: str, unit: str) -> Any:
    """A number of things, 0 or more."""
    return column(description, unit=unit, ge=0)


def flag(description: str) -> Any:
    """True or false, never null."""
    return column(description)


def row_id(prefix: str, key: str) -> Any:
    """The stable id of a row; `key` names what it is derived from."""
    return column(
        f"Stable id of the row, derived from {key}; the same fact keeps it from release to release.",
        unique=True,
        str_matches=patterns.row_id(prefix),
    )


def actor(description: str, *, nullable: bool = True) -> Any:
    """The id of an actor."""
    return column(description, nullable=nullable, references="actors.actor_id", str_matches=patterns.ACTOR_ID)


def actor_name(of: str) -> Any:
    """The readable name beside an actor's id."""
    return text(f"Readable name of `{of}`.")


def iso_date(description: str, *, pattern: str = patterns.ISO_DATE) -> Any:
    """A date as text, as precise as the source."""
    return column(description, nullable=True, unit="ISO 8601", str_matches=pattern)


def article() -> Any:
    return column("The article the row comes from.", references="articles.article_id", str_matches=patterns.ARTICLE_ID)


def char_start() -> Any:
    return column("First character of the trigger span, counted from 0.", unit=CODE_POINTS, ge=0)


def char_end() -> Any:
    return column("The character after the trigger span.", unit=CODE_POINTS, ge=1)


def evidence() -> Any:
    return text("The full sentence that holds the trigger span, word for word.", nullable=False)


def sentence_start() -> Any:
    return column("First character of the sentence, counted from 0.", unit=CODE_POINTS, ge=0)


def sentence_end() -> Any:
    return column("The character after the sentence.", unit=CODE_POINTS, ge=1)


def rule() -> Any:
    return text(f"Name of the rule that made the row; `{CORRECTION}` where a person set or added it.", nullable=False)
