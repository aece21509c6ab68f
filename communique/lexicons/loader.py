"""Typed, cached access to the reference data; SOURCES.toml names the source of every file.

A cell with several values separates them with `|`.  A file with another header than its record expects, an actor id
outside the vocabulary, a code that is not one, or a repeated key raises `LexiconError` with the file and the line.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from io import StringIO
from typing import TypeVar

from schemas.vocabularies import ActorType, MentionKind

_TYPES = {str(kind): kind for kind in ActorType if kind != ActorType.COUNTRY}
_SLUG_ID = re.compile(rf"(?:{'|'.join(_TYPES)}):[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY_ID = re.compile(r"country:[A-Z]{3}")
_ALPHA3 = re.compile(r"[A-Z]{3}")
_ALPHA2 = re.compile(r"[A-Z]{2}")
_PADDED = ("||", "| ", " |", ",|", "|,", "|\n", "\n|")
_YEAR = re.compile(r"[12]\d{3}")

CAUTIONS = frozenset({"acronym", "case", "common_word", "country", "language", "person_name", "place"})
STATUSES = frozenset({"state", "territory", "historical"})

Row = Mapping[str, str]
T = TypeVar("T")


class LexiconError(ValueError):
    """A file of reference data that does not hold what its record declares."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory under its ISO 3166 alpha-3 code (3166-3 for historical states, XKX for Kosovo).

    `abbreviations` are matched as written, in capitals; `capital_aliases` are spellings and other seats of government.
    """

    alpha3: str
    alpha2: str | None
    name: str
    official_name: str | None
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    capital: str | None
    capital_aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    status: str

    @property
    def actor_id(self) -> str:
        """The id under which the country is an actor."""
        return f"country:{self.alpha3}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body, party, company or group; `country` is its seat's, None for international ones."""

    actor_id: str
    name: str
    type: ActorType
    country: str | None
    acronyms: tuple[str, ...]
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    seat: str | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held from a year to a year, None where the year is not known or the office is still held."""

    office: str
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """A public figure; `aliases` are spellings and the other name order, the best-known office is the last one."""

    actor_id: str
    name: str
    country: str | None
    offices: tuple[Tenure, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class House:
    """A building, street or city whose name stands for a government or a body."""

    text: str
    actor_id: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class AmbiguousForm:
    """A form that several actors share or that is also a word of another kind.

    `how` is one of `CAUTIONS`; `preferred` is None where only the context decides.
    """

    text: str
    actor_ids: tuple[str, ...]
    preferred: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency under its ISO 4217 code; `symbols` stand at the figure, `words` name this currency alone."""

    code: str
    name: str
    plural: str
    symbols: tuple[str, ...]
    words: tuple[str, ...]
    country: str | None


@dataclass(frozen=True, slots=True)
class CurrencyWord:
    """A word or sign of several currencies; `default` is the one meant where nothing else tells, if there is one."""

    word: str
    codes: tuple[str, ...]
    default: str | None


def _read(name: str) -> str:
    return resources.files("communique.lexicons").joinpath(name).read_text(encoding="utf-8")


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


def _many(cell: str) -> tuple[str, ...]:
    if not cell:
        return ()
    values = tuple(cell.split("|"))
    if len(values) > 1 and len(set(values)) != len(values):
        raise LexiconError(f"repeated value in {cell!r}")
    return values


def _match(pattern: re.Pattern[str], cell: str, what: str) -> str:
    if not pattern.fullmatch(cell):
        raise LexiconError(f"{cell!r} is no {what}")
    return cell


def _one_of(allowed: frozenset[str], cell: str, what: str) -> str:
    if cell not in allowed:
        raise LexiconError(f"{cell!r} is no {what}")
    return cell


def _named(cell: str) -> str:
    if not cell or cell != cell.strip():
        raise LexiconError(f"no name in {cell!r}")
    return cell


def _actor_id(cell: str) -> str:
    if not (_SLUG_ID.fullmatch(cell) or _COUNTRY_ID.fullmatch(cell)):
        raise LexiconError(f"{cell!r} is no actor id")
    return cell


def _code(cell: str) -> str | None:
    if not cell:
        return None
    if not (len(cell) == 3 and cell.isascii() and cell.isupper()):
        raise LexiconError(f"{cell!r} is no three-letter code")
    return cell


def _year(cell: str) -> int | None:
    return int(_match(_YEAR, cell, "year")) if cell else None


def _by_key(name: str, records: Iterator[T], key: Callable[[T], str]) -> dict[str, T]:
    found: dict[str, T] = {}
    for record in records:
        if key(record) in found:
            raise LexiconError(f"{name}: {key(record)!r} twice")
        found[key(record)] = record
    return found


def _country(row: Row) -> Country:
    return Country(
        _match(_ALPHA3, row["alpha3"], "alpha-3 code"),
        _match(_ALPHA2, row["alpha2"], "alpha-2 code") if row["alpha2"] else None,
        _named(row["name"]),
        row["official_name"] or None,
        _many(row["aliases"]),
        _many(row["abbreviations"]),
        row["capital"] or None,
        _many(row["capital_aliases"]),
        _many(row["demonyms"]),
        _one_of(STATUSES, row["status"], "status"),
    )


def _organisation(row: Row) -> Organisation:
    kind = _actor_id(row["actor_id"]).partition(":")[0]
    if kind != row["type"] or kind not in _TYPES:
        raise LexiconError(f"type {row['type']!r} of {row['actor_id']}")
    return Organisation(
        row["actor_id"],
        _named(row["name"]),
        _TYPES[kind],
        _code(row["country"]),
        _many(row["acronyms"]),
        _many(row["aliases"]),
        _many(row["demonyms"]),
        row["seat"] or None,
    )


def _person(row: Row) -> Person:
    tenure = Tenure(row["office"], _year(row["office_from"]), _year(row["office_to"])) if row["office"] else None
    if not tenure and (row["office_from"] or row["office_to"]):
        raise LexiconError("years without an office")
    if tenure and tenure.first_year and tenure.last_year and tenure.first_year > tenure.last_year:
        raise LexiconError(f"{tenure.office} from {tenure.first_year} to {tenure.last_year}")
    return Person(
        _actor_id(row["actor_id"]),
        _named(row["name"]),
        _code(row["country"]),
        (tenure,) if tenure else (),
        _many(row["aliases"]),
    )


def _merged(rows: Iterator[Person]) -> Iterator[Person]:
    """The people of `rows`, which hold one row for each office; rows of one person stand together."""
    person = next(rows, None)
    for row in rows:
        if person and row.actor_id == person.actor_id:
            if (row.name, row.country, row.aliases) != (person.name, person.country, person.aliases):
                raise LexiconError(f"rows of {row.actor_id} differ")
            person = replace(person, offices=person.offices + row.offices)
        else:
            if person:
                yield person
            person = row
    if person:
        yield person


def _house(row: Row) -> House:
    return House(
        _named(row["text"]),
        _actor_id(row["actor_id"]),
        MentionKind(_one_of(frozenset({"office", "capital"}), row["kind"], "kind")),
    )


def _ambiguous(row: Row) -> AmbiguousForm:
    actor_ids = tuple(_actor_id(one) for one in _many(row["actor_ids"]))
    if row["preferred"] and row["preferred"] not in actor_ids:
        raise LexiconError(f"{row['preferred']} is none of the actors of {row['alias']!r}")
    return AmbiguousForm(
        _named(row["alias"]), actor_ids, row["preferred"] or None, _one_of(CAUTIONS, row["how"], "caution")
    )


def _currency(row: Row) -> Currency:
    return Currency(
        _match(_ALPHA3, row["code"], "currency code"),
        _named(row["name"]),
        _named(row["plural"]),
        _many(row["symbols"]),
        _many(row["words"]),
        _code(row["country"]),
    )


def _currency_word(row: Row) -> CurrencyWord:
    codes = tuple(_match(_ALPHA3, code, "currency code") for code in _many(row["codes"]))
    if row["default"] and row["default"] not in codes:
        raise LexiconError(f"{row['default']} is no currency of {row['word']!r}")
    return CurrencyWord(_named(row["word"]), codes, row["default"] or None)


def _rate(row: Row) -> tuple[tuple[str, int], float]:
    year = int(_match(_YEAR, row["year"], "year"))
    return (_match(_ALPHA3, row["currency"], "currency code"), year), float(row["usd_per_unit"])


def _columns(header: str) -> tuple[str, ...]:
    return tuple(header.split(","))


@cache
def word_list(name: str) -> frozenset[str]:
    """The lines of a word list ("common_words.txt")."""
    return frozenset(line for line in _read(name).splitlines() if line)


@cache
def countries() -> Mapping[str, Country]:
    """Countries and territories by alpha-3 code."""
    header = "alpha3,alpha2,name,official_name,aliases,abbreviations,capital,capital_aliases,demonyms,status"
    rows = parse_rows("countries.csv", _read("countries.csv"), _columns(header), _country)
    return _by_key("countries.csv", rows, lambda record: record.alpha3)


@cache
def organisations() -> Mapping[str, Organisation]:
    """Organisations and groups by actor id."""
    header = "actor_id,name,type,country,acronyms,aliases,demonyms,seat"
    rows = parse_rows("organisations.csv", _read("organisations.csv"), _columns(header), _organisation)
    return _by_key("organisations.csv", rows, lambda record: record.actor_id)


@cache
def persons() -> Mapping[str, Person]:
    """Public figures by actor id."""
    header = "actor_id,name,country,office,office_from,office_to,aliases"
    rows = parse_rows("persons.csv", _read("persons.csv"), _columns(header), _person)
    return _by_key("persons.csv", _merged(rows), lambda record: record.actor_id)


@cache
def houses() -> Mapping[str, House]:
    """Names of buildings and streets that stand for governments and bodies, by text."""
    rows = parse_rows("offices.csv", _read("offices.csv"), _columns("text,actor_id,kind"), _house)
    return _by_key("offices.csv", rows, lambda record: record.text)


@cache
def ambiguous_forms() -> Mapping[str, AmbiguousForm]:
    """Forms that need context, by text."""
    header = _columns("alias,actor_ids,preferred,how")
    rows = parse_rows("ambiguous.csv", _read("ambiguous.csv"), header, _ambiguous)
    return _by_key("ambiguous.csv", rows, lambda record: record.text)


@cache
def currencies() -> Mapping[str, Currency]:
    """Currencies by ISO 4217 code."""
    header = _columns("code,name,plural,symbols,words,country")
    rows = parse_rows("currencies.csv", _read("currencies.csv"), header, _currency)
    return _by_key("currencies.csv", rows, lambda record: record.code)


@cache
def currency_words() -> Mapping[str, CurrencyWord]:
    """Words and signs that several currencies share, by text."""
    header = _columns("word,codes,default")
    rows = parse_rows("currency_words.csv", _read("currency_words.csv"), header, _currency_word)
    return _by_key("currency_words.csv", rows, lambda record: record.word)


@cache
def exchange_rates() -> Mapping[tuple[str, int], float]:
    """Dollars for one unit of a currency, on average over a year, by (code, year)."""
    header = _columns("currency,year,usd_per_unit")
    return dict(parse_rows("exchange_rates.csv", _read("exchange_rates.csv"), header, _rate))


@cache
def sources() -> Mapping[str, Mapping[str, str]]:
    """What SOURCES.toml says of each file: `source`, `licence`, and where needed `note`."""
    return tomllib.loads(_read("SOURCES.toml"))
