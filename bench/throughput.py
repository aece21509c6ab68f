"""Speed and peak memory of `communique extract`, and where the engine spends its time.

    python -m bench.throughput [--sizes 1 5 20] [--workers 1 2] [--json]

All figures come from one run, one after the other, on corpora made from `bench/texts`; compare figures of one run only.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.command import MEGABYTE, run_command
from bench.corpus import write_corpus

ARTICLES_AT_ONCE = 100
"""Articles that are looked up together, about as many as in a batch."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: `speedup` is against the first number of workers on the same corpus.

    Memory is the largest sum over all processes of the command, in MB: `rss` counts what processes share once for
    each, `pss` once; None where the system does not tell.
    """

    megabytes: float
    articles: int
    words: int
    workers: int
    seconds: float
    words_per_second: float
    megabytes_per_second: float
    speedup: float
    peak_rss: float | None
    peak_pss: float | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the engine by itself, in seconds of one processor."""

    name: str
    seconds: float
    words_per_second: float
    share: float


def runs(folder: Path, sizes: Iterable[float], workers: Sequence[int]) -> list[Run]:
    """The command on a corpus of each size (megabytes) by each number of worker processes."""
    found: list[Run] = []
    for size in sizes:
        raw = folder / f"raw-{size:g}"
        articles, words, written = write_corpus(raw, int(size * MEGABYTE))
        first: float | None = None
        for number in workers:
            seconds, rss, pss = _command(raw, folder / f"out-{size:g}-{number}", number)
            first = first or seconds
            found.append(
                Run(
                    megabytes=round(written / MEGABYTE, 3),
                    articles=articles,
                    words=words,
                    workers=number,
                    seconds=round(seconds, 2),
                    words_per_second=round(words / seconds),
                    megabytes_per_second=round(written / MEGABYTE / seconds, 3),
                    speedup=round(first / seconds, 2),
                    peak_rss=rss,
                    peak_pss=pss,
                )
            )
    return found


def stages(folder: Path, size: float) -> list[Stage]:
    """The engine's parts over a corpus of `size` megabytes, in this process, and then all of them as a worker does.

    A sentence is parsed for the first table that asks for it, so aid carries most of the grammar.  The last rows are
    what it costs to have all that in the cache instead.
    """
    from communique.articles.ingest import ingest
    from communique.articles.model import Article
    from communique.batch import SourceFile, found_in, together
    from communique.extraction.actors import find_actors, mention_rows
    from communique.extraction.aid import aid_rows
    from communique.extraction.dates import date_rows, find_timexes
    from communique.extraction.engine import annotate, extract
    from communique.extraction.money import find_amounts
    from communique.extraction.packing import pack
    from communique.extraction.percents import find_percents
    from communique.extraction.recommendations import recommendation_rows
    from communique.extraction.tariffs import tariff_rows
    from communique.extraction_cache import ArticleCache

    raw = folder / "raw-stages"
    _, words, _ = write_corpus(raw, int(size * MEGABYTE))
    times: dict[str, float] = {}

    def timed(name: str, work: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
        begin = time.process_time()
        results = [work(item) for item in items]
        times[name] = times.get(name, 0.0) + time.process_time() - begin
        return results

    begin = time.process_time()
    articles = [found for found in ingest(raw) if isinstance(found, Article)]
    times["ingest"] = time.process_time() - begin
    extract(articles[0])
    timed("actors", find_actors, articles)
    timed("money", find_amounts, articles)
    timed("money", find_percents, articles)
    timed("dates", find_timexes, articles)
    annotated = [annotate(article) for article in articles]
    for name, rows in {
        "aid": aid_rows,
        "tariffs": tariff_rows,
        "recommendations": recommendation_rows,
        "dates": date_rows,
        "actors": mention_rows,
    }.items():
        timed(name, rows, annotated)
    total = sum(times.values())
    files = [SourceFile(article.source_file, (raw / article.source_file).read_bytes(), None) for article in articles]
    extractions = [found for group in timed("ingest and all tables", found_in, together(files)) for found in group]
    with ArticleCache("engine", warn=print, folder=folder / "cache") as cache:
        keys = timed("found in the cache", cache.key, files)
        packed = timed("kept in the cache", pack, extractions)
        begin = time.process_time()
        cache.put(zip(keys, packed, extractions, strict=True))
        times["kept in the cache"] += time.process_time() - begin
        for at in range(0, len(keys), ARTICLES_AT_ONCE):
            timed("found in the cache", cache.found, [keys[at : at + ARTICLES_AT_ONCE]])
    return [
        Stage(name, round(seconds, 3), round(words / max(seconds, 1e-9)), round(seconds / total, 3))
        for name, seconds in times.items()
    ]


def markdown(measured: Iterable[Run], parts: Iterable[Stage]) -> str:
    """Both tables."""
    lines = ["| MB | articles | words | workers | s | words/s | MB/s | speed-up | peak RSS, MB | peak PSS, MB |"]
    lines.append("|" + "---:|" * 10)
    lines += ["| " + " | ".join(map(_shown, asdict(run).values())) + " |" for run in measured]
    lines += ["", "| engine, one processor | s | words/s | share |", "|---|---:|---:|---:|"]
    lines += ["| " + " | ".join(map(_shown, asdict(part).values())) + " |" for part in parts]
    return "\n".join(lines)


def _shown(value: object) -> str:
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _command(raw: Path, out: Path, workers: int) -> tuple[float, float | None, float | None]:
    """Seconds, and the peaks of the sums of RSS and PSS."""
    run = run_command(["extract", "--raw", str(raw), "--out", str(out), "--workers", str(workers)], raw.parent)
    return run.seconds, run.peak_rss, run.peak_pss


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.throughput", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=float, nargs="+", default=[1, 5, 20], metavar="MB", help="sizes of the corpora")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], metavar="N", help="numbers of processes")
    parser.add_argument("--stages", type=float, default=1, metavar="MB", help="size of the corpus for the engine alone")
    parser.add_argument("--json", action="store_true", help="JSON instead of Markdown")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        measured = runs(Path(folder), options.sizes, options.workers)
        parts = stages(Path(folder), options.stages)
    if options.json:
        print(json.dumps({"runs": [asdict(run) for run in measured], "stages": [asdict(part) for part in parts]}))
    else:
        print(markdown(measured, parts))


if __name__ == "__main__":
    main()
