"""How values read on a page: numbers as people write them, and no character that hides, moves or turns others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\N{ARABIC LETTER MARK}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    "\N{LINE SEPARATOR}-\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}\ufeff]"
)
"""Control characters but tab and newline, and those that turn or break the line; `assets/words.js` has the same."""

NOTHING = "–"


def visible(value: object) -> str:
    """The text with every character of `_UNSEEN` spelled out, as `[U+202E]`."""
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", str(value))


def shown(value: object) -> str:
    """A value of a table as a person reads it; a dash where there is none."""
    match value:
        case None | "" | []:
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.4f}".rstrip("0").rstrip(".")
        case list() | tuple():
            return ", ".join(visible(item) for item in value)
        case _:
            return visible(value)


def prose(text: object) -> Markup:
    """Words in which names of columns stand between backticks, with these as code."""
    parts = visible(text).split("`")
    marked = (Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts))
    return Markup("").join(marked)


def percent(share: float | None) -> str:
    """A share as a percentage; a dash where there is none."""
    return NOTHING if share is None else f"{share:.1%}"


def figure(value: float | None) -> str:
    """A share to three places, as precision and recall are given."""
    return NOTHING if value is None else f"{value:.3f}"


def change(value: float | None, places: int = 3) -> str:
    """A difference with its sign; a dash where there is none to give."""
    if value is None:
        return NOTHING
    rounded = round(value, places)
    if not rounded:
        return "±0"
    return f"{rounded:+,.{places}f}".replace("-", "\N{MINUS SIGN}")


def row_address(row_id: str) -> str:
    """Where the evidence browser shows the row."""
    return f"explore.html#{quote(row_id, safe='')}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "visible": visible,
    "shown": shown,
    "prose": prose,
    "row_address": row_address,
    "percent": percent,
    "figure": figure,
    "change": change,
}
"""The filters of the templates."""
