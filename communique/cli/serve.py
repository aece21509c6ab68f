"""`communique serve`: the release flow on a schedule."""

from __future__ import annotations

import signal
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from communique.cli import console, settings
from communique.cli.options import (
    GOLD,
    RAW,
    RELEASES,
    RawFolder,
    RunnerName,
    Scheduler,
    TimeLimit,
    Workers,
    chosen_runner,
)
from communique.runners import LOCAL, TIME_LIMIT

PORT = 4200


def serve(
    cron: Annotated[
        str, typer.Option("--cron", metavar="SCHEDULE", help="Minute, hour, day, month, day of the week.")
    ] = "0 6 * * *",
    timezone: Annotated[str, typer.Option("--timezone", metavar="ZONE", help="Such as Europe/Berlin.")] = "UTC",
    raw: RawFolder = RAW,
    to: Annotated[
        str | None, typer.Option("--to", metavar="PLACE", help="A folder or s3://bucket/folder. [processed]")
    ] = None,
    gold: Annotated[
        Path, typer.Option("--gold", metavar="DIR", help="Gold annotations to measure the accuracy with.")
    ] = GOLD,
    collect: Annotated[
        bool, typer.Option("--collect", help="Collect from the sources in sources.toml of the raw folder first.")
    ] = False,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, metavar="PORT", help="Of the server, where it is its own.")
    ] = PORT,
    workers: Workers = 1,
    time_limit: TimeLimit = TIME_LIMIT,
    runner: RunnerName = LOCAL,
    scheduler: Scheduler = None,
    log_format: settings.LogFormat = None,
) -> None:
    """Make a release whenever it is due, one run at a time, until this command is ended.

    Where PREFECT_API_URL names no server, the command runs one of its own on the loopback, with its database in
    `.prefect/`; its pages show the runs.

    Examples:

        communique serve

        communique serve --cron "30 5 * * 1-5" --timezone Europe/Berlin

        communique serve --collect

        communique serve --to s3://bucket/releases --log-format json
    """
    choice = chosen_runner(runner, scheduler, workers, time_limit)
    settings.set_up(log_format, level="INFO")
    from flows.housekeeping import end_leftover_servers
    from flows.server import free_port
    from flows.serving import require_cron, serve_schedule

    try:
        schedule = require_cron(cron, timezone)
    except ValueError as error:
        raise typer.BadParameter(f"{cron!r} in {timezone!r}: {error}", param_hint="--cron") from None
    for process in end_leftover_servers():
        console.note(f"communique: ended the Prefect server (process {process}) of a command that was killed")
    if (chosen := free_port(port)) != port:
        console.note(f"communique: port {port} is taken, so the server has port {chosen}")
    documents = str(Path.cwd()) if to is None else None
    parameters: dict[str, Any] = {
        "raw": str(raw),
        "to": to or str(RELEASES),
        "gold": str(gold),
        "documents": documents,
        "collect": collect,
        "runner": asdict(choice),
    }
    console.note(f"communique: a release of {raw} to {to or RELEASES} at {cron!r} ({timezone}); end with Ctrl-C")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    serve_schedule(schedule, parameters, chosen)
