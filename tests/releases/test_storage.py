"""Publishing on disk: whole releases or nothing, whoever dies and whoever competes."""

import json
from pathlib import Path

import pytest

from communique.releases.errors import PublishConflictError, ReleaseError
from communique.releases.index import Index
from communique.releases.local import LocalFiles, LocalStore
from communique.releases.storage import digests, release_digest

FILES = {"a.parquet": b"rows", "datapackage.json": b"{}", "quality.md": b"# fine\n"}


def publish(store, version, files=FILES):
    with store.publishing(store.index()) as stage:
        for name, data in files.items():
            stage.write(name, data)
        return stage.commit(version, "2025-06-01")


def publish_half(stage):
    stage.write("a.parquet", b"half")
    stage.write("b.parquet", Path("no such file"))


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def store(tmp_path):
    return LocalStore(tmp_path / "processed")


def test_a_release_appears_with_all_its_files(store):
    index = publish(store, "0.1.0")
    assert contents(store.folder / "0.1.0") == FILES
    assert store.index() == index
    entry = json.loads((store.folder / "index.json").read_bytes())["versions"][0]
    assert entry["version"] == "0.1.0"
    assert entry["released"] == "2025-06-01"
    assert entry["previous"] is None
    assert entry["status"] == "current"


def test_the_release_before_is_superseded(store):
    publish(store, "0.1.0")
    publish(store, "0.2.0", FILES | {"a.parquet": b"more rows"})
    data = json.loads((store.folder / "index.json").read_bytes())
    assert data["latest"] == "0.2.0"
    assert [(v["version"], v["status"], v["previous"]) for v in data["versions"]] == [
        ("0.1.0", "superseded", None),
        ("0.2.0", "current", "0.1.0"),
    ]
    assert contents(store.folder / "0.1.0") == FILES


def test_the_digest_covers_names_and_contents():
    digest = release_digest({"a": "1", "b": "2"})
    assert digest == release_digest({"b": "2", "a": "1"})
    assert digest != release_digest({"a": "2", "b": "1"})


def test_an_error_while_staging_leaves_nothing(store):
    publish(store, "0.1.0")
    before = store.index()
    with (
        pytest.raises(ReleaseError, match="no such file: No such file or directory"),
        store.publishing(before) as stage,
    ):
        publish_half(stage)
    assert sorted(path.name for path in store.folder.iterdir()) == ["0.1.0", "index.json"]
    assert store.index() == before


def test_a_file_that_is_not_on_disk_as_written_stops_the_release(store):
    with store.publishing(store.index()) as stage:
        stage.write("a.parquet", b"rows")
        (stage.stage / "a.parquet").write_bytes(b"rowz")
        with pytest.raises(ReleaseError, match=r"a\.parquet is not there as it was written"):
            stage.commit("0.1.0", "2025-06-01")
    assert store.index() == Index()


def test_published_versions_never_change(store):
    publish(store, "0.1.0")
    with pytest.raises(ReleaseError, match="already published"):
        publish(store, "0.1.0")


def test_a_publisher_who_has_not_seen_the_latest_release_loses(store):
    seen = store.index()
    publish(store, "0.1.0")
    with pytest.raises(PublishConflictError, match="another publisher was first"), store.publishing(seen):
        pass


def test_one_publisher_at_a_time(store):
    with store.publishing(store.index()):
        with pytest.raises(PublishConflictError, match="another publisher"), store.publishing(store.index()):
            pass


def test_leftovers_of_a_dead_publisher_are_cleaned(store):
    publish(store, "0.1.0")
    (store.folder / ".staging-1").mkdir()
    (store.folder / ".staging-1" / "a.parquet").write_bytes(b"half")
    (store.folder / ".staging-index.json").write_bytes(b"{}")
    store.recover()
    assert sorted(path.name for path in store.folder.iterdir()) == ["0.1.0", "index.json"]


def test_a_release_that_was_decided_is_finished(store):
    publish(store, "0.1.0")
    stage = store.folder / ".staging-1"
    stage.mkdir()
    (stage / "a.parquet").write_bytes(b"rows")
    digest = release_digest(digests(LocalFiles(stage)))
    pending = store.index().with_pending("0.2.0", "2025-07-01", digest, stage.name)
    (store.folder / "index.json").write_bytes(pending.encode())
    assert store.index().latest == "0.1.0"
    store.recover()
    index = store.index()
    assert (index.latest, index.pending, index["0.2.0"].previous) == ("0.2.0", None, "0.1.0")
    assert contents(store.folder / "0.2.0") == {"a.parquet": b"rows"}


def test_a_decided_release_that_was_changed_is_not_listed(store):
    publish(store, "0.1.0")
    pending = store.index().with_pending("0.2.0", "2025-07-01", "0" * 64, ".staging-1")
    (store.folder / ".staging-1").mkdir()
    (store.folder / "index.json").write_bytes(pending.encode())
    with pytest.raises(ReleaseError, match=r"its files were changed since; remove them and `pending`"):
        store.recover()
    assert store.index().latest == "0.1.0"


@pytest.mark.parametrize("listed", [[], ["0.1.0"], ["0.1.0", "0.2.0"]])
def test_a_release_that_the_index_does_not_list_is_never_removed(store, listed):
    for version in listed:
        publish(store, version)
    (store.folder / "0.2.1").mkdir(parents=True)
    (store.folder / "0.2.1" / "a.parquet").write_bytes(b"rows")
    with pytest.raises(ReleaseError, match=r"index\.json: (missing|out of date) although there is a release 0\.2\.1"):
        publish(store, "0.3.0")
    assert contents(store.folder / "0.2.1") == {"a.parquet": b"rows"}


def test_the_next_version_is_greater(store):
    publish(store, "0.2.0")
    with pytest.raises(ReleaseError, match=r"0\.1\.0 would follow 0\.2\.0; the next release has to be greater"):
        publish(store, "0.1.0")


@pytest.mark.parametrize("versions", [["0.1.0"], ["0.1.0", "0.2.0"]])
def test_a_lost_index_is_not_taken_for_an_empty_place(store, versions):
    for version in versions:
        publish(store, version)
    (store.folder / "index.json").unlink()
    with pytest.raises(ReleaseError, match=rf"index\.json: missing although there is a release {versions[-1]}"):
        store.index()
    with pytest.raises(ReleaseError, match="restore it"), store.publishing(Index()):
        pass
    assert contents(store.folder / versions[-1]) == FILES


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"latest": "1.0.0", "versions": []}', b'{"versions": [1]}', b"\xff"]
)
def test_a_broken_index_is_named(store, data):
    store.folder.mkdir()
    (store.folder / "index.json").write_bytes(data)
    with pytest.raises(ReleaseError, match=r"index\.json: "):
        store.index()
