"""`communique collect`: new articles from feeds and pages into the folder of articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import console
from communique.cli.options import RAW, Json

if TYPE_CHECKING:
    from communique.collect.outcome import Collected


def collect(
    raw: Annotated[
        Path, typer.Option("--raw", metavar="DIR", file_okay=False, help="Folder that the articles go into.")
    ] = RAW,
    sources: Annotated[
        Path | None,
        typer.Option("--sources", metavar="FILE", dir_okay=False, help="Feeds and pages. [sources.toml in the folder]"),
    ] = None,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Hosts that the sources name may have private or loopback addresses."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Fetch new articles and revisions of known ones from the feeds and pages in sources.toml.

    Sources that fail are listed, the others go on; ends with 1 where nothing could be had from one of them.

    Examples:

        communique collect

        communique collect --raw articles --sources feeds.toml --json
    """
    from communique.collect.collecting import collect as run
    from communique.collect.sources import FILE, read_sources

    listed = read_sources(sources or raw / FILE)
    if not listed.enabled:
        console.note(f"{sources or raw / FILE}: no source is enabled, so nothing was fetched; set enabled = true")
    with console.status("Collecting"):
        collected = run(raw, listed, allow_private=allow_private)
    if as_json:
        console.say_json(collected.as_dict())
    else:
        _say(collected, raw)
    for line in _complaints(collected):
        console.note(line)
    if failed := collected.failed:
        console.fail(f"{len(failed)} of {len(collected.reports)} sources could not be collected; see the lines above")


def _complaints(collected: Collected) -> Iterator[str]:
    """A line for each problem; of a source that has one problem with many pages, the first and how many more."""
    from communique.collect.addresses import shown

    for report in collected.reports:
        same = Counter((problem.problem, problem.remedy) for problem in report.problems)
        for problem in report.problems:
            times = same.pop((problem.problem, problem.remedy), 0)
            if times:
                more = f" (and {times - 1} more pages of {shown(report.source.url)})" if times > 1 else ""
                yield f"{problem.url}: {problem.problem}{more}; {problem.remedy}"


def _say(collected: Collected, raw: Path) -> None:
    from communique.collect.library import Taken
    from communique.collect.outcome import COUNTS

    rows = [report.as_dict() for report in collected.reports]
    headings = ("source", *COUNTS, "problems")
    console.say_table(
        headings, [[row["source"], *(row[name] for name in COUNTS), len(row["problems"])] for row in rows]
    )
    new, revised = collected.total(Taken.NEW), collected.total(Taken.REVISED)
    articles, revisions = ("article" if new == 1 else "articles"), ("revision" if revised == 1 else "revisions")
    console.say(f"{new} new {articles} and {revised} {revisions} in {raw}" if new or revised else "Nothing is new")
