"""`communique release` on 1,000 to 100,000 articles: a cold run, one with nothing new and one with 1 % new articles.

    python -m bench.scale [--sizes 1000 10000] [--ways 1 2 dask] [--folder DIR] [--json]

The articles come from `bench.corpus.briefs`, about 250 words each.  Every way (a number of local processes, or `dask`
for a local cluster of two) starts from nothing: no release, no cache, no home of Prefect.  All ways have to publish the
same bytes.  Figures are those of one machine at one time: compare those of one run of this program.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.command import run_command
from bench.corpus import write_briefs

DASK = "dask"
_CLUSTER = 2
_NEW_SEED = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One run of the command.

    `share` is its time as a share of that of the cold run.  Memory is the largest sum over all processes, in MB (see
    `bench.command`), `written` are the MB sent to the disk.  `digest` is that of the latest release after it.
    """

    articles: int
    words: int
    way: str
    step: str
    seconds: float
    share: float
    words_per_second: int
    peak_rss: float | None
    peak_pss: float | None
    written: float | None
    digest: str


def steps(folder: Path, sizes: Sequence[int], ways: Sequence[str]) -> Iterator[Step]:
    """All runs, for every size and way one after the other.

    Raises SystemExit where a run fails, publishes what it should not, or two ways publish different bytes.
    """
    for size in sizes:
        raw = folder / f"raw-{size}"
        words, _ = write_briefs(raw, size)
        digests: dict[str, str] = {}
        for way in ways:
            for step in _of_one_way(folder / f"{size}-{way}", raw, words, way):
                yield step
                if digests.setdefault(step.step, step.digest) != step.digest:
                    raise SystemExit(f"{size} articles, {step.step}: {way} published other bytes than {ways[0]}")
        shutil.rmtree(raw)


def _of_one_way(home: Path, raw: Path, words: int, way: str) -> Iterator[Step]:
    home.mkdir()
    size = sum(1 for _ in raw.iterdir())
    new = max(1, size // 100)
    cold: float | None = None
    for step, expected in {"cold": "published", "nothing new": "unchanged", "1 % new": "published"}.items():
        if step == "1 % new":
            more, _ = write_briefs(raw, new, seed=_NEW_SEED, apart=size // new)
            words += more
        arguments = ["release", "--raw", str(raw), "--to", "releases", "--json", *_options(way)]
        run = run_command(arguments, home, {"COMMUNIQUE_CACHE": str(home / "cache")})
        outcome = json.loads(run.output)["outcome"]
        if outcome != expected:
            raise SystemExit(f"{size} articles, {way}, {step}: {outcome} instead of {expected}")
        cold = cold or run.seconds
        yield Step(
            articles=sum(1 for _ in raw.iterdir()),
            words=words,
            way=way,
            step=step,
            seconds=round(run.seconds, 1),
            share=round(run.seconds / cold, 3),
            words_per_second=round(words / run.seconds),
            peak_rss=run.peak_rss,
            peak_pss=run.peak_pss,
            written=run.written,
            digest=_digest(home / "releases"),
        )
    for path in raw.glob(f"*-{_NEW_SEED}.txt"):
        path.unlink()
    shutil.rmtree(home)


def _options(way: str) -> list[str]:
    return ["--runner", "dask", "--workers", str(_CLUSTER)] if way == DASK else ["--workers", way]


def _digest(releases: Path) -> str:
    index: dict[str, Any] = json.loads((releases / "index.json").read_bytes())
    return next(str(entry["digest"]) for entry in index["versions"] if entry["version"] == index["latest"])


def linearity(found: Sequence[Step]) -> list[str]:
    """How the time per word of each way's cold run changes from one size to the next larger one."""
    said: list[str] = []
    for way in dict.fromkeys(step.way for step in found):
        cold = [step for step in found if step.way == way and step.step == "cold"]
        for small, large in pairwise(cold):
            ratio = (large.seconds / large.words) / (small.seconds / small.words)
            said.append(f"{way}: {ratio:.2f} times the time per word at {large.articles:,} as at {small.articles:,}")
    return said


def heading() -> str:
    """The head of the table of runs in Markdown."""
    columns = (
        "articles",
        "words",
        "way",
        "run",
        "s",
        "of cold",
        "words/s",
        "peak RSS, MB",
        "peak PSS, MB",
        "written, MB",
    )
    return f"| {' | '.join(columns)} |\n|---:|---:|---|---|" + "---:|" * 6


def row(step: Step) -> str:
    """A run as a row of the table."""
    return "| " + " | ".join(_shown(value) for value in list(asdict(step).values())[:-1]) + " |"


def _shown(value: object) -> str:
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], metavar="N", help="numbers of articles")
    parser.add_argument("--ways", nargs="+", default=["1", "2", DASK], metavar="WAY", help="processes, or dask")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where to work, in place of a temporary folder")
    parser.add_argument("--json", action="store_true", help="JSON instead of Markdown")
    options = parser.parse_args(arguments)
    found: list[Step] = []
    if not options.json:
        print(heading(), flush=True)
    with TemporaryDirectory(dir=options.folder) as folder:
        for step in steps(Path(folder), options.sizes, options.ways):
            found.append(step)
            print(json.dumps(asdict(step)) if options.json else row(step), flush=True)
    if not options.json:
        print("", *linearity(found), sep="\n")


if __name__ == "__main__":
    main()
