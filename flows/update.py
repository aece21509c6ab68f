"""The flow that a schedule starts: collect what is new, where asked to, then release."""

from __future__ import annotations

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.lost import marked
from flows.notifications import notify_ending
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
) -> State[Outcome]:
    """Make a release of the articles in `raw` and publish it in `to`, unless nothing changed.

    `gold` and `documents` are those of the release flow.  The state that the run ends in says what it did.

    Raises:
        CorrectionError: a correction cannot be applied.
        ReleaseError: there is nothing to release, it cannot be published, or a check stops it.
    """
    with marked():
        outcome = release(raw, to, gold=gold, documents=documents, dry_run=dry_run)
    said = _SENTENCES[outcome.kind].format(
        version=outcome.version, reasons="; ".join(outcome.reasons) or "first release"
    )
    return Completed(message=said)
