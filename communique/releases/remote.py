"""Releases in a bucket: `index.json` and one folder of objects per version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from communique.releases.bucket import Bucket, Found
from communique.releases.content import Content, digest_of
from communique.releases.errors import PublishConflictError, ReleaseError
from communique.releases.fetched import FetchedFiles
from communique.releases.index import Index, Pending
from communique.releases.names import INDEX
from communique.releases.storage import (
    another_was_first,
    release_digest,
    require_listed,
    require_pending,
    require_seen,
    require_written,
)

STAGES = ".staging"
PROBE = ".probe"
BASIS = 16
"""Characters of the digest of the index that a stage is named after."""

ATTEMPTS = 5


class ObjectFiles:
    """The files of a release in a bucket; `folder` is its name there, empty for the bucket's address itself."""

    def __init__(self, bucket: Bucket, folder: str = "") -> None:
        self.bucket, self.folder = bucket, f"{folder}/" if folder else ""
        self._fetched: FetchedFiles | None = None

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
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of one file, some at a time; errors as for `read`."""
        found = self.bucket.pieces(f"{self.folder}{name}")
        if found is None:
            raise ReleaseError(f"{self.location}/{name}: missing from the release; fetch the release again")
        return found

    def path(self, name: str) -> Path:
        """A copy of one file on disk, fetched once and removed with this object; errors as for `read`."""
        self._fetched = self._fetched or FetchedFiles()
        return self._fetched.path(name, self.pieces)


class ObjectStore:
    """Releases in a bucket whose server knows conditional writes; no lock, so publishers may be at work anywhere.

    Three facts make it safe to remove or finish what another publisher left, without knowing whether it still lives.
    `index.json` never has the same content twice.  The name of a stage starts with the digest of the index that its
    publisher saw, and its decision is a write on the condition that this is still the index; once it is another, the
    stage can never become a release.  And what a decided version holds is settled, so all who finish it write the same.
    """

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
        return self._read()[0]

    def files(self, version: str) -> ObjectFiles:
        return ObjectFiles(self.bucket, version)

    def recover(self) -> None:
        """Finish a release that was decided; remove stages that can no longer become one.

        Raises:
            ReleaseError: the release cannot be finished.
        """
        self._finish(*self._read())
        self.clean()

    @contextmanager
    def publishing(self, seen: Index) -> Iterator[ObjectStage]:
        """A stage for the release that follows `seen`.

        Raises:
            PublishConflictError: another publisher was first.
            ReleaseError: a release is there that the index does not list, or the server has no conditional writes.
        """
        folders = self.bucket.folders()
        index, found = self._read()
        require_seen(self.location, seen, index)
        require_listed(self.location, folders, index if found else None)
        name = f"{digest_of(found.data if found else b'')[:BASIS]}-{uuid4().hex}"
        stage = ObjectStage(self, name, index, found)
        try:
            self._require_conditions(f"{stage.folder}/{PROBE}")
            yield stage
        except ReleaseError:
            if not stage.may_be_decided and self._has_moved_on(index):
                raise another_was_first(self.location) from None
            raise
        finally:
            if not stage.may_be_decided:
                with suppress(ReleaseError):
                    self.bucket.delete(self.bucket.keys(stage.folder))

    def edit(self, change: Callable[[Index], Index]) -> Index:
        """Replace the index by what `change` makes of it; returns the new one.

        Raises:
            PublishConflictError: others replace it all the time.
        """
        for _ in range(ATTEMPTS):
            index, found = self._read()
            if found is None:
                raise ReleaseError(f"{self.location}/{INDEX}: not there; name the place of the releases")
            wanted = change(index)
            if self.bucket.replace(INDEX, wanted.encode(), found.tag) or self.index() == wanted:
                return wanted
        raise PublishConflictError(f"{self.location}: other publishers are at work; nothing was changed, run again")

    def decide(self, stage: ObjectStage, decided: Index) -> Index:
        """Make the index one that has this stage pending, then finish it; returns the index that lists it.

        Raises:
            PublishConflictError: another publisher was first.
        """
        data, found = decided.encode(), stage.found
        stage.may_be_decided = True
        written = self.bucket.replace(INDEX, data, found.tag) if found else self.bucket.create(INDEX, data)
        index, found = self._read()
        if not written and index.pending != decided.pending:
            stage.may_be_decided = False
            raise another_was_first(self.location)
        settled = self._finish(index, found, decided.pending)
        with suppress(ReleaseError):
            self.clean()
        return settled

    def clean(self) -> None:
        """Remove the stages that can no longer become a release, whoever made them."""
        keys = self.bucket.keys(STAGES)
        if not keys:
            return
        index, found = self._read()
        basis = digest_of(found.data if found else b"")[:BASIS]
        pending = index.pending.stage if index.pending else None
        self.bucket.delete([key for key in keys if not _may_live(key.split("/")[1], basis, pending)])

    def _finish(self, index: Index, found: Found | None, due: Pending | None = None) -> Index:
        """List what is pending (or was, if somebody else finished it), its files at their final keys."""
        due = due or index.pending
        if due is None:
            return index
        try:
            if due == index.pending:
                self._move(due)
        except ReleaseError:
            index, found = self._read()
            if index.pending == due:
                raise
        for _ in range(ATTEMPTS):
            if index.pending != due:
                break
            settled = index.settled()
            if found and self.bucket.replace(INDEX, settled.encode(), found.tag):
                return settled
            index, found = self._read()
        if due.version in index:
            return index
        raise PublishConflictError(f"{self.location}: other publishers are at work; run again to finish {due.version}")

    def _move(self, due: Pending) -> None:
        """Copy a decided stage to its version and read it back; done twice or by two at once it is the same."""
        for key in self.bucket.keys(f"{STAGES}/{due.stage}"):
            self.bucket.copy(key, f"{due.version}/{key.rpartition('/')[2]}")
        require_pending(self.files(due.version), due)

    def _read(self) -> tuple[Index, Found | None]:
        found = self.bucket.get(INDEX)
        if found is None:
            folders = self.bucket.folders()  # before the index: what a publisher puts there stands in the index already
            found = self.bucket.get(INDEX)
            if found is None:
                require_listed(self.location, folders, None)
                return Index(), None
        return Index.parse(found.data, f"{self.location}/{INDEX}"), found

    def _has_moved_on(self, seen: Index) -> bool:
        """Whether others may have removed a stage made for the release after `seen`."""
        try:
            return self.index() != seen
        except ReleaseError:
            return False

    def _require_conditions(self, key: str) -> None:
        """See that the server refuses a write whose condition does not hold: publishing rests on it."""
        self.bucket.put(key, b"1")
        if self.bucket.create(key, b"2") or self.bucket.replace(key, b"3", f'"{"0" * 32}"'):
            raise ReleaseError(
                f"{self.location}: {self.bucket.server} ignores the conditions of writes (If-None-Match, If-Match), "
                "so two publishers could mix; publish to a server that has them, or into a folder"
            )
        self.bucket.delete([key])


class ObjectStage:
    """A stage in a bucket, under a name that no other publisher has or will have."""

    def __init__(self, store: ObjectStore, name: str, seen: Index, found: Found | None) -> None:
        self.store, self.name, self.seen, self.found = store, name, seen, found
        self.folder = f"{STAGES}/{name}"
        self.digests: dict[str, str] = {}
        self.may_be_decided = False

    def write(self, name: str, content: Content) -> None:
        """Write one file."""
        self.digests[name] = digest_of(content)
        self.store.bucket.put(f"{self.folder}/{name}", content)

    def commit(self, version: str, released: str) -> Index:
        """Read everything back, then make it visible as `version`; returns the new index.

        Raises:
            PublishConflictError: another publisher was first.
            ReleaseError: a file is not there as it was written, or the version cannot follow.
        """
        require_written(ObjectFiles(self.store.bucket, self.folder), self.digests)
        decided = self.seen.with_pending(version, released, release_digest(self.digests), self.name)
        return self.store.decide(self, decided)


def _may_live(stage: str, basis: str, pending: str | None) -> bool:
    """Whether a stage, listed before the index was read, can become a release or is becoming one."""
    return stage == pending or stage.startswith(f"{basis}-")
