"""Gold annotations: what a careful reader finds in an article, as JSON beside its text.

A gold file names its text in `article.file` and holds rows per table.  A row points at its words by `quote`, made
unique by the wider context `in` where needed.  `optional` rows count neither way, `accept` lists further right values
of a column.  Actors are given by their `surfaces`: every whole-word occurrence in the body is a mention, the longest
form first, but for the contexts of `not_here`; mentions inside a context of `optional_mentions` count neither way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FACTS = ("aid_commitments", "tariffs", "recommendations")
SPANNED = (*FACTS, "dates")

Span = tuple[int, int]


class GoldError(ValueError):
    """A gold file that cannot be used: the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One row a reader found, `[start, end)` its trigger in code points of the text."""

    start: int
    end: int
    quote: str
    values: Mapping[str, Any]
    accept: Mapping[str, Sequence[Any]]
    optional: bool

    def right_values(self, column: str) -> list[Any]:
        """All values of `column` that count as right."""
        return [self.values.get(column), *self.accept.get(column, ())]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The gold of one article; `mentions` maps spans to actor ids and is None where actors were not annotated."""

    file: str
    text: str
    rows: Mapping[str, tuple[GoldRow, ...]]
    mentions: Mapping[Span, str] | None
    actor_types: Mapping[str, str]
    optional_spans: tuple[Span, ...]


def gold_files(folder: Path) -> dict[Path, dict[str, Any]]:
    """The gold files of a folder with their content; other JSON files are passed over.

    Raises:
        GoldError: a file is not JSON, or none of them is gold.
    """
    found: dict[Path, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, json.JSONDecodeError) as error:
            raise GoldError(f"{path}: not readable as JSON ({error})") from None
        if isinstance(data, dict) and "article" in data:
            if not isinstance(data["article"], dict) or not isinstance(data["article"].get("file"), str):
                raise GoldError(f"{path}: article.file must name the text")
            found[path] = data
    if not found:
        raise GoldError(f"{folder}: no gold files (*.json with an `article` entry) in this folder")
    return found


def gold_names(folder: Path) -> set[str]:
    """The names of the files that a folder has gold for.

    Raises:
        GoldError: a file is not JSON, or none of them is gold.
    """
    return {data["article"]["file"] for data in gold_files(folder).values()}


def load_gold(folder: Path, texts: Mapping[str, str]) -> tuple[list[GoldArticle], list[str]]:
    """The gold of a folder over `texts` (file name to text), and the names of gold texts that are not among them.

    Raises:
        GoldError: a gold file is broken or quotes words that its text does not have exactly once.
    """
    golds, absent = [], []
    for data in gold_files(folder).values():
        name = data["article"]["file"]
        if name in texts:
            golds.append(gold_article(data, texts[name]))
        else:
            absent.append(name)
    return golds, absent


def gold_article(data: Mapping[str, Any], text: str) -> GoldArticle:
    """Place the rows and mentions of one gold file in its text."""
    file = data["article"]["file"]
    actors = data.get("actors") or []
    types: dict[str, str] = {}
    for actor in actors:
        types.setdefault(actor["actor_id"], actor["type"])
    return GoldArticle(
        file=file,
        text=text,
        rows={table: tuple(_row(file, text, row) for row in data.get(table, ())) for table in SPANNED},
        mentions=_mentions(data, text) if actors else None,
        actor_types=types,
        optional_spans=tuple(
            match.span() for context in data.get("optional_mentions", ()) for match in _literal(context, text)
        ),
    )


def _row(file: str, text: str, row: Mapping[str, Any]) -> GoldRow:
    try:
        quote = row["quote"]
    except KeyError:
        raise GoldError(f"{file}: a gold row has no quote: {str(row)[:80]}") from None
    context = row.get("in") or quote
    at = text.find(context)
    if at < 0 or text.find(context, at + 1) >= 0:
        raise GoldError(f"{file}: the text does not have these words exactly once: {context!r}")
    inner = context.find(quote)
    if inner < 0:
        raise GoldError(f"{file}: the quote {quote!r} is not inside {context!r}")
    start = at + inner
    return GoldRow(start, start + len(quote), quote, row, row.get("accept", {}), bool(row.get("optional")))


def _literal(words: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(words), text)


def _body(data: Mapping[str, Any], text: str) -> Span:
    first, last = data.get("body_quotes_start"), data.get("body_quotes_end")
    start = max(text.find(first), 0) if first else 0
    at = text.rfind(last) if last else -1
    return start, at + len(last) if last and at >= 0 else len(text)


def _mentions(data: Mapping[str, Any], text: str) -> dict[Span, str]:
    body_start, body_end = _body(data, text)
    actors = data["actors"]
    barred: dict[str, list[Span]] = {}
    for actor in actors:
        spans = [match.span() for context in actor.get("not_here", ()) for match in _literal(context, text)]
        barred.setdefault(actor["actor_id"], []).extend(spans)
    forms = [(surface["text"], actor["actor_id"]) for actor in actors for surface in actor["surfaces"]]
    taken = bytearray(len(text))
    found: dict[Span, str] = {}
    for form, actor_id in sorted(forms, key=lambda pair: -len(pair[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            start, end = match.span()
            if start < body_start or end > body_end or any(taken[start:end]):
                continue
            if any(left <= start and end <= right for left, right in barred[actor_id]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            found[start, end] = actor_id
    return found
