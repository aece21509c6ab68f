"""The data dictionary: `python -m schemas.dictionary [FILE]` writes it, to docs/data-dictionary.md by default."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from schemas.table import Column, Table
from schemas.tables import SCHEMA_VERSION, TABLES
from schemas.vocabularies import Vocabulary

HOME = Path("docs/data-dictionary.md")

_TYPE_NAMES: dict[pl.DataType, str] = {
    pl.String(): "text",
    pl.Int32(): "integer",
    pl.Float64(): "number",
    pl.Boolean(): "boolean",
    pl.Date(): "date",
    pl.List(pl.String()): "list of text",
}

_HEAD = f"""# Data dictionary

Schema version {SCHEMA_VERSION}. Generated from `schemas/` by `python -m schemas.dictionary`: edit the declarations, not
this page.

Offsets count Unicode code points of the article's ingested text, end exclusive: `text[char_start:char_end]` is the
trigger span and `text[sentence_start:sentence_end]` the sentence. Null means that the text does not say.
"""


def dictionary() -> str:
    """All tables with their columns, then all vocabularies with the meaning of each value, as Markdown."""
    contents = "\n".join(f"- [`{table.name}`](#{table.name}): {table.description}" for table in TABLES.values())
    sections = [_section(table) for table in TABLES.values()]
    return "\n".join([_HEAD, contents, "", *sections, "## Vocabularies", "", *map(_vocabulary, vocabularies())])


def vocabularies() -> tuple[type[Vocabulary], ...]:
    """The vocabularies in use, in the order of the columns that use them."""
    used = (column.vocabulary for table in TABLES.values() for column in table.columns)
    return tuple(dict.fromkeys(vocabulary for vocabulary in used if vocabulary is not None))


def _section(table: Table) -> str:
    lines = [f"## {table.name}", "", table.description, "", f"**Before use:** {table.usage_warning}", ""]
    if table.primary_key is not None:
        lines += [f"Primary key: `{table.primary_key}`.", ""]
    lines += ["| column | type | null? | unit | vocabulary | description |", "|---|---|---|---|---|---|"]
    lines += [_row(column) for column in table.columns]
    if table.row_checks:
        lines += ["", "Every row also satisfies:", ""]
        lines += [f"- {check.description}" for check in table.row_checks]
    return "\n".join([*lines, ""])


def _row(column: Column) -> str:
    vocabulary = "" if column.vocabulary is None else f"[{column.vocabulary.__name__}](#{_anchor(column.vocabulary)})"
    description = column.description
    if column.references is not None:
        description += f" Refers to `{column.references}`."
    cells = (
        f"`{column.name}`",
        _TYPE_NAMES[column.dtype],
        "yes" if column.nullable else "no",
        column.unit or "",
        vocabulary,
        description,
    )
    return "| " + " | ".join(cells) + " |"


def _vocabulary(vocabulary: type[Vocabulary]) -> str:
    lines = [f"### {vocabulary.__name__}", "", "| value | meaning |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{member.value}` | {member.meaning} |" for member in vocabulary), ""])


def _anchor(vocabulary: type[Vocabulary]) -> str:
    return vocabulary.__name__.lower()


def main(arguments: list[str]) -> None:
    """Write the dictionary to the file named, or to its home."""
    target = Path(arguments[0]) if arguments else HOME
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(dictionary(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
