"""The tables of what was not published: rows that failed a check and files that could not be read."""

from __future__ import annotations

import polars as pl

from schemas import columns, patterns
from schemas.table import Model, Table


class Quarantine(Model):
    table: pl.String = columns.column("The table the row was meant for.")
    row: pl.String = columns.column("The row as extracted.", unit="JSON object")
    check: pl.String = columns.column("Id of the first check that failed.")
    reason: pl.String = columns.text("Every check that failed, in words.", nullable=False)


class Rejected(Model):
    source_file: pl.String = columns.column("The file as received, relative to the folder of raw articles.")
    sha256: pl.String = columns.column(
        "Digest of the bytes of the file; null where they could not be read.",
        nullable=True,
        unit="SHA-256, hexadecimal",
        str_matches=patterns.SHA256,
    )
    reason: pl.String = columns.text("Why the file could not be ingested, in a few words.", nullable=False)
    detail: pl.String = columns.column("What was found in the file.")
    remedy: pl.String = columns.column("What would mend it.")


QUARANTINE = Table(
    name="quarantine",
    title="Quarantine",
    description="One row per extracted row that failed a check and was left out of its table.",
    usage_warning="These rows are wrong in at least one way; they are published so that nothing is dropped in silence.",
    model=Quarantine,
    sort_by=("table", "row", "check"),
)

REJECTED = Table(
    name="rejected",
    title="Rejected files",
    description="One row per file that could not be ingested.",
    usage_warning="Nothing was extracted from these files.",
    model=Rejected,
    sort_by=("source_file",),
)
