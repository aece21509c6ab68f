"""Releases in a bucket, or on a plain web host to read from: `index.json` and one folder of objects per version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from communique.releases.bucket import Bucket
from communique.releases.errors import ReleaseError
from communique.releases.index import Index
from communique.releases.names import DESCRIPTOR, INDEX, REPORTS, SUMS
from communique.releases.storage import Stage
from communique.releases.sums import parse_sums
from communique.releases.version import Version


class ObjectFiles:
    """The files of a release in a bucket; `folder` is its name there, empty for the bucket's address itself."""

    def __init__(self, bucket: Bucket, folder: str = "") -> None:
        self.bucket, self.folder = bucket, f"{folder}/" if folder else ""

    @property
    def location(self) -> str:
        return f"{self.bucket.location}/{self.folder}".rstrip("/")

    def names(self) -> list[str]:
        """The names of everything in the folder."""
        return [key.removeprefix(self.folder) for key in self.bucket.keys(self.folder)]

    def has(self, name: str) -> bool:
        return self.bucket.has(f"{self.folder}{name}")

    def read(self, name: str) -> bytes:
        """The bytes of one file.

        Raises:
            ReleaseError: the file is missing, or the server does not give it.
        """
        found = self.bucket.get(f"{self.folder}{name}")
        if found is None:
            raise ReleaseError(f"{self.location}/{name}: missing from the release; fetch the release again")
        return found.data


class WebFiles(ObjectFiles):
    """The files of a release on a web host, which lists nothing: those that descriptor and digests name."""

    def names(self) -> list[str]:
        """The names of the files that are there."""
        named = {DESCRIPTOR, SUMS, *self._described(), *(self._summed() or REPORTS)}
        return sorted(name for name in named if self.has(name))

    def _described(self) -> list[str]:
        try:
            return [str(part["path"]) for part in json.loads(self.read(DESCRIPTOR))["resources"]]
        except (ReleaseError, ValueError, KeyError, TypeError):
            return []

    def _summed(self) -> list[str]:
        try:
            return list(parse_sums(self.read(SUMS), SUMS))
        except ReleaseError:
            return []


class ObjectStore:
    """Releases in a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket

    @property
    def location(self) -> str:
        return self.bucket.location

    def index(self) -> Index:
        """The index; an empty one where nothing was published yet.

        Raises:
            ReleaseError: the index is unreadable, or lost while releases are there.
        """
        found = self.bucket.get(INDEX)
        if found is not None:
            return Index.parse(found.data, f"{self.location}/{INDEX}")
        if lost := self._versions():
            raise ReleaseError(f"{self.location}/{INDEX}: missing although there is a release {lost[-1]}; restore it")
        return Index()

    def files(self, version: str) -> ObjectFiles:
        return ObjectFiles(self.bucket, version)

    @contextmanager
    def publishing(self, seen: Index) -> Iterator[Stage]:  # noqa: ARG002
        raise ReleaseError(f"{self.location}: nothing can be published here; publish into a folder")
        yield

    def _versions(self) -> list[Version]:
        return sorted(Version.parse(name) for name in self.bucket.folders() if Version.is_one(name))


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
        raise ReleaseError(f"{self.location}: read only; publish into a folder or to s3://bucket/folder")
        yield
