"""The content of a release's data-quality report, which every form of it shows: `quality.json`.

`schemas/quality.schema.json` is its form and `docs/quality.md` its dictionary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from communique.articles.rejection import AS_IT_SHOULD_BE
from communique.corrections.model import Applied, rows_added, rows_dropped
from communique.quality.accuracy import NOT_MEASURED
from communique.quality.checks import CheckResult, Level, Outcome
from communique.quality.coverage import Coverage
from communique.releases.rows import Rows
from schemas.tables import DATA_TABLES

FORMAT = 2
"""Version of the form of `quality.json`; reports without one are of the first."""

PASSED, WARNED, FAILED = "passed", "passed with warnings", "failed"


def quality_report(
    *,
    version: str,
    tables: Mapping[str, Rows],
    extracted: Mapping[str, int],
    checks: Sequence[CheckResult],
    changes: Mapping[str, Any],
    accuracy: Mapping[str, Any] | None = None,
    corrected: Sequence[Applied] = (),
    previous: Mapping[str, int] | None = None,
    coverage: Mapping[str, Any] | None = None,
    drift: Sequence[Mapping[str, Any]] = (),
    accepted: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Plain JSON values in a stable order.

    `tables` are the published ones with `quarantine` and `rejected`, `extracted` the rows before validation,
    `changes` the content of `diff.json`, `accuracy` the figures on gold articles (None where there are none),
    `corrected` what people corrected, `previous` the rows by table of the release before, `coverage` and `drift` what
    the modules of these names found, `accepted` the changes that people accept.
    """
    rejected, quarantined = (tables[name].scan().collect().to_dicts() for name in ("rejected", "quarantine"))
    published = {name: tables[name].height for name in DATA_TABLES}
    counts = table_counts(published, extracted, Counter(row["table"] for row in quarantined), corrected)
    return {
        "format": FORMAT,
        "dataset": "communique",
        "version": version,
        "previous": changes["from"],
        "verdict": _verdict(checks, bool(quarantined) or _falls_short(rejected)),
        "changes": {"bump": changes["bump"], "reasons": changes["reasons"], "rows": _row_changes(changes)},
        "tables": [row | {"previous": (previous or {}).get(row["table"])} for row in counts],
        "checks": {"summary": _summary(checks), "results": [result.as_dict() for result in checks]},
        "coverage": coverage or Coverage().as_dict(),
        "drift": list(drift),
        "accuracy": dict(NOT_MEASURED if accuracy is None else accuracy),
        "accepted": list(accepted),
        "corrections": [change.as_dict() for change in corrected],
        "rejected": rejected,
        "quarantined": quarantined,
    }


def _verdict(checks: Iterable[CheckResult], set_aside: bool) -> str:
    short = [result for result in checks if result.outcome in (Outcome.FAILED, Outcome.WARNED)]
    if any(result.stops_release for result in short):
        return FAILED
    return WARNED if short or set_aside else PASSED


def _falls_short(rejected: Iterable[Mapping[str, Any]]) -> bool:
    return any(row["reason"] not in AS_IT_SHOULD_BE for row in rejected)


def _row_changes(changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows added, removed, changed and with ids re-made, by table."""
    return [{"table": table, **part["counts"]} for table, part in changes.get("tables", {}).items()]


def table_counts(
    published: Mapping[str, int],
    extracted: Mapping[str, int],
    quarantined: Mapping[str, int],
    corrected: Sequence[Applied] = (),
) -> list[dict[str, Any]]:
    """Rows by table: extracted and added by corrections; published, quarantined and dropped by corrections.

    `extracted` is None where nothing is extracted as such.
    """
    added, dropped = rows_added(corrected), rows_dropped(corrected)
    return [
        {
            "table": table,
            "extracted": extracted.get(table),
            "published": published[table],
            "quarantined": quarantined.get(table, 0),
            "added": added[table],
            "dropped": dropped[table],
        }
        for table in DATA_TABLES
    ]


def _summary(checks: Iterable[CheckResult]) -> list[dict[str, Any]]:
    counts = Counter((result.level, result.outcome) for result in checks)
    return [{"level": level.value, **{outcome.value: counts[level, outcome] for outcome in Outcome}} for level in Level]
