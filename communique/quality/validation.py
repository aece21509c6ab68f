"""Validation of a release's tables: what is published, what is quarantined, and what every check found.

Rows are checked a part of the articles at a time, since a row is checked beside its own article alone; what the parts
find adds up.  Checks over whole tables read the columns they need from where the tables are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from communique.corrections.model import Applied
from communique.frames.actors import mention_counts, with_counts
from communique.quality.checks import EXAMPLES, Check, CheckResult, Example, Level, Severity, row_examples, stopping
from communique.quality.checks_duplicates import near_duplicates, repeated_articles
from communique.quality.checks_knowledge import REMEDY as CODE_REMEDY
from communique.quality.checks_knowledge import known_codes
from communique.quality.checks_plausibility import (
    ROW_WARNINGS,
    null_shares,
    publication_lines,
    row_warnings,
    unused_actors,
)
from communique.quality.checks_relations import dangling, in_order, relation_check
from communique.quality.checks_release import Limits, release_checks
from communique.quality.checks_schema import (
    FAILURES,
    StructureError,
    condition_check,
    require_structure,
    schema_checks,
    schema_results,
)
from communique.quality.checks_texts import TextCheck, checks_for, text_failures
from communique.releases.rows import Rows, rows_of
from schemas.table import Table
from schemas.tables import DATA_TABLES, TABLES

__all__ = ["Checked", "Limits", "RowChecks", "StructureError", "Validation", "validate"]

_NO_ROWS = pl.Series(dtype=pl.UInt32)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks of some tables found: the rows that pass, counted by table, the others, and all results."""

    published: Mapping[str, int]
    quarantine: pl.DataFrame
    results: tuple[CheckResult, ...]

    @property
    def stops(self) -> tuple[CheckResult, ...]:
        """The failed checks for which nothing may be published."""
        return stopping(self.results)

    @property
    def ok(self) -> bool:
        return not self.stops


@dataclass(frozen=True, slots=True)
class Validation(Checked):
    """The same, with the frames of all tables as they may be published, the quarantine among them."""

    frames: Mapping[str, pl.DataFrame]


def validate(
    frames: Mapping[str, pl.DataFrame],
    texts: Mapping[str, str] | None = None,
    *,
    extracted: Mapping[str, int] | None = None,
    corrected: Sequence[Applied] = (),
    limits: Limits | None = None,
) -> Validation:
    """Splits all tables of `schemas.tables.TABLES` into rows that pass every error check and quarantined ones.

    `texts` are the ingested texts by article_id; without them the checks against the texts do not apply.  `extracted`
    are the rows extracted by table, by default those of `frames` and of the quarantine it brings along;
    `corrected` is what people changed since.
    Raises StructureError where a table lacks a column, has another or one of another type.
    """
    _require_tables(frames)
    rows = RowChecks(frames["actors"])
    published, unfit = rows.part(frames, texts)
    quarantine = pl.concat([frames["quarantine"], rows.unfit_actors, unfit]).sort(TABLES["quarantine"].sort_by)
    whole = {"actors": rows.actors(), "quarantine": quarantine}
    released = {name: frames[name] for name in TABLES} | published | whole
    if extracted is None:
        before = dict(frames["quarantine"].group_by("table").len().iter_rows())
        extracted = {name: frames[name].height + before.get(name, 0) for name in DATA_TABLES}
    checked = rows.checked(rows_of(released), quarantine, extracted, corrected, limits)
    return Validation(checked.published, quarantine, checked.results, released)


class RowChecks:
    """The checks of rows over the parts of a dataset, and what they find in all."""

    def __init__(self, actors: pl.DataFrame) -> None:
        """`actors` are those of all parts, with the mentions and articles of all rows before any is set aside."""
        self._described = actors
        self._results: dict[str, dict[str, CheckResult]] = {name: {} for name in DATA_TABLES}
        self._warnings: dict[str, CheckResult] = {}
        none = mention_counts(TABLES["actor_mentions"].empty())
        self._counts, self._counts_published = [none], [none]
        self._published: Counter[str] = Counter()
        self._actors, self.unfit_actors = self._split("actors", actors, None, {})
        self._known = frozenset(self._actors["actor_id"])

    def part(
        self, frames: Mapping[str, pl.DataFrame], texts: Mapping[str, str] | None = None
    ) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        """The rows of some articles that are published, by table, and the others as rows of `quarantine`.

        `frames` has these articles and all of their rows, sorted; `texts` are their texts by article_id.
        """
        known: dict[str, Collection[str]] = {"actors": self._known}
        published, unfit = {}, [TABLES["quarantine"].empty()]
        for table in in_order(TABLES[name] for name in DATA_TABLES):
            if table.name != "actors":
                published[table.name], aside = self._split(table.name, frames[table.name], texts, known)
                unfit.append(aside)
            if table.name == "articles":
                known["articles"] = frozenset(published["articles"]["article_id"])
        self._counts.append(mention_counts(frames["actor_mentions"]))
        self._counts_published.append(mention_counts(published["actor_mentions"]))
        return published, pl.concat(unfit)

    def actors(self) -> pl.DataFrame:
        """The actors that are published, with the mentions and articles of the published rows."""
        recounted = with_counts(self._actors, pl.concat(self._counts_published))
        return recounted.select(TABLES["actors"].dtypes.names())

    def checked(
        self,
        tables: Mapping[str, Rows],
        quarantine: pl.DataFrame,
        extracted: Mapping[str, int],
        corrected: Sequence[Applied] = (),
        limits: Limits | None = None,
    ) -> Checked:
        """What all checks found, once all parts were seen; `tables` are the published rows of all parts."""
        self._warn("actors", self.actors())
        results = [result for name in DATA_TABLES for result in self._results[name].values()]
        warned = {name: [r for r in self._warnings.values() if r.table == name] for name in ROW_WARNINGS}
        results += [result for of_table in warned.values() for result in of_table]
        results += [*null_shares(tables), *near_duplicates(tables), repeated_articles(tables)]
        results += [self._counts_of_actors(), unused_actors(tables), publication_lines(tables)]
        published = {name: tables[name].height for name in DATA_TABLES}
        results += release_checks(extracted, published, quarantine, corrected, limits)
        return Checked(published, quarantine, tuple(results))

    def _split(
        self,
        name: str,
        frame: pl.DataFrame,
        texts: Mapping[str, str] | None,
        known: Mapping[str, Collection[str]],
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        state = _TableChecks(TABLES[name], frame)
        state.against_schema()
        state.against_knowledge()
        state.against_texts(texts)
        state.against_tables(known)
        _add(self._results[name], state.results)
        passed = state.passed()
        if name != "actors":
            self._warn(name, passed)
        return passed, state.quarantined()

    def _warn(self, name: str, passed: pl.DataFrame) -> None:
        _add(self._warnings, row_warnings(TABLES[name], passed))

    def _counts_of_actors(self) -> CheckResult:
        check = Check(
            "actors.counts",
            "`mentions` and `articles` count the rows of `actor_mentions`.",
            Level.TABLE,
            table="actors",
            covers=("actors.mentions", "actors.articles", "actor_mentions.actor_id"),
            remedy="count the mentions again after rows were taken out",
        )
        actors = self._described
        recounted = with_counts(actors, pl.concat(self._counts)).select("mentions", "articles")
        wrong = (actors["mentions"] != recounted["mentions"]) | (actors["articles"] != recounted["articles"])
        said = actors.with_columns(counted=recounted["mentions"]).filter(wrong)
        return check.result(actors.height, said.height, row_examples(said, "actor_id", ["mentions", "counted"]))


def _add(sums: dict[str, CheckResult], results: Sequence[CheckResult]) -> None:
    for result in results:
        sums[result.id] = sums[result.id] + result if result.id in sums else result


@dataclass(slots=True)
class _TableChecks:
    """Rows of one table on their way through the checks."""

    table: Table
    frame: pl.DataFrame
    failures: list[pl.DataFrame] = field(default_factory=lambda: [pl.DataFrame(schema=FAILURES)])
    results: list[CheckResult] = field(default_factory=list)
    order: int = 0

    def against_schema(self) -> None:
        """Types, nulls, vocabularies, ranges, uniqueness and the conditions over rows."""
        checks = schema_checks(self.table).values()
        applied, found = schema_results(self.table, self.frame)
        by_check = () if found.is_empty() else found.group_by("check", maintain_order=True)
        failed = {check: rows["row"] for (check,), rows in by_check}
        for check in checks:
            rows = failed.get(check.id, _NO_ROWS)
            self.results.append(check.result(applied[check.id], rows.len(), self._examples(check, rows)))
        self.failures.append(found)
        self.order = len(checks)

    def against_knowledge(self) -> None:
        """Codes of the world."""
        for condition in known_codes().get(self.table.name, ()):
            check = condition_check(self.table, condition, remedy=CODE_REMEDY)
            failed = self.frame.select((~condition.passed).arg_true()).to_series()
            self._add(check, int(self.frame.select(condition.applied).item()), failed)

    def against_texts(self, texts: Mapping[str, str] | None) -> None:
        """Evidence, spans and digests."""
        checks = tuple(checks_for(self.table))
        unread: Iterable[tuple[TextCheck, int, list[int]]] = ((check, 0, []) for check in checks)
        for check, applied, rows in unread if texts is None else text_failures(checks, self.frame, texts):
            self._add(check.of(self.table), applied, pl.Series(rows, dtype=pl.UInt32))

    def against_tables(self, known: Mapping[str, Collection[str]]) -> None:
        """The published ids of the tables given; quarantined rows take those that refer to them along."""
        for key in (key for key in self.table.foreign_keys if key.table in known):
            self._add(relation_check(self.table, key), *dangling(key, self.frame, known[key.table]))

    def passed(self) -> pl.DataFrame:
        """The rows without a failure."""
        bad = self._bad_rows()
        if bad.is_empty():
            return self.frame
        return self._numbered().join(bad, on="row", how="anti", maintain_order="left").drop("row")

    def quarantined(self) -> pl.DataFrame:
        """The other rows as `quarantine` has them."""
        bad = self._bad_rows()
        if bad.is_empty():
            return TABLES["quarantine"].empty()
        rows = self._numbered().join(bad, on="row", how="semi", maintain_order="left")
        content = pl.struct(self.table.dtypes.names()).struct.json_encode()
        why = pl.concat(self.failures).sort("row", "order").group_by("row", maintain_order=True)
        reasons = why.agg(check=pl.col("check").first(), reason=pl.col("reason").str.join(" "))
        return (
            rows.select("row", content=content)
            .join(reasons, on="row", how="left", maintain_order="left")
            .select(table=pl.lit(self.table.name), row="content", check="check", reason="reason")
        )

    def _add(self, check: Check, applied: int, rows: pl.Series) -> None:
        self.results.append(check.result(applied, rows.len(), self._examples(check, rows)))
        if check.severity is Severity.ERROR:
            self.order += 1
        if check.severity is Severity.ERROR and not rows.is_empty():
            found = pl.DataFrame({"row": rows}).select(
                "row",
                order=pl.lit(self.order - 1, pl.UInt32),
                check=pl.lit(check.id),
                reason=pl.lit(check.description),
            )
            self.failures.append(found.cast(FAILURES))

    def _examples(self, check: Check, rows: pl.Series) -> list[Example]:
        """The first of these rows with their values in the columns that the check covers."""
        if rows.is_empty():
            return []
        own = (place.partition(".") for place in check.covers)
        columns = [column for table, _, column in own if table == self.table.name]
        return row_examples(self.frame[rows.head(EXAMPLES)], self.table.primary_key or "", columns)

    def _bad_rows(self) -> pl.DataFrame:
        found = pl.concat(self.failures)
        return (found if found.is_empty() else found.unique("row")).select("row")

    def _numbered(self) -> pl.DataFrame:
        return self.frame.with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32))


def _require_tables(frames: Mapping[str, pl.DataFrame]) -> None:
    for name, table in TABLES.items():
        if name not in frames:
            raise StructureError(name, ["the table is missing"])
        require_structure(table, frames[name])
