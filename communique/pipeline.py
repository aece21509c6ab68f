"""The way from raw files to validated tables as plain functions; the commands and the flows call them.

Articles travel in batches.  Where a batch ends depends on its own articles alone, so an article more or fewer leaves
all other batches, and what is cached of them, as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path

from communique.articles.ingest import ingest
from communique.articles.model import Article, Rejection
from communique.articles.rejection import RefusedError, RejectionReason
from communique.extraction.engine import extract
from communique.extraction.rows import ArticleExtraction
from communique.frames import build_frames, row_counts
from communique.quality.evaluation import Evaluation, evaluate
from communique.quality.gold import load_gold
from communique.quality.validation import Validation, validate

LONGEST_BATCH = 2_000_000
"""Characters after which a batch ends."""

ARTICLES_PER_BATCH = 32
"""Articles in a batch, on average, while their characters allow."""


@dataclass(frozen=True)
class Batch:
    """Articles that are extracted together."""

    articles: tuple[Article, ...]

    @cached_property
    def digest(self) -> str:
        """The sha256 over all that the engine reads: texts, metadata and sentences."""
        return hashlib.sha256("\n".join(map(repr, self.articles)).encode("utf-8", "backslashreplace")).hexdigest()


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What was extracted from a batch, and the articles on which the engine failed."""

    extractions: tuple[ArticleExtraction, ...]
    rejections: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Validated tables with what they were made from: rows extracted by table, texts by the name of their file."""

    validation: Validation
    extracted: Mapping[str, int]
    texts: Mapping[str, str]


def read_folder(raw: Path) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    """The articles of a folder and the files that cannot be one.

    Raises:
        CatalogueError: the catalogue cannot be used.
        OSError: the folder cannot be read.
    """
    articles: list[Article] = []
    rejections: list[Rejection] = []
    for found in ingest(raw):
        if isinstance(found, Article):
            articles.append(found)
        else:
            rejections.append(found)
    return tuple(articles), tuple(rejections)


def batches(articles: Iterable[Article]) -> Iterator[Batch]:
    """The articles in batches; whether an article ends its batch follows from its digest."""
    waiting: list[Article] = []
    characters = 0
    for article in articles:
        waiting.append(article)
        characters += len(article.text)
        if characters >= LONGEST_BATCH or int(article.text_sha256[:8], 16) % ARTICLES_PER_BATCH == 0:
            yield Batch(tuple(waiting))
            waiting, characters = [], 0
    if waiting:
        yield Batch(tuple(waiting))


def extract_batch(batch: Batch) -> BatchResult:
    """Run the engine over a batch; an article on which it fails is rejected and the others go on."""
    extractions: list[ArticleExtraction] = []
    rejections: list[Rejection] = []
    for article in batch.articles:
        try:
            extractions.append(extract(article))
        except Exception as error:
            refused = RefusedError(RejectionReason.EXTRACTION_FAILED, f"{type(error).__name__}: {error}")
            rejections.append(refused.rejection(article.source_file, article.sha256))
    return BatchResult(tuple(extractions), tuple(rejections))


def extract_all(work: Sequence[Batch], workers: int = 1) -> Iterator[BatchResult]:
    """The results of all batches in their order, by `workers` processes."""
    if workers <= 1 or len(work) <= 1:
        yield from map(extract_batch, work)
        return
    with ProcessPoolExecutor(min(workers, len(work)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(extract_batch, work)


def assemble(results: Iterable[BatchResult], rejections: Iterable[Rejection]) -> Dataset:
    """The validated tables of everything extracted."""
    done = list(results)
    extractions = [found for result in done for found in result.extractions]
    refused = [*rejections, *(rejection for result in done for rejection in result.rejections)]
    extracted = row_counts(extractions)
    texts = {found.article.article_id: found.article.text for found in extractions}
    files = {found.article.source_file: found.article.text for found in extractions}
    return Dataset(validate(build_frames(extractions, refused), texts, extracted=extracted), extracted, files)


def accuracy(dataset: Dataset, gold: Path | None) -> Evaluation | None:
    """Accuracy on the gold articles that are in the dataset; None where there is no gold for any of them.

    Raises:
        GoldError: a gold file is broken.
    """
    if gold is None or not gold.is_dir():
        return None
    found, _ = load_gold(gold, dataset.texts)
    return evaluate(dataset.validation.frames, found) if found else None
