"""Extracting in this very process."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from importlib import import_module

from communique.batch import found_in, together
from communique.extraction.packing import pack
from communique.runners.base import Answers, Job


class InlineRunner:
    """Extracts in this process: soonest done with few articles, but one that ends it ends all."""

    def run(self, jobs: Iterable[Job]) -> Generator[Answers, None, None]:
        """The answers to all jobs in their order, see `Runner`."""
        import_module("communique.extraction.loaded")
        for job in jobs:
            yield tuple(pack(found) for group in together(job) for found in found_in(group))
