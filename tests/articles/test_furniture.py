"""Lines that publishers put around an article, each by the rule that knows it, and lines of the body beside them."""

from __future__ import annotations

import pytest

from communique.articles.furniture import matching_rule
from communique.articles.habits import hinted, rules
from communique.articles.language import is_english, language_of
from communique.articles.sheet import Line

FURNITURE = [
    ("Please sign up for our weekly briefing newsletter.", "appeal"),
    ("Follow the Harbour Courier on Bluesky and LinkedIn.", "appeal"),
    ("Become a patron.", "appeal"),
    ("If you liked this piece, tell a friend.", "appeal"),
    ("Create a free account to read on.", "appeal"),
    ("What do you think? Tell the editors.", "appeal"),
    ("Get the app and never miss an essay.", "appeal"),
    ("Reach out to us with questions of your own.", "appeal_edge"),
    ("My new book, Ports of the North, is now available.", "appeal_edge"),
    ("For further enquiries, call the desk.", "contact"),
    ("Did we miss something in this report?", "contact"),
    ("Additional reporting by Ada Brekke in Oslo; editing by Tom Marsh", "reporting_credit"),
    ("Ida Holm contributed to this report.", "reporting_credit"),
    ("The views expressed here are her own.", "disclaimer"),
]
BODY = [
    "The ministers agreed to follow the talks in Oslo and to consider more aid.",
    "The order for the trucks was sent to a yard that has been available since May.",
    "Norway's office for trade has no account of the missing shipment.",
    "If you ask the ministry, the ports were never closed, and nobody has written to it.",
]


def _rule(text: str) -> str | None:
    line = Line.of(text)
    rule = matching_rule(line, hinted([line.text.lower()]).get(0, frozenset()), head=True, tail=True)
    return rule.name if rule else None


@pytest.mark.parametrize(("text", "name"), FURNITURE)
def test_furniture_is_known_by_its_rule(text: str, name: str) -> None:
    assert _rule(text) == name


@pytest.mark.parametrize("text", BODY)
def test_body_that_shares_words_with_furniture_stays(text: str) -> None:
    assert _rule(text) is None


def test_what_rules_need_is_written_in_small_letters() -> None:
    assert all(need == need.lower() for rule in rules().values() for need in rule.needs)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ports were closed for a year and the yards had no work to give to their people.", "en"),
        ("quarterly net income rose, citing lower freight costs", "en"),
        ("Regjeringen vil gi mer penger til havnene i nord, sier ministeren etter møtet med fiskerne.", "no"),
        ("La ministre a annoncé que les ports du nord recevront une aide supplémentaire cette année.", "fr"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert language_of(text) == language
    assert is_english(text) == (language == "en")
