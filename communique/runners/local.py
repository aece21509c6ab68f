"""Extracting on this machine."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from queue import LifoQueue

from communique.runners import TIME_LIMIT
from communique.runners.base import WATCHED, Answers, Job
from communique.runners.process import Extractor, Nursery

_begun: list[Nursery] = []


@contextmanager
def begun(time_limit: float) -> Iterator[None]:
    """The engine is being loaded for the first run in the context with this limit, while other things are done."""
    nursery = Nursery(time_limit)
    nursery.begin()
    _begun.append(nursery)
    try:
        yield
    finally:
        if nursery in _begun:
            _begun.remove(nursery)
            nursery.close()


def _nursery(time_limit: float) -> Nursery:
    for nursery in _begun:
        if nursery.time_limit == time_limit:
            _begun.remove(nursery)
            return nursery
    return Nursery(time_limit)


@dataclass(frozen=True, slots=True)
class LocalRunner:
    """Extracts with `workers` processes beside this one, which start with the first jobs that need them.

    `time_limit` is in seconds for every megabyte of an article that has begun.
    """

    workers: int = 1
    time_limit: float = TIME_LIMIT

    def run(self, jobs: Iterable[Job]) -> Generator[Answers, None, None]:
        """The answers to all jobs in their order, see `Runner`."""
        nursery = _nursery(self.time_limit)
        extractors = [Extractor(nursery) for _ in range(self.workers)]
        pool, idle = ThreadPoolExecutor(self.workers, "extract"), LifoQueue[Extractor]()
        for extractor in extractors:
            idle.put(extractor)

        def answers(job: Job) -> Answers:
            extractor = idle.get()
            try:
                return extractor.answers(job)
            finally:
                idle.put(extractor)

        waiting: deque[Future[Answers] | None] = deque()
        try:
            for job in jobs:
                waiting.append(pool.submit(answers, job) if job else None)
                if len(waiting) > self.workers + 1:
                    yield _answered(waiting.popleft())
            while waiting:
                yield _answered(waiting.popleft())
        finally:
            nursery.kill()
            pool.shutdown(cancel_futures=True)
            for extractor in extractors:
                extractor.close()
            nursery.close()


def _answered(future: Future[Answers] | None) -> Answers:
    if future is None:
        return ()
    # Some libraries have an interrupted wait go on, so that a signal is only seen after it.
    while not future.done():
        wait([future], WATCHED)
    return future.result()
