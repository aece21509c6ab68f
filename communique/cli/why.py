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

Neighbour = tuple[str, str, dict[str, Any]]
"""A row with its table and its id."""

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
        Path, typer.Option("--texts", metavar="DIR", help="The articles; needed for sentences with mentions alone.")
    ] = RAW,
    as_json: Json = False,
) -> None:
    """Show a row, its sentence with the words that made it marked, the rule, and what else the sentence gave.

    Examples:

        communique why aid-0123456789ab

        communique why country:JPN --release processed/0.1.0 --json
    """

    found = open_named(release)
    table, row = _row(found, row_id)
    article = _article(found, row)
    neighbours = _neighbours(found, row, row_id)
    sentence = _sentence(row, article, neighbours, texts)
    corrections = _corrections(found, row_id)
    if as_json:
        span = None if sentence is None else [row["char_start"], row["char_end"]]
        content = {"table": table, "row": row, "article": article, "sentence": sentence, "span": span}
        listed = [{"table": name, "id": key, "words": _words(sentence, row, other)} for name, key, other in neighbours]
        content |= {"rule": row.get("rule"), "corrections": corrections, "neighbours": listed}
        console.say_json(content | {"release": found.version})
        return
    console.say(f"{row_id} in {table}, release {found.version}")
    _say_values(row)
    if article is not None and table != "articles":
        _say_article(article)
    if sentence is not None:
        console.say_text(_marked(sentence, row))
    elif "char_start" in row:
        console.note(f"communique: {texts}: the article is not there; give the folder of articles with --texts")
    if "rule" in row:
        console.say(f"rule: {row['rule']}")
    for entry in corrections:
        values = ", ".join(
            f"{name} {entry['before'].get(name)!r} -> {value!r}" for name, value in entry["after"].items()
        )
        console.say(_line(f"corrected by {entry['author']} ({entry['action']}): {entry['reason']} {values}"))
    _say_neighbours(sentence, row, neighbours)


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


def _neighbours(release: Release, row: dict[str, Any], row_id: str) -> list[Neighbour]:
    """The other rows of the row's sentence with table and id, in the order of the text."""
    if "sentence_start" not in row:
        return []
    found: list[Neighbour] = []
    for name, part in release.resources.items():
        columns = {field["name"] for field in part["schema"]["fields"]}
        keys = part["schema"].get("primaryKey", ())
        if "sentence_start" in columns and len(keys) == 1:
            same = (pl.col("article_id") == row["article_id"]) & (pl.col("sentence_start") == row["sentence_start"])
            rows = release.frame(name).filter(same & (pl.col(keys[0]) != row_id)).to_dicts()
            found += [(name, other[keys[0]], other) for other in rows]
    return sorted(found, key=lambda one: (one[2]["char_start"], one[2]["char_end"]))


def _corrections(release: Release, row_id: str) -> list[dict[str, Any]]:
    """What people corrected of the row, as the release's quality report has it."""
    if not release.files.has("quality.json"):
        return []
    entries = release.report("quality.json").get("corrections", ())
    return [entry for entry in entries if row_id in (entry["id"], entry["replaces"])]


def _sentence(
    row: dict[str, Any], article: dict[str, Any] | None, neighbours: list[Neighbour], texts: Path
) -> str | None:
    """The evidence, for tables without it that of a neighbour, else the sentence of the article if that is at hand."""
    if "char_start" not in row:
        return None
    for one in (row, *(other for _, _, other in neighbours)):
        if one.get("evidence") is not None:
            return str(one["evidence"])
    if article is None or not texts.is_dir():
        return None
    from communique.articles.ingest import ingest
    from communique.articles.model import Article

    for found in ingest(texts):
        if isinstance(found, Article) and found.text_sha256 == article["ingested_text_sha256"]:
            return found.text[row["sentence_start"] : row["sentence_end"]]
    return None


def _words(sentence: str | None, row: dict[str, Any], other: dict[str, Any]) -> str:
    """The words that made another row of the sentence."""
    start = row["sentence_start"]
    return "" if sentence is None else sentence[other["char_start"] - start : other["char_end"] - start]


def _say_article(article: dict[str, Any]) -> None:
    parts = [article["title"], article["publisher"], article["published"]]
    console.say(_line(f"article: {', '.join(str(part) for part in parts if part)} ({article['source_file']})"))
    if article["source_url"]:
        console.say(_line(f"read it at: {article['source_url']}"))


def _say_neighbours(sentence: str | None, row: dict[str, Any], neighbours: list[Neighbour]) -> None:
    if neighbours:
        console.say(f"from the same sentence ({len(neighbours)}):")
    for table, key, other in neighbours:
        words = _line(_words(sentence, row, other))
        console.say(f"  {key} in {table}{f': {words}' if words else ''}")


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
            console.say(f"  {name}: {_line(', '.join(value) if isinstance(value, list) else value)}")


def _line(value: object) -> str:
    """A value on one line, so that none can pass for another line of the output."""
    return " ".join(str(value).split())
