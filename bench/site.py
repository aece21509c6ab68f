"""A Prefect server and worker as they run in earnest: processes of their own, on the loopback, ended with the test."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx

ROOT = Path(__file__).parents[1]

POOL = "communique"

PATIENCE = 600.0
"""Seconds after which what was waited for is held to come no more, on a machine that is busy."""

Value = TypeVar("Value")


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(what: str, found: Callable[[], Value | None], patience: float = PATIENCE) -> Value:
    """What a function finds, asked again until it finds something that is true."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.25)
    raise AssertionError(f"waited {patience:.0f} s in vain for {what}")


def processes(home: Path) -> dict[int, str]:
    """The processes that run with this Prefect home, by their ids: their commands."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            variables = (folder / "environ").read_bytes().split(b"\0")
            is_zombie = (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            if b"PREFECT_HOME=" + os.fsencode(home) in variables and not is_zombie:
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    return found


def kill(pids: Iterable[int]) -> None:
    """Kill processes at once."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@dataclass
class Site:
    """A project with `raw/` and `prefect.yaml`, a Prefect home, and the server that serves it."""

    folder: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def log(self) -> Path:
        return self.folder / "processes.log"

    @property
    def processed(self) -> Path:
        return self.folder / "processed"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of all processes: nothing of Prefect but what stands here, and quick services."""
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "COMMUNIQUE_"))
        }
        return inherited | {
            "PREFECT_HOME": str(self.folder / "home"),
            "PREFECT_API_URL": self.api,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_UI_ENABLED": "false",
            "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
            "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "1",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
            "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            "PREFECT_CLI_PROMPT": "false",
            "COMMUNIQUE_CACHE": str(self.folder / "cache"),
            "DO_NOT_TRACK": "1",
            "PYTHONPATH": str(ROOT),
            "PWD": str(self.folder),
        } | self.more  # fmt: skip

    @contextmanager
    def in_use(self) -> Iterator[Site]:
        """The site; when it is left, none of its processes is."""
        try:
            yield self
        finally:
            while left := self.processes():
                kill(left)
                time.sleep(0.05)

    def processes(self) -> dict[int, str]:
        """The processes of this site that run, by their ids."""
        return processes(self.folder / "home")

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """The server, ready."""
        command = ("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self.port))
        with self.running(*command) as server:
            until("the server", lambda: server.poll() is None and self._is_healthy())
            yield server

    @contextmanager
    def working(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker of the pool."""
        with self.running("prefect", "worker", "start", "--pool", POOL, "--type", "process") as worker:
            yield worker

    @contextmanager
    def running(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """A module as a process of this site; killed at the end, where it has not ended by then."""
        with self.log.open("ab") as file:
            started = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=self.environment, cwd=self.folder, stdout=file, stderr=file, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        try:
            yield started
        finally:
            started.kill()
            started.wait()

    def call(self, *command: str) -> str:
        """Run a module to its end; its output."""
        done = subprocess.run(
            [sys.executable, "-m", *command],
            env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def deploy(self) -> str:
        """The deployment of `prefect.yaml`, made once the worker has made its pool; the deployment's id."""
        (self.folder / "prefect.yaml").write_bytes((ROOT / "prefect.yaml").read_bytes())
        until("the work pool", lambda: self.post("work_pools/filter"))
        self.call("prefect", "--no-prompt", "deploy", "--all")
        return str(self.get("deployments/name/update/daily")["id"])

    def ask(self, method: str, path: str, content: Any = None) -> Any:
        """What the server answers; asked again while it is busy or away."""

        def answer() -> httpx.Response | None:
            with suppress(httpx.TransportError):
                found = httpx.request(method, f"{self.api}/{path}", json=content, timeout=30)
                if found.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    return found.raise_for_status()
            return None

        found = until(f"an answer to {method} {path}", answer)
        return found.json() if found.content else None

    def get(self, path: str) -> Any:
        """What the server has there."""
        return self.ask("GET", path)

    def post(self, path: str, **content: Any) -> Any:
        """What the server answers to some content."""
        return self.ask("POST", path, content)

    def run_now(self, deployment: str) -> str:
        """Have the deployment run at once; the id of the run."""
        content = {"state": {"type": "SCHEDULED"}, "idempotency_key": str(uuid4())}
        return str(self.post(f"deployments/{deployment}/create_flow_run", **content)["id"])

    def schedule(self, deployment: str, **schedule: Any) -> list[dict[str, Any]]:
        """Replace the schedules of a deployment by this one; returns those that were."""
        before = self.get(f"deployments/{deployment}/schedules")
        for one in before:
            self.ask("DELETE", f"deployments/{deployment}/schedules/{one['id']}")
        new = [{"schedule": schedule, "active": True}]
        self.ask("POST", f"deployments/{deployment}/schedules", new)
        return [one["schedule"] for one in before]

    def state(self, run: str) -> dict[str, Any]:
        """The state that a run is in."""
        return dict(self.get(f"flow_runs/{run}")["state"] or {})

    def states(self, run: str) -> list[dict[str, Any]]:
        """All states that a run was in, in their order."""
        found = self.get(f"flow_run_states/?flow_run_id={run}")
        return sorted(found, key=lambda state: state["timestamp"])

    def ended(self, run: str, patience: float = PATIENCE) -> dict[str, Any]:
        """The state that a run ends in."""
        final = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        return until(f"the end of run {run}", lambda: self._if(self.state(run), final), patience)

    def at_work(self) -> list[int]:
        """The processes in which flows run."""
        return [pid for pid, command in self.processes().items() if "prefect.engine" in command]

    def is_running(self, run: str) -> bool:
        return self.state(run).get("type") == "RUNNING"

    @staticmethod
    def _if(state: dict[str, Any], types: tuple[str, ...]) -> dict[str, Any] | None:
        return state if state.get("type") in types else None

    def _is_healthy(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.api}/health", timeout=5).is_success
        return False
