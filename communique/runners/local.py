"""Batches extracted on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.batch import BatchResult, FileBatch, extract_files, in_processes


@dataclass(frozen=True, slots=True)
class LocalRunner:
    """Extracts with a number of processes."""

    workers: int = 1

    def run(self, batches: Iterable[FileBatch]) -> Iterator[BatchResult]:
        """The results of all batches in their order; a few batches are taken ahead of the result asked for."""
        return in_processes(extract_files, tuple(batches), self.workers)
