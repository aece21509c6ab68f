"""What the reference data must hold, whatever is added to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources

import pytest

from communique.lexicons import loader
from schemas.vocabularies import ActorType

_TABLES = ("countries", "organisations", "persons", "houses", "ambiguous_forms", "currencies", "currency_words")


def _actor_ids() -> set[str]:
    return {country.actor_id for country in loader.countries().values()} | set(loader.organisations())


def _forms() -> Iterator[tuple[str, str]]:
    """Every (form, actor id) of countries and organisations."""
    for country in loader.countries().values():
        capital = (country.capital,) if country.capital else ()
        official = (country.official_name,) if country.official_name else ()
        for form in (
            country.name,
            *official,
            *country.aliases,
            *country.abbreviations,
            *capital,
            *country.capital_aliases,
            *country.demonyms,
        ):
            yield form, country.actor_id
    for body in loader.organisations().values():
        for form in {body.name, *body.aliases, *body.acronyms, *body.demonyms}:
            yield form, body.actor_id


@pytest.mark.parametrize("table", _TABLES)
def test_every_row_of_a_table_is_well_formed(table: str) -> None:
    assert getattr(loader, table)()


def test_every_file_names_its_source_and_licence() -> None:
    files = {
        file.name
        for file in resources.files("communique.lexicons").iterdir()
        if file.name.endswith((".csv", ".toml", ".txt"))
    }
    assert set(loader.sources()) == files - {"SOURCES.toml"}
    assert all(entry["source"] and entry["licence"] for entry in loader.sources().values())


def test_a_form_of_two_actors_is_listed_as_ambiguous_with_all_of_them() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for form, actor_id in _forms():
        owners[form].add(actor_id)
    listed = loader.ambiguous_forms()
    unlisted = {
        form: actors
        for form, actors in owners.items()
        if len(actors) > 1 and (form not in listed or not actors <= set(listed[form].actor_ids))
    }
    assert not unlisted


def test_ambiguous_forms_speak_of_known_actors_under_forms_that_exist() -> None:
    known = _actor_ids()
    forms = {form for form, _ in _forms()} | set(loader.houses())
    for form in loader.ambiguous_forms().values():
        assert set(form.actor_ids) <= known, form
        assert form.text in forms or len(form.actor_ids) > 1, form


def test_actor_ids_in_word_files_are_known() -> None:
    known = _actor_ids() | set(loader.persons())
    kinds = "|".join(kind.value for kind in ActorType)
    written = {
        found.group()
        for file in resources.files("communique.lexicons").iterdir()
        if file.name.endswith(".toml")
        for found in re.finditer(rf"\b(?:{kinds}):[A-Za-z0-9-]+", file.read_text("utf-8"))
    }
    assert written <= known, sorted(written - known)


def test_houses_stand_for_known_actors() -> None:
    assert {house.actor_id for house in loader.houses().values()} <= _actor_ids()


def test_a_person_has_no_form_of_another_person() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for person in loader.persons().values():
        for form in (person.name, *person.aliases):
            owners[form].add(person.actor_id)
    assert not {form: actors for form, actors in owners.items() if len(actors) > 1}


@pytest.mark.parametrize("table", ["organisations", "persons", "currencies"])
def test_countries_of_rows_are_known(table: str) -> None:
    records = getattr(loader, table)().values()
    assert {record.country for record in records if record.country} <= set(loader.countries())


def test_every_type_of_actor_but_persons_and_countries_has_organisations() -> None:
    types = {body.type for body in loader.organisations().values()}
    assert types == set(ActorType) - {ActorType.PERSON, ActorType.COUNTRY}


def test_alpha2_codes_are_unique() -> None:
    codes = [country.alpha2 for country in loader.countries().values() if country.alpha2]
    assert len(codes) == len(set(codes)) == 250


def test_words_of_one_currency_are_not_shared() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for currency in loader.currencies().values():
        for word in (*currency.words, *currency.symbols):
            owners[word].add(currency.code)
    assert not {word: codes for word, codes in owners.items() if len(codes) > 1}


def test_shared_words_belong_to_known_currencies() -> None:
    for word in loader.currency_words().values():
        assert set(word.codes) <= set(loader.currencies()), word
        assert len(word.codes) > 1, word


def test_rates_are_of_known_currencies_and_positive() -> None:
    rates = loader.exchange_rates()
    assert {code for code, _ in rates} <= set(loader.currencies())
    assert all(rate > 0 for rate in rates.values())
    assert {rate for (code, _), rate in rates.items() if code == "USD"} == {1.0}


@pytest.mark.parametrize(
    ("form", "actor_id"),
    [
        ("Ivory Coast", "country:CIV"),
        ("Côte d’Ivoire", "country:CIV"),
        ("Burma", "country:MMR"),
        ("Turkey", "country:TUR"),
        ("DPRK", "country:PRK"),
        ("U.K.", "country:GBR"),
        ("Holland", "country:NLD"),
        ("USSR", "country:SUN"),
        ("Kiev", "country:UKR"),
        ("Bonn", "country:DEU"),
        ("Britons", "country:GBR"),
        ("Filipino", "country:PHL"),
        ("Group of Seven", "international_organisation:g7"),
        ("UN Refugee Agency", "international_organisation:unhcr"),
        ("Pentagon", "government_body:us-department-of-defense"),
        ("European", "group:europe"),
    ],
)
def test_forms_of_the_press(form: str, actor_id: str) -> None:
    assert (form, actor_id) in set(_forms())


@pytest.mark.parametrize(
    ("actor_id", "form"),
    [
        ("person:volodymyr-zelenskyy", "Volodymyr Zelensky"),
        ("person:ishiba-shigeru", "Shigeru Ishiba"),
        ("person:kim-jong-un", "Kim Jong Un"),
        ("person:viktor-orban", "Orbán Viktor"),
        ("person:recep-tayyip-erdogan", "Recep Tayyip Erdogan"),
    ],
)
def test_names_of_people_in_their_other_spellings(actor_id: str, form: str) -> None:
    assert form in loader.persons()[actor_id].aliases


def test_a_person_keeps_every_office_with_the_best_known_last() -> None:
    offices = [tenure.office for tenure in loader.persons()["person:mark-rutte"].offices]
    assert offices == ["Prime Minister of the Netherlands", "Secretary General of NATO"]
