"""A table under examination: of its rows those that break a rule are counted and the first are shown, none is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from communique.quality.checks import EXAMPLES, Check, CheckResult, Level, row_examples


@dataclass(frozen=True, slots=True)
class Examined:
    """A table by its name: its rows, how many there are, and the columns that name one."""

    name: str
    rows: pl.LazyFrame
    height: int
    key: Sequence[str]

    def result(self, kind: str, words: str, is_bad: pl.Expr, applies: pl.Expr | None = None) -> CheckResult:
        """A check of each row by itself; null counts as bad.  `applies` are the rows it speaks of, by default all."""
        bad = is_bad.fill_null(True)
        if applies is not None:
            bad = bad & applies
        counts = self.rows.select(
            failed=bad.sum(), applied=pl.lit(self.height, pl.Int64) if applies is None else applies.sum()
        )
        failed, applied = counts.collect(engine="streaming").row(0)
        return self.found(kind, words, applied, failed, self.rows.filter(bad))

    def unique(self, columns: Sequence[str], kind: str, words: str) -> CheckResult:
        """Whether all rows differ in these columns, told by hashes of 64 bits, which take less memory than the values.

        Rows that have none of these values are passed over.
        """
        named = pl.any_horizontal(pl.col(column).is_not_null() for column in columns)
        hashes = self.rows.select(hash=pl.struct(columns).hash(), named=named).collect(engine="streaming")
        twice = hashes["hash"].is_duplicated() & hashes["named"]
        numbers = twice.arg_true().head(EXAMPLES).to_list()
        found = self.rows.with_row_index("number").filter(pl.col("number").is_in(numbers))
        return self.found(kind, words, self.height, int(twice.sum()), found)

    def found(self, kind: str, words: str, applied: int, failed: int, bad: pl.LazyFrame) -> CheckResult:
        """The result of a check, with the first of the bad rows as examples."""
        check = Check(f"{self.name}.{kind}", words, Level.ROW, table=self.name)
        shown = bad.select(*self.key).head(EXAMPLES).collect(engine="streaming") if failed else pl.DataFrame()
        return check.result(applied, failed, row_examples(shown, self.key) if failed else ())
