"""Runs on a schedule by one process, which keeps a Prefect server of its own where none is configured."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

from communique.releases.errors import ReleaseError
from flows.housekeeping import SERVER_APP, own_processes
from flows.update import update

HOST = "127.0.0.1"
NAME = "served"
LONGEST_START = 180.0
"""Seconds that the server may take to answer, on a machine that is slow or makes its database anew."""


def require_cron(cron: str, timezone: str) -> CronSchedule:
    """The schedule.

    Raises:
        ValueError: it is none; the message is one line.
    """
    try:
        return CronSchedule(cron=cron, timezone=timezone)
    except ValueError as error:
        first = next((str(one["msg"]) for one in getattr(error, "errors", list)()), str(error))
        raise ValueError(first.removeprefix("Value error, ")) from None


def serve_schedule(schedule: CronSchedule, parameters: Mapping[str, Any], port: int) -> None:
    """Run the flow when it is due, until the process is told to end.  `port` is that of the server, where it has one.

    Raises:
        ReleaseError: the server does not start, or cannot be reached for long.
    """
    with ExitStack() as stack:
        if not get_current_settings().api.url:
            stack.enter_context(own_server(port))
        deployment = RunnerDeployment.from_flow(
            update,
            name=NAME,
            paused=False,  # which it is when the process before ended in order
            schedule=Cron(schedule.cron, timezone=schedule.timezone),
            parameters=dict(parameters),
            tags=["communique"],
            concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE),
        )
        # What Prefect's own handler of SIGTERM warns of.
        warnings.filterwarnings("ignore", "coroutine 'Runner.astop' was never awaited", RuntimeWarning)
        try:
            serve(deployment, limit=1, print_starting_message=False)
        except (httpx.HTTPError, ExceptionGroup) as error:
            where = get_current_settings().api.url or "its own"
            raise ReleaseError(
                f"the Prefect server ({where}) could not be reached: {_first(error)}; see that it runs, and start again"
            ) from None


def _first(error: BaseException) -> str:
    """What went wrong first, in words."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return str(error) or type(error).__name__


@contextmanager
def own_server(port: int) -> Iterator[str]:
    """A Prefect server on the loopback, started again when it ends too early; the address of its API."""
    home = get_current_settings().home
    home.mkdir(parents=True, exist_ok=True)
    server = _Server(port, home / "server.log")
    with temporary_settings({PREFECT_API_URL: server.api}), own_processes():
        os.environ["PREFECT_API_URL"] = server.api
        try:
            server.start()
            yield server.api
        finally:
            server.stop()
            del os.environ["PREFECT_API_URL"]


@dataclass(slots=True)
class _Server:
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None
    stopping: Event = field(default_factory=Event)

    @property
    def api(self) -> str:
        return f"http://{HOST}:{self.port}/api"

    def start(self) -> None:
        if self._answers():
            problem = f"port {self.port} of {HOST} is taken by another Prefect server"
            raise ReleaseError(f"{problem}; set PREFECT_API_URL={self.api} to use that one, or choose another --port")
        self.process = self._spawn()
        until = time.monotonic() + LONGEST_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise ReleaseError(f"the Prefect server did not start; see {self.log}, or choose another --port")
            time.sleep(0.1)
        Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        self.stopping.set()
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _watch(self) -> None:
        """Start the server anew when it ends, more slowly the sooner it ends."""
        while self.process is not None:
            began = time.monotonic()
            self.process.wait()
            if self.stopping.wait(max(0.5, 10 - (time.monotonic() - began))):
                return
            self.process = self._spawn()

    def _spawn(self) -> subprocess.Popen[bytes]:
        command = ("uvicorn", "--factory", SERVER_APP, "--host", HOST, "--port", str(self.port))
        timing = ("--timeout-keep-alive", "5", "--timeout-graceful-shutdown", "3", "--log-level", "warning")
        size = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("wb" if size > _LONGEST_LOG else "ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *command, *timing],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _answers(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.api}/health", timeout=5, trust_env=False).is_success
        return False


_LONGEST_LOG = 10_000_000
"""Bytes of the server's log beyond which a start begins it anew."""
