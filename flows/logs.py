"""What a run says while it runs, in Prefect's log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prefect import get_run_logger
from prefect.exceptions import MissingContextError

from communique.extraction_run import Progress
from communique.stages import EXTRACT, Stage

EVERY = 10.0
"""Seconds between two lines on how far a run is."""

_listeners: list[Callable[[Progress], None]] = []


def say(event: str, message: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Log an event of the run at hand, outside a run a warning only; `fields` are stage, counts and seconds."""
    logger: logging.Logger | logging.LoggerAdapter[Any]
    try:
        logger = get_run_logger()
    except MissingContextError:
        logger = logging.getLogger("communique")
    logger.log(level, "%s", message, extra={"event": event, **fields})


def note_stage(stage: Stage) -> None:
    """Log that a stage is done."""
    say("stage", str(stage), stage=stage.name, counts=dict(stage.counts), seconds=round(stage.seconds, 3))


def note_progress(*, clock: Callable[[], float] = time.monotonic) -> Callable[[Progress], None]:
    """A function to be told how far the extraction is: it logs that now and then, and tells all who are listening."""
    began = said = clock()

    def tell(now: Progress) -> None:
        nonlocal said
        for listener in _listeners:
            listener(now)
        if clock() - said >= EVERY:
            said = clock()
            pace = now.words / max(said - began, 1e-9)
            counts = {"done": now.done, "batches": now.batches, "articles": now.articles, "words": now.words}
            message = f"{now.done:,} of {now.batches:,} batches, {now.articles:,} articles, {pace:,.0f} words/s"
            say("progress", message, stage=EXTRACT, counts=counts, seconds=round(said - began, 3))

    return tell


@contextmanager
def listening(listener: Callable[[Progress], None]) -> Iterator[None]:
    """Have a function told how far runs in this process are."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
