"""What the tables may lack: which sentences promise a row, and which articles fell silent."""

import pytest

from communique.articles.build import build_article
from communique.extraction.cues import cue_sentences
from communique.extraction.engine import annotate
from communique.quality.checks import Outcome
from communique.quality.coverage import coverage
from communique.quality.measured import Before
from communique.quality.misses import LISTED, LISTED_OF_ARTICLE, bounded, cue_frame, search
from communique.releases.rows import FrameRows, rows_of
from schemas.tables import FACT_TABLES, TABLES
from tests.releases.conftest import make_table

EMPTY = {name: table.empty() for name, table in TABLES.items()}


HEAD = "Talks on trade\n\nThe talks went on for a long time and were held in a hall by the sea, as they had been.\n\n"


def article(text, name="a"):
    return build_article(f"{HEAD}{text}\n", article_id=name, source_file=f"{name}.txt")


def searched(frames, articles):
    return search(rows_of(frames), cue_frame((one, cue_sentences(annotate(one))) for one in articles).lazy())


def covered(frames, articles=None, before=None):
    return coverage(rows_of(frames), None if articles is None else searched(frames, articles), before)


def misses(text):
    return {(miss.table, miss.cue) for miss in searched(EMPTY, [article(text)]).misses}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru has pledged 3 million dollars to Chad.", {("aid_commitments", "pledged")}),
        ("The house was sold for 3 million dollars.", set()),
        ("Peru has pledged to help Chad.", set()),
        ("Togo put a duty of 12 percent on cement.", {("tariffs", "duty")}),
        ("A soldier is on duty for ten hours.", set()),
        ("Nobody likes a tariff.", {("tariffs", "tariff")}),
        ("Chad ought to build a road.", {("recommendations", "ought to")}),
        ("Musters were held, and shoulders were cold.", set()),
        ("The road was opened in 1987.", {("dates", "in 1987")}),
        ("The road was opened on 12 May.", {("dates", "12 May")}),
        ("The march of 300 people was long.", set()),
    ],
)
def test_words_that_promise_a_row(text, expected):
    assert misses(text) == expected


def test_a_sentence_that_gave_a_row_is_no_miss():
    found = article("Chad must build a road. Togo must build another.")
    second = found.sentences[-1]
    row = {"article_id": "a", "sentence_start": second.start}
    found_of = searched(EMPTY | {"recommendations": make_table("recommendations", row)}, [found])
    assert (found_of.with_cue["recommendations"], found_of.without_row["recommendations"]) == (2, 1)
    (miss,) = found_of.misses
    assert miss.sentence == "Chad must build a road."
    assert found.text[miss.char_start : miss.char_end] == miss.cue == "must"


def test_a_report_quotes_some_and_counts_all():
    articles = [article(" ".join(f"Chad must build road {n}." for n in range(9)), f"a{k}") for k in range(9)]
    found = covered(EMPTY, articles)
    listed = found.as_dict()["likely_misses"]
    assert len(listed) == LISTED
    assert max(sum(miss["article_id"] == f"a{k}" for miss in listed) for k in range(9)) == LISTED_OF_ARTICLE
    assert {"table": "recommendations", "with_cue": 81, "without_row": 81} in found.as_dict()["likely_misses_total"]
    (check,) = [result for result in found.results if result.id == "recommendations.likely_misses"]
    assert check.outcome is Outcome.WARNED


def test_long_sentences_are_cut_around_the_cue():
    words = "and so on, " * 60
    (miss,) = bounded(searched(EMPTY, [article(f"Chad, {words}must build a road, {words}they say.")]).misses)
    assert len(miss.sentence) <= 250
    assert "must build a road" in miss.sentence
    assert miss.sentence.startswith("…")
    assert miss.sentence.endswith("…")


def test_without_the_articles_nothing_is_said_of_sentences():
    found = covered(EMPTY)
    assert found.as_dict()["likely_misses_total"] == []
    assert all(result.outcome is Outcome.NOT_APPLICABLE for result in found.results)


def released(*articles, rows=()):
    """Tables with these articles, and a row of recommendations in each article that is named."""
    columns = [{"article_id": one.article_id, "ingested_text_sha256": one.text_sha256} for one in articles]
    facts = [{"recommendation_id": f"recommendation-{n:012x}", "article_id": name} for n, name in enumerate(rows)]
    tables = {"articles": make_table("articles", *columns)}
    return EMPTY | tables | ({"recommendations": make_table("recommendations", *facts)} if facts else {})


def silent(frames, articles, before=None):
    """The articles that the check names, and its outcome."""
    old = None if before is None else Before("0.1.0", {name: FrameRows(frame) for name, frame in before.items()})
    (result,) = [one for one in covered(frames, articles, old).results if one.id == "articles.none_fell_silent"]
    return [example.row_id for example in result.examples], result.outcome


PLAIN, FIRM = article("The road is long."), article("Peru has pledged 3 million dollars to Chad.")


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (released(PLAIN), None, ([], Outcome.PASSED)),
        (released(PLAIN), released(PLAIN), ([], Outcome.PASSED)),
        (released(PLAIN), released(PLAIN, rows="a"), (["a"], Outcome.FAILED)),
        (released(PLAIN), released(article("Another text."), rows="a"), ([], Outcome.PASSED)),
        (released(PLAIN, rows="a"), released(PLAIN, rows="aa"), ([], Outcome.PASSED)),
        (EMPTY, released(PLAIN, rows="a"), ([], Outcome.NOT_APPLICABLE)),
    ],
)
def test_an_article_that_fell_silent_stops_the_release(now, before, expected):
    assert silent(now, [PLAIN], before) == expected


def test_an_article_whose_words_leave_little_doubt_must_have_a_row():
    assert silent(released(FIRM), [FIRM]) == (["a"], Outcome.FAILED)
    assert silent(released(FIRM, rows="a"), [FIRM]) == ([], Outcome.PASSED)


def test_articles_without_rows_are_listed_by_table():
    found = covered(released(PLAIN, article("More.", "b"), rows="b")).as_dict()["articles_without_rows"]
    assert found == {name: ["a", "b"] for name in FACT_TABLES} | {"recommendations": ["a"]}


def test_null_shares_stand_beside_those_before():
    def tariffs(*rates):
        rows = [{"tariff_id": f"tariff-{n:012x}", "rate_percent": rate} for n, rate in enumerate(rates)]
        return EMPTY | {"tariffs": make_table("tariffs", *rows)}

    old = Before("0.1.0", {"tariffs": FrameRows(tariffs(1.0, 2.0)["tariffs"])})
    shares = covered(tariffs(None, 2.0, 3.0, 4.0), None, old).null_shares
    assert {"table": "tariffs", "column": "rate_percent", "share": 0.25, "previous": 0.0} in shares
    assert {"table": "dates", "column": "event", "share": None, "previous": None} in shares
