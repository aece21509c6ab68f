"""What runs leave behind in Prefect's home: its record of runs, servers of runs that were killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowRunFilter,
    FlowRunFilterEndTime,
    FlowRunFilterParentFlowRunId,
    FlowRunFilterParentTaskRunId,
)
from prefect.exceptions import PrefectException
from prefect.settings import get_current_settings
from prefect.types import DateTime

OWNER = "COMMUNIQUE_RUN"
"""The variable in which a temporary server has the run that started it."""

SERVER_APP = "prefect.server.api.server:create_app"
_PATIENCE = 5.0


def forget_old_runs(age: timedelta, most: int = 50) -> int:
    """Have Prefect forget runs that ended so long ago, with their logs and artifacts; returns how many.

    A server that runs for long does this by itself, a temporary one does not.  `most` bounds the time that this takes.
    """
    try:
        with get_client(sync_client=True) as client:
            return _forget(client, age, most)
    except (httpx.HTTPError, PrefectException):
        return 0  # what was not forgotten now is so by the next run


def _forget(client: SyncPrefectClient, age: timedelta, most: int) -> int:
    ended = FlowRunFilterEndTime(before_=DateTime.instance(datetime.now(UTC) - age))
    top = FlowRunFilterParentTaskRunId(is_null_=True)
    old = client.read_flow_runs(flow_run_filter=FlowRunFilter(end_time=ended, parent_task_run_id=top), limit=most)
    parents = FlowRunFilterParentFlowRunId(any_=[run.id for run in old])
    inner = client.read_flow_runs(flow_run_filter=FlowRunFilter(parent_flow_run_id=parents)) if old else []
    for run in (*inner, *old):
        of_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
        for artifact in client.read_artifacts(artifact_filter=of_run):
            client.delete_artifact(artifact.id)
        client.delete_flow_run(run.id)
    return len(old)


@contextmanager
def own_processes() -> Iterator[None]:
    """Servers that are started meanwhile are this process's, and end with it or with the next run."""
    os.environ[OWNER] = _this_process()
    try:
        yield
    finally:
        del os.environ[OWNER]


def _this_process() -> str:
    return f"{os.getpid()}:{started(os.getpid())}"


def end_leftover_servers() -> list[int]:
    """End the temporary servers of killed runs in the same Prefect home; returns their process ids.

    Finds them where the system has /proc, elsewhere none.
    """
    leftovers = [pid for pid in _servers() if not _owner_lives(pid)]
    for pid in leftovers:
        _end(pid)
    return leftovers


def _servers() -> Iterator[int]:
    home = str(get_current_settings().home)
    for folder in Path("/proc").glob("[0-9]*"):
        pid = int(folder.name)
        if SERVER_APP.encode() in _read(pid, "cmdline") and _environment(pid).get("PREFECT_HOME") == home:
            yield pid


def _owner_lives(server: int) -> bool:
    """A server that no run of ours started is nobody's to end."""
    owner = _environment(server).get(OWNER)
    if owner is None:
        return True
    pid, _, since = owner.partition(":")
    return started(int(pid)) == since


def started(pid: int) -> str:
    """When a process was started, in ticks since the system was; empty where it runs no more."""
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return fields[19].decode() if len(fields) > 19 and fields[0] != b"Z" else ""


def _environment(pid: int) -> dict[str, str]:
    pairs = (os.fsdecode(entry).partition("=") for entry in _read(pid, "environ").split(b"\0"))
    return {name: value for name, _, value in pairs}


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def _end(pid: int) -> None:
    for number, patience in ((signal.SIGTERM, _PATIENCE), (signal.SIGKILL, 1.0)):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        until = time.monotonic() + patience
        while started(pid) and time.monotonic() < until:
            time.sleep(0.05)
