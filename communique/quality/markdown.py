"""`quality.md`: the report for a CI job summary, a terminal, a reader without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from communique.templates import templates

SHOWN = 50
"""Rejected files and quarantined rows that are spelled out; `quality.json` has all."""

_KEY = re.compile(r"[\w:./-]+")

_MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_[]|~#"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})


def render_markdown(report: Mapping[str, Any]) -> str:
    """`quality.md` from the content of `quality.json`."""
    filters: dict[str, Callable[..., str]] = {"plain": plain, "code": _code, "figure": _figure, "shortened": _shortened}
    environment = templates("communique.quality", filters, markup=False)
    return environment.get_template("quality.md.j2").render(report=report, shown=SHOWN)


def plain(value: object) -> str:
    """A value as the text of a Markdown table cell: on one line, nothing in it read as markup."""
    if value is None:
        return "–"
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return " ".join(text.split()).translate(_MARKDOWN)


def _code(value: str) -> str:
    """A key as code, if it has the form of one."""
    return f"`{value}`" if _KEY.fullmatch(value) else plain(value)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}"


def _shortened(text: str, most: int) -> str:
    """At most so many characters, cut after a whole entry of a list."""
    return text if len(text) <= most else f"{text[:most].rpartition(';')[0]}; …"
