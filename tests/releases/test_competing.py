"""Publishers of one bucket in every order of their requests: the slow, the dead and those cut off harm no release."""

import itertools
import threading

import pytest
from obstore.store import MemoryStore

from communique.releases.bucket import Bucket
from communique.releases.errors import PublishConflictError, ReleaseError
from communique.releases.remote import ObjectStore
from communique.releases.storage import digest_of, digests, release_digest
from communique.releases.yank import yank
from tests.publishers import REQUESTS, publish_into

OLD = {"a.parquet": "old rows"}
MINE = {"a.parquet": "my rows", "b.parquet": "more rows"}
THEIRS = {"a.parquet": "their rows", "c.parquet": "other rows"}
NEXT = {"a.parquet": "the next rows"}


class Watched(Bucket):
    """A bucket that asks `turn` before each request, and hands it what the request will do."""

    def __init__(self, objects, turn):
        super().__init__(objects, "s3://bucket/data", "the server")
        self.turn = turn


def _watched(name):
    def request(self, *arguments):
        return self.turn(lambda: getattr(Bucket, name)(self, *arguments))

    return request


for _name in REQUESTS:
    setattr(Watched, _name, _watched(_name))


def store_of(objects, turn=lambda request: request()):
    return ObjectStore(Watched(objects, turn))


@pytest.fixture(params=[None, OLD], ids=["first", "second"])
def new_objects(request):
    """A function that gives a bucket without or with a release."""

    def new():
        objects = MemoryStore()
        if request.param:
            publish_into(store_of(objects), request.param)
        return objects

    return new


def listed(objects):
    """The releases that the index lists, by the digest of the files they have now."""
    store = store_of(objects)
    index = store.index()
    for entry in index.versions:
        assert release_digest(digests(store.files(entry.version))) == entry.digest
    return {entry.version: digests(store.files(entry.version)) for entry in index.versions}


def require_clean(objects, releases):
    """Nothing is there but the files of these releases and the index."""
    keys = {f"{version}/{name}" for version, files in releases.items() for name in files}
    assert set(store_of(objects).bucket.keys("")) == {*keys, "index.json"}


def require_next(objects):
    """The next publisher finds all in order, and leaves it so."""
    before = listed(objects)
    publish_into(store_of(objects), NEXT)
    after = listed(objects)
    assert after.items() >= before.items()
    assert len(after) > len(before)
    require_clean(objects, after)


class Publisher:
    """A publisher in a thread that stops after so many requests until it may go on."""

    def __init__(self, objects, files, stop_after):
        self.left, self.files, self.outcome = stop_after, files, None
        self.paused, self.go_on = threading.Event(), threading.Event()
        self.store = store_of(objects, self.turn)
        self.thread = threading.Thread(target=self.run)

    def turn(self, request):
        if self.left == 0:
            self.paused.set()
            assert self.go_on.wait(60)
        self.left -= 1
        return request()

    def run(self):
        try:
            self.outcome = publish_into(self.store, self.files)
        except ReleaseError as error:
            self.outcome = error
        self.paused.set()

    def start(self):
        self.thread.start()
        assert self.paused.wait(60)

    def finish(self):
        self.go_on.set()
        self.thread.join()


def requests_of_a_run(objects):
    count = itertools.count()

    def turn(request):
        next(count)
        return request()

    publish_into(store_of(objects, turn), MINE)
    return next(count)


def test_in_every_order_each_release_is_that_of_its_publisher(new_objects):
    """One publisher stops after any number of its requests, another after any of its; then the first goes on."""
    requests = requests_of_a_run(new_objects())
    both = set()
    stops = itertools.product(range(requests + 1), repeat=2)
    for mine, theirs in (pair for pair in stops if sum(pair) % 2 == 0):
        objects = new_objects()
        publishers = (Publisher(objects, MINE, mine), Publisher(objects, THEIRS, theirs))
        for publisher in publishers:
            publisher.start()
        for publisher in publishers:
            publisher.finish()
        releases, outcomes = listed(objects), [publisher.outcome for publisher in publishers]
        for publisher in publishers:
            if isinstance(publisher.outcome, str):
                files = {name: digest_of(text.encode()) for name, text in publisher.files.items()}
                assert releases[publisher.outcome.removeprefix("published ")] == files
            else:
                assert isinstance(publisher.outcome, PublishConflictError)
        published = [outcome for outcome in outcomes if isinstance(outcome, str)]
        assert len(set(published)) == len(published) > 0
        both.add(len(published))
        require_next(objects)
    assert both == {1, 2}, "one loses where they overlap, both win where one ends before the other begins"


@pytest.mark.parametrize("is_done", [False, True], ids=["request lost", "answer lost"])
@pytest.mark.parametrize("returns", [False, True], ids=["for good", "for once"])
def test_a_connection_lost_at_any_request(new_objects, is_done, returns):
    requests = requests_of_a_run(new_objects())
    for last in range(requests):
        objects, count = new_objects(), itertools.count()
        before = listed(objects)

        def turn(request, last=last, count=count):
            number = next(count)
            if number == last and is_done:
                request()
            if number == last or (number > last and not returns):
                raise ReleaseError("s3://bucket: no answer; check the connection and run again")
            return request()

        try:
            outcome = publish_into(store_of(objects, turn), MINE)
        except ReleaseError as error:
            outcome = error
        after = listed(objects)
        assert after.items() >= before.items()
        if isinstance(outcome, str):
            assert len(after) == len(before) + 1
        publish_into(store_of(objects), MINE)
        assert len(listed(objects)) == len(before) + 1, "decided or not, it is published once"
        require_next(objects)


def test_a_release_yanked_while_another_is_published():
    """A yank at any moment is neither lost nor in the way of a release that is decided."""
    outcomes = []
    for stop_after in range(50):
        objects = MemoryStore()
        publish_into(store_of(objects), OLD)
        publisher = Publisher(objects, MINE, stop_after)
        publisher.start()
        yank(store_of(objects), "0.1.0", "wrong")
        publisher.finish()
        index = store_of(objects).index()
        assert index["0.1.0"].is_yanked
        outcomes.append(publisher.outcome if isinstance(publisher.outcome, str) else type(publisher.outcome))
        assert index.latest == ("0.2.0" if outcomes[-1] == "published 0.2.0" else None)
        require_next(objects)
        if publisher.left > 0:
            break
    assert set(outcomes) == {"published 0.2.0", PublishConflictError}


def test_a_server_without_conditional_writes(new_objects, monkeypatch):
    objects = new_objects()
    before = listed(objects)
    monkeypatch.setattr(Watched, "create", lambda self, key, data: self.put(key, data) or True)
    with pytest.raises(ReleaseError, match="the server ignores the conditions of writes"):
        publish_into(store_of(objects), MINE)
    assert listed(objects) == before
    assert not store_of(objects).bucket.keys(".staging")


def test_a_publisher_that_sleeps_while_others_publish_and_clean(new_objects):
    """However long one sleeps before its decision, it loses, and nothing of the others is harmed."""
    objects = new_objects()
    sleeper = Publisher(objects, MINE, requests_of_a_run(new_objects()) // 2)
    sleeper.start()
    for number in range(3):
        publish_into(store_of(objects), {"a.parquet": f"rows {number}"})
    releases = listed(objects)
    sleeper.finish()
    assert isinstance(sleeper.outcome, PublishConflictError)
    assert listed(objects) == releases
    require_clean(objects, releases)


def test_a_release_that_the_index_does_not_list_stops_publishing(new_objects):
    objects = new_objects()
    store = store_of(objects)
    store.bucket.put("0.7.0/a.parquet", b"rows")
    with pytest.raises(ReleaseError, match=r"index\.json: (missing|out of date) although there is a release 0\.7\.0"):
        publish_into(store, MINE)
    assert store.bucket.get("0.7.0/a.parquet").data == b"rows"


def test_a_decided_release_whose_files_were_changed_is_not_listed(new_objects):
    objects = new_objects()
    store = store_of(objects)
    store.bucket.put("index.json", store.index().with_pending("0.9.0", "2025-06-01", "0" * 64, "stage").encode())
    with pytest.raises(ReleaseError, match="its files were changed since; remove them and `pending`"):
        store.recover()
    assert "0.9.0" not in store.index()
