"""Seven releases, each bad in its own way: every one is told by its check, row and remedy, and exits with 1."""

import json
import re
from dataclasses import replace

import polars as pl
import pytest

from communique.cli import app
from communique.extraction import engine
from communique.extraction.aid import aid_rows
from docs import scenarios

AID = "aid_commitments"
REASON = "Wishes of ministers are none."


def first(frame, column):
    return frame[column][0]


def with_first(frames, table, **values):
    """The tables with other values in the first row of one."""
    frame = frames[table]
    is_first = pl.int_range(pl.len()) == 0
    changed = [pl.when(is_first).then(pl.lit(v)).otherwise(pl.col(c)).alias(c) for c, v in values.items()]
    return frames | {table: frame.with_columns(changed).cast(dict(frame.schema))}


def unknown_currency(frames):
    return with_first(frames, AID, currency="XXQ"), first(frames[AID], "aid_id")


def evidence_of_another_text(frames):
    words = first(frames[AID], "evidence")
    return with_first(frames, AID, evidence=words.replace("provided", "promised")), first(frames[AID], "aid_id")


def ids_twice(frames):
    twice = frames["dates"].with_columns(date_id=pl.col("date_id").replace(*frames["dates"]["date_id"][:2].to_list()))
    return frames | {"dates": twice}, frames["dates"]["date_id"][1]


def half_of_the_rows_lost(frames):
    rows = frames["recommendations"]
    return frames | {"recommendations": rows.gather_every(2)}, rows["recommendation_id"][1]


def an_article_without_rows(frames):
    article = first(frames["articles"], "article_id")
    kept = {name: frame.filter(pl.col("article_id") != article) for name, frame in frames.items() if name in FACTS}
    return recounted(frames | kept), article


def a_broken_relation(frames):
    return with_first(frames, AID, donor_id="country:NZL"), first(frames[AID], "aid_id")


def accuracy_down(frames):
    """Two of the twelve givers of the gold are other ones."""
    wrong = frames[AID].with_columns(
        donor_id=pl.when(pl.int_range(pl.len()) < 2).then(pl.lit("country:POL")).otherwise("donor_id"),
        donor=pl.when(pl.int_range(pl.len()) < 2).then(pl.lit("Poland")).otherwise("donor"),
    )
    return frames | {AID: wrong}, first(frames[AID], "aid_id")


FACTS = (AID, "tariffs", "dates", "actor_mentions", "recommendations")


def recounted(frames):
    """The tables with the actors that are still mentioned."""
    mentions = (
        frames["actor_mentions"]
        .group_by("actor_id")
        .agg(mentions=pl.len().cast(pl.Int32), articles=pl.col("article_id").n_unique().cast(pl.Int32))
    )
    actors = frames["actors"].drop("mentions", "articles").join(mentions, on="actor_id", maintain_order="left")
    return frames | {"actors": actors.select(frames["actors"].columns)}


BAD = {
    unknown_currency: (f"{AID}.currency_known", "add the code there with its source"),
    evidence_of_another_text: (f"{AID}.evidence_in_text", "compare the row with its article"),
    ids_twice: ("dates.date_id.unique", "publish one row for each id"),
    half_of_the_rows_lost: ("recommendations.rows_kept", "see with `communique diff` which rows are gone"),
    an_article_without_rows: ("articles.none_fell_silent", "extract the article by itself"),
    a_broken_relation: (f"{AID}.donor_id.reference", "publish the row of `actors` that is named"),
    accuracy_down: (f"{AID}.accuracy_kept", "see with `communique evaluate --errors` which rows"),
}


@pytest.fixture
def communique(capsys):
    def run(*arguments):
        code = app.run([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run


def test_the_good_release_passes(communique, place):
    code, out, _ = communique("report", place.good, *place.options)
    assert code == 0
    assert out.startswith("# communique 0.1.0: passed\n")
    again = place.release(place.frames())
    code, out, _ = communique("report", again, *place.options)
    assert code == 0
    assert out.startswith("# communique 0.1.1: passed\n")


@pytest.mark.parametrize("spoil", BAD, ids=lambda spoil: spoil.__name__)
def test_a_bad_release_is_told_by_check_row_and_remedy(communique, place, spoil):
    check, remedy = BAD[spoil]
    frames, row = spoil(place.frames())
    release = place.release(frames)
    code, out, err = communique("report", release, *place.options, "--out", place.folder / "reports")
    assert code == 1
    assert out.startswith("# communique 0.1.1: failed\n")
    assert row in err, "the last line names the row"

    quality = json.loads((place.folder / "reports/quality.json").read_text(encoding="utf-8"))
    assert quality["verdict"] == "failed"
    (result,) = [result for result in quality["checks"]["results"] if result["id"] == check]
    assert result["outcome"] == "failed"
    assert row in [example["row_id"] for example in result["examples"]]
    assert remedy in result["remedy"]

    told = out.replace("\\", "").partition("## Rows")[0]
    assert f"- **{check}**" in told, "failures stand before everything else"
    assert f"`{row}`" in told
    assert f"Remedy: {result['remedy']}" in told

    junit = (place.folder / "reports/junit.xml").read_text(encoding="utf-8")
    case = re.search(rf'<testcase [^>]*name="{re.escape(check)}".*?</testcase>', junit, re.DOTALL)
    assert "<failure" in case[0]
    assert row in case[0]
    assert "remedy: " in case[0]


def test_a_loss_that_people_accept_is_a_warning_and_says_why(communique, place):
    frames, _ = half_of_the_rows_lost(place.frames())
    release = place.release(frames)
    entry = f'[[accept]]\ncheck = "recommendations.rows_kept"\nafter = "0.1.0"\nreason = "{REASON}"\n'
    (place.folder / "raw/accepted.toml").write_text(f'{entry}author = "A. Reader"\n', encoding="utf-8")
    code, out, _ = communique("report", release, *place.options)
    assert code == 0
    assert out.startswith("# communique 0.1.1: passed with warnings\n")
    assert f"Accepted by A. Reader: {REASON}" in out


def test_what_is_wrong_in_itself_cannot_be_accepted(communique, place):
    entry = '[[accept]]\ncheck = "dates.date_id.unique"\nafter = "0.1.0"\nreason = "So be it."\nauthor = "A. Reader"\n'
    (place.folder / "raw/accepted.toml").write_text(entry, encoding="utf-8")
    code, _, err = communique("report", place.good, *place.options)
    assert code == 1
    assert "accepted.toml, [[accept]] 1: 'dates.date_id.unique' cannot be accepted" in err


class TestTheCommandThatReleases:
    """`communique release` on the same articles by an engine that has become worse."""

    @pytest.fixture(autouse=True)
    def _inside(self, place, monkeypatch):
        monkeypatch.chdir(place.folder)
        monkeypatch.setattr("communique.cli.release._run", scenarios._release)

    def release(self, communique):
        return communique("release", "--gold", "gold", "--reports", "reports")

    def test_a_table_that_lost_its_rows_is_not_published(self, communique, place, monkeypatch):
        monkeypatch.setattr(engine, "recommendation_rows", lambda _: ())
        lost = first(place.frames()["recommendations"], "recommendation_id")
        code, _, err = self.release(communique)
        assert code == 1
        assert "nothing was published, check recommendations.rows_kept failed: 12 before, 0 now" in err
        assert lost in err
        assert [path.name for path in place.good.parent.iterdir() if path.is_dir()] == ["0.1.0"]
        assert (
            (place.folder / "reports/quality.md").read_text(encoding="utf-8").startswith("# communique 0.1.1: failed")
        )

    def test_what_is_accepted_is_published_with_a_warning(self, communique, place, monkeypatch):
        monkeypatch.setattr(engine, "recommendation_rows", lambda _: ())
        entry = f'[[accept]]\ncheck = "recommendations.rows_kept"\nafter = "0.1.0"\nreason = "{REASON}"\n'
        (place.folder / "raw/accepted.toml").write_text(f'{entry}author = "A. Reader"\n', encoding="utf-8")
        assert self.release(communique)[0] == 0
        quality = json.loads((place.folder / "processed/0.1.1/quality.json").read_text(encoding="utf-8"))
        assert quality["verdict"] == "passed with warnings"
        assert [entry["reason"] for entry in quality["accepted"]] == [REASON]
        assert [row["previous"] for row in quality["tables"] if row["table"] == "recommendations"] == [12]

    def test_a_single_bad_row_is_set_aside_and_the_others_published(self, communique, place, monkeypatch):
        def with_unknown_currency(found):
            rows = aid_rows(found)
            return [replace(row, currency="XXQ") for row in rows] if found.article.article_id == "clinic-03" else rows

        monkeypatch.setattr(engine, "aid_rows", with_unknown_currency)
        code, out, _ = self.release(communique)
        assert code == 0
        assert "Published release 0.1.1" in out
        page = (place.folder / "reports/quality.md").read_text(encoding="utf-8").replace("\\", "")
        assert page.startswith("# communique 0.1.1: passed with warnings")
        assert "- **aid_commitments.currency_known** (1 of 12)" in page
        assert "currency 'XXQ'" in page
