"""What changed since the release before: which changes pass, which warn, which stop, and which say nothing."""

import polars as pl
import pytest

from communique.quality.accuracy import accuracy_content, accuracy_drift
from communique.quality.checks import Outcome
from communique.quality.drift import drift
from communique.quality.evaluation import Accuracy, Evaluation, Figure
from communique.quality.measured import Before
from communique.quality.thresholds import bounds
from communique.releases.rows import rows_of
from schemas.tables import TABLES
from tests.releases.conftest import make_article, make_table, make_tariff

PASSED, FAILED, WARNED, NOTHING = Outcome.PASSED, Outcome.FAILED, Outcome.WARNED, Outcome.NOT_APPLICABLE


def tables(articles=5, tariffs=10, rate=lambda _: 10.0, status=lambda _: "imposed", mentions=range(10), text=None):
    """Tables of some articles; all rows stand in the first."""
    mention = {"article_id": make_article(1)["article_id"], "text": "x", "mention_kind": "name"}
    made = {
        "articles": [make_article(n) | (text or {}) for n in range(1, articles + 1)],
        "tariffs": [make_tariff(n, rate_percent=rate(n), status=status(n)) for n in range(tariffs)],
        "actor_mentions": [
            mention | {"mention_id": f"mention-{n:012x}", "actor_id": f"organisation:{n}"} for n in mentions
        ],
    }
    return {name: make_table(name, *made[name]) if made.get(name) else table.empty() for name, table in TABLES.items()}


def before(frames, quality=None):
    return Before("0.1.0", rows_of(frames), quality or {})


def outcome(check, new, old):
    (result,) = [result for result in drift(rows_of(new), before(old)).results if result.id == check]
    return result.outcome


@pytest.mark.parametrize(
    ("check", "new", "expected"),
    [
        ("tariffs.rows_kept", {"tariffs": 10}, PASSED),
        ("tariffs.rows_kept", {"tariffs": 7}, PASSED),
        ("tariffs.rows_kept", {"tariffs": 6}, FAILED),
        ("tariffs.rows_kept", {"tariffs": 0}, FAILED),
        ("tariffs.rows_kept", {"tariffs": 0, "text": {"ingested_text_sha256": "a" * 64}}, NOTHING),
        ("tariffs.rows_grown", {"tariffs": 15}, PASSED),
        ("tariffs.rows_grown", {"tariffs": 16}, WARNED),
        ("tariffs.null_share", {"rate": lambda n: None if n < 2 else 1.0}, PASSED),
        ("tariffs.null_share", {"rate": lambda n: None if n < 3 else 1.0}, WARNED),
        ("tariffs.category_mix", {"status": lambda n: "removed" if n < 2 else "imposed"}, PASSED),
        ("tariffs.category_mix", {"status": lambda n: "removed" if n < 3 else "imposed"}, WARNED),
        ("articles.articles_kept", {"articles": 3}, PASSED),
        ("articles.articles_kept", {"articles": 2}, FAILED),
        ("actors.actors_kept", {"mentions": range(3, 20)}, PASSED),
        ("actors.actors_kept", {"mentions": range(4, 20)}, FAILED),
        ("dates.rows_kept", {}, NOTHING),
    ],
)
def test_changes_over_unchanged_articles(check, new, expected):
    assert outcome(check, tables(**new), tables()) is expected


def test_few_rows_say_nothing():
    assert outcome("tariffs.rows_kept", tables(tariffs=0), tables(tariffs=7)) is NOTHING
    assert outcome("articles.articles_kept", tables(articles=1), tables(articles=3)) is NOTHING


def test_the_first_release_has_nothing_to_be_compared_with():
    found = drift(rows_of(tables()), Before())
    assert {result.outcome for result in found.results} == {NOTHING}
    assert {one.change for one in found.measured} == {None}


def test_a_withdrawn_article_takes_its_rows_along_without_any_drift():
    new = tables()
    moved = new["tariffs"].with_columns(article_id=pl.lit(make_article(2)["article_id"]))
    old = tables() | {"tariffs": pl.concat([new["tariffs"], moved.with_columns(tariff_id=pl.col("tariff_id") + "x")])}
    new["articles"] = new["articles"].filter(pl.col("article_id") != make_article(2)["article_id"])
    assert outcome("tariffs.rows_kept", new, old) is PASSED


def test_the_rows_that_are_gone_and_the_figures_are_named():
    found = drift(rows_of(tables(tariffs=5)), before(tables()))
    (result,) = [result for result in found.results if result.id == "tariffs.rows_kept"]
    assert (result.applied, result.failed, result.detail) == (10, 5, "10 before, 5 now")
    assert [example.row_id for example in result.examples] == [make_tariff(n)["tariff_id"] for n in range(5, 10)]
    (kept,) = [one for one in found.measured if one.bound.name == "rows_kept" and one.table == "tariffs"]
    assert kept.as_dict()["change"] == 0.5
    assert kept.as_dict()["bound"] == {"name": "rows_kept", "kind": "minimum", "limit": 0.7}


def evaluation(f1, gold=20, articles=5):
    """One table with one measure and one column."""
    return Evaluation(articles, (), {"tariffs": Accuracy({"key": Figure(f1, f1, f1, gold, gold)}, {"status": f1})})


def measured(f1, **more):
    return before(tables(), {"accuracy": accuracy_content(evaluation(f1, **more), Before())})


@pytest.mark.parametrize(
    ("now", "was", "expected"),
    [
        (evaluation(1.0), measured(1.0), PASSED),
        (evaluation(0.95), measured(1.0), PASSED),
        (evaluation(0.9), measured(1.0), FAILED),
        (evaluation(1.0), measured(0.5), PASSED),
        (evaluation(0.5), measured(1.0, articles=4), NOTHING),
        (evaluation(0.5, gold=4), measured(1.0, gold=4), NOTHING),
        (evaluation(0.5), before(tables()), NOTHING),
    ],
)
def test_accuracy_on_the_same_gold_articles(now, was, expected):
    (result,) = [result for result in accuracy_drift(now, was).results if result.id == "tariffs.accuracy_kept"]
    assert result.outcome is expected


def test_each_figure_has_the_one_before_beside_it():
    content = accuracy_content(evaluation(0.9), measured(1.0))
    assert content["compared_with"] == "0.1.0"
    assert (content["tariffs"]["key"]["previous"], content["tariffs"]["key"]["change"]) == (1.0, -0.1)
    assert content["tariffs"]["previous_fields"] == {"status": 1.0}
    alone = accuracy_content(evaluation(0.9), Before())
    assert (alone["compared_with"], alone["tariffs"]["key"]["change"]) == (None, None)


def test_every_bound_says_why():
    for bound in bounds().values():
        assert len(bound.reason) > 40, bound.name
        assert bound.reason.endswith("."), bound.name
        assert bound.fewest > 0, bound.name


def test_a_minimum_stops_and_a_maximum_warns_but_where_it_says_otherwise():
    others = {name for name, bound in bounds().items() if bound.stops != bound.is_minimum}
    assert others == {"quarantine_share", "columns_kept", "first_year"}
