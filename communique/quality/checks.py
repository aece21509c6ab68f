"""What a check is, and what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


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
    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "n/a"


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its id (`table.subject.kind`); `table` is None where it spans several."""

    id: str
    description: str
    level: Level
    severity: Severity = Severity.ERROR
    table: str | None = None

    def result(self, applied: int, failed: int, detail: str = "") -> CheckResult:
        """The outcome over `applied` values, rows or tables of which `failed` fell short; none is not a pass."""
        outcome = Outcome.NOT_APPLICABLE if applied == 0 else Outcome.FAIL if failed else Outcome.PASS
        return CheckResult(
            id=self.id,
            level=self.level,
            severity=self.severity,
            outcome=outcome,
            table=self.table,
            description=self.description,
            applied=applied,
            failed=failed,
            detail=detail,
        )


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: of `applied` values, rows or tables `failed` fell short; `detail` names examples."""

    id: str
    level: Level
    severity: Severity
    outcome: Outcome
    table: str | None
    description: str
    applied: int
    failed: int
    detail: str = ""

    @property
    def stops_release(self) -> bool:
        """Rows that fail are quarantined; tables and releases that fail are not published."""
        return (
            self.outcome is Outcome.FAIL
            and self.severity is Severity.ERROR
            and self.level in (Level.TABLE, Level.RELEASE)
        )


def examples(values: Sequence[str], most: int = 5) -> str:
    """The first values, and how many more there are."""
    more = len(values) - most
    return ", ".join(values[:most]) + (f" and {more} more" if more > 0 else "")
