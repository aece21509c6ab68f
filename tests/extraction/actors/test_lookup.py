"""Mentions by place, rows of mentions, and the actors of role columns."""

from __future__ import annotations

import pytest

from communique.articles.model import SentenceKind
from communique.extraction.actors import find_actors, mention_rows
from communique.extraction.actors.lookup import mentions_within, role_actor
from communique.extraction.model import Annotations

TEXT = "The European Commission sued. The Ukrainian Armed Forces hold Peru's bridge. Tokyo and NATO agreed."


def annotated(article_of, text: str = TEXT) -> Annotations:
    article = article_of(text)
    mentions, actors = find_actors(article)
    return Annotations(article, (), (), (), mentions, actors)


@pytest.mark.parametrize(
    ("needle", "found"),
    [
        ("European", ["European Commission"]),
        ("hold", []),
        ("Forces hold Peru", ["Ukrainian Armed Forces", "Peru"]),
        ("Tokyo and NATO", ["Tokyo", "NATO"]),
    ],
)
def test_mentions_within_a_span_are_those_that_overlap_it(needle: str, found: list[str], article_of) -> None:
    notes = annotated(article_of)
    start = TEXT.index(needle)
    inside = mentions_within(notes, start, start + len(needle))
    assert [TEXT[m.start : m.end] for m in inside] == found


@pytest.mark.parametrize(
    ("surface", "role"),
    [
        ("European Commission", "international_organisation:european-union"),
        ("Ukrainian Armed Forces", "country:UKR"),
        ("Peru", "country:PER"),
        ("Tokyo", "country:JPN"),
        ("NATO", "international_organisation:nato"),
    ],
)
def test_role_columns_name_the_country_or_the_union(surface: str, role: str, article_of) -> None:
    notes = annotated(article_of)
    mention = next(m for m in notes.mentions if TEXT[m.start : m.end] == surface)
    assert role_actor(notes.actors, mention.actor_id) == role


def test_rows_carry_span_sentence_and_rule(article_of) -> None:
    rows = mention_rows(annotated(article_of))
    assert [(row.text, row.sentence, row.mention_kind, row.rule) for row in rows] == [
        ("European Commission", 0, "name", "lexicon.name"),
        ("Ukrainian Armed Forces", 1, "name", "lexicon.name"),
        ("Peru", 1, "name", "lexicon.name"),
        ("Tokyo", 2, "capital", "lexicon.capital"),
        ("NATO", 2, "name", "lexicon.name"),
    ]


def test_the_publication_line_names_no_actors(article_of) -> None:
    mentions, actors = find_actors(article_of("Published in Peru", kind=SentenceKind.PUBLICATION_LINE))
    assert (mentions, actors) == ((), {})
