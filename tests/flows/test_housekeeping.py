"""What runs leave behind is bounded: the servers of runs that were killed are ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from prefect.settings import PREFECT_HOME, temporary_settings

from flows.housekeeping import end_leftover_servers
from tests.prefect_database import copied

ROOT = Path(__file__).parents[2]
NO_PROC = not Path("/proc/self/environ").exists()

SERVE = """
import time
from flows.server import free_port, own_server
with own_server(free_port(), is_temporary=True) as server:
    server.wait()
    print("started", flush=True)
    time.sleep(300)
"""


def serving(home: Path) -> subprocess.Popen[str]:
    """A run that has started its temporary server."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    own = {
        "PREFECT_HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen([sys.executable, "-c", SERVE], env=inherited | own, stdout=subprocess.PIPE, text=True)


def ended(home: Path) -> list[int]:
    """The servers that a next run in this home ends."""
    with temporary_settings({PREFECT_HOME: home}):
        return end_leftover_servers()


@pytest.mark.skipif(NO_PROC, reason="processes are found in /proc")
def test_the_server_of_a_killed_run_holds_no_output_and_is_ended_by_the_next(tmp_path, prefect_database):
    with serving(copied(prefect_database, tmp_path / "home")) as run:
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
