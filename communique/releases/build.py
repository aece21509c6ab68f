"""All files of a release, as bytes: a function of the rows, the code and the release before, of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from communique.quality.report import render_markdown
from communique.releases.compare import ReleaseDiff
from communique.releases.descriptor import DESCRIPTOR, descriptor
from communique.releases.index import json_bytes
from communique.releases.parquet import encode
from schemas.tables import TABLES

QUALITY, QUALITY_PAGE, DIFF = "quality.json", "quality.md", "diff.json"


def release_files(
    version: str, frames: Mapping[str, pl.DataFrame], quality: Mapping[str, Any], diff: ReleaseDiff
) -> dict[str, bytes]:
    """The files of release `version` by name: tables, descriptor, quality report, diff."""
    tables = {f"{name}.parquet": encode(table, frames[name], version) for name, table in TABLES.items()}
    return {
        **tables,
        DESCRIPTOR: json_bytes(descriptor(version, frames, tables)),
        QUALITY: json_bytes(quality),
        QUALITY_PAGE: render_markdown(quality).encode(),
        DIFF: json_bytes(diff.as_dict()),
    }
