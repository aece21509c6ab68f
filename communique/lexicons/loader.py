"""Typed, cached access to the reference data; SOURCES.toml names the source of every file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from communique.lexicons import cells
from communique.lexicons.cells import Row, parse_rows
from communique.lexicons.records import (
    AmbiguousForm,
    Country,
    Currency,
    CurrencyWord,
    House,
    LexiconError,
    Organisation,
    Person,
    Tenure,
)
from schemas.vocabularies import MentionKind

CAUTIONS = frozenset({"acronym", "case", "common_word", "country", "language", "office", "person_name", "place"})
STATUSES = frozenset({"state", "territory", "historical"})


def _read(name: str) -> str:
    return resources.files("communique.lexicons").joinpath(name).read_text(encoding="utf-8")


def _country(row: Row) -> Country:
    return Country(
        cells.match(cells.ALPHA3, row["alpha3"], "alpha-3 code"),
        cells.match(cells.ALPHA2, row["alpha2"], "alpha-2 code") if row["alpha2"] else None,
        cells.named(row["name"]),
        row["official_name"] or None,
        cells.many(row["aliases"]),
        cells.many(row["abbreviations"]),
        row["capital"] or None,
        cells.many(row["capital_aliases"]),
        cells.many(row["demonyms"]),
        cells.one_of(STATUSES, row["status"], "status"),
    )


def _organisation(row: Row) -> Organisation:
    kind = cells.actor_id(row["actor_id"]).partition(":")[0]
    if kind != row["type"] or kind not in cells.TYPES:
        raise LexiconError(f"type {row['type']!r} of {row['actor_id']}")
    return Organisation(
        row["actor_id"],
        cells.named(row["name"]),
        cells.TYPES[kind],
        cells.code(row["country"]),
        cells.many(row["acronyms"]),
        cells.many(row["aliases"]),
        cells.many(row["demonyms"]),
        row["seat"] or None,
    )


def _person(row: Row) -> Person:
    tenure = (
        Tenure(row["office"], cells.year(row["office_from"]), cells.year(row["office_to"])) if row["office"] else None
    )
    if not tenure and (row["office_from"] or row["office_to"]):
        raise LexiconError("years without an office")
    if tenure and tenure.first_year and tenure.last_year and tenure.first_year > tenure.last_year:
        raise LexiconError(f"{tenure.office} from {tenure.first_year} to {tenure.last_year}")
    return Person(
        cells.actor_id(row["actor_id"]),
        cells.named(row["name"]),
        cells.code(row["country"]),
        (tenure,) if tenure else (),
        cells.many(row["aliases"]),
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
        cells.named(row["text"]),
        cells.actor_id(row["actor_id"]),
        MentionKind(cells.one_of(frozenset({"office", "capital"}), row["kind"], "kind")),
    )


def _ambiguous(row: Row) -> AmbiguousForm:
    actor_ids = tuple(cells.actor_id(one) for one in cells.many(row["actor_ids"]))
    if row["preferred"] and row["preferred"] not in actor_ids:
        raise LexiconError(f"{row['preferred']} is none of the actors of {row['alias']!r}")
    return AmbiguousForm(
        cells.named(row["alias"]), actor_ids, row["preferred"] or None, cells.one_of(CAUTIONS, row["how"], "caution")
    )


def _currency(row: Row) -> Currency:
    return Currency(
        cells.match(cells.ALPHA3, row["code"], "currency code"),
        cells.named(row["name"]),
        cells.named(row["plural"]),
        cells.many(row["symbols"]),
        cells.many(row["words"]),
        cells.code(row["country"]),
    )


def _currency_word(row: Row) -> CurrencyWord:
    codes = tuple(cells.match(cells.ALPHA3, code, "currency code") for code in cells.many(row["codes"]))
    if row["default"] and row["default"] not in codes:
        raise LexiconError(f"{row['default']} is no currency of {row['word']!r}")
    return CurrencyWord(cells.named(row["word"]), codes, row["default"] or None)


def _rate(row: Row) -> tuple[tuple[str, int], float]:
    year = int(cells.match(cells.YEAR, row["year"], "year"))
    return (cells.match(cells.ALPHA3, row["currency"], "currency code"), year), float(row["usd_per_unit"])


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
    return cells.by_key("countries.csv", rows, lambda record: record.alpha3)


@cache
def organisations() -> Mapping[str, Organisation]:
    """Organisations and groups by actor id."""
    header = "actor_id,name,type,country,acronyms,aliases,demonyms,seat"
    rows = parse_rows("organisations.csv", _read("organisations.csv"), _columns(header), _organisation)
    return cells.by_key("organisations.csv", rows, lambda record: record.actor_id)


@cache
def persons() -> Mapping[str, Person]:
    """Public figures by actor id."""
    header = "actor_id,name,country,office,office_from,office_to,aliases"
    rows = parse_rows("persons.csv", _read("persons.csv"), _columns(header), _person)
    return cells.by_key("persons.csv", _merged(rows), lambda record: record.actor_id)


@cache
def houses() -> Mapping[str, House]:
    """Names of buildings and streets that stand for governments and bodies, by text."""
    rows = parse_rows("offices.csv", _read("offices.csv"), _columns("text,actor_id,kind"), _house)
    return cells.by_key("offices.csv", rows, lambda record: record.text)


@cache
def ambiguous_forms() -> Mapping[str, AmbiguousForm]:
    """Forms that need context, by text."""
    header = _columns("alias,actor_ids,preferred,how")
    rows = parse_rows("ambiguous.csv", _read("ambiguous.csv"), header, _ambiguous)
    return cells.by_key("ambiguous.csv", rows, lambda record: record.text)


@cache
def currencies() -> Mapping[str, Currency]:
    """Currencies by ISO 4217 code."""
    header = _columns("code,name,plural,symbols,words,country")
    rows = parse_rows("currencies.csv", _read("currencies.csv"), header, _currency)
    return cells.by_key("currencies.csv", rows, lambda record: record.code)


@cache
def currency_words() -> Mapping[str, CurrencyWord]:
    """Words and signs that several currencies share, by text."""
    header = _columns("word,codes,default")
    rows = parse_rows("currency_words.csv", _read("currency_words.csv"), header, _currency_word)
    return cells.by_key("currency_words.csv", rows, lambda record: record.word)


@cache
def exchange_rates() -> Mapping[tuple[str, int], float]:
    """Dollars for one unit of a currency, on average over a year, by (code, year)."""
    header = _columns("currency,year,usd_per_unit")
    return dict(parse_rows("exchange_rates.csv", _read("exchange_rates.csv"), header, _rate))


@cache
def sources() -> Mapping[str, Mapping[str, str]]:
    """What SOURCES.toml says of each file: `source`, `licence`, and where needed `note`."""
    return tomllib.loads(_read("SOURCES.toml"))
