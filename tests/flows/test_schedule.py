"""A deployment on a real server with a real worker: runs come when they are due and one at a time."""

from __future__ import annotations

import os
import signal
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from bench.corpus import write_corpus
from bench.site import Site, until
from communique.releases.local import LocalStore
from tests.conftest import HARBOUR, STEEL, write_articles
from tests.flows.webhook import SECRET, receiving
from tests.prefect_database import copied

LARGE = 1_500_000
"""Bytes of articles that keep a run at work for some seconds."""


@pytest.fixture(scope="module")
def webhook():
    with receiving() as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory, webhook, prefect_database):
    """A site with two articles, its server and its worker at work, and the deployment of `prefect.yaml`."""
    folder = tmp_path_factory.mktemp("site")
    write_articles(folder / "raw", harbour=HARBOUR, steel=STEEL)
    copied(prefect_database, folder / "home")
    with ExitStack() as stack:
        site = stack.enter_context(Site(folder, more={"COMMUNIQUE_WEBHOOK": webhook.address}).in_use())
        stack.enter_context(site.serving())
        stack.enter_context(site.working())
        site.deploy()
        yield site


@pytest.fixture(scope="module")
def deployment(site):
    return site.get("deployments/name/update/daily")["id"]


def due(site, deployment):
    """The runs that the schedule made for the hour to come, those due first."""
    soon = datetime.now(UTC) + timedelta(hours=1)
    which = {"deployment_id": {"any_": [deployment]}, "expected_start_time": {"before_": soon.isoformat()}}
    found = site.post("flow_runs/filter", flow_runs=which, sort="EXPECTED_START_TIME_ASC", limit=200)
    return [run for run in found if run["auto_scheduled"]]


def test_the_first_scheduled_run_publishes_and_the_second_waits_and_finds_nothing_new(site, deployment):
    soon = datetime.now(UTC) + timedelta(seconds=12)
    twice = f"DTSTART:{soon:%Y%m%dT%H%M%SZ}\nRRULE:FREQ=SECONDLY;INTERVAL=1;COUNT=2"
    (before,) = site.schedule(deployment, rrule=twice, timezone="UTC")
    assert (before["cron"], before["timezone"]) == ("0 6 * * *", "UTC")
    until("two runs", lambda: len(due(site, deployment)) == 2)
    first, second = due(site, deployment)
    ends = [site.ended(run["id"]) for run in (first, second)]
    assert [end["type"] for end in ends] == ["COMPLETED", "COMPLETED"]
    assert sorted(end["message"].split(":")[0] for end in ends) == ["Nothing changed since 0.1.0", "Published 0.1.0"]
    assert LocalStore(site.processed).index().latest == "0.1.0"
    histories = [site.states(run["id"]) for run in (first, second)]
    waited = ["AwaitingConcurrencySlot" in [state["name"] for state in states] for states in histories]
    assert sorted(waited) == [False, True]
    one, other = sorted(
        [state["timestamp"] for state in states if state["type"] in ("RUNNING", "COMPLETED")] for states in histories
    )
    assert one[-1] <= other[0], "one began while the other was at work"


def test_a_run_that_is_terminated_publishes_nothing_leaves_nothing_and_is_told_of(site, deployment, webhook):
    write_corpus(site.folder / "raw" / "more", LARGE)
    for path in (site.folder / "raw" / "more").iterdir():
        path.rename(site.folder / "raw" / path.name)
    run = site.run_now(deployment)
    (process,) = until("the run at work", lambda: site.is_running(run) and site.at_work())
    time.sleep(3)
    os.kill(process, signal.SIGTERM)
    began = time.monotonic()
    assert site.ended(run)["type"] == "CRASHED"
    until("the end of its processes", lambda: not site.at_work(), patience=30)
    assert time.monotonic() - began < 30
    assert LocalStore(site.processed).index().latest == "0.1.0"
    assert sorted(path.name for path in site.processed.iterdir()) == ["0.1.0", "index.json"]
    (text,) = until("the message", lambda: [text for text in webhook.texts if "crashed" in text])
    assert text.startswith("communique: run update of processed crashed")
    assert f"/runs/flow-run/{run}" in text

    following = site.ended(site.run_now(deployment))
    assert following["message"].startswith("Published 0.2.0: ")


def test_nothing_that_was_written_has_the_address_of_the_webhook(site):
    written = [path for path in site.folder.rglob("*") if path.is_file()]
    assert any(path.name == "prefect.db" for path in written)
    assert [path for path in written if SECRET.encode() in path.read_bytes()] == []
