"""`communique diff` and `report`: looking at releases that exist."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import console
from communique.cli.differences import LISTED, diff_lines, diff_markdown
from communique.cli.notices import annotate, write_reports
from communique.cli.options import GOLD, RAW, RELEASES, Json, ReleaseArgument, open_named

if TYPE_CHECKING:
    from communique.releases.reading import Release


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
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown for a job summary or a comment.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what changed between two releases, row by row through their stable ids.

    Exits with 0 where they are the same, 1 where they differ, 2 where they, or any table of theirs, cannot be compared.
    The JSON is of the form of `diff.json`, which `schemas/diff.schema.json` describes.

    Examples:

        communique diff 0.1.0 0.2.0

        communique diff processed/0.1.0 elsewhere/0.1.0 --json

        communique diff main/processed processed --markdown
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
        for line in (diff_markdown if as_markdown else diff_lines)(found):
            console.say(line)
    if found.not_compared:
        table, why = next(iter(found.not_compared.items()))
        console.fail(f"{table} could not be compared: {why}", console.WRONG_USAGE)
    raise typer.Exit(console.SUCCESS if found.is_same else console.FALLS_SHORT)


def report(
    release: ReleaseArgument,
    texts: Annotated[
        Path, typer.Option("--texts", metavar="DIR", help="The articles; without them their checks do not apply.")
    ] = RAW,
    gold: Annotated[
        Path, typer.Option("--gold", metavar="DIR", help="Gold annotations to measure the accuracy with.")
    ] = GOLD,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", file_okay=False, help="Write all reports there.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Judge a release again and show its data-quality report; exits with 1 where a check stops it.

    All checks are run over its tables, beside the release before. `--out` writes the report in all its forms, which are
    those that `communique release` publishes, byte for byte. A published release never changes: its own folder takes
    back files that were lost, and no others.

    Examples:

        communique report processed

        communique report 0.1.1 --out reports

        communique report processed/0.1.1 --json
    """
    from communique.quality.markdown import render_markdown
    from communique.releases.reassess import reassess
    from communique.releases.reports import report_files

    found = open_named(release)
    with console.status("Checking"):
        judged = reassess(found, texts, gold)
    quality = judged.assessment.quality
    annotate(quality)
    if as_json:
        console.say_json(quality)
    else:
        console.say_markdown(render_markdown(quality))
    if out is not None:
        files = report_files(quality, judged.tables)
        _require_same(found, files, out)
        write_reports(out, files)
        console.note(f"communique: the reports are in {out}")
    if stops := judged.assessment.stops:
        first, more = stops[0], f" (and {len(stops) - 1} more checks)" if len(stops) > 1 else ""
        console.fail(f"{found.files.location}: check {first.id} failed: {first.finding}{more}; {first.remedy}")


def _require_same(release: Release, files: Mapping[str, bytes], out: Path) -> None:
    """See that a folder that holds a release gets the files that it lists and no others.

    Raises:
        ReleaseError: it would get others.
    """
    from communique.releases.errors import ReleaseError
    from communique.releases.names import DESCRIPTOR, SUMS
    from communique.releases.sums import parse_sums, sums_of

    if not (out / DESCRIPTOR).exists():
        return
    listed = parse_sums((out / SUMS).read_bytes(), f"{out}/{SUMS}") if (out / SUMS).is_file() else {}
    others = [name for name, digest in sums_of(files).items() if listed.get(name) != digest]
    if others:
        raise ReleaseError(
            f"{out}: holds release {release.version}, whose {others[0]} is another; nothing was written, name another "
            "folder with --out"
        )
