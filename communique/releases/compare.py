"""What changed between two releases, row by row through stable ids, and the version that follows from it.

Pure functions over snapshots: frames by table name, and the tables' declarations as Frictionless resources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from communique.releases.schema_changes import SchemaChange, retyped_columns, schema_changes
from communique.releases.version import FIRST, Bump, Change, Version, implied_bump

ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A release as far as it is compared: frames and declarations by table name; `version` None before the first."""

    version: str | None
    frames: Mapping[str, pl.DataFrame]
    schemas: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row whose id is in both releases: the columns that differ with the old and the new value."""

    id: str
    columns: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """Rows by id.  `rekeyed` maps old to new ids of rows that are the same in everything but the id."""

    old_rows: int
    new_rows: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[RowChange, ...] = ()
    rekeyed: tuple[tuple[str, str], ...] = ()

    @property
    def is_same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.rekeyed)

    def as_dict(self) -> dict[str, Any]:
        return {
            "rows": {"old": self.old_rows, "new": self.new_rows},
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": [
                {"id": row.id, "columns": {c: {"old": o, "new": n} for c, (o, n) in row.columns.items()}}
                for row in self.changed
            ],
            "rekeyed": [{"old": old, "new": new} for old, new in self.rekeyed],
        }


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """All differences between two releases and what they imply."""

    old_version: str | None
    new_version: str | None
    schema: tuple[SchemaChange, ...]
    tables: Mapping[str, TableDiff]
    articles_added: tuple[str, ...]
    articles_removed: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def bump(self) -> Bump:
        return implied_bump(self.changes)

    @property
    def is_same(self) -> bool:
        return self.bump is Bump.NONE

    def next_version(self) -> Version:
        """The version of the newer side: 0.1.0 for a first release, else the old one moved by the changes."""
        return FIRST if self.old_version is None else Version.parse(self.old_version).bumped(self.bump)

    def as_dict(self) -> dict[str, Any]:
        """The diff as plain JSON values, in a stable order."""
        return {
            "dataset": "communique",
            "from": self.old_version,
            "to": self.new_version,
            "bump": "first" if self.old_version is None else self.bump.label,
            "reasons": [{"bump": change.bump.label, "what": change.what} for change in self.changes],
            "articles": {"added": list(self.articles_added), "removed": list(self.articles_removed)},
            "schema": [change.as_dict() for change in self.schema],
            "tables": {table: diff.as_dict() for table, diff in self.tables.items()},
        }


def compare(old: Snapshot, new: Snapshot) -> ReleaseDiff:
    """Everything that differs from `old` to `new`; a table only one side has counts as empty on the other."""
    is_first = old.version is None
    schema = () if is_first else (*schema_changes(old.schemas, new.schemas), *retyped_columns(old.frames, new.frames))
    renamed = _renamed_articles(old.frames, new.frames)
    tables = {
        table: _table_diff(
            old.frames.get(table), new.frames.get(table), primary_key(old.schemas, new.schemas, table), renamed
        )
        for table in [*new.frames, *(t for t in old.frames if t not in new.frames)]
    }
    added = tuple(sorted(_titles(new.frames, tables[ARTICLES].added)))
    removed = tuple(sorted(_titles(old.frames, tables[ARTICLES].removed)))
    changes = (
        (Change(Bump.MINOR, "the first release"),) if is_first else tuple(_reasons(schema, tables, added, removed))
    )
    return ReleaseDiff(old.version, new.version, schema, tables, added, removed, changes)


def primary_key(old: Mapping[str, Any], new: Mapping[str, Any], table: str) -> tuple[str, ...]:
    """The columns that identify a row of `table`, as the newer declaration has them; empty where it has none."""
    declared = new.get(table) or old.get(table) or {}
    key = declared.get("schema", {}).get("primaryKey") or ()
    return (key,) if isinstance(key, str) else tuple(key)


def _titles(frames: Mapping[str, pl.DataFrame], ids: Sequence[str]) -> Iterator[str]:
    if ids:
        chosen = frames[ARTICLES].filter(pl.col("article_id").is_in(list(ids)))
        yield from chosen["source_file"]


def _renamed_articles(old: Mapping[str, pl.DataFrame], new: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Old and new ids of articles with the same bytes."""
    sides = [
        frames[ARTICLES].select("sha256", pl.col("article_id").alias(name))
        if ARTICLES in frames
        else pl.DataFrame(schema={"sha256": pl.String, name: pl.String})
        for frames, name in ((old, "old_article"), (new, "new_article"))
    ]
    return sides[0].join(sides[1], on="sha256").select("old_article", "new_article")


def _table_diff(
    old: pl.DataFrame | None, new: pl.DataFrame | None, key: tuple[str, ...], renamed: pl.DataFrame
) -> TableDiff:
    old_rows, new_rows = 0 if old is None else old.height, 0 if new is None else new.height
    if old is None or new is None:
        frame = new if old is None else old
        ids = tuple(_with_id(frame, key)["_id"].sort()) if frame is not None else ()
        return TableDiff(old_rows, new_rows, *((ids, ()) if old is None else ((), ids)))
    before, after = _with_id(old, key), _with_id(new, key)
    added, removed = after.join(before, on="_id", how="anti"), before.join(after, on="_id", how="anti")
    rekeyed = _rekeyed(removed, added, key, renamed)
    remade = {i for pair in rekeyed for i in pair}
    return TableDiff(
        old_rows,
        new_rows,
        tuple(sorted(i for i in added["_id"] if i not in remade)),
        tuple(sorted(i for i in removed["_id"] if i not in remade)),
        tuple(_changed_rows(before, after)),
        rekeyed,
    )


def _with_id(frame: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """The frame with `_id`: the key, or for tables without one the whole row, equal rows told apart by number."""
    columns = [c for c in key if c in frame.columns]
    if columns:
        return frame.with_columns(
            pl.concat_str([pl.col(c).cast(pl.String) for c in columns], separator=" ").alias("_id")
        )
    whole = pl.struct(pl.all()).struct.json_encode()
    numbered = frame.with_columns(whole.alias("_row")).with_columns(
        pl.int_range(pl.len()).over("_row").cast(pl.String).alias("_number")
    )
    return numbered.with_columns(pl.concat_str("_row", "_number", separator=" ").alias("_id")).drop("_row", "_number")


def _changed_rows(before: pl.DataFrame, after: pl.DataFrame) -> Iterator[RowChange]:
    shared = [c for c in after.columns if c in before.columns and c != "_id"]
    retyped = [c for c in shared if before.schema[c] != after.schema[c]]
    before = before.with_columns(pl.col(c).cast(pl.String, strict=False) for c in retyped)
    after = after.with_columns(pl.col(c).cast(pl.String, strict=False) for c in retyped)
    joined = before.select("_id", *shared).join(after.select("_id", *shared), on="_id", suffix="\0new")
    flags = [pl.col(c).ne_missing(pl.col(f"{c}\0new")).alias(f"{c}\0differs") for c in shared]
    if not flags:
        return
    differing = joined.with_columns(flags).filter(pl.any_horizontal(f"{c}\0differs" for c in shared)).sort("_id")
    for row in differing.iter_rows(named=True):
        columns = {c: (row[c], row[f"{c}\0new"]) for c in shared if row[f"{c}\0differs"]}
        yield RowChange(row["_id"], columns)


def _rekeyed(
    removed: pl.DataFrame, added: pl.DataFrame, key: tuple[str, ...], renamed: pl.DataFrame
) -> tuple[tuple[str, str], ...]:
    """Rows of the same articles that are equal in all but their id: their ids were re-made."""
    if not key or removed.is_empty() or added.is_empty():
        return ()
    if "article_id" in removed.columns and "article_id" in added.columns:
        removed = removed.join(renamed, left_on="article_id", right_on="old_article")
        removed = removed.with_columns(pl.col("new_article").alias("article_id"))
    content = [c for c in added.columns if c in removed.columns and c not in {*key, "_id"}]
    if not content or any(removed.schema[c] != added.schema[c] for c in content):
        return ()
    whole = pl.struct(content).struct.json_encode().alias("_row")
    pairs = removed.select("_id", whole).join(added.select("_id", whole), on="_row", suffix="_new")
    pairs = pairs.unique("_id", keep="first", maintain_order=True).unique("_id_new", keep="first", maintain_order=True)
    return tuple(sorted(zip(pairs["_id"], pairs["_id_new"], strict=True)))


def _reasons(
    schema: Sequence[SchemaChange], tables: Mapping[str, TableDiff], added: Sequence[str], removed: Sequence[str]
) -> Iterator[Change]:
    for change in schema:
        where = change.table if change.column is None else f"{change.table}.{change.column}"
        yield Change(change.bump, f"{where}: {change.change}")
    for table, diff in tables.items():
        if diff.rekeyed:
            yield Change(Bump.MAJOR, f"{table}: ids of {len(diff.rekeyed)} rows re-made")
    if added:
        yield Change(Bump.MINOR, f"{counted(len(added), 'article')} added")
    if removed:
        yield Change(Bump.MINOR, f"{counted(len(removed), 'article')} withdrawn")
    for table, diff in tables.items():
        verbs = (("added", diff.added), ("removed", diff.removed)) if table != ARTICLES else ()
        counts = [f"{counted(len(ids), 'row')} {verb}" for verb, ids in (*verbs, ("changed", diff.changed)) if ids]
        if counts:
            yield Change(Bump.PATCH, f"{table}: {', '.join(counts)}")


def counted(number: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
