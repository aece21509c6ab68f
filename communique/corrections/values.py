"""Values as people write them in TOML, as the extractor's rows hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from communique.corrections.model import ACTORS, Correction, Value
from communique.extraction.rows import (
    ActorMention,
    AidCommitment,
    DateExpression,
    Recommendation,
    Tariff,
    Trigger,
)
from communique.frames import extracted_columns
from communique.quality.checks_schema import schema_checks
from schemas.table import Column, Table
from schemas.tables import TABLES

ROWS: Mapping[str, type[Trigger]] = {
    "aid_commitments": AidCommitment,
    "tariffs": Tariff,
    "dates": DateExpression,
    "actor_mentions": ActorMention,
    "recommendations": Recommendation,
}

_TABLE_OF = {row: table for table, row in ROWS.items()}

_FROM_THE_QUOTE = frozenset({"char_start", "char_end", "text", "rule"})
"""Columns that a corrected row has from its quote, or from being corrected."""

_Reader = Callable[[object], Value]


class BadValueError(ValueError):
    """A column or value that a table has not: the problem and the remedy."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


@cache
def correctable(table: str) -> tuple[str, ...]:
    """The columns of a table that people may set and guard; all others follow from these and from the words."""
    if table == ACTORS:
        return "actor_id", "name", "type", "country", "role"
    return tuple(name for name in extracted_columns(TABLES[table]) if name not in _FROM_THE_QUOTE)


def required(table: str) -> tuple[str, ...]:
    """The columns that an added row has to be given: the closed choices, and what an extractor always finds."""
    if table == ACTORS:
        return "actor_id", "name", "type"
    always = {field.name for field in fields(ROWS[table]) if field.default is MISSING}
    columns = (TABLES[table].column(name) for name in correctable(table))
    return tuple(c.name for c in columns if not c.nullable and (c.vocabulary or c.name in always))


def cells(table: str, given: Mapping[str, object]) -> dict[str, Value]:
    """The values of columns as the extractor's rows hold them; an empty text is null.

    Raises:
        BadValueError: a column that the table has not, or a value that the column cannot hold.
    """
    return {name: _cell(TABLES[table], _column(TABLES[table], name), value) for name, value in given.items()}


def held(row: Trigger) -> dict[str, Value]:
    """What an extracted row holds in the columns that may be corrected."""
    return {name: getattr(row, name) for name in correctable(_TABLE_OF[type(row)])}


def require_expected(entry: Correction, row: Mapping[str, Value]) -> None:
    """Raises CorrectionError where the row does not hold what the entry expects of it."""
    if not (wrong := differences(row, entry.expect)):
        return
    if entry.values and not differences(row, entry.values):
        raise entry.error(f"{', '.join(wrong)}: the row has the corrected values by itself", "remove the entry")
    raise entry.error(", ".join(wrong), "look at the row again, then mend what is expected or remove the entry")


def differences(row: Mapping[str, Value], expected: Mapping[str, Value]) -> list[str]:
    """What the row holds in place of what is expected, column by column."""
    return [
        f"{name} is {_shown(row[name])}, not {_shown(value)}"
        for name, value in expected.items()
        if not _same(row[name], value)
    ]


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split()
    return one == other


def _shown(value: Value) -> str:
    return "null" if value is None else repr(list(value) if isinstance(value, tuple) else value)


def close_to(word: str, known: Iterable[str]) -> str:
    """The known word that may be meant, as the beginning of a remedy."""
    found = get_close_matches(word, known, n=1)
    return f"perhaps {found[0]!r} is meant: " if found else ""


def _column(table: Table, name: str) -> Column:
    allowed = correctable(table.name)
    if name in allowed:
        return table.column(name)
    if name in table.dtypes:
        raise BadValueError(f"`{name}` follows from the words or from other columns", f"name {', '.join(allowed)}")
    problem = f"{table.name} has no column {name!r}"
    raise BadValueError(problem, f"{close_to(name, allowed)}use {', '.join(allowed)}")


def _cell(table: Table, column: Column, given: object) -> Value:
    if given == "" and column.nullable:
        return None
    try:
        value = _READERS[type(column.dtype)](given)
    except (TypeError, ValueError):
        raise BadValueError(f"`{column.name}` is {given!r}", f"write {_WANTED[type(column.dtype)]}") from None
    if fault := _fault(table, column, value):
        raise BadValueError(f"`{column.name}` is {given!r}", f"the declaration says: {fault}")
    return value


def _fault(table: Table, column: Column, value: Value) -> str | None:
    """What the declaration of the column says against the value."""
    held = list(value) if isinstance(value, tuple) else value
    if column.dtype == pl.Date:
        return None
    frame = pl.DataFrame({column.name: [held]}, schema={column.name: column.dtype})
    try:
        pa.DataFrameSchema({column.name: table.schema.columns[column.name]}).validate(frame, lazy=True)
    except SchemaErrors as errors:
        number, name = errors.failure_cases.select("check_number", "check").row(0)
        return schema_checks(table)[column.name, name if number is None else int(number)].description
    return None


def _text(given: object) -> str:
    if isinstance(given, date):
        return _day(given)
    if not isinstance(given, str) or not given.strip():
        raise TypeError
    return given.strip()


def _number(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise TypeError
    return float(given)


def _whole(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise TypeError
    return given


def _flag(given: object) -> bool:
    if not isinstance(given, bool):
        raise TypeError
    return given


def _day(given: object) -> str:
    if isinstance(given, datetime):
        return given.date().isoformat()
    if isinstance(given, date):
        return given.isoformat()
    if not isinstance(given, str):
        raise TypeError
    return date.fromisoformat(given).isoformat()


def _texts(given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise TypeError
    return tuple(map(_text, given))


_READERS: Mapping[type[pl.DataType], _Reader] = {
    pl.String: _text,
    pl.Float64: _number,
    pl.Int32: _whole,
    pl.Boolean: _flag,
    pl.Date: _day,
    pl.List: _texts,
}

_WANTED: Mapping[type[pl.DataType], str] = {
    pl.String: 'a text, "" for none',
    pl.Float64: 'a number, "" for none',
    pl.Int32: 'a whole number, "" for none',
    pl.Boolean: "true or false",
    pl.Date: 'a day such as 2025-04-07, "" for none',
    pl.List: "a list of texts",
}
