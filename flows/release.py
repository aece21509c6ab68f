"""The release flow: extract → tables → assess → publish → report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, cast

import pyarrow
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

import flows
from communique.caches import cache_folder
from communique.corrections import read_corrections
from communique.pipeline import with_sidecars
from communique.quality.accepted import Accepted, read_accepted
from communique.quality.assessment import Assessment, assess
from communique.quality.checks import CheckResult
from communique.releases.build import release_files
from communique.releases.content import size_of
from communique.releases.content import whole as bytes_of
from communique.releases.documents import changelog, update_documents
from communique.releases.errors import ReleaseError, StoppedError
from communique.releases.inputs import Inputs, survey
from communique.releases.names import QUALITY_PAGE, REPORT_FILES
from communique.releases.places import is_remote, join, open_store
from communique.releases.publish import Plan, plan_release, publish
from communique.releases.reports import report_files
from communique.releases.storage import Store
from communique.releases.unchanged import note_run, rejection_reasons, unchanged_release
from communique.staged import staging
from communique.stages import ASSESS, EXTRACT, PUBLISH, SURVEY, TABLES, Stage, Stages, summary
from communique.streaming import Written, names_in_gold, write_tables
from flows.extraction import extraction
from flows.history import leave_history
from flows.logs import note_stage
from flows.notifications import notify_ending, notify_release
from flows.retries import may_pass

Value = TypeVar("Value")

PUBLISHED, UNCHANGED, DRY_RUN = "published", "unchanged", "dry run"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: its kind, the release it made or found, where that is, and what it found of its quality.

    `quality` is the content of the quality report, `reports` its files by name, `stops` the checks that failed so that
    nothing was published, `stages` how long it took.
    """

    kind: str
    version: str
    previous: str | None
    location: str
    reasons: tuple[str, ...]
    quality: dict[str, Any] = field(repr=False)
    reports: dict[str, bytes] = field(repr=False, default_factory=dict)
    stops: tuple[CheckResult, ...] = ()
    stages: tuple[Stage, ...] = ()


def whole(value: Value) -> Value:
    """The value as an input of a task, which Prefect need not search for other tasks' results."""
    return cast(Value, quote(value))


@task(
    name="tables",
    task_run_name="tables of {raw}",
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
)
def tables(raw: str, out: Path, gold: str | None, runner: Mapping[str, Any] | None = None, *, clock: Stages) -> Written:
    """Extract the articles and write their tables, corrected and checked, into a folder; bad rows are quarantined."""
    # Arrow's own allocators keep what is freed, which shows in the peak of a long run.
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    corrections, keep = read_corrections(Path(raw)), names_in_gold(Path(gold) if gold else None)
    with clock(TABLES) as counts, extraction(Path(raw), runner) as found:
        written = with_sidecars(write_tables(clock.each(EXTRACT, found), out, corrections, keep), Path(raw))
        counts["rows"] = sum(rows.height for rows in written.tables.values())
    clock.count(EXTRACT, articles=written.extracted["articles"], rejected=written.tables["rejected"].height)
    get_run_logger().info("%d rows quarantined", written.checked.quarantine.height)
    return written


@task(name="publish", task_run_name="publish to {to}", cache_policy=NO_CACHE)
def publish_release(
    written: Written,
    to: str,
    version: str | None,
    released: str | None,
    gold: str | None,
    dry_run: bool,
    documents: str | None = None,
    accepted: tuple[Accepted, ...] = (),
    *,
    clock: Stages,
) -> Outcome:
    """Compare with the latest release and publish what changed; nothing changed, nothing published."""
    store = open_store(to)
    if not dry_run:
        store.recover()
    with clock(ASSESS):
        plan = plan_release(store, written.tables, version)
        material = written.material(Path(gold) if gold else None, accepted)
        found = assess(plan.version, material, plan.diff.as_dict(), plan.before)
    kind = UNCHANGED if plan.is_unchanged else DRY_RUN if dry_run else PUBLISHED
    if kind == PUBLISHED and found.ok:
        with clock(PUBLISH) as counts:
            reports = _published(store, plan, written, found, released, documents, counts)
    else:
        reports = report_files(found.quality, written.tables)
    return Outcome(
        kind=kind,
        version=plan.version,
        previous=plan.seen.latest,
        location=join(to, plan.version),
        reasons=tuple(change.what for change in plan.diff.changes),
        quality=found.quality,
        reports=reports,
        stops=found.stops,
    )


def _published(
    store: Store,
    plan: Plan,
    written: Written,
    found: Assessment,
    released: str | None,
    documents: str | None,
    counts: dict[str, int],
) -> dict[str, bytes]:
    """Publish the release; its reports by the names of their files."""
    inputs, day = written.inputs, released or datetime.now(UTC).date().isoformat()
    with TemporaryDirectory(dir=written.tables.folder) as folder:
        files = release_files(plan.version, written.tables, found.quality, plan.diff, inputs, folder=Path(folder))
        counts |= {"files": len(files), "bytes": sum(map(size_of, files.values()))}
        publish(store, plan, files, day, None if documents is None else changelog(Path(documents)))
    return {name: bytes_of(files[name]) for name in REPORT_FILES}


def require_sound(outcome: Outcome, to: str) -> None:
    """End a run whose tables a check has stopped.

    Raises:
        StoppedError: one has.
    """
    if stops := outcome.stops:
        first, more = stops[0], f" (and {len(stops) - 1} more checks)" if len(stops) > 1 else ""
        raise StoppedError(
            f"{to}: nothing was published, check {first.id} failed: {first.finding}{more}; {first.remedy}",
            outcome.quality,
            outcome.reports,
        )


@task(name="report", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=1)
def report(outcome: Outcome, to: str) -> None:
    """Leave as artifacts the quality report, the counts, the checks that fell short, the times and the history."""
    about = f"{outcome.version} ({outcome.kind})"
    create_markdown_artifact(
        key="quality", markdown=outcome.reports[QUALITY_PAGE].decode(), description=f"Quality of {about}"
    )
    create_table_artifact(key="counts", table=outcome.quality["tables"], description=f"Rows of {about} by table")
    create_table_artifact(key="checks", table=_short(outcome.quality), description=f"Checks that {about} fell short of")
    create_link_artifact(
        key="release", link=_link(outcome.location), link_text=outcome.version, description=f"Release {about}"
    )
    stages = [{"stage": one.name, "seconds": round(one.seconds, 3), **one.counts} for one in outcome.stages]
    create_table_artifact(key="stages", table=stages, description=summary(outcome.stages))
    leave_history(open_store(to))


def _short(quality: dict[str, Any]) -> list[dict[str, Any]]:
    """The checks that failed or warned, a row each."""
    shown = ("outcome", "id", "description", "failed", "applied", "detail", "remedy")
    results = [result for result in quality["checks"]["results"] if result["outcome"] in ("failed", "warned")]
    return [
        {name: result[name] for name in shown}
        | {"examples": "; ".join(": ".join(filter(None, example.values())) for example in result["examples"])}
        for result in results
    ]


def _link(location: str) -> str:
    return location if is_remote(location) else Path(location).resolve().as_uri()


@flow(
    name="release",
    flow_run_name="release of {raw} to {to}",
    validate_parameters=False,
    on_failure=[notify_ending],
    on_crashed=[notify_ending],
    on_cancellation=[notify_ending],
)
def release(
    raw: str = "raw",
    to: str = "processed",
    *,
    version: str | None = None,
    released: str | None = None,
    gold: str | None = None,
    dry_run: bool = False,
    documents: str | None = None,
    runner: Mapping[str, Any] | None = None,
) -> Outcome:
    """Make a release of the articles in `raw` and publish it in `to`, unless nothing changed.

    `version` rebuilds a given version into an empty place, `released` is the day recorded (ISO, by default today),
    `gold` a folder of gold annotations, `documents` the folder whose CHANGELOG.md and README.md follow the release.
    `runner` says where articles are extracted, by the fields of `communique.runners.choice.Choice`.

    Raises:
        CorrectionError: a correction cannot be applied.
        ReleaseError: there is nothing to release, or it cannot be published.
        RunnerError: there is nothing that could extract.
        StoppedError: a check stops the release.
    """
    open_store(to).index()  # a place that cannot be read is no place to publish in after hours of work
    clock = Stages(note_stage)
    with clock(SURVEY):
        inputs = inputs_of(raw, gold)
        known = None if version is not None else known_outcome(to, inputs, dry_run)
    outcome = known or made(raw, to, version, released, gold, dry_run, documents, runner, clock)
    outcome = replace(outcome, stages=clock.done)
    report(whole(outcome), to, return_state=True)
    require_sound(outcome, to)
    if known is None and version is None and outcome.kind != DRY_RUN:
        note_run(open_store(to), inputs, inputs_of(raw, gold), rejection_reasons(outcome.quality), cache_folder())
    if outcome.kind == PUBLISHED:
        notify_release(outcome.quality, outcome.location)
    if documents is not None and not dry_run:
        update_documents(Path(documents), open_store(to))
    return outcome


def inputs_of(raw: str, gold: str | None) -> Inputs | None:
    """What a run over these folders starts from, None where that is uncertain."""
    return survey({"raw": Path(raw), "gold": Path(gold) if gold else None}, flows)


def known_outcome(to: str, inputs: Inputs | None, dry_run: bool) -> Outcome | None:
    """The outcome of a run of which it is known that nothing changed; None where it has to be made to know."""
    store = open_store(to)
    if not dry_run:
        store.recover()
    found = unchanged_release(store, inputs, cache_folder())
    if found is None:
        return None
    get_run_logger().info("nothing that a release is made from changed since %s", found.version)
    where = join(to, found.version)
    return Outcome(UNCHANGED, found.version, found.version, where, (), found.quality, found.reports)


def made(
    raw: str,
    to: str,
    version: str | None,
    released: str | None,
    gold: str | None,
    dry_run: bool,
    documents: str | None,
    runner: Mapping[str, Any] | None,
    clock: Stages,
) -> Outcome:
    """The outcome of a run that does all the work."""
    accepted = read_accepted(Path(raw))
    with staging(to) as folder:
        written = tables(raw, folder, gold, runner, clock=whole(clock))
        if not written.extracted["articles"]:
            raise ReleaseError(f"{raw}: no article could be read here; put .txt, .md or .html files into it")
        outcome: Outcome = publish_release(
            whole(written), to, version, released, gold, dry_run, documents, whole(accepted), clock=whole(clock)
        )
    return outcome
