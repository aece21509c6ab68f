"""All files of a release, as bytes: a function of the rows, the code and the release before, of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from communique.releases.compare import ReleaseDiff
from communique.releases.croissant import croissant
from communique.releases.descriptor import descriptor
from communique.releases.index import json_bytes
from communique.releases.names import CROISSANT, DESCRIPTOR, DIFF, SUMS
from communique.releases.parquet import encode
from communique.releases.reports import report_files
from communique.releases.sums import encode_sums, sums_of
from schemas.rekey import REKEY
from schemas.table import Table
from schemas.tables import TABLES


def release_files(
    version: str,
    frames: Mapping[str, pl.DataFrame],
    quality: Mapping[str, Any],
    diff: ReleaseDiff,
    inputs: Mapping[str, str] | None = None,
    declared: Mapping[str, Table] = TABLES,
) -> dict[str, bytes]:
    """The files of release `version` by name: tables, descriptions, quality report, diff, and the digests of all.

    `inputs` are the sha256 by name of what beside the articles decided the rows.  Where ids were re-made, the table of
    old and new ones is among the files.
    """
    if (rekeyed := diff.rekeyed).height:
        declared, frames = {**declared, REKEY.name: REKEY}, {**frames, REKEY.name: rekeyed}
    tables = {f"{name}.parquet": encode(table, frames[name], version) for name, table in declared.items()}
    files = {
        **tables,
        DESCRIPTOR: json_bytes(descriptor(version, frames, tables, inputs, declared)),
        CROISSANT: json_bytes(croissant(version, tables, declared)),
        **report_files(quality, frames),
        DIFF: json_bytes(diff.as_dict()),
    }
    return {**files, SUMS: encode_sums(sums_of(files))}
