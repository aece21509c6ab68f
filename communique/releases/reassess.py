"""A release that exists, judged again: the same checks and the same report as when it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from communique.articles.ingest import ingest
from communique.articles.model import Article
from communique.corrections.model import Applied
from communique.extraction.cues import cue_sentences
from communique.extraction.engine import annotate
from communique.quality.accepted import read_accepted
from communique.quality.assessment import Assessment, Material, assess
from communique.quality.evaluation import Evaluation, evaluate
from communique.quality.gold import load_gold
from communique.quality.measured import Before
from communique.quality.misses import cue_frame, search
from communique.quality.validation import StructureError
from communique.releases.check_rows import check_rows
from communique.releases.compare import NOTHING, compare
from communique.releases.errors import ReleaseError
from communique.releases.names import DIFF, QUALITY
from communique.releases.places import join, open_release_files, split
from communique.releases.publish import release_before
from communique.releases.reading import Release, current_snapshot, open_release
from communique.releases.rows import Rows
from schemas.tables import TABLES


@dataclass(frozen=True, slots=True)
class Reassessed:
    """What was found of a release, and its tables."""

    assessment: Assessment
    tables: Mapping[str, Rows]


def reassess(release: Release, texts: Path | None = None, gold: Path | None = None) -> Reassessed:
    """Run all checks over the tables of a release; what its report says of how they were made is taken from there.

    `texts` is the folder of articles and `gold` that of annotations; without the articles of the release the checks
    against them and the accuracy do not apply.

    Raises:
        ReleaseError: tables are missing or not as this version of the code declares them.
        GoldError: a gold file is broken.
    """
    tables = {name: release.rows(name) for name in TABLES}
    made = release.report(QUALITY) if release.files.has(QUALITY) else {}
    found = _texts(tables, texts)
    corrected = tuple(Applied.of(entry) for entry in made.get("corrections", ()))
    extracted = {row["table"]: row["extracted"] for row in made.get("tables", ()) if row["extracted"] is not None}
    try:
        checked = check_rows(
            tables, None if found is None else found.by_id, extracted=extracted or None, corrected=corrected
        )
    except StructureError as error:
        raise ReleaseError(
            f"{release.files.location}: {error}; it was made by another version of the code, which alone can judge it "
            "again (`communique validate` says whether it is whole)"
        ) from None
    material = Material(
        tables=tables,
        checked=checked,
        extracted=extracted,
        searched=None if found is None else search(tables, found.cues.lazy()),
        evaluation=_evaluation(tables, found, gold),
        corrected=corrected,
        accepted=() if texts is None else read_accepted(texts),
    )
    before, changes = _compared(release, tables)
    return Reassessed(assess(release.version, material, changes, before), tables)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a release's articles by id and by file, and their sentences that have a cue."""

    by_id: Mapping[str, str]
    by_file: Mapping[str, str]
    cues: pl.DataFrame


def _texts(tables: Mapping[str, Rows], folder: Path | None) -> _Texts | None:
    """The texts of the release, None where none of its articles is in the folder."""
    if folder is None or not folder.is_dir():
        return None
    wanted = frozenset(tables["articles"].select(id=pl.col("article_id"))["id"])
    by_id, by_file, cues = {}, {}, []
    for article in ingest(folder):
        if isinstance(article, Article) and article.article_id in wanted:
            by_id[article.article_id] = by_file[article.source_file] = article.text
            cues.append(cue_frame([(article, cue_sentences(annotate(article)))]))
    return _Texts(by_id, by_file, pl.concat(cues)) if cues else None


def _evaluation(tables: Mapping[str, Rows], texts: _Texts | None, gold: Path | None) -> Evaluation | None:
    if texts is None or gold is None or not gold.is_dir():
        return None
    found, _ = load_gold(gold, texts.by_file)
    return evaluate(tables, found) if found else None


def _compared(release: Release, tables: Mapping[str, Rows]) -> tuple[Before, Mapping[str, Any]]:
    """The release before and the differences from it; those that the release itself lists where it is not there."""
    diff = release.report(DIFF) if release.files.has(DIFF) else {}
    version = diff.get("from")
    current = current_snapshot(release.version, tables)
    if not isinstance(version, str):
        return Before(), compare(NOTHING, current).as_dict()
    files = open_release_files(join(split(release.files.location)[0], version))
    try:
        found = open_release(files)
        snapshot = found.snapshot()
        return release_before(found, snapshot), compare(snapshot, current).as_dict()
    except ReleaseError:
        return Before(), diff
