"""A run over what made the latest release: known beforehand to come to it again, or not known and run."""

import os
import shutil

import pytest

from communique.releases.errors import ReleaseError
from communique.releases.inputs import Inputs, survey
from communique.releases.local import LocalStore
from communique.releases.places import open_store
from communique.releases.unchanged import MOST, NOTES, note_run, rejection_reasons, unchanged_release
from communique.releases.yank import yank
from tests import s3


@pytest.fixture
def folder(project, tmp_path):
    """A copy of the project that may be changed, with every kind of file that decides something."""
    copy = shutil.copytree(project, tmp_path / "project")
    (copy / "raw/catalogue.toml").write_text('["steel.txt"]\npublished = "2025-04-10"\n')
    (copy / "raw/accepted.toml").write_text("accept = []\n")
    (copy / "raw/corrections.toml").write_text("")
    (copy / "raw/.collected").mkdir()
    (copy / "raw/.collected/state.json").write_text("{}")
    return copy


@pytest.fixture
def look(folder):
    return lambda: survey({"raw": folder / "raw", "gold": folder / "gold"})


@pytest.fixture
def store(folder):
    return LocalStore(folder / "processed")


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def noted(look, store, cache):
    """The inputs of a run that came to the latest release."""
    note_run(store, look(), look(), ["empty"], cache)
    return look()


def write(name, text):
    return lambda folder: (folder / name).write_text(text)


def link(target):
    def change(folder):
        (folder / "raw/steel.txt").rename(folder / "raw/moved.bin")
        (folder / "raw/steel.txt").symlink_to(target)

    return change


CHANGES = {
    "an article more": write("raw/new.txt", "Norway gave Moldova 3 million euros."),
    "an article less": lambda folder: (folder / "raw/steel.txt").unlink(),
    "a letter of the same length": lambda folder: write(
        "raw/steel.txt", (folder / "raw/steel.txt").read_text().replace("25", "35")
    )(folder),
    "another name": lambda folder: (folder / "raw/steel.txt").rename(folder / "raw/iron.txt"),
    "names that swap contents": lambda folder: swap(folder / "raw/steel.txt", folder / "raw/harbour.txt"),
    "a file that will be rejected": write("raw/nothing.txt", ""),
    "another reason to reject it": write("raw/empty.txt", "\0"),
    "the catalogue": write("raw/catalogue.toml", ""),
    "the catalogue as JSON": lambda folder: (folder / "raw/catalogue.toml").rename(folder / "raw/catalogue.json"),
    "a sidecar": write("raw/steel.txt.json", "{}"),
    "corrections": write("raw/corrections.toml", "\n"),
    "no corrections": lambda folder: (folder / "raw/corrections.toml").unlink(),
    "accepted changes": write("raw/accepted.toml", "accept = [ ]\n"),
    "gold": write("gold/harbour.gold.json", "{}"),
    "more gold": write("gold/steel.gold.json", "{}"),
    "no gold": lambda folder: shutil.rmtree(folder / "gold"),
    "empty gold": lambda folder: (shutil.rmtree(folder / "gold"), (folder / "gold").mkdir()),
    "a link in the place of a file": link("moved.bin"),
}


def swap(one, other):
    first = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(first)


class TestInputs:
    @pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
    def test_whatever_decides_something_counts(self, folder, look, change):
        before = look()
        change(folder)
        assert look().digest != before.digest

    def test_a_link_that_leads_outside_is_no_link_inside(self, folder, look):
        link("moved.bin")(folder)
        inside = look()
        (folder / "raw/steel.txt").unlink()
        shutil.copy(folder / "raw/moved.bin", folder / "elsewhere.bin")
        (folder / "raw/steel.txt").symlink_to("../elsewhere.bin")
        assert look().digest != inside.digest

    def test_what_nobody_reads_does_not_count(self, folder, look):
        before = look()
        (folder / "raw/.collected/state.json").write_text("{ }")
        (folder / "raw/.hidden").write_text("")
        assert look() == before

    def test_neither_times_nor_place_count(self, folder, look, tmp_path):
        before = look()
        os.utime(folder / "raw/steel.txt", (0, 0))
        elsewhere = shutil.copytree(folder, tmp_path / "elsewhere")
        again = survey({"gold": elsewhere / "gold", "raw": elsewhere / "raw"})
        assert before.digest == look().digest == again.digest

    def test_what_was_touched_in_between_shows(self, folder, look):
        before = look()
        text = (folder / "raw/steel.txt").read_text()
        (folder / "raw/steel.txt").write_text("something else")
        (folder / "raw/steel.txt").write_text(text)
        after = look()
        assert after.digest == before.digest
        assert after != before

    def test_the_code_counts(self, folder, monkeypatch):
        before = survey({"raw": folder / "raw"})
        monkeypatch.setattr("communique.releases.inputs.code_fingerprint", lambda *_: "of another version")
        assert survey({"raw": folder / "raw"}).digest != before.digest

    def test_nothing_is_certain_of_what_is_no_regular_file(self, folder, look):
        os.mkfifo(folder / "raw/pipe.txt")
        assert look() is None

    def test_nothing_is_certain_of_a_link_to_nothing(self, folder, look):
        (folder / "raw/gone.txt").symlink_to("nowhere")
        assert look() is None

    def test_gold_that_is_not_there(self, folder):
        none, missing = (survey({"raw": folder / "raw", "gold": gold}) for gold in (None, folder / "nothing"))
        assert none == missing

    def test_a_folder_that_is_none(self, tmp_path):
        assert survey({"raw": tmp_path / "nothing"}) == survey({"raw": None})

    def test_names_and_contents_do_not_run_into_each_other(self, tmp_path):
        for name, files in {"a": ("1", "2"), "b": ("12",)}.items():
            (tmp_path / name).mkdir()
            for file in files:
                (tmp_path / name / file).write_text("")
        assert survey({"raw": tmp_path / "a"}).digest != survey({"raw": tmp_path / "b"}).digest


class TestUnchanged:
    def test_what_came_to_the_latest_release_comes_to_it_again(self, store, noted, cache):
        found = unchanged_release(store, noted, cache)
        assert found.version == "0.2.0"
        assert found.quality["version"] == "0.2.0"
        release = store.folder / "0.2.0"
        assert found.reports == {
            name: (release / name).read_bytes()
            for name in ("quality.json", "quality.md", "quality.html", "explore.html", "junit.xml")
        }

    def test_nothing_is_known_at_first(self, store, look, cache):
        assert unchanged_release(store, look(), cache) is None

    @pytest.mark.usefixtures("noted")
    def test_nor_of_other_inputs(self, folder, store, look, cache):
        CHANGES["an article more"](folder)
        assert unchanged_release(store, look(), cache) is None
        (folder / "raw/new.txt").unlink()
        assert unchanged_release(store, look(), cache) is not None

    @pytest.mark.usefixtures("noted")
    def test_nor_of_uncertain_ones(self, store, cache):
        assert unchanged_release(store, None, cache) is None

    def test_another_release_came_since(self, store, noted, cache):
        with store.publishing(store.index()) as stage:
            stage.write("a.parquet", b"rows")
            stage.commit("0.3.0", "2025-07-01")
        assert unchanged_release(store, noted, cache) is None

    def test_the_release_was_yanked_since(self, store, noted, cache):
        yank(store, "0.2.0", "rates were read as shares")
        assert unchanged_release(store, noted, cache) is None

    def test_a_later_release_was_yanked(self, store, look, cache):
        """The long way makes a version after the yanked one only where something changed; it is left to say so."""
        yank(store, "0.2.0", "rates were read as shares")
        note_run(store, look(), look(), [], cache)
        assert unchanged_release(store, look(), cache) is None

    @pytest.mark.parametrize("name", ["dates.parquet", "quality.json", "SHA256SUMS", "explore.html"])
    def test_a_damaged_release_is_left_to_the_long_way(self, store, noted, cache, name):
        path = store.folder / "0.2.0" / name
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        assert unchanged_release(store, noted, cache) is None
        path.unlink()
        assert unchanged_release(store, noted, cache) is None

    def test_a_store_that_cannot_be_read_is_an_error(self, store, noted, cache):
        (store.folder / "index.json").write_text("{")
        with pytest.raises(ReleaseError, match=r"index\.json: not a readable release index"):
            unchanged_release(store, noted, cache)

    def test_a_copy_of_the_releases_is_the_same(self, store, noted, cache, bucket, tmp_path):
        shutil.copytree(store.folder, tmp_path / "copy")
        s3.upload(store.folder, f"{bucket}/data")
        for place in (tmp_path / "copy", f"{bucket}/data"):
            assert unchanged_release(open_store(place), noted, cache).version == "0.2.0"

    def test_a_report_of_another_form_is_left_to_the_long_way(self, store, noted, cache, monkeypatch):
        monkeypatch.setattr("communique.releases.unchanged.FORMAT", 99)
        assert unchanged_release(store, noted, cache) is None


class TestNotes:
    def test_inputs_that_changed_in_between_are_not_noted(self, folder, store, look, cache):
        before = look()
        os.utime(folder / "raw/steel.txt", (0, 0))
        note_run(store, before, look(), [], cache)
        assert unchanged_release(store, before, cache) is None

    def test_uncertain_inputs_are_not_noted(self, store, cache):
        note_run(store, None, None, [], cache)
        assert not cache.exists()

    @pytest.mark.parametrize("reason", ["unreadable", "extraction_failed", "time_limit", "worker_lost"])
    def test_what_may_end_otherwise_the_next_time_is_not_noted(self, store, look, cache, reason):
        note_run(store, look(), look(), ["empty", reason], cache)
        assert unchanged_release(store, look(), cache) is None

    def test_reasons_are_those_of_the_report(self, store, noted, cache):
        assert rejection_reasons(unchanged_release(store, noted, cache).quality) == {"empty"}

    @pytest.mark.parametrize("data", [b"", b"1.0.0\n", b"\xff", b"0" * 64 + b"\n"])
    def test_a_spoilt_note_is_none(self, store, noted, cache, data):
        (cache / NOTES / noted.digest).write_bytes(data)
        assert unchanged_release(store, noted, cache) is None

    def test_notes_may_be_removed_at_any_time(self, store, noted, cache):
        shutil.rmtree(cache)
        assert unchanged_release(store, noted, cache) is None
        note_run(store, noted, noted, [], cache)
        assert unchanged_release(store, noted, cache) is not None

    def test_without_a_place_for_notes(self, store, look, tmp_path):
        (tmp_path / "file").write_text("")
        note_run(store, look(), look(), [], tmp_path / "file")
        assert unchanged_release(store, look(), tmp_path / "file") is None

    def test_few_are_kept(self, store, look, cache):
        for number in range(MOST + 3):
            inputs = Inputs(f"{number:064x}", "")
            note_run(store, inputs, inputs, [], cache)
            os.utime(cache / NOTES / inputs.digest, (number, number))
        note_run(store, look(), look(), [], cache)
        assert len(list((cache / NOTES).iterdir())) == MOST
        assert unchanged_release(store, look(), cache) is not None
        assert unchanged_release(store, Inputs(f"{0:064x}", ""), cache) is None
