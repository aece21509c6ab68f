"""A release judged as a whole: its files, its place in the index, its tables, the evidence of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from communique.quality.checks import CheckResult
from communique.releases.check_rows import check_rows
from communique.releases.errors import ReleaseError
from communique.releases.fingerprint import engine_fingerprint
from communique.releases.index import Index
from communique.releases.names import DESCRIPTOR, DIFF, QUALITY
from communique.releases.reading import Release, open_release
from communique.releases.rows import Rows
from communique.releases.storage import Files
from communique.releases.verify import Problem, digest_problems
from communique.releases.verify_index import index_problems
from communique.releases.verify_tables import check_tables, failures, read_tables


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found wrong with a release, and the checks its rows went through; `version` as it says itself."""

    location: str
    version: str | None
    problems: tuple[Problem, ...]
    results: tuple[CheckResult, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


def judge(files: Files, listed: tuple[Index, str] | None = None, texts: Mapping[str, str] | None = None) -> Verdict:
    """Check everything that can be checked; the tables only where the files are those of the release.

    `listed` is the index that lists the release, and its version there; `texts` are the articles' texts by id.

    Raises:
        ReleaseError: there is no release.
    """
    digest = None if listed is None else listed[0][listed[1]].digest
    problems = digest_problems(files, digest)
    version = _version(files)
    if problems:
        return Verdict(files.location, version, tuple(problems))
    release = open_release(files)
    if listed is not None:
        problems += index_problems(*listed, release)
    tables, broken = read_tables(release)
    problems += [*broken, *_report_problems(release)]
    results: tuple[CheckResult, ...] = ()
    if not broken:
        try:
            declared = check_tables(release, tables, texts)
            known = {result.id for result in declared}
            results = (*declared, *(result for result in _own_checks(release, tables) if result.id not in known))
        except (AttributeError, KeyError, TypeError, ValueError, pl.exceptions.PolarsError) as error:
            problems.append(Problem(DESCRIPTOR, f"was edited: it declares what nothing can be checked by ({error})"))
    problems += failures(release, results)
    return Verdict(files.location, version, tuple(problems), results)


def _version(files: Files) -> str | None:
    try:
        return open_release(files).version
    except ReleaseError:
        return None


def _report_problems(release: Release) -> list[Problem]:
    """Where a report speaks of another version."""
    said = {
        DIFF: release.report(DIFF).get("to"),
        QUALITY: release.report(QUALITY).get("version"),
    }
    return [
        Problem(name, f"speaks of {version}, {DESCRIPTOR} of {release.version}")
        for name, version in said.items()
        if version not in (None, release.version)
    ]


def _own_checks(release: Release, tables: Mapping[str, Rows]) -> tuple[CheckResult, ...]:
    """The checks of the rows that only the code which made the release knows."""
    if release.package.get("madeBy", {}).get("engineFingerprint") != engine_fingerprint():
        return ()
    return tuple(result for result in check_rows(tables).results if not result.id.endswith(".quarantine_share"))
