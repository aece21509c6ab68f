"""`communique validate`, `diff` and `report`: looking at releases that exist."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import console
from communique.cli.options import RELEASES, Json, ReleaseArgument

if TYPE_CHECKING:
    from communique.quality.checks import CheckResult
    from communique.releases.compare import ReleaseDiff
    from communique.releases.reading import Release

LISTED = 20
"""Ids of a table that `diff` spells out; `--json` has all."""


def validate(
    release: ReleaseArgument,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="DIR", exists=True, file_okay=False, help="Check the evidence in these texts."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check a release again: digests, schemas, relations, bounds of the evidence; with `--texts` every span.

    Exits with 1 and names the problem where a file was changed, is missing or too many, or a row breaks a rule.

    Examples:

        communique validate processed/0.1.0

        communique validate 0.1.0 --texts raw
    """
    from communique.releases.reading import find_release
    from communique.releases.verify import digest_problems, table_problems

    found = find_release(release, RELEASES)
    problems = digest_problems(found.files, found.entry.digest if found.entry else None)
    results: tuple[CheckResult, ...] = ()
    if not problems:
        problems = table_problems(found.files)
    if not problems:
        results = _checked(found, texts, problems)
    applied = [result for result in results if result.outcome != "n/a"]
    if as_json:
        checks = [{"id": r.id, "outcome": r.outcome, "applied": r.applied, "failed": r.failed} for r in results]
        console.say_json({"release": found.files.location, "problems": problems, "checks": checks})
    else:
        for problem in problems:
            console.say(f"failed: {problem}")
        if not problems:
            console.say(
                f"{found.files.location}: release {found.version} is whole; {len(applied)} checks passed, "
                f"{len(results) - len(applied)} do not apply"
            )
    if problems:
        many = f" (and {len(problems) - 1} more problems)" if len(problems) > 1 else ""
        console.fail(f"{found.files.location}: {problems[0]}{many}; do not use it, fetch or make the release again")


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The release before: a folder or a version.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The release after: a folder or a version.")],
    as_json: Json = False,
) -> None:
    """Show what changed between two releases, row by row through their stable ids.

    Exits with 0 where they are the same, 1 where they differ, 2 where they cannot be compared.

    Examples:

        communique diff 0.1.0 0.2.0

        communique diff processed/0.1.0 elsewhere/0.1.0 --json
    """
    from communique.releases.compare import compare
    from communique.releases.errors import ReleaseError
    from communique.releases.reading import find_release

    try:
        snapshots = [find_release(where, RELEASES).snapshot() for where in (old, new)]
    except ReleaseError as error:
        console.fail(str(error), console.WRONG_USAGE)
    found = compare(*snapshots)
    if as_json:
        console.say_json(found.as_dict())
    else:
        _say_diff(found)
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
    from communique.releases.reading import find_release

    content = find_release(release, RELEASES).json("quality.json")
    if as_json:
        console.say_json(content)
    elif out is None:
        console.say_markdown(render_markdown(content))
    else:
        out.write_text(render_markdown(content), encoding="utf-8")
        console.say(f"{out}: the quality report of {content['version']}")


def _checked(release: Release, texts: Path | None, problems: list[str]) -> tuple[CheckResult, ...]:
    """The results of all checks; failures are added to `problems`."""
    from communique.quality.validation import StructureError
    from communique.quality.validation import validate as validate_frames

    frames = release.frames()
    try:
        validation = validate_frames(frames, _texts(texts) if texts else None, extracted=_extracted(frames))
    except StructureError as error:
        problems.append(f"made under other declarations than this version's: {error}")
        return ()
    problems += [
        f"{result.id}: {result.failed} of {result.applied} fail: {result.description} {result.detail}".rstrip()
        for result in validation.results
        if result.outcome == "fail" and result.severity == "error" and not result.id.endswith(".quarantine_share")
    ]
    return validation.results


def _extracted(frames: Any) -> dict[str, int]:
    """The rows that were extracted for a release: those it published and those it quarantined."""
    aside = dict(frames["quarantine"].group_by("table").len().iter_rows())
    return {name: frame.height + aside.get(name, 0) for name, frame in frames.items()}


def _texts(folder: Path) -> dict[str, str]:
    from communique.pipeline import read_folder

    articles, _ = read_folder(folder)
    return {article.article_id: article.text for article in articles}


def _say_diff(found: ReleaseDiff) -> None:
    if found.is_same:
        console.say(f"{found.old_version} and {found.new_version} are the same")
        return
    console.say(f"{found.old_version} -> {found.new_version}: a {found.bump.label} change")
    for change in found.changes:
        console.say(f"  {change.bump.label}: {change.what}")
    for table, part in found.tables.items():
        for verb, ids in (("added", part.added), ("removed", part.removed)):
            for row_id in ids[:LISTED]:
                console.say(f"{table}: {verb} {row_id}")
            if len(ids) > LISTED:
                console.say(f"{table}: {verb} {len(ids) - LISTED} more")
        for row in part.changed[:LISTED]:
            values = ", ".join(f"{column}: {old!r} -> {new!r}" for column, (old, new) in row.columns.items())
            console.say(f"{table}: changed {row.id} ({values})")
        if len(part.changed) > LISTED:
            console.say(f"{table}: changed {len(part.changed) - LISTED} more")
