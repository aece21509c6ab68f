"""What runs leave behind is bounded: cached results, and the servers of runs that were killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from prefect.settings import PREFECT_HOME, temporary_settings

from flows.housekeeping import LONGEST_UNUSED, end_leftover_servers, prune_results

ROOT = Path(__file__).parents[2]
NO_PROC = not Path("/proc/self/environ").exists()

SERVE = """
import time
from flows.housekeeping import start_temporary_server
start_temporary_server()
print("started", flush=True)
time.sleep(300)
"""


@pytest.fixture
def results(tmp_path):
    """Five results of ten bytes, `extract-0` used last, `extract-4` longest ago; and a file of another kind."""
    for age in range(5):
        path = tmp_path / f"extract-{age}"
        path.write_bytes(b"0123456789")
        os.utime(path, (time.time() - 60 * age - 60,) * 2)
    (tmp_path / "other").write_bytes(b"0" * 1000)
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_least_lately_used_go_beyond_a_size(results):
    removed = prune_results({"extract-3"}, results, most_bytes=30)
    assert [path.name for path in removed] == ["extract-2", "extract-4"]
    assert names(results) == ["extract-0", "extract-1", "extract-3", "other"]


def test_those_of_this_run_stay_whatever_their_size(results):
    prune_results({"extract-4", "extract-not-cached"}, results, most_bytes=0)
    assert names(results) == ["extract-4", "other"]


def test_those_not_used_for_long_go(results):
    long_ago = time.time() - LONGEST_UNUSED - 10
    for age in (1, 2):
        os.utime(results / f"extract-{age}", (long_ago, long_ago))
    prune_results({"extract-2"}, results)
    assert names(results) == ["extract-0", "extract-2", "extract-3", "extract-4", "other"]
    assert (results / "extract-2").stat().st_mtime > long_ago + LONGEST_UNUSED / 2


def test_no_storage_yet(tmp_path):
    assert prune_results(set(), tmp_path / "none") == []


def serving(home: Path) -> subprocess.Popen[str]:
    """A run that has started its temporary server."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    own = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen([sys.executable, "-c", SERVE], env=inherited | own, stdout=subprocess.PIPE, text=True)


def ended(home: Path) -> list[int]:
    """The servers that a next run in this home ends."""
    with temporary_settings({PREFECT_HOME: home}):
        return end_leftover_servers()


@pytest.mark.skipif(NO_PROC, reason="processes are found in /proc")
def test_the_server_of_a_killed_run_holds_no_output_and_is_ended_by_the_next(tmp_path):
    with serving(tmp_path / "home") as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "started\n"
        assert ended(tmp_path / "home") == []
        run.send_signal(signal.SIGKILL)
        assert run.stdout.read() == ""
    assert ended(tmp_path / "other") == []
    (server,) = ended(tmp_path / "home")
    assert not Path(f"/proc/{server}/cmdline").exists() or not Path(f"/proc/{server}/cmdline").read_bytes()
    assert ended(tmp_path / "home") == []
    assert (tmp_path / "home/server.log").exists()
