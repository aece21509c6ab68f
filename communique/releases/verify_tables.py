"""Are the tables of a release what its own data package says of them, whichever version of the code made it.

Types, null values, ranges, patterns, vocabularies, keys and relations are those of the release's descriptor; only the
bounds of the evidence are known without it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from communique.quality.checks import Check, CheckResult, Level, Outcome, row_examples
from communique.quality.checks_texts import TEXT_CHECKS, text_failures
from communique.releases.errors import ReleaseError
from communique.releases.names import DESCRIPTOR
from communique.releases.parquet import decode, decode_schema
from communique.releases.reading import Release
from communique.releases.verify import Problem

_TYPES: Mapping[str, Callable[[pl.DataType], bool]] = {
    "string": lambda dtype: dtype == pl.String,
    "integer": lambda dtype: dtype.is_integer(),
    "number": lambda dtype: dtype.is_numeric(),
    "boolean": lambda dtype: dtype == pl.Boolean,
    "date": lambda dtype: dtype == pl.Date,
    "array": lambda dtype: dtype == pl.List,
}

_CONSTRAINTS: Mapping[str, Callable[[pl.Expr, Any], pl.Expr]] = {
    "enum": lambda column, values: column.is_in(values),
    "pattern": lambda column, pattern: column.str.contains(pattern),
    "minimum": lambda column, least: column >= least,
    "maximum": lambda column, most: column <= most,
    "exclusiveMinimum": lambda column, bound: column > bound,
    "exclusiveMaximum": lambda column, bound: column < bound,
}

_START, _END = pl.col("sentence_start"), pl.col("sentence_end")

_BOUNDS: tuple[tuple[str, str, tuple[str, ...], pl.Expr], ...] = (
    (
        "sentence_bounds",
        "The sentence begins and ends inside the article's text.",
        ("sentence_start", "sentence_end", "characters"),
        (_START >= 0) & (_START < _END) & (_END <= pl.col("characters")),
    ),
    (
        "trigger_bounds",
        "The trigger span lies inside the sentence.",
        ("sentence_start", "sentence_end", "char_start", "char_end"),
        (_START <= pl.col("char_start")) & (pl.col("char_start") < pl.col("char_end")) & (pl.col("char_end") <= _END),
    ),
    (
        "evidence_length",
        "The evidence is as long as the sentence's offsets say.",
        ("sentence_start", "sentence_end", "evidence"),
        pl.col("evidence").str.len_chars() == _END - _START,
    ),
)


def read_tables(release: Release) -> tuple[dict[str, pl.DataFrame], list[Problem]]:
    """The tables that are files of the declared shape, and what is wrong with the others."""
    frames: dict[str, pl.DataFrame] = {}
    problems: list[Problem] = []
    for name, part in release.resources.items():
        path = part["path"]
        try:
            data = release.files.read(path)
            frame, metadata = decode(data, path), decode_schema(data, path)
        except ReleaseError:
            problems.append(Problem(path, "is not a readable Parquet file"))
            continue
        wrong = (*_size(data, part), *_shape(frame, part), *_metadata(metadata, release, name, part))
        found = [Problem(path, what) for what in wrong]
        problems += found
        if not found:
            frames[name] = frame
    return frames, problems


def check_tables(
    release: Release, frames: Mapping[str, pl.DataFrame], texts: Mapping[str, str] | None = None
) -> list[CheckResult]:
    """The results of all checks that the release's descriptor declares, and of those of the evidence.

    `frames` are tables of the declared shape, `texts` the articles' texts by id; without them the evidence is checked
    against the bounds of the texts alone.
    """
    results: list[CheckResult] = []
    for name, frame in frames.items():
        schema = release.resources[name]["schema"]
        key = _listed(schema.get("primaryKey", []))
        for field in schema["fields"]:
            results += _field_results(name, frame, field, key)
        if key:
            results.append(_result(name, frame, key, "primary_key", "No two rows have the same key.", _twice(key)))
        for fields, target, columns in _relations(schema, name):
            if target in frames:
                results.append(_relation_result(name, frame, fields, target, frames[target].select(columns), key))
        results += _evidence_results(name, frame, frames, texts, key)
    return results


def failures(release: Release, results: Iterable[CheckResult]) -> list[Problem]:
    """The problems that failed checks are."""
    paths = {name: part["path"] for name, part in release.resources.items()}
    return [
        Problem(paths.get(result.table or "", DESCRIPTOR), _failed(result))
        for result in results
        if result.outcome is Outcome.FAILED
    ]


def _failed(result: CheckResult) -> str:
    share = f"{result.failed} of {result.applied}"
    return f"breaks {result.id} ({share}): {result.description} {result.names}".rstrip()


def _size(data: bytes, part: Mapping[str, Any]) -> Iterator[str]:
    if len(data) != part.get("bytes", len(data)):
        yield f"is {len(data)} bytes long, {DESCRIPTOR} says {part['bytes']}"


def _shape(frame: pl.DataFrame, part: Mapping[str, Any]) -> Iterator[str]:
    fields = {field["name"]: field for field in part["schema"]["fields"]}
    if frame.columns != list(fields):
        yield f"has not the columns that {DESCRIPTOR} declares"
        return
    for name, dtype in frame.schema.items():
        declared = str(fields[name].get("type"))
        if declared not in _TYPES or not _TYPES[declared](dtype):
            yield f"has {name} as {dtype}, {DESCRIPTOR} declares {declared}"
    if frame.height != part.get("rows", frame.height):
        yield f"has {frame.height} rows, {DESCRIPTOR} says {part['rows']}"


def _metadata(schema: Any, release: Release, name: str, part: Mapping[str, Any]) -> Iterator[str]:
    """Where what stands in the file about itself differs from the descriptor."""
    own = _decoded(schema.metadata)
    said = {"table": name, "data_version": release.version, "schema_version": part.get("schemaVersion")}
    for key, value in said.items():
        if value is not None and own.get(key) != value:
            yield f"says that its {key} is {own.get(key)}, {DESCRIPTOR} says {value}"
    described = {field["name"]: field.get("description") for field in part["schema"]["fields"]}
    for field in schema:
        if field.name in described and _decoded(field.metadata).get("description") != described[field.name]:
            yield f"describes {field.name} otherwise than {DESCRIPTOR}"


def _decoded(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    return {key.decode(): value.decode() for key, value in (metadata or {}).items()}


def _field_results(table: str, frame: pl.DataFrame, field: Mapping[str, Any], key: list[str]) -> Iterator[CheckResult]:
    name, constraints = field["name"], field.get("constraints", {})
    column = pl.col(name)
    if constraints.get("required"):
        yield _result(table, frame, key, f"{name}.required", f"`{name}` is never null.", column.is_null())
    if constraints.get("unique"):
        yield _result(table, frame, key, f"{name}.unique", f"No two rows have the same `{name}`.", _twice([name]))
    for kind, argument in constraints.items():
        if kind in _CONSTRAINTS:
            words = f"The {kind} of `{name}` is {json.dumps(argument, ensure_ascii=False)}."
            filled = frame.filter(column.is_not_null())
            yield _result(table, filled, key, f"{name}.{kind}", words, ~_CONSTRAINTS[kind](column, argument))


def _twice(columns: list[str]) -> pl.Expr:
    """Whether another row has the same values, told by hashes of 64 bits, which take less memory than the values."""
    return pl.struct(columns).hash().is_duplicated() & pl.any_horizontal(
        pl.col(column).is_not_null() for column in columns
    )


def _relations(schema: Mapping[str, Any], table: str) -> Iterator[tuple[list[str], str, list[str]]]:
    """Columns, the table they refer to and its columns; among them the lists of ids, which the standard leaves out."""
    for relation in schema.get("foreignKeys", ()):
        reference = relation["reference"]
        yield _listed(relation["fields"]), reference.get("resource") or table, _listed(reference["fields"])
    for field in schema["fields"]:
        if "references" in field:
            target, _, column = field["references"].partition(".")
            yield [field["name"]], target, [column]


def _relation_result(
    table: str, frame: pl.DataFrame, fields: list[str], target: str, others: pl.DataFrame, key: list[str]
) -> CheckResult:
    filled = frame.drop_nulls(fields).with_row_index("row of the table")
    ids = filled.select("row of the table", *fields)
    for field in fields:
        if ids.schema[field] == pl.List:
            ids = ids.explode(field, empty_as_null=False)
    orphans = ids.join(others, left_on=fields, right_on=others.columns, how="anti")["row of the table"]
    words = f"`{', '.join(fields)}` is the `{', '.join(others.columns)}` of a row of `{target}`."
    is_bad = pl.col("row of the table").is_in(orphans.unique().to_list())
    return _result(table, filled, key, f"{'_'.join(fields)}.reference", words, is_bad)


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _evidence_results(
    table: str,
    frame: pl.DataFrame,
    frames: Mapping[str, pl.DataFrame],
    texts: Mapping[str, str] | None,
    key: list[str],
) -> Iterator[CheckResult]:
    if "article_id" not in frame.columns:
        return
    looked_at = {"article_id", *key, *(column for _, _, columns, _ in _BOUNDS for column in columns)}
    spans = frame.select(column for column in frame.columns if column in looked_at)
    if "articles" in frames and table != "articles":
        lengths = frames["articles"].select("article_id", "characters")
        spans = spans.join(lengths, on="article_id", how="left", maintain_order="left")
    for kind, words, columns, holds in _BOUNDS:
        if set(columns) <= set(spans.columns):
            yield _result(table, spans, key, kind, words, ~holds)
    for check in TEXT_CHECKS if texts is not None else ():
        if set(check.columns) <= set(frame.columns):
            applied, rows = text_failures(check, frame, texts or {})
            found = Check(f"{table}.{check.id}", check.description, Level.ROW, check.severity, table)
            yield found.result(applied, len(rows), row_examples(frame[rows], key))


def _result(table: str, frame: pl.DataFrame, key: list[str], kind: str, words: str, is_bad: pl.Expr) -> CheckResult:
    bad = frame.filter(is_bad.fill_null(True))
    check = Check(f"{table}.{kind}", words, Level.ROW, table=table)
    return check.result(frame.height, bad.height, row_examples(bad, key))
