"""Runs whose process was killed: nobody could say so then, so the next run does."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.runtime import flow_run
from prefect.settings import get_current_settings
from prefect.states import Crashed

from flows.housekeeping import started
from flows.logs import say
from flows.notifications import Message, send


@dataclass(frozen=True, slots=True)
class Mark:
    """A run at work: its id and name, its process and when that started."""

    run: str
    name: str
    pid: int
    started: str

    @property
    def is_alive(self) -> bool:
        return started(self.pid) == self.started


@contextmanager
def marked(folder: Path | None = None) -> Iterator[None]:
    """Have the run at hand known as one at work; when it ends well or badly, tell of those that ended without a word.

    Only then are they marked as crashed in Prefect: a crashed run gives back its place in the queue, which may be the
    one that this run has.
    """
    folder = folder or get_current_settings().home / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    own = Mark(str(flow_run.id), str(flow_run.name), os.getpid(), started(os.getpid()))
    path = folder / f"{own.run}.json"
    path.write_text(json.dumps(asdict(own)), encoding="utf-8")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        for lost in take_lost(folder):
            tell(lost)


def take_lost(folder: Path) -> list[Mark]:
    """The runs whose processes are gone, without their marks; where the system has no /proc, none."""
    if not started(os.getpid()):
        return []
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            mark = Mark(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            with suppress(OSError):
                path.unlink()
            continue
        if not mark.is_alive:
            with suppress(FileNotFoundError):
                path.unlink()
                found.append(mark)
    return found


def tell(lost: Mark) -> None:
    """Say in the log, to Prefect where it does not know yet, and through the webhook that a run was killed."""
    say("lost", f"the run {lost.name} was killed; this run did its work", level=logging.WARNING)
    if _mark_crashed(lost):
        details = ("its process ended without a word; the run after it did its work",)
        send(Message(f"communique: run {lost.name} was killed", details))


def _mark_crashed(lost: Mark) -> bool:
    """Whether Prefect took the run for one at work until now."""
    try:
        with get_client(sync_client=True) as client:
            state = client.read_flow_run(UUID(lost.run)).state
            if state is None or state.is_final():
                return False
            client.set_flow_run_state(UUID(lost.run), Crashed(message="its process was killed"), force=True)
            return True
    except Exception as error:
        say("lost", f"{lost.name}: not marked as crashed ({type(error).__name__})", level=logging.WARNING)
        return False
