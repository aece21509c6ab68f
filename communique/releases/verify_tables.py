"""Are the tables of a release what its own data package says of them, whichever version of the code made it.

Types, null values, ranges, patterns, vocabularies, keys and relations are those of the release's descriptor; only the
bounds of the evidence are known without it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from communique.quality.checks import EXAMPLES, CheckResult, Outcome
from communique.releases.content import size_of
from communique.releases.errors import ReleaseError
from communique.releases.examined import Examined
from communique.releases.names import DESCRIPTOR
from communique.releases.parquet import decode_schema
from communique.releases.parts import Listed, listed_parts
from communique.releases.reading import Release
from communique.releases.rows import FileRows, Rows
from communique.releases.verify import Problem
from communique.releases.verify_texts import text_results

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


def read_tables(release: Release) -> tuple[dict[str, Rows], list[Problem]]:
    """The tables that are files of the declared shape, and what is wrong with the others."""
    tables: dict[str, Rows] = {}
    problems: list[Problem] = []
    for name, resource in release.resources.items():
        parts = listed_parts(resource)
        found = [Problem(part.path, what) for part in parts for what in _file_problems(release, name, part)]
        if not found:
            paths = [release.files.path(part.path) for part in parts]
            tables[name] = rows = FileRows(paths, name, kept_by=release.files)
            found = [Problem(DESCRIPTOR, what) for what in _sums(rows.height, paths, resource)]
        problems += found
    return tables, problems


def check_tables(
    release: Release, tables: Mapping[str, Rows], texts: Mapping[str, str] | None = None
) -> list[CheckResult]:
    """The results of all checks that the release's descriptor declares, and of those of the evidence.

    `tables` are those of the declared shape, `texts` the articles' texts by id; without them the evidence is checked
    against the bounds of the texts alone.
    """
    results: list[CheckResult] = []
    for name, rows in tables.items():
        schema = release.resources[name]["schema"]
        key = _listed(schema.get("primaryKey", []))
        table = Examined(name, rows.scan(), rows.height, key)
        for field in schema["fields"]:
            results += _field_results(table, field)
        if key:
            results.append(table.unique(key, "primary_key", "No two rows have the same key."))
        for fields, target, columns in _relations(schema, name):
            if target in tables:
                others = tables[target].scan().select(columns)
                results.append(_relation_result(table, fields, target, others))
        results += _bounds_results(table, rows, tables)
        results += text_results(table, rows, texts) if texts is not None else ()
    return results


def failures(release: Release, results: Iterable[CheckResult]) -> list[Problem]:
    """The problems that failed checks are."""
    paths = {name: listed_parts(resource)[0].path for name, resource in release.resources.items()}
    return [
        Problem(paths.get(result.table or "", DESCRIPTOR), _failed(result))
        for result in results
        if result.outcome is Outcome.FAILED
    ]


def _failed(result: CheckResult) -> str:
    share = f"{result.failed} of {result.applied}"
    return f"breaks {result.id} ({share}): {result.description} {result.names}".rstrip()


def _file_problems(release: Release, table: str, part: Listed) -> Iterator[str]:
    """What is wrong with one file of a table."""
    resource = release.resources[table]
    try:
        path = release.files.path(part.path)
        rows, metadata = FileRows(path, part.path), decode_schema(path, part.path)
        rows.require_readable()
    except ReleaseError:
        yield "is not a readable Parquet file"
        return
    if part.bytes not in (None, size := size_of(path)):
        yield f"is {size} bytes long, {DESCRIPTOR} says {part.bytes}"
    yield from _shape(rows, part, resource)
    yield from _metadata(metadata, release, table, resource)


def _sums(rows: int, paths: Iterable[Path], resource: Mapping[str, Any]) -> Iterator[str]:
    """Where the figures of a table are not those of its files together."""
    size = sum(map(size_of, paths))
    for what, found in (("bytes", size), ("rows", rows)):
        if resource.get(what, found) != found:
            yield f"says that {resource['name']} has {resource[what]} {what}, its files have {found}"


def _shape(rows: Rows, part: Listed, resource: Mapping[str, Any]) -> Iterator[str]:
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    if rows.schema.names() != list(fields):
        yield f"has not the columns that {DESCRIPTOR} declares"
        return
    for name, dtype in rows.schema.items():
        declared = str(fields[name].get("type"))
        if declared not in _TYPES or not _TYPES[declared](dtype):
            yield f"has {name} as {dtype}, {DESCRIPTOR} declares {declared}"
    if part.rows not in (None, rows.height):
        yield f"has {rows.height} rows, {DESCRIPTOR} says {part.rows}"


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


def _field_results(table: Examined, field: Mapping[str, Any]) -> Iterator[CheckResult]:
    name, constraints = field["name"], field.get("constraints", {})
    column = pl.col(name)
    if constraints.get("required"):
        yield table.result(f"{name}.required", f"`{name}` is never null.", column.is_null())
    if constraints.get("unique"):
        yield table.unique([name], f"{name}.unique", f"No two rows have the same `{name}`.")
    for kind, argument in constraints.items():
        if kind in _CONSTRAINTS:
            words = f"The {kind} of `{name}` is {json.dumps(argument, ensure_ascii=False)}."
            yield table.result(f"{name}.{kind}", words, ~_CONSTRAINTS[kind](column, argument), column.is_not_null())


def _relations(schema: Mapping[str, Any], table: str) -> Iterator[tuple[list[str], str, list[str]]]:
    """Columns, the table they refer to and its columns; among them the lists of ids, which the standard leaves out."""
    for relation in schema.get("foreignKeys", ()):
        reference = relation["reference"]
        yield _listed(relation["fields"]), reference.get("resource") or table, _listed(reference["fields"])
    for field in schema["fields"]:
        if "references" in field:
            target, _, column = field["references"].partition(".")
            yield [field["name"]], target, [column]


def _relation_result(table: Examined, fields: list[str], target: str, others: pl.LazyFrame) -> CheckResult:
    columns = others.collect_schema().names()
    filled = table.rows.drop_nulls(fields).select(*fields).with_row_index("number")
    ids = filled
    for field in fields:
        if ids.collect_schema()[field] == pl.List:
            ids = ids.explode(field, empty_as_null=False)
    orphans = ids.join(others, left_on=fields, right_on=columns, how="anti").select("number").unique()
    applied, failed = filled.select(pl.len()).collect(engine="streaming").item(), orphans.collect(engine="streaming")
    words = f"`{', '.join(fields)}` is the `{', '.join(columns)}` of a row of `{target}`."
    first = failed["number"].sort().head(EXAMPLES).to_list()
    found = table.rows.drop_nulls(fields).with_row_index("number").filter(pl.col("number").is_in(first))
    return table.found(f"{'_'.join(fields)}.reference", words, applied, failed.height, found)


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _bounds_results(table: Examined, rows: Rows, tables: Mapping[str, Rows]) -> Iterator[CheckResult]:
    columns = rows.schema.names()
    if "article_id" not in columns:
        return
    looked_at = {"article_id", *table.key, *(column for _, _, read, _ in _BOUNDS for column in read)}
    spans = table.rows.select(column for column in columns if column in looked_at)
    if "articles" in tables and table.name != "articles":
        lengths = tables["articles"].scan().select("article_id", "characters")
        spans = spans.join(lengths, on="article_id", how="left", maintain_order="left")
    joined = replace(table, rows=spans)
    for kind, words, read, holds in _BOUNDS:
        if {*read} <= {*spans.collect_schema().names()}:
            yield joined.result(kind, words, ~holds)
