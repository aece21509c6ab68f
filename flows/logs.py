"""What a run says while it runs: in Prefect's log, and as lines of JSON where those are asked for."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import get_run_logger
from prefect.exceptions import MissingContextError

from communique.extraction_run import Progress
from communique.stages import EXTRACT, Stage

FORMAT = "COMMUNIQUE_LOG"
"""The variable that asks for lines of JSON where it is `json`."""

SETTINGS = Path(__file__).with_name("logging.yml")
"""How Prefect's logs become lines of JSON."""

EVERY = 10.0
"""Seconds between two lines on how far a run is."""

_FIELDS = ("stage", "counts", "seconds")

_listeners: list[Callable[[Progress], None]] = []


class JsonLines(logging.Formatter):
    """A line of JSON for each record: time (UTC), level, event, run, stage, counts, seconds, message."""

    def format(self, record: logging.LogRecord) -> str:
        content: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "log"),
            "run": getattr(record, "flow_run_id", None),
        }
        content |= {name: getattr(record, name) for name in _FIELDS if getattr(record, name, None) is not None}
        content |= {"message": record.getMessage(), "logger": record.name}
        if record.exc_info:
            content["exception"] = self.formatException(record.exc_info)
        return json.dumps(content, ensure_ascii=False, default=str)


def json_logs(environment: MutableMapping[str, str]) -> None:
    """Make the logs of processes with this environment lines of JSON, where it asks for them."""
    if environment.get(FORMAT) == "json":
        environment["PREFECT_LOGGING_SETTINGS_PATH"] = str(SETTINGS)
        environment["PREFECT_LOGGING_LEVEL"] = "INFO"


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
