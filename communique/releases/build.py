"""All files of a release: a function of the rows, the code and the release before, of nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from communique.releases.compare import ReleaseDiff
from communique.releases.content import Content
from communique.releases.croissant import croissant
from communique.releases.descriptor import descriptor
from communique.releases.index import json_bytes
from communique.releases.names import CROISSANT, DESCRIPTOR, DIFF, SUMS
from communique.releases.parquet import ROWS_PER_FILE, encode_parts
from communique.releases.reports import report_files
from communique.releases.rows import FrameRows, Rows
from communique.releases.sums import encode_sums, sums_of
from schemas.rekey import REKEY
from schemas.table import Table
from schemas.tables import TABLES


def release_files(
    version: str,
    tables: Mapping[str, Rows],
    quality: Mapping[str, Any],
    diff: ReleaseDiff,
    inputs: Mapping[str, str] | None = None,
    declared: Mapping[str, Table] = TABLES,
    *,
    folder: Path | None = None,
    rows_per_file: int = ROWS_PER_FILE,
) -> dict[str, Content]:
    """The files of release `version` by name: tables, descriptions, quality report, diff, and the digests of all.

    `inputs` are the sha256 by name of what beside the articles decided the rows.  Where ids were re-made, the table of
    old and new ones is among the files.  Tables are written into `folder`, which has to stay until they are published,
    or are in memory where none is given; those of more rows than `rows_per_file` have several files.
    """
    if (rekeyed := diff.rekeyed).height:
        declared, tables = {**declared, REKEY.name: REKEY}, {**tables, REKEY.name: FrameRows(rekeyed)}
    parts = {
        name: encode_parts(table, _in_order(table, tables[name]), version, folder, rows_per_file)
        for name, table in declared.items()
    }
    articles = tables["articles"].select(**{name: pl.col(name) for name in _SOURCE}).sort("source_file")
    described: dict[str, Content] = {
        DESCRIPTOR: json_bytes(descriptor(version, articles, parts, inputs, declared)),
        CROISSANT: json_bytes(croissant(version, parts, declared)),
        **report_files(quality, tables),
        DIFF: json_bytes(diff.as_dict()),
    }
    written = [part for found in parts.values() for part in found]
    sums = {part.name: part.sha256 for part in written} | sums_of(described)
    return {**{part.name: part.content for part in written}, **described, SUMS: encode_sums(sums)}


_SOURCE = ("source_file", "sha256", "publisher", "title", "source_url")


def _in_order(table: Table, rows: Rows) -> Iterator[pl.DataFrame]:
    """The rows as they are published; those on disk are in that order already."""
    for frame in rows.slices():
        yield frame.sort(table.sort_by, maintain_order=True) if isinstance(rows, FrameRows) else frame
