import json

import pytest

from communique.quality.gold import GoldError, gold_article, load_gold

TEXT = "Menu | Search\nPeru lends Chile pumps. Peru and Chile agree. Chilean boats left.\nAbout Peru Today"


def gold(**parts):
    return {"article": {"file": "a.txt"}, **parts}


def actor(actor_id, *surfaces, **parts):
    return {"actor_id": actor_id, "type": "country", "surfaces": [{"text": s} for s in surfaces], **parts}


def words(article):
    return [(TEXT[start:end], who) for (start, end), who in sorted(article.mentions.items())]


def test_a_row_stands_where_its_quote_is():
    (row,) = gold_article(gold(tariffs=[{"quote": "pumps", "rate_percent": 5}]), TEXT).rows["tariffs"]
    assert TEXT[row.start : row.end] == "pumps"
    assert not row.optional


def test_a_repeated_quote_is_placed_by_its_context():
    (row,) = gold_article(gold(dates=[{"quote": "Chile", "in": "Chile agree"}]), TEXT).rows["dates"]
    assert row.start == TEXT.index("Chile agree")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"quote": "Chile"}, "exactly once"),
        ({"quote": "Bolivia"}, "exactly once"),
        ({"quote": "boats", "in": "Peru lends Chile pumps"}, "is not inside"),
        ({"rate_percent": 5}, "no quote"),
    ],
)
def test_a_row_that_cannot_be_placed_is_an_error(row, problem):
    with pytest.raises(GoldError, match=f"a.txt: .*{problem}"):
        gold_article(gold(tariffs=[row]), TEXT)


def test_mentions_are_all_whole_words_of_the_body():
    actors = [actor("country:PER", "Peru"), actor("country:CHL", "Chile", "Chilean")]
    article = gold_article(gold(actors=actors, body_quotes_start="Peru lends", body_quotes_end="boats left."), TEXT)
    assert words(article) == [
        ("Peru", "country:PER"),
        ("Chile", "country:CHL"),
        ("Peru", "country:PER"),
        ("Chile", "country:CHL"),
        ("Chilean", "country:CHL"),
    ]


def test_the_longest_form_wins_and_barred_contexts_do_not_count():
    actors = [
        actor("country:PER", "Peru", not_here=["Peru and"]),
        actor("media:peru-today", "Peru Today"),
    ]
    found = words(gold_article(gold(actors=actors), TEXT))
    assert found == [("Peru", "country:PER"), ("Peru Today", "media:peru-today")]


def test_without_actors_mentions_are_not_judged():
    assert gold_article(gold(), TEXT).mentions is None


def test_gold_files_are_told_from_other_json(tmp_path):
    (tmp_path / "a.gold.json").write_text(json.dumps(gold()))
    (tmp_path / "b.gold.json").write_text(json.dumps({"article": {"file": "b.txt"}}))
    (tmp_path / "catalogue.json").write_text("{}")
    golds, absent = load_gold(tmp_path, {"a.txt": TEXT})
    assert [article.file for article in golds] == ["a.txt"]
    assert absent == ["b.txt"]


@pytest.mark.parametrize(
    ("content", "problem"), [("{", "not readable"), ('{"article": {}}', "must name"), ("[]", "no gold")]
)
def test_broken_gold_is_named(tmp_path, content, problem):
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(GoldError, match=problem):
        load_gold(tmp_path, {})
