"""Are the words that the rows of a release point at those of the articles' texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from communique.quality.checks import EXAMPLES, Check, CheckResult, Example, Level, row_examples
from communique.quality.checks_texts import TEXT_CHECKS, text_failures
from communique.releases.examined import Examined
from communique.releases.rows import Rows


@dataclass(slots=True)
class _Sum:
    """What a check found so far."""

    applied: int = 0
    failed: int = 0
    examples: list[Example] = field(default_factory=list)

    def add(self, applied: int, bad: list[int], frame: pl.DataFrame, key: Sequence[str]) -> None:
        self.applied += applied
        self.failed += len(bad)
        if len(self.examples) < EXAMPLES:
            self.examples += row_examples(frame[bad], key)


def text_results(table: Examined, rows: Rows, texts: Mapping[str, str]) -> Iterator[CheckResult]:
    """The results of the checks against the articles' texts, which are given by id."""
    checks = [check for check in TEXT_CHECKS if {"article_id", *check.columns} <= {*rows.schema}]
    found = {check.id: _Sum() for check in checks}
    for frame in rows.slices() if checks else ():
        for check, applied, bad in text_failures(checks, frame, texts):
            found[check.id].add(applied, bad, frame, table.key)
    for check in checks:
        declared = Check(f"{table.name}.{check.id}", check.description, Level.ROW, check.severity, table.name)
        total = found[check.id]
        yield declared.result(total.applied, total.failed, total.examples)
