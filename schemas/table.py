"""What is declared about a table beside its columns, and its columns in one flat form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.vocabularies import Vocabulary

SPAN = ("article_id", "char_start", "char_end")
"""The columns that point at the words a row was made from."""


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A condition over the columns of one row.

    `applies` selects the rows it speaks of (None: all), `holds` is true for the good ones among them; null counts as
    not true.
    """

    id: str
    description: str
    applies: pl.Expr | None
    holds: pl.Expr

    @property
    def passed(self) -> pl.Expr:
        """True for rows that the check does not speak of or that satisfy it."""
        holds = self.holds.fill_null(False)
        return holds if self.applies is None else ~self.applies.fill_null(False) | holds

    @property
    def applied(self) -> pl.Expr:
        """The number of rows that the check speaks of."""
        return pl.len() if self.applies is None else self.applies.fill_null(False).sum()


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column (of ids, or of lists of ids) whose values are those of `table.reference`; null refers to nothing."""

    column: str
    table: str
    reference: str


@dataclass(frozen=True, slots=True)
class ColumnCheck:
    """A check of one column by pandera's name for it (`str_matches`, `isin`, ...), with its arguments."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the generators read it."""

    name: str
    dtype: pl.DataType
    nullable: bool
    unique: bool
    description: str
    unit: str | None
    vocabulary: type[Vocabulary] | None
    references: str | None
    checks: tuple[ColumnCheck, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the vocabulary, none where the column is open."""
        return () if self.vocabulary is None else tuple(member.value for member in self.vocabulary)

    @property
    def is_list(self) -> bool:
        return isinstance(self.dtype, pl.List)


@dataclass(frozen=True)
class Table:
    """A table: its pandera model and what a model has no place for.

    `id_columns` are the columns that, with the article and the trigger span, make the stable id, `id_recipe` is the
    version of how it is made of them, to be raised with every change.  `usage_warning` is what a user has to know
    before trusting a figure.
    """

    name: str
    title: str
    description: str
    usage_warning: str
    model: type[pa.DataFrameModel]
    sort_by: tuple[str, ...]
    primary_key: str | None = None
    id_prefix: str | None = None
    id_columns: tuple[str, ...] = ()
    id_recipe: int = 1
    row_checks: tuple[RowCheck, ...] = ()

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """The pandera schema of the model with the row checks, strict in columns and their order."""
        schema = self.model.to_schema()
        schema.checks = [
            pa.Check(_expression(check.passed), name=check.id, error=check.description) for check in self.row_checks
        ]
        return schema

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(_column(name, declared) for name, declared in self.schema.columns.items())

    @property
    def id_scheme(self) -> str | None:
        """How the ids of rows are made, None where they are names: other schemes give the same row another id."""
        made_of = ", ".join((*SPAN, *self.id_columns))
        return None if self.id_prefix is None else f"{self.id_recipe}: {self.id_prefix} from {made_of}"

    @cached_property
    def dtypes(self) -> pl.Schema:
        """The polars types by column, in the order of the file."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    @cached_property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        """The references of the columns."""
        pairs = ((column.name, column.references) for column in self.columns if column.references is not None)
        return tuple(ForeignKey(name, *target.split(".")) for name, target in pairs)

    def column(self, name: str) -> Column:
        """The column of that name; `KeyError` where there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def empty(self) -> pl.DataFrame:
        """The table without rows."""
        return pl.DataFrame(schema=self.dtypes)


class Model(pa.DataFrameModel):
    """The base of all models: exactly the declared columns, in the declared order, nothing converted."""

    class Config:
        strict = True
        ordered = True
        coerce = False


def _expression(passed: pl.Expr) -> Any:
    return lambda data: data.lazyframe.select(passed)


def _column(name: str, declared: Any) -> Column:
    (dtype,) = pl.Schema({name: declared.dtype.type}).dtypes()
    return Column(
        name=name,
        dtype=dtype,
        nullable=declared.nullable,
        unique=declared.unique,
        description=declared.description,
        checks=tuple(ColumnCheck(check.name, check.statistics) for check in declared.checks),
        **declared.metadata,
    )
