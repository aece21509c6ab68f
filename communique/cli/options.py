"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import console

if TYPE_CHECKING:
    from communique.releases.index import Entry
    from communique.releases.reading import Release
    from communique.runners.choice import Choice

RELEASES = Path("processed")
RAW = Path("raw")
GOLD = Path("tests/gold")

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]

ReleaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="RELEASE",
        help=f"A release, a version in `{RELEASES}/`, or a place of releases (its latest); folders, s3:// or https://.",
    ),
]

RawFolder = Annotated[
    Path,
    typer.Option(
        "--raw",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Folder of .txt, .md or .html articles; a catalogue.toml or catalogue.json beside them is used.",
    ),
]

RunnerName = Annotated[
    str,
    typer.Option("--runner", metavar="NAME", help="What extracts articles: local, or dask for a Dask cluster."),
]

Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler", metavar="ADDRESS", help="Of a running Dask cluster. [one on this machine, for the run]"
    ),
]

Workers = Annotated[int, typer.Option(min=1, metavar="N", help="Processes that extract on this machine.")]

TimeLimit = Annotated[
    float,
    typer.Option(
        min=0.1,
        metavar="SECONDS",
        help="Reject an article that takes longer to extract, by so much for every megabyte it begins.",
    ),
]

Texts = Annotated[
    Path,
    typer.Option("--texts", metavar="DIR", exists=True, file_okay=False, help="The articles as they were ingested."),
]


def chosen_runner(runner: str, scheduler: str | None, workers: int, time_limit: float) -> Choice:
    """The runner that the options name.

    Raises:
        BadParameter: there is none.
    """
    from communique.runners.choice import Choice

    try:
        return Choice(runner, scheduler, workers, time_limit)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--runner") from None


def open_named(release: str, releases: str | Path = RELEASES) -> Release:
    """The release that an argument names; whoever uses a yanked one is told.

    Raises:
        ReleaseError: there is none.
    """
    from communique.releases.reading import find_release

    found = find_release(release, releases)
    warn_if_yanked(found.files.location, found.entry)
    return found


def warn_if_yanked(location: str, entry: Entry | None) -> None:
    """Tell whoever uses a yanked release."""
    if entry is not None and entry.is_yanked:
        console.note(f"{location}: release {entry.version} was yanked: {entry.why}")


def require_version(text: str, hint: str) -> None:
    """See that an argument is a version.

    Raises:
        BadParameter: it is not.
    """
    from communique.releases.version import Version

    try:
        Version.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=hint) from None
