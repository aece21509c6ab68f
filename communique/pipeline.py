"""The way from raw files to validated tables in memory, as plain functions that the flows call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from communique.articles.ingest import ingest
from communique.articles.model import Article, Rejection
from communique.batch import Batch, BatchResult, batches, extract_batch
from communique.corrections import (
    NONE,
    Applied,
    Corrections,
    actor_changes,
    corrected,
    described,
    read_corrections,
    require_applied,
    require_kept,
)
from communique.frames import build_frames, row_counts
from communique.quality.accepted import Accepted, read_accepted
from communique.quality.assessment import Material
from communique.quality.evaluation import Evaluation, evaluate
from communique.quality.gold import load_gold
from communique.quality.validation import Validation, validate

__all__ = [
    "Batch",
    "BatchResult",
    "Dataset",
    "accuracy",
    "assemble",
    "batches",
    "extract_batch",
    "extract_folder",
    "read_accepted",
    "read_corrections",
    "read_folder",
]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Validated tables with what they were made from: rows extracted by table, and the articles.

    `corrections` are those that people made, `corrected` what each did.
    """

    validation: Validation
    extracted: Mapping[str, int]
    articles: tuple[Article, ...]
    corrections: Corrections = NONE
    corrected: tuple[Applied, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """The texts by the name of their file."""
        return {article.source_file: article.text for article in self.articles}

    def material(self, gold: Path | None = None, accepted: Sequence[Accepted] = ()) -> Material:
        """What the release made of these tables is judged by; `gold` is a folder of gold annotations.

        Raises:
            GoldError: a gold file is broken.
        """
        return Material(
            frames=self.validation.frames,
            validation=self.validation,
            extracted=self.extracted,
            articles=self.articles,
            evaluation=accuracy(self, gold),
            corrected=self.corrected,
            accepted=accepted,
        )


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


def extract_folder(raw: Path) -> Dataset:
    """The validated tables of a folder.

    Raises:
        CatalogueError: the catalogue cannot be used.
        CorrectionError: a correction cannot be applied.
        OSError: the folder cannot be read.
    """
    corrections = read_corrections(raw)
    articles, rejections = read_folder(raw)
    return assemble(map(extract_batch, batches(articles)), rejections, corrections)


def assemble(
    results: Iterable[BatchResult], rejections: Iterable[Rejection], corrections: Corrections = NONE
) -> Dataset:
    """The validated tables of everything extracted, corrected.

    Raises:
        CorrectionError: a correction cannot be applied, or a row fails a check after it.
    """
    done = list(results)
    extractions = [found for result in done for found in result.extractions]
    refused = [*rejections, *(rejection for result in done for rejection in result.rejections)]
    extracted = row_counts(extractions)
    texts = {found.article.article_id: found.article.text for found in extractions}
    articles = tuple(found.article for found in extractions)
    corrected_extractions, applied = corrected(extractions, corrections)
    require_applied(corrections, applied)
    frames = build_frames(corrected_extractions, refused, describe=partial(described, corrections=corrections))
    applied = (*actor_changes(corrections), *applied)
    validation = validate(frames, texts, extracted=extracted, corrected=applied)
    require_kept(applied, validation.quarantine)
    return Dataset(validation, extracted, articles, corrections, applied)


def accuracy(dataset: Dataset, gold: Path | None) -> Evaluation | None:
    """Accuracy on the gold articles that are in the dataset; None where there is no gold for any of them.

    Raises:
        GoldError: a gold file is broken.
    """
    if gold is None or not gold.is_dir():
        return None
    found, _ = load_gold(gold, dataset.texts)
    return evaluate(dataset.validation.frames, found) if found else None
