"""The release flow: ingest → extract → validate → publish → report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from prefect import flow, get_run_logger, task, unmapped
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.context import TaskRunContext
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task
from prefect.utilities.annotations import quote

from communique import pipeline
from communique.articles.model import Article, Rejection
from communique.corrections import Corrections
from communique.pipeline import Batch, BatchResult, Dataset
from communique.quality.report import quality_report, render_markdown
from communique.releases.build import release_files
from communique.releases.documents import changelog, update_documents
from communique.releases.errors import ReleaseError, StoppedError
from communique.releases.fingerprint import engine_fingerprint
from communique.releases.places import join, open_store
from communique.releases.publish import plan_release, publish
from flows.housekeeping import RESULTS, prune_results

RUNNER: TaskRunner[PrefectFuture[Any]] = cast(Any, ThreadPoolTaskRunner(max_workers=4))

Value = TypeVar("Value")

PUBLISHED, UNCHANGED, DRY_RUN = "published", "unchanged", "dry run"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: its kind, the release it made or found, where that is, and its quality report."""

    kind: str
    version: str
    previous: str | None
    location: str
    reasons: tuple[str, ...]
    quality: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ingested:
    """A folder of raw files, read, with the corrections to what is extracted from them."""

    articles: tuple[Article, ...]
    rejections: tuple[Rejection, ...]
    corrections: Corrections


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
    corrections = pipeline.read_corrections(Path(raw))
    articles, rejections = pipeline.read_folder(Path(raw))
    get_run_logger().info("%d articles, %d files rejected", len(articles), len(rejections))
    return Ingested(articles, rejections, corrections)


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
) -> Outcome:
    """Compare with the latest release and publish what changed; nothing changed, nothing published."""
    store, validation = open_store(to), dataset.validation
    if not dry_run:
        store.recover()
    plan = plan_release(store, validation.frames, version)
    quality = quality_report(
        version=plan.version,
        frames=validation.frames,
        extracted=dataset.extracted,
        checks=validation.results,
        accuracy=pipeline.accuracy(dataset, Path(gold) if gold else None),
        changes=plan.diff.as_dict(),
        corrected=dataset.corrected,
    )
    kind = UNCHANGED if plan.is_unchanged else DRY_RUN if dry_run else PUBLISHED
    if kind == PUBLISHED and validation.ok:
        files = release_files(plan.version, validation.frames, quality, plan.diff, dataset.corrections.inputs)
        day = released or datetime.now(UTC).date().isoformat()
        publish(store, plan, files, day, None if documents is None else changelog(Path(documents)))
    reasons = tuple(change.what for change in plan.diff.changes)
    return Outcome(kind, plan.version, plan.seen.latest, join(to, plan.version), reasons, quality)


@task(name="report", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=1)
def report(outcome: Outcome) -> None:
    """Leave the quality report and the counts as artifacts."""
    create_markdown_artifact(
        key="quality",
        markdown=render_markdown(outcome.quality),
        description=f"Quality of {outcome.version} ({outcome.kind})",
    )
    create_table_artifact(
        key="counts", table=outcome.quality["tables"], description=f"Rows of {outcome.version} by table"
    )


@flow(
    name="release",
    flow_run_name="release of {raw} to {to}",
    task_runner=RUNNER,
    validate_parameters=False,
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
    ingested = ingest(raw)
    if not ingested.articles:
        raise ReleaseError(f"{raw}: no article could be read here; put .txt, .md or .html files into it")
    work = list(pipeline.batches(ingested.articles))
    numbers = range(1, len(work) + 1)
    engine = engine_fingerprint()
    futures = extract.map([whole(batch) for batch in work], list(numbers), unmapped(engine))
    done = [_extracted(future) for future in futures]
    prune_results({_result_name(engine, batch) for batch in work})
    dataset = validate(whole(done), whole(ingested))
    outcome = publish_release(whole(dataset), to, version, released, gold, dry_run, documents)
    report(whole(outcome), return_state=True)
    if stops := dataset.validation.stops:
        first, more = stops[0], f" (and {len(stops) - 1} more checks)" if len(stops) > 1 else ""
        raise StoppedError(
            f"{to}: nothing was published, check {first.id} failed: {first.detail or first.description}{more}; "
            "`communique extract` writes the rows and the quarantine to look at",
            outcome.quality,
        )
    if documents is not None and not dry_run:
        update_documents(Path(documents), open_store(to))
    return outcome
