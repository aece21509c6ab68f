"""`communique release`: the whole flow, from raw articles to a published release."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import console, settings
from communique.cli.extract import say_corrected, say_counts, say_rejected
from communique.cli.notices import annotate, write_reports
from communique.cli.options import (
    GOLD,
    RAW,
    RELEASES,
    Json,
    RawFolder,
    RunnerName,
    Scheduler,
    TimeLimit,
    Workers,
    chosen_runner,
    require_version,
)
from communique.releases.errors import ReleaseError, StoppedError
from communique.runners import LOCAL, TIME_LIMIT
from communique.stages import summary

if TYPE_CHECKING:
    from communique.runners.choice import Choice
    from flows.release import Outcome
    from flows.server import OwnServer

_SENTENCES = {
    "published": "Published release {version} in {location}",
    "unchanged": "Nothing changed: the result equals release {version} in {location}; nothing was published",
    "dry run": "Would publish release {version} in {location}; nothing was published",
}


def release(
    raw: RawFolder = RAW,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="PLACE", help="A folder or s3://bucket/folder. [processed]"),
    ] = None,
    version: Annotated[
        str | None, typer.Option("--as", metavar="VERSION", help="Rebuild this version into an empty place.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be published, publish nothing.")] = False,
    released: Annotated[
        str | None, typer.Option("--released", metavar="DATE", help="Day of the release in the index. [today]")
    ] = None,
    gold: Annotated[
        Path, typer.Option("--gold", metavar="DIR", help="Gold annotations to measure the accuracy with.")
    ] = GOLD,
    reports: Annotated[
        Path | None,
        typer.Option("--reports", metavar="DIR", file_okay=False, help="Write this run's quality reports there too."),
    ] = None,
    workers: Workers = 1,
    time_limit: TimeLimit = TIME_LIMIT,
    runner: RunnerName = LOCAL,
    scheduler: Scheduler = None,
    log_format: settings.LogFormat = None,
    as_json: Json = False,
) -> None:
    """Make a release of a folder of articles: ingest, extract, validate, publish, report.

    The version follows from what changed since the latest release; where nothing did, nothing is published.

    Examples:

        communique release

        communique release --raw articles --to releases --dry-run

        communique release --as 0.1.0 --to elsewhere

        communique release --to s3://bucket/releases

        communique release --workers 4

        communique release --runner dask --scheduler tcp://10.0.0.1:8786
    """
    choice = chosen_runner(runner, scheduler, workers, time_limit)
    if version is not None:
        require_version(version, "--as")
    _require_date(released)
    _require_readable("--raw", str(raw))
    _require_readable("--to", to or "")
    settings.set_up(log_format)
    try:
        outcome = _run(
            choice,
            raw=str(raw),
            to=to or str(RELEASES),
            version=version,
            released=released,
            gold=str(gold),
            dry_run=dry_run,
            documents="." if to is None and version is None else None,
        )
    except StoppedError as stopped:
        _leave(stopped.quality, stopped.reports, reports)
        say_rejected(stopped.quality["rejected"])
        raise
    _leave(outcome.quality, outcome.reports, reports)
    if as_json:
        console.say_json(_content(outcome))
        return
    say_counts(outcome.quality["tables"])
    say_rejected(outcome.quality["rejected"])
    say_corrected(outcome.quality["corrections"])
    if outcome.quality["quarantined"]:
        console.note(f"{len(outcome.quality['quarantined'])} rows are in quarantine.parquet")
    if outcome.kind != "unchanged" and outcome.reasons:
        since = f"since {outcome.previous}" if outcome.previous else "so far"
        console.say(f"Changes {since}: {'; '.join(outcome.reasons)}")
    if outcome.stages:
        console.say(summary(outcome.stages))
    console.say(_SENTENCES[outcome.kind].format(version=outcome.version, location=outcome.location))


def _leave(quality: Mapping[str, Any], files: Mapping[str, bytes], folder: Path | None) -> None:
    """The reports in the folder asked for, and what fell short as annotations where GitHub runs this."""
    annotate(quality)
    if folder is not None:
        write_reports(folder, files)


def _run(choice: Choice, **arguments: Any) -> Outcome:
    with ExitStack() as stack:
        with console.status("Starting Prefect"):
            stack.enter_context(choice.begun())
            server = _server_begun(stack)
            from flows.housekeeping import forget_old_runs
            from flows.logs import listening
            from flows.release import release as flow

            if server is not None:
                server.wait()
        try:
            with console.counting("Extracting") as count, listening(lambda now: count(now.done, now.batches)):
                outcome: Outcome = flow(runner=asdict(choice), **arguments)
        except RuntimeError as error:
            if "API" not in str(error):
                raise
            raise ReleaseError(f"{error}; {_remedy(server)}") from None
        if server is not None:
            forget_old_runs(timedelta(days=settings.DAYS_KEPT))
    return outcome


def _server_begun(stack: ExitStack) -> OwnServer | None:
    """A server that begins to start while other things are loaded; None where Prefect is told which one to use."""
    from flows.housekeeping import end_leftover_servers
    from flows.server import free_port, is_configured, own_server

    for process in end_leftover_servers():
        console.note(f"communique: ended the temporary Prefect server (process {process}) of a run that was killed")
    return None if is_configured() else stack.enter_context(own_server(free_port(), is_temporary=True))


def _remedy(server: OwnServer | None) -> str:
    """What helps against a server that did not answer."""
    if server is None:
        return "start that Prefect server, or unset PREFECT_API_URL to do without"
    return f"try again when the machine is less busy, or see {server.log}"


def _require_date(released: str | None) -> None:
    try:
        date.fromisoformat(released or "2025-01-01")
    except ValueError:
        raise typer.BadParameter(f"{released!r} is not a date such as 2025-04-07", param_hint="--released") from None


def _require_readable(option: str, place: str) -> None:
    """Prefect records the places of a run as text."""
    if any("\ud800" <= character <= "\udfff" for character in place):
        problem = f"{place!a} cannot be read in this locale; use one with UTF-8 (LC_ALL), or another name"
        raise typer.BadParameter(problem, param_hint=option)


def _content(outcome: Outcome) -> dict[str, Any]:
    return {
        "outcome": outcome.kind,
        "version": outcome.version,
        "previous": outcome.previous,
        "location": outcome.location,
        "changes": list(outcome.reasons),
        "tables": outcome.quality["tables"],
        "rejected": outcome.quality["rejected"],
        "corrections": outcome.quality["corrections"],
        "verdict": outcome.quality["verdict"],
        "stages": [stage.as_dict() for stage in outcome.stages],
    }
