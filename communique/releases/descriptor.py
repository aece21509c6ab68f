"""`datapackage.json`: what a release holds, made from what, under which licence (Frictionless Data Package v2)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version as package_version
from typing import Any

import polars as pl

from communique.releases.about import CREATOR, DESCRIPTION, KEYWORDS, LICENCE, LICENCE_TITLE, LICENCE_URL, TITLE
from communique.releases.fingerprint import engine_fingerprint
from communique.releases.index import DATASET
from communique.releases.names import SUMS
from schemas.frictionless import resource
from schemas.table import Table
from schemas.tables import SCHEMA_VERSION, TABLES

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def descriptor(
    version: str,
    frames: Mapping[str, pl.DataFrame],
    files: Mapping[str, bytes],
    inputs: Mapping[str, str] | None = None,
    declared: Mapping[str, Table] = TABLES,
) -> dict[str, Any]:
    """The data package of a release: `frames` by table, `files` the Parquet files by name,
    `declared` the tables by name.

    `inputs` are the sha256 by name of what beside the articles decided the rows.

    It names no time, host or path, so that equal inputs and code describe themselves equally.
    """
    articles = frames["articles"].sort("source_file")
    return {
        "$schema": _PROFILE,
        "name": DATASET,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": version,
        "keywords": list(KEYWORDS),
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": LICENCE_TITLE}],
        "contributors": [{"title": CREATOR, "roles": ["creator"]}],
        "sources": [_source(row) for row in articles.iter_rows(named=True)],
        "madeBy": {
            "package": f"{DATASET} {package_version(DATASET)}",
            "engineFingerprint": engine_fingerprint(),
            "schemaVersion": SCHEMA_VERSION,
        },
        "inputs": [
            {"path": path, "hash": f"sha256:{sha256}"}
            for path, sha256 in [*articles.select("source_file", "sha256").iter_rows(), *(inputs or {}).items()]
        ],
        "checksums": SUMS,
        "resources": [_resource(table, frames[name], files[f"{name}.parquet"]) for name, table in declared.items()],
    }


def _resource(table: Table, frame: pl.DataFrame, data: bytes) -> dict[str, Any]:
    digest = hashlib.sha256(data).hexdigest()
    return {**resource(table), "bytes": len(data), "hash": f"sha256:{digest}", "rows": frame.height}


def _source(row: Mapping[str, Any]) -> dict[str, str]:
    title = ", ".join(part for part in (row["publisher"], row["title"]) if part)
    source = {"title": title or row["source_file"]}
    if row["source_url"]:
        source["path"] = row["source_url"]
    return source
