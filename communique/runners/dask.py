"""Extracting on a Dask cluster: one that is running, or one on this machine for the time of the run.

A worker of the cluster does not extract itself but has processes of its own do so (`process.py`), so an article that
ends or holds up a process is found out in the same way as anywhere, and the worker lives on.  Workers that are lost
all the same are Dask's to replace.  Files are sent to the workers, which need not see the folder.
"""

from __future__ import annotations

import atexit
import logging
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from queue import Empty, LifoQueue
from threading import Event
from typing import Any

from communique.releases.fingerprint import engine_fingerprint
from communique.runners import TIME_LIMIT
from communique.runners.base import WATCHED, Answers, Job, RunnerError
from communique.runners.process import Extractor, Nursery

AHEAD = 2
"""Jobs on their way for each thread of the cluster."""

CONNECT = 15
"""Seconds in which a scheduler has to answer, and a cluster to have a worker."""


@dataclass(frozen=True, slots=True)
class DaskRunner:
    """Extracts on the cluster of the scheduler at this address ("tcp://10.0.0.1:8786").

    Without an address a cluster of `workers` is started on this machine, and ended with the run.  `time_limit` is in
    seconds for every megabyte of an article that has begun.
    """

    scheduler: str | None = None
    workers: int = 1
    time_limit: float = TIME_LIMIT

    def run(self, jobs: Iterable[Job]) -> Generator[Answers, None, None]:
        """The answers to all jobs in their order, see `Runner`."""
        engine = engine_fingerprint()
        waiting: deque[Any] = deque()
        with _client(self.scheduler, self.workers) as client, _errors_told(self.scheduler):
            most = AHEAD * max(1, sum(client.nthreads().values()))
            try:
                for job in jobs:
                    waiting.append(client.submit(_answers, job, engine, self.time_limit, pure=False) if job else None)
                    if len(waiting) > most:
                        yield _answered(waiting.popleft())
                while waiting:
                    yield _answered(waiting.popleft())
            finally:
                client.cancel([future for future in waiting if future is not None], force=True)


def _answers(job: Job, engine: str, time_limit: float) -> Answers:
    """What a worker of the cluster does."""
    if engine != engine_fingerprint():
        raise RunnerError("a worker of the Dask cluster has another engine; install the same version of communique")
    idle = _extractors(time_limit)
    try:
        extractor = idle.get_nowait()
    except Empty:
        extractor = Extractor(_nursery(time_limit))
    try:
        return extractor.answers(job)
    finally:
        idle.put(extractor)


@cache
def _nursery(time_limit: float) -> Nursery:
    nursery = Nursery(time_limit)
    atexit.register(nursery.close)
    return nursery


@cache
def _extractors(time_limit: float) -> LifoQueue[Extractor]:  # noqa: ARG001
    return LifoQueue()


def _answered(future: Any) -> Answers:
    if future is None:
        return ()
    done = Event()
    future.add_done_callback(lambda _: done.set())
    # Some libraries have an interrupted wait go on, so that a signal is only seen after it.
    while not done.wait(WATCHED):
        pass
    answers: Answers = future.result()
    return answers


_PAGES = {"dashboard_address": "127.0.0.1:0"}
"""Where a scheduler serves what it tells of itself: at any port, or clusters side by side would want the same one."""


@contextmanager
def _client(scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of the cluster, which has a worker."""
    from distributed import Client, LocalCluster

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if scheduler is None:
        local = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            scheduler_kwargs=_PAGES,
            silence_logs=logging.CRITICAL,
        )
        with local as cluster, Client(cluster) as client:
            yield client
        return
    try:
        client = Client(scheduler, timeout=CONNECT)
    except (OSError, ValueError) as error:
        raise RunnerError(f"{scheduler}: no Dask scheduler answers there ({error}); start one or correct it") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT)
        except TimeoutError:
            raise RunnerError(f"{scheduler}: the cluster has no workers; start some") from None
        yield client


@contextmanager
def _errors_told(scheduler: str | None) -> Iterator[None]:
    """Trouble with the cluster, in one line."""
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.client import FutureCancelledError
    from distributed.comm import CommClosedError

    where = scheduler or "the Dask cluster on this machine"
    try:
        yield
    except KilledWorker:
        raise RunnerError(f"{where}: worker after worker was lost; see their logs and give them more memory") from None
    except (CancelledError, FutureCancelledError, CommClosedError):
        raise RunnerError(f"{where}: the scheduler was lost; run again when it is back") from None
