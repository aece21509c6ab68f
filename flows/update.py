"""The flow that a schedule starts: collect what is new, where asked to, then release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.lost import marked
from flows.notifications import Message, link_of_run, notify_ending, send
from flows.release import Outcome, release

NAME = "update"

_SENTENCES = {
    "published": "Published {version}: {reasons}",
    "unchanged": "Nothing changed since {version}",
    "dry run": "Would publish {version}: {reasons}",
}


@flow(
    name=NAME,
    flow_run_name="update of {to}",
    validate_parameters=False,
    on_failure=[notify_ending],
    on_crashed=[notify_ending],
    on_cancellation=[notify_ending],
)
def update(
    raw: str = "raw",
    to: str = "processed",
    *,
    gold: str | None = None,
    documents: str | None = None,
    dry_run: bool = False,
    collect: bool = False,
    runner: Mapping[str, Any] | None = None,
) -> State[Outcome]:
    """Collect new articles into `raw` where asked to, then publish a release of it in `to`, unless nothing changed.

    Sources that cannot be collected from are told of and hold up no release.  `gold`, `documents` and `runner` are
    those of the release flow.  The state that the run ends in says what it did.

    Raises:
        CorrectionError: a correction cannot be applied.
        ReleaseError: there is nothing to release, it cannot be published, or a check stops it.
    """
    with marked():
        short = collected(raw) if collect else None
        outcome = release(raw, to, gold=gold, documents=documents, dry_run=dry_run, runner=runner)
    said = _SENTENCES[outcome.kind].format(version=outcome.version, reasons="; ".join(outcome.reasons) or "no rows")
    return Completed(message=f"{said}; {short}" if short else said)


def collected(raw: str) -> str | None:
    """Collect new articles into a folder; in words what could not be, after a message was sent."""
    from flows.collect import collect as collect_articles  # much that a run without it need not load

    state: State[Any] = collect_articles(raw, return_state=True)
    if not state.is_failed():
        return None
    error = state.result(raise_on_failure=False)
    short = f"collecting fell short: {' '.join(str(error).split())}"
    send(Message(f"communique: {short}", link=link_of_run()))
    return short
