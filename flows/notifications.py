"""What people are told of a run who do not watch it: a message through a webhook that takes Slack's JSON."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Thread, get_ident
from typing import Any

import httpx
from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.context import FlowRunContext
from prefect.utilities.urls import url_for
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from communique.quality.report import PASSED
from communique.releases.errors import StoppedError
from flows.logs import say

WEBHOOK = "COMMUNIQUE_WEBHOOK"
"""The variable with the address messages go to. The address is a secret: nothing logs, records or passes it on."""

ATTEMPTS = 3
LONGEST_WAIT = 5.0
"""Seconds between two attempts at most."""

PATIENCE = 30.0
"""Seconds that a run waits for the receiver, all attempts together."""

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_LOGGERS_BELOW = ("httpcore.connection", "httpcore.http11", "httpcore.http2", "httpcore.proxy")
MOST_CHECKS = 10
MOST_CHARACTERS = 2900
"""Slack refuses a block of more than 3,000 characters."""


class _RefusedError(Exception):
    """The receiver answered, but not with success; worth another attempt where it may recover."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is said of a run: one line, the details under it, and where to read on."""

    title: str
    details: tuple[str, ...] = ()
    link: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The message as Slack and those that follow it take it."""
        body = "\n".join(f"• {_escaped(line)}" for line in self.details)
        lines = [f"*{_escaped(self.title)}*", body, f"<{self.link}>" if self.link else ""]
        shown = "\n".join(line for line in lines if line)[:MOST_CHARACTERS]
        plain = "\n".join(line for line in (self.title, *self.details, self.link) if line)
        return {
            "text": plain[:MOST_CHARACTERS],
            "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": shown}}],
        }


def about_quality(title: str, quality: Mapping[str, Any], link: str | None) -> Message:
    """A message on a release: version, verdict, the checks that fell short."""
    results = [result for result in quality["checks"]["results"] if result["outcome"] in ("failed", "warned")]
    details = [f"{result['outcome']}: {result['id']}: {_finding(result)}" for result in results[:MOST_CHECKS]]
    if more := len(results) - len(details):
        details.append(f"and {more} more checks")
    for what in ("rejected", "quarantined"):
        if quality[what]:
            details.append(f"{len(quality[what]):,} {what}")
    return Message(f"communique {quality['version']}: {title}, verdict {quality['verdict']}", tuple(details), link)


def notify_release(quality: Mapping[str, Any], location: str) -> None:
    """Tell of a published release whose verdict is not `passed`."""
    if quality["verdict"] != PASSED:
        found = about_quality("published", quality, link_of_run())
        send(replace(found, details=(f"in {location}", *found.details)))


def link_of_run() -> str | None:
    """Where Prefect's pages show the run at hand, None where there is neither a run nor a page."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    return None if run is None else url_for(run)


def notify_ending(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:  # noqa: ARG001
    """Tell of a run that failed, crashed or was cancelled; a hook of Prefect.  A run inside another says nothing."""
    if flow_run.parent_task_run_id is not None:
        return
    error = state.data if isinstance(state.data, BaseException) else _result(state)
    link = url_for(flow_run)
    if isinstance(error, StoppedError):
        send(about_quality("not published", error.quality, link))
        return
    said = str(error) if isinstance(error, Exception) and str(error) else state.message or ""
    send(
        Message(
            f"communique: run {flow_run.name} {(state.name or state.type.value).lower()}",
            (" ".join(said.split()),) if said else (),
            link,
        )
    )


def send(message: Message, *, patience: float = PATIENCE) -> bool:
    """Send a message where the environment says; whatever happens, the run goes on.  Returns whether it was sent.

    `patience` is the time in seconds after which the run waits no longer for the receiver.
    """
    address = os.environ.get(WEBHOOK, "").strip()
    if not address:
        return False
    failures: list[Exception] = []
    sender = Thread(target=_deliver, args=(address, message, failures), daemon=True)
    sender.start()
    sender.join(patience)
    if sender.is_alive():
        failures.append(TimeoutError())
    for failure in failures[:1]:
        say("notification", f"the notification was not sent: {_reason(failure)}", level=logging.WARNING)
    return not failures


def _deliver(address: str, message: Message, failures: list[Exception]) -> None:
    with _unlogged():
        try:
            for attempt in _attempts():
                with attempt:
                    _post(address, message)
        except Exception as error:
            failures.append(error)


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep what this thread does out of httpx's log, which names addresses."""
    thread = get_ident()

    def of_another_thread(record: logging.LogRecord) -> bool:
        return record.thread != thread

    loggers = [logging.getLogger(name) for name in ("httpx", *_LOGGERS_BELOW)]
    for logger in loggers:
        logger.addFilter(of_another_thread)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(of_another_thread)


def _attempts() -> Retrying:
    wait = wait_random_exponential(multiplier=0.5, max=LONGEST_WAIT)
    again = retry_if_exception_type((_RefusedError, httpx.TransportError))
    return Retrying(stop=stop_after_attempt(ATTEMPTS), wait=wait, retry=again, retry_error_callback=_give_up)


def _give_up(state: RetryCallState) -> None:
    if state.outcome is not None and (error := state.outcome.exception()):
        raise error


def _post(address: str, message: Message) -> None:
    answer = httpx.post(address, json=message.as_json(), timeout=TIMEOUT, follow_redirects=False)
    if answer.status_code >= 500 or answer.status_code == 429:
        raise _RefusedError(f"HTTP {answer.status_code}")
    if not answer.is_success:
        raise ValueError(f"HTTP {answer.status_code}")


def _reason(error: Exception) -> str:
    """What went wrong, in words that cannot have the address in them."""
    if isinstance(error, _RefusedError | ValueError) and str(error).startswith("HTTP "):
        return f"the receiver answered {error}"
    return f"{type(error).__name__}; see that {WEBHOOK} is an http or https address that can be reached from here"


def _result(state: State[Any]) -> Any:
    try:
        return state.result(raise_on_failure=False)
    except Exception:
        return None


def _finding(result: Mapping[str, Any]) -> str:
    return result["detail"] or f"{result['failed']} of {result['applied']} fell short"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
