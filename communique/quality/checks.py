"""What a check is, and what it found: declared once, run once, shown by every report in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

import polars as pl


class Level(StrEnum):
    """What a check looks at: single values, rows, whole tables, or the release."""

    FIELD = "field"
    ROW = "row"
    TABLE = "table"
    RELEASE = "release"


class Severity(StrEnum):
    """An error quarantines the row (field, row) or stops the release (table, release); a warning is reported."""

    ERROR = "error"
    WARNING = "warning"


class Outcome(StrEnum):
    """Failed is an error check that something fell short of, warned a warning; a check of nothing is no pass."""

    PASSED = "passed"
    FAILED = "failed"
    WARNED = "warned"
    NOT_APPLICABLE = "n/a"


EXAMPLES = 5
"""Examples that a result keeps of what fell short."""

_LONGEST = 160
"""Characters of a value in an example."""

REMEDIES: Mapping[Level, str] = {
    Level.FIELD: "see the row with `communique why`; mend the rule that made it, or correct it in raw/corrections.toml",
    Level.ROW: "see the row with `communique why`; mend the rule that made it, or correct it in raw/corrections.toml",
    Level.TABLE: "compare the table with the one before (`communique diff`) and mend what makes it",
    Level.RELEASE: "compare with the release before (`communique diff`), mend what differs and release again",
}
"""What to do where a check says nothing better."""


@dataclass(frozen=True, slots=True)
class Example:
    """Something that fell short: the key of its row, None where it is no row, and what is wrong with it."""

    row_id: str | None
    detail: str = ""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.row_id, self.detail) if part)


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its id (`table.subject.kind`); `table` is None where it spans several.

    `covers` names the columns (`table.column`) or tables that it reads, `remedy` says what to do where it fails.
    """

    id: str
    description: str
    level: Level
    severity: Severity = Severity.ERROR
    table: str | None = None
    covers: tuple[str, ...] = ()
    remedy: str = ""

    def result(self, applied: int, failed: int, examples: Iterable[Example] = (), detail: str = "") -> CheckResult:
        """The outcome over `applied` values, rows or tables of which `failed` fell short; none is not a pass."""
        shortfall = Outcome.FAILED if self.severity is Severity.ERROR else Outcome.WARNED
        outcome = Outcome.NOT_APPLICABLE if applied == 0 else shortfall if failed else Outcome.PASSED
        return CheckResult(self, outcome, applied, failed, tuple(islice(examples, EXAMPLES)), detail)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: of `applied` values, rows or tables `failed` fell short; `detail` sums up in figures."""

    check: Check
    outcome: Outcome
    applied: int
    failed: int
    examples: tuple[Example, ...] = ()
    detail: str = ""

    def __add__(self, other: CheckResult) -> CheckResult:
        """The result over the rows of two parts of a table, of which this one's come first; figures add up."""
        examples = (*self.examples, *other.examples)
        return self.check.result(self.applied + other.applied, self.failed + other.failed, examples)

    @property
    def id(self) -> str:
        return self.check.id

    @property
    def severity(self) -> Severity:
        return self.check.severity

    @property
    def level(self) -> Level:
        return self.check.level

    @property
    def table(self) -> str | None:
        return self.check.table

    @property
    def description(self) -> str:
        return self.check.description

    @property
    def remedy(self) -> str:
        return self.check.remedy or REMEDIES[self.level]

    @property
    def stops_release(self) -> bool:
        """Rows that fail are quarantined; tables and releases that fail are not published."""
        return self.outcome is Outcome.FAILED and self.level in (Level.TABLE, Level.RELEASE)

    @property
    def names(self) -> str:
        """The rows among the examples, and how many more there are."""
        rows = [example.row_id for example in self.examples if example.row_id]
        return first_of(rows, more=self.failed - len(self.examples)) if rows else ""

    @property
    def finding(self) -> str:
        """What was found, in one line: figures and examples."""
        shown = "; ".join(str(example) for example in self.examples)
        return ". ".join(part for part in (self.detail, shown) if part) or self.description

    def as_dict(self) -> dict[str, Any]:
        """For the quality report: JSON values."""
        return {
            "id": self.id,
            "level": self.level.value,
            "severity": self.severity.value,
            "outcome": self.outcome.value,
            "table": self.table,
            "description": self.description,
            "covers": list(self.check.covers),
            "applied": self.applied,
            "failed": self.failed,
            "detail": self.detail,
            "examples": [{"row_id": example.row_id, "detail": example.detail} for example in self.examples],
            "remedy": self.remedy if self.outcome in (Outcome.FAILED, Outcome.WARNED) else None,
        }


def first_of(values: Sequence[str], most: int = EXAMPLES, more: int = 0) -> str:
    """The first values, and how many more there are; `more` of them are not among `values`."""
    more = max(more, 0) + max(len(values) - most, 0)
    return ", ".join(values[:most]) + (f" and {more} more" if more > 0 else "")


def row_examples(rows: pl.DataFrame, key: str | Sequence[str], columns: Iterable[str] = ()) -> list[Example]:
    """The first rows by their key, with the values of these columns."""
    keys = [name for name in ([key] if isinstance(key, str) else key) if name]
    shown = list(dict.fromkeys(column for column in columns if column not in keys))
    return [
        Example(_name(row, keys), ", ".join(f"{column} {value_words(row[column])}" for column in shown))
        for row in rows.head(EXAMPLES).select(*keys, *shown).to_dicts()
    ]


def stopping(results: Iterable[CheckResult]) -> tuple[CheckResult, ...]:
    """The failed checks for which nothing may be published."""
    return tuple(result for result in results if result.stops_release)


def value_words(value: object) -> str:
    """A value in a line of words."""
    if value is None:
        return "null"
    text = repr(value) if isinstance(value, str) else f"{value:,.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _name(row: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    values = [row[key] for key in keys]
    return None if not values or None in values else "/".join(map(str, values))
