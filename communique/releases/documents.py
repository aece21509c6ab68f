"""The documents beside the releases that follow from them: CHANGELOG.md, CITATION.cff, the sample rows in README.md,
and the versions that the guides tell people to load.

All are brought up to date after every run, so a run that died between publishing and writing is made good, and a
run that finds them current writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

import polars as pl

from communique.quality.markdown import plain
from communique.releases.changelog import with_release, with_yanked
from communique.releases.citation import CITATION, with_citation
from communique.releases.index import Index
from communique.releases.reading import Release, open_release
from communique.releases.rows import Rows
from communique.releases.storage import Store
from schemas.table import Table
from schemas.tables import TABLES

CHANGELOG, README = "CHANGELOG.md", "README.md"
GUIDES = (README, "docs/access.md")
"""The pages that tell readers which release to load."""

NO_RELEASE = "No release stands at present; the [changelog](CHANGELOG.md) says why.\n"
SAMPLES_BEGIN, SAMPLES_END = "<!-- tables: begin -->", "<!-- tables: end -->"

_PROVENANCE = frozenset(
    (
        *("article_id", "char_start", "char_end", "evidence", "sentence_start", "sentence_end", "rule"),
        *("sha256", "ingested_text_sha256", "source_url", "source_file"),
    )
)
_VALUES = 9
_LONGEST = 60


def update_documents(folder: Path, store: Store) -> list[Path]:
    """Bring the folder's documents up to the releases of the store; returns those that were written."""
    index = store.index()
    if index.newest is None:
        return []
    latest = open_release(store.files(index.latest), index[index.latest]) if index.latest else None
    changes = {
        CHANGELOG: lambda text: _changelog(text, index, latest),
        README: lambda text: with_samples(text, latest),
        CITATION: lambda text: _citation(text, latest),
    }
    written = [_rewrite(folder / name, change) for name, change in changes.items()]
    written += [_rewrite(folder / name, lambda text: _off_yanked(text, store, index)) for name in GUIDES]
    return sorted({path for path in written if path is not None})


def changelog(folder: Path) -> str | None:
    """The text of the folder's changelog, None where it has none."""
    path = folder / CHANGELOG
    return path.read_text(encoding="utf-8") if path.is_file() else None


def with_samples(text: str, release: Release | None) -> str:
    """The text with the table of tables between its markers; unchanged where it has none."""
    table = sample_table(release) if release else NO_RELEASE
    block = f"{SAMPLES_BEGIN}\n{table}{SAMPLES_END}"
    return re.sub(f"{re.escape(SAMPLES_BEGIN)}.*?{re.escape(SAMPLES_END)}", lambda _: block, text, flags=re.DOTALL)


def sample_table(release: Release) -> str:
    """The tables of a release as a Markdown table: what a row is, how many there are, one of them."""
    lines = ["| table | what it holds | rows | a row |", "|---|---|---:|---|"]
    for name, table in TABLES.items():
        rows = release.rows(name)
        lines.append(f"| `{name}` | {plain(table.description)} | {rows.height} | {_sample(table, rows)} |")
    return "\n".join(lines) + "\n"


def _changelog(text: str, index: Index, latest: Release | None) -> str:
    if latest is not None and latest.entry is not None:
        text = with_release(text, latest.json("diff.json"), latest.entry.released)
    for entry in index.versions:
        if entry.is_yanked:
            text = with_yanked(text, entry.version, entry.why or "")
    return text


def _citation(text: str, latest: Release | None) -> str:
    if latest is None or latest.entry is None:
        return text
    return with_citation(text, latest.version, latest.entry.released)


def _off_yanked(text: str, store: Store, index: Index) -> str:
    """The text with the latest in the place of yanked releases, where it tells people what to load."""
    if index.latest is None:
        return text
    place = re.escape(PurePath(store.location).name)
    yanked = "|".join(re.escape(entry.version) for entry in index.versions if entry.is_yanked)
    return re.sub(rf'(\b{place}/|\bversion=")(?:{yanked})(?!\d)', rf"\g<1>{index.latest}", text) if yanked else text


def _sample(table: Table, rows: Rows) -> str:
    """The fullest row, the first of equals, by its filled columns."""
    if not rows.height:
        return "–"
    named = {f"{column}_id" for column in table.dtypes}
    shown = [column for column in table.dtypes if column not in _PROVENANCE | named]
    filled = rows.select(columns=pl.sum_horizontal(pl.col(column).is_not_null() for column in shown))["columns"]
    row = rows.take((filled == filled.max()).arg_true().head(1), shown).row(0, named=True)
    parts = [f"{column} = {plain(value)}" for column, value in _values(row, shown)]
    return ", ".join(parts[:_VALUES]) + (", …" if len(parts) > _VALUES else "")


def _values(row: Mapping[str, Any], columns: list[str]) -> Iterator[tuple[str, str]]:
    for column in columns:
        value = row[column]
        if value is None or value is False or value == []:
            continue
        text = "; ".join(value) if isinstance(value, list) else f"{value:,.0f}" if _is_sum(value) else str(value)
        yield column, text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def _is_sum(value: object) -> bool:
    return isinstance(value, float) and value >= 1000


def _rewrite(path: Path, change: Callable[[str], str]) -> Path | None:
    """The path, where the change made a difference that was written."""
    if not path.is_file():
        return None
    before = path.read_text(encoding="utf-8")
    after = change(before)
    if after == before:
        return None
    path.write_text(after, encoding="utf-8")
    return path
