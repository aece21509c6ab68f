"""The generated parts of `docs/quality.md`: the bounds with their reasons, and the dictionary of `quality.json`.

python -m docs.quality [--write]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from communique.quality.markdown import plain
from communique.quality.thresholds import bounds, null_share_limits

PAGE = Path(__file__).parent / "quality.md"


def bounds_table() -> str:
    """Every bound of `thresholds.toml`."""
    lines = ["| bound | at | below or above it | not for fewer than | why |", "|---|---:|---|---:|---|"]
    for bound in bounds().values():
        side = f"{'below' if bound.is_minimum else 'above'}: {'stops' if bound.stops else 'warns'}"
        lines.append(f"| `{bound.name}` | {bound.limit:,.10g} | {side} | {bound.fewest} | {bound.reason} |")
    limits = null_share_limits()
    shown = ", ".join(
        f"`{table}.{column}` {most:g}" for table, columns in limits.largest.items() for column, most in columns.items()
    )
    lines.append(f"| `null_shares` | {shown} | above: warns | {limits.fewest} | {limits.reason} |")
    return "\n".join(lines)


def dictionary() -> str:
    """Every part of the report that its schema describes; `figure` and `facts` stand in several places."""
    schema = json.loads((files("schemas") / "quality.schema.json").read_text(encoding="utf-8"))
    shared = {name: part for name, part in schema["$defs"].items() if "properties" in part}
    parts = [*_described(schema["properties"], "")]
    parts += [found for name, part in shared.items() for found in _described(part["properties"], f"{name}: ")]
    return "\n".join(
        ["| part | what it is |", "|---|---|", *(f"| `{path}` | {plain(words)} |" for path, words in parts)]
    )


def _described(parts: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for name, part in parts.items():
        where = f"{path}{name}"
        if "description" in part:
            yield where, part["description"]
        for inner, mark in _inside(part):
            yield from _described(inner, f"{where}{mark}.")


def _inside(part: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The parts of an object, of the objects in a list, and of what stands in one of several forms."""
    if "properties" in part:
        yield part["properties"], ""
    elif isinstance(part.get("items"), dict):
        yield from ((inner, f"[]{mark}") for inner, mark in _inside(part["items"]))
    for form in part.get("oneOf", ()):
        yield from _inside(form)


PARTS = {"bounds": bounds_table, "dictionary": dictionary}


def with_parts(page: str) -> str:
    """The page with its generated parts as they are now."""
    for name, made in PARTS.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}\n{made()}\n{end}{rest.partition(end)[2]}" if rest else page
    return page


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m docs.quality", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write them into {PAGE.name}")
    if parser.parse_args(arguments).write:
        PAGE.write_text(with_parts(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print("\n\n".join(made() for made in PARTS.values()))


if __name__ == "__main__":
    main()
