"""`datapackage.json`: what a release holds, made from what, under which licence (Frictionless Data Package v2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version as package_version
from typing import Any

import polars as pl

from communique.releases.about import CREATOR, DESCRIPTION, KEYWORDS, LICENCE, LICENCE_TITLE, LICENCE_URL, TITLE
from communique.releases.content import measured, pieces
from communique.releases.fingerprint import engine_fingerprint
from communique.releases.index import DATASET
from communique.releases.names import SUMS
from communique.releases.parquet import Part
from communique.releases.parts import PARTS
from schemas.frictionless import resource
from schemas.table import Table
from schemas.tables import SCHEMA_VERSION, TABLES

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def descriptor(
    version: str,
    articles: pl.DataFrame,
    parts: Mapping[str, Sequence[Part]],
    inputs: Mapping[str, str] | None = None,
    declared: Mapping[str, Table] = TABLES,
) -> dict[str, Any]:
    """The data package of a release: its `articles` in the order of their files, `parts` the Parquet files and
    `declared` the declarations by table.

    `inputs` are the sha256 by name of what beside the articles decided the rows.

    It names no time, host or path, so that equal inputs and code describe themselves equally.
    """
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
        "resources": [_resource(table, parts[name]) for name, table in declared.items()],
    }


def _resource(table: Table, parts: Sequence[Part]) -> dict[str, Any]:
    """The resource of a table; of several files `bytes`, `hash` and `rows` are those of all, one after the other."""
    described = resource(table)
    if len(parts) == 1:
        return {**described, **_file(parts[0])}
    digest, size = measured(piece for part in parts for piece in pieces(part.content))
    return {
        **described,
        "path": [part.name for part in parts],
        "bytes": size,
        "hash": f"sha256:{digest}",
        "rows": sum(part.rows for part in parts),
        PARTS: [{"path": part.name, **_file(part)} for part in parts],
    }


def _file(part: Part) -> dict[str, Any]:
    return {"bytes": part.size, "hash": f"sha256:{part.sha256}", "rows": part.rows}


def _source(row: Mapping[str, Any]) -> dict[str, str]:
    title = ", ".join(part for part in (row["publisher"], row["title"]) if part)
    source = {"title": title or row["source_file"]}
    if row["source_url"]:
        source["path"] = row["source_url"]
    return source
