"""The checks that the schemas declare: values of one column, and conditions over one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from pandera.errors import SchemaErrors

from communique.quality.checks import Check, Level, Severity
from schemas.table import Column, RowCheck, Table

FAILURES = pl.Schema({"row": pl.UInt32(), "order": pl.UInt32(), "check": pl.String(), "reason": pl.String()})
"""One row per failed check of a row: its number in the table, the check's place among the checks, id and words."""


class StructureError(ValueError):
    """A table that is not of the declared shape; `problems` names each difference in a line."""

    def __init__(self, table: str, problems: list[str]) -> None:
        super().__init__(f"{table}: {'; '.join(problems)}")
        self.table = table
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a check of pandera is called in ids, what it asks in words, and what is true of a column that passes it.

    `remedy` says what to do about a value that does not pass, where there is more to say than of any check.
    """

    name: str
    words: Callable[[Column, Mapping[str, Any]], str]
    passed: Callable[[pl.Expr, Mapping[str, Any]], pl.Expr]
    remedy: str = ""


_KINDS = {
    "isin": _Kind(
        "vocabulary",
        lambda c, _: f"`{c.name}` is one of {', '.join(c.values)}.",
        lambda values, a: values.is_in(a["allowed_values"]).all(),
        "mend the rule that gave the value, or add the value to schemas/vocabularies.py, which makes a MINOR release",
    ),
    "str_matches": _Kind(
        "pattern",
        lambda c, a: f"`{c.name}` has the form {a['pattern']}.",
        lambda values, a: values.str.contains(a["pattern"]).all(),
    ),
    "greater_than": _Kind(
        "minimum",
        lambda c, a: f"`{c.name}` is above {a['min_value']:g}.",
        lambda values, a: (values > a["min_value"]).all(),
    ),
    "greater_than_or_equal_to": _Kind(
        "minimum",
        lambda c, a: f"`{c.name}` is at least {a['min_value']:g}.",
        lambda values, a: (values >= a["min_value"]).all(),
    ),
    "less_than_or_equal_to": _Kind(
        "maximum",
        lambda c, a: f"`{c.name}` is at most {a['max_value']:g}.",
        lambda values, a: (values <= a["max_value"]).all(),
    ),
}

_STRUCTURAL_KINDS = {
    "not_nullable": _Kind(
        "filled", lambda c, _: f"`{c.name}` is never null.", lambda values, _: values.is_not_null().all()
    ),
    "field_uniqueness": _Kind(
        "unique",
        lambda c, _: f"No two rows have the same `{c.name}`.",
        lambda values, _: values.drop_nulls().is_unique().all(),
        "publish one row for each id: see both with `communique why`, then drop the copy where the rows are made",
    ),
}

_Key = tuple[str | None, str | int]
"""Column (None for conditions over the row), and the number or the name of a check of pandera."""


def schema_checks(table: Table) -> dict[_Key, Check]:
    """All checks that the table's schema declares, in the order of the columns."""
    found: dict[_Key, Check] = {}
    for column in table.columns:
        if not column.nullable:
            found[column.name, "not_nullable"] = _check(table, column, _STRUCTURAL_KINDS["not_nullable"], {})
        if column.unique:
            found[column.name, "field_uniqueness"] = _check(table, column, _STRUCTURAL_KINDS["field_uniqueness"], {})
        for number, declared in enumerate(column.checks):
            found[column.name, number] = _check(table, column, _KINDS[declared.name], declared.arguments)
    for number, condition in enumerate(table.row_checks):
        found[None, number] = condition_check(table, condition)
    return found


def condition_check(table: Table, condition: RowCheck, severity: Severity = Severity.ERROR, remedy: str = "") -> Check:
    """The check that a condition over the columns of a row is."""
    conditions = [expression for expression in (condition.applies, condition.holds) if expression is not None]
    columns = dict.fromkeys(name for expression in conditions for name in expression.meta.root_names())
    covers = tuple(f"{table.name}.{name}" for name in columns)
    name = f"{table.name}.{condition.id}"
    return Check(name, condition.description, Level.ROW, severity, table.name, covers, remedy)


def require_structure(table: Table, frame: pl.DataFrame) -> None:
    """Raises StructureError unless the frame has exactly the declared columns, in their order, with their types."""
    declared, actual = table.dtypes, frame.schema
    problems = [f"column {name} is missing" for name in declared if name not in actual]
    problems += [f"column {name} is not declared" for name in actual if name not in declared]
    problems += [
        f"column {name} is {actual[name]}, not {dtype}"
        for name, dtype in declared.items()
        if name in actual and actual[name] != dtype
    ]
    if not problems and list(actual) != list(declared):
        problems.append("columns are not in the declared order")
    if problems:
        raise StructureError(table.name, problems)


def schema_results(table: Table, frame: pl.DataFrame) -> tuple[dict[str, int], pl.DataFrame]:
    """How many rows each schema check speaks of, by its id, and the failures of all of them.

    Raises StructureError where the frame is not of the declared shape.
    """
    require_structure(table, frame)
    checks = schema_checks(table)
    figures = frame.select(*_applied(table, checks), *_soundness(table, checks)).row(0)
    applied = dict(zip((check.id for check in checks.values()), figures, strict=False))
    is_sound = frame.is_empty() or all(figures[len(checks) :])
    return applied, pl.DataFrame(schema=FAILURES) if is_sound else _failures(table, frame)


def _failures(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """The failures, from pandera's lazy validation."""
    try:
        table.schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases: pl.DataFrame = errors.failure_cases
    else:
        return pl.DataFrame(schema=FAILURES)
    if cases["index"].null_count():
        raise StructureError(table.name, cases.filter(pl.col("index").is_null())["check"].unique().sort().to_list())
    return (
        cases.select(
            row=pl.col("index").cast(pl.UInt32),
            column=pl.when(pl.col("schema_context") == "Column").then("column"),
            check=pl.coalesce(pl.col("check_number").cast(pl.String), "check"),
        )
        .join(_catalogue(table), on=["column", "check"], how="left", nulls_equal=True)
        .select("row", "order", check="id", reason="reason")
    )


def _soundness(table: Table, checks: Iterable[_Key]) -> Iterator[pl.Expr]:
    """What is true of a table in which no row fails a check of its schema, which is told in one pass."""
    for number, (column, kind) in enumerate(checks):
        if column is None:
            passed = table.row_checks[int(kind)].passed.all()
        elif isinstance(kind, str):
            passed = _STRUCTURAL_KINDS[kind].passed(pl.col(column), {})
        else:
            declared = table.column(column).checks[kind]
            passed = _KINDS[declared.name].passed(pl.col(column), declared.arguments)
        yield passed.alias(f"passed {number}")


def _applied(table: Table, checks: Iterable[_Key]) -> Iterator[pl.Expr]:
    """The number of rows that each check speaks of."""
    for number, (column, kind) in enumerate(checks):
        if column is None:
            count = table.row_checks[int(kind)].applied
        else:
            count = pl.len() if kind == "not_nullable" else pl.col(column).count()
        yield count.cast(pl.Int64).alias(f"applied {number}")


def _check(table: Table, column: Column, kind: _Kind, arguments: Mapping[str, Any]) -> Check:
    place, words = f"{table.name}.{column.name}", kind.words(column, arguments)
    return Check(f"{place}.{kind.name}", words, Level.FIELD, Severity.ERROR, table.name, (place,), kind.remedy)


def _catalogue(table: Table) -> pl.DataFrame:
    """The checks by pandera's column and check, to join failure cases with."""
    rows = [
        (column, str(kind), order, check.id, check.description)
        for order, ((column, kind), check) in enumerate(schema_checks(table).items())
    ]
    schema = {"column": pl.String, "check": pl.String, "order": pl.UInt32, "id": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
