"""Figures worked out by hand on a small text."""

import polars as pl
import pytest

from communique.quality.evaluation import evaluate, figure
from communique.quality.evaluation_values import same_actor, same_value
from communique.quality.gold import gold_article
from communique.releases.rows import rows_of

TEXT = (
    "Peru lent Chile 5 million dollars in May 2020. Peru should lend more. "
    "Chile must repay by June. Duties of 5 percent."
)
AID = {
    "donor_id": "country:PER",
    "recipient_id": "country:CHL",
    "amount": 5e6,
    "currency": "USD",
    "status": "provided",
    "category": "financial",
    "is_total": False,
}
ADVICE = {"addressee_ids": ["country:PER"], "modality": "should", "is_negated": False, "action": "lend more"}
ACTORS = [
    {"actor_id": "country:PER", "type": "country", "surfaces": [{"text": "Peru"}]},
    {"actor_id": "country:CHL", "type": "country", "surfaces": [{"text": "Chile"}]},
]


def row(words, **values):
    start = TEXT.index(words)
    sentence = TEXT.rfind(". ", 0, start) + 2 if ". " in TEXT[:start] else 0
    return {
        "article_id": "a",
        "char_start": start,
        "char_end": start + len(words),
        "sentence_start": sentence,
        "sentence_end": TEXT.index(".", start) + 1,
        "rule": "r",
        "evidence": "e",
        **values,
    }


def frame(rows):
    empty = {"article_id": pl.String, "char_start": pl.Int64, "char_end": pl.Int64, "actor_id": pl.String}
    return pl.DataFrame(rows) if rows else pl.DataFrame(schema=empty)


def measure(gold=(), *, actors=(), optional=(), names=("a.txt",), **tables):
    """The evaluation of the rows in `tables` against the gold rows of one article."""
    parts = dict(gold) | {"actors": list(actors), "optional_mentions": list(optional)}
    article = gold_article({"article": {"file": "a.txt"}, **parts}, TEXT)
    known = ("aid_commitments", "tariffs", "dates", "recommendations", "actor_mentions")
    frames = {name: frame(tables.get(name, [])) for name in known}
    frames["articles"] = pl.DataFrame(
        {"source_file": list(names), "article_id": ["a"] * len(names)},
        schema={"source_file": pl.String, "article_id": pl.String},
    )
    frames["actors"] = pl.DataFrame({"actor_id": ["country:PER", "country:CHL"], "type": ["country", "person"]})
    return evaluate(rows_of(frames), [article])


def prf(result, table, name):
    found = result.tables[table].measures[name]
    return found.precision, found.recall, found.f1


@pytest.mark.parametrize(
    ("hits", "predicted", "gold", "expected"),
    [
        (2, 4, 3, (0.5, 0.6667, 0.5714)),
        (0, 0, 0, (1, 1, 1)),
        (0, 2, 0, (0, 0, 0)),
        (0, 0, 2, (0, 0, 0)),
        (0, 1, 1, (0, 0, 0)),
    ],
)
def test_precision_recall_f1(hits, predicted, gold, expected):
    found = figure(hits, predicted, gold)
    assert (found.precision, found.recall, found.f1) == expected


class TestFacts:
    def test_a_row_with_all_keys_right(self):
        result = measure(
            {"aid_commitments": [{"quote": "5 million dollars", **AID}]},
            aid_commitments=[row("5 million", **AID, purpose=None)],
        )
        assert prf(result, "aid_commitments", "found") == prf(result, "aid_commitments", "key") == (1, 1, 1)
        assert set(result.tables["aid_commitments"].fields.values()) == {1.0}
        assert not result.findings

    def test_a_wrong_key_counts_as_found_only(self):
        wrong = AID | {"status": "pledged"}
        gold = {"aid_commitments": [{"quote": "5 million dollars", **AID}]}
        result = measure(gold, aid_commitments=[row("5 million dollars", **wrong)])
        assert prf(result, "aid_commitments", "found") == (1, 1, 1)
        assert prf(result, "aid_commitments", "key") == (0, 0, 0)
        assert result.tables["aid_commitments"].fields["status"] == 0
        (finding,) = result.findings
        assert (finding.kind, finding.rule) == ("wrong", "r")
        assert "status: gold 'provided', got 'pledged'" in finding.detail

    def test_an_accepted_value_is_right(self):
        gold = {"aid_commitments": [{"quote": "5 million dollars", **AID, "accept": {"status": ["pledged"]}}]}
        result = measure(gold, aid_commitments=[row("5 million dollars", **AID | {"status": "pledged"})])
        assert prf(result, "aid_commitments", "key") == (1, 1, 1)

    def test_one_sentence_and_one_figure_pair_rows_that_do_not_overlap(self):
        gold = {"aid_commitments": [{"quote": "5 million dollars", **AID}]}
        assert prf(measure(gold, aid_commitments=[row("lent", **AID)]), "aid_commitments", "found") == (1, 1, 1)
        other = [row("lent", **AID | {"amount": 6e6})]
        assert prf(measure(gold, aid_commitments=other), "aid_commitments", "found") == (0, 0, 0)

    def test_recommendations_overlap_by_half_of_the_shorter(self):
        gold = {"recommendations": [{"quote": "should lend more", **ADVICE}]}
        near = measure(gold, recommendations=[row("Peru should lend", **ADVICE)])
        assert prf(near, "recommendations", "found") == (1, 1, 1)
        far = measure(gold, recommendations=[row("dollars in May 2020. Peru should", **ADVICE)])
        assert prf(far, "recommendations", "found") == (0, 0, 0)

    def test_optional_rows_count_neither_way(self):
        gold = {"recommendations": [{"quote": "should lend more", **ADVICE, "optional": True}]}
        for rows in ([], [row("should lend more", **ADVICE)]):
            assert prf(measure(gold, recommendations=rows), "recommendations", "found") == (1, 1, 1)

    def test_of_two_rows_on_one_span_each_goes_to_the_gold_it_agrees_with(self):
        duties = [
            {"quote": "5 percent", "rate_percent": 5.0, "target_id": f"country:{c}", "status": "imposed"}
            for c in ("PER", "CHL")
        ]
        rows = [row("5 percent", rate_percent=5.0, target_id=f"country:{c}", status="imposed") for c in ("CHL", "PER")]
        assert prf(measure({"tariffs": duties}, tariffs=rows), "tariffs", "key") == (1, 1, 1)

    def test_missed_and_spurious_rows_are_listed(self):
        gold = {"recommendations": [{"quote": "should lend more", **ADVICE}]}
        result = measure(gold, recommendations=[row("must repay", **ADVICE)])
        assert [(f.kind, f.words, f.rule) for f in result.findings] == [
            ("missed", "should lend more", None),
            ("spurious", "must repay", "r"),
        ]


class TestDates:
    GOLD = (
        {"quote": "May 2020", "timex_value": "2020-05", "timex_type": "DATE"},
        {"quote": "June", "timex_value": "XXXX-06", "timex_type": "DATE"},
    )

    def test_strict_relaxed_value_and_type(self):
        rows = [
            row("in May 2020", timex_value="2020-05", timex_type="DATE"),
            row("June", timex_value="2020-06", timex_type="TIME"),
        ]
        result = measure({"dates": self.GOLD}, dates=rows)
        assert prf(result, "dates", "strict") == (0.5, 0.5, 0.5)
        assert prf(result, "dates", "relaxed") == (1, 1, 1)
        assert prf(result, "dates", "value") == (0.5, 0.5, 0.5)
        assert prf(result, "dates", "type") == (0.5, 0.5, 0.5)

    def test_one_row_serves_one_expression(self):
        rows = [
            row("May 2020. Peru should lend more. Chile must repay by June", timex_value="2020-05", timex_type="DATE")
        ]
        assert prf(measure({"dates": self.GOLD}, dates=rows), "dates", "relaxed") == (1, 0.5, 0.6667)


class TestActors:
    def mention(self, words, who, at=0):
        return row(words, actor_id=who) | {
            "char_start": TEXT.index(words, at),
            "char_end": TEXT.index(words, at) + len(words),
        }

    def test_mentions_by_exact_span_and_actor(self):
        later = TEXT.index("Peru should")
        rows = [
            self.mention("Peru", "country:PER"),
            self.mention("Peru", "country:PER", later),
            self.mention("Chile", "country:PER"),
            self.mention("June", "country:CHL"),
        ]
        result = measure(actors=ACTORS, actor_mentions=rows)
        assert prf(result, "actors", "mentions") == (0.75, 0.75, 0.75)
        assert prf(result, "actors", "linked") == (0.5, 0.5, 0.5)
        assert prf(result, "actors", "entities") == (0.5, 0.5, 0.5)
        assert result.tables["actors"].type_accuracy == 1
        assert sorted((f.kind, f.words) for f in result.findings) == [
            ("missed", "Chile"),
            ("spurious", "June"),
            ("wrong", "Chile"),
        ]

    def test_an_actor_under_another_id_is_linked_all_the_same(self):
        rows = [self.mention("Peru", "person:per"), self.mention("Peru", "person:per", 40)]
        assert prf(measure(actors=ACTORS, actor_mentions=rows), "actors", "linked")[0] == 1

    def test_a_second_row_on_one_span_is_spurious(self):
        rows = [self.mention("Peru", "country:PER")] * 2
        assert prf(measure(actors=ACTORS[:1], actor_mentions=rows), "actors", "mentions")[0] == 0.5

    def test_optional_contexts_count_neither_way(self):
        result = measure(
            actors=ACTORS, optional=["Chile 5", "Peru should"], actor_mentions=[self.mention("Chile", "country:CHL")]
        )
        assert result.tables["actors"].measures["mentions"].gold == 2
        assert result.tables["actors"].measures["mentions"].predicted == 0

    def test_articles_without_annotated_actors_are_left_out(self):
        result = measure(actor_mentions=[self.mention("Peru", "country:PER")])
        assert prf(result, "actors", "mentions") == (1, 1, 1)


def test_an_article_that_was_not_ingested_counts_as_missed():
    result = measure({"aid_commitments": [{"quote": "5 million dollars", **AID}]}, names=())
    assert result.not_ingested == ("a.txt",)
    assert prf(result, "aid_commitments", "found") == (0, 0, 0)


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ("country:PER", "country:PER", True),
        ("country:PER", "country:CHL", False),
        ("person:quispe-ana", "person:ana-quispe", True),
        ("person:quispe", "person:ana-quispe", True),
        ("other_organisation:nile-fund", "company:nile-fund", True),
        ("person:per", "country:PER", False),
        ("person:ana-quispe", "person:rosa-mamani", False),
    ],
)
def test_actor_ids(gold, predicted, same):
    assert same_actor(gold, predicted) is same


@pytest.mark.parametrize(
    ("column", "gold", "predicted", "same"),
    [
        ("amount", 5e6, 5_000_000.0, True),
        ("amount", 5e6, 5e6 + 100, False),
        ("amount", None, 5e6, False),
        ("amount", None, None, True),
        ("purpose", "", None, True),
        ("purpose", "to repair the old harbour", "repair of harbour", True),
        ("purpose", "to repair the harbour", "to buy boats", False),
        ("purpose", "to the", "to the", False),
        ("is_total", True, True, True),
        ("is_total", False, True, False),
        ("status", "provided", "pledged", False),
        ("ordinal", 3, 3, True),
        ("addressee_ids", [], None, True),
        ("addressee_ids", ["country:PER", "country:CHL"], ["country:CHL", "country:PER"], True),
        ("addressee_ids", ["country:PER"], ["country:PER", "country:CHL"], False),
        ("donor_id", None, "country:PER", False),
    ],
)
def test_values(column, gold, predicted, same):
    assert same_value(column, gold, predicted) is same
