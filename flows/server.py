"""A Prefect server of this process's own on the loopback, where none is configured."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import httpx
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

from communique.releases.errors import ReleaseError
from flows.housekeeping import SERVER_APP, own_processes

HOST = "127.0.0.1"
LONGEST_START = 180.0
"""Seconds that the server may take to answer, on a machine that is slow or makes its database anew."""

_LONGEST_LOG = 10_000_000
"""Bytes of the server's log beyond which a start begins it anew."""

_START = "import gc; gc.set_threshold(50_000); from uvicorn.main import main; main()"
"""The server, which imports a fifth faster where it seldom looks for garbage."""

_TEMPORARY = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1", "PREFECT_UI_ENABLED": "0"}
"""How Prefect starts a server for the time of a run: without pages, and without what schedules."""


def is_configured() -> bool:
    """Whether Prefect is told which server to use, or to do without one of its own."""
    settings = get_current_settings()
    return bool(settings.api.url) or not settings.server.ephemeral.enabled


def free_port(*wanted: int) -> int:
    """The first of the wanted ports that is free, or else one that the system chooses."""
    for port in (*wanted, 0):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return int(probe.getsockname()[1])
    raise ReleaseError(f"no port of {HOST} is free for a Prefect server; end some of the programs that listen there")


@dataclass(slots=True)
class OwnServer:
    """The server on a port, whose output is in `log`; one that `is_temporary` schedules nothing."""

    port: int
    log: Path
    is_temporary: bool = False
    process: subprocess.Popen[bytes] | None = None
    stopping: Event = field(default_factory=Event)

    @property
    def api(self) -> str:
        """The address of its API."""
        return f"http://{HOST}:{self.port}/api"

    def spawn(self) -> None:
        """Start the process, which takes some seconds to answer.

        Raises:
            ReleaseError: another server has the port.
        """
        if self._answers():
            problem = f"port {self.port} of {HOST} is taken by another Prefect server"
            raise ReleaseError(f"{problem}; set PREFECT_API_URL={self.api} to use that one, or choose another --port")
        self.process = self._spawned()

    def wait(self) -> None:
        """Return when it answers; from then on it is started again when it ends too early.

        Raises:
            ReleaseError: it does not.
        """
        assert self.process is not None
        until = time.monotonic() + LONGEST_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                remedy = "try again when the machine is less busy" if self.is_temporary else "choose another --port"
                raise ReleaseError(f"the Prefect server did not start; see {self.log}, or {remedy}")
            time.sleep(0.1)
        Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """End it, and wait until it has ended."""
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
            self.process = self._spawned()

    def _spawned(self) -> subprocess.Popen[bytes]:
        command = (_START, "--factory", SERVER_APP, "--host", HOST, "--port", str(self.port))
        timing = ("--timeout-keep-alive", "5", "--timeout-graceful-shutdown", "3", "--log-level", "warning")
        size = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("wb" if size > _LONGEST_LOG else "ab") as log:
            return subprocess.Popen(
                [sys.executable, "-c", *command, *timing],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | (_TEMPORARY if self.is_temporary else {}),
                start_new_session=True,
            )

    def _answers(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.api}/health", timeout=5, trust_env=False).is_success
        return False


@contextmanager
def own_server(port: int, *, is_temporary: bool = False) -> Iterator[OwnServer]:
    """A server that was started and that is Prefect's for the time of the context; `wait` until it answers.

    One that `is_temporary` runs until the process ends.

    Raises:
        ReleaseError: another server has the port.
    """
    home = get_current_settings().home
    home.mkdir(parents=True, exist_ok=True)
    server = OwnServer(port, home / "server.log", is_temporary)
    with temporary_settings({PREFECT_API_URL: server.api}), own_processes():
        os.environ["PREFECT_API_URL"] = server.api
        try:
            server.spawn()
            if is_temporary:
                atexit.register(server.stop)  # by then Prefect has told it the last of what there is to tell
            yield server
        finally:
            if not is_temporary:
                server.stop()
            del os.environ["PREFECT_API_URL"]
