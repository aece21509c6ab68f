"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RELEASES = Path("processed")
RAW = Path("raw")

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

Texts = Annotated[
    Path,
    typer.Option("--texts", metavar="DIR", exists=True, file_okay=False, help="The articles as they were ingested."),
]
