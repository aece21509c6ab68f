"""Is a release what was published: every file there, none changed, none swapped, none too many.

A release is judged by what it says of itself: its data package, its list of digests and, where it stands in one, the
index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.releases.content import measured
from communique.releases.errors import ReleaseError
from communique.releases.names import DESCRIPTOR, INDEX, REPORTS, SUMS
from communique.releases.parts import Listed, listed_parts
from communique.releases.reading import open_release
from communique.releases.storage import Files, release_digest
from communique.releases.sums import parse_sums

FETCH = "fetch the release again from where it was published"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file of a release, and what to do about it."""

    file: str
    what: str
    remedy: str = FETCH

    def __str__(self) -> str:
        return f"{self.file} {self.what}"


@dataclass(frozen=True, slots=True)
class _Said:
    """What a release says of its files: `tables` by path in the descriptor, `sums` by name in the list of digests."""

    tables: Mapping[str, Listed]
    sums: Mapping[str, str] | None

    @property
    def names(self) -> set[str]:
        return {DESCRIPTOR, *self.tables, *(REPORTS if self.sums is None else (SUMS, *self.sums))}

    def by_descriptor(self, name: str) -> str | None:
        return self.tables[name].sha256 if name in self.tables else None

    def by_sums(self, name: str) -> str | None:
        return None if self.sums is None else self.sums.get(name)

    def twin(self, name: str, digest: str) -> str | None:
        """The other file that should have this digest."""
        others = sorted(self.names - {name})
        return next((other for other in others if digest in (self.by_sums(other), self.by_descriptor(other))), None)


def digest_problems(files: Files, digest: str | None = None) -> list[Problem]:
    """What is wrong with the files of a release; empty where all is well.

    `digest` is the digest of the whole release in the index, None where the release stands in no index.

    Raises:
        ReleaseError: there is no release.
    """
    names = set(files.names())
    problems, package = _package(files, names)
    unlisted, sums = _sums(files, names, is_expected=package.get("checksums") == SUMS)
    problems += unlisted
    said = _Said({part.path: part for resource in package["resources"] for part in listed_parts(resource)}, sums)
    are_all_known = not problems
    problems += [Problem(name, "is missing") for name in sorted(said.names - names)]
    if are_all_known:
        problems += [Problem(name, "is no part of the release", "move it away") for name in sorted(names - said.names)]
    found = {name: measured(files.pieces(name)) for name in sorted(said.names & names)}
    digests = {name: digest for name, (digest, _) in found.items()}
    if are_all_known and sums is not None and digests.get(DESCRIPTOR, sums.get(DESCRIPTOR)) != sums.get(DESCRIPTOR):
        problems.append(Problem(DESCRIPTOR, f"was edited: it has not the digest that {SUMS} lists"))
        said = _Said({path: Listed(path) for path in said.tables}, sums)
    for name, (file_digest, size) in found.items():
        problems += _file_problems(name, size, file_digest, said)
    if digest is not None and not problems and release_digest(digests) != digest:
        problems.append(_index_problem(said))
    return list(dict.fromkeys(problems))


def _package(files: Files, names: set[str]) -> tuple[list[Problem], Mapping[str, Any]]:
    """The descriptor, one without tables where it cannot be read."""
    nothing: dict[str, Any] = {"resources": []}
    if DESCRIPTOR not in names:
        return ([] if SUMS in names else [Problem(DESCRIPTOR, "is missing")]), nothing
    try:
        return [], open_release(files).package
    except ReleaseError:
        return [Problem(DESCRIPTOR, "was edited: it is not a readable data package")], nothing


def _sums(files: Files, names: set[str], *, is_expected: bool) -> tuple[list[Problem], dict[str, str] | None]:
    if SUMS not in names:
        return [Problem(SUMS, "is missing")] if is_expected else [], None
    try:
        return [], parse_sums(files.read(SUMS), SUMS)
    except ReleaseError:
        return [Problem(SUMS, "was edited: it is no list of digests and names")], None


def _file_problems(name: str, size: int, digest: str, said: _Said) -> Iterator[Problem]:
    """What the digests say of one file; of three witnesses the one that stands alone is named."""
    by_sums, by_descriptor = said.by_sums(name), said.by_descriptor(name)
    if name == DESCRIPTOR or digest == (by_sums or by_descriptor or digest):
        if by_sums and by_descriptor not in (None, by_sums):
            yield Problem(DESCRIPTOR, f"was edited: it has another digest of {name} than {SUMS} and the file itself")
    elif digest == by_descriptor:
        yield Problem(SUMS, f"was edited: it has another digest of {name} than {DESCRIPTOR} and the file itself")
    elif twin := said.twin(name, digest):
        yield Problem(name, f"was changed: it has the content of {twin}")
    else:
        source = DESCRIPTOR if by_sums is None else SUMS
        declared = said.tables[name].bytes if name in said.tables else None
        length = "" if declared in (None, size) else f" and is {size} bytes long instead of {declared}"
        yield Problem(name, f"was changed: it has not the digest that {source} lists{length}")


def _index_problem(said: _Said) -> Problem:
    if said.sums is None:
        return Problem(
            DESCRIPTOR,
            f"was edited, or a report or {INDEX} was: the files have not the digest listed, and no {SUMS} says which",
        )
    return Problem(
        INDEX,
        "was edited, or the whole release was: the files agree with each other and not with the digest listed",
        f"restore {INDEX} from a copy, or {FETCH}",
    )
