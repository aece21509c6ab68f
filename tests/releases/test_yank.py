"""Withdrawn releases: what the index says of them, and what the next release is compared with."""

import json
import shutil

import polars as pl
import pytest

from communique.releases.documents import update_documents
from communique.releases.errors import ReleaseError
from communique.releases.index import Index
from communique.releases.local import LocalStore
from communique.releases.publish import plan_release
from communique.releases.reading import find_release
from communique.releases.rows import rows_of
from communique.releases.yank import yank

TOLD = 'Load `load("tariffs", version="0.2.0")` or `processed/0.2.0/tariffs.parquet`.'
LEFT = "Neither `processed/0.2.01` nor `other/0.2.0` is a release."
README = f"{TOLD}\n{LEFT}\n\n<!-- tables: begin -->\n<!-- tables: end -->\n"


@pytest.fixture
def store(project, tmp_path):
    """Releases 0.1.0 and 0.2.0, which may be changed."""
    shutil.copytree(project / "processed", tmp_path / "processed")
    return LocalStore(tmp_path / "processed")


def frames(store, version):
    return find_release(str(store.folder / version), "nowhere").frames()


def contents(store):
    """All files of the releases."""
    return {path: path.read_bytes() for path in store.folder.glob("*/*")}


def states(store):
    return {entry.version: (entry.status, entry.why) for entry in store.index().versions}


def test_the_newest_that_stands_becomes_the_latest(store):
    before = contents(store)
    assert yank(store, "0.2.0", "Rates were swapped.") == store.index()
    assert store.index().latest == "0.1.0"
    assert states(store) == {"0.1.0": ("current", None), "0.2.0": ("yanked", "Rates were swapped.")}
    assert contents(store) == before
    yank(store, "0.1.0", "This too.")
    assert store.index().latest is None
    assert json.loads((store.folder / "index.json").read_bytes())["latest"] is None


def test_an_older_release_leaves_the_latest_as_it_is(store):
    yank(store, "0.1.0", "Wrong.")
    assert store.index().latest == "0.2.0"
    assert states(store) == {"0.1.0": ("yanked", "Wrong."), "0.2.0": ("current", None)}
    assert store.index()["0.2.0"].previous == "0.1.0"


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        ("0.2.0", r"release 0\.2\.0 is yanked already \(Wrong\.\); nothing was changed"),
        ("0.9.0", r"no release 0\.9\.0 is listed; name one of these: 0\.1\.0, 0\.2\.0"),
    ],
)
def test_what_cannot_be_yanked(store, version, problem):
    before = yank(store, "0.2.0", "Wrong.")
    with pytest.raises(ReleaseError, match=problem):
        yank(store, version, "Again.")
    assert store.index() == before


def test_a_place_that_is_not_there(tmp_path):
    with pytest.raises(ReleaseError, match="no such folder; name the place of the releases"):
        yank(LocalStore(tmp_path / "none"), "0.1.0", "Wrong.")
    assert list(tmp_path.iterdir()) == []


def test_the_next_release_is_compared_with_the_newest_that_stands(store):
    new = frames(store, "0.2.0")
    yank(store, "0.2.0", "Wrong.")
    plan = plan_release(store, rows_of(new))
    assert (plan.diff.old_version, plan.version) == ("0.1.0", "0.3.0")
    assert plan_release(store, rows_of(frames(store, "0.1.0"))).is_unchanged


def test_a_correction_after_a_yank_gets_a_version_above_all(store):
    new = frames(store, "0.1.0")
    new["tariffs"] = new["tariffs"].with_columns(pl.col("rate_percent") + 1)
    yank(store, "0.2.0", "Wrong.")
    plan = plan_release(store, rows_of(new))
    assert (plan.diff.old_version, plan.diff.bump.label, plan.version) == ("0.1.0", "patch", "0.2.1")


def test_where_none_stands_the_next_is_compared_with_nothing(store):
    for version in ("0.1.0", "0.2.0"):
        yank(store, version, "Wrong.")
    plan = plan_release(store, rows_of(frames(store, "0.1.0")))
    assert (plan.diff.old_version, plan.version) == (None, "0.3.0")
    assert not plan.is_unchanged


def test_an_article_that_its_publisher_withdrew(store):
    """Without the article the next release is a MINOR change that names it; its rows go with it."""
    all_rows = frames(store, "0.2.0")
    (gone,) = all_rows["articles"].filter(pl.col("source_file") == "steel.txt")["article_id"]
    rest = {
        name: frame.filter(pl.col("article_id") != gone) if "article_id" in frame.columns else frame
        for name, frame in all_rows.items()
    }
    plan = plan_release(store, rows_of(rest))
    assert (plan.version, plan.diff.articles_removed) == ("0.3.0", ("steel.txt",))
    assert "1 article withdrawn" in [change.what for change in plan.diff.changes]


def test_the_documents_stop_recommending_it(store, tmp_path):
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    update_documents(tmp_path, store)
    yank(store, "0.2.0", "Rates were swapped.")
    update_documents(tmp_path, store)
    readme, changelog = ((tmp_path / name).read_text(encoding="utf-8") for name in ("README.md", "CHANGELOG.md"))
    assert "## [0.2.0] - 2025-06-01 [YANKED]\n\nYanked: Rates were swapped.\n\n### Added" in changelog
    assert "## [0.1.0] - 2025-06-01\n" in changelog
    assert readme.startswith(TOLD.replace("0.2.0", "0.1.0"))
    assert LEFT in readme
    assert update_documents(tmp_path, store) == []
    yank(store, "0.1.0", "This too.")
    assert [path.name for path in update_documents(tmp_path, store)] == ["CHANGELOG.md", "README.md"]
    assert "No release stands at present" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_an_index_that_recommends_a_yanked_release_is_broken():
    index = Index().with_pending("0.1.0", "2025-06-01", "0" * 64, "stage").settled().with_yank("0.1.0", "Wrong.")
    data = json.loads(index.encode()) | {"latest": "0.1.0"}
    with pytest.raises(ReleaseError, match=r"index\.json: the latest version 0\.1\.0 is not among its versions"):
        Index.parse(json.dumps(data).encode(), "index.json")
    assert Index.parse(index.encode(), "index.json") == index
