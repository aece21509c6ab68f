"""What a site survives: its server and its worker ended in the midst of runs.  Takes minutes."""

from __future__ import annotations

import signal
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
        self.stack = stack
        self.server = stack.enter_context(self.site.serving())
        self.worker = stack.enter_context(self.site.working())
        self.deployment = self.site.deploy()
        self.site.schedule(self.deployment, cron="0 6 * * *")

    def arrive(self, seed):
        """Let articles come."""
        folder = self.site.folder / f"arriving-{seed}"
        write_corpus(folder, LARGE, seed)
        (self.site.folder / "raw").mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.rename(self.site.folder / "raw" / f"{seed}-{path.name}")

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
    plant.arrive(1)
    run, _ = plant.at_work()
    plant.end_server()
    time.sleep(2)
    plant.start_server()
    plant.site.ended(run)
    following = plant.site.ended(plant.site.run_now(plant.deployment))
    assert following["type"] == "COMPLETED"
    assert plant.index.latest == "0.1.0"
    plant.require_whole()


def test_a_run_killed_with_its_worker_is_made_good_by_the_next_which_says_so(plant):
    plant.arrive(2)
    before = plant.index.latest
    lost, pids = plant.at_work()
    plant.worker.kill()
    plant.worker.wait()
    kill(pids)
    assert plant.index.latest == before
    plant.start_worker()
    following = plant.site.ended(plant.site.run_now(plant.deployment))
    assert following["type"] == "COMPLETED", following
    assert plant.index.latest == "0.2.0"
    assert plant.site.state(lost)["name"] == "Crashed"
    told = [text for text in plant.webhook.texts if "was killed" in text]
    assert len(told) == 1
    plant.require_whole()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=lambda number: number.name)
def test_a_run_ends_with_its_worker_and_the_next_does_its_work(plant, number):
    plant.arrive(number)
    before = plant.index.latest
    run, _ = plant.at_work()
    plant.worker.send_signal(number)
    plant.worker.wait(60)
    assert plant.site.ended(run)["type"] == "CRASHED"
    assert plant.index.latest == before
    plant.start_worker()
    assert plant.site.ended(plant.site.run_now(plant.deployment))["type"] == "COMPLETED"
    assert plant.index.latest != before
    plant.require_whole()
