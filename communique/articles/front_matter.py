"""Front matter: the fields between two rules at the top of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from communique.articles.metadata import Metadata, is_date

_BLOCK: Final = re.compile(r"\s{0,20}---[ \t]*\n(?P<fields>(?:[^\n]{0,2000}\n){1,80}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD: Final = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_ITEM: Final = re.compile(r"[ \t]*-[ \t]+(.+)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields that name the article, and the offset at which its text begins."""

    metadata: Metadata
    end: int


def front_matter(text: str) -> FrontMatter:
    """The front matter of the text; an empty one that ends at 0 where there is none."""
    found = _BLOCK.match(text)
    fields = _fields(found["fields"]) if found else {}
    if not found or not fields:
        return FrontMatter(Metadata(), 0)
    published = next(
        (value[:10] for key in ("date", "published", "publishdate", "pubdate") for value in fields.get(key, [])), ""
    )
    return FrontMatter(
        Metadata(
            title=_first(fields, "title"),
            publisher=_first(fields, "publisher", "source", "site"),
            authors=tuple(fields.get("authors") or fields.get("author") or ()),
            published=published if is_date(published) else None,
            url=_first(fields, "url", "link", "source_url", "canonical"),
        ),
        found.end(),
    )


def _fields(block: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    latest: list[str] | None = None
    for line in block.splitlines():
        field, item = _FIELD.match(line), _ITEM.match(line)
        if field:
            value = field[2].strip()
            listed = value.strip("[]").split(",") if value.startswith("[") and value.endswith("]") else [value]
            latest = fields.setdefault(field[1].lower(), [])
            latest += [part for part in map(_bare, listed) if part]
        elif item and latest is not None:
            latest.append(_bare(item[1]))
        elif line.strip() and not line[:1].isspace():
            return {}
    return fields


def _bare(value: str) -> str:
    return value.strip().strip("\"'").strip()


def _first(fields: dict[str, list[str]], *keys: str) -> str | None:
    return next((fields[key][0] for key in keys if fields.get(key)), None)
