"""What changed between two releases, and the version that follows from it.

Snapshots are rows by table, in files or in memory, and the tables' declarations as Frictionless resources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from communique.releases.errors import CannotCompareError
from communique.releases.rekey import Rekeying
from communique.releases.rows import Rows
from communique.releases.schema_changes import SchemaChange, id_scheme_differs, retyped_columns, schema_changes
from communique.releases.table_diff import LISTED, TableDiff, table_diff
from communique.releases.version import FIRST, Bump, Change, Version, implied_bump

ARTICLES = "articles"
FORMAT = 1
"""Version of the form of `diff.json`, which `schemas/diff.schema.json` describes."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A release as far as it is compared: rows and declarations by table; `version` is None before the first.

    `unreadable` says of tables whose rows are not to be had why that is so.
    """

    version: str | None
    tables: Mapping[str, Rows]
    schemas: Mapping[str, Mapping[str, Any]]
    unreadable: Mapping[str, str] = field(default_factory=dict)


NOTHING = Snapshot(None, {}, {})
"""What the first release is compared with."""


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """All differences between two releases and what they imply; `not_compared` says why tables are not among them."""

    old_version: str | None
    new_version: str | None
    schema: tuple[SchemaChange, ...]
    tables: Mapping[str, TableDiff]
    articles_added: tuple[str, ...]
    articles_removed: tuple[str, ...]
    changes: tuple[Change, ...]
    not_compared: Mapping[str, str] = field(default_factory=dict)

    @property
    def bump(self) -> Bump:
        """How far the differences that are known move the version."""
        return implied_bump(self.changes)

    @property
    def is_same(self) -> bool:
        return self.bump is Bump.NONE and not self.not_compared

    @property
    def rekeyed(self) -> pl.DataFrame:
        """`table`, `old_id` and `new_id` of all rows whose ids were re-made."""
        return pl.concat(
            diff.rekeyed.select(pl.lit(table).alias("table"), pl.all()) for table, diff in self.tables.items()
        )

    def next_version(self) -> Version:
        """The version of the newer side: 0.1.0 for a first release, else the old one moved by the changes.

        Raises:
            CannotCompareError: a table could not be compared.
        """
        for table, why in self.not_compared.items():
            raise CannotCompareError(f"{table} cannot be compared with the release before: {why}")
        return FIRST if self.old_version is None else Version.parse(self.old_version).bumped(self.bump)

    def as_dict(self, listed: int = LISTED) -> dict[str, Any]:
        """The diff as plain JSON values, in a stable order, with so many rows of each kind and table at most."""
        bump = "unknown" if self.not_compared else "first" if self.old_version is None else self.bump.label
        return {
            "format": FORMAT,
            "dataset": "communique",
            "from": self.old_version,
            "to": self.new_version,
            "bump": bump,
            "reasons": [{"bump": change.bump.label, "what": change.what} for change in self.changes],
            "articles": {"added": list(self.articles_added), "removed": list(self.articles_removed)},
            "schema": [change.as_dict() for change in self.schema],
            "tables": {table: diff.as_dict(listed) for table, diff in self.tables.items()},
            "not_compared": [{"table": table, "why": why} for table, why in self.not_compared.items()],
        }


def compare(old: Snapshot, new: Snapshot, listed: int = LISTED) -> ReleaseDiff:
    """Everything that differs from `old` to `new`, with so many rows of each kind and table listed at most.

    A table that only one side has counts as empty on the other.
    """
    is_first = old.version is None
    schema = () if is_first else (*schema_changes(old.schemas, new.schemas), *retyped_columns(old.tables, new.tables))
    compared, not_compared = _table_diffs(old, new, listed)
    order = [*new.schemas, *(table for table in old.schemas if table not in new.schemas)]
    tables = {table: compared[table] for table in order if table in compared}
    articles = tables.get(ARTICLES, TableDiff(0, 0))
    added, removed = _names(new, articles.added), _names(old, articles.removed)
    changes = (Change(Bump.MINOR, "the first release"),) if is_first else tuple(_reasons(schema, tables))
    return ReleaseDiff(old.version, new.version, schema, tables, added, removed, changes, not_compared)


def primary_key(old: Mapping[str, Any], new: Mapping[str, Any], table: str) -> tuple[str, ...]:
    """The columns that identify a row of `table`, as the newer declaration has them; empty where it has none."""
    declared = new.get(table) or old.get(table) or {}
    key = declared.get("schema", {}).get("primaryKey") or ()
    return (key,) if isinstance(key, str) else tuple(key)


def _table_diffs(old: Snapshot, new: Snapshot, listed: int) -> tuple[dict[str, TableDiff], dict[str, str]]:
    """The differences by table, and of the other tables why there are none."""
    compared: dict[str, TableDiff] = {}
    not_compared: dict[str, str] = {}
    for table in _in_order({**old.schemas, **new.schemas}):
        sides = ((old, "before"), (new, "after"))
        problems = [f"{side.unreadable[table]} ({when})" for side, when in sides if table in side.unreadable]
        try:
            if problems:
                raise CannotCompareError("; ".join(problems))
            key, rekeying = primary_key(old.schemas, new.schemas, table), _rekeying(old, new, table, compared)
            compared[table] = table_diff(old.tables.get(table), new.tables.get(table), key, rekeying, listed)
        except CannotCompareError as error:
            not_compared[table] = str(error)
    return compared, not_compared


def _in_order(schemas: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The tables, each after those that it refers to."""
    pending = {table: {target for _, target in _references(declared)} - {table} for table, declared in schemas.items()}
    ordered: list[str] = []
    while pending:
        ready = [table for table, targets in pending.items() if not targets & pending.keys()] or list(pending)
        ordered += ready
        pending = {table: targets for table, targets in pending.items() if table not in ready}
    return ordered


def _references(declared: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The columns that refer to another table, with its name."""
    for key in declared.get("schema", {}).get("foreignKeys", ()):
        for column in key["fields"]:
            yield column, key["reference"]["resource"]
    for column in declared.get("schema", {}).get("fields", ()):
        if "references" in column:
            yield column["name"], column["references"].partition(".")[0]


def _rekeying(old: Snapshot, new: Snapshot, table: str, compared: Mapping[str, TableDiff]) -> Rekeying:
    """What is known of re-made ids before the rows of a table are compared."""
    before, after = old.schemas.get(table, {}), new.schemas.get(table, {})
    return Rekeying(
        references={
            column: compared[to].rekeyed
            for column, to in _references(after)
            if to in compared and compared[to].rekeyed.height
        },
        is_declared=id_scheme_differs(before, after),
        match_on=("sha256",) if table == ARTICLES else (),
    )


def _names(side: Snapshot, ids: Sequence[str]) -> tuple[str, ...]:
    """The files of the articles with these ids."""
    if not ids:
        return ()
    articles = side.tables[ARTICLES].select(id=pl.col("article_id"), file=pl.col("source_file"))
    return tuple(articles.filter(pl.col("id").is_in(list(ids)))["file"].sort())


def _reasons(schema: Sequence[SchemaChange], tables: Mapping[str, TableDiff]) -> Iterator[Change]:
    for change in schema:
        where = change.table if change.column is None else f"{change.table}.{change.column}"
        yield Change(change.bump, f"{where}: {change.change}")
    for table, diff in tables.items():
        if remade := diff.counts.get("rekeyed"):
            yield Change(Bump.MAJOR, f"{table}: ids of {counted(remade, 'row')} re-made")
    articles = tables.get(ARTICLES, TableDiff(0, 0)).counts
    if added := articles.get("added"):
        yield Change(Bump.MINOR, f"{counted(added, 'article')} added")
    if removed := articles.get("removed"):
        yield Change(Bump.MINOR, f"{counted(removed, 'article')} withdrawn")
    for table, diff in tables.items():
        kinds = ("changed",) if table == ARTICLES else ("added", "removed", "changed")
        counts = [f"{counted(diff.counts[kind], 'row')} {kind}" for kind in kinds if diff.counts.get(kind)]
        if counts:
            yield Change(Bump.PATCH, f"{table}: {', '.join(counts)}")


def counted(number: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
