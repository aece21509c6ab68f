"""The version rule: a data version follows from what changed, nobody chooses it.

MAJOR when a consumer's code can break (a table or column removed or retyped, a vocabulary value removed, ids re-made),
MINOR when the data cover something else (articles added or withdrawn, a table, column or vocabulary value added),
PATCH when the same articles give corrected rows or the descriptions of columns change.  The first release is 0.1.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import total_ordering

_VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})")


class Bump(IntEnum):
    """How far a change moves the version; the greatest of all changes decides."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """A data version `MAJOR.MINOR.PATCH`."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read `1.2.3`.

        Raises:
            ValueError: the text is not three plain numbers joined by dots.
        """
        match = _VERSION.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a version; versions look like 0.1.0")
        return cls(*(int(part) for part in match.groups()))

    @staticmethod
    def is_one(text: str) -> bool:
        """Whether the text is a version."""
        return _VERSION.fullmatch(text) is not None

    def bumped(self, bump: Bump) -> Version:
        """The version after a change; the same version for `Bump.NONE`."""
        match bump:
            case Bump.MAJOR:
                return Version(self.major + 1, 0, 0)
            case Bump.MINOR:
                return Version(self.major, self.minor + 1, 0)
            case Bump.PATCH:
                return Version(self.major, self.minor, self.patch + 1)
            case _:
                return self

    def __lt__(self, other: Version) -> bool:
        return (self.major, self.minor, self.patch) < (other.major, other.minor, other.patch)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


FIRST = Version(0, 1, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of difference between two releases: how far it moves the version, and a line for people."""

    bump: Bump
    what: str


def implied_bump(changes: Iterable[Change]) -> Bump:
    """The greatest bump of all changes."""
    return max((change.bump for change in changes), default=Bump.NONE)
