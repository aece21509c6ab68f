"""What may have been read twice."""

import pytest

from communique.quality.checks import Outcome
from communique.quality.checks_duplicates import near_duplicates, repeated_articles
from communique.releases.rows import rows_of
from schemas.tables import TABLES
from tests.releases.conftest import make_article, make_table

EMPTY = {name: table.empty() for name, table in TABLES.items()}
AID = {
    "article_id": "a",
    "donor_id": "country:PER",
    "recipient_id": "country:TCD",
    "amount": 3e6,
    "currency": "USD",
    "sentence_start": 7,
}


def check(results, name):
    (found,) = [result for result in results if result.id == f"{name}.near_duplicates"]
    return found


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({}, 2),
        ({"rule": "another"}, 2),
        ({"amount": 4e6}, 0),
        ({"recipient_id": "country:TGO"}, 0),
        ({"article_id": "b"}, 0),
        ({"sentence_start": 90}, 0),
    ],
)
def test_rows_that_say_the_same_of_one_sentence(other, alike):
    rows = make_table("aid_commitments", AID | {"aid_id": "aid-1"}, AID | {"aid_id": "aid-2"} | other)
    found = check(near_duplicates(rows_of(EMPTY | {"aid_commitments": rows})), "aid_commitments")
    assert found.failed == alike
    assert [example.row_id for example in found.examples] == ["aid-1", "aid-2"][:alike]


def test_articles_of_one_title_and_day():
    same = {"title": "Talks on trade", "publisher": "The Gazette", "published": "2025-03-01"}
    days = [same, same, same | {"published": "2025-03-02"}, same | {"title": None}, same | {"title": None}]
    articles = make_table("articles", *(make_article(n) | day for n, day in enumerate(days)))
    assert check(near_duplicates(rows_of(EMPTY | {"articles": articles})), "articles").failed == 2


def dates(**sentences):
    rows = [
        {"date_id": f"date-{article}-{n}", "article_id": article, "evidence": words}
        for article, said in sentences.items()
        for n, words in enumerate(said)
    ]
    return rows_of(EMPTY | {"dates": make_table("dates", *rows)})


@pytest.mark.parametrize(
    ("other", "repeated"),
    [("abcdef", 2), ("abcdefghi", 1), ("abcde", 2), ("abcdxyz", 0), ("uvwxyz", 0), ("abcd", 0)],
)
def test_articles_that_repeat_the_sentences_of_another(other, repeated):
    found = repeated_articles(dates(one="abcdef", two=other))
    assert found.failed == repeated
    assert found.outcome is (Outcome.WARNED if repeated else Outcome.PASSED)


def test_the_other_article_is_named():
    found = repeated_articles(dates(one="abcdefgh", two="abcdef"))
    assert [str(example) for example in found.examples] == ["two: 6 of 6 sentences are in one"]


def test_what_everybody_says_is_no_repetition():
    found = repeated_articles(dates(**{f"a{n}": "abcdef" for n in range(20)}))
    assert found.failed == 0
