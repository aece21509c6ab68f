"""What every runner does."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Protocol

from communique.batch import SourceFile

WATCHED = 0.5
"""Seconds for which a runner waits before it looks for signals."""

Job = tuple[SourceFile, ...]
"""Files that are extracted together."""

Answers = tuple[bytes, ...]
"""What was found in each file of a job, packed (`communique.extraction.packing`)."""


class Runner(Protocol):
    """Extracts files somewhere.  An article that ends its process or takes too long is rejected, the others go on."""

    def run(self, jobs: Iterable[Job]) -> Generator[Answers, None, None]:
        """The answers to all jobs in their order; a few jobs are taken ahead of the answers asked for.

        Closing the iterator ends all processes that were started.

        Raises:
            RunnerError: there is nothing that could extract.
        """
        ...


class RunnerError(Exception):
    """Articles cannot be extracted at all: one line with the problem and the remedy."""
