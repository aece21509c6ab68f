"""Releases on a plain web host, to read only: `index.json` and one folder per version, nothing is listed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from communique.releases.bucket import Bucket
from communique.releases.errors import ReleaseError
from communique.releases.index import Index
from communique.releases.names import DESCRIPTOR, INDEX, REPORTS, SUMS
from communique.releases.parts import listed_parts
from communique.releases.remote import ObjectFiles
from communique.releases.storage import Stage
from communique.releases.sums import parse_sums


class WebFiles(ObjectFiles):
    """The files of a release on a web host, which lists nothing: those that descriptor and digests name."""

    def names(self) -> list[str]:
        """The names of the files that are there."""
        named = {DESCRIPTOR, SUMS, *self._described(), *(self._summed() or REPORTS)}
        return sorted(name for name in named if self.has(name))

    def _described(self) -> list[str]:
        try:
            resources = json.loads(self.read(DESCRIPTOR))["resources"]
            return [str(part.path) for resource in resources for part in listed_parts(resource)]
        except (ReleaseError, ValueError, KeyError, TypeError):
            return []

    def _summed(self) -> list[str]:
        try:
            return list(parse_sums(self.read(SUMS), SUMS))
        except ReleaseError:
            return []


class WebStore:
    """Releases on a web host, to read only."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket

    @property
    def location(self) -> str:
        return self.bucket.location

    def index(self) -> Index:
        """The index.

        Raises:
            ReleaseError: there is none, or it is unreadable.
        """
        found = self.bucket.get(INDEX)
        if found is None:
            raise ReleaseError(f"{self.location}/{INDEX}: not there; check the address")
        return Index.parse(found.data, f"{self.location}/{INDEX}")

    def files(self, version: str) -> WebFiles:
        return WebFiles(self.bucket, version)

    @contextmanager
    def publishing(self, seen: Index) -> Iterator[Stage]:  # noqa: ARG002
        raise self._read_only()
        yield

    def _read_only(self) -> ReleaseError:
        return ReleaseError(f"{self.location}: read only; publish into a folder or to s3://bucket/folder")

    def recover(self) -> None:
        """Nothing to do where nothing can be written."""

    def edit(self, change: Callable[[Index], Index]) -> Index:  # noqa: ARG002
        raise self._read_only()
