"""The checks of rows over tables that are made already, in the memory of some articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from communique.corrections.model import Applied
from communique.quality.checks_schema import require_structure
from communique.quality.validation import Checked, RowChecks, StructureError, validate
from communique.releases.rows import Rows
from communique.releases.walk import AT_ONCE, OutOfOrderError, by_articles
from schemas.tables import DATA_TABLES, FACT_TABLES, TABLES

_WALKED = ("articles", *FACT_TABLES)


def check_rows(
    tables: Mapping[str, Rows],
    texts: Mapping[str, str] | None = None,
    *,
    extracted: Mapping[str, int] | None = None,
    corrected: Sequence[Applied] = (),
    at_once: int = AT_ONCE,
) -> Checked:
    """What all checks find in the tables of a release, as `validate` finds it in frames.

    Tables are whole in memory only where they are not in order, or have rows that should have been quarantined.

    Raises:
        StructureError: a table is missing, lacks a column, has another or one of another type.
    """
    for name, table in TABLES.items():
        if name not in tables:
            raise StructureError(name, ["the table is missing"])
        require_structure(table, pl.DataFrame(schema=tables[name].schema))
    found = _walked(tables, texts, extracted, corrected, at_once)
    if found is None:
        frames = {name: tables[name].scan().collect() for name in TABLES}
        found = validate(frames, texts, extracted=extracted, corrected=corrected)
    return found


def _walked(
    tables: Mapping[str, Rows],
    texts: Mapping[str, str] | None,
    extracted: Mapping[str, int] | None,
    corrected: Sequence[Applied],
    at_once: int,
) -> Checked | None:
    """The same without having the tables in memory, where no row fails."""
    rows = RowChecks(tables["actors"].scan().collect())
    try:
        unfit = sum(rows.part(frames, texts)[1].height for frames in by_articles(tables, _WALKED, at_once))
    except OutOfOrderError:
        return None
    if unfit or rows.unfit_actors.height:
        return None
    quarantine = tables["quarantine"].scan().collect()
    if extracted is None:
        aside = dict(quarantine.group_by("table").len().iter_rows())
        extracted = {name: tables[name].height + aside.get(name, 0) for name in DATA_TABLES}
    return rows.checked(tables, quarantine, extracted, corrected)
