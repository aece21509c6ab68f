"""`communique extract`: the tables of a folder of articles, without a release."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import console
from communique.cli.options import Json, RawFolder

if TYPE_CHECKING:
    from communique.pipeline import Dataset


def extract(
    raw: RawFolder,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the Parquet files go.", file_okay=False)],
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Processes that extract.")] = 1,
    as_json: Json = False,
) -> None:
    """Extract the tables of a folder of articles, with the rejected files and the quarantined rows, as Parquet.

    Nothing is versioned or published; `communique release` does that.

    Examples:

        communique extract --raw articles --out tables

        communique extract --raw articles --out tables --workers 4 --json
    """
    if (out / "datapackage.json").exists():
        console.fail(f"{out}: holds a release, which is not overwritten; choose another folder", console.WRONG_USAGE)
    dataset = extracted(raw, workers)
    write_tables(dataset, out)
    if as_json:
        console.say_json(_content(dataset, out))
    else:
        say_counts(_counts(dataset))
        say_rejected(dataset.validation.frames["rejected"].to_dicts())
        console.say(f"The tables are in {out}")
    if dataset.validation.frames["articles"].is_empty():
        console.fail(f"{raw}: no article could be read here; put .txt, .md or .html files into it")
    for result in dataset.validation.stops:
        console.fail(f"{out}: check {result.id} failed: {result.detail or result.description}")


def extracted(raw: Path, workers: int = 1) -> Dataset:
    """The validated tables of a folder of articles."""
    from communique import pipeline

    articles, rejections = pipeline.read_folder(raw)
    work = list(pipeline.batches(articles))
    with console.progress(pipeline.extract_all(work, workers), "Extracting", len(work)) as results:
        return pipeline.assemble(results, rejections)


def write_tables(dataset: Dataset, out: Path) -> None:
    """Write all tables as Parquet into a folder, which is made where it is missing."""
    from communique.releases.parquet import encode
    from schemas.tables import TABLES

    out.mkdir(parents=True, exist_ok=True)
    for name, table in TABLES.items():
        (out / f"{name}.parquet").write_bytes(encode(table, dataset.validation.frames[name]))


def say_counts(counts: Iterable[dict[str, Any]]) -> None:
    """The rows by table."""
    rows = [(row["table"], row["extracted"], row["published"], row["quarantined"]) for row in counts]
    console.say_table(("table", "extracted", "published", "quarantined"), rows)


def say_rejected(rejected: Iterable[dict[str, Any]]) -> None:
    """One line per file that was not ingested."""
    for row in rejected:
        console.note(f"rejected {row['source_file']}: {row['reason']} ({row['detail']}); {row['remedy']}")


def _counts(dataset: Dataset) -> list[dict[str, Any]]:
    from communique.quality.report import table_counts

    return table_counts(dataset.validation.frames, dataset.extracted)


def _content(dataset: Dataset, out: Path) -> dict[str, Any]:
    frames = dataset.validation.frames
    return {
        "out": str(out),
        "tables": _counts(dataset),
        "rejected": frames["rejected"].to_dicts(),
        "quarantined": frames["quarantine"].to_dicts(),
    }
