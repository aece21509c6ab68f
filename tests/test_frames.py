"""Frames from extracted rows: ids, evidence, names, dollars, actors over articles, repeated rows, order."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.articles.model import Article, Rejection, Sentence, SentenceKind
from communique.extraction.model import Actor
from communique.extraction.rows import (
    ActorMention,
    AidCommitment,
    ArticleExtraction,
    ArticleRows,
    DateExpression,
    Recommendation,
    Tariff,
)
from communique.frames import build_frames, row_counts
from schemas.tables import FACT_TABLES, TABLES

NO_ROWS = ArticleRows(aid_commitments=(), tariffs=(), dates=(), actor_mentions=(), recommendations=())
TEXT = "Norway gave 70 million kroner to Moldova. Sanna Lehto welcomed it on 9 May 2024."
RATES = pl.DataFrame(
    {"currency": ["NOK", "NOK", "EUR"], "year": [2023, 2024, 2024], "usd_per_unit": [0.1, 0.5, 1.25]},
    schema_overrides={"year": pl.Int32},
)

AID = AidCommitment(
    char_start=12,
    char_end=29,
    sentence=0,
    rule="aid.gave",
    donor_id="country:NOR",
    recipient_id="country:MDA",
    amount=70e6,
    amount_qualifier="exact",
    currency="NOK",
)
TARIFF = Tariff(
    char_start=0, char_end=6, sentence=0, rule="tariff.x", imposer_id="country:NOR", target_id="country:MDA"
)
DATE = DateExpression(
    char_start=69,
    char_end=79,
    sentence=1,
    rule="date.day",
    text="9 May 2024",
    timex_type="DATE",
    timex_value="2024-05-09",
    start_date="2024-05-09",
    end_date="2024-05-09",
    resolved_by="explicit",
)
RECOMMENDATION = Recommendation(
    char_start=42, char_end=53, sentence=1, rule="rec.x", action="go on", modality="should", strength="moderate"
)


def article(name: str = "norway", text: str = TEXT, **about: object) -> Article:
    cut = text.index(". ") + 1
    values: dict[str, object] = {
        "article_id": name,
        "title": "Aid",
        "publisher": None,
        "authors": ("A. Writer",),
        "published": "2024-05-10",
        "published_from": "metadata",
        "language": "en",
        "source_url": None,
        "source_file": f"{name}.txt",
        "sha256": "0" * 64,
        "text": text,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "sentences": (
            Sentence(0, cut, SentenceKind.PARAGRAPH, 0),
            Sentence(cut + 1, len(text), SentenceKind.PARAGRAPH, 0),
        ),
    }
    return Article(**{**values, **about})


def actor(actor_id: str, name: str, *, country: str | None = None, role: str | None = None, seen: str = "") -> Actor:
    kind = actor_id.split(":")[0]
    return Actor(actor_id, name, kind, country, role, tuple(seen.split("|")) if seen else ())


NORWAY = actor("country:NOR", "Norway", country="NOR", seen="Norway|Oslo")
MOLDOVA = actor("country:MDA", "Moldova", country="MDA", seen="Moldova")
LEHTO = actor("person:sanna-lehto", "Sanna Lehto", seen="Sanna Lehto")


def extraction(rows: ArticleRows = NO_ROWS, *actors: Actor, name: str = "norway", **about: object) -> ArticleExtraction:
    return ArticleExtraction(article(name, **about), {a.actor_id: a for a in actors}, rows)


def mention(actor_id: str, start: int = 42, end: int = 53) -> ActorMention:
    return ActorMention(
        char_start=start, char_end=end, sentence=1, rule="r", actor_id=actor_id, text="x", mention_kind="name"
    )


def aid_frame(*rows: AidCommitment, **about: object) -> pl.DataFrame:
    found = extraction(replace(NO_ROWS, aid_commitments=rows), NORWAY, MOLDOVA, **about)
    return build_frames([found], [], rates=RATES)["aid_commitments"]


def test_nothing_extracted_gives_empty_tables_of_the_declared_types() -> None:
    frames = build_frames([], [])
    assert {name: frame.schema for name, frame in frames.items()} == {n: t.dtypes for n, t in TABLES.items()}
    assert all(frame.is_empty() for frame in frames.values())


def test_rows_get_evidence_offsets_names_and_dollars() -> None:
    (row,) = aid_frame(AID).to_dicts()
    assert row["evidence"] == "Norway gave 70 million kroner to Moldova."
    assert (row["sentence_start"], row["sentence_end"]) == (0, 41)
    assert (row["donor"], row["recipient"], row["channel"]) == ("Norway", "Moldova", None)
    assert row["amount_usd"] == 35e6
    assert row["aid_id"].startswith("aid-")


def test_articles_are_counted_in_characters_words_and_sentences() -> None:
    (row,) = build_frames([extraction(text="It’s a half-day trip. Prices fell 2.5%.")], [])["articles"].to_dicts()
    assert (row["characters"], row["words"], row["sentences"]) == (39, 7, 2)
    assert row["authors"] == ["A. Writer"]
    assert row["ingested_text_sha256"] == sha256("It’s a half-day trip. Prices fell 2.5%.".encode()).hexdigest()


def test_days_become_dates() -> None:
    frames = build_frames([extraction(replace(NO_ROWS, dates=(DATE,)))], [])
    assert frames["dates"]["start_date"].to_list() == [date(2024, 5, 9)]


def test_words_of_white_space_are_null() -> None:
    (row,) = aid_frame(replace(AID, purpose="  ", items=" boats \n")).to_dicts()
    assert (row["purpose"], row["items"]) == (None, "boats")


@pytest.mark.parametrize(
    ("changes", "published", "dollars"),
    [
        ({}, "2024-05-10", 35e6),
        ({}, "2023", 7e6),
        ({}, None, None),
        ({}, "1999", None),
        ({"period_start": "2023-05", "period_end": "2024"}, "1999", 35e6),
        ({"period_start": "2023-05"}, "2024", 7e6),
        ({"period_end": "2027"}, "2024", None),
        ({"currency": "EUR", "amount": 10.0}, "2024", 12.5),
        ({"currency": "USD", "amount": 10.0}, None, 10.0),
        ({"amount": 0.001}, "2024", 0.0),
        ({"currency": "UAH"}, "2024", None),
        ({"amount": None, "currency": None, "amount_qualifier": None}, "2024", None),
    ],
)
def test_dollars_are_at_the_rate_of_the_row_s_year(changes: dict, published: str | None, dollars: float | None) -> None:
    about = {"published": published, "published_from": published and "text"}
    assert aid_frame(replace(AID, **changes), **about)["amount_usd"].to_list() == [dollars]


def test_shipped_rates_are_used_by_default() -> None:
    found = extraction(replace(NO_ROWS, aid_commitments=(replace(AID, currency="EUR", amount=1.0),)), NORWAY, MOLDOVA)
    assert 1.0 < build_frames([found], [])["aid_commitments"]["amount_usd"].item() < 1.2


class TestNames:
    def test_words_for_a_channel_without_an_actor(self) -> None:
        assert aid_frame(replace(AID, channel="Trust Fund for Roads"))["channel"].to_list() == ["Trust Fund for Roads"]

    def test_words_stand_before_the_actor_s_name(self) -> None:
        row = replace(AID, channel_id="country:NOR", channel="Norwegian fund")
        assert aid_frame(row)["channel"].to_list() == ["Norwegian fund"]

    @pytest.mark.parametrize(
        ("who", "words", "name"),
        [
            (None, None, "author"),
            (None, "residents", "residents"),
            ("person:sanna-lehto", None, "Sanna Lehto"),
        ],
    )
    def test_recommender(self, who: str | None, words: str | None, name: str) -> None:
        row = replace(RECOMMENDATION, recommender_id=who, recommender=words)
        frames = build_frames([extraction(replace(NO_ROWS, recommendations=(row,)), LEHTO)], [])
        assert frames["recommendations"]["recommender"].to_list() == [name]

    def test_an_actor_that_is_referred_to_and_never_named_comes_from_the_reference_data(self) -> None:
        rows = replace(NO_ROWS, aid_commitments=(replace(AID, donor_id="country:JPN"),))
        frames = build_frames([extraction(rows, MOLDOVA)], [])
        assert frames["aid_commitments"]["donor"].to_list() == ["Japan"]
        japan = frames["actors"].row(by_predicate=pl.col("actor_id") == "country:JPN", named=True)
        assert (japan["country"], japan["mentions"], japan["aliases"]) == ("JPN", 0, [])

    def test_an_unknown_actor_stays_unknown(self) -> None:
        rows = replace(NO_ROWS, tariffs=(replace(TARIFF, target_id="company:nobody-knows"),))
        frames = build_frames([extraction(rows, NORWAY)], [])
        assert frames["tariffs"]["target"].to_list() == [None]
        assert "company:nobody-knows" not in frames["actors"]["actor_id"].to_list()


class TestIds:
    def test_id_is_kept_when_other_columns_are_corrected(self) -> None:
        corrected = replace(AID, status="pledged", amount=71e6, purpose="roads", rule="aid.other")
        assert aid_frame(AID)["aid_id"].to_list() == aid_frame(corrected)["aid_id"].to_list()

    @pytest.mark.parametrize(
        "changes", [{"char_end": 28}, {"donor_id": None}, {"recipient_id": "country:NOR"}, {"donor_id": "country:MDA"}]
    )
    def test_id_differs_with_span_and_key(self, changes: dict) -> None:
        assert aid_frame(AID)["aid_id"].to_list() != aid_frame(replace(AID, **changes))["aid_id"].to_list()

    def test_id_differs_with_the_article(self) -> None:
        assert aid_frame(AID)["aid_id"].to_list() != aid_frame(AID, name="sweden")["aid_id"].to_list()

    def test_id_does_not_depend_on_other_articles(self) -> None:
        row = replace(AID, donor_id="person:lehto-sanna")
        other_order = actor("person:lehto-sanna", "Lehto Sanna")
        alone = extraction(replace(NO_ROWS, aid_commitments=(row,)), other_order, MOLDOVA, name="b")
        earlier = extraction(NO_ROWS, LEHTO, name="a", published="2020")
        ids = [
            build_frames(found, [])["aid_commitments"].select("aid_id", "donor_id").row(0)
            for found in ([alone], [alone, earlier])
        ]
        assert ids[0][0] == ids[1][0]
        assert [donor for _, donor in ids] == ["person:lehto-sanna", "person:sanna-lehto"]

    def test_several_targets_on_one_span(self) -> None:
        rows = (TARIFF, replace(TARIFF, target_id=None, target_scope="185 countries"), replace(TARIFF, target_id=None))
        frames = build_frames([extraction(replace(NO_ROWS, tariffs=rows), NORWAY, MOLDOVA)], [])
        assert frames["tariffs"]["tariff_id"].n_unique() == 3
        assert frames["quarantine"].is_empty()


class TestRepeatedRows:
    def test_copies_are_set_aside_and_counted(self) -> None:
        found = extraction(replace(NO_ROWS, aid_commitments=(AID, AID, AID)), NORWAY, MOLDOVA)
        frames = build_frames([found], [])
        assert frames["aid_commitments"].height == 1
        assert frames["quarantine"]["check"].to_list() == ["aid_commitments.aid_id.copy"] * 2
        assert row_counts([found])["aid_commitments"] == 3

    def test_of_contradicting_rows_the_first_is_kept(self) -> None:
        rows = (AID, replace(AID, status="ended"))
        frames = build_frames([extraction(replace(NO_ROWS, aid_commitments=rows), NORWAY, MOLDOVA)], [])
        assert frames["aid_commitments"]["status"].to_list() == ["provided"]
        (aside,) = frames["quarantine"].to_dicts()
        assert aside["check"] == "aid_commitments.aid_id.conflict"
        assert json.loads(aside["row"])["status"] == "ended"

    def test_an_article_twice(self) -> None:
        frames = build_frames([extraction(), extraction()], [])
        assert frames["articles"].height == 1
        assert frames["quarantine"]["table"].to_list() == ["articles"]


class TestActors:
    def test_counts_and_aliases_over_articles(self) -> None:
        rows = replace(NO_ROWS, actor_mentions=(mention("country:NOR"), mention("country:NOR", 60, 62)))
        other = actor("country:NOR", "Norway", country="NOR", seen="Norwegian")
        third = replace(NO_ROWS, actor_mentions=(mention("country:NOR"),))
        found = [extraction(rows, NORWAY, name="a"), extraction(third, other, name="b")]
        (row,) = build_frames(found, [])["actors"].to_dicts()
        assert (row["mentions"], row["articles"]) == (3, 2)
        assert row["aliases"] == ["Norway", "Norwegian", "Oslo"]

    def test_the_office_most_articles_give_then_the_latest(self) -> None:
        def seen(name: str, role: str | None, published: str | None) -> ArticleExtraction:
            lehto = actor("person:sanna-lehto", "Sanna Lehto", role=role)
            return extraction(NO_ROWS, lehto, name=name, published=published)

        minister, envoy = seen("a", "Minister of Trade", "2022"), seen("b", "Envoy", "2024-01")
        unknown = seen("c", None, "2025")
        assert build_frames([minister, envoy, unknown], [])["actors"]["role"].to_list() == ["Envoy"]
        again = seen("d", "Minister of Trade", None)
        assert build_frames([minister, envoy, again], [])["actors"]["role"].to_list() == ["Minister of Trade"]

    @pytest.mark.parametrize(
        ("first", "second", "same"),
        [
            ("sanna-lehto", "lehto-sanna", True),
            ("kim-hye-won", "hye-won-kim", True),
            ("sanna-lehto", "sanna-lahti", False),
            ("ana-maria-cruz", "maria-ana-cruz", False),
        ],
    )
    def test_two_orders_of_one_name_are_one_person(self, first: str, second: str, same: bool) -> None:
        found = [
            extraction(
                replace(NO_ROWS, actor_mentions=(mention(f"person:{slug}"),)),
                actor(f"person:{slug}", slug.title(), seen=slug),
                name=name,
                published=published,
            )
            for slug, name, published in ((first, "a", None), (second, "b", "2024"))
        ]
        frames = build_frames(found, [])
        ids = [f"person:{second}"] if same else sorted((f"person:{first}", f"person:{second}"))
        assert frames["actors"]["actor_id"].to_list() == ids
        assert frames["actor_mentions"]["actor_id"].unique().sort().to_list() == ids

    def test_two_orders_in_one_article_are_two_people(self) -> None:
        other = actor("person:lehto-sanna", "Lehto Sanna")
        assert build_frames([extraction(NO_ROWS, LEHTO, other)], [])["actors"].height == 2

    def test_two_orders_of_different_countries_are_two_people(self) -> None:
        found = [
            extraction(NO_ROWS, actor("person:an-li", "An Li", country="CHN"), name="a"),
            extraction(NO_ROWS, actor("person:li-an", "Li An", country="SGP"), name="b"),
        ]
        assert build_frames(found, [])["actors"].height == 2

    def test_addressees_are_renamed_too(self) -> None:
        rows = replace(NO_ROWS, recommendations=(replace(RECOMMENDATION, addressee_ids=("person:lehto-sanna",)),))
        found = [
            extraction(NO_ROWS, LEHTO, name="a", published="2020"),
            extraction(rows, actor("person:lehto-sanna", "Lehto Sanna"), name="b"),
        ]
        assert build_frames(found, [])["recommendations"]["addressee_ids"].to_list() == [["person:sanna-lehto"]]


def test_rejected_files_are_listed_by_name() -> None:
    rejections = [Rejection("b.txt", "0" * 64, "empty", "0 bytes", "add text"), Rejection("a.txt", None, "x", "y", "z")]
    frame = build_frames([], rejections)["rejected"]
    assert frame["source_file"].to_list() == ["a.txt", "b.txt"]
    assert frame["sha256"].to_list() == [None, "0" * 64]


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(4)))
def test_frames_do_not_depend_on_the_order_of_the_articles(order: list[int]) -> None:
    rows = replace(NO_ROWS, aid_commitments=(AID,), dates=(DATE,), actor_mentions=(mention("country:NOR"),))
    people = [actor("person:sanna-lehto", "Sanna Lehto"), actor("person:lehto-sanna", "Lehto Sanna")]
    found = [extraction(rows, NORWAY, MOLDOVA, people[i % 2], name=f"a{i}", published=f"202{i}") for i in range(4)]
    frames = build_frames(found, [])
    shuffled = build_frames([found[i] for i in order], [])
    assert all(frames[name].equals(shuffled[name]) for name in TABLES)


@pytest.mark.parametrize("table", FACT_TABLES)
def test_facts_are_sorted_by_place(table: str) -> None:
    found = [
        extraction(
            replace(
                NO_ROWS,
                aid_commitments=(replace(AID, char_start=20), AID),
                tariffs=(replace(TARIFF, char_start=2), TARIFF),
                dates=(DATE, replace(DATE, char_start=45)),
                actor_mentions=(mention("country:NOR", 60, 62), mention("country:NOR")),
                recommendations=(replace(RECOMMENDATION, char_start=50), RECOMMENDATION),
            ),
            NORWAY,
            MOLDOVA,
            name=name,
        )
        for name in ("b", "a")
    ]
    places = build_frames(found, [])[table].select("article_id", "char_start").rows()
    assert places == sorted(places)
    assert len(places) == 4
