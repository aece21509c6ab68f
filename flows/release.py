"""The release flow: ingest → extract → validate → publish → report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from prefect import flow, get_run_logger, task, unmapped
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.context import TaskRunContext
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task
from prefect.utilities.annotations import quote

import flows
from communique import pipeline
from communique.articles.model import Article, Rejection
from communique.caches import cache_folder
from communique.corrections import Corrections
from communique.pipeline import Batch, BatchResult, Dataset
from communique.quality.accepted import Accepted
from communique.quality.assessment import assess
from communique.quality.checks import CheckResult
from communique.releases.build import release_files
from communique.releases.content import size_of
from communique.releases.documents import changelog, update_documents
from communique.releases.errors import ReleaseError, StoppedError
from communique.releases.fingerprint import engine_fingerprint
from communique.releases.inputs import Inputs, survey
from communique.releases.names import QUALITY_PAGE
from communique.releases.places import is_remote, join, open_store
from communique.releases.publish import plan_release, publish
from communique.releases.reports import report_files
from communique.releases.rows import rows_of
from communique.releases.unchanged import note_run, rejection_reasons, unchanged_release
from communique.stages import ASSESS, EXTRACT, INGEST, PUBLISH, SURVEY, TABLES, Stage, Stages, summary
from flows.history import leave_history
from flows.housekeeping import RESULTS, prune_results
from flows.logs import note_stage
from flows.notifications import notify_ending, notify_release

RUNNER: TaskRunner[PrefectFuture[Any]] = cast(Any, ThreadPoolTaskRunner(max_workers=4))

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


@dataclass(frozen=True, slots=True)
class Ingested:
    """A folder of raw files, read, with what people correct of the rows and accept of their changes."""

    articles: tuple[Article, ...]
    rejections: tuple[Rejection, ...]
    corrections: Corrections
    accepted: tuple[Accepted, ...]


class IncompleteBatchError(Exception):
    """The engine failed on an article of a batch: `result` has the others, and is not to be cached."""

    def __init__(self, result: BatchResult) -> None:
        super().__init__(result.rejections[0].detail)
        self.result = result


def whole(value: Value) -> Value:
    """The value as an input of a task, which Prefect need not search for other tasks' results."""
    return cast(Value, quote(value))


def _may_pass(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    """A file system that fails may work a moment later; broken input stays broken."""
    return isinstance(state.result(raise_on_failure=False), OSError)


def _content_key(_context: TaskRunContext, parameters: dict[str, Any]) -> str:
    """One key for one batch under one engine."""
    return _result_name(parameters["engine"], parameters["batch"])


def _result_name(engine: str, batch: Batch) -> str:
    return f"{RESULTS}{engine}-{batch.digest}"


@task(
    name="ingest",
    task_run_name="ingest {raw}",
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=_may_pass,
    cache_policy=NO_CACHE,
)
def ingest(raw: str) -> Ingested:
    """Read the folder of raw articles."""
    corrections, accepted = pipeline.read_corrections(Path(raw)), pipeline.read_accepted(Path(raw))
    articles, rejections = pipeline.read_folder(Path(raw))
    get_run_logger().info("%d articles, %d files rejected", len(articles), len(rejections))
    return Ingested(articles, rejections, corrections, accepted)


@task(
    name="extract",
    task_run_name="extract batch {number}",
    retries=1,
    cache_key_fn=_content_key,
    persist_result=True,
    result_serializer="pickle",
)
def extract(batch: Batch, number: int, engine: str) -> BatchResult:  # noqa: ARG001
    """Run the engine over a batch; a batch seen before under the same engine comes from the cache.

    Raises:
        IncompleteBatchError: the engine failed on an article.
    """
    result = pipeline.extract_batch(batch)
    if result.rejections:
        raise IncompleteBatchError(result)
    return result


def _extracted(future: PrefectFuture[BatchResult]) -> BatchResult:
    found = future.result(raise_on_failure=False)
    if isinstance(found, IncompleteBatchError):
        return found.result
    if isinstance(found, Exception):
        raise found
    return found


@task(name="validate", cache_policy=NO_CACHE)
def validate(results: list[BatchResult], ingested: Ingested) -> Dataset:
    """Make the tables, corrected, and check them; rows that fail are quarantined."""
    dataset = pipeline.assemble(results, ingested.rejections, ingested.corrections)
    get_run_logger().info("%d rows quarantined", dataset.validation.quarantine.height)
    return dataset


@task(name="publish", task_run_name="publish to {to}", cache_policy=NO_CACHE)
def publish_release(
    dataset: Dataset,
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
    store, frames = open_store(to), dataset.validation.frames
    tables = rows_of(frames)
    if not dry_run:
        store.recover()
    with clock(ASSESS):
        plan = plan_release(store, tables, version)
        material = dataset.material(Path(gold) if gold else None, accepted)
        found = assess(plan.version, material, plan.diff.as_dict(), plan.before)
    kind = UNCHANGED if plan.is_unchanged else DRY_RUN if dry_run else PUBLISHED
    if kind == PUBLISHED and found.ok:
        with clock(PUBLISH) as counts:
            files = release_files(plan.version, tables, found.quality, plan.diff, dataset.corrections.inputs)
            day = released or datetime.now(UTC).date().isoformat()
            publish(store, plan, files, day, None if documents is None else changelog(Path(documents)))
            counts |= {"files": len(files), "bytes": sum(map(size_of, files.values()))}
    reasons = tuple(change.what for change in plan.diff.changes)
    reports, where = report_files(found.quality, frames), join(to, plan.version)
    return Outcome(kind, plan.version, plan.seen.latest, where, reasons, found.quality, reports, found.stops)


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
    task_runner=RUNNER,
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
) -> Outcome:
    """Make a release of the articles in `raw` and publish it in `to`, unless nothing changed.

    `version` rebuilds a given version into an empty place, `released` is the day recorded (ISO, by default today),
    `gold` a folder of gold annotations, `documents` the folder whose CHANGELOG.md and README.md follow the release.

    Raises:
        CorrectionError: a correction cannot be applied.
        ReleaseError: there is nothing to release, or it cannot be published.
        StoppedError: a check stops the release.
    """
    open_store(to).index()  # a place that cannot be read is no place to publish in after hours of work
    clock = Stages(note_stage)
    with clock(SURVEY):
        inputs = inputs_of(raw, gold)
        known = None if version is not None else known_outcome(to, inputs, dry_run)
    outcome = known or made(raw, to, version, released, gold, dry_run, documents, clock)
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
    clock: Stages,
) -> Outcome:
    """The outcome of a run that does all the work."""
    with clock(INGEST) as counts:
        ingested = ingest(raw)
        counts |= {"articles": len(ingested.articles), "rejected": len(ingested.rejections)}
    if not ingested.articles:
        raise ReleaseError(f"{raw}: no article could be read here; put .txt, .md or .html files into it")
    with clock(EXTRACT) as counts:
        work = list(pipeline.batches(ingested.articles))
        numbers = range(1, len(work) + 1)
        engine = engine_fingerprint()
        futures = extract.map([whole(batch) for batch in work], list(numbers), unmapped(engine))
        done = [_extracted(future) for future in futures]
        counts["batches"] = len(work)
    prune_results({_result_name(engine, batch) for batch in work})
    with clock(TABLES) as counts:
        dataset = validate(whole(done), whole(ingested))
        counts["rows"] = sum(frame.height for frame in dataset.validation.frames.values())
    accepted = whole(ingested.accepted)
    return publish_release(
        whole(dataset), to, version, released, gold, dry_run, documents, accepted, clock=whole(clock)
    )
