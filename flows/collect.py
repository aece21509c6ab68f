"""The flow that keeps the folder of articles growing."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from communique.collect import collecting
from communique.collect.errors import CollectError
from communique.collect.library import Taken
from communique.collect.outcome import COUNTS, Collected, SourceReport
from communique.collect.sources import FILE, Sources, read_sources
from flows.logs import say
from flows.notifications import notify_ending
from flows.retries import may_pass


@task(
    name="fetch",
    task_run_name="fetch into {raw}",
    retries=2,
    retry_delay_seconds=[10, 60],
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
)
def fetch(raw: str, sources: Sources, *, allow_private: bool) -> Collected:
    """Ask all sources; what is new or has changed is stored."""
    return collecting.collect(Path(raw), sources, allow_private=allow_private, told=_log)


@flow(
    name="collect",
    flow_run_name="collect into {raw}",
    validate_parameters=False,
    on_failure=[notify_ending],
    on_crashed=[notify_ending],
    on_cancellation=[notify_ending],
)
def collect(raw: str = "raw", *, sources: str | None = None, allow_private: bool = False) -> Collected:
    """Fetch new articles and revisions of known ones into the folder `raw`.

    `sources` is the file that lists feeds and pages, by default `sources.toml` in the folder; `allow_private` lets the
    hosts that it names have private addresses.  What came is stored also where the run fails.

    Raises:
        CatalogueError: the catalogue or a sidecar of the folder cannot be used.
        CollectError: another process collects into the folder, or nothing could be had from a source.
        SourcesError: the sources cannot be used.
    """
    collected = fetch(raw, read_sources(Path(sources) if sources else Path(raw) / FILE), allow_private=allow_private)
    counts = {kind.value: collected.total(kind) for kind in Taken}
    say("collected", ", ".join(f"{number} {name}" for name, number in counts.items()), counts=counts)
    rows = [_row(report) for report in collected.reports]
    create_table_artifact(key="collected", table=rows, description=f"What came from the sources of {raw}")
    problems = [{"url": found.url, "problem": found.problem, "remedy": found.remedy} for found in collected.problems]
    create_table_artifact(key="uncollected", table=problems, description=f"What could not be collected into {raw}")
    require_collected(collected)
    return collected


def require_collected(collected: Collected) -> None:
    """End a run in which a source gave nothing.

    Raises:
        CollectError: one did.
    """
    if failed := collected.failed:
        first, more = failed[0].problems[0], f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        raise CollectError(f"{len(failed)} of {len(collected.reports)} sources gave nothing: {first}{more}")


def _row(report: SourceReport) -> dict[str, Any]:
    content = report.as_dict()
    return {name: content[name] for name in ("source", "publisher", *COUNTS)} | {"problems": len(report.problems)}


def _log(report: SourceReport) -> None:
    for problem in report.problems:
        say("uncollected", str(problem), level=logging.WARNING)
