"""Does the index agree with itself and with a release that it lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from communique.releases.index import CURRENT, SUPERSEDED, Entry, Index
from communique.releases.names import DESCRIPTOR, DIFF, INDEX
from communique.releases.reading import Release
from communique.releases.verify import Problem
from communique.releases.version import Version

RESTORE = f"restore {INDEX} from a copy"


def index_problems(index: Index, version: str, release: Release) -> list[Problem]:
    """What is wrong with the index, and with what it says of the release that it lists as `version`."""
    said = [*_of_the_release(index[version], release), *_of_all(index)]
    problems = [Problem(INDEX, what, RESTORE) for what in said]
    if release.version != version:
        problems.append(Problem(DESCRIPTOR, f"says that this is {release.version}, {INDEX} says {version}"))
    return problems


def _of_the_release(entry: Entry, release: Release) -> Iterator[str]:
    before = release.report(DIFF).get("from")
    if entry.previous != before:
        yield f"says that {entry.version} follows {entry.previous}, its {DIFF} says {before}"


def _of_all(index: Index) -> Iterator[str]:
    usable = (entry.version for entry in index.versions if not entry.is_yanked)
    newest = max(usable, key=Version.parse, default=None)
    if index.latest != newest:
        yield f"says that the latest is {index.latest}, it lists {newest}"
    for version, times in Counter(entry.version for entry in index.versions).items():
        if times > 1:
            yield f"lists {version} {times} times"
    for entry in index.versions:
        status = CURRENT if entry.version == newest else SUPERSEDED
        if not entry.is_yanked and entry.status != status:
            yield f"says that {entry.version} is {entry.status}, it is {status}"
        if entry.is_yanked and not entry.why:
            yield f"does not say why {entry.version} was yanked"
        if not _is_day(entry.released):
            yield f"says that {entry.version} was released on {entry.released}, which is no day"


def _is_day(text: object) -> bool:
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
