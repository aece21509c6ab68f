"""How the commands set Prefect up: its files beside the project, no analytics, bounded, quiet or in JSON."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

DAYS_KEPT = 30
"""Days for which Prefect remembers runs, their logs and their artifacts."""

LogFormat = Annotated[
    str | None,
    typer.Option("--log-format", metavar="text|json", help="Log the run on standard error, as lines of JSON if asked."),
]

_DAY = 24 * 3600


def set_up(log_format: str | None = None, *, level: str = "CRITICAL") -> None:
    """Set what Prefect reads from the environment, where it is not set; before Prefect is imported.

    `level` is that of the log where no `log_format` asks for one.
    """
    if log_format not in (None, "text", "json"):
        raise typer.BadParameter(f"{log_format!r} is neither text nor json", param_hint="--log-format")
    defaults = {
        "PREFECT_HOME": str(Path(".prefect").resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": level if log_format is None else "INFO",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL" if level == "CRITICAL" else "WARNING",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(DAYS_KEPT * _DAY),
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    }
    if log_format is not None:
        os.environ["COMMUNIQUE_LOG"] = log_format
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    if os.environ.get("COMMUNIQUE_LOG") == "json":
        os.environ["PREFECT_LOGGING_LEVEL"] = "INFO"
        os.environ["PREFECT_LOGGING_SETTINGS_PATH"] = str(Path(__file__).parents[2] / "flows" / "logging.yml")
