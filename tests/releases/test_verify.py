"""A release that is not what was published: which file, what is wrong with it."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from communique.releases.errors import ReleaseError
from communique.releases.index import Index, json_bytes
from communique.releases.local import LocalFiles, LocalStore
from communique.releases.names import SUMS
from communique.releases.parquet import encode
from communique.releases.sums import encode_sums, parse_sums, sums_of
from communique.releases.verdict import judge
from communique.releases.verify import digest_problems
from schemas.tables import TABLES

ROOT = Path(__file__).parents[2]
VERSION = "0.2.0"


@pytest.fixture
def releases(project, tmp_path):
    """A copy of the store that may be damaged."""
    return shutil.copytree(project / "processed", tmp_path / "processed")


@pytest.fixture
def release(releases):
    return releases / VERSION


def judged(release):
    index = LocalStore(release.parent).index()
    return judge(LocalFiles(release), (index, release.name))


def named(verdict):
    return [str(problem) for problem in verdict.problems]


def edit(path, change):
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_bytes(json_bytes(content))


def seal(release):
    """Make digests and index agree with the files, as a careful forger would."""
    files = {path.name: path.read_bytes() for path in release.iterdir() if path.name != SUMS}
    for resource in (package := json.loads(files["datapackage.json"]))["resources"]:
        data = files[resource["path"]]
        resource |= {"bytes": len(data), "hash": f"sha256:{sums_of({'': data})['']}"}
    files["datapackage.json"] = json_bytes(package)
    (release / "datapackage.json").write_bytes(files["datapackage.json"])
    sums = encode_sums(sums_of(files))
    (release / SUMS).write_bytes(sums)
    digest = sums_of({"": encode_sums(sums_of({**files, SUMS: sums}))})[""]
    edit(release.parent / "index.json", lambda index: index["versions"][-1].update(digest=digest))


def flip(release):
    path = release / "dates.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def truncate(release):
    path = release / "dates.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def swap(release):
    dates, actors = release / "dates.parquet", release / "actors.parquet"
    data = dates.read_bytes()
    dates.write_bytes(actors.read_bytes())
    actors.write_bytes(data)


def lose(release):
    (release / "dates.parquet").unlink()


def lose_the_descriptor(release):
    (release / "datapackage.json").unlink()


def lose_the_sums(release):
    (release / SUMS).unlink()


def add(release):
    (release / "more.parquet").write_bytes(b"")


def edit_the_licence(release):
    edit(release / "datapackage.json", lambda package: package["licenses"][0].update(name="CC0-1.0"))


def edit_a_digest(release):
    edit(release / "datapackage.json", lambda package: package["resources"][0].update(hash="sha256:" + "0" * 64))


def break_the_descriptor(release):
    (release / "datapackage.json").write_text("{", encoding="utf-8")


def edit_a_report(release):
    (release / "quality.md").write_text("# all is well\n", encoding="utf-8")


def edit_the_croissant(release):
    edit(release / "croissant.json", lambda content: content.update(license="none"))


def edit_the_sums(release):
    path = release / SUMS
    path.write_text(path.read_text().replace(path.read_text()[:64], "0" * 64, 1))


def break_the_sums(release):
    (release / SUMS).write_text("all files are fine\n")


def edit_the_digest_in_the_index(release):
    edit(release.parent / "index.json", lambda index: index["versions"][-1].update(digest="0" * 64))


def edit_the_latest_in_the_index(release):
    edit(release.parent / "index.json", lambda index: index.update(latest="0.1.0"))


def edit_the_order_in_the_index(release):
    edit(release.parent / "index.json", lambda index: index["versions"][-1].update(previous=None))


def edit_a_status_in_the_index(release):
    edit(release.parent / "index.json", lambda index: index["versions"][0].update(status="current"))


def edit_a_day_in_the_index(release):
    edit(release.parent / "index.json", lambda index: index["versions"][0].update(released="in June"))


def list_a_release_twice(release):
    edit(release.parent / "index.json", lambda index: index["versions"].insert(0, index["versions"][0]))


def yank_without_a_reason(release):
    edit(release.parent / "index.json", lambda index: index["versions"][0].update(status="yanked"))


DAMAGES = [
    (flip, ["dates.parquet was changed: it has not the digest that SHA256SUMS lists"]),
    (truncate, ["dates.parquet was changed: it has not the digest that SHA256SUMS lists and is"]),
    (swap, ["actors.parquet was changed: it has the content of dates.parquet", "dates.parquet was changed: it has"]),
    (lose, ["dates.parquet is missing"]),
    (lose_the_descriptor, ["datapackage.json is missing"]),
    (lose_the_sums, ["SHA256SUMS is missing"]),
    (add, ["more.parquet is no part of the release"]),
    (edit_the_licence, ["datapackage.json was edited: it has not the digest that SHA256SUMS lists"]),
    (edit_a_digest, ["datapackage.json was edited: it has not the digest that SHA256SUMS lists"]),
    (break_the_descriptor, ["datapackage.json was edited: it is not a readable data package"]),
    (edit_a_report, ["quality.md was changed"]),
    (edit_the_croissant, ["croissant.json was changed"]),
    (edit_the_sums, ["SHA256SUMS was edited: it has another digest of actor_mentions.parquet than datapackage.json"]),
    (break_the_sums, ["SHA256SUMS was edited: it is no list of digests and names"]),
    (edit_the_digest_in_the_index, ["index.json was edited, or the whole release was"]),
    (edit_the_latest_in_the_index, ["index.json says that the latest is 0.1.0, it lists 0.2.0"]),
    (edit_a_status_in_the_index, ["index.json says that 0.1.0 is current, it is superseded"]),
    (edit_a_day_in_the_index, ["index.json says that 0.1.0 was released on in June, which is no day"]),
    (list_a_release_twice, ["index.json lists 0.1.0 2 times"]),
    (yank_without_a_reason, ["index.json does not say why 0.1.0 was yanked"]),
    (edit_the_order_in_the_index, ["index.json says that 0.2.0 follows None, its diff.json says 0.1.0"]),
]


@pytest.mark.parametrize(("damage", "expected"), DAMAGES, ids=[damage.__name__ for damage, _ in DAMAGES])
def test_damage_is_named(release, damage, expected):
    damage(release)
    problems = named(judged(release))
    assert len(problems) == len(expected), problems
    for problem, beginning in zip(problems, expected, strict=True):
        assert problem.startswith(beginning)


@pytest.mark.parametrize("damage", [edit_the_licence, edit_a_report, edit_the_croissant, add, flip])
def test_damage_is_named_without_an_index(release, tmp_path, damage):
    damage(release)
    alone = release.rename(tmp_path / "alone")
    assert len(judge(LocalFiles(alone)).problems) == 1


def test_every_problem_has_a_remedy(release):
    for damage in (flip, add, edit_the_licence):
        damage(release)
    assert all(problem.remedy for problem in judged(release).problems)


def test_a_whole_release(release):
    verdict = judged(release)
    assert verdict.ok
    assert verdict.version == VERSION
    assert {result.outcome for result in verdict.results if result.severity == "error"} <= {"passed", "n/a"}


def test_releases_without_a_list_of_digests_are_judged_by_their_descriptor(release):
    """Those of the first versions: tables, descriptor and three reports."""
    edit(release / "datapackage.json", lambda package: package.pop("checksums"))
    for name in (SUMS, "croissant.json", "junit.xml", "quality.html", "explore.html"):
        (release / name).unlink()
    files = {path.name: path.read_bytes() for path in release.iterdir()}
    digest = sums_of({"": encode_sums(sums_of(files))})[""]
    edit(release.parent / "index.json", lambda index: index["versions"][-1].update(digest=digest))
    assert named(judged(release)) == []
    edit_a_report(release)
    (problem,) = named(judged(release))
    assert problem.startswith("datapackage.json was edited, or a report or index.json was")


def put(content, path, value):
    *way, last = path
    for step in way:
        content = content[step]
    content[last] = value


class TestTables:
    """What is found in files that agree with all digests."""

    def rewrite(self, release, table, **columns):
        frame = pl.read_parquet(release / f"{table}.parquet").with_columns(**columns)
        (release / f"{table}.parquet").write_bytes(encode(TABLES[table], frame, VERSION))
        seal(release)

    @pytest.mark.parametrize(
        ("table", "column", "value", "check"),
        [
            ("tariffs", "status", "waved through", "tariffs.status.enum"),
            ("tariffs", "rate_percent", -1.0, "tariffs.rate_percent.minimum"),
            ("tariffs", "tariff_id", "tariff-1", "tariffs.tariff_id.pattern"),
            ("tariffs", "article_id", "elsewhere", "tariffs.article_id.reference"),
            ("tariffs", "imposer_id", "country:XXX", "tariffs.imposer_id.reference"),
            ("recommendations", "addressee_ids", ["country:XXX"], "recommendations.addressee_ids.reference"),
            ("dates", "date_id", "date-000000000000", "dates.primary_key"),
            ("tariffs", "char_start", 5000, "tariffs.trigger_bounds"),
            ("tariffs", "sentence_end", 5000, "tariffs.sentence_bounds"),
            ("tariffs", "evidence", "Short.", "tariffs.evidence_length"),
        ],
    )
    def test_broken_rules_are_named(self, release, table, column, value, check):
        dtype = TABLES[table].dtypes[column]
        self.rewrite(release, table, **{column: pl.lit(value, dtype=dtype)})
        broken = [problem for problem in judged(release).problems if f"breaks {check} " in problem.what]
        assert [problem.file for problem in broken] == [f"{table}.parquet"]

    def test_fewer_rows_than_declared(self, release):
        frame = pl.read_parquet(release / "dates.parquet")
        (release / "dates.parquet").write_bytes(encode(TABLES["dates"], frame.head(1), VERSION))
        seal(release)
        assert named(judged(release)) == [f"dates.parquet has 1 rows, datapackage.json says {frame.height}"]

    def test_a_table_of_another_release(self, release):
        frame = pl.read_parquet(release / "dates.parquet")
        (release / "dates.parquet").write_bytes(encode(TABLES["dates"], frame, "9.9.9"))
        seal(release)
        assert named(judged(release)) == [
            "dates.parquet says that its data_version is 9.9.9, datapackage.json says 0.2.0"
        ]

    def test_another_type_than_declared(self, release):
        def retype(package):
            package["resources"][2]["schema"]["fields"][2]["type"] = "string"

        edit(release / "datapackage.json", retype)
        seal(release)
        assert named(judged(release)) == ["tariffs.parquet has char_start as Int32, datapackage.json declares string"]

    def test_a_table_that_is_no_parquet_file(self, release):
        (release / "dates.parquet").write_bytes(b"not parquet")
        seal(release)
        assert named(judged(release)) == ["dates.parquet is not a readable Parquet file"]

    @pytest.mark.parametrize(
        ("part", "value"),
        [
            (("resources", 2, "path"), "../index.json"),
            (("resources", 2, "name"), []),
            (("resources", 2, "rows"), "many"),
            (("resources", 2, "schema"), None),
            (("resources", 2, "schema", "primaryKey"), {"x": 1}),
            (("resources", 2, "schema", "foreignKeys"), 7),
            (("resources", 2, "schema", "fields", 0), "tariff_id"),
            (("resources", 2, "schema", "fields", 0, "type"), []),
            (("resources", 2, "schema", "fields", 0, "constraints"), [1]),
            (("resources", 2, "schema", "fields", 2, "constraints", "minimum"), "none"),
            (("madeBy",), None),
        ],
        ids=lambda value: str(value[-1]) if isinstance(value, tuple) else "",
    )
    def test_whatever_a_descriptor_declares_there_is_an_answer(self, release, part, value):
        edit(release / "datapackage.json", lambda package: put(package, part, value))
        sums = encode_sums(sums_of({p.name: p.read_bytes() for p in release.iterdir() if p.name != SUMS}))
        (release / SUMS).write_bytes(sums)
        assert not judge(LocalFiles(release)).ok

    def test_a_pattern_that_is_none(self, release):
        def spoil(package):
            package["resources"][2]["schema"]["fields"][0]["constraints"]["pattern"] = "("

        edit(release / "datapackage.json", spoil)
        seal(release)
        (problem,) = named(judged(release))
        assert problem.startswith("datapackage.json was edited: it declares what nothing can be checked by")

    def test_texts_decide_over_the_evidence(self, release, project):
        texts = {name: (project / f"raw/{name}.txt").read_text() for name in ("harbour", "steel", "ferries")}
        index = LocalStore(release.parent).index()
        assert judge(LocalFiles(release), (index, VERSION), texts).ok
        texts["steel"] = texts["steel"].replace("25 percent", "35 percent")
        found = {problem.file for problem in judge(LocalFiles(release), (index, VERSION), texts).problems}
        assert {"articles.parquet", "tariffs.parquet"} <= found


def test_the_release_under_another_version(releases):
    index = LocalStore(releases).index()
    shutil.rmtree(releases / "0.1.0")
    shutil.copytree(releases / "0.2.0", releases / "0.1.0")
    assert named(judge(LocalFiles(releases / "0.1.0"), (index, "0.1.0")))[0].startswith("index.json was edited, or")


def test_the_releases_of_this_project_are_whole():
    """Whichever version of the code made them."""
    store = LocalStore(ROOT / "processed")
    index = store.index()
    for entry in index.versions:
        assert named(judge(store.files(entry.version), (index, entry.version))) == []


def test_no_folder(tmp_path):
    with pytest.raises(ReleaseError, match="no such release folder"):
        digest_problems(LocalFiles(tmp_path / "none"))


class TestSums:
    def test_as_the_tool_of_that_name_reads_them(self):
        sums = sums_of({"b.parquet": b"", "a b.json": b"{}"})
        data = encode_sums(sums)
        assert data.decode().splitlines()[0].endswith("  a b.json")
        assert parse_sums(data, SUMS) == sums

    @pytest.mark.parametrize("data", [b"x", b"\xff\n", b"0" * 64 + b"  a", b"0" * 64 + b"  ../a\n", b"\n"])
    def test_anything_else_is_refused(self, data):
        with pytest.raises(ReleaseError, match="SHA256SUMS: not a list"):
            parse_sums(data, SUMS)

    def test_the_digest_of_a_release_is_that_of_its_list_and_the_list_itself(self, release):
        sums = (release / SUMS).read_bytes()
        listed = {**parse_sums(sums, SUMS), **sums_of({SUMS: sums})}
        index = Index.parse((release.parent / "index.json").read_bytes(), "index.json")
        assert sums_of({"": encode_sums(listed)})[""] == index[VERSION].digest
