"""Validation of a release's frames: what is published, what is quarantined, and what every check found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from communique.corrections.model import Applied
from communique.frames.actors import mention_counts, with_counts
from communique.quality.checks import EXAMPLES, Check, CheckResult, Example, Level, Severity, row_examples, stopping
from communique.quality.checks_duplicates import near_duplicates, repeated_articles
from communique.quality.checks_knowledge import REMEDY as CODE_REMEDY
from communique.quality.checks_knowledge import known_codes
from communique.quality.checks_plausibility import (
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
    schema_applied,
    schema_checks,
    schema_failures,
)
from communique.quality.checks_texts import checks_for, text_failures
from schemas.table import Table
from schemas.tables import DATA_TABLES, TABLES

__all__ = ["Limits", "StructureError", "Validation", "screen", "validate"]

_ERRORS, _EVERY = frozenset({Severity.ERROR}), frozenset(Severity)

_NO_ROWS = pl.Series(dtype=pl.UInt32)


@dataclass(frozen=True, slots=True)
class Validation:
    """The frames of all tables as they may be published, the quarantine among them, and the results of all checks."""

    frames: Mapping[str, pl.DataFrame]
    results: tuple[CheckResult, ...]

    @property
    def quarantine(self) -> pl.DataFrame:
        return self.frames["quarantine"]

    @property
    def stops(self) -> tuple[CheckResult, ...]:
        """The failed checks for which nothing may be published."""
        return stopping(self.results)

    @property
    def ok(self) -> bool:
        return not self.stops


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
    checked, published = _screened(frames, texts, reported=True)
    counts = _counts_of_actors(frames)
    recounted = with_counts(published["actors"], mention_counts(published["actor_mentions"]))
    published["actors"] = recounted.select(TABLES["actors"].dtypes.names())

    quarantine = _quarantine(frames, checked)
    released = {name: published.get(name, frames[name]) for name in TABLES} | {"quarantine": quarantine}
    if extracted is None:
        before = dict(frames["quarantine"].group_by("table").len().iter_rows())
        extracted = {name: frames[name].height + before.get(name, 0) for name in DATA_TABLES}
    results = [result for state in checked.values() for result in state.results]
    results += [
        *row_warnings(released),
        *null_shares(released),
        *near_duplicates(released),
        repeated_articles(released),
    ]
    results += [counts, unused_actors(released), publication_lines(released)]
    published_rows = {name: released[name].height for name in DATA_TABLES}
    results += release_checks(extracted, published_rows, quarantine, corrected, limits)
    return Validation(released, tuple(results))


def screen(
    frames: Mapping[str, pl.DataFrame], texts: Mapping[str, str] | None = None
) -> tuple[Mapping[str, pl.DataFrame], pl.DataFrame]:
    """The rows that `validate` publishes of each of `DATA_TABLES`, and the quarantine, without what it reports besides.

    The counts of actors are those of `frames`.
    """
    _require_tables(frames)
    checked, published = _screened(frames, texts, reported=False)
    return published, _quarantine(frames, checked)


def _screened(
    frames: Mapping[str, pl.DataFrame], texts: Mapping[str, str] | None, *, reported: bool
) -> tuple[dict[str, _Checked], dict[str, pl.DataFrame]]:
    """The tables after the checks, and the rows of each that are published."""
    checked = {name: _Checked(TABLES[name], frames[name], reported) for name in DATA_TABLES}
    published: dict[str, pl.DataFrame] = {}
    for table in in_order(checked[name].table for name in DATA_TABLES):
        state = checked[table.name]
        state.against_schema()
        state.against_knowledge()
        state.against_texts(texts)
        state.against_tables(published)
        published[table.name] = state.passed()
    return checked, published


def _quarantine(frames: Mapping[str, pl.DataFrame], checked: Mapping[str, _Checked]) -> pl.DataFrame:
    set_aside = pl.concat([frames["quarantine"], *(state.quarantined() for state in checked.values())])
    return set_aside.sort(TABLES["quarantine"].sort_by)


def check_schema(table: Table, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that pass the checks of single tables, and the others as rows of `quarantine`."""
    state = _Checked(table, frame)
    state.against_schema()
    state.against_knowledge()
    return state.passed(), state.quarantined()


def check_actors(table: Table, frame: pl.DataFrame, actors: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows whose actors are all among `actors`, and the others as rows of `quarantine`."""
    state = _Checked(table, frame)
    state.against_tables({"actors": actors})
    return state.passed(), state.quarantined()


@dataclass(slots=True)
class _Checked:
    """One table on its way through the checks, by errors alone where their results are not `reported`."""

    table: Table
    frame: pl.DataFrame
    reported: bool = False
    failures: list[pl.DataFrame] = field(default_factory=lambda: [pl.DataFrame(schema=FAILURES)])
    results: list[CheckResult] = field(default_factory=list)
    order: int = 0

    def against_schema(self) -> None:
        """Types, nulls, vocabularies, ranges, uniqueness and the conditions over rows."""
        found = schema_failures(self.table, self.frame)
        checks = schema_checks(self.table).values()
        if self.reported:
            failed = {check: rows["row"] for (check,), rows in found.group_by("check", maintain_order=True)}
            applied = schema_applied(self.table, self.frame)
            for check in checks:
                rows = failed.get(check.id, _NO_ROWS)
                self.results.append(check.result(applied[check.id], rows.len(), self._examples(check, rows)))
        self.failures.append(found)
        self.order = len(checks)

    def against_knowledge(self) -> None:
        """Codes of the world."""
        for condition in known_codes().get(self.table.name, ()):
            check = condition_check(self.table, condition, remedy=CODE_REMEDY)
            numbered = self._numbered().filter(~condition.passed)
            self._add(check, int(self.frame.select(condition.applied).item()), numbered["row"])

    def against_texts(self, texts: Mapping[str, str] | None) -> None:
        """Evidence, spans and digests."""
        for check in checks_for(self.table, _EVERY if self.reported else _ERRORS):
            applied, rows = (0, []) if texts is None else text_failures(check, self.frame, texts)
            self._add(check.of(self.table), applied, pl.Series(rows, dtype=pl.UInt32))

    def against_tables(self, published: Mapping[str, pl.DataFrame]) -> None:
        """The ids of the tables given, whose quarantined rows take those that refer to them along."""
        for key in (key for key in self.table.foreign_keys if key.table in published):
            self._add(relation_check(self.table, key), *dangling(key, self.frame, published))

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
        if self.reported:
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
        own = (place.partition(".") for place in check.covers)
        columns = [column for table, _, column in own if table == self.table.name]
        return row_examples(self.frame[rows.head(EXAMPLES)], self.table.primary_key or "", columns)

    def _bad_rows(self) -> pl.DataFrame:
        return pl.concat(self.failures).select("row").unique()

    def _numbered(self) -> pl.DataFrame:
        return self.frame.with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32))


def _require_tables(frames: Mapping[str, pl.DataFrame]) -> None:
    for name, table in TABLES.items():
        if name not in frames:
            raise StructureError(name, ["the table is missing"])
        require_structure(table, frames[name])


def _counts_of_actors(frames: Mapping[str, pl.DataFrame]) -> CheckResult:
    check = Check(
        "actors.counts",
        "`mentions` and `articles` count the rows of `actor_mentions`.",
        Level.TABLE,
        table="actors",
        covers=("actors.mentions", "actors.articles", "actor_mentions.actor_id"),
        remedy="count the mentions again after rows were taken out",
    )
    actors = frames["actors"]
    recounted = with_counts(actors, mention_counts(frames["actor_mentions"])).select("mentions", "articles")
    wrong = (actors["mentions"] != recounted["mentions"]) | (actors["articles"] != recounted["articles"])
    said = actors.with_columns(counted=recounted["mentions"]).filter(wrong)
    return check.result(actors.height, said.height, row_examples(said, "actor_id", ["mentions", "counted"]))
