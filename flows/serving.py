"""Runs on a schedule by one process, which keeps a Prefect server of its own where none is configured."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

import httpx
from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.settings import get_current_settings

from communique.releases.errors import ReleaseError
from flows.server import own_server
from flows.update import update

NAME = "served"


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
            stack.enter_context(own_server(port)).wait()
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
