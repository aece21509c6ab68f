"""From validated tables to a release: what changed, which version that makes, and publishing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from communique.quality.measured import Before
from communique.releases.agreement import require_agreement
from communique.releases.compare import NOTHING, ReleaseDiff, Snapshot, compare
from communique.releases.content import Content
from communique.releases.errors import ReleaseError
from communique.releases.index import Index
from communique.releases.names import QUALITY
from communique.releases.reading import Release, current_snapshot, open_release
from communique.releases.rows import Rows
from communique.releases.storage import Store
from communique.releases.verify import digest_problems
from communique.releases.version import Version


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing would do: the index it was computed from, the differences and the version they make.

    `before` is the release that the tables were compared with.
    """

    seen: Index
    diff: ReleaseDiff
    version: str
    before: Before = field(default_factory=Before)

    @property
    def is_unchanged(self) -> bool:
        return self.diff.is_same


def plan_release(store: Store, tables: Mapping[str, Rows], rebuild: str | None = None) -> Plan:
    """Compare the tables with the latest release of the store.

    `rebuild` asks for a given version, which needs a store without releases.

    The release before is the newest that was not yanked; the version is greater than any that was ever listed.

    Raises:
        ReleaseError: the latest release is damaged, or the store of a rebuild is not empty.
    """
    index = store.index()
    if rebuild is not None and index.newest is not None:
        raise ReleaseError(
            f"{store.location}: holds release {index.newest} already; a given version is rebuilt into an empty place"
        )
    latest = None if index.latest is None else _verified(store, index, index.latest)
    snapshot = NOTHING if latest is None else latest.snapshot()
    diff = compare(snapshot, current_snapshot(None, tables))
    version = str(_next_version(index, diff) if rebuild is None else Version.parse(rebuild))
    return Plan(index, replace(diff, new_version=version), version, release_before(latest, snapshot))


def release_before(release: Release | None, snapshot: Snapshot) -> Before:
    """The release before, for the checks that compare with it; `snapshot` has its rows."""
    if release is None:
        return Before()
    return Before(release.version, snapshot.tables, release.report(QUALITY))


def publish(
    store: Store, plan: Plan, files: Mapping[str, Content], released: str, changelog: str | None = None
) -> Index:
    """Publish the files as the plan's version on the day `released` (ISO); returns the new index.

    `changelog` is the text of the changelog that will describe the release.

    Raises:
        ReleaseError: version, files and changelog contradict the differences.
        PublishConflictError: another publisher was first; nothing was changed.
    """
    require_agreement(plan.seen, plan.diff, plan.version, files, changelog)
    with store.publishing(plan.seen) as stage:
        for name, content in files.items():
            stage.write(name, content)
        return stage.commit(plan.version, released)


def _next_version(index: Index, diff: ReleaseDiff) -> Version:
    """The version that the differences make; after yanked releases they move the newest of these."""
    following = diff.next_version()
    if index.newest is None or diff.is_same or str(index.newest) == index.latest:
        return following
    return index.newest.bumped(diff.bump)


def _verified(store: Store, index: Index, version: str) -> Release:
    files = store.files(version)
    if problems := digest_problems(files, index[version].digest):
        raise ReleaseError(f"{files.location}: {problems[0]}; restore the release before making the next")
    return open_release(files)
