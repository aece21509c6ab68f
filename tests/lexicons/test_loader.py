"""Reference data that does not fit its record is refused with the file and the line."""

from __future__ import annotations

import pytest

from communique.lexicons import loader
from communique.lexicons.cells import by_key, parse_rows
from communique.lexicons.records import LexiconError, Organisation

_ORGANISATIONS = ("actor_id", "name", "type", "country", "acronyms", "aliases", "demonyms", "seat")
_HEADER = ",".join(_ORGANISATIONS) + "\n"
_GOOD = "media:the-evening-bell,The Evening Bell,media,NOR,,Evening Bell|Bell,,Oslo\n"


def _parse(text: str) -> list[Organisation]:
    return list(parse_rows("bodies.csv", text, _ORGANISATIONS, loader._organisation))


def test_cells_with_several_values_become_tuples_and_empty_cells_none() -> None:
    (body,) = _parse(_HEADER + _GOOD)
    assert body.aliases == ("Evening Bell", "Bell")
    assert body.acronyms == ()
    assert (body.country, body.seat) == ("NOR", "Oslo")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("actor_id,name\n", "bodies.csv:1: columns actor_id,name"),
        (_HEADER + _GOOD + "media:bell,Bell\n", "bodies.csv:3: 2 cells"),
        (_HEADER + _GOOD + "press:bell,Bell,press,,,,,\n", "bodies.csv:3: 'press:bell' is no actor id"),
        (_HEADER + "media:The Bell,Bell,media,,,,,\n", "bodies.csv:2: 'media:The Bell' is no actor id"),
        (_HEADER + "media:bell,Bell,company,,,,,\n", "bodies.csv:2: type 'company'"),
        (_HEADER + "media:bell,Bell,media,Norway,,,,\n", "bodies.csv:2: 'Norway' is no three-letter code"),
        (_HEADER + "media:bell,,media,,,,,\n", "bodies.csv:2: no name"),
        (_HEADER + _GOOD + "media:bell,Bell,media,,,A| B,,\n", "bodies.csv:3: empty or padded value"),
        (_HEADER + "media:bell,Bell,media,,,A||B,,\n", "bodies.csv:2: empty or padded value"),
        (_HEADER + "media:bell,Bell,media,,,A|B|A,,\n", "bodies.csv:2: repeated value"),
    ],
)
def test_a_row_that_does_not_fit_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(LexiconError) as raised:
        _parse(text)
    assert str(raised.value).startswith(said)


def test_a_key_that_stands_twice_is_refused() -> None:
    rows = iter(_parse(_HEADER + _GOOD + _GOOD))
    with pytest.raises(LexiconError, match="twice"):
        by_key("bodies.csv", rows, lambda body: body.actor_id)


_PERSON = ("actor_id", "name", "country", "office", "office_from", "office_to", "aliases")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("person:ada-berg,Ada Berg,NOR,,2001,,", "years without an office"),
        ("person:ada-berg,Ada Berg,NOR,Mayor of Bergen,2009,2001,", "from 2009 to 2001"),
        ("person:ada-berg,Ada Berg,NOR,Mayor of Bergen,09,,", "no year"),
    ],
)
def test_offices_of_people_have_sensible_years(row: str, said: str) -> None:
    text = ",".join(_PERSON) + f"\n{row}\n"
    with pytest.raises(LexiconError, match=said):
        list(parse_rows("people.csv", text, _PERSON, loader._person))


def test_rows_of_one_person_become_one_record() -> None:
    text = ",".join(_PERSON) + "\nperson:ada-berg,Ada Berg,NOR,Mayor of Bergen,1999,2003,\n"
    text += "person:ada-berg,Ada Berg,NOR,Prime Minister of Norway,2005,,\n"
    (person,) = loader._merged(parse_rows("people.csv", text, _PERSON, loader._person))
    assert [tenure.first_year for tenure in person.offices] == [1999, 2005]


def test_a_preferred_reading_is_one_of_the_readings() -> None:
    columns = ("alias", "actor_ids", "preferred", "how")
    text = ",".join(columns) + "\nBell,media:bell|company:bell,group:bell,acronym\n"
    with pytest.raises(LexiconError, match="none of the actors"):
        list(parse_rows("forms.csv", text, columns, loader._ambiguous))
