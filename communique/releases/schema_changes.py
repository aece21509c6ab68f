"""How the declarations of two releases differ, and what each difference does to a consumer's code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.releases.rows import Rows
from communique.releases.version import Bump

ID_SCHEME = "idScheme"
"""Where a declaration says how the ids of its rows are made."""


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A difference of declarations; `column` is None where it concerns the whole table."""

    table: str
    column: str | None
    change: str
    bump: Bump
    old: Any = None
    new: Any = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "table": self.table,
            "column": self.column,
            "change": self.change,
            "bump": self.bump.label,
            "old": self.old,
            "new": self.new,
        }


def schema_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    """Differences between two sets of declarations (Frictionless resources by table name)."""
    for table in old:
        if table not in new:
            yield SchemaChange(table, None, "table removed", Bump.MAJOR)
    for table, declared in new.items():
        if table not in old:
            yield SchemaChange(table, None, "table added", Bump.MINOR)
            continue
        yield from _column_changes(table, _fields(old[table]), _fields(declared))
        for part in ("primaryKey", "foreignKeys"):
            before, after = old[table]["schema"].get(part), declared["schema"].get(part)
            if before != after:
                yield SchemaChange(table, None, f"{part} changed", Bump.MAJOR, before, after)
        if id_scheme_differs(old[table], declared):
            yield SchemaChange(
                table, None, "ids are made in another way", Bump.MAJOR, old[table][ID_SCHEME], declared[ID_SCHEME]
            )
        for part in ("title", "description", "schemaVersion"):
            if old[table].get(part) != declared.get(part):
                yield SchemaChange(table, None, f"{part} changed", Bump.PATCH, old[table].get(part), declared.get(part))


def id_scheme_differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two declarations of a table say that ids are made in different ways; silence says nothing."""
    return ID_SCHEME in old and ID_SCHEME in new and old[ID_SCHEME] != new[ID_SCHEME]


def retyped_columns(old: Mapping[str, Rows], new: Mapping[str, Rows]) -> Iterator[SchemaChange]:
    """Columns whose type in the files differs."""
    for table, rows in new.items():
        before = old[table].schema if table in old else {}
        for column, dtype in rows.schema.items():
            if column in before and before[column] != dtype:
                yield SchemaChange(table, column, "column retyped", Bump.MAJOR, str(before[column]), str(dtype))


def _fields(declared: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {field["name"]: field for field in declared["schema"]["fields"]}


def _column_changes(
    table: str, old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterator[SchemaChange]:
    for column in old:
        if column not in new:
            yield SchemaChange(table, column, "column removed", Bump.MAJOR)
    for column, field in new.items():
        if column not in old:
            yield SchemaChange(table, column, "column added", Bump.MINOR)
            continue
        before = old[column]
        yield from _vocabulary_changes(table, column, before, field)
        if _required(before) and not _required(field):
            yield SchemaChange(table, column, "column may now be null", Bump.MAJOR)
        if _wording(before) != _wording(field):
            yield SchemaChange(table, column, "description or bounds changed", Bump.PATCH)


def _vocabulary_changes(
    table: str, column: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[SchemaChange]:
    before, after = _vocabulary(old), _vocabulary(new)
    if before == after:
        return
    if before is None or after is None:
        bump = Bump.MAJOR if before is not None else Bump.MINOR
        yield SchemaChange(table, column, "vocabulary opened or closed", bump, before, after)
        return
    if removed := [value for value in before if value not in after]:
        yield SchemaChange(table, column, "vocabulary values removed", Bump.MAJOR, removed, None)
    if added := [value for value in after if value not in before]:
        yield SchemaChange(table, column, "vocabulary values added", Bump.MINOR, None, added)


def _vocabulary(field: Mapping[str, Any]) -> list[str] | None:
    values = field.get("constraints", {}).get("enum")
    return None if values is None else sorted(values)


def _required(field: Mapping[str, Any]) -> bool:
    return bool(field.get("constraints", {}).get("required"))


def _wording(field: Mapping[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in field.items() if name not in {"type", "constraints"}}
    bounds = {name: value for name, value in field.get("constraints", {}).items() if name not in {"enum", "required"}}
    return {**rest, "bounds": bounds}
