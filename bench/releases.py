"""Time and peak memory of `communique diff` and `communique validate` on releases of any size.

    python -m bench.releases [--mentions 100000 5000000] [--json] [--keep DIR]

The rows of a small corpus of our own, extracted once, are copied under new articles and ids until there are as many
mentions as wanted.  The second release of a pair has an article more, some rows changed and some rows gone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from bench.corpus import write_corpus
from communique.pipeline import extract_folder
from communique.releases.croissant import croissant
from communique.releases.descriptor import descriptor
from communique.releases.index import json_bytes
from communique.releases.names import CROISSANT, DESCRIPTOR, DIFF, QUALITY, QUALITY_PAGE, SUMS
from communique.releases.parquet import ROWS_PER_GROUP, Part, encode_parts
from communique.releases.sums import encode_sums, sums_of
from schemas.tables import DATA_TABLES, FACT_TABLES, TABLES

MEGABYTE = 1_000_000
SEED_CORPUS = 300_000
"""Bytes of text whose rows are copied."""

CHANGED_EVERY, DROPPED_EVERY = 997, 4_999
"""One row in so many is changed, or one fact dropped, from the first release of a pair to the second."""

PER_HUNDRED_MENTIONS = {"aid_commitments": 1.5, "tariffs": 1, "dates": 9, "recommendations": 4}
"""Rows of the other tables as published articles have them; the texts of the corpus are thicker with facts."""

_SPREAD = 0x9E3779B97F4B
"""Odd, so that multiples of it below 2**48 are all different and look like digests."""


_SCRIPT = """
import atexit, sys
from pathlib import Path
place, own = Path(sys.argv.pop()), Path("/proc/self/status")
if own.exists():
    atexit.register(lambda: place.write_text(own.read_text()))
from communique.cli import main
main()
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command over releases of so many rows: seconds on the clock and of all processors, and the peak of
    its resident memory in MB."""

    command: str
    mentions: int
    rows: int
    megabytes: float
    seconds: float
    processor_seconds: float
    peak_rss: float
    exit_code: int


def seed_frames(folder: Path) -> dict[str, pl.DataFrame]:
    """The tables of a small corpus."""
    write_corpus(folder, SEED_CORPUS)
    with TemporaryDirectory() as out:
        tables = extract_folder(folder, Path(out)).tables
        frames = {name: rows.scan().collect() for name, rows in tables.items()}
    mentions = frames["actor_mentions"].height
    for name, share in PER_HUNDRED_MENTIONS.items():
        frames[name] = frames[name].head(round(mentions * share / 100))
    return frames


def write_release(folder: Path, frames: Mapping[str, pl.DataFrame], version: str, copies: int, *, mended: bool) -> int:
    """Write the files of a release with so many copies of the frames; returns its rows.  Reports are left out."""
    folder.mkdir(parents=True)
    parts = {
        name: encode_parts(table, _copied(name, frames, copies + mended, mended=mended), version, folder)
        for name, table in TABLES.items()
    }
    _describe(folder, version, parts)
    return sum(part.rows for found in parts.values() for part in found)


def _describe(folder: Path, version: str, parts: Mapping[str, Sequence[Part]]) -> None:
    """Write the files beside the tables: descriptions, digests, and reports that say as much as is looked at."""
    files = {
        DESCRIPTOR: json_bytes(descriptor(version, TABLES["articles"].empty(), parts)),
        CROISSANT: json_bytes(croissant(version, parts)),
        QUALITY: json_bytes({"version": version}),
        QUALITY_PAGE: b"",
        DIFF: json_bytes({"to": version}),
    }
    sums = {part.name: part.sha256 for found in parts.values() for part in found} | sums_of(files)
    for name, content in {**files, SUMS: encode_sums(sums)}.items():
        (folder / name).write_bytes(content)


def _copied(name: str, frames: Mapping[str, pl.DataFrame], copies: int, *, mended: bool) -> Iterator[pl.DataFrame]:
    """The rows of a table in the order of its file."""
    frame = frames[name]
    if name == "actors":
        yield frame.with_columns(pl.col("mentions", "articles") * copies)
        return
    if name not in DATA_TABLES:
        return
    key, at = TABLES[name].primary_key or "", 0
    sort_by, together = TABLES[name].sort_by, max(1, ROWS_PER_GROUP // max(1, frame.height))
    for first in range(0, copies, together):
        numbers = pl.DataFrame({"copy": range(first, min(copies, first + together))})
        part = numbers.join(frame, how="cross", maintain_order="left_right")
        copy = pl.concat_str(pl.lit("c"), pl.col("copy").cast(pl.String).str.zfill(7), pl.lit("-"))
        part = part.with_columns(article_id=pl.concat_str(copy, "article_id"), copy=copy)
        if "evidence" in frame.columns:
            rest = pl.col("evidence").str.slice(pl.col("copy").str.len_chars())
            fits = pl.col("evidence").str.len_chars() > 2 * pl.col("copy").str.len_chars()
            part = part.with_columns(evidence=pl.when(fits).then(pl.concat_str("copy", rest)).otherwise("evidence"))
        part = part.select(frame.columns)
        row = pl.int_range(at, at + part.height, eager=True)
        at += part.height
        if name in FACT_TABLES:
            ids = [f"{TABLES[name].id_prefix}-{number * _SPREAD % 2**48:012x}" for number in row]
            part = part.with_columns(pl.Series(key, ids))
        else:
            part = part.with_columns(source_file=pl.concat_str("article_id", pl.lit(".txt")))
        if mended and name in FACT_TABLES:
            rule = pl.when(row % CHANGED_EVERY == 1).then(pl.col("rule") + "-mended").otherwise("rule")
            part = part.with_columns(rule=rule)
            if name != "actor_mentions":
                part = part.filter(row % DROPPED_EVERY != 2)
        yield part.sort(sort_by, maintain_order=True)


def measured(command: str, arguments: Sequence[str], folder: Path) -> tuple[float, float, float, int]:
    """Seconds on the clock and of all processors, peak resident memory in MB and exit code of a command.

    It runs in a process of its own; the peak is 0 where the system does not tell.
    """
    status = folder / "status"
    status.write_text("VmHWM: 0 kB", encoding="ascii")
    with (folder / "output").open("w", encoding="utf-8") as output:
        begin, before = time.perf_counter(), os.times()
        done = subprocess.run([sys.executable, "-c", _SCRIPT, command, *arguments, status], stdout=output, check=False)
        seconds, after = time.perf_counter() - begin, os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
    return seconds, busy, int(peak) * 1024 / MEGABYTE, done.returncode


def runs(folder: Path, sizes: Sequence[int]) -> Iterator[Run]:
    """The commands on a pair of releases of each size (mentions)."""
    frames = seed_frames(folder / "raw")
    for size in sizes:
        copies = max(1, round(size / frames["actor_mentions"].height))
        old, new = folder / f"{size}/1.0.0", folder / f"{size}/1.1.0"
        rows = 0
        for path, version, mended in ((old, "1.0.0", False), (new, "1.1.0", True)):
            rows = write_release(path, frames, version, copies, mended=mended)
        mentions = copies * frames["actor_mentions"].height
        megabytes = round(sum(path.stat().st_size for path in new.iterdir()) / MEGABYTE, 1)
        for command, arguments in (
            ("diff", [str(old), str(new)]),
            ("diff", [str(old), str(old)]),
            ("diff", [str(old), str(new), "--json"]),
            ("validate", [str(new)]),
        ):
            seconds, busy, peak, code = measured(command, arguments, folder)
            named = " ".join([command, *(Path(argument).name for argument in arguments)])
            yield Run(named, mentions, rows, megabytes, round(seconds, 1), round(busy, 1), round(peak), code)


def markdown(found: Sequence[Run]) -> str:
    """The runs as a table."""
    lines = ["| command | mentions | rows | MB | s | CPU s | peak RSS, MB | exit |", "|---|" + "---:|" * 7]
    for run in found:
        cells = (f"{value:,}" if isinstance(value, int) else str(value) for value in asdict(run).values())
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.releases", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mentions", type=int, nargs="+", default=[100_000, 5_000_000], help="mentions in a release")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the releases in this new folder")
    parser.add_argument("--json", action="store_true", help="JSON instead of Markdown")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        found = list(runs(folder, options.mentions))
    print(json.dumps([asdict(run) for run in found], indent=2) if options.json else markdown(found))


if __name__ == "__main__":
    main()
