"""The house: which room may import which, and the names that rows and tables share."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.articles.model import Article, Rejection
from communique.extraction import rows
from communique.extraction.model import Actor
from schemas.tables import FACT_TABLES, TABLES

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {
    "schemas": {"schemas"},
    "communique": {"communique", "schemas"},
    "flows": {"flows", "communique", "schemas"},
}

COMMAND_LINE = ("communique", "cli")
"""Stands outside the engine: it starts the flows, and nothing imports it."""

ROOMS_WITHOUT = {"schemas": {"prefect", "typer"}, "communique": {"prefect"}}

ROWS = {
    "aid_commitments": rows.AidCommitment,
    "tariffs": rows.Tariff,
    "dates": rows.DateExpression,
    "actor_mentions": rows.ActorMention,
    "recommendations": rows.Recommendation,
}


def modules() -> Iterator[Path]:
    for room in MAY_IMPORT:
        yield from sorted((ROOT / room).rglob("*.py"))


def imported(source: str) -> set[str]:
    """The top-level packages that a module imports anywhere, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found.add((node.module or "").split(".")[0])
    return found


def test_imports_are_seen_wherever_they_stand() -> None:
    assert imported("import a.b\nfrom c.d import e\ndef f():\n    import g") == {"a", "c", "g"}


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_below_it(module: Path) -> None:
    room, *below = module.relative_to(ROOT).parts
    found = imported(module.read_text(encoding="utf-8"))
    outside = (room, *below[:1]) == COMMAND_LINE
    assert found & MAY_IMPORT.keys() <= (MAY_IMPORT["flows"] if outside else MAY_IMPORT[room])


@pytest.mark.parametrize("module", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_knows_nothing_of_what_runs_it(module: Path) -> None:
    parts, source = module.relative_to(ROOT).parts, module.read_text(encoding="utf-8")
    if parts[:2] != COMMAND_LINE:
        assert not imported(source) & ROOMS_WITHOUT.get(parts[0], set())
        assert ".".join(COMMAND_LINE) not in source


def test_every_table_of_facts_has_its_row() -> None:
    assert set(ROWS) == set(FACT_TABLES)
    assert {field.name for field in dataclasses.fields(rows.ArticleRows)} == set(FACT_TABLES)


@pytest.mark.parametrize("table", FACT_TABLES)
def test_the_fields_of_a_row_are_columns_in_their_order(table: str) -> None:
    columns = list(TABLES[table].dtypes)
    fields = [field.name for field in dataclasses.fields(ROWS[table]) if field.name not in ("sentence", "rule")]
    assert fields == [column for column in columns if column in fields]


@pytest.mark.parametrize(
    ("table", "values", "made_later"),
    [
        ("articles", Article, {"characters", "words", "ingested_text_sha256"}),
        ("actors", Actor, {"mentions", "articles"}),
        ("rejected", Rejection, set()),
    ],
)
def test_the_columns_are_fields_of_the_values_or_made_later(table: str, values: type, made_later: set[str]) -> None:
    fields = {field.name for field in dataclasses.fields(values)}
    assert set(TABLES[table].dtypes) - fields == made_later
