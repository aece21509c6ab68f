"""The tables of a folder of any size as Parquet, in the memory of a few batches.

First every batch becomes frames that are checked against its own articles and put down on disk.  When all have been
seen, actors are merged over the articles, and the batches are linked to them one by one, in the order of the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import polars as pl
import pyarrow as pa

from communique.articles.ingest import duplicate_of
from communique.batch import BatchResult
from communique.corrections import (
    NONE,
    Applied,
    Corrections,
    actor_changes,
    corrected,
    described,
    require_applied,
    require_kept,
)
from communique.frames import row_counts
from communique.frames.actors import ActorDirectory, actor_directory, ids_referred_to, mention_counts, with_counts
from communique.frames.build import UnlinkedFrames, finished, linked, linked_frames, unlinked_frames
from communique.quality.checks import Check, CheckResult, Level, stopping
from communique.quality.checks_release import release_checks
from communique.quality.report import table_counts
from communique.quality.validation import check_actors, check_schema, screen
from communique.releases.parquet import TableWriter
from schemas.tables import DATA_TABLES, FACT_TABLES, TABLES

CHARACTERS_AT_ONCE = 500_000
"""Characters of text whose rows are checked together."""

_LINKED = ("articles", *FACT_TABLES)
_SEEN = "seen"
_NOTHING = BatchResult((), ())
"""What comes first, so that every table has its file."""

_NO_COUNTS = mention_counts(TABLES["actor_mentions"].empty())


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: rows by table, the rows quarantined and the files rejected, and the checks of the whole."""

    published: Mapping[str, int]
    extracted: Mapping[str, int]
    quarantine: pl.DataFrame
    rejected: pl.DataFrame
    results: tuple[CheckResult, ...]
    corrected: tuple[Applied, ...] = ()

    @property
    def stops(self) -> tuple[CheckResult, ...]:
        """The failed checks for which the tables should not be used."""
        return stopping(self.results)

    @property
    def counts(self) -> list[dict[str, Any]]:
        """Rows extracted, published and quarantined by table."""
        return table_counts(self.published, self.extracted, self.quarantine, self.corrected)


def write_tables(results: Iterable[BatchResult], out: Path, corrections: Corrections = NONE) -> Written:
    """Write the tables of all batches, which come in the order of their articles' ids, into the folder `out`.

    The same rows make the same bytes, wherever a batch ends.  The files in `out` are replaced when all is written.

    Raises:
        CorrectionError: a correction cannot be applied, or a row fails a check after it.
    """
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".extract-", dir=out) as folder:
        staged = Path(folder)
        with _Parts(staged / "parts", corrections) as parts:
            for result in chain([_NOTHING], _joined(results)):
                parts.add(result)
        require_applied(corrections, parts.corrected)
        parts.corrected[:0] = actor_changes(corrections)
        written = _write_linked(parts, staged)
        require_kept(parts.corrected, written.quarantine)
        for name in TABLES:
            (staged / f"{name}.parquet").replace(out / f"{name}.parquet")
    return written


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


@dataclass(slots=True)
class _Parts:
    """The unlinked rows of all batches, on disk, and of what is small the sums."""

    folder: Path
    corrections: Corrections = NONE
    extracted: Counter[str] = field(default_factory=Counter)
    corrected: list[Applied] = field(default_factory=list)
    quarantined: list[pl.DataFrame] = field(default_factory=list)
    rejected: list[pl.DataFrame] = field(default_factory=list)
    _referred: list[pl.DataFrame] = field(default_factory=list)
    _texts: dict[bytes, str] = field(default_factory=dict)
    _writers: dict[str, pa.RecordBatchFileWriter] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        self.folder.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, result: BatchResult) -> None:
        """Check the rows of a batch and put them down."""
        result = self._without_duplicates(result)
        extractions, applied = corrected(result.extractions, self.corrections)
        unlinked = unlinked_frames(extractions, result.rejections)
        frames = linked_frames(unlinked)
        texts = {found.article.article_id: found.article.text for found in result.extractions}
        published, quarantine = screen(frames, texts)
        self.corrected += applied
        self.extracted.update(row_counts(result.extractions))
        self.quarantined.append(quarantine.filter(pl.col("table") != "actors"))
        self.rejected.append(frames["rejected"])
        kept = _kept(unlinked, published)
        self._referred.append(ids_referred_to(kept))
        for name, frame in kept.items():
            self._put(name, frame)
        self._put(_SEEN, unlinked.seen)

    def directory(self) -> ActorDirectory:
        """The actors of all batches."""
        directory = actor_directory(pl.scan_ipc(self._path(_SEEN)), pl.concat(self._referred).unique())
        return described(directory, self.corrections)

    def frames(self, name: str) -> Iterator[pl.DataFrame]:
        """The rows of a table, batch by batch."""
        with pa.ipc.open_file(self._path(name)) as file:
            for group in range(file.num_record_batches):
                yield pl.DataFrame(file.get_batch(group))

    def _without_duplicates(self, result: BatchResult) -> BatchResult:
        """Of articles with one text the first stays."""
        extractions, rejections = [], list(result.rejections)
        for found in result.extractions:
            article = found.article
            twin = self._texts.setdefault(bytes.fromhex(article.text_sha256), article.source_file)
            if twin == article.source_file:
                extractions.append(found)
            else:
                rejections.append(duplicate_of(article, twin))
        return BatchResult(tuple(extractions), tuple(rejections))

    def _put(self, name: str, frame: pl.DataFrame) -> None:
        data: pa.Table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        if name not in self._writers:
            self._writers[name] = self._open.enter_context(pa.ipc.new_file(self._path(name), data.schema))
        self._writers[name].write_table(data)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.arrow"


def _kept(unlinked: UnlinkedFrames, published: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The unlinked rows that were not quarantined, sorted as they are published."""
    return {
        name: published[name]
        .select(TABLES[name].primary_key)
        .join(unlinked.tables[name], on=TABLES[name].primary_key, how="left", maintain_order="left")
        for name in _LINKED
    }


def _write_linked(parts: _Parts, out: Path) -> Written:
    directory = parts.directory()
    described = finished(TABLES["actors"], with_counts(directory.actors, _NO_COUNTS))
    actors, unfit = check_schema(TABLES["actors"], described)
    quarantined, counts, published = [*parts.quarantined, unfit], [_NO_COUNTS], Counter[str]()
    for name in _LINKED:
        with TableWriter(TABLES[name], out / f"{name}.parquet") as writer:
            for frame in parts.frames(name):
                passed, dangling = check_actors(TABLES[name], linked(TABLES[name], frame, directory), actors)
                writer.write(passed)
                published[name] += passed.height
                quarantined.append(dangling)
                if name == "actor_mentions":
                    counts.append(mention_counts(passed))
    small = {
        "actors": with_counts(actors, pl.concat(counts)),
        "quarantine": pl.concat(quarantined),
        "rejected": pl.concat(parts.rejected),
    }
    for name, frame in small.items():
        with TableWriter(TABLES[name], out / f"{name}.parquet") as writer:
            small[name] = finished(TABLES[name], frame)
            writer.write(small[name])
    published["actors"] = actors.height
    results = [_ids_are_unique(name, out / f"{name}.parquet") for name in FACT_TABLES]
    rows = {name: published[name] for name in DATA_TABLES}
    results += release_checks(parts.extracted, rows, small["quarantine"], parts.corrected)
    small_written = (small["quarantine"], small["rejected"], tuple(results), tuple(parts.corrected))
    return Written(published, parts.extracted, *small_written)


def _ids_are_unique(name: str, path: Path) -> CheckResult:
    """Ids are hashes: those of different batches differ, or nearly always."""
    key = TABLES[name].primary_key or ""
    digits = pl.scan_parquet(path).select(pl.col(key).str.tail(12).str.to_integer(base=16)).collect()[key]
    check = Check(
        f"{name}.{key}.unique",
        f"No two rows have the same `{key}`.",
        Level.TABLE,
        table=name,
        covers=(f"{name}.{key}",),
    )
    return check.result(digits.len(), digits.len() - digits.n_unique())
