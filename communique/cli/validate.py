"""`communique validate`: is a release, wherever it is, what was published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import console
from communique.cli.options import RELEASES, Json, ReleaseArgument, warn_if_yanked

if TYPE_CHECKING:
    from communique.releases.verdict import Verdict


def validate(
    release: ReleaseArgument,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="DIR", exists=True, file_okay=False, help="Check the evidence in these texts."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check a release again: digests, schemas, relations, bounds of the evidence; with `--texts` every span.

    A release is judged by its own datapackage.json, so those of older versions are whole as long as nothing changed.
    Exits with 1 and names file, problem and remedy where a file was changed, is missing or too many, the index does
    not fit, or a row breaks a rule.

    Examples:

        communique validate processed/0.1.0

        communique validate 0.1.0 --texts raw

        communique validate https://host/releases --json
    """
    from communique.releases.errors import LocationError, ReleaseError

    try:
        verdict = _judged(release, texts)
    except LocationError:
        raise
    except ReleaseError as error:
        if as_json:
            console.say_json(_json(release, None, [_problem(str(error))]))
        raise
    _say(verdict, as_json=as_json)


def _judged(release: str, texts: Path | None) -> Verdict:
    from communique.releases.reading import find_files
    from communique.releases.verdict import judge

    files, listed = find_files(release, RELEASES)
    if listed is not None:
        warn_if_yanked(files.location, listed[0][listed[1]])
    return judge(files, listed, _texts(texts) if texts else None)


def _say(verdict: Verdict, *, as_json: bool) -> None:
    applied = [result for result in verdict.results if result.outcome != "n/a"]
    if as_json:
        problems = [{"file": p.file, "problem": p.what, "remedy": p.remedy} for p in verdict.problems]
        console.say_json(_json(verdict.location, verdict, problems))
    elif verdict.ok:
        console.say(
            f"{verdict.location}: release {verdict.version} is whole; {len(applied)} checks passed, "
            f"{len(verdict.results) - len(applied)} do not apply"
        )
    else:
        for problem in verdict.problems:
            console.say(f"failed: {problem}; {problem.remedy}")
    if not verdict.ok:
        first, rest = verdict.problems[0], len(verdict.problems) - 1
        many = f" (and {rest} more problem{'s' if rest > 1 else ''})" if rest else ""
        console.fail(f"{verdict.location}: {first}{many}; do not use it: {first.remedy}")


def _json(location: str, verdict: Verdict | None, problems: list[dict[str, str]]) -> dict[str, Any]:
    results = () if verdict is None else verdict.results
    return {
        "release": location,
        "version": None if verdict is None else verdict.version,
        "ok": not problems,
        "problems": problems,
        "checks": [
            {"id": r.id, "outcome": r.outcome, "applied": r.applied, "failed": r.failed, "detail": r.detail or r.names}
            for r in results
        ],
    }


def _problem(message: str) -> dict[str, str]:
    """A message of the form `file: problem; remedy` in its parts."""
    file, _, rest = message.partition(": ")
    problem, _, remedy = rest.rpartition("; ")
    return {"file": file, "problem": problem or remedy, "remedy": remedy if problem else ""}


def _texts(folder: Path) -> dict[str, str]:
    from communique.articles.ingest import ingest
    from communique.articles.model import Article

    return {found.article_id: found.text for found in ingest(folder) if isinstance(found, Article)}
