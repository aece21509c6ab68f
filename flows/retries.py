"""When a task is worth another attempt."""

from __future__ import annotations

from typing import Any

from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task


def may_pass(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    """A disk that is full or away may be there again a moment later; broken input stays broken."""
    return isinstance(state.result(raise_on_failure=False), OSError)
