"""All articles of a folder extracted, batch after batch, by any runner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.batch import BatchResult, file_batches
from communique.runners.base import Runner


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: batches done of all, and in them articles extracted, their words, and files rejected."""

    batches: int
    done: int = 0
    articles: int = 0
    words: int = 0
    rejected: int = 0

    def after(self, result: BatchResult) -> Progress:
        """The progress when this result is there too."""
        return Progress(
            self.batches,
            self.done + 1,
            self.articles + len(result.extractions),
            self.words + sum(len(found.article.text.split()) for found in result.extractions),
            self.rejected + len(result.rejections),
        )


def extracted(
    raw: Path,
    *,
    runner: Runner,
    cache: None = None,  # noqa: ARG001
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[BatchResult]:
    """What is found in the articles of a folder, batch by batch in the order of their ids; duplicates are still in it.

    `progress` is told before the first batch and after each.  Closing the iterator ends the run and its processes.

    Raises:
        CatalogueError: the catalogue cannot be used.
        OSError: the folder cannot be read.
    """
    batches = file_batches(raw)
    now, tell = Progress(len(batches)), progress or _nobody
    tell(now)
    for result in runner.run(batches):
        now = now.after(result)
        tell(now)
        yield result


def _nobody(_now: Progress) -> None:
    pass
