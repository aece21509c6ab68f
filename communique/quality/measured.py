"""The release before, and figures beside those of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from communique.quality.checks import CheckResult, Outcome
from communique.quality.thresholds import Bound
from communique.releases.rows import Rows


@dataclass(frozen=True, slots=True)
class Before:
    """The release before: its version, None before the first, its rows by table and its quality report."""

    version: str | None = None
    tables: Mapping[str, Rows] = field(default_factory=dict)
    quality: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure beside that of the release before; `change` is what the bound holds for, `basis` what it was taken of.

    `value`, `before` and `change` are None where there is nothing to measure.
    """

    table: str
    column: str | None
    bound: Bound
    value: float | None
    before: float | None
    change: float | None
    basis: int

    @property
    def applies(self) -> bool:
        return self.change is not None and self.basis >= self.bound.fewest

    @property
    def outcome(self) -> Outcome:
        if not self.applies or self.change is None:
            return Outcome.NOT_APPLICABLE
        if self.bound.holds(self.change):
            return Outcome.PASSED
        return Outcome.FAILED if self.bound.stops else Outcome.WARNED

    @property
    def words(self) -> str:
        if self.column is None:
            return f"{self.before or 0:g} before, {self.value or 0:g} now"
        if self.before is None:
            return f"`{self.column}` moved in {self.value or 0:.1%} of the rows"
        return f"`{self.column}` {self.before:.1%} before, {self.value or 0:.1%} now"

    def as_dict(self) -> dict[str, Any]:
        """For the quality report: JSON values."""
        return {
            "measure": self.bound.name,
            "table": self.table,
            "column": self.column,
            "value": _rounded(self.value),
            "before": _rounded(self.before),
            "change": _rounded(self.change),
            "basis": self.basis,
            "bound": self.bound.as_dict(),
            "outcome": self.outcome.value,
        }


@dataclass(frozen=True, slots=True)
class Drift:
    """All figures, and the checks that they make."""

    measured: tuple[Measured, ...] = ()
    results: tuple[CheckResult, ...] = ()


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 6)
