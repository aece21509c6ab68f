"""A release judged as a whole: every check once, beside the release before, and the report that says so."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from communique.corrections.model import Applied
from communique.quality.accepted import Accepted, accept
from communique.quality.accuracy import accuracy_content, accuracy_drift
from communique.quality.checks import EXAMPLES, Check, CheckResult, Example, Level, stopping
from communique.quality.coverage import coverage
from communique.quality.drift import drift
from communique.quality.evaluation import Evaluation
from communique.quality.measured import Before
from communique.quality.misses import Search
from communique.quality.report import quality_report
from communique.quality.validation import Checked
from communique.releases.rows import Rows
from schemas.tables import DATA_TABLES, TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a release is judged by.

    `tables` are the rows as published, `checked` what the checks found of them, `extracted` the rows before these by
    table.  `searched` is what the articles they were made from promise and `evaluation` the accuracy on the gold ones
    among these, None where they are not at hand.  `corrected` is what people corrected, `accepted` which changes they
    accept.
    """

    tables: Mapping[str, Rows]
    checked: Checked
    extracted: Mapping[str, int]
    searched: Search | None = None
    evaluation: Evaluation | None = None
    corrected: Sequence[Applied] = ()
    accepted: Sequence[Accepted] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The results of all checks, and the content of `quality.json`."""

    results: tuple[CheckResult, ...]
    quality: dict[str, Any] = field(repr=False)

    @property
    def stops(self) -> tuple[CheckResult, ...]:
        """The failed checks for which nothing may be published."""
        return stopping(self.results)

    @property
    def ok(self) -> bool:
        return not self.stops


def assess(version: str, material: Material, changes: Mapping[str, Any], before: Before | None = None) -> Assessment:
    """Judge the tables of a release; `changes` is the content of its `diff.json`, `before` the release before."""
    before = before or Before()
    tables = material.tables
    drifted, covered = drift(tables, before), coverage(tables, material.searched, before)
    accuracy = accuracy_drift(material.evaluation, before)
    compared, accepted = accept(
        [*drifted.results, *covered.results, *accuracy.results], material.accepted, before.version
    )
    results = [*material.checked.results, _rows_are_sound(tables, material.checked), *compared]
    quality = quality_report(
        version=version,
        tables=tables,
        extracted=material.extracted,
        checks=results,
        accuracy=accuracy_content(material.evaluation, before),
        changes=changes,
        corrected=material.corrected,
        previous={name: rows.height for name, rows in before.tables.items()},
        coverage=covered.as_dict(),
        drift=[one.as_dict() for one in (*drifted.measured, *accuracy.measured)],
        accepted=[entry.as_dict() for entry in accepted],
    )
    return Assessment(tuple(results), quality)


def _rows_are_sound(tables: Mapping[str, Rows], checked: Checked) -> CheckResult:
    """Whether rows are published that the checks would have quarantined."""
    check = Check(
        "release.rows_are_sound",
        "Every published row passes every check of fields and rows that is an error.",
        Level.RELEASE,
        covers=DATA_TABLES,
        remedy="make the release again with `communique release`, which quarantines such rows, and withdraw this one "
        "(`communique yank`)",
    )
    published = sum(tables[name].height for name in DATA_TABLES)
    sound = sum(checked.published[name] for name in DATA_TABLES)
    aside = tables["quarantine"].scan().select("table", "row").collect()
    unsound = checked.quarantine.join(aside, on=["table", "row"], how="anti", maintain_order="left")
    return check.result(published, published - sound, [_example(row) for row in unsound.head(EXAMPLES).to_dicts()])


def _example(row: Mapping[str, Any]) -> Example:
    key = TABLES[row["table"]].primary_key or ""
    return Example(json.loads(row["row"]).get(key), f"{row['check']}: {row['reason']}")
