"""Extraction as a part of the release flow: with the cache, on the runner that the run names."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from communique.batch import BatchResult
from communique.extraction_cache import ArticleCache
from communique.extraction_run import extracted
from communique.releases.fingerprint import engine_fingerprint
from communique.runners.choice import Choice
from flows.logs import note_progress, say


@contextmanager
def extraction(raw: Path, choice: Mapping[str, Any] | None = None) -> Iterator[Iterator[BatchResult]]:
    """What is found in the articles of a folder, batch by batch; at the end of the context its processes end.

    `choice` has the fields of `communique.runners.choice.Choice` that are not to be the default.
    """
    runner = Choice(**choice or {}).made()
    with ArticleCache(engine_fingerprint(), warn=_warn) as cache:
        found = extracted(raw, runner=runner, cache=cache, progress=note_progress())
        with closing(found):
            yield found


def _warn(line: str) -> None:
    say("cache", line, level=logging.WARNING)
