"""The data-quality report of a release: one content, as `quality.json` for programs and `quality.md` for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from communique.corrections.model import Applied, rows_added, rows_dropped
from communique.quality.checks import CheckResult, Level, Outcome, Severity
from communique.quality.evaluation import Evaluation
from schemas.tables import DATA_TABLES

PASSED, WARNED, FAILED = "passed", "passed with warnings", "failed"

SHOWN = 50
"""Rejected files and quarantined rows spelled out in `quality.md`; `quality.json` has all."""

_MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_[]|~#"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def quality_report(
    *,
    version: str,
    frames: Mapping[str, pl.DataFrame],
    extracted: Mapping[str, int],
    checks: Sequence[CheckResult],
    accuracy: Evaluation | None,
    changes: Mapping[str, Any],
    corrected: Sequence[Applied] = (),
) -> dict[str, Any]:
    """The content of `quality.json`, plain JSON values in a stable order.

    `frames` are the published tables with `quarantine` and `rejected`, `extracted` the rows before validation,
    `accuracy` the figures on the gold articles (None where the release has none of them), `changes` the content of
    `diff.json`, `corrected` what people corrected.
    """
    rejected, quarantined = (frames[name].to_dicts() for name in ("rejected", "quarantine"))
    return {
        "dataset": "communique",
        "version": version,
        "previous": changes["from"],
        "verdict": _verdict(checks, bool(rejected or quarantined)),
        "changes": {"bump": changes["bump"], "reasons": changes["reasons"]},
        "tables": table_counts(
            {name: frames[name].height for name in DATA_TABLES}, extracted, frames["quarantine"], corrected
        ),
        "checks": {"summary": _summary(checks), "results": [_check(result) for result in checks]},
        "accuracy": _accuracy(accuracy),
        "corrections": [change.as_dict() for change in corrected],
        "rejected": rejected,
        "quarantined": quarantined,
    }


def render_markdown(report: Mapping[str, Any]) -> str:
    """`quality.md` from the content of `quality.json`."""
    environment = Environment(
        loader=PackageLoader("communique.quality"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters["plain"] = plain
    return environment.get_template("quality.md.j2").render(report=report, shown=SHOWN)


def plain(value: object) -> str:
    """A value as the text of a Markdown table cell: on one line, nothing in it read as markup."""
    if value is None:
        return "–"
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return " ".join(text.split()).translate(_MARKDOWN)


def _verdict(checks: Iterable[CheckResult], set_aside: bool) -> str:
    failed = [result for result in checks if result.outcome is Outcome.FAIL]
    if any(result.stops_release for result in failed):
        return FAILED
    return WARNED if failed or set_aside else PASSED


def table_counts(
    published: Mapping[str, int],
    extracted: Mapping[str, int],
    quarantine: pl.DataFrame,
    corrected: Sequence[Applied] = (),
) -> list[dict[str, Any]]:
    """Rows by table: extracted and added by corrections; published, quarantined and dropped by corrections.

    `extracted` is None where nothing is extracted as such.
    """
    quarantined = Counter(quarantine["table"])
    added, dropped = rows_added(corrected), rows_dropped(corrected)
    return [
        {
            "table": table,
            "extracted": extracted.get(table),
            "published": published[table],
            "quarantined": quarantined[table],
            "added": added[table],
            "dropped": dropped[table],
        }
        for table in DATA_TABLES
    ]


def _summary(checks: Iterable[CheckResult]) -> list[dict[str, Any]]:
    counts = Counter((result.level, result.outcome, result.severity) for result in checks)

    def count(level: Level, outcome: Outcome, *severities: Severity) -> int:
        return sum(counts[level, outcome, severity] for severity in severities or Severity)

    return [
        {
            "level": level.value,
            "passed": count(level, Outcome.PASS),
            "failed": count(level, Outcome.FAIL, Severity.ERROR),
            "warned": count(level, Outcome.FAIL, Severity.WARNING),
            "n/a": count(level, Outcome.NOT_APPLICABLE),
        }
        for level in Level
    ]


def _check(result: CheckResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "level": result.level.value,
        "severity": result.severity.value,
        "outcome": result.outcome.value,
        "table": result.table,
        "description": result.description,
        "applied": result.applied,
        "failed": result.failed,
        "detail": result.detail,
    }


def _accuracy(evaluation: Evaluation | None) -> dict[str, Any]:
    if evaluation is None:
        return {"status": "n/a", "why": "none of the gold articles is in this release"}
    return {"status": "measured", **evaluation.as_dict()}
