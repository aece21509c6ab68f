"""What a run of collecting did, source by source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from communique.collect.addresses import shown
from communique.collect.errors import FetchError
from communique.collect.library import Receipt, Taken
from communique.collect.sources import Source

COUNTS = tuple(kind.value for kind in Taken)


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be collected and why; the address is without what could be secret in it."""

    url: str
    problem: str
    remedy: str

    @classmethod
    def of(cls, url: str, error: FetchError) -> Problem:
        return cls(shown(url), error.problem, error.remedy)

    def __str__(self) -> str:
        return f"{self.url}: {self.problem}; {self.remedy}"


@dataclass(slots=True)
class SourceReport:
    """What came of one source: pages by what became of them, the files written, what went wrong.

    `failed` says that nothing at all could be had from it.
    """

    source: Source
    taken: Counter[Taken] = field(default_factory=Counter)
    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failed: bool = False

    def add(self, receipt: Receipt) -> None:
        """Count what became of a page."""
        self.taken[receipt.taken] += 1
        if receipt.taken in (Taken.NEW, Taken.REVISED):
            self.files.append(receipt.file)

    def as_dict(self) -> dict[str, Any]:
        """For programs: JSON values."""
        return {
            "source": shown(self.source.url),
            "kind": self.source.kind.value,
            "publisher": self.source.publisher,
            **{kind.value: self.taken[kind] for kind in Taken},
            "problems": [{"url": p.url, "problem": p.problem, "remedy": p.remedy} for p in self.problems],
            "failed": self.failed,
            "files": sorted(self.files),
        }


@dataclass(frozen=True, slots=True)
class Collected:
    """What a run did with all enabled sources, in their order."""

    reports: tuple[SourceReport, ...]

    @property
    def failed(self) -> tuple[SourceReport, ...]:
        """The sources of which nothing could be had."""
        return tuple(report for report in self.reports if report.failed)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for report in self.reports for problem in report.problems)

    def total(self, kind: Taken) -> int:
        """The pages of which this became, over all sources."""
        return sum(report.taken[kind] for report in self.reports)

    def as_dict(self) -> dict[str, Any]:
        """For programs: JSON values."""
        totals = {kind.value: self.total(kind) for kind in Taken}
        totals |= {"problems": len(self.problems), "failed_sources": len(self.failed)}
        return {"totals": totals, "sources": [report.as_dict() for report in self.reports]}
