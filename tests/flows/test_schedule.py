"""A deployment on a real server with a real worker: runs come when they are due and one at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from communique.releases.local import LocalStore
from tests.conftest import HARBOUR, STEEL, write_articles
from tests.flows.servers import Site, until


@pytest.fixture
def site(tmp_path):
    write_articles(tmp_path / "raw", harbour=HARBOUR, steel=STEEL)
    with Site(tmp_path).in_use() as site:
        yield site


def due(site, deployment):
    """The runs that the schedule made for today, those due first."""
    tomorrow = datetime.now(UTC) + timedelta(hours=1)
    which = {"deployment_id": {"any_": [deployment]}, "expected_start_time": {"before_": tomorrow.isoformat()}}
    found = site.post("flow_runs/filter", flow_runs=which, sort="EXPECTED_START_TIME_ASC", limit=200)
    return [run for run in found if run["auto_scheduled"]]


def test_scheduled_runs_come_one_at_a_time_the_first_publishes_and_the_second_finds_nothing_new(site):
    with site.serving(), site.working():
        deployment = site.deploy()
        soon = datetime.now(UTC) + timedelta(seconds=2)
        twice = f"DTSTART:{soon:%Y%m%dT%H%M%SZ}\nRRULE:FREQ=SECONDLY;INTERVAL=2;COUNT=2"
        (before,) = site.schedule(deployment, rrule=twice, timezone="UTC")
        assert (before["cron"], before["timezone"]) == ("0 6 * * *", "UTC")
        until("two runs", lambda: len(due(site, deployment)) == 2)
        first, second = due(site, deployment)
        ends = [site.ended(run["id"]) for run in (first, second)]
        history = [site.states(run["id"]) for run in (first, second)]
    assert [end["type"] for end in ends] == ["COMPLETED", "COMPLETED"]
    assert sorted(end["message"].split(":")[0] for end in ends) == ["Nothing changed since 0.1.0", "Published 0.1.0"]
    assert LocalStore(site.processed).index().latest == "0.1.0"
    waits, times = [], []
    for states in history:
        waits.append("AwaitingConcurrencySlot" in [state["name"] for state in states])
        times.append([state["timestamp"] for state in states if state["type"] in ("RUNNING", "COMPLETED")])
    assert waits == [False, True]
    assert times[0][-1] <= times[1][0], "one began while the other was at work"
