"""What was extracted before is not extracted again, and whatever becomes of the cache, the results stay the same."""

import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from communique import batch, extraction_cache
from communique.articles.build import build_article
from communique.articles.metadata import Metadata
from communique.batch import SourceFile
from communique.extraction.engine import extract
from communique.extraction.packing import pack, unpack
from communique.extraction_cache import FILE, ArticleCache
from communique.extraction_run import extracted
from communique.runners.inline import InlineRunner
from communique.runners.local import LocalRunner
from tests.conftest import FERRIES, STEEL, write_articles
from tests.faults import EXITS, LOOPS, RAISES, article

COUNTRIES = ("Chile", "Kenya", "Mexico", "Peru", "Samoa", "Tonga")


class Recorder:
    """Notes which files a runner is to extract."""

    def __init__(self, runner=None):
        self.runner, self.files = runner or InlineRunner(), []

    def run(self, jobs):
        def noted():
            for job in jobs:
                self.files += [file.name for file in job]
                yield job

        yield from self.runner.run(noted())


@pytest.fixture
def many(raw):
    """Eight articles and an empty file."""
    return write_articles(raw, **{name.lower(): STEEL.replace("Brazil", name) for name in COUNTRIES})


@pytest.fixture
def run(many, tmp_path):
    """Extract the folder with the cache: the results, the files extracted, the warnings."""

    def run(engine="engine", folder=tmp_path / "cache", during=None, **arguments):
        runner, warnings = Recorder(), []
        with ArticleCache(engine, warn=warnings.append, folder=folder, **arguments) as cache:
            found = []
            for result in extracted(many, runner=runner, cache=cache):
                found.append(result)
                if during is not None and len(found) == 1:
                    during(folder)
        return found, runner.files, warnings

    return run


@pytest.fixture
def alone(many):
    """What is found without a cache."""
    return list(extracted(many, runner=InlineRunner()))


ALL = sorted([*(f"{name.lower()}.txt" for name in COUNTRIES), "empty.txt", "harbour.txt", "steel.txt"])


class TestWhatIsExtracted:
    def test_the_second_run_extracts_nothing_and_finds_the_same(self, run, alone):
        assert run() == (alone, ALL, [])
        assert run() == (alone, [], [])

    def test_a_new_article_is_the_only_one(self, run, many):
        run()
        write_articles(many, ferries=FERRIES)
        assert run()[1] == ["ferries.txt"]

    def test_a_changed_article_is_the_only_one_and_the_old_text_is_still_known(self, run, many):
        run()
        old = (many / "peru.txt").read_bytes()
        (many / "peru.txt").write_bytes(old + b"Peru should pay.\n")
        assert run()[1] == ["peru.txt"]
        (many / "peru.txt").write_bytes(old)
        assert run()[1] == []

    def test_what_the_catalogue_says_counts(self, run, many):
        run()
        (many / "catalogue.toml").write_text('["peru.txt"]\npublished = "2024-01-02"\n', encoding="utf-8")
        found, files, _ = run()
        assert files == ["peru.txt"]
        dates = {one.article.article_id: one.article.published for result in found for one in result.extractions}
        assert dates["peru"] == "2024-01-02"

    def test_another_engine_extracts_all(self, run):
        run()
        assert run(engine="another")[1] == ALL
        assert run()[1] == []

    @pytest.mark.usefixtures("faults")
    def test_what_may_end_otherwise_the_next_time_is_tried_again(self, many, tmp_path):
        write_articles(many, **{fault: article(fault) for fault in (RAISES, EXITS, LOOPS)})
        for _ in range(2):
            runner = Recorder(LocalRunner(time_limit=1))
            with ArticleCache("engine", warn=pytest.fail, folder=tmp_path / "cache") as cache:
                results = list(extracted(many, runner=runner, cache=cache))
            rejected = [one.reason for result in results for one in result.rejections]
            assert sorted(rejected) == ["empty", "extraction_failed", "time_limit", "worker_lost"]
        assert runner.files == sorted(f"{fault}.txt" for fault in (RAISES, EXITS, LOOPS))


class TestKeys:
    FILE = SourceFile("a.txt", b"text", Metadata(title="T"))

    @pytest.mark.parametrize(
        "other",
        [
            replace(FILE, name="b.txt"),
            replace(FILE, raw=b"texts"),
            replace(FILE, known=None),
            replace(FILE, known=Metadata(title="T", authors=("A",))),
        ],
        ids=["name", "bytes", "nothing known", "more known"],
    )
    def test_all_that_decides_is_in_the_key(self, tmp_path, other):
        cache = ArticleCache("engine", warn=pytest.fail, folder=tmp_path)
        assert cache.key(self.FILE) == cache.key(replace(self.FILE))
        assert cache.key(self.FILE) != cache.key(other)

    def test_a_name_that_is_no_text_has_a_key(self, tmp_path):
        cache = ArticleCache("engine", warn=pytest.fail, folder=tmp_path)
        assert len(cache.key(replace(self.FILE, name="a\udcff.txt"))) == 32


def garble(folder):
    (folder / FILE).write_bytes(b"not a database" * 500)


def cut(folder):
    with (folder / FILE).open("r+b") as file:
        file.truncate(5000)


def spoil_entries(statement):
    def spoil(folder):
        with sqlite3.connect(folder / FILE) as base:
            base.execute(statement)
        base.close()

    return spoil


DAMAGES = {
    "garbled": garble,
    "cut off": cut,
    "emptied": lambda folder: (folder / FILE).write_bytes(b""),
    "entries cut off": spoil_entries("UPDATE entries SET found = substr(found, 1, length(found) / 2)"),
    "entries empty": spoil_entries("UPDATE entries SET found = x''"),
    "entries of others": spoil_entries("UPDATE entries SET found = (SELECT max(found) FROM entries)"),
    "no table": spoil_entries("DROP TABLE entries"),
    "removed": shutil.rmtree,
}


class TestTrouble:
    @pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
    def test_between_two_runs_it_costs_nothing_but_time(self, run, alone, damage, tmp_path):
        run()
        damage(tmp_path / "cache")
        found, files, warnings = run()
        assert (found, warnings) == (alone, [])
        assert files
        assert run() == (alone, [], [])

    @pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
    def test_in_mid_run_it_changes_no_result(self, run, damage, monkeypatch, many):
        monkeypatch.setattr(batch, "BYTES_PER_BATCH", 1)
        alone = list(extracted(many, runner=InlineRunner()))
        found, _, warnings = run(during=damage)
        assert found == alone
        assert len(warnings) <= 1
        assert run()[0] == alone

    def test_a_full_disk_ends_its_use_with_one_warning(self, run, monkeypatch, tmp_path):
        def opened(path):
            base = real(path)
            base.execute("PRAGMA max_page_count = 5")
            return base

        real = extraction_cache._opened
        monkeypatch.setattr(extraction_cache, "_opened", opened)
        monkeypatch.setattr(batch, "BYTES_PER_BATCH", 1)
        _, files, warnings = run()
        assert files == ALL
        assert len(warnings) == 1
        assert "full" in warnings[0]
        assert str(tmp_path / "cache") in warnings[0]

    def test_a_folder_that_cannot_be_made(self, run, alone, tmp_path):
        (tmp_path / "file").write_text("")
        found, files, warnings = run(folder=tmp_path / "file/cache")
        assert (found, files) == (alone, ALL)
        assert len(warnings) == 1

    def test_a_folder_that_others_may_write_is_not_used(self, run, alone, tmp_path):
        (tmp_path / "cache").mkdir()
        (tmp_path / "cache").chmod(0o777)
        found, _, warnings = run()
        assert found == alone
        assert "can be written by others" in warnings[0]
        assert not list((tmp_path / "cache").iterdir())

    def test_a_new_folder_is_its_users_alone(self, run, tmp_path):
        run()
        assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700


def test_runs_side_by_side_share_it(many, tmp_path):
    script = f"""
from pathlib import Path
from communique.extraction_cache import ArticleCache
from communique.extraction_run import extracted
from communique.runners.inline import InlineRunner
with ArticleCache("engine", warn=print, folder=Path({str(tmp_path / "cache")!r})) as cache:
    print(sum(len(found.extractions) for found in extracted(Path({str(many)!r}), runner=InlineRunner(), cache=cache)))
"""
    runs = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [run.communicate(timeout=120)[0] for run in runs] == ["8\n"] * 3


class TestSize:
    def test_the_least_lately_used_go_beyond_it(self, tmp_path, monkeypatch):
        packed = pack(extract(build_article(STEEL)))
        keys = [bytes([number]) * 32 for number in range(100)]
        most = 100 * len(packed)
        for day, some in enumerate((keys[:50], keys[:10], keys[50:])):
            monkeypatch.setattr(extraction_cache.time, "time", lambda day=day: 1e9 + day * 90_000)
            with ArticleCache("engine", warn=pytest.fail, folder=tmp_path, most_bytes=most) as cache:
                if not cache.found(some):
                    cache.put((key, packed, unpack(packed)) for key in some)
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= most
        with ArticleCache("engine", warn=pytest.fail, folder=tmp_path) as cache:
            left = cache.found(keys).keys()
        assert left >= {*keys[60:]}
        assert not left & {*keys[10:40]}
