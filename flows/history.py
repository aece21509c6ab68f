"""How sizes and accuracy went over the releases, as artifacts of Prefect."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from communique.releases.errors import ReleaseError
from communique.releases.names import QUALITY
from communique.releases.storage import Store

MOST = 50
"""Releases that the history goes back."""

_BARS = "▁▂▃▄▅▆▇█"


def history(store: Store, most: int = MOST) -> list[dict[str, Any]]:
    """A row for each of the latest releases, oldest first: its day, status, verdict, rows by table, accuracy by table.

    The accuracy of a table is the lowest F1 of its measures, null where it was not measured.  A release whose report
    cannot be read has what the index says of it.
    """
    entries = store.index().versions[-most:]
    return [
        {"version": entry.version, "released": entry.released, "status": entry.status}
        | _measured(_quality(store, entry.version))
        for entry in entries
    ]


def trend(rows: Sequence[Mapping[str, Any]]) -> str:
    """The history in Markdown: for each size and accuracy the first, the last, and a line of bars between them."""
    if not rows:
        return "No release yet.\n"
    lines = [
        f"Releases {rows[0]['version']} to {rows[-1]['version']}, {len(rows)} in all.",
        "",
        "| what | first | latest | least | most | from release to release |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for name in _figures(rows):
        values = [row.get(name) for row in rows]
        known = [value for value in values if value is not None]
        first, latest, least, most = map(_shown, (known[0], known[-1], min(known), max(known)))
        lines.append(f"| {name} | {first} | {latest} | {least} | {most} | {_bars(values)} |")
    return "\n".join(lines) + "\n"


def leave_history(store: Store) -> None:
    """Leave the history as a table and as a trend among the artifacts of the run."""
    rows = history(store)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    table = [{name: row.get(name) for name in columns} for row in reversed(rows)]
    create_table_artifact(key="history", table=table, description="Sizes and accuracy of the releases, latest first")
    create_markdown_artifact(key="trend", markdown=trend(rows), description="Sizes and accuracy over the releases")


def _quality(store: Store, version: str) -> Mapping[str, Any]:
    try:
        content = json.loads(store.files(version).read(QUALITY))
    except (OSError, ValueError, ReleaseError):
        return {}
    return content if isinstance(content, dict) else {}


def _measured(quality: Mapping[str, Any]) -> dict[str, Any]:
    rows = {row["table"]: row["published"] for row in quality.get("tables", ())}
    accuracy = {
        f"{table} F1": min(f1)
        for table, parts in quality.get("accuracy", {}).items()
        if isinstance(parts, dict) and (f1 := list(_f1(parts)))
    }
    return {"verdict": quality.get("verdict")} | rows | accuracy


def _f1(parts: Mapping[str, Any]) -> Iterator[float]:
    for part in parts.values():
        if isinstance(part, dict) and part.get("f1") is not None:
            yield float(part["f1"])


def _figures(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    named = dict.fromkeys(name for row in rows for name, value in row.items() if isinstance(value, int | float))
    return list(named)


def _bars(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    least, spread = min(known), max(known) - min(known)
    steps = len(_BARS) - 1
    return "".join(
        " " if value is None else _BARS[round((value - least) / spread * steps) if spread else steps // 2]
        for value in values
    )


def _shown(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
