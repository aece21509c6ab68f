"""Extracting on Dask clusters on the loopback, whose workers are lost in mid-run."""

import os
import signal
from threading import Thread

import pytest
from distributed import LocalCluster

from communique import batch
from communique.extraction_run import extracted
from communique.runners import dask
from communique.runners.base import RunnerError
from communique.runners.dask import DaskRunner
from communique.runners.inline import InlineRunner
from communique.runners.local import LocalRunner
from tests.conftest import STEEL, write_articles
from tests.faults import EXITS, RAISES, article, slow
from tests.processes import ends, parent_of, wait_for

COUNTRIES = ("Chile", "Kenya", "Mexico", "Peru", "Samoa", "Tonga")


@pytest.fixture
def many(raw, monkeypatch):
    """Eight articles, a batch each."""
    monkeypatch.setattr(batch, "BYTES_PER_BATCH", 1)
    return write_articles(raw, **{name.lower(): STEEL.replace("Brazil", name) for name in COUNTRIES})


@pytest.mark.usefixtures("faults")
def test_a_cluster_whose_worker_is_killed_finds_the_same(many, tmp_path):
    """Articles that fail are rejected as on this machine; when the run is done, none of its processes is left."""
    faults = {fault: article(fault) for fault in (RAISES, EXITS)}
    write_articles(many, **faults, slow=slow(2, tmp_path / "mark"))
    killed = []

    def kill():
        extracting = wait_for(tmp_path / "mark")
        killed.extend((extracting, parent_of(extracting), parent_of(parent_of(extracting))))
        os.kill(killed[-1], signal.SIGKILL)

    killer = Thread(target=kill)
    killer.start()
    found = list(extracted(many, runner=DaskRunner(workers=2)))
    killer.join()
    again = wait_for(tmp_path / "mark")
    assert again not in killed
    assert all(ends(process) for process in (*killed, again))
    assert found == list(extracted(many, runner=LocalRunner(2)))
    reasons = {one.reason for result in found for one in result.rejections}
    assert reasons == {"empty", "extraction_failed", "worker_lost"}


def test_a_cluster_that_is_running_is_used_and_left(many):
    alone = {"host": "127.0.0.1", "dashboard_address": None, "scheduler_kwargs": {"dashboard_address": "127.0.0.1:0"}}
    with LocalCluster(n_workers=1, threads_per_worker=2, **alone) as cluster:
        for _ in range(2):
            found = list(extracted(many, runner=DaskRunner(cluster.scheduler_address)))
            assert found == list(extracted(many, runner=InlineRunner()))


def test_a_cluster_with_another_engine_is_refused(many, monkeypatch):
    monkeypatch.setattr(dask, "engine_fingerprint", lambda: "another")
    with pytest.raises(RunnerError, match="has another engine; install the same version"):
        list(extracted(many, runner=DaskRunner()))


def test_an_address_without_a_scheduler_is_an_error_in_one_line(many, monkeypatch):
    monkeypatch.setattr(dask, "CONNECT", 1)
    with pytest.raises(RunnerError, match=r"127\.0\.0\.1:9: no Dask scheduler answers there"):
        list(extracted(many, runner=DaskRunner("tcp://127.0.0.1:9")))
