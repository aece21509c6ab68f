"""Accuracy beside that of the release before, measured on the same gold articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from communique.quality.checks import Check, CheckResult, Example, Level, Outcome
from communique.quality.evaluation import Accuracy, Evaluation, Finding
from communique.quality.measured import Before, Drift, Measured
from communique.quality.thresholds import bound

NOT_MEASURED = {"status": "n/a", "why": "none of the gold articles is in this release"}

_REMEDY = (
    "see with `communique evaluate --errors` which rows are missed, spurious or wrong since, and mend the rule that "
    "changed; where the gold is wrong, mend the gold"
)


def accuracy_content(evaluation: Evaluation | None, before: Before) -> dict[str, Any]:
    """The figures for the quality report, each with the one before and the change where there is one to compare."""
    if evaluation is None:
        return dict(NOT_MEASURED)
    previous = _previous(evaluation, before)
    content = {"status": "measured", "compared_with": before.version if previous else None, **evaluation.as_dict()}
    for table, accuracy in evaluation.tables.items():
        part, old = content[table], previous.get(table, {})
        for name, figure in accuracy.measures.items():
            was = old.get(name, {}).get("f1")
            part[name] |= {"previous": was, "change": None if was is None else round(figure.f1 - was, 4)}
        if accuracy.fields:
            fields = old.get("fields", {})
            part["previous_fields"] = {column: fields.get(column) for column in accuracy.fields}
    return content


def accuracy_drift(evaluation: Evaluation | None, before: Before) -> Drift:
    """The changes of F1 by table and measure, and of the columns' accuracy, with the checks that they make."""
    if evaluation is None:
        return Drift()
    previous = _previous(evaluation, before)
    measured: list[Measured] = []
    results: list[CheckResult] = []
    for table, accuracy in evaluation.tables.items():
        old = previous.get(table, {})
        measures, fields = list(_measures(table, accuracy, old)), list(_fields(table, accuracy, old))
        findings = [found for found in evaluation.findings if found.table == table]
        words = f"F1 of no measure falls by more than {-bound('accuracy_kept').limit:.0%} on the same gold articles."
        results.append(_result(table, measures, words, findings))
        if fields:
            words = f"No column's accuracy falls by more than {-bound('columns_kept').limit:.0%} on the same articles."
            results.append(_result(table, fields, words, [found for found in findings if found.kind == "wrong"]))
        measured += [*measures, *fields]
    return Drift(tuple(measured), tuple(results))


def _previous(evaluation: Evaluation, before: Before) -> Mapping[str, Any]:
    """The figures of the release before, none where they were measured on other articles."""
    old = before.quality.get("accuracy", {})
    same = ("articles", evaluation.articles), ("not_ingested", list(evaluation.not_ingested))
    is_comparable = old.get("status") == "measured" and all(old.get(name) == value for name, value in same)
    return old if is_comparable else {}


def _measures(table: str, accuracy: Accuracy, old: Mapping[str, Any]) -> Iterator[Measured]:
    for name, figure in accuracy.measures.items():
        yield _change(table, name, "accuracy_kept", figure.f1, old.get(name, {}).get("f1"), figure.gold)


def _fields(table: str, accuracy: Accuracy, old: Mapping[str, Any]) -> Iterator[Measured]:
    rows = max((figure.gold for figure in accuracy.measures.values()), default=0)
    for column, share in accuracy.fields.items():
        yield _change(table, column, "columns_kept", share, old.get("fields", {}).get(column), rows)


def _change(table: str, name: str, limit: str, value: float | None, before: float | None, basis: int) -> Measured:
    change = None if value is None or before is None else value - before
    return Measured(table, name, bound(limit), value, before, change, basis)


def _result(table: str, figures: list[Measured], words: str, findings: list[Finding]) -> CheckResult:
    limit = figures[0].bound
    covers = tuple(f"{table}.{one.column}" for one in figures) if limit.name == "columns_kept" else (table,)
    check = Check(f"{table}.{limit.name}", words, Level.RELEASE, limit.severity, table, covers, _REMEDY)
    applied = [one for one in figures if one.applies]
    failing = [one for one in applied if one.outcome is not Outcome.PASSED]
    examples = [_example(found) for found in findings] if failing else []
    return check.result(len(applied), len(failing), examples, "; ".join(one.words for one in failing))


def _example(found: Finding) -> Example:
    words = " ".join(found.words.split())
    parts = [f"{found.kind} in {found.file}: {words!r}", found.detail if found.kind == "wrong" else ""]
    return Example(found.row_id, ", ".join(part for part in parts if part))
