"""The columns of a recommendation, and what holds for any text."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.articles.build import build_article
from communique.extraction.model import Annotations
from communique.extraction.recommendations import recommendation_rows
from communique.extraction.recommendations.topics import topic_of
from communique.extraction.recommendations.words import constructions
from schemas.vocabularies import Modality, Strength, Topic

CASES = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))["case"]
WORDS = st.sampled_from(
    [
        *(
            "Chile",
            "Peru",
            "must",
            "should",
            "not",
            "act",
            "the",
            "need",
            "to",
            "for",
            "and",
            "that",
            ",",
            ".",
            ":",
            "“",
            "”",
        ),
        *(
            "call",
            "on",
            "urges",
            "could",
            "it",
            "is",
            "important",
            "1.",
            "\n",
            "- ",
            "First,",
            "said",
            "?",
            "have",
            "be",
        ),
    ]
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_columns(case: dict[str, Any], annotated: Callable[[str], Annotations]) -> None:
    row = recommendation_rows(annotated(case["text"]))[0]
    assert {name: "" if (value := getattr(row, name)) is None else value for name in case["row"]} == case["row"]


TOPICS = [
    ("lift the embargo", "", "", "", "sanctions"),
    ("open an investigation", "", "", "", "other"),
    ("treat this as important", "", "", "", "other"),
    ("buy howitzers and shells", "", "", "", "defence"),
    ("be continued", "", "", "All sanctions", "sanctions"),
    ("ensure food security", "", "", "", "aid"),
    ("adopt the same benchmark", "", "The allies spend two percent of GDP on their armies.", "", "defence"),
    ("act at once", "If the pipeline is cut, Chile should act at once.", "", "", "energy"),
    ("raise the matter in the Security Council", "", "", "", "diplomacy"),
]


@pytest.mark.parametrize(("action", "sentence", "nearby", "subject", "topic"), TOPICS)
def test_topics(action: str, sentence: str, nearby: str, subject: str, topic: str) -> None:
    assert topic_of(action, sentence, nearby, subject) == topic


def test_sentences_of_one_item_keep_its_number(annotated: Callable[[str], Annotations]) -> None:
    text = "Second, Chile must act. Peru should wait too.\n\nKenya should sleep."
    assert [row.ordinal for row in recommendation_rows(annotated(text))] == [2, 2, None]


def test_a_last_point_has_no_number(annotated: Callable[[str], Annotations]) -> None:
    rows = recommendation_rows(annotated("First, Chile must act. Finally, Peru must act."))
    assert [row.ordinal for row in rows] == [1, None]


def test_the_government_is_that_of_the_country_spoken_of(annotated: Callable[[str], Annotations]) -> None:
    rows = recommendation_rows(annotated("Peru has closed its ports. The government should reopen them."))
    assert [row.addressee_ids for row in rows] == [("country:PER",)]


def test_both_sides_are_the_two_countries_just_named(annotated: Callable[[str], Annotations]) -> None:
    rows = recommendation_rows(annotated("Peru and Chile dispute the strait. Both sides should talk."))
    assert [row.addressee_ids for row in rows] == [("country:CHL", "country:PER")]


def test_a_list_addressed_to_someone_recommends(annotated: Callable[[str], Annotations]) -> None:
    text = (
        "What to do\n\nTo the government of Chile:\n\n1. Open the port.\n\n2. Do not raise the fees.\n\n"
        "To Peru and Kenya:\n\n3. Send boats."
    )
    rows = recommendation_rows(annotated(text))
    assert [(row.action, row.addressee_ids, row.is_negated, row.ordinal) for row in rows] == [
        ("Open the port", ("country:CHL",), False, 1),
        ("raise the fees", ("country:CHL",), True, 2),
        ("Send boats", ("country:PER", "country:KEN"), False, 3),
    ]


def test_a_list_of_one_is_a_list_where_someone_is_addressed(annotated: Callable[[str], Annotations]) -> None:
    text = (
        "What to do\n\nTo Chile:\n\n- Immediately and fully open the port. Publish the fees.\n\n"
        "To the U.N. envoys in Peru:\n\n- Support for this is growing."
    )
    rows = recommendation_rows(annotated(text))
    assert [(row.action, row.addressee_ids) for row in rows] == [
        ("open the port", ("country:CHL",)),
        ("Publish the fees", ("country:CHL",)),
    ]


def test_they_are_those_just_spoken_of(annotated: Callable[[str], Annotations]) -> None:
    rows = recommendation_rows(annotated("Peru and Chile have closed the strait. They should talk."))
    assert [row.addressee_ids for row in rows] == [("country:PER", "country:CHL")]


def test_his_government_is_that_of_his_country(annotated: Callable[[str], Annotations]) -> None:
    rows = recommendation_rows(annotated("Juan Rojas lost the vote. His government should resign."))
    assert [row.addressee_ids for row in rows] == [("country:CHL",)]


def test_it_is_no_country_where_a_body_without_a_name_is_spoken_of(annotated: Callable[[str], Annotations]) -> None:
    rows = recommendation_rows(annotated("The world has watched Peru. It should act."))
    assert [row.addressee_ids for row in rows] == [()]


def test_clauses_of_a_resolution_are_its_bodys(annotated: Callable[[str], Annotations]) -> None:
    text = "The European Commission,\n\nUrges Peru to open the strait;\n\nStresses that Chile must wait;"
    rows = recommendation_rows(annotated(text))
    assert [row.recommender_id for row in rows] == ["international_organisation:european-union"] * 2


def test_a_body_of_the_union_is_the_union(annotated: Callable[[str], Annotations]) -> None:
    rows = recommendation_rows(annotated("The European Commission should pay."))
    assert [row.addressee_ids for row in rows] == [("international_organisation:european-union",)]


def test_constructions_use_the_vocabularies() -> None:
    assert {c.modality for c in constructions()} <= {m.value for m in Modality}
    assert {c.strength for c in constructions()} <= {s.value for s in Strength}
    assert len({c.name for c in constructions()}) == len(constructions())


@given(st.text(max_size=60))
def test_every_topic_is_known(action: str) -> None:
    assert topic_of(action) in {t.value for t in Topic}


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
@settings(max_examples=150)
def test_rows_of_any_text_point_into_their_sentence(text: str) -> None:
    article = build_article(text)
    annotations = Annotations(article=article, amounts=(), percents=(), timexes=(), mentions=(), actors={})
    rows = recommendation_rows(annotations)
    assert rows == recommendation_rows(annotations)
    for row in rows:
        sentence = article.sentences[row.sentence]
        assert sentence.start <= row.char_start < row.char_end <= sentence.end
        assert row.action in text
