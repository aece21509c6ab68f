"""The table of re-made ids, which a release ships beside its tables if it has any."""

from __future__ import annotations

import polars as pl

from schemas import columns
from schemas.table import Model, Table


class Rekey(Model):
    table: pl.String = columns.column("The table whose rows have new ids.")
    old_id: pl.String = columns.column("The id of the row in the release before.")
    new_id: pl.String = columns.column("The id of the same row in this release.")


REKEY = Table(
    name="rekey",
    title="Re-made ids",
    description="One row per row whose id was re-made since the release before, which is the same fact.",
    usage_warning="Rows that the release before has and this one has not, under any id, are not in it.",
    model=Rekey,
    sort_by=("table", "old_id"),
)
