"""What a site survives: its server and its worker ended in the midst of runs.  Takes minutes."""

from __future__ import annotations

import time
from contextlib import ExitStack

import pytest

from bench.corpus import write_corpus
from bench.site import Site, kill, until
from communique.releases.index import Index
from communique.releases.local import LocalStore
from communique.releases.storage import digests, release_digest
from tests.flows.webhook import receiving

pytestmark = pytest.mark.long

LARGE = 600_000
"""Bytes of articles that keep a run at work for some seconds."""


class Plant:
    """A site with its server and worker, each of which can be ended and started."""

    def __init__(self, folder, stack):
        self.webhook = stack.enter_context(receiving())
        self.site = stack.enter_context(Site(folder, more={"COMMUNIQUE_WEBHOOK": self.webhook.address}).in_use())
        self.stack, self.arrivals = stack, 0
        self.server = stack.enter_context(self.site.serving())
        self.worker = stack.enter_context(self.site.working())
        self.deployment = self.site.deploy()
        self.site.schedule(self.deployment, cron="0 6 * * *")

    def arrive(self):
        """Let articles come."""
        self.arrivals += 1
        folder = self.site.folder / f"arriving-{self.arrivals}"
        write_corpus(folder, LARGE, self.arrivals)
        (self.site.folder / "raw").mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.rename(self.site.folder / "raw" / f"{self.arrivals}-{path.name}")

    def at_work(self):
        """A run some way into its work; its id and its processes."""
        run = self.site.run_now(self.deployment)
        pids = until("the run at work", lambda: self.site.is_running(run) and self.site.at_work())
        time.sleep(4)
        return run, pids

    def end_server(self):
        self.server.kill()
        kill(pid for pid, command in self.site.processes().items() if "create_app" in command)

    def start_server(self):
        self.server = self.stack.enter_context(self.site.serving())

    def start_worker(self):
        self.worker = self.stack.enter_context(self.site.working())

    def kill_worker_and_run(self, pids):
        self.worker.kill()
        self.worker.wait()
        kill(pids)

    def tell_worker_to_end(self, pids):
        self.worker.terminate()
        self.worker.wait(60)
        assert not {*pids} & {*self.site.at_work()}

    def make_good(self):
        """Another worker and another run, which completes."""
        self.start_worker()
        assert self.site.ended(self.site.run_now(self.deployment))["type"] == "COMPLETED"
        self.require_whole()

    def told_of_lost(self):
        """How many messages tell of a run that was killed."""
        return sum("was killed" in text for text in self.webhook.texts)

    @property
    def index(self):
        return LocalStore(self.site.processed).index() if self.site.processed.exists() else Index()

    def require_whole(self):
        store = LocalStore(self.site.processed)
        for entry in self.index.versions:
            assert release_digest(digests(store.files(entry.version))) == entry.digest
        until("the end of the runs", lambda: not self.site.at_work(), patience=60)


@pytest.fixture(scope="module")
def plant(tmp_path_factory):
    with ExitStack() as stack:
        yield Plant(tmp_path_factory.mktemp("plant"), stack)


def test_a_server_restarted_in_mid_run_costs_at_most_that_run(plant):
    plant.arrive()
    run, _ = plant.at_work()
    plant.end_server()
    time.sleep(2)
    plant.start_server()
    plant.site.ended(run)
    following = plant.site.ended(plant.site.run_now(plant.deployment))
    assert following["type"] == "COMPLETED"
    assert plant.index.latest == "0.1.0"
    plant.require_whole()


def test_a_run_ends_with_a_worker_that_is_killed_and_the_next_does_its_work(plant):
    plant.arrive()
    before = plant.index.latest
    run, _ = plant.at_work()
    plant.worker.kill()
    assert plant.site.ended(run)["type"] == "CRASHED"
    assert plant.index.latest == before
    plant.make_good()
    assert plant.index.latest != before


@pytest.mark.parametrize("end", [Plant.kill_worker_and_run, Plant.tell_worker_to_end], ids=["killed", "told to end"])
def test_a_run_lost_with_its_worker_is_made_good_by_the_next_which_says_so(plant, end):
    """Prefect ends the run of a worker that is told to end, without a word to the server."""
    plant.arrive()
    before, told = plant.index.latest, plant.told_of_lost()
    lost, pids = plant.at_work()
    end(plant, pids)
    assert plant.index.latest == before
    plant.make_good()
    assert plant.index.latest != before
    assert plant.site.state(lost)["name"] == "Crashed"
    assert plant.told_of_lost() == told + 1
