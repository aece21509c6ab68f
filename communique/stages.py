"""How long the stages of a run took and what they handled; never part of a release."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, TypeVar

Item = TypeVar("Item")

SURVEY, EXTRACT, TABLES, ASSESS, PUBLISH = "survey", "extract", "tables", "assess", "publish"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that is done: its wall time in seconds, and how many of what it handled."""

    name: str
    seconds: float
    counts: Mapping[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The stage as JSON has it."""
        return {"stage": self.name, "seconds": round(self.seconds, 3), "counts": dict(self.counts)}

    def __str__(self) -> str:
        handled = ", ".join(f"{count:,} {what}" for what, count in self.counts.items())
        return f"{self.name} {self.seconds:.1f} s" + (f" ({handled})" if handled else "")


class Stages:
    """The clock of a run, whose stages may be interleaved: their times add up by name."""

    def __init__(self, note: Callable[[Stage], None] = lambda _: None) -> None:
        """`note` is told of a stage at its end."""
        self._note = note
        self._seconds: dict[str, float] = {}
        self._counts: dict[str, dict[str, int]] = {}
        self._inside: list[float] = []

    @property
    def done(self) -> tuple[Stage, ...]:
        """The stages so far, in the order in which they began."""
        return tuple(self._stage(name) for name in self._seconds)

    @contextmanager
    def __call__(self, name: str) -> Iterator[dict[str, int]]:
        """Time a stage; the counts that it yields are those to be filled in.

        What another stage inside it takes is the other's alone.
        """
        with self._timed(name):
            yield self._counts.setdefault(name, {})
        self._note(self._stage(name))

    def each(self, name: str, items: Iterable[Item]) -> Iterator[Item]:
        """The items, with the time that is spent on making them as the stage's."""
        source = iter(items)
        while True:
            with self._timed(name):
                try:
                    item = next(source)
                except StopIteration:
                    break
            yield item
        self._note(self._stage(name))

    def count(self, name: str, **counts: int) -> None:
        """Add to what a stage handled."""
        known = self._counts.setdefault(name, {})
        for what, number in counts.items():
            known[what] = known.get(what, 0) + number

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        self._seconds.setdefault(name, 0.0)
        self._inside.append(0.0)
        start = perf_counter()
        try:
            yield
        finally:
            taken = perf_counter() - start
            self._seconds[name] += taken - self._inside.pop()
            if self._inside:
                self._inside[-1] += taken

    def _stage(self, name: str) -> Stage:
        return Stage(name, self._seconds[name], self._counts.get(name, {}))


def summary(stages: Iterable[Stage]) -> str:
    """The stages in one line: the time of all, then each."""
    found = tuple(stages)
    return f"Took {sum(stage.seconds for stage in found):.1f} s: {', '.join(map(str, found))}"
