"""Stable ids, and the rows that share one."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import polars as pl

from schemas.table import Table
from schemas.tables import TABLES

_SEPARATOR = "\x1f"

_CONFLICT = "conflict"
_TAKEN = "Another row on the same words with the same key was extracted before."


def stable_id(prefix: str, *key: str) -> str:
    """`prefix-` and the first 12 hexadecimal digits of the SHA-256 of the key."""
    return _digest(prefix, _SEPARATOR.join(key))


def with_ids(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its primary key, derived from article, span and `table.id_columns`; null counts as empty.

    Ids are made before actors are merged over articles, so that a row's id depends on its own article alone.
    """
    parts = ("article_id", "char_start", "char_end", *table.id_columns)
    key = pl.concat_str((pl.col(part).cast(pl.String).fill_null("") for part in parts), separator=_SEPARATOR)
    prefix = table.id_prefix or ""
    ids = [_digest(prefix, joined) for joined in frame.select(key).to_series()]
    return frame.with_columns(pl.Series(table.primary_key or "", ids, dtype=pl.String))


def set_aside_repeats(table: Table, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frame with the first row of every primary key, and the others as rows of `quarantine`."""
    key = pl.col(table.primary_key or "")
    first = frame.filter(key.is_first_distinct())
    if first.height == frame.height:
        return frame, TABLES["quarantine"].empty()
    row = pl.struct(pl.all()).struct.json_encode()
    shared = frame.filter(key.is_duplicated()).select(row=row, first=key.is_first_distinct())
    repeats = shared.with_columns(copy=~pl.col("row").is_first_distinct()).filter(~pl.col("first"))
    kind = pl.when("copy").then(pl.lit("copy")).otherwise(pl.lit(_CONFLICT))
    reason = pl.when("copy").then(pl.lit("The same row was extracted before.")).otherwise(pl.lit(_TAKEN))
    check = pl.concat_str(pl.lit(f"{table.name}.{table.primary_key}."), kind)
    return first, repeats.select(table=pl.lit(table.name), row="row", check=check, reason=reason)


def set_aside_taken(table: Table, frame: pl.DataFrame, taken: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frame without the rows whose primary key is taken, and these as rows of `quarantine`."""
    if not taken:
        return frame, TABLES["quarantine"].empty()
    is_taken = pl.col(table.primary_key or "").is_in(taken)
    aside = frame.filter(is_taken).select(
        table=pl.lit(table.name),
        row=pl.struct(pl.all()).struct.json_encode(),
        check=pl.lit(f"{table.name}.{table.primary_key}.{_CONFLICT}"),
        reason=pl.lit(_TAKEN),
    )
    return frame.filter(~is_taken), aside


def _digest(prefix: str, key: str) -> str:
    return f"{prefix}-{sha256(key.encode()).hexdigest()[:12]}"
