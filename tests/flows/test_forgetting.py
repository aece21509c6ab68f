"""Prefect's record of runs is bounded where a temporary server keeps it."""

from datetime import timedelta

import pytest
from prefect import flow
from prefect.artifacts import Artifact, create_markdown_artifact
from prefect.client.orchestration import get_client

from flows.housekeeping import forget_old_runs

pytestmark = pytest.mark.usefixtures("prefect_server")


@flow(name="within")
def within():
    create_markdown_artifact(key="forgotten", markdown="text")


@flow(name="around")
def around():
    within()


def names():
    with get_client(sync_client=True) as client:
        flows = {found.id: found.name for found in client.read_flows()}
        return sorted(name for run in client.read_flow_runs() if (name := flows[run.flow_id]) in ("around", "within"))


def test_runs_that_ended_long_ago_are_forgotten_with_those_in_them_and_their_artifacts():
    around()
    assert Artifact.get("forgotten") is not None
    assert forget_old_runs(timedelta(days=1)) == 0
    assert names() == ["around", "within"]
    while forget_old_runs(timedelta(0)):
        pass
    assert names() == []
    assert Artifact.get("forgotten") is None
