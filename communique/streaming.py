"""The tables of a dataset of any size as Parquet, checked, in the memory of a few batches.

First the rows of every batch are put down on disk.  When all have been seen, actors are merged over the articles, and
the batches are linked to them, checked and written one by one, in the order of the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from communique.batch import BatchResult
from communique.corrections import NONE, Applied, Corrections, actor_changes, require_applied, require_kept
from communique.frames.build import finished
from communique.parts import LINKED, Parts, filled
from communique.quality.accepted import Accepted
from communique.quality.assessment import Material
from communique.quality.checks import CheckResult
from communique.quality.evaluation import evaluate
from communique.quality.gold import gold_names, load_gold
from communique.quality.misses import Search, search
from communique.quality.report import table_counts
from communique.quality.validation import Checked, RowChecks
from communique.releases.parquet import TableWriter
from communique.staged import StagedTables
from schemas.tables import TABLES

CHARACTERS_AT_ONCE = 1_000_000
"""Characters of text whose rows are checked together."""

_NOTHING = BatchResult((), ())
"""What comes first, so that every table has its file."""


@dataclass(frozen=True, slots=True)
class Written:
    """The tables of a dataset on disk, what the checks found of them, and what they were made from.

    `extracted` counts the rows as extracted by table.  `corrections` are those that people made, `corrected` what each
    did.  `searched` is what the words of the articles promise, `texts` has the texts that were to be kept by file,
    `sidecars` the sha256 of what decided rows beside the articles.
    """

    tables: StagedTables
    checked: Checked
    extracted: Mapping[str, int]
    searched: Search
    corrections: Corrections = NONE
    corrected: tuple[Applied, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    sidecars: Mapping[str, str] = field(default_factory=dict)

    @property
    def inputs(self) -> dict[str, str]:
        """The sha256 by name of what beside the articles decided the rows."""
        return {**self.corrections.inputs, **self.sidecars}

    @property
    def stops(self) -> tuple[CheckResult, ...]:
        """The failed checks for which the tables should not be used."""
        return self.checked.stops

    @property
    def counts(self) -> list[dict[str, Any]]:
        """Rows extracted, published and quarantined by table."""
        quarantined = Counter(self.checked.quarantine["table"])
        return table_counts(self.checked.published, self.extracted, quarantined, self.corrected)

    def material(self, gold: Path | None = None, accepted: Sequence[Accepted] = ()) -> Material:
        """What the release made of these tables is judged by; `gold` is a folder of gold annotations.

        The gold articles are those whose texts were kept.

        Raises:
            GoldError: a gold file is broken.
        """
        golds = load_gold(gold, self.texts)[0] if gold is not None and gold.is_dir() else []
        return Material(
            tables=self.tables,
            checked=self.checked,
            extracted=self.extracted,
            searched=self.searched,
            evaluation=evaluate(self.tables, golds) if golds else None,
            corrected=self.corrected,
            accepted=accepted,
        )


def write_tables(
    results: Iterable[BatchResult], out: Path, corrections: Corrections = NONE, keep: Collection[str] = ()
) -> Written:
    """Write the tables of all batches, which come in the order of their articles' ids, into the folder `out`.

    The same rows make the same bytes and the same results, wherever a batch ends.  The files in `out` are replaced when
    all is written.  `keep` are the names of files whose texts are kept.

    Raises:
        CorrectionError: a correction cannot be applied, or a row fails a check after it.
    """
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".extract-", dir=out) as folder:
        staged = StagedTables(Path(folder))
        with Parts(staged.folder / "parts", corrections, keep) as parts:
            for result in chain([_NOTHING], _joined(results)):
                parts.add(result)
        require_applied(corrections, parts.corrected)
        applied = (*actor_changes(corrections), *parts.corrected)
        checked = _write_linked(parts, staged, applied)
        require_kept(applied, checked.quarantine)
        searched = search(staged, parts.cue_sentences())
        for path in staged.paths.values():
            path.replace(out / path.name)
    return Written(StagedTables(out), checked, parts.extracted, searched, corrections, applied, parts.texts_kept)


def names_in_gold(gold: Path | None) -> frozenset[str]:
    """The files whose texts to keep for a folder of gold annotations."""
    return frozenset(gold_names(gold)) if gold is not None and gold.is_dir() else frozenset()


def _joined(results: Iterable[BatchResult]) -> Iterator[BatchResult]:
    """The results in larger ones, since a check of few rows takes as long as one of many."""
    waiting: list[BatchResult] = []
    characters = 0
    for result in results:
        waiting.append(result)
        characters += sum(len(found.article.text) for found in result.extractions)
        if characters >= CHARACTERS_AT_ONCE:
            yield _together(waiting)
            waiting, characters = [], 0
    yield _together(waiting)


def _together(results: Sequence[BatchResult]) -> BatchResult:
    extractions = tuple(found for result in results for found in result.extractions)
    return BatchResult(extractions, tuple(found for result in results for found in result.rejections))


def _write_linked(parts: Parts, staged: StagedTables, applied: Sequence[Applied]) -> Checked:
    rows = RowChecks(parts.actors())
    aside = [TABLES["quarantine"].empty(), *parts.quarantined, rows.unfit_actors]
    with ExitStack() as stack:
        writers = {name: stack.enter_context(TableWriter(TABLES[name], staged.paths[name])) for name in LINKED}
        for part in parts.linked():
            published, unfit = rows.part(part.frames, part.texts)
            aside += filled(part.quarantine, unfit)
            for name, writer in writers.items():
                writer.write(published[name])
    quarantine = finished(TABLES["quarantine"], pl.concat(aside))
    rejected = finished(TABLES["rejected"], pl.concat([TABLES["rejected"].empty(), *parts.rejected]))
    small = {"actors": rows.actors(), "quarantine": quarantine, "rejected": rejected}
    for name, frame in small.items():
        with TableWriter(TABLES[name], staged.paths[name]) as writer:
            writer.write(frame)
    return rows.checked(staged, quarantine, parts.extracted, applied)
