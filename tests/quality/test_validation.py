"""Validation: what is published, what is quarantined and why, and what stops a release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.quality.checks import CheckResult, Level, Outcome, Severity
from communique.quality.checks_relations import in_order
from communique.quality.validation import Limits, RowChecks, StructureError, validate
from communique.releases.rows import rows_of
from schemas.tables import DATA_TABLES, FACT_TABLES, TABLES

TEXT = "Ghana will lend 3 million euros to Togo. It should do so by May 2024, said Yao Mensah."
FIRST, SECOND = (0, 40), (41, 86)
TEXTS = {"loan": TEXT}


def place(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    sentence = FIRST if start < FIRST[1] else SECOND
    return {
        "article_id": "loan",
        "char_start": start,
        "char_end": start + len(words),
        "sentence_start": sentence[0],
        "sentence_end": sentence[1],
        "evidence": TEXT[slice(*sentence)],
        "rule": "some.rule",
    }


def actor(actor_id: str, name: str, mentions: int) -> dict[str, Any]:
    kind, _, code = actor_id.partition(":")
    return {
        "actor_id": actor_id,
        "name": name,
        "type": kind,
        "country": code if kind == "country" else None,
        "aliases": [name],
        "mentions": mentions,
        "articles": min(mentions, 1),
    }


ROWS: dict[str, list[dict[str, Any]]] = {
    "articles": [
        {
            "article_id": "loan",
            "authors": [],
            "published": "2024",
            "published_from": "text",
            "language": "en",
            "source_file": "loan.txt",
            "sha256": "0" * 64,
            "characters": len(TEXT),
            "words": 17,
            "sentences": 2,
            "ingested_text_sha256": sha256(TEXT.encode()).hexdigest(),
        }
    ],
    "aid_commitments": [
        {
            **place("3 million euros"),
            "aid_id": "aid-000000000001",
            "donor_id": "country:GHA",
            "donor": "Ghana",
            "recipient_id": "country:TGO",
            "recipient": "Togo",
            "amount": 3e6,
            "amount_qualifier": "exact",
            "currency": "EUR",
            "category": "financial",
            "status": "pledged",
            "is_total": False,
        }
    ],
    "tariffs": [],
    "dates": [
        {
            **place("May 2024"),
            "date_id": "date-000000000001",
            "text": "May 2024",
            "timex_type": "DATE",
            "timex_value": "2024-05",
            "resolved_by": "explicit",
            "is_publication_date": False,
        }
    ],
    "actors": [
        actor("country:GHA", "Ghana", 1),
        actor("country:TGO", "Togo", 1),
        actor("person:yao-mensah", "Yao Mensah", 1),
    ],
    "actor_mentions": [
        {**place(name), "mention_id": f"mention-00000000000{i}", "actor_id": who, "text": name, "mention_kind": "name"}
        for i, (who, name) in enumerate(
            [("country:GHA", "Ghana"), ("country:TGO", "Togo"), ("person:yao-mensah", "Yao Mensah")]
        )
    ],
    "recommendations": [
        {
            **place("should"),
            "recommendation_id": "recommendation-000000000001",
            "recommender_id": "person:yao-mensah",
            "recommender": "Yao Mensah",
            "addressee_ids": ["country:GHA"],
            "addressee": "It",
            "action": "do so",
            "modality": "should",
            "strength": "moderate",
            "is_negated": False,
            "topic": "aid",
        }
    ],
    "quarantine": [],
    "rejected": [],
}


def frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    columns = TABLES[table].dtypes
    return pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=columns)


def frames(**changed: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {table: frame(table, rows) for table, rows in ROWS.items()} | changed


def with_values(table: str, **values: object) -> dict[str, pl.DataFrame]:
    """The sample with other values in the first row of a table."""
    first, *others = ROWS[table]
    return frames(**{table: frame(table, [first | values, *others])})


def result(results: tuple[CheckResult, ...], check: str) -> CheckResult:
    (found,) = (one for one in results if one.id == check)
    return found


def failed(results: tuple[CheckResult, ...], severity: Severity = Severity.ERROR) -> set[str]:
    return {one.id for one in results if one.outcome in (Outcome.FAILED, Outcome.WARNED) and one.severity is severity}


def test_a_good_release_is_published_as_it_is() -> None:
    given = frames()
    found = validate(given, TEXTS)
    assert found.ok
    assert not failed(found.results)
    assert not failed(found.results, Severity.WARNING)
    assert all(found.frames[name].equals(given[name]) for name in TABLES)


def test_every_check_has_its_own_id_and_words() -> None:
    results = validate(frames(), TEXTS).results
    assert len({one.id for one in results}) == len(results)
    assert all(one.description.endswith(".") for one in results)
    assert {one.level for one in results} == set(Level)


def test_checks_with_nothing_to_apply_to_are_no_passes() -> None:
    results = validate(frames(), TEXTS).results
    for one in results:
        assert (one.outcome is Outcome.NOT_APPLICABLE) == (one.applied == 0), one.id
    assert result(results, "tariffs.status.vocabulary").outcome is Outcome.NOT_APPLICABLE
    assert result(results, "aid_commitments.amount_upper_above_amount").outcome is Outcome.NOT_APPLICABLE
    assert result(results, "aid_commitments.amount.minimum").outcome is Outcome.PASSED


def test_without_texts_the_checks_against_them_do_not_apply() -> None:
    results = validate(frames()).results
    assert result(results, "dates.evidence_in_text").outcome is Outcome.NOT_APPLICABLE
    assert result(results, "dates.evidence_length").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("table", "values", "check"),
    [
        ("aid_commitments", {"status": "promised"}, "aid_commitments.status.vocabulary"),
        ("aid_commitments", {"status": None}, "aid_commitments.status.filled"),
        ("aid_commitments", {"amount": -1.0}, "aid_commitments.amount.minimum"),
        ("aid_commitments", {"amount": 1e17}, "aid_commitments.amount.maximum"),
        ("aid_commitments", {"aid_id": "aid-1"}, "aid_commitments.aid_id.pattern"),
        ("aid_commitments", {"currency": "XXQ"}, "aid_commitments.currency_known"),
        ("actors", {"country": "QQQ"}, "actors.country_known"),
        ("aid_commitments", {"currency": None}, "aid_commitments.amount_requires_currency_amount_qualifier"),
        ("aid_commitments", {"donor_id": "country:BEN"}, "aid_commitments.donor_id.reference"),
        ("aid_commitments", {"article_id": "other"}, "aid_commitments.article_id.reference"),
        ("aid_commitments", {"evidence": TEXT[:39] + "!"}, "aid_commitments.evidence_in_text"),
        ("dates", {"char_end": 87, "sentence_end": 87, "evidence": TEXT[41:] + "."}, "dates.sentence_in_text"),
        ("dates", {"text": "June 2024"}, "dates.text_is_trigger"),
        ("dates", {"char_start": 3}, "dates.trigger_inside_sentence"),
        ("actor_mentions", {"text": "Gabon"}, "actor_mentions.text_is_trigger"),
        ("recommendations", {"addressee_ids": ["country:GHA", "group:x"]}, "recommendations.addressee_ids.reference"),
        ("recommendations", {"recommender_id": "person:nobody"}, "recommendations.recommender_id.reference"),
    ],
)
def test_a_bad_row_is_quarantined_with_its_check(table: str, values: Mapping[str, Any], check: str) -> None:
    found = validate(with_values(table, **values), TEXTS)
    assert check in failed(found.results)
    assert result(found.results, check).failed == 1
    assert found.frames[table].height == len(ROWS[table]) - 1
    (row,) = found.quarantine.filter(table=table).to_dicts()
    assert row["check"] in failed(found.results)
    assert result(found.results, check).description in row["reason"]
    columns = list(TABLES[table].dtypes)
    assert list(json.loads(row["row"])) == columns
    for name, value in values.items():
        assert json.loads(row["row"])[name] == value


def test_a_row_with_several_faults_is_quarantined_once_with_all_of_them() -> None:
    found = validate(with_values("aid_commitments", status="x", category="y", donor_id="country:BEN"), TEXTS)
    (row,) = found.quarantine.to_dicts()
    assert row["check"] == "aid_commitments.category.vocabulary"
    for words in ("`category` is one of", "`status` is one of", "`donor_id` is the `actor_id`"):
        assert words in row["reason"]


def test_rows_with_one_id_are_all_quarantined() -> None:
    row = ROWS["dates"][0]
    found = validate(frames(dates=frame("dates", [row, row | {"timex_value": "2024"}])), TEXTS)
    assert found.frames["dates"].is_empty()
    assert result(found.results, "dates.date_id.unique").failed == 2


@pytest.mark.parametrize("values", [{"characters": 7}, {"ingested_text_sha256": "1" * 64}, {"language": "EN"}])
def test_a_quarantined_article_takes_its_rows_along(values: Mapping[str, Any]) -> None:
    found = validate(with_values("articles", **values), TEXTS)
    assert all(found.frames[name].is_empty() for name in ("articles", *FACT_TABLES))
    assert set(found.quarantine["table"]) == {"articles", *FACT_TABLES} - {"tariffs"}
    assert not found.ok


def test_a_quarantined_actor_takes_the_rows_that_name_it_along() -> None:
    found = validate(with_values("actors", name=None), TEXTS)
    assert found.frames["actors"]["actor_id"].to_list() == ["country:TGO", "person:yao-mensah"]
    assert found.frames["aid_commitments"].is_empty()
    assert found.frames["recommendations"].is_empty()
    assert found.frames["dates"].height == 1


def test_actors_are_counted_again_when_mentions_are_quarantined() -> None:
    found = validate(with_values("actor_mentions", mention_kind="nickname"), TEXTS)
    assert found.frames["actors"].select("actor_id", "mentions", "articles").row(0) == ("country:GHA", 0, 0)


def test_wrong_counts_of_an_actor_stop_the_release() -> None:
    found = validate(with_values("actors", mentions=4), TEXTS)
    assert [one.id for one in found.stops] == ["actors.counts"]
    assert [str(example) for example in found.stops[0].examples] == ["country:GHA: mentions 4, counted 1"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda frame: frame.drop("event"), "column event is missing"),
        (lambda frame: frame.with_columns(extra=1), "column extra is not declared"),
        (
            lambda frame: frame.with_columns(pl.col("char_start").cast(pl.Int64)),
            "column char_start is Int64, not Int32",
        ),
        (lambda frame: frame.select(sorted(frame.columns)), "columns are not in the declared order"),
    ],
)
def test_another_structure_stops_the_release(change: Any, problem: str) -> None:
    given = frames()
    given["dates"] = change(given["dates"])
    with pytest.raises(StructureError, match=problem) as caught:
        validate(given, TEXTS)
    assert caught.value.table == "dates"


def test_a_missing_table_stops_the_release() -> None:
    given = frames()
    del given["tariffs"]
    with pytest.raises(StructureError, match="tariffs: the table is missing"):
        validate(given, TEXTS)


def test_no_article_stops_the_release() -> None:
    empty = {name: table.empty() for name, table in TABLES.items()}
    found = validate(empty, {})
    assert [one.id for one in found.stops] == ["articles.not_empty"]


def many_dates(bad: int, good: int) -> dict[str, pl.DataFrame]:
    rows = [
        ROWS["dates"][0] | {"date_id": f"date-{i:012x}", "timex_value": "May" if i < bad else "2024-05"}
        for i in range(bad + good)
    ]
    return frames(dates=frame("dates", rows))


@pytest.mark.parametrize(
    ("bad", "good", "stopped"),
    [(5, 5, False), (6, 94, True), (6, 114, False), (7, 113, True), (0, 10, False)],
)
def test_too_large_a_share_in_quarantine_stops_the_release(bad: int, good: int, stopped: bool) -> None:
    found = validate(many_dates(bad, good), TEXTS)
    assert [one.id for one in found.stops] == ["dates.quarantine_share"] * stopped
    assert found.frames["dates"].height == good


def test_the_share_can_be_set() -> None:
    assert not validate(many_dates(2, 98), TEXTS, limits=Limits(share=0.01, rows=1)).ok
    assert validate(many_dates(60, 40), TEXTS, limits=Limits(share=0.6)).ok


def test_copies_that_were_set_aside_do_not_count_towards_the_share() -> None:
    copy = {"table": "dates", "row": "{}", "check": "dates.date_id.copy", "reason": "The same row."}
    found = validate(frames(quarantine=frame("quarantine", [copy] * 9)), TEXTS)
    assert found.ok
    assert found.quarantine.height == 9
    assert result(found.results, "dates.conserved").detail == "10 extracted, 1 published, 9 quarantined"


def test_a_row_that_got_lost_stops_the_release() -> None:
    found = validate(frames(), TEXTS, extracted={"dates": 2, "aid_commitments": 1})
    assert [one.id for one in found.stops] == ["dates.conserved"]
    assert found.stops[0].failed == 1


@pytest.mark.parametrize(
    ("table", "values", "check"),
    [
        ("articles", {"published": "2924-05-01"}, "articles.published_plausible"),
        ("aid_commitments", {"amount_usd": 2e11}, "aid_commitments.amount_plausible"),
        ("aid_commitments", {"amount_usd": 3e11, "is_total": True}, "aid_commitments.total_plausible"),
        ("aid_commitments", {"recipient_id": "country:GHA"}, "aid_commitments.donor_id_is_not_recipient_id"),
        (
            "aid_commitments",
            dict.fromkeys(("donor_id", "donor", "recipient_id", "recipient")),
            "aid_commitments.has_a_party",
        ),
        ("aid_commitments", {"period_end": "1492"}, "aid_commitments.period_end_plausible"),
        ("aid_commitments", {"purpose": "for roads"}, "aid_commitments.purpose_verbatim"),
        ("aid_commitments", {"char_end": 32}, "aid_commitments.trigger_trimmed"),
        ("dates", {"timex_type": "DURATION"}, "dates.duration_has_length"),
        ("dates", {"timex_type": "TIME"}, "dates.time_has_clock"),
        ("actors", {"role": "republic"}, "actors.role_of_person"),
        ("recommendations", {"action": "do nothing"}, "recommendations.action_verbatim"),
    ],
)
def test_improbable_rows_are_reported_and_published(table: str, values: Mapping[str, Any], check: str) -> None:
    found = validate(with_values(table, **values), TEXTS)
    assert check in failed(found.results, Severity.WARNING)
    assert found.ok
    assert found.quarantine.is_empty()


def test_words_over_a_line_break_are_still_verbatim() -> None:
    text = TEXT.replace("do so", "do\nso")
    given = with_values("articles", ingested_text_sha256=sha256(text.encode()).hexdigest())
    given["recommendations"] = frame("recommendations", [ROWS["recommendations"][0] | {"evidence": text[41:]}])
    given["dates"] = given["dates"].with_columns(evidence=pl.lit(text[41:]))
    assert "recommendations.action_verbatim" not in failed(validate(given, {"loan": text}).results, Severity.WARNING)


def test_tables_that_look_thin_are_reported() -> None:
    given = frames()
    given["actors"] = frame("actors", [*ROWS["actors"], actor("country:BEN", "Benin", 0)])
    given["dates"] = frame(
        "dates",
        [ROWS["dates"][0] | {"date_id": f"date-{i:012x}", "is_publication_date": True} for i in range(20)],
    )
    results = validate(given, {"loan": TEXT}).results
    assert result(results, "actors.in_use").names == "country:BEN"
    assert result(results, "dates.one_publication_line").names == "loan"
    assert result(results, "dates.start_date.null_share").detail == "100.0% null"
    assert result(results, "tariffs.imposer_id.null_share").outcome is Outcome.NOT_APPLICABLE


def test_tables_are_checked_after_those_they_refer_to() -> None:
    names = [table.name for table in in_order(TABLES[name] for name in reversed(DATA_TABLES))]
    for name in names:
        assert {key.table for key in TABLES[name].foreign_keys} <= set(names[: names.index(name)])


@settings(max_examples=8, deadline=None)
@given(
    statuses=st.lists(st.sampled_from(["pledged", "ended", "promised", None]), min_size=1, max_size=30),
    actors=st.lists(st.sampled_from(["country:GHA", "country:TGO", "country:BEN", None]), min_size=30, max_size=30),
)
def test_every_row_is_published_or_quarantined(statuses: list[str | None], actors: list[str | None]) -> None:
    rows = [
        ROWS["aid_commitments"][0]
        | {"aid_id": f"aid-{i:012x}", "status": status, "donor_id": who, "donor": who and "x"}
        for i, (status, who) in enumerate(zip(statuses, actors, strict=False))
    ]
    found = validate(frames(aid_commitments=frame("aid_commitments", rows)), TEXTS)
    good = [row["aid_id"] for row in rows if row["status"] in ("pledged", "ended") and row["donor_id"] != "country:BEN"]
    assert found.frames["aid_commitments"]["aid_id"].to_list() == good
    assert found.quarantine.height == len(rows) - len(good)
    assert result(found.results, "aid_commitments.conserved").outcome is Outcome.PASSED
    again = validate({**found.frames, "quarantine": TABLES["quarantine"].empty()}, TEXTS)
    assert again.quarantine.is_empty()


def parts_of(found: Mapping[str, pl.DataFrame], cuts: list[int]) -> list[dict[str, pl.DataFrame]]:
    """The tables in parts, each with the articles before a cut and all of their rows."""
    articles = found["articles"]["article_id"].sort().to_list()
    edges = [0, *sorted(cuts), len(articles)]
    chosen = [articles[start:end] for start, end in pairwise(edges)]
    mine = ("articles", *FACT_TABLES)
    return [{name: found[name].filter(pl.col("article_id").is_in(part)) for name in mine} for part in chosen]


@settings(max_examples=25)
@given(
    faults=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["status", "amount", "evidence", "donor_id"]))),
    cuts=st.lists(st.integers(0, 6), max_size=3),
)
def test_what_the_checks_find_in_parts_adds_up_to_what_they_find_in_the_whole(faults, cuts):
    spoiled = {"status": "odd", "amount": -1.0, "evidence": "Another sentence.", "donor_id": "country:XXX"}
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for n in range(6):
        own = {"article_id": f"loan-{n}"}
        wrong = {column: spoiled[column] for article, column in faults if article == n}
        rows["articles"].append(ROWS["articles"][0] | own)
        rows["aid_commitments"].append(ROWS["aid_commitments"][0] | own | {"aid_id": f"aid-{n:012x}"} | wrong)
    rows["actors"] = [row | {"mentions": 0, "articles": 0} for row in ROWS["actors"]]
    found = {name: pl.DataFrame(rows[name], schema=TABLES[name].dtypes) for name in TABLES}
    texts = {f"loan-{n}": TEXT for n in range(6)}
    whole = validate(found, texts)

    checks = RowChecks(found["actors"])
    parts = [checks.part(part, texts) for part in parts_of(found, cuts)]
    for name in ("articles", "aid_commitments"):
        assert pl.concat(published[name] for published, _ in parts).equals(whole.frames[name])
    aside = pl.concat(unfit for _, unfit in parts).sort(TABLES["quarantine"].sort_by)
    assert aside.equals(whole.quarantine)
    extracted = {name: found[name].height for name in DATA_TABLES}
    assert checks.checked(rows_of(whole.frames), aside, extracted).results == whole.results
