"""What was extracted, put down on disk part by part as it comes, until all actors are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

import polars as pl
import pyarrow as pa

from communique.articles.ingest import duplicate_of
from communique.batch import BatchResult
from communique.corrections import NONE, Applied, Corrections, corrected, described
from communique.frames import row_counts
from communique.frames.actors import (
    ActorDirectory,
    actor_directory,
    ids_in,
    mention_counts,
    with_counts,
)
from communique.frames.build import finished, linked, unlinked_frames
from communique.frames.identity import set_aside_taken
from communique.quality.misses import cue_frame
from schemas.table import Table
from schemas.tables import FACT_TABLES, TABLES

LINKED = ("articles", *FACT_TABLES)
"""The tables that come part by part; the others are small."""

_SEEN, _TEXTS, _CUES = "seen", "texts", "cues"
_TEXT = {"article_id": pl.String(), "text": pl.String()}
_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles and all of their rows by table, with the texts by article_id; `quarantine` has copied ids."""

    frames: Mapping[str, pl.DataFrame]
    texts: Mapping[str, str]
    quarantine: pl.DataFrame


@dataclass
class Parts:
    """The rows of all articles before they are linked to actors, on disk, and of what is small the sums.

    `kept` are the names of the files whose texts are kept in `texts_kept` for those who compare rows with gold.
    """

    folder: Path
    corrections: Corrections = NONE
    kept: Collection[str] = ()
    extracted: Counter[str] = field(default_factory=Counter)
    corrected: list[Applied] = field(default_factory=list)
    quarantined: list[pl.DataFrame] = field(default_factory=list)
    rejected: list[pl.DataFrame] = field(default_factory=list)
    texts_kept: dict[str, str] = field(default_factory=dict)
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
        """Put down what was extracted from articles whose ids come after those that are there.

        Raises:
            CorrectionError: a correction cannot be applied.
        """
        result = self._without_duplicates(result)
        extractions, applied = corrected(result.extractions, self.corrections)
        unlinked = unlinked_frames(extractions, result.rejections)
        articles = [found.article for found in result.extractions]
        self.corrected += applied
        self.extracted.update(row_counts(result.extractions))
        self.quarantined += filled(unlinked.quarantine)
        self.rejected += filled(unlinked.tables["rejected"])
        self.texts_kept |= {one.source_file: one.text for one in articles if one.source_file in self.kept}
        self._referred.append(ids_in(unlinked.tables))
        for name in LINKED:
            self._put(name, unlinked.tables[name])
        self._put(_SEEN, unlinked.seen)
        self._put(_TEXTS, pl.DataFrame([(one.article_id, one.text) for one in articles], schema=_TEXT, orient="row"))
        self._put(_CUES, cue_frame((found.article, found.cues) for found in result.extractions))

    @cached_property
    def directory(self) -> ActorDirectory:
        """The actors of all parts.

        Raises:
            CorrectionError: a correction of an actor does not hold.
        """
        referred = pl.concat(self._referred).unique()
        return described(actor_directory(pl.scan_ipc(self._path(_SEEN)), referred), self.corrections)

    def actors(self) -> pl.DataFrame:
        """The table of actors, with the mentions of all rows."""
        renamed, first = self.directory.renamed, self._first("actor_mentions")
        counts = [mention_counts(first.split(frame)[0]) for (frame,) in self._read("actor_mentions")]
        actor_id = pl.col("actor_id").replace(list(renamed), list(renamed.values()))
        summed = with_counts(self.directory.actors, pl.concat(counts).with_columns(actor_id))
        return finished(TABLES["actors"], summed)

    def linked(self) -> Iterator[Part]:
        """The parts in the order in which they came, their rows as they are published."""
        first = {name: self._first(name) for name in LINKED}
        for texts, *read in self._read(_TEXTS, *LINKED):
            frames, aside = {}, []
            for name, frame in zip(LINKED, read, strict=True):
                kept, again = first[name].split(frame)
                frames[name] = linked(TABLES[name], kept, self.directory)
                aside.append(again)
            yield Part(frames, dict(texts.iter_rows()), pl.concat(aside))

    def cue_sentences(self) -> pl.LazyFrame:
        """The sentences of all articles whose words promise a row."""
        return pl.scan_ipc(self._path(_CUES))

    def _read(self, *names: str) -> Iterator[list[pl.DataFrame]]:
        """What was put down of each part under these names."""
        with ExitStack() as stack:
            files = [stack.enter_context(pa.ipc.open_file(self._path(name))) for name in names]
            for number in range(files[0].num_record_batches):
                yield [pl.DataFrame(file.get_batch(number)) for file in files]

    def _first(self, name: str) -> _First:
        key = TABLES[name].primary_key or ""
        hashes = pl.scan_ipc(self._path(name)).select(pl.col(key).hash()).collect(engine="streaming").to_series()
        return _First(TABLES[name], hashes.filter(hashes.is_duplicated()).unique())

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
        """Add the rows of one part, as one stretch of the file even where there are none."""
        data: pa.Table = frame.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
        if name not in self._writers:
            writer = pa.ipc.new_file(self._path(name), data.schema, options=_OPTIONS)
            self._writers[name] = self._open.enter_context(writer)
        (part,) = data.to_batches() or [pa.RecordBatch.from_pylist([], schema=data.schema)]
        self._writers[name].write_batch(part)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.arrow"


def filled(*frames: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Those of the frames that have rows; many empty ones take memory too."""
    return (frame for frame in frames if frame.height)


class _First:
    """The rows of a table that are the first with their key: keys are hashes, and a large dataset may repeat one.

    `shared` are hashes of the keys that several rows have.
    """

    def __init__(self, table: Table, shared: pl.Series) -> None:
        self._table, self._shared = table, shared
        self._taken: set[str] = set()

    def split(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Of the rows of the next part the first with their key, and the others as rows of `quarantine`."""
        if self._shared.is_empty():
            return frame, TABLES["quarantine"].empty()
        key = self._table.primary_key or ""
        mine = frame.filter(pl.col(key).hash().is_in(self._shared.implode()))[key].to_list()
        again = [found for found in mine if found in self._taken]
        self._taken.update(mine)
        return set_aside_taken(self._table, frame, again)
