"""Articles in batches, and what the engine finds in them.

A process that extracts does without the libraries of the tables, and one that hands out work without the engine, so
that both stay small.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.articles.ingest import article_of, read_article, survey
from communique.articles.metadata import Metadata
from communique.articles.model import Article, Rejection
from communique.articles.rejection import RefusedError, RejectionReason
from communique.extraction.rows import ArticleExtraction

BYTES_PER_BATCH = 250_000
"""Bytes of files after which a batch of files ends."""

BYTES_TOGETHER = 32_000
"""Bytes of files after which a group of a batch's files ends, which go through the engine together."""


@dataclass(frozen=True, slots=True)
class FileBatch:
    """Files that are read and extracted together, with what is known of each."""

    files: tuple[tuple[Path, Metadata | None], ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read: its name (see `name_of`), its bytes, and what was known of it before."""

    name: str
    raw: bytes
    known: Metadata | None

    @property
    def sha256(self) -> str:
        """The sha256 of the bytes."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What was extracted from a batch, and the articles on which the engine failed."""

    extractions: tuple[ArticleExtraction, ...]
    rejections: tuple[Rejection, ...]


def file_batches(folder: Path) -> tuple[FileBatch, ...]:
    """The files of a folder in batches of about `BYTES_PER_BATCH`, in the order of their articles' ids.

    Raises:
        CatalogueError: the catalogue or a sidecar cannot be used.
        OSError: the folder cannot be read.
    """
    found: list[FileBatch] = []
    waiting: list[tuple[Path, Metadata | None]] = []
    size = 0
    for path, known in survey(folder):
        waiting.append((path, known))
        size += path.lstat().st_size
        if size >= BYTES_PER_BATCH:
            found.append(FileBatch(tuple(waiting)))
            waiting, size = [], 0
    if waiting:
        found.append(FileBatch(tuple(waiting)))
    return tuple(found)


def extract_files(batch: FileBatch) -> BatchResult:
    """Read files and run the engine over them; a file that cannot be an article is rejected and the others go on."""
    return result_of(_extracted([read_article(path, known) for path, known in batch.files]))


def together(files: Sequence[SourceFile]) -> tuple[tuple[SourceFile, ...], ...]:
    """The files in groups of about `BYTES_TOGETHER`, in their order."""
    groups: list[tuple[SourceFile, ...]] = []
    start = size = 0
    for at, file in enumerate(files, 1):
        size += len(file.raw)
        if size >= BYTES_TOGETHER or at == len(files):
            groups.append(tuple(files[start:at]))
            start, size = at, 0
    return tuple(groups)


def found_in(files: Sequence[SourceFile]) -> list[ArticleExtraction | Rejection]:
    """What the engine finds in each file, or why that is nothing."""
    return _extracted([article_of(file.name, file.raw, file.known) for file in files])


def result_of(found: Iterable[ArticleExtraction | Rejection]) -> BatchResult:
    """Extractions and rejections apart, each in their order."""
    extractions: list[ArticleExtraction] = []
    rejections: list[Rejection] = []
    for one in found:
        if isinstance(one, Rejection):
            rejections.append(one)
        else:
            extractions.append(one)
    return BatchResult(tuple(extractions), tuple(rejections))


def _extracted(read: Sequence[Article | Rejection]) -> list[ArticleExtraction | Rejection]:
    """What the engine finds in the articles; those on which it raises an error are known when each is tried alone."""
    from communique.extraction.engine import extract_all

    articles = [one for one in read if isinstance(one, Article)]
    try:
        extracted: Iterator[ArticleExtraction | Rejection] = iter(extract_all(articles))
    except MemoryError:
        raise
    except Exception:
        extracted = map(_alone, articles)
    return [next(extracted) if isinstance(one, Article) else one for one in read]


def _alone(article: Article) -> ArticleExtraction | Rejection:
    from communique.extraction.engine import extract

    try:
        return extract(article)
    except MemoryError:
        raise
    except Exception as error:
        refused = RefusedError(RejectionReason.EXTRACTION_FAILED, f"{type(error).__name__}: {error}")
        return refused.rejection(article.source_file, article.sha256)
