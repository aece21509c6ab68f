"""`communique extract`: the tables of a folder of articles, without a release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.articles.rejection import RejectionReason
from communique.cli import console
from communique.cli.options import Json, RawFolder, RunnerName, Scheduler, TimeLimit, Workers, chosen_runner
from communique.runners import LOCAL, TIME_LIMIT

if TYPE_CHECKING:
    from communique.runners.choice import Choice
    from communique.streaming import Written


def extract(
    raw: RawFolder,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the Parquet files go.", file_okay=False)],
    workers: Workers = 1,
    time_limit: TimeLimit = TIME_LIMIT,
    runner: RunnerName = LOCAL,
    scheduler: Scheduler = None,
    as_json: Json = False,
) -> None:
    """Extract the tables of a folder of articles, with the rejected files and the quarantined rows, as Parquet.

    Nothing is versioned or published; `communique release` does that.

    Examples:

        communique extract --raw articles --out tables

        communique extract --raw articles --out tables --workers 4 --json

        communique extract --raw articles --out tables --runner dask --scheduler tcp://10.0.0.1:8786
    """
    choice = chosen_runner(runner, scheduler, workers, time_limit)
    if (out / "datapackage.json").exists():
        console.fail(f"{out}: holds a release, which is not overwritten; choose another folder", console.WRONG_USAGE)
    console.note_engine()
    with choice.begun():
        written = _written(raw, out, choice)
    if as_json:
        console.say_json(_content(written, out))
    else:
        say_counts(written.counts)
        say_rejected(_rows(written, "rejected"))
        say_corrected([change.as_dict() for change in written.corrected])
        console.say(f"The tables are in {out}")
    if not written.checked.published["articles"]:
        console.fail(f"{raw}: no article could be read here; put .txt, .md or .html files into it")
    for result in written.stops:
        console.fail(f"{out}: check {result.id} failed: {result.finding}")


def _written(raw: Path, out: Path, choice: Choice) -> Written:
    """The tables of the folder `raw`."""
    import pyarrow

    from communique.corrections import read_corrections
    from communique.extraction_run import extracted
    from communique.streaming import write_tables

    # Arrow's own allocators keep what is freed, which shows in the peak of a long run.
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    corrections = read_corrections(raw)
    with console.counting("Extracting") as count:
        results = extracted(raw, runner=choice.made(), progress=lambda now: count(now.done, now.batches))
        with closing(results):
            return write_tables(results, out, corrections)


def say_counts(counts: Iterable[dict[str, Any]]) -> None:
    """The rows by table."""
    rows = [(row["table"], row["extracted"], row["published"], row["quarantined"]) for row in counts]
    console.say_table(("table", "extracted", "published", "quarantined"), rows)


def say_rejected(rejected: Iterable[dict[str, Any]]) -> None:
    """One line per file that was not ingested; revisions that newer ones supersede are many in time, and counted."""
    superseded = 0
    for row in rejected:
        if row["reason"] == RejectionReason.SUPERSEDED:
            superseded += 1
            continue
        console.note(f"rejected {row['source_file']}: {row['reason']} ({row['detail']}); {row['remedy']}")
    if superseded:
        files = "file is an older revision" if superseded == 1 else "files are older revisions"
        console.note(f"{superseded} {files} of articles, listed in rejected.parquet")


def say_corrected(corrections: Sequence[dict[str, Any]]) -> None:
    """How many corrections were applied, and which."""
    if corrections:
        listed = ", ".join(f"{row['entry']} {row['id']}" for row in corrections)
        console.say(f"Corrections applied: {len(corrections)} ({listed})")


def _rows(written: Written, table: str) -> list[dict[str, Any]]:
    return written.tables[table].scan().collect().to_dicts()


def _content(written: Written, out: Path) -> dict[str, Any]:
    return {
        "out": str(out),
        "tables": written.counts,
        "rejected": _rows(written, "rejected"),
        "quarantined": _rows(written, "quarantine"),
        "corrections": [change.as_dict() for change in written.corrected],
    }
