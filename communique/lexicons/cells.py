"""Reading the CSV files of the reference data: their rows, and cells of every kind.

A cell with several values separates them with `|`.  A file with another header than its record expects, an actor id
outside the vocabulary, a code that is not one, or a repeated key raises `LexiconError` with the file and the line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import TypeVar

from communique.lexicons.records import LexiconError
from schemas.vocabularies import ActorType

TYPES = {str(kind): kind for kind in ActorType if kind != ActorType.COUNTRY}
"""The types of the actors whose ids are made of a name."""

_SLUG_ID = re.compile(rf"(?:{'|'.join(TYPES)}):[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY_ID = re.compile(r"country:[A-Z]{3}")
ALPHA3 = re.compile(r"[A-Z]{3}")
ALPHA2 = re.compile(r"[A-Z]{2}")
_PADDED = ("||", "| ", " |", ",|", "|,", "|\n", "\n|")
YEAR = re.compile(r"[12]\d{3}")

Row = Mapping[str, str]
T = TypeVar("T")


def parse_rows(name: str, text: str, columns: tuple[str, ...], build: Callable[[Row], T]) -> Iterator[T]:
    """Build a record of every row of a CSV text; `LexiconError` with `name` and the line where one does not fit."""
    reader = csv.reader(StringIO(text), strict=True)
    header = next(reader, [])
    if tuple(header) != columns:
        raise LexiconError(f"{name}:1: columns {','.join(header)}, expected {','.join(columns)}")
    padded = [at + 1 for mark in _PADDED if (at := text.find(mark)) >= 0]
    if padded:
        raise LexiconError(f"{name}:{text.count(chr(10), 0, min(padded)) + 1}: empty or padded value beside a |")
    for values in reader:
        if len(values) != len(columns):
            raise LexiconError(f"{name}:{reader.line_num}: {len(values)} cells, expected {len(columns)}")
        try:
            yield build(dict(zip(columns, values, strict=True)))
        except LexiconError as error:
            raise LexiconError(f"{name}:{reader.line_num}: {error}") from None


def many(cell: str) -> tuple[str, ...]:
    """The values of a cell, none where it is empty; `LexiconError` where one is repeated."""
    if not cell:
        return ()
    values = tuple(cell.split("|"))
    if len(values) > 1 and len(set(values)) != len(values):
        raise LexiconError(f"repeated value in {cell!r}")
    return values


def match(pattern: re.Pattern[str], cell: str, what: str) -> str:
    """The cell, which has to fit the pattern; `what` is what the error calls it."""
    if not pattern.fullmatch(cell):
        raise LexiconError(f"{cell!r} is no {what}")
    return cell


def one_of(allowed: frozenset[str], cell: str, what: str) -> str:
    """The cell, which has to be one of these."""
    if cell not in allowed:
        raise LexiconError(f"{cell!r} is no {what}")
    return cell


def named(cell: str) -> str:
    """The cell, which has to be a name without blanks around it."""
    if not cell or cell != cell.strip():
        raise LexiconError(f"no name in {cell!r}")
    return cell


def actor_id(cell: str) -> str:
    """The cell, which has to be an actor id (`country:NOR`, `media:the-evening-bell`)."""
    if not (_SLUG_ID.fullmatch(cell) or _COUNTRY_ID.fullmatch(cell)):
        raise LexiconError(f"{cell!r} is no actor id")
    return cell


def code(cell: str) -> str | None:
    """The three-letter code of a country, None where the cell is empty."""
    if not cell:
        return None
    if not (len(cell) == 3 and cell.isascii() and cell.isupper()):
        raise LexiconError(f"{cell!r} is no three-letter code")
    return cell


def year(cell: str) -> int | None:
    """The year, None where the cell is empty."""
    return int(match(YEAR, cell, "year")) if cell else None


def by_key(name: str, records: Iterator[T], key: Callable[[T], str]) -> dict[str, T]:
    """The records of the file `name` by their key; `LexiconError` where two have the same."""
    found: dict[str, T] = {}
    for record in records:
        if key(record) in found:
            raise LexiconError(f"{name}: {key(record)!r} twice")
        found[key(record)] = record
    return found
