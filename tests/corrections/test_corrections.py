"""What each kind of correction does to the tables, the accounts and the report."""

from __future__ import annotations

import polars as pl
import pytest

from communique import pipeline
from communique.articles.ingest import read_article
from communique.batch import BatchResult
from communique.corrections import Applied
from communique.extraction.engine import extract
from communique.extraction.rows import AidCommitment, ArticleRows
from communique.quality.markdown import render_markdown
from communique.quality.report import quality_report
from communique.streaming import write_tables
from tests.corrections.entries import ADD_AID, ADD_BOARD, DROP_THREAT, SET_NAME, SET_STATUS, correct

UNCHANGED = {"from": None, "bump": "minor", "reasons": []}


@pytest.fixture
def tables(raw, tmp_path):
    """The validated tables of the folder with these entries as its corrections."""

    def tables(*entries: str) -> dict[str, pl.DataFrame]:
        correct(raw, *entries)
        written = pipeline.extract_folder(raw, tmp_path / "tables")
        assert written.checked.ok
        return {name: rows.scan().collect() for name, rows in written.tables.items()}

    return tables


@pytest.fixture
def report(raw, tmp_path):
    """The quality report of the folder with these entries as its corrections."""

    def report(*entries: str):
        correct(raw, *entries)
        written = pipeline.extract_folder(raw, tmp_path / "tables")
        return quality_report(
            version="0.1.0",
            tables=written.tables,
            extracted=written.extracted,
            checks=written.checked.results,
            accuracy=None,
            changes=UNCHANGED,
            corrected=written.corrected,
        )

    return report


def test_a_dropped_row_is_gone_and_all_others_stay(tables):
    before, after = tables(), tables(DROP_THREAT)
    assert before["tariffs"]["status"].to_list() == ["imposed", "threatened"]
    assert after["tariffs"].equals(before["tariffs"].filter(status="imposed"))
    assert after["aid_commitments"].equals(before["aid_commitments"])
    assert after["quarantine"].is_empty()


def test_a_set_column_changes_with_what_follows_from_it(tables):
    before, after = tables()["aid_commitments"], tables(SET_STATUS)["aid_commitments"]
    assert after.drop("status", "amount", "amount_usd", "rule").equals(
        before.drop("status", "amount", "amount_usd", "rule")
    )
    row = after.row(0, named=True)
    assert (row["status"], row["amount"], row["rule"]) == ("committed", 80e6, "correction")
    assert row["amount_usd"] == pytest.approx(2 * before["amount_usd"][0])


def test_another_party_makes_another_id_and_another_name(tables):
    entry = """
    [[set]]
    table = "aid_commitments"
    article = "harbour"
    quote = "40 million euros"
    expect = { recipient_id = "country:MDA" }
    to = { recipient_id = "country:UKR" }
    reason = "The harbour lies elsewhere."
    author = "A. Reader"
    """
    before, frames = tables(), tables(entry)
    row = frames["aid_commitments"].row(0, named=True)
    assert (row["recipient_id"], row["recipient"]) == ("country:UKR", "Ukraine")
    assert row["aid_id"] != before["aid_commitments"]["aid_id"][0]
    assert frames["actors"].filter(actor_id="country:UKR")["name"].to_list() == ["Ukraine"]


def test_an_added_row_is_made_as_extracted_ones_are(tables):
    frames = tables(ADD_AID)
    added = frames["aid_commitments"].filter(rule="correction").row(0, named=True)
    assert added["evidence"] == "The harbour of Giurgiulesti was\nclosed for a year."
    assert added["evidence"][added["char_start"] - added["sentence_start"] :].startswith("The harbour")
    assert (added["donor"], added["recipient"]) == ("Norway", "Moldova")
    assert added["aid_id"].startswith("aid-")
    assert added["amount"] == 1e6
    assert added["amount_usd"] == pytest.approx(1.0824e6, rel=0.05)
    assert frames["aid_commitments"].height == 2


def test_a_row_is_named_by_its_id_too(tables):
    (old,) = tables()["aid_commitments"]["aid_id"]
    entry = f"""
    [[drop]]
    table = "aid_commitments"
    id = "{old}"
    expect = {{ donor_id = "country:NOR", period_end = "" }}
    reason = "Told twice."
    author = "A. Reader"
    """
    assert tables(entry)["aid_commitments"].is_empty()


def test_words_that_stand_twice_are_told_apart_by_those_beside_them(tables):
    entry = """
    [[drop]]
    table = "actor_mentions"
    article = "steel.txt"
    quote = "Canada"
    before = "must talk to"
    expect = { actor_id = "country:CAN" }
    reason = "A ship of that name."
    author = "A. Reader"
    """
    assert tables(entry)["actor_mentions"].filter(text="Canada").height == 2
    assert tables(entry)["actors"].filter(actor_id="country:CAN")["mentions"].to_list() == [2]


def test_an_actor_whose_last_row_is_dropped_is_no_actor_of_the_release(tables):
    entries = [
        f"""
        [[drop]]
        table = "{table}"
        article = "steel"
        quote = "{quote}"
        before = "{before}"
        expect = {{ {expect} }}
        reason = "The song, not the country."
        author = "A. Reader"
        """
        for table, quote, before, expect in (
            ("actor_mentions", "Canada", "Brazil answers", 'actor_id = "country:CAN"'),
            ("actor_mentions", "Canada", "2025", 'actor_id = "country:CAN"'),
            ("actor_mentions", "Canada", "talk to", 'actor_id = "country:CAN"'),
            ("tariffs", "25 percent", "imposed a", 'imposer_id = "country:CAN"'),
            ("tariffs", "threatened to retaliate", "Brazil", 'target_id = "country:CAN"'),
        )
    ]
    assert "country:CAN" not in tables(*entries)["actors"]["actor_id"].to_list()


def test_a_mention_of_another_actor_is_counted_and_listed_there(tables):
    entry = """
    [[set]]
    table = "actor_mentions"
    article = "steel"
    quote = "Brazilian"
    expect = { actor_id = "country:BRA" }
    to = { actor_id = "country:PRT" }
    reason = "An example."
    author = "A. Reader"
    """
    actors = tables(entry)["actors"]
    assert actors.filter(actor_id="country:PRT").select("name", "mentions").rows() == [("Portugal", 1)]
    assert actors.filter(actor_id="country:PRT")["aliases"].to_list() == [["Brazilian"]]
    assert actors.filter(actor_id="country:BRA")["aliases"].to_list() == [["Brazil"]]


def test_an_added_actor_is_there_for_the_rows_that_refer_to_it(tables):
    actors = tables(ADD_BOARD)["actors"].filter(actor_id="other_organisation:harbour-board")
    assert actors.select("name", "country", "mentions", "articles").rows() == [("Harbour Board", None, 1, 1)]
    assert actors["aliases"].to_list() == [["The harbour"]]


def test_the_name_of_an_actor_stands_beside_its_id_everywhere(tables):
    frames = tables(SET_NAME)
    assert frames["aid_commitments"]["recipient"].to_list() == ["Republic of Moldova"]
    assert frames["actors"].filter(actor_id="country:MDA")["name"].to_list() == ["Republic of Moldova"]
    assert frames["actors"].filter(actor_id="country:NOR")["name"].to_list() == ["Norway"]


def test_corrections_of_actors_are_reported_and_move_no_account(report):
    content = report(SET_NAME, ADD_BOARD)
    changes = {(row["action"], row["table"]): row for row in content["corrections"]}
    assert changes["set", "actors"]["before"] == {"name": "Moldova"}
    assert changes["add", "actors"]["id"] == "other_organisation:harbour-board"
    counts = {row["table"]: row for row in content["tables"]}
    assert (counts["actors"]["added"], counts["actor_mentions"]["added"]) == (0, 1)
    assert not [row for row in content["checks"]["results"] if row["outcome"] == "failed" and row["level"] == "release"]


def test_the_accounts_still_balance(report):
    content = report(DROP_THREAT, SET_STATUS, ADD_AID)
    counts = {row["table"]: row for row in content["tables"]}
    assert counts["tariffs"] | {"extracted": 2, "published": 1, "dropped": 1} == counts["tariffs"]
    assert counts["aid_commitments"] | {"extracted": 1, "published": 2, "added": 1} == counts["aid_commitments"]
    conserved = {row["id"]: row for row in content["checks"]["results"] if row["id"].endswith(".conserved")}
    assert {row["outcome"] for row in conserved.values()} == {"passed"}
    assert conserved["tariffs.conserved"]["detail"].endswith("0 added and 1 dropped by corrections")
    assert "corrections" not in conserved["dates.conserved"]["detail"]


def test_every_correction_is_in_the_report(report):
    content = report(DROP_THREAT, SET_STATUS, ADD_AID)
    dropped, changed, added = content["corrections"][-1], content["corrections"][0], content["corrections"][1]
    assert (dropped["action"], dropped["table"], dropped["author"]) == ("drop", "tariffs", "A. Reader")
    assert dropped["id"].startswith("tariff-")
    assert dropped["reason"] == "A turn of phrase."
    assert dropped["before"]["status"] == "threatened"
    assert (changed["before"], changed["after"]) == (
        {"status": "provided", "amount": 40e6},
        {"status": "committed", "amount": 80e6},
    )
    assert changed["replaces"] is None
    assert added["entry"] == "[[add]] 1"
    page = render_markdown(content)
    assert "## Corrections" in page
    assert "A turn of phrase." in page
    assert "Rows added: 1, dropped: 1." in page
    assert "## Corrections" not in render_markdown(report())


def test_copies_of_a_row_are_corrected_with_it(raw, tmp_path):
    correct(raw, SET_STATUS)
    found = extract(read_article(raw / "harbour.txt"))
    twice = BatchResult((with_aid(found, 2),), ())
    written = write_tables([twice], tmp_path / "set", pipeline.read_corrections(raw))
    aid = written.tables["aid_commitments"].scan().collect()
    assert aid["status"].to_list() == ["committed"]
    assert written.checked.quarantine["check"].to_list() == ["aid_commitments.aid_id.copy"]
    correct(raw, SET_STATUS.replace("[[set]]", "[[drop]]").replace("to =", "# to ="))
    written = write_tables([twice], tmp_path / "dropped", pipeline.read_corrections(raw))
    assert written.tables["aid_commitments"].height == 0
    assert written.checked.ok


def with_aid(found, times):
    from dataclasses import replace

    aid: tuple[AidCommitment, ...] = found.rows.aid_commitments
    rows: ArticleRows = replace(found.rows, aid_commitments=aid * times)
    return replace(found, rows=rows)


def test_what_a_report_says_of_corrections_can_be_read_back(report):
    """Judging a release again needs what was corrected when it was made."""
    listed = report(DROP_THREAT, SET_STATUS, ADD_AID)["corrections"]
    assert [Applied.of(entry).as_dict() for entry in listed] == listed
