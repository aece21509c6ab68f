"""`communique why`: a row, the sentence it came from, the rule that made it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl
import typer
from rich.text import Text

from communique.cli import console
from communique.cli.options import RAW, RELEASES, Json, open_named
from communique.releases.errors import ReleaseError

if TYPE_CHECKING:
    from communique.releases.reading import Release

MARKS = "»", "«"
"""Around the trigger span where there is no colour to mark it."""


def why(
    row_id: Annotated[str, typer.Argument(metavar="ROW_ID", help="The id of a row of any table.")],
    release: Annotated[
        str,
        typer.Option(
            "--release",
            metavar="RELEASE",
            help="A release, a version or a place of releases.",
        ),
    ] = str(RELEASES),
    texts: Annotated[
        Path, typer.Option("--texts", metavar="DIR", help="The articles; needed for the sentences of mentions.")
    ] = RAW,
    as_json: Json = False,
) -> None:
    """Show a row, its sentence with the words that made it marked, and the rule.

    Examples:

        communique why aid-0123456789ab

        communique why country:JPN --release processed/0.1.0 --json
    """

    found = open_named(release)
    table, row = _row(found, row_id)
    article = _article(found, row)
    sentence = _sentence(row, article, texts)
    if as_json:
        span = None if sentence is None else [row["char_start"], row["char_end"]]
        content = {"table": table, "row": row, "article": article, "sentence": sentence, "span": span}
        console.say_json(content | {"rule": row.get("rule"), "release": found.version})
        return
    console.say(f"{row_id} in {table}, release {found.version}")
    _say_values(row)
    if article is not None and table != "articles":
        source = [article["title"], article["publisher"], article["published"], article["source_url"]]
        console.say(f"article: {', '.join(str(part) for part in source if part)} ({article['source_file']})")
    if sentence is not None:
        console.say_text(_marked(sentence, row))
    elif "char_start" in row:
        console.note(f"communique: {texts}: the article is not there; give the folder of articles with --texts")
    if "rule" in row:
        console.say(f"rule: {row['rule']}")


def _row(release: Release, row_id: str) -> tuple[str, dict[str, Any]]:
    for name, part in release.resources.items():
        for key in part["schema"].get("primaryKey", ()):
            rows = release.frame(name).filter(pl.col(key) == row_id).to_dicts()
            if rows:
                return name, rows[0]
    raise ReleaseError(f"{row_id}: no row of release {release.version} has this id; it is the first column of a table")


def _article(release: Release, row: dict[str, Any]) -> dict[str, Any] | None:
    if "article_id" not in row:
        return None
    rows = release.frame("articles").filter(pl.col("article_id") == row["article_id"]).to_dicts()
    return rows[0] if rows else None


def _sentence(row: dict[str, Any], article: dict[str, Any] | None, texts: Path) -> str | None:
    """The evidence, for tables without it the sentence from the article's text, where that is at hand and the same."""
    if "char_start" not in row:
        return None
    if row.get("evidence") is not None:
        return str(row["evidence"])
    if article is None or not texts.is_dir():
        return None
    from communique.pipeline import read_folder

    for found in read_folder(texts)[0]:
        if found.text_sha256 == article["ingested_text_sha256"]:
            return found.text[row["sentence_start"] : row["sentence_end"]]
    return None


def _marked(sentence: str, row: dict[str, Any]) -> Text:
    """The sentence on one line with the trigger span in bold, or between marks without a terminal."""
    start, end = row["char_start"] - row["sentence_start"], row["char_end"] - row["sentence_start"]
    parts = [" ".join(console.printable(part).split("\n")) for part in _split(sentence, start, end)]
    left, right = MARKS
    return Text.assemble(parts[0], (left, "dim"), (parts[1], "bold reverse"), (right, "dim"), parts[2])


def _split(sentence: str, start: int, end: int) -> tuple[str, str, str]:
    return sentence[:start], sentence[start:end], sentence[end:]


def _say_values(row: dict[str, Any]) -> None:
    shown = {name: value for name, value in row.items() if name not in ("evidence", "rule")}
    for name, value in shown.items():
        if value is not None and value != []:
            console.say(f"  {name}: {', '.join(value) if isinstance(value, list) else value}")
