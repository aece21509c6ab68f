"""`communique diff` and `report`: looking at releases that exist."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli import console
from communique.cli.differences import LISTED, diff_lines
from communique.cli.options import RELEASES, Json, ReleaseArgument, open_named


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The release before: a folder, an address or a version.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The release after: a folder, an address or a version.")],
    to: Annotated[
        str, typer.Option("--to", metavar="DIR", help="Where versions are looked up: a folder or an address.")
    ] = str(RELEASES),
    rows: Annotated[
        int | None,
        typer.Option("--rows", metavar="N", min=0, help="List so many rows of each kind and table. [20; all in JSON]"),
    ] = None,
    as_is: Annotated[
        bool, typer.Option("--as-is", help="Compare files too that are not those their release describes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what changed between two releases, row by row through their stable ids.

    Exits with 0 where they are the same, 1 where they differ, 2 where they, or any table of theirs, cannot be compared.
    The JSON is of the form of `diff.json`, which `schemas/diff.schema.json` describes.

    Examples:

        communique diff 0.1.0 0.2.0

        communique diff processed/0.1.0 elsewhere/0.1.0 --json
    """
    from communique.releases.compare import compare
    from communique.releases.errors import ReleaseError
    from communique.releases.table_diff import LISTED as MOST

    listed = rows if rows is not None else MOST if as_json else LISTED
    try:
        with console.status("Comparing"):
            before, after = (open_named(where, to).snapshot(as_is=as_is) for where in (old, new))
            found = compare(before, after, listed)
    except ReleaseError as error:
        console.fail(str(error), console.WRONG_USAGE)
    if as_json:
        console.say_json(found.as_dict())
    else:
        for line in diff_lines(found):
            console.say(line)
    if found.not_compared:
        table, why = next(iter(found.not_compared.items()))
        console.fail(f"{table} could not be compared: {why}", console.WRONG_USAGE)
    raise typer.Exit(console.SUCCESS if found.is_same else console.FALLS_SHORT)


def report(
    release: ReleaseArgument,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write quality.md there instead of printing it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show a release's data-quality report, rendered anew from its quality.json.

    A published release never changes, so the report is printed or goes where `--out` says.

    Examples:

        communique report processed

        communique report 0.1.0 --out quality.md
    """
    from communique.quality.report import render_markdown

    content = open_named(release).json("quality.json")
    if as_json:
        console.say_json(content)
    elif out is None:
        console.say_markdown(render_markdown(content))
    else:
        out.write_text(render_markdown(content), encoding="utf-8")
        console.say(f"{out}: the quality report of {content['version']}")
