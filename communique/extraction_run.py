"""All articles of a folder extracted, batch after batch, by any runner."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.articles.ingest import name_of, read_file
from communique.articles.metadata import Metadata
from communique.articles.model import Rejection
from communique.batch import BatchResult, FileBatch, SourceFile, file_batches, result_of
from communique.extraction.packing import Found, unpack
from communique.extraction_cache import ArticleCache
from communique.runners.base import Answers, Job, Runner


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: batches done of all, and in them articles, their words, and files rejected.

    `cached` counts the files of which the cache knew what is in them.
    """

    batches: int
    done: int = 0
    articles: int = 0
    words: int = 0
    rejected: int = 0
    cached: int = 0

    def after(self, result: BatchResult, cached: int) -> Progress:
        """The progress when this result is there too."""
        return Progress(
            self.batches,
            self.done + 1,
            self.articles + len(result.extractions),
            self.words + sum(len(found.article.text.split()) for found in result.extractions),
            self.rejected + len(result.rejections),
            self.cached + cached,
        )


def extracted(
    raw: Path,
    *,
    runner: Runner,
    cache: ArticleCache | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Generator[BatchResult, None, None]:
    """What is found in the articles of a folder, batch by batch in the order of their ids; duplicates are still in it.

    What the cache has is not extracted again.  `progress` is told before the first batch and after each.  Closing the
    iterator ends the run and its processes.

    Raises:
        CatalogueError: the catalogue cannot be used.
        OSError: the folder cannot be read.
        RunnerError: the runner has nothing that could extract.
    """
    batches = file_batches(raw)
    now, tell = Progress(len(batches)), progress or _nobody
    waiting: deque[_Prepared] = deque()

    def jobs() -> Iterator[Job]:
        for batch in batches:
            waiting.append(_prepared(batch, cache))
            yield waiting[-1].job

    tell(now)
    answers = runner.run(jobs())
    try:
        for answer in answers:
            prepared = waiting.popleft()
            result = result_of(prepared.completed(answer, cache))
            now = now.after(result, prepared.cached)
            tell(now)
            yield result
    finally:
        answers.close()


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A batch that was read: what is known of each file already, None for those of the job."""

    known: tuple[Found | None, ...]
    job: Job
    keys: tuple[bytes, ...]
    """Under which the cache is to have what is found in the files of the job."""
    cached: int

    def completed(self, answers: Answers, cache: ArticleCache | None) -> list[Found]:
        """What is found in each file, with the answers, which the cache is given."""
        found = [unpack(answer) for answer in answers]
        if cache is not None:
            cache.put(zip(self.keys, answers, found, strict=True))
        missing = iter(found)
        return [next(missing) if one is None else one for one in self.known]


def _prepared(batch: FileBatch, cache: ArticleCache | None) -> _Prepared:
    files = [_read(path, known) for path, known in batch.files]
    if cache is None:
        job = tuple(file for file in files if isinstance(file, SourceFile))
        return _Prepared(tuple(None if isinstance(file, SourceFile) else file for file in files), job, (), 0)
    keys = {file: cache.key(file) for file in files if isinstance(file, SourceFile)}
    cached = cache.found(keys.values())
    known = [cached.get(keys[file]) if isinstance(file, SourceFile) else file for file in files]
    job = tuple(file for file in keys if keys[file] not in cached)
    return _Prepared(tuple(known), job, tuple(keys[file] for file in job), len(cached))


def _read(path: Path, known: Metadata | None) -> SourceFile | Rejection:
    raw = read_file(path)
    return raw if isinstance(raw, Rejection) else SourceFile(name_of(path), raw, known)


def _nobody(_now: Progress) -> None:
    pass
