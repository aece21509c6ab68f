"""Whether what is about to be published says one thing: version, differences, descriptions and changelog."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from communique.releases.changelog import release_lines, sections
from communique.releases.compare import ReleaseDiff
from communique.releases.content import Content, whole
from communique.releases.errors import ReleaseError
from communique.releases.index import Index, json_bytes
from communique.releases.names import DESCRIPTOR
from communique.releases.version import Version

CHANGELOG = "CHANGELOG.md"


def require_agreement(
    seen: Index, diff: ReleaseDiff, version: str, files: Mapping[str, Content], changelog: str | None = None
) -> None:
    """Refuse a release that contradicts itself; `changelog` is the text of the changelog that will describe it.

    Raises:
        ReleaseError: the version does not follow from the differences, a file speaks of another version or of other
            differences, or the changelog says of it what the differences do not give.
    """
    problems = [*_version_problems(seen, diff, version), *_file_problems(diff, version, files)]
    problems += [] if changelog is None else _changelog_problems(seen, diff, version, changelog)
    if problems:
        raise ReleaseError(f"release {version} contradicts itself, nothing was published: {'; '.join(problems)}")


def _version_problems(seen: Index, diff: ReleaseDiff, version: str) -> Iterator[str]:
    listed = [Version.parse(entry.version) for entry in seen.versions]
    if diff.old_version != seen.latest:
        yield f"its differences are from {diff.old_version}, the latest release is {seen.latest}"
    elif listed and version != (expected := str(max(listed).bumped(diff.bump))):
        yield f"after {max(listed)} a {diff.bump.label} change makes {expected}"
    if diff.new_version != version:
        yield f"its differences lead to {diff.new_version}"


def _file_problems(diff: ReleaseDiff, version: str, files: Mapping[str, Content]) -> Iterator[str]:
    if files.get("diff.json") != json_bytes(diff.as_dict()):
        yield "its diff.json has other differences"
    for name in (DESCRIPTOR, "quality.json"):
        if (said := json.loads(whole(files[name]))["version"]) != version:
            yield f"its {name} speaks of {said}"


def _changelog_problems(seen: Index, diff: ReleaseDiff, version: str, changelog: str) -> Iterator[str]:
    for found, words in sections(changelog).items():
        if found == version:
            lines = [line for some in release_lines(diff.as_dict()).values() for line in some]
            if missing := [line for line in lines if line not in words.splitlines()]:
                yield (
                    f"{CHANGELOG} has a section [{version}] without the line {missing[0]!r}; "
                    "move what you wrote under Unreleased"
                )
        elif found not in seen:
            yield f"{CHANGELOG} has a section [{found}], and there is no such release; move it under Unreleased"
