"""Publishing on disk: whole releases or nothing, whoever dies and whoever competes."""

import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from communique.releases.errors import PublishConflictError, ReleaseError
from communique.releases.index import Index
from communique.releases.storage import LocalStore, release_digest

FILES = {"a.parquet": b"rows", "datapackage.json": b"{}", "quality.md": b"# fine\n"}


def publish(store, version, files=FILES):
    with store.publishing(store.index()) as stage:
        for name, data in files.items():
            stage.write(name, data)
        return stage.commit(version, "2025-06-01")


def publish_half(stage):
    stage.write("a.parquet", b"half")
    stage.write("b.parquet", "no bytes")


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
    with pytest.raises(TypeError), store.publishing(before) as stage:
        publish_half(stage)
    assert sorted(path.name for path in store.folder.iterdir()) == ["0.1.0", "index.json"]
    assert store.index() == before


def test_a_file_that_is_not_on_disk_as_written_stops_the_release(store):
    with store.publishing(store.index()) as stage:
        stage.write("a.parquet", b"rows")
        (stage.stage / "a.parquet").write_bytes(b"rowz")
        with pytest.raises(ReleaseError, match=r"a\.parquet is not on disk as it was written"):
            stage.commit("0.1.0", "2025-06-01")
    assert store.index() == Index()


def test_published_versions_never_change(store):
    publish(store, "0.1.0")
    with pytest.raises(ReleaseError, match="already published"):
        publish(store, "0.1.0")


def test_a_publisher_who_has_not_seen_the_latest_release_loses(store):
    seen = store.index()
    publish(store, "0.1.0")
    with pytest.raises(PublishConflictError, match="published meanwhile"), store.publishing(seen):
        pass


def test_one_publisher_at_a_time(store):
    with store.publishing(store.index()):
        with pytest.raises(PublishConflictError, match="another publisher"), store.publishing(store.index()):
            pass


def _compete(folder, start, results, number):
    store = LocalStore(Path(folder))
    seen = store.index()
    start.wait()
    try:
        with store.publishing(seen) as stage:
            stage.write("a.parquet", str(number).encode())
            stage.commit("0.1.0", "2025-06-01")
        results.put("won")
    except PublishConflictError:
        results.put("lost")


def test_of_many_publishers_one_wins(store):
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(4), context.Queue()
    arguments = (str(store.folder), start, results)
    runners = [context.Process(target=_compete, args=(*arguments, n)) for n in range(4)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    assert sorted(results.get() for _ in runners) == ["lost", "lost", "lost", "won"]
    assert sorted(path.name for path in store.folder.iterdir()) == ["0.1.0", "index.json"]


KILLED = """
import os, signal, sys
from pathlib import Path
from communique.releases.storage import LocalStore

steps = int(sys.argv[2])

def counted(function):
    def step(*args, **kwargs):
        global steps
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        steps -= 1
        return function(*args, **kwargs)
    return step

os.fsync = counted(os.fsync)
Path.mkdir, Path.rename, Path.replace = counted(Path.mkdir), counted(Path.rename), counted(Path.replace)
store = LocalStore(Path(sys.argv[1]))
with store.publishing(store.index()) as stage:
    stage.write("a.parquet", b"more rows")
    stage.write("datapackage.json", b"{}")
    stage.commit("0.2.0", "2025-07-01")
"""


def test_killed_at_any_step_readers_see_the_old_release_or_the_new_one(store):
    publish(store, "0.1.0")
    outcomes = []
    for steps in range(20):
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([sys.executable, "-c", KILLED, store.folder, str(steps)], env=environment, check=False)
        latest = store.index().latest
        outcomes.append(latest)
        assert contents(store.folder / "0.1.0") == FILES
        if latest == "0.2.0":
            assert contents(store.folder / "0.2.0") == {"a.parquet": b"more rows", "datapackage.json": b"{}"}
            break
        assert done.returncode < 0
    assert outcomes[0] == "0.1.0"
    assert len(outcomes) > 8, "the walk has to pass every step"
    publish(store, "0.3.0")
    assert sorted(path.name for path in store.folder.iterdir()) == ["0.1.0", "0.2.0", "0.3.0", "index.json"]


def test_leftovers_of_a_dead_publisher_are_cleaned(store):
    publish(store, "0.1.0")
    for name in (".staging-1", "0.1.1"):
        (store.folder / name).mkdir()
        (store.folder / name / "a.parquet").write_bytes(b"half")
    (store.folder / ".staging-index.json").write_bytes(b"{}")
    publish(store, "0.2.0")
    assert sorted(path.name for path in store.folder.iterdir()) == ["0.1.0", "0.2.0", "index.json"]


def test_a_lost_index_is_not_taken_for_an_empty_place(store):
    publish(store, "0.1.0")
    publish(store, "0.2.0")
    (store.folder / "index.json").unlink()
    with pytest.raises(ReleaseError, match=r"index\.json: missing although there is a release 0\.2\.0"):
        store.index()


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"latest": "1.0.0", "versions": []}', b'{"versions": [1]}', b"\xff"]
)
def test_a_broken_index_is_named(store, data):
    store.folder.mkdir()
    (store.folder / "index.json").write_bytes(data)
    with pytest.raises(ReleaseError, match=r"index\.json: "):
        store.index()
