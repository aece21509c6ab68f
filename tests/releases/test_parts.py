"""Tables of many rows have several files: cut by the number of rows, listed in every description, read as one."""

import json
import shutil
import sys
from dataclasses import replace
from itertools import pairwise

import absl.logging
import duckdb
import frictionless
import mlcroissant
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import communique
from communique.quality.report import quality_report
from communique.releases.build import release_files
from communique.releases.compare import NOTHING, compare
from communique.releases.content import digest_of
from communique.releases.index import json_bytes
from communique.releases.local import LocalFiles, LocalStore
from communique.releases.names import SUMS
from communique.releases.parquet import PartsWriter, encode, encode_parts
from communique.releases.places import open_store
from communique.releases.publish import Plan, plan_release, publish
from communique.releases.reading import current_snapshot, open_release
from communique.releases.rows import FileRows, rows_of
from communique.releases.sums import encode_sums, sums_of
from communique.releases.verdict import judge
from schemas.tables import TABLES
from tests import s3

absl.logging.get_absl_handler().python_handler.stream = sys.__stderr__

MOST = 3
"""Rows of the largest file here."""

DATES = ["dates-00001.parquet", "dates-00002.parquet", "dates-00003.parquet"]


def publish_parts(place, frames, folder, most=MOST):
    """Publish tables from files in `folder` that have so many rows at most."""
    store = open_store(place)
    plan = plan_release(store, rows_of(frames))
    quality = quality_report(
        version=plan.version,
        tables=rows_of(frames),
        extracted={},
        checks=(),
        accuracy=None,
        changes=plan.diff.as_dict(),
    )
    files = release_files(plan.version, rows_of(frames), quality, plan.diff, folder=folder, rows_per_file=most)
    return publish(store, plan, files, "2025-06-01"), files


@pytest.fixture(scope="module")
def tables(project):
    """The tables of a release, among them one of eight dates."""
    frames = open_release(LocalFiles(project / "processed/0.2.0")).frames()
    assert frames["dates"].height == 2 * MOST + 2
    return frames


@pytest.fixture(scope="module")
def made(tables, tmp_path_factory):
    """A store with a release of one file a table, and one with a release of several."""
    places = []
    for most in (1_000, MOST):
        folder = tmp_path_factory.mktemp("parts")
        (folder / "staged").mkdir()
        publish_parts(folder / "processed", tables, folder / "staged", most)
        shutil.rmtree(folder / "staged")
        places.append(folder / "processed")
    return places


@pytest.fixture
def store(made, tmp_path):
    """A copy of the store of parts that may be damaged."""
    return LocalStore(shutil.copytree(made[1], tmp_path / "processed"))


@pytest.fixture
def release(store):
    return store.folder / "0.1.0"


@pytest.fixture
def resource(release):
    return resources(release)["dates"]


def resources(release):
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    return {part["name"]: part for part in package["resources"]}


def problems(store):
    return [str(problem) for problem in judge(store.files("0.1.0"), (store.index(), "0.1.0")).problems]


class TestTheCut:
    def test_few_rows_are_one_file_with_the_bytes_of_one(self, tables):
        (part,) = encode_parts(TABLES["dates"], [tables["dates"]], "0.1.0", rows_per_file=tables["dates"].height)
        assert (part.name, part.content) == ("dates.parquet", encode(TABLES["dates"], tables["dates"], "0.1.0"))

    def test_no_rows_are_one_file(self):
        (part,) = encode_parts(TABLES["dates"], [], rows_per_file=MOST)
        assert (part.name, part.rows) == ("dates.parquet", 0)

    @given(st.lists(st.integers(0, 7), max_size=6), st.integers(1, 9))
    def test_it_follows_from_the_number_of_rows_alone(self, lengths, most):
        rows = pl.DataFrame({"table": [f"{n:02}" for n in range(sum(lengths))]})
        frame = rows.with_columns(*(pl.lit(name).alias(name) for name in ("row", "check", "reason")))
        ends = [sum(lengths[:n]) for n in range(len(lengths) + 1)]
        pieces = [frame[start:end] for start, end in pairwise(ends)]
        whole, found = (encode_parts(TABLES["quarantine"], some, "1.0.0", None, most) for some in ([frame], pieces))
        assert found == whole
        assert [part.content for part in found] == [part.content for part in whole]
        heights = [part.rows for part in found]
        assert sum(heights) == frame.height
        assert all(height == most for height in heights[:-1])
        assert 0 < heights[-1] <= most or heights == [0]

    def test_files_on_disk_and_in_memory_are_the_same(self, tables, tmp_path):
        args = (TABLES["dates"], [tables["dates"]], "0.1.0")
        on_disk, in_memory = encode_parts(*args, tmp_path, MOST), encode_parts(*args, None, MOST)
        assert [part.content.read_bytes() for part in on_disk] == [part.content for part in in_memory]
        assert [path.name for path in sorted(tmp_path.iterdir())] == DATES

    def test_a_version_comes_in_by_copying_the_groups_of_rows(self, tables, tmp_path):
        """Tables are put down before their version is known."""
        with PartsWriter(TABLES["dates"], None, tmp_path, 1_000) as writer:
            writer.write(tables["dates"])
        (staged,) = writer.parts()
        again = encode_parts(TABLES["dates"], FileRows(staged.content, "dates").slices(), "3.2.1")
        assert again[0].content == encode(TABLES["dates"], tables["dates"], "3.2.1")


class TestDescribed:
    def test_every_description_lists_the_files(self, release, resource):
        assert resource["path"] == DATES
        assert [part["path"] for part in resource["parts"]] == DATES
        assert [part["rows"] for part in resource["parts"]] == [3, 3, 2]
        assert resource["rows"] == 8
        data = [(release / name).read_bytes() for name in DATES]
        assert [f"sha256:{sums_of({'': some})['']}" for some in data] == [part["hash"] for part in resource["parts"]]
        assert resource["hash"] == f"sha256:{sums_of({'': b''.join(data)})['']}"
        assert resource["bytes"] == sum(part["bytes"] for part in resource["parts"]) == len(b"".join(data))
        listed = (release / SUMS).read_text().splitlines()
        assert {line[66:] for line in listed} == {path.name for path in release.iterdir()} - {SUMS}

    def test_small_tables_have_one_file_with_no_other_words(self, made):
        whole, parted = (resources(place / "0.1.0") for place in made)
        assert whole["rejected"] == parted["rejected"]
        assert "parts" not in whole["dates"]
        assert whole["dates"]["path"] == "dates.parquet"

    def test_the_files_say_what_they_are(self, release):
        for name in DATES:
            assert pq.read_schema(release / name).metadata[b"data_version"] == b"0.1.0"

    def test_frictionless_validates_it(self, release):
        package = frictionless.Package(str(release / "datapackage.json"))
        report = package.validate()
        assert report.flatten(["name", "type", "note"]) == []
        rows = package.get_resource("dates").read_rows()
        assert [row["date_id"] for row in rows] == pl.read_parquet(release / "dates-*.parquet")["date_id"].to_list()

    def test_frictionless_finds_a_changed_part(self, release, tables):
        (release / DATES[1]).write_bytes(encode(TABLES["dates"], tables["dates"].head(1), "0.1.0"))
        report = frictionless.Package(str(release / "datapackage.json")).validate()
        found = {kind for name, kind in report.flatten(["name", "type"])}
        assert {"hash-count", "byte-count", "row-count"} <= found

    def test_mlcroissant_reads_it(self, release, tables):
        dataset = mlcroissant.Dataset(release / "croissant.json")
        assert not dataset.metadata.ctx.issues.errors
        ids = [row["dates/date_id"].decode() for row in dataset.records("dates")]
        assert ids == tables["dates"]["date_id"].to_list()


class TestRead:
    def test_load_returns_the_same_rows(self, made, tables):
        for name in TABLES:
            whole, parted = (communique.load(name, source=place) for place in made)
            assert whole.equals(parted)
            assert parted.equals(tables[name])

    def test_load_refuses_a_changed_part(self, release, store):
        (release / DATES[2]).write_bytes((release / DATES[1]).read_bytes())
        with pytest.raises(communique.releases.errors.ReleaseError, match=f"{DATES[2]} is not the file"):
            communique.load("dates", source=store.folder)

    def test_one_file_and_several_are_the_same_release(self, made):
        one, several = (open_release(LocalFiles(place / "0.1.0")).snapshot() for place in made)
        assert compare(one, several).is_same
        assert compare(several, one).is_same

    def test_differences_are_found_across_files(self, made, tables):
        new = tables | {"dates": tables["dates"][1:].with_columns(rule=pl.lit("another"))}
        several = open_release(LocalFiles(made[1] / "0.1.0")).snapshot()
        counts = compare(several, current_snapshot(None, rows_of(new))).tables["dates"].counts
        assert counts == {"added": 0, "removed": 1, "changed": 7, "rekeyed": 0}

    def test_rows_are_taken_from_any_file(self, made, tables):
        rows = open_release(LocalFiles(made[1] / "0.1.0")).snapshot().tables["dates"]
        numbers = pl.Series([7, 0, 3], dtype=pl.UInt32)
        assert rows.take(numbers, ["date_id"]).equals(tables["dates"].select("date_id")[[7, 0, 3]])
        assert pl.concat(rows.slices()).equals(tables["dates"])
        assert rows.height == 8

    def test_tools_read_the_files_by_their_names(self, release, tables):
        pattern = f"{release}/dates*.parquet"
        assert pl.read_parquet(pattern).equals(tables["dates"])
        assert duckdb.sql(f"select count(*) from '{pattern}'").fetchall() == [(8,)]
        assert len(pd.read_parquet([f"{release}/{name}" for name in DATES], dtype_backend="pyarrow")) == 8


def remove(release):
    (release / DATES[1]).unlink()


def damage(release):
    data = bytearray((release / DATES[1]).read_bytes())
    data[len(data) // 2] ^= 1
    (release / DATES[1]).write_bytes(data)


def add(release):
    shutil.copy(release / DATES[1], release / "dates-00004.parquet")


def swap(release):
    first, last = ((release / name).read_bytes() for name in (DATES[0], DATES[2]))
    (release / DATES[0]).write_bytes(last)
    (release / DATES[2]).write_bytes(first)


class TestVerified:
    def test_a_whole_release(self, store):
        assert problems(store) == []

    @pytest.mark.parametrize(
        ("fault", "said"),
        [
            (remove, [f"{DATES[1]} is missing"]),
            (damage, [f"{DATES[1]} was changed: it has not the digest that {SUMS} lists"]),
            (add, ["dates-00004.parquet is no part of the release"]),
            (swap, [f"{a} was changed: it has the content of {b}" for a, b in (DATES[::2], DATES[::-2])]),
        ],
        ids=lambda value: getattr(value, "__name__", ""),
    )
    def test_damage_is_named(self, store, release, fault, said):
        fault(release)
        assert problems(store) == said

    def seal(self, store, release, change):
        """Edit the resource of the dates and make all digests agree."""
        package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
        (dates,) = [part for part in package["resources"] if part["name"] == "dates"]
        change(dates)
        (release / "datapackage.json").write_bytes(json_bytes(package))
        sums = encode_sums(sums_of({path.name: path for path in release.iterdir() if path.name != SUMS}))
        (release / SUMS).write_bytes(sums)
        index = store.index()
        digest = sums_of({"": encode_sums(sums_of({path.name: path for path in release.iterdir()}))})[""]
        entry = replace(index.versions[0], digest=digest)
        (store.folder / "index.json").write_bytes(replace(index, versions=(entry,)).encode())

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda r: r.update(rows=9), "datapackage.json says that dates has 9 rows, its files have 8"),
            (lambda r: r.update(bytes=1), "datapackage.json says that dates has 1 bytes, its files have "),
            (lambda r: r["parts"][2].update(rows=1), f"{DATES[2]} has 2 rows, datapackage.json says 1"),
            (lambda r: r["parts"].pop(), "datapackage.json was edited: it is not a readable data package"),
            (lambda r: r["path"].append(DATES[0]), "datapackage.json was edited: it is not a readable data package"),
            (lambda r: r.update(path=[]), "datapackage.json was edited: it is not a readable data package"),
            (lambda r: r.update(path=["../x"], parts=[]), "datapackage.json was edited: it is not a readable data pa"),
        ],
    )
    def test_figures_that_contradict_each_other(self, store, release, change, said):
        self.seal(store, release, change)
        found = problems(store)
        assert found[0].startswith(said), found

    def test_broken_rules_are_found_in_every_part(self, store, release, tables):
        last = tables["dates"][6:].with_columns(
            date_id=pl.lit(tables["dates"]["date_id"][0]), article_id=pl.lit("nowhere")
        )
        (release / DATES[2]).write_bytes(encode(TABLES["dates"], last, "0.1.0"))

        def describe(dates):
            del dates["parts"], dates["bytes"], dates["hash"]

        self.seal(store, release, describe)
        broken = " ".join(problems(store))
        assert "breaks dates.primary_key (3 of 8)" in broken
        assert "breaks dates.article_id.reference (2 of 8)" in broken


class TestPublished:
    def test_without_a_folder_the_same_bytes(self, tables, tmp_path):
        (tmp_path / "staged").mkdir()
        _, files = publish_parts(tmp_path / "a", tables, tmp_path / "staged")
        publish_parts(tmp_path / "b", tables, None)
        for name in files:
            assert (tmp_path / "a/0.1.0" / name).read_bytes() == (tmp_path / "b/0.1.0" / name).read_bytes()

    def test_files_may_go_once_they_are_published(self, tables, tmp_path):
        (tmp_path / "staged").mkdir()
        publish_parts(tmp_path / "a", tables, tmp_path / "staged")
        shutil.rmtree(tmp_path / "staged")
        assert problems(LocalStore(tmp_path / "a")) == []

    def test_a_large_file_goes_into_a_bucket_in_parts(self, tmp_path, bucket, monkeypatch):
        monkeypatch.setattr("communique.releases.bucket.UPLOAD_PART", 5 << 20)
        (tmp_path / "large").write_bytes(bytes(range(256)) * (11 << 12))
        store = open_store(f"{bucket}/data")
        with store.publishing(store.index()) as stage:
            stage.write("large", tmp_path / "large")
            (tmp_path / "large").rename(tmp_path / "elsewhere")
            stage.commit("0.1.0", "2025-06-01")
        assert digest_of(store.files("0.1.0").path("large")) == digest_of(tmp_path / "elsewhere")

    def test_into_a_bucket(self, tables, tmp_path, bucket):
        (tmp_path / "staged").mkdir()
        publish_parts(f"{bucket}/data", tables, tmp_path / "staged")
        store = open_store(f"{bucket}/data")
        assert problems(store) == []
        assert {f"0.1.0/{name}" for name in DATES} <= set(s3.contents(f"{bucket}/data"))
        assert communique.load("dates", source=f"{bucket}/data").equals(tables["dates"])
        assert plan_release(store, rows_of(tables)).is_unchanged

    def test_a_table_that_grows_beyond_one_file_is_no_other_kind_of_change(self, tables, tmp_path):
        (tmp_path / "staged").mkdir()
        publish_parts(tmp_path / "a", tables | {"dates": tables["dates"].head(MOST)}, tmp_path / "staged")
        plan = plan_release(open_store(tmp_path / "a"), rows_of(tables))
        assert isinstance(plan, Plan)
        assert plan.version == "0.1.1"
        assert [change.what for change in plan.diff.changes] == ["dates: 5 rows added"]


def test_the_first_release_is_compared_with_nothing(tables):
    assert compare(NOTHING, current_snapshot(None, rows_of(tables))).bump.label == "minor"
