"""The differences of two releases as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.releases.compare import ReleaseDiff
    from communique.releases.schema_changes import SchemaChange
    from communique.releases.table_diff import TableDiff

LISTED = 20
"""Rows of one kind and table that are spelled out."""

_LONGEST = 60


def diff_lines(found: ReleaseDiff) -> Iterator[str]:
    """What changed and how far that moves the version, then the declarations, the articles and the rows."""
    for table, why in found.not_compared.items():
        yield f"not compared: {table}: {why}"
    if found.is_same:
        yield f"{found.old_version} and {found.new_version} are the same"
        return
    whole = " in the tables that could be compared" if found.not_compared else ""
    implied = f"a {found.bump.label} change" if found.changes else "no change"
    yield f"{found.old_version} -> {found.new_version}: {implied}{whole}"
    for change in found.changes:
        yield f"  {change.bump.label}: {change.what}"
    for declared in found.schema:
        yield _schema_line(declared)
    for verb, names in (("added", found.articles_added), ("withdrawn", found.articles_removed)):
        yield from _cut([f"article {verb}: {name}" for name in names], len(names), f"articles {verb}")
    for table, part in found.tables.items():
        yield from _table_lines(table, part)


def diff_markdown(found: ReleaseDiff) -> Iterator[str]:
    """The same as Markdown, for a job summary or a comment: counts by table, then the rows, folded away."""
    from communique.quality.markdown import plain

    old, new = plain(found.old_version or "nothing"), plain(found.new_version)
    if found.is_same:
        yield f"## Rows: {old} and {new} are the same"
        return
    yield f"## Rows: {old} → {new}, {found.bump.label if found.changes else 'no'} change\n"
    yield from (f"- not compared: {plain(table)}: {plain(why)}" for table, why in found.not_compared.items())
    yield from (f"- {change.bump.label}: {plain(change.what)}" for change in found.changes)
    for verb, names in (("added", found.articles_added), ("withdrawn", found.articles_removed)):
        lines = [f"- article {verb}: {plain(name)}" for name in names[:LISTED]]
        yield from _cut(lines, len(names), f"- articles {verb}:")
    for table, part in found.tables.items():
        heading, *lines = list(_table_lines(table, part)) or [""]
        if heading:
            yield f"\n<details><summary>{escape(' '.join(heading.split()))}</summary>\n"
            yield from (f"- {plain(line)}" for line in lines)
            yield "\n</details>"


def _schema_line(change: SchemaChange) -> str:
    where = change.table if change.column is None else f"{change.table}.{change.column}"
    sides = [_shown(side) for side in (change.old, change.new) if side is not None]
    return f"declared {where}: {change.change}" + (f" ({' -> '.join(sides)})" if sides else "")


def _table_lines(table: str, part: TableDiff) -> Iterator[str]:
    if part.is_same:
        return
    counts = [f"{number:,} {kind}" for kind, number in part.counts.items() if number]
    columns = [f"{column} {number:,}" for column, number in part.columns.items()]
    yield f"{table}: {part.old_rows:,} -> {part.new_rows:,} rows, {', '.join(counts)}" + (
        f" ({', '.join(columns)})" if columns else ""
    )
    changed = [
        f"  changed {row.id}: "
        + ", ".join(f"{column}: {_shown(old)} -> {_shown(new)}" for column, (old, new) in row.columns.items())
        for row in part.changed
    ]
    rekeyed = [f"  rekeyed {old} -> {new}" for old, new in part.rekeyed.head(LISTED).iter_rows()]
    for kind, lines in (
        ("removed", [f"  removed {row_id}" for row_id in part.removed]),
        ("added", [f"  added {row_id}" for row_id in part.added]),
        ("changed", changed),
        ("rekeyed", rekeyed),
    ):
        yield from _cut(lines, part.counts.get(kind, 0), f"  {kind}")


def _cut(lines: list[str], count: int, what: str) -> Iterator[str]:
    """The lines, and how many more there are."""
    yield from lines
    if count > len(lines):
        yield f"{what} {count - len(lines):,} more"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
