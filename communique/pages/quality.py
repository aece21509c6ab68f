"""`quality.html`: the data-quality report of a release to read in a browser, on a phone or on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.pages.charts import charts
from communique.pages.page import render
from communique.releases.rows import Rows

SHOWN = 50
"""Findings, files and rows set aside that are spelled out of each kind; `quality.json` has all."""

LEVELS: Mapping[str, str] = {
    "field": "Values by themselves: filled, of their type, in their vocabulary and range.",
    "row": "The values of a row together, and the row beside its sentence.",
    "table": "Tables beside each other: relations, counts, duplicates.",
    "release": "The release beside the articles and the release before.",
}
"""What the checks of each level look at."""

_SIGNS = {"passed": "✓", "passed with warnings": "!", "failed": "✗"}


def quality_page(report: Mapping[str, Any], tables: Mapping[str, Rows]) -> str:
    """The page of a report (the content of `quality.json`) with charts of its tables by name."""
    results = report["checks"]["results"]
    return render(
        "quality.html.j2",
        styles=("page.css", "quality.css"),
        report=report,
        sign=_SIGNS[report["verdict"]],
        mood=report["verdict"].split()[-1],
        failed=[result for result in results if result["outcome"] == "failed"],
        warned=[result for result in results if result["outcome"] == "warned"],
        levels=[_level(summary, results) for summary in report["checks"]["summary"]],
        rows=_rows(report),
        figures=_figures(report["accuracy"]),
        columns=_columns(report["accuracy"]),
        coverage=_coverage(report["coverage"]),
        drift=_drift(report["drift"]),
        charts=charts(tables),
        limit=SHOWN,
    )


def _level(summary: Mapping[str, Any], results: list[dict[str, Any]]) -> dict[str, Any]:
    name = summary["level"]
    of_level = [result for result in results if result["level"] == name]
    return {**summary, "about": LEVELS[name], "results": of_level, "all": len(of_level)}


def _rows(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows by table, with what came and went since the release before."""
    changes = {change["table"]: change for change in report["changes"]["rows"]}
    nothing = dict.fromkeys(("added", "removed", "changed"))
    return [
        {**table, "since": changes.get(table["table"], nothing) if report["previous"] else nothing}
        for table in report["tables"]
    ]


def _figures(accuracy: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Precision, recall and F1 by table and measure."""
    return [
        {"table": table, "measure": measure, **figure}
        for table, parts in accuracy.items()
        if isinstance(parts, Mapping)
        for measure, figure in parts.items()
        if isinstance(figure, Mapping) and "f1" in figure
    ]


def _columns(accuracy: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The share of right values by table and column, with its change."""
    found = []
    for table, parts in accuracy.items():
        fields = parts.get("fields", {}) if isinstance(parts, Mapping) else {}
        for column, share in fields.items():
            before = parts["previous_fields"].get(column)
            change = None if share is None or before is None else share - before
            found.append({"table": table, "column": column, "share": share, "change": change})
    return found


def _coverage(coverage: Mapping[str, Any]) -> dict[str, Any]:
    empty = {table: articles for table, articles in coverage["articles_without_rows"].items() if articles}
    nulls = [row for row in coverage["null_shares"] if row["share"]]
    return {**coverage, "empty": empty, "nulls": nulls}


def _drift(drift: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures that moved or are out of bounds, and the number of the others."""
    moved = [row for row in drift if row["outcome"] in ("failed", "warned") or row["change"] not in (None, 0, 1)]
    return {"moved": moved, "still": len(drift) - len(moved)}
