"""Publishers that die, compete or run out of room, on disk and on an S3 server: whole releases or nothing."""

import shutil
import tempfile
from pathlib import Path
from uuid import uuid4

import pytest

from communique.releases.places import open_store
from communique.releases.storage import digests, release_digest
from tests import s3
from tests.publishers import publish_files

OLD = {"a.parquet": "old rows", "datapackage.json": "{}"}
NEW = {"a.parquet": "new rows", "b.parquet": "more rows", "datapackage.json": "{ }"}


@pytest.fixture
def on_disk(tmp_path):
    return lambda: str(tmp_path / uuid4().hex)


@pytest.fixture
def on_s3(bucket):
    return lambda: f"{bucket}/{uuid4().hex}"


@pytest.fixture(params=["on_disk", "on_s3"])
def new_place(request):
    """A function that gives a new empty place."""
    return request.getfixturevalue(request.param)


def contents(place):
    """Everything in a place by its path."""
    if "://" in place:
        return s3.contents(place)
    return {p.relative_to(place).as_posix(): p.read_bytes() for p in Path(place).rglob("*") if p.is_file()}


def require_whole(place):
    """Every listed release has the files it was listed with; returns the versions."""
    store = open_store(place)
    index = store.index()
    for entry in index.versions:
        assert release_digest(digests(store.files(entry.version))) == entry.digest
    return [entry.version for entry in index.versions]


def require_only(place, **releases):
    """These releases and the index are all that is there."""
    expected = {f"{v}/{name}": text.encode() for v, files in releases.items() for name, text in files.items()}
    found = dict(contents(place))
    del found["index.json"]
    assert found == expected


@pytest.fixture(scope="session")
def old(tmp_path_factory):
    """A folder with one release."""
    folder = tmp_path_factory.mktemp("old") / "processed"
    publish_files(folder, OLD)
    return folder


def start(place, old):
    """Put the old release into a place."""
    if "://" in place:
        s3.upload(old, place)
    else:
        shutil.copytree(old, place)


def walk(publishers, new_place, old, fault):
    """Publish with a fault at the first step, the second and so on; gives each place and how the publisher ended."""
    for step in range(1, 200):
        place = new_place()
        if old:
            start(place, old)
        ended = publishers.publish(place, NEW, **{fault: step})
        yield place, ended
        if not ended.hit:
            assert step > 12, "the walk has to pass every step"
            return
    pytest.fail("the walk did not end")


def require_killed_safely(publishers, new_place, old):
    before = {"0.1.0": OLD} if old else {}
    after = before | {"0.2.0" if old else "0.1.0": NEW}
    seen = []
    for place, ended in walk(publishers, new_place, old, "kill"):
        assert ended.code == (-9 if ended.hit else 0), ended.said
        seen.append(require_whole(place))
        again = publishers.publish(place, NEW)
        assert again.code == 0, again.said
        require_only(place, **after)
    assert seen == sorted(seen, key=len)
    assert {tuple(listed) for listed in seen} == {tuple(before), tuple(after)}


def test_killed_at_any_step_of_the_first_release(publishers, on_disk):
    require_killed_safely(publishers, on_disk, None)


def test_killed_at_any_step_the_next_run_finishes_and_cleans(publishers, new_place, old):
    require_killed_safely(publishers, new_place, old)


@pytest.mark.parametrize("turn", range(20))
def test_of_two_publishers_at_once_one_wins(publishers, new_place, old, turn):
    place = new_place()
    if turn % 2:
        start(place, old)
    files = [{name: f"{text} of {turn}.{number}" for name, text in NEW.items()} for number in range(2)]
    ends = publishers.run(*({"location": place, "files": mine} for mine in files))
    assert sorted(end.code for end in ends) == [0, 1], ends
    winner = [end.code for end in ends].index(0)
    assert "another publisher" in ends[1 - winner].said
    assert "nothing was changed" in ends[1 - winner].said
    require_whole(place)
    require_only(place, **({"0.1.0": OLD, "0.2.0": files[winner]} if turn % 2 else {"0.1.0": files[winner]}))


def test_on_a_disk_that_is_full_at_any_step(publishers, on_disk, old):
    for place, ended in walk(publishers, on_disk, old, "full"):
        assert require_whole(place)[0] == "0.1.0"
        assert ended.code in (0, 1), ended.said
        if ended.code:
            assert ended.said.startswith(place)
            assert ended.said.endswith("No space left on device; make room there and run again")
            assert publishers.publish(place, NEW).code == 0
        require_only(place, **{"0.1.0": OLD, "0.2.0": NEW})


def test_a_file_that_finds_no_room(publishers, on_disk, old):
    place = on_disk()
    start(place, old)
    ended = publishers.publish(place, NEW | {"a.parquet": "x" * 10_000}, limit=5_000)
    assert (ended.code, ended.said) == (1, f"{place}: File too large; make room there and run again")
    require_only(place, **{"0.1.0": OLD})


def test_a_folder_that_may_not_be_written(publishers, old):
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "processed"
        start(str(place), old)
        Path(folder).chmod(0o755)
        place.chmod(0o555)
        ended = publishers.publish(place, NEW, user=65534)
        place.chmod(0o755)
        assert ended.code == 1, ended.said
        assert ended.said.startswith(str(place))
        assert ended.said.endswith("Permission denied; give this user the right to write there")
        require_only(str(place), **{"0.1.0": OLD})


@pytest.mark.parametrize("under", ["", "processed"])
def test_a_file_where_the_folder_should_be(publishers, tmp_path, under):
    place = tmp_path / "file"
    place.write_text("mine")
    ended = publishers.publish(place / under, NEW)
    assert ended.code == 1
    assert ended.said.endswith("name a folder")
    assert place.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
