"""`explore.html`: the rows of a release with the sentences they come from, to look through in a browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from communique.pages.page import json_block, render
from communique.pages.selection import LIMIT, selected
from communique.pages.views import VIEWS
from communique.releases.rows import Rows
from schemas.table import Table
from schemas.tables import TABLES

_SENTENCE = {"evidence": "text", "sentence_start": "start", "sentence_end": "end"}
"""Columns of fact tables that the page keeps once per sentence, by their names there."""


def explore_page(version: str, tables: Mapping[str, Rows], limit: int = LIMIT) -> str:
    """The evidence browser of release `version`, made of its published tables (by name) alone.

    It holds at most `limit` rows, and the sentences of these rows, never an article.
    """
    offered = {name: tables[name] for name in VIEWS if name in tables}
    content = explore_data(version, offered, limit)
    counts = [
        {"name": table["name"], "title": table["title"], "rows": table["rows"], "held": table["held"]}
        for table in content["tables"]
    ]
    return render(
        "explore.html.j2",
        styles=("page.css", "explore.css"),
        scripts=("words.js", "data.js", "search.js", "table.js", "detail.js", "export.js", "explore.js"),
        version=version,
        tables=counts,
        is_whole=all(table["rows"] == table["held"] for table in counts),
        data=json_block(content),
    )


def explore_data(version: str, tables: Mapping[str, Rows], limit: int = LIMIT) -> dict[str, Any]:
    """The tables by columns, each column as its distinct values and the position of every row's value among them."""
    chosen = selected(tables, limit)
    sentences = _Sentences(chosen.values())
    return {
        "dataset": "communique",
        "version": version,
        "sentences": sentences.as_dict(),
        "tables": [
            {
                "name": name,
                "title": TABLES[name].title,
                "description": TABLES[name].description,
                "warning": TABLES[name].usage_warning,
                "key": TABLES[name].primary_key,
                "rows": tables[name].height,
                "held": frame.height,
                "shown": [column for column in VIEWS[name].columns if column in frame.columns],
                "filters": [column for column in VIEWS[name].filters if column in frame.columns],
                "sentence": sentences.of(frame),
                "columns": [_column(TABLES[name], frame[column]) for column in frame.columns],
            }
            for name, frame in chosen.items()
        ],
    }


def _column(table: Table, values: pl.Series) -> dict[str, Any]:
    """A column with what is declared of it; a release of other declarations may have one of which nothing is."""
    name = values.name
    declared = table.column(name) if name in table.dtypes else None
    about = {
        "name": name,
        "kind": _kind(values.dtype),
        "unit": declared and declared.unit,
        "description": declared.description if declared else "",
        "refers": declared is not None and declared.references is not None,
    }
    if name in _SENTENCE:
        return about | {"sentence": _SENTENCE[name]}
    return about | encoded(values)


def _kind(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.List):
        return "list"
    if dtype == pl.Boolean:
        return "flag"
    return "number" if dtype.is_numeric() else "text"


def encoded(series: pl.Series) -> dict[str, Any]:
    """The distinct values in the order they first come, and the code of each row, -1 for null.

    A column in which few values come again is its values, one a row, and `codes` is null.
    """
    rows = [_plain(value) for value in series.to_list()]
    codes: dict[Any, int] = {}
    for value in rows:
        if value is not None:
            codes.setdefault(_hashable(value), len(codes))
    if 2 * len(codes) > len(rows):
        return {"values": rows, "codes": None}
    values = [list(value) if isinstance(value, tuple) else value for value in codes]
    return {"values": values, "codes": [-1 if value is None else codes[_hashable(value)] for value in rows]}


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if value is None or isinstance(value, str | int | float | list) else value.isoformat()


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class _Sentences:
    """The sentences that rows come from, each once; those of which no row has the words have none."""

    def __init__(self, frames: Iterable[pl.DataFrame]) -> None:
        place = ("article_id", "sentence_start", "sentence_end")
        found = [
            frame.select(*place, text=pl.col("evidence") if "evidence" in frame.columns else pl.lit(None, pl.String))
            for frame in frames
            if "sentence_start" in frame.columns
        ]
        empty = pl.DataFrame(schema={**dict.fromkeys(place, pl.Int32), "article_id": pl.String, "text": pl.String})
        self._frame = (
            pl.concat([empty, *found])
            .group_by(place)
            .agg(pl.col("text").drop_nulls().first())
            .sort(place)
            .with_row_index("code")
        )

    def of(self, frame: pl.DataFrame) -> list[int] | None:
        """The position of the sentence of each row; None for tables without sentences."""
        if "sentence_start" not in frame.columns:
            return None
        keys = ["article_id", "sentence_start", "sentence_end"]
        return frame.select(keys).join(self._frame, on=keys, how="left", maintain_order="left")["code"].to_list()

    def as_dict(self) -> dict[str, Any]:
        frame = self._frame
        return {
            "article": encoded(frame["article_id"]),
            "start": frame["sentence_start"].to_list(),
            "end": frame["sentence_end"].to_list(),
            "text": frame["text"].to_list(),
        }
