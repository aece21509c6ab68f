"""What every runner does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from communique.batch import BatchResult, FileBatch


class Runner(Protocol):
    """Extracts batches of files."""

    def run(self, batches: Iterable[FileBatch]) -> Iterator[BatchResult]:
        """The results of all batches in their order; a few batches are taken ahead of the result asked for."""
        ...
