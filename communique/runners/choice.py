"""Which runner extracts, as users and deployments say it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from communique.runners import DASK, LOCAL, RUNNERS, TIME_LIMIT
from communique.runners.base import Runner


@dataclass(frozen=True, slots=True)
class Choice:
    """A runner by its name, with the number of its processes, and for `dask` the address of a running scheduler.

    `time_limit` is in seconds for every megabyte of an article that has begun.

    Raises:
        ValueError: there is no such runner.
    """

    runner: str = LOCAL
    scheduler: str | None = None
    workers: int = 1
    time_limit: float = TIME_LIMIT

    def __post_init__(self) -> None:
        if self.runner not in RUNNERS:
            raise ValueError(f"{self.runner!r} is no runner; choose one of {', '.join(RUNNERS)}")
        if self.scheduler is not None and self.runner != DASK:
            raise ValueError(f"only the runner {DASK} has a scheduler; choose it or leave the scheduler out")

    def made(self) -> Runner:
        """The runner."""
        if self.runner == DASK:
            from communique.runners.dask import DaskRunner

            return DaskRunner(self.scheduler, self.workers, self.time_limit)
        from communique.runners.local import LocalRunner

        return LocalRunner(self.workers, self.time_limit)

    def begun(self) -> AbstractContextManager[None]:
        """Within the context what the runner needs is being loaded on this machine, while other things are done."""
        if self.runner == DASK:
            return nullcontext()
        from communique.runners.local import begun

        return begun(self.time_limit)
