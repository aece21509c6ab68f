"""What is known of an actor: its type, country, office, and the forms it was seen under."""

from __future__ import annotations

import pytest

from communique.extraction.actors import find_actors
from communique.extraction.model import Actor

TYPES = [
    ("The Ministry of Fisheries met.", "government_body"),
    ("The Lagos Evening Herald asked.", "media"),
    ("The Oromo Liberation Army attacked.", "armed_force"),
    ("The Carpathian Institute for Grain Policy left.", "research_organisation"),
    ("Halvorsen Shipping Corp. sued.", "company"),
    ("The Flemish Farmers' Party lost.", "political_party"),
    ("The Dutch Water Managers' Guild met.", "other_organisation"),
    ("The International Commission on Wetlands met.", "international_organisation"),
    ("The Grain Corridor Coalition met.", "group"),
    ("The National Democratic Alliance of Tuva split.", "political_party"),
    ('"Yes," said Adaobi Nwosu.', "person"),
    ("Peru agreed.", "country"),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_the_head_word_tells_the_type(text: str, kind: str, article_of) -> None:
    _, actors = find_actors(article_of(text))
    assert [actor.type for actor in actors.values() if actor.type != "country" or kind == "country"] == [kind]


COUNTRIES = [
    ("Ghanaian President Kwabena Ofori-Atta spoke.", "person:kwabena-ofori-atta", "GHA"),
    ("Kenya's foreign minister, Achieng Wairimu, spoke.", "person:achieng-wairimu", "KEN"),
    ("Achieng Wairimu, a Kenyan lawyer, spoke.", "person:achieng-wairimu", "KEN"),
    ("Dutch development minister Joost ter Beek left.", "person:joost-ter-beek", "NLD"),
    ("Adaobi Nwosu spoke to reporters.", "person:adaobi-nwosu", None),
    ("The Kenyan Tea Growers' Union met.", "other_organisation:kenyan-tea-growers-union", "KEN"),
    ("The Office of Grain Tariffs in London said no.", "government_body:office-of-grain-tariffs", "GBR"),
    ("Emmanuel Macron spoke.", "person:emmanuel-macron", "FRA"),
]


@pytest.mark.parametrize(("text", "actor_id", "country"), COUNTRIES)
def test_nationality_and_seat_are_read_where_stated(text: str, actor_id: str, country: str | None, article_of) -> None:
    _, actors = find_actors(article_of(text))
    assert actors[actor_id].country == country


ROLES = [
    ("Ghanaian President Kwabena Ofori-Atta spoke.", "Ghanaian President"),
    ("Secretary of State Warren Pellew replied.", "Secretary of State"),
    ("Kenya's deputy trade minister, Achieng Wairimu, spoke.", "deputy trade minister"),
    ("Achieng Wairimu, director of the Tea Institute, spoke.", "director of the Tea Institute"),
    ("Mr. Pellew replied to Warren Pellew.", None),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_the_office_is_the_one_the_article_gives(text: str, role: str | None, article_of) -> None:
    _, actors = find_actors(article_of(text))
    assert [actor.role for actor in actors.values() if actor.type == "person"] == [role]


@pytest.mark.parametrize(
    ("published", "role"),
    [("2018-05-01", "Chancellor of Germany"), ("2024-05-01", None), (None, None)],
)
def test_a_known_office_holder_has_the_office_of_the_time(published: str | None, role: str | None, article_of) -> None:
    _, actors = find_actors(article_of("The paper quotes Angela Merkel.", published=published))
    assert actors["person:angela-merkel"].role == role


@pytest.mark.parametrize(
    ("published", "actor_id"),
    [("1990-08-08", "person:george-h-w-bush"), ("2003-03-20", "person:george-w-bush")],
)
def test_a_surname_with_a_title_is_the_holder_of_the_time(published: str, actor_id: str, article_of) -> None:
    _, actors = find_actors(article_of("Officials said President Bush would decide.", published=published))
    assert list(actors) == [actor_id]


def test_a_slip_in_a_name_is_seen_through_where_the_office_agrees(article_of) -> None:
    _, actors = find_actors(article_of("Japanese Foreign Minister Takeshi Iwaia spoke."))
    assert "person:iwaya-takeshi" in actors


def test_a_namesake_without_the_office_is_another_person(article_of) -> None:
    _, actors = find_actors(article_of('"No," said Takeshi Iwaia, a baker.'))
    assert "person:iwaya-takeshi" not in actors


def test_aliases_are_the_forms_seen_in_order(article_of) -> None:
    text = "Adaobi Nwosu rose. Critics of Nwosu left. The Lake Chad Water Commission (LCWC) met. The LCWC agreed."
    _, actors = find_actors(article_of(text))
    assert {a.actor_id: a.aliases for a in actors.values()} == {
        "person:adaobi-nwosu": ("Adaobi Nwosu", "Nwosu"),
        "other_organisation:lcwc": ("Lake Chad Water Commission", "LCWC"),
    }


def test_two_bearers_of_a_surname_are_told_apart_by_nearness(article_of) -> None:
    text = "Ruth Abara spoke. Then Abara left. Later Samuel Abara spoke. Then Abara left too."
    mentions, _ = find_actors(article_of(text))
    assert [m.actor_id for m in mentions] == [
        "person:ruth-abara", "person:ruth-abara", "person:samuel-abara", "person:samuel-abara",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Zelensky", "Zelenskyy", "Zelenskiy", "Zelenski"])
def test_spellings_of_one_name_are_one_actor(name: str, article_of) -> None:
    _, actors = find_actors(article_of(f"Volodymyr Zelenskyy spoke. Aides to {name} agreed."))
    assert list(actors) == ["person:volodymyr-zelenskyy"]


def test_a_generic_body_belongs_to_the_country_spoken_of(article_of) -> None:
    def body(text: str) -> Actor:
        _, actors = find_actors(article_of(text))
        return next(actor for actor in actors.values() if actor.type == "government_body")

    assert body("Poland waits. In Poland the Senate voted.").country == "POL"
    assert body("The United States waits. Americans watch the Senate.").country == "USA"


def test_an_acronym_that_the_article_defines_is_not_the_famous_one(article_of) -> None:
    text = "The Northern Sheep Cooperative (NSC) met. The NSC has no flock."
    mentions, _ = find_actors(article_of(text))
    assert {m.actor_id for m in mentions} == {"other_organisation:nsc"}
