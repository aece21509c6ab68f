"""The commands as a person meets them: what they print, and how they end."""

import io
import json
import os
import shutil
import subprocess
import sys

import polars as pl
import pytest

from schemas.tables import TABLES

LATEST = "0.2.0"


@pytest.fixture
def release(project, tmp_path):
    """A copy of the latest release that may be damaged."""
    return shutil.copytree(project / "processed" / LATEST, tmp_path / LATEST)


@pytest.fixture
def tariff(project):
    return pl.read_parquet(project / f"processed/{LATEST}/tariffs.parquet").row(0, named=True)


class TestAnyCommand:
    @pytest.mark.parametrize("command", ["release", "extract", "validate", "diff", "report", "evaluate", "why"])
    def test_help_teaches_with_examples(self, communique, command):
        said = communique(command, "--help")
        assert said.code == 0
        assert "Examples" in said.out
        assert f"communique {command}" in said.out

    def test_without_a_command_the_help_is_shown(self, communique):
        said = communique()
        assert said.code == 2
        assert "evaluate" in said.out

    def test_version(self, communique):
        assert communique("--version").out.startswith("communique 0.")

    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            (["publish"], "No such command 'publish'"),
            (["extract"], "Missing option '--raw'"),
            (["extract", "--raw", "nowhere", "--out", "x"], "'nowhere' does not exist"),
            (["extract", "--raw", ".", "--out", "x", "--workers", "0"], "greater than or equal to 1"),
            (["evaluate", "--texts", ".", "--gold", "nowhere"], "'nowhere' does not exist"),
            (["release", "--raw", ".", "--as", "first"], "'first' is not a version"),
            (["release", "--raw", ".", "--released", "May"], "'May' is not a date"),
            (["why"], "Missing argument 'ROW_ID'"),
        ],
    )
    def test_wrong_usage_is_one_line_and_exit_code_2(self, communique, arguments, problem):
        said = communique(*arguments)
        assert said.code == 2
        assert said.err.count("\n") == 1
        assert problem in said.err
        assert "--help" in said.err

    @pytest.mark.parametrize("command", [["validate"], ["report"], ["why", "x", "--release"]])
    def test_a_release_that_is_not_there(self, communique, command):
        said = communique(*command, "nowhere")
        assert said.code == 1
        assert said.complaint.startswith("communique: nowhere: no release here;")

    def test_a_process_ends_with_the_exit_code(self, tmp_path):
        """The installed entry point, in a process of its own."""
        script = "from communique.cli import main; main()"
        command = [sys.executable, "-c", script, "validate", "nowhere"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("communique: nowhere: no release here;")


class TestExtract:
    def test_the_tables_with_what_was_set_aside(self, communique, raw, tmp_path):
        said = communique("extract", "--raw", raw, "--out", tmp_path / "tables")
        assert said.code == 0
        assert sorted(path.stem for path in (tmp_path / "tables").iterdir()) == sorted(TABLES)
        assert pl.read_parquet(tmp_path / "tables/articles.parquet").height == 2
        assert "rejected empty.txt: empty" in said.err
        assert f"The tables are in {tmp_path / 'tables'}" in said.out

    def test_json(self, communique, raw, tmp_path):
        content = communique("extract", "--raw", raw, "--out", tmp_path / "tables", "--json").json
        assert [row["source_file"] for row in content["rejected"]] == ["empty.txt"]
        assert {row["table"]: row["published"] for row in content["tables"]}["articles"] == 2

    def test_more_workers_make_the_same_bytes(self, communique, raw, tmp_path, monkeypatch):
        from communique import batch

        monkeypatch.setattr(batch, "BYTES_PER_BATCH", 1)
        for workers in (1, 2):
            assert communique("extract", "--raw", raw, "--out", tmp_path / str(workers), "--workers", workers).code == 0
        for path in (tmp_path / "1").iterdir():
            assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes()

    def test_where_no_process_can_begin(self, communique, raw, tmp_path, monkeypatch):
        (tmp_path / "sitecustomize.py").write_text("import os\nos._exit(7)\n", encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        said = communique("extract", "--raw", raw, "--out", tmp_path / "tables", "--workers", "2")
        assert said.code == 1
        assert "use fewer --workers" in said.complaint
        assert not list((tmp_path / "tables").iterdir())

    def test_a_folder_without_articles_falls_short(self, communique, tmp_path):
        (tmp_path / "raw").mkdir()
        said = communique("extract", "--raw", tmp_path / "raw", "--out", tmp_path / "tables")
        assert said.code == 1
        assert "no article could be read here; put .txt, .md or .html files into it" in said.complaint

    def test_a_broken_catalogue_is_wrong_usage(self, communique, raw, tmp_path):
        (raw / "catalogue.toml").write_text('["gone.txt"]\npublished = "2025-01-01"\n', encoding="utf-8")
        said = communique("extract", "--raw", raw, "--out", tmp_path / "tables")
        assert said.code == 2
        assert "catalogue.toml: has an entry for 'gone.txt'" in said.complaint

    def test_a_release_is_not_overwritten(self, communique, raw, release):
        before = {path.name: path.read_bytes() for path in release.iterdir()}
        assert communique("extract", "--raw", raw, "--out", release).code == 2
        assert {path.name: path.read_bytes() for path in release.iterdir()} == before

    def test_where_nothing_can_be_written(self, communique, raw, tmp_path):
        (tmp_path / "file").write_text("")
        said = communique("extract", "--raw", raw, "--out", tmp_path / "file/tables")
        assert said.code == 1
        assert "Not a directory" in said.complaint

    def test_prefect_is_not_imported(self, raw, tmp_path):
        script = (
            "import sys; from communique.cli.app import run; "
            f"code = run(['extract', '--raw', {str(raw)!r}, '--out', {str(tmp_path / 'x')!r}]); "
            "sys.exit(code or 'prefect' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


class TestValidate:
    def test_a_whole_release(self, communique, project):
        said = communique("validate", project / "processed", "--texts", project / "raw")
        assert said.code == 0, said.err
        assert f"release {LATEST} is whole" in said.out

    def test_a_flipped_byte(self, communique, release):
        path = release / "tariffs.parquet"
        path.write_bytes(path.read_bytes()[:-9] + b"?" + path.read_bytes()[-8:])
        said = communique("validate", release)
        assert said.code == 1
        assert "tariffs.parquet was changed" in said.complaint
        assert "do not use it: fetch the release again" in said.complaint

    def test_problems_for_a_program(self, communique, release):
        (release / "dates.parquet").unlink()
        said = communique("validate", release, "--json")
        assert said.code == 1
        remedy = "fetch the release again from where it was published"
        assert said.json["problems"] == [{"file": "dates.parquet", "problem": "is missing", "remedy": remedy}]
        assert (said.json["ok"], said.json["version"]) == (False, LATEST)

    def test_a_release_without_its_descriptor(self, communique, release):
        (release / "datapackage.json").unlink()
        (release / "SHA256SUMS").unlink()
        said = communique("validate", release)
        assert said.code == 1
        assert "datapackage.json is missing" in said.complaint

    def test_an_index_that_cannot_be_read(self, communique, project, tmp_path):
        releases = shutil.copytree(project / "processed", tmp_path / "processed")
        (releases / "index.json").write_text("{")
        said = communique("validate", releases / LATEST, "--json")
        assert said.code == 1
        (problem,) = said.json["problems"]
        assert problem["file"] == str(releases / "index.json")
        assert problem["problem"].startswith("not a readable release index")
        assert problem["remedy"] == "restore it from a copy"
        assert said.complaint.startswith(f"communique: {releases / 'index.json'}: not a readable release index")

    def test_texts_that_are_not_those_of_the_release(self, communique, project, tmp_path):
        raw = shutil.copytree(project / "raw", tmp_path / "raw")
        (raw / "steel.txt").write_text((raw / "steel.txt").read_text().replace("25 percent", "35 percent"))
        said = communique("validate", project / "processed", "--texts", raw, "--json")
        assert said.code == 1
        found = {problem["file"]: problem["problem"] for problem in said.json["problems"]}
        assert "evidence_in_text" in found["tariffs.parquet"]
        assert "digest_of_text" in found["articles.parquet"]


class TestDiff:
    def test_what_an_article_more_brings(self, communique, project):
        said = communique("diff", project / "processed/0.1.0", project / "processed/0.2.0")
        assert said.code == 1
        assert "0.1.0 -> 0.2.0: a minor change" in said.out
        assert "minor: 1 article added" in said.out
        assert "article added: ferries.txt" in said.out

    def test_the_same(self, communique, project):
        said = communique("diff", project / "processed/0.1.0", project / "processed/0.1.0")
        assert (said.code, said.out) == (0, "0.1.0 and 0.1.0 are the same\n")

    def test_what_cannot_be_compared_is_never_the_same(self, communique, project, release):
        (release / "tariffs.parquet").unlink()
        said = communique("diff", project / "processed/0.1.0", release)
        assert said.code == 2
        assert "tariffs could not be compared: " in said.complaint
        assert "tariffs.parquet: missing" in said.complaint
        assert "not compared: tariffs: " in said.out

    @pytest.mark.parametrize(
        "changed", [lambda data: data[:-9], lambda data: data[:0], lambda data: data[:99] + b"~" + data[100:]]
    )
    def test_a_file_that_was_changed_is_not_compared(self, communique, release, changed):
        path = release / "dates.parquet"
        whole = path.read_bytes()
        path.write_bytes(changed(whole))
        said = communique("diff", release, release, "--json")
        assert said.code == 2
        assert [problem["table"] for problem in said.json["not_compared"]] == ["dates"]
        assert said.json["bump"] == "unknown"
        path.write_bytes(whole)
        assert communique("diff", release, release).code == 0

    def test_a_file_that_was_changed_is_compared_as_it_is_when_asked(self, communique, project, release):
        path = release / "tariffs.parquet"
        pl.read_parquet(path).with_columns(rule=pl.lit("by hand")).write_parquet(path)
        published = project / "processed" / LATEST
        assert communique("diff", published, release).code == 2
        said = communique("diff", published, release, "--as-is")
        assert said.code == 1
        assert "-> 'by hand'" in said.out

    def test_versions_are_looked_up_where_one_says(self, communique, project):
        said = communique("diff", "0.1.0", "0.2.0", "--to", project / "processed", "--rows", 1)
        assert said.code == 1
        assert "added 1 more" in said.out

    def test_a_release_that_is_not_there_cannot_be_compared(self, communique, project):
        said = communique("diff", project / "processed/0.1.0", "9.9.9")
        assert (said.code, said.out) == (2, "")

    def test_json(self, communique, project):
        content = communique("diff", project / "processed/0.1.0", project / "processed/0.2.0", "--json").json
        assert content["bump"] == "minor"


class TestReport:
    @pytest.fixture
    def report(self, communique, project):
        """`communique report` with the articles and the gold that the releases were made with."""

        def run(release, *more):
            folders = ["--texts", project / "raw", "--gold", project / "gold"]
            return communique("report", project / "processed" / release, *folders, *more)

        return run

    def test_the_page_as_published(self, report, project):
        said = report(LATEST)
        assert said.code == 0
        assert said.out == (project / f"processed/{LATEST}/quality.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
    def test_all_reports_byte_for_byte_as_the_release_has_them(self, report, project, tmp_path, version):
        assert report(version, "--out", tmp_path / "reports").code == 0
        files = {path.name: path.read_bytes() for path in (tmp_path / "reports").iterdir()}
        assert set(files) == {"quality.json", "quality.md", "quality.html", "explore.html", "junit.xml"}
        for name, data in files.items():
            assert data == (project / "processed" / version / name).read_bytes(), name

    def test_a_release_gets_lost_reports_back(self, report, communique, project, release):
        (release.parent / "0.1.0").symlink_to(project / "processed/0.1.0")
        (release / "quality.md").unlink()
        (release / "junit.xml").write_bytes(b"<lost/>")
        assert report(release, "--out", release).code == 0
        assert communique("validate", release).code == 0

    def test_a_release_never_gets_other_reports(self, communique, release):
        before = {path.name: path.read_bytes() for path in release.iterdir()}
        said = communique("report", release, "--texts", "none", "--out", release)
        assert said.code == 1
        assert "nothing was written, name another folder with --out" in said.complaint
        assert {path.name: path.read_bytes() for path in release.iterdir()} == before

    def test_without_the_articles_their_checks_do_not_apply(self, communique, project):
        content = communique("report", project / "processed", "--texts", "none", "--json").json
        outcomes = {result["id"]: result["outcome"] for result in content["checks"]["results"]}
        assert outcomes["aid_commitments.evidence_in_text"] == "n/a"
        assert outcomes["aid_commitments.evidence_length"] == "passed"
        assert content["accuracy"]["status"] == "n/a"

    def test_tables_of_other_columns(self, communique, release):
        path = release / "tariffs.parquet"
        pl.read_parquet(path).drop("product").write_parquet(path)
        said = communique("report", release)
        assert said.code == 1
        assert "tariffs: column product is missing; it was made by another version of the code" in said.complaint


class TestEvaluate:
    def test_a_release_and_the_texts_themselves_have_the_same_figures(self, communique, project, tmp_path):
        where = ["evaluate", "--texts", project / "raw", "--gold", project / "gold"]
        assert communique("extract", "--raw", project / "raw", "--out", tmp_path / "tables").code == 0
        figures = [
            communique(*where, *more, "--json").json for more in ([], [project / "processed"], [tmp_path / "tables"])
        ]
        assert figures[0] == figures[1] == figures[2]
        assert figures[0]["dates"]["strict"]["gold"] == 1

    def test_the_table_and_the_errors(self, communique, project):
        said = communique("evaluate", "--texts", project / "raw", "--gold", project / "gold", "--errors")
        assert said.code == 0
        assert "aid_commitments  found" in said.out
        assert "dates: spurious by rule" in said.out

    def test_gold_for_a_text_that_is_not_there(self, communique, project, tmp_path):
        (tmp_path / "raw").mkdir()
        said = communique("evaluate", "--texts", tmp_path / "raw", "--gold", project / "gold")
        assert said.code == 2
        assert "harbour.txt: gold names this text, which is not there" in said.complaint

    def test_gold_that_is_not_json(self, communique, project, tmp_path):
        (tmp_path / "a.gold.json").write_text("{")
        said = communique("evaluate", "--texts", project / "raw", "--gold", tmp_path)
        assert said.code == 2
        assert "a.gold.json: not readable as JSON" in said.complaint


class TestWhy:
    def test_a_row_its_words_and_its_rule(self, communique, project, tariff):
        said = communique("why", tariff["tariff_id"], "--release", project / "processed")
        assert said.code == 0
        assert f"{tariff['tariff_id']} in tariffs, release {LATEST}" in said.out
        assert "imposer: Canada" in said.out
        assert f"rule: {tariff['rule']}" in said.out
        start, end = (tariff[side] - tariff["sentence_start"] for side in ("char_start", "char_end"))
        assert f"»{tariff['evidence'][start:end]}«" in said.out
        assert "\x1b" not in said.out

    def test_json(self, communique, project, tariff):
        content = communique("why", tariff["tariff_id"], "--release", project / "processed", "--json").json
        assert content["sentence"] == tariff["evidence"]
        assert content["rule"] == tariff["rule"]

    def test_the_sentence_of_a_mention_comes_from_the_text(self, communique, project):
        mentions = pl.read_parquet(project / f"processed/{LATEST}/actor_mentions.parquet")
        mention = mentions.filter(text="Moldova", sentence_start=0).row(0, named=True)
        asked = ["why", mention["mention_id"], "--release", project / "processed"]
        assert f"»{mention['text']}«" in communique(*asked, "--texts", project / "raw").out
        assert "give the folder of articles with --texts" in communique(*asked, "--texts", project / "none").err

    def test_what_else_the_sentence_gave(self, communique, project, tariff):
        dates = pl.read_parquet(project / f"processed/{LATEST}/dates.parquet")
        (date,) = dates.filter(sentence_start=tariff["sentence_start"], article_id=tariff["article_id"])["date_id"]
        said = communique("why", tariff["tariff_id"], "--release", project / "processed", "--texts", "none")
        assert f"  {date} in dates: April 2, 2025" in said.out
        content = communique("why", date, "--release", project / "processed", "--json").json
        words = {row["id"]: row["words"] for row in content["neighbours"]}
        assert words[tariff["tariff_id"]] == "25 percent"
        assert date not in words

    def test_the_sentence_of_a_mention_may_be_that_of_its_neighbours(self, communique, project, tariff):
        mentions = pl.read_parquet(project / f"processed/{LATEST}/actor_mentions.parquet")
        mention = mentions.filter(sentence_start=tariff["sentence_start"], article_id=tariff["article_id"]).row(
            0, named=True
        )
        asked = ["why", mention["mention_id"], "--release", project / "processed", "--texts", project / "none"]
        assert f"»{mention['text']}«" in communique(*asked).out

    def test_a_correction_with_its_reason(self, communique, release, tariff):
        quality = json.loads((release / "quality.json").read_text(encoding="utf-8"))
        entry = {
            "entry": "[[set]] 1",
            "action": "set",
            "id": tariff["tariff_id"],
            "replaces": None,
            "author": "A. Reader",
        }
        values = {"before": {"rate_percent": 52.0}, "after": {"rate_percent": 25.0}}
        quality["corrections"] = [entry | values | {"reason": "Digits swapped."}]
        (release / "quality.json").write_text(json.dumps(quality), encoding="utf-8")
        said = communique("why", tariff["tariff_id"], "--release", release)
        assert "corrected by A. Reader (set): Digits swapped. rate_percent 52.0 -> 25.0" in said.out

    def test_no_value_drives_the_terminal_or_passes_for_a_line_of_its_own(self, communique, release, tariff):
        for table, column in (("tariffs", "product"), ("articles", "title")):
            path = release / f"{table}.parquet"
            spoiled = pl.lit("steel\n[bold]rule[/bold]: x\x1b]0;y\x07\u202e")
            pl.read_parquet(path).with_columns(spoiled.alias(column)).write_parquet(path)
        said = communique("why", tariff["tariff_id"], "--release", release)
        assert said.code == 0
        assert all(character.isprintable() or character == "\n" for character in said.out)
        assert [line for line in said.out.splitlines() if line.startswith(("rule", "[bold]rule"))] == [
            f"rule: {tariff['rule']}"
        ]
        assert "[bold]rule[/bold]" in said.out

    def test_actors_and_articles_have_no_sentence(self, communique, project):
        said = communique("why", "country:NOR", "--release", project / "processed")
        assert said.code == 0
        assert "name: Norway" in said.out

    def test_an_id_that_no_row_has(self, communique, project):
        said = communique("why", "aid-000000000000", "--release", project / "processed")
        assert said.code == 1
        assert "aid-000000000000: no row of release 0.2.0 has this id" in said.complaint


@pytest.mark.usefixtures("prefect_server")
class TestRelease:
    @pytest.fixture(autouse=True)
    def _inside_a_project(self, raw, monkeypatch):
        monkeypatch.chdir(raw.parent)
        for name in ("PREFECT_HOME", "PREFECT_SERVER_LOGGING_LEVEL"):
            monkeypatch.setenv(name, os.environ.get(name, ""))
        (raw.parent / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")

    def test_publishing_then_nothing_new(self, communique, tmp_path):
        said = communique("release", "--released", "2025-06-01", "--reports", "reports")
        assert said.code == 0, said.err
        assert "Published release 0.1.0 in processed/0.1.0" in said.out
        assert "articles" in said.out
        assert "rejected empty.txt" in said.err
        changelog = (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8")
        assert "## [0.1.0] - 2025-06-01" in changelog
        assert (tmp_path / "reports/quality.md").read_text().startswith("# communique 0.1.0")

        said = communique("release", "--json")
        assert said.json["outcome"] == "unchanged"
        assert (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8") == changelog

        said = communique("release", "--as", "0.1.0", "--to", "elsewhere")
        assert "Published release 0.1.0 in elsewhere/0.1.0" in said.out
        said = communique("release", "--as", "0.3.0", "--to", "processed")
        assert said.code == 1
        assert "holds release 0.1.0 already" in said.complaint

    def test_no_article(self, communique, raw):
        for path in raw.iterdir():
            path.write_text("")
        said = communique("release")
        assert said.code == 1
        assert said.complaint == "communique: raw: no article could be read here; put .txt, .md or .html files into it"

    def test_a_server_that_does_not_answer(self, communique, monkeypatch):
        def flow(**_arguments):
            raise RuntimeError("Failed to reach API at http://127.0.0.1:9/api/")

        monkeypatch.setattr("flows.release.release", flow)
        said = communique("release")
        assert said.code == 1
        assert "start that Prefect server, or unset PREFECT_API_URL" in said.complaint

    def test_a_broken_catalogue(self, communique, raw):
        (raw / "catalogue.toml").write_text("[")
        said = communique("release")
        assert said.code == 2
        assert said.complaint.startswith("communique: catalogue.toml: does not parse")


def test_control_characters_do_not_reach_the_terminal(monkeypatch):
    from communique.cli import console

    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    console.say("a\x1b[31mb\rc")
    console.say_table(("name",), [("x\x1b]0;title\x07[bold]y[/bold]",)])
    assert "\x1b" not in stream.getvalue()
    assert "[bold]y[/bold]" in stream.getvalue()
