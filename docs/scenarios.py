"""What becomes of a release when articles, rules or declarations change: the commands, and what they print.

    python -m docs.scenarios [--write]

Prints the transcripts that stand in `docs/releases.md`, or writes them there.  The commands run in a folder of their
own without a Prefect server; everything else is as it is for users.
"""

from __future__ import annotations

import argparse
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import polars as pl

from communique import pipeline
from communique.cli.app import run
from communique.pipeline import Written
from communique.releases.build import release_files
from communique.releases.documents import update_documents
from communique.releases.places import open_store
from communique.releases.reading import current_snapshot
from communique.runners.choice import Choice
from communique.staged import staging
from communique.stages import Stages
from flows.release import Outcome, publish_release, require_sound
from schemas.table import Table
from schemas.tables import TABLES

PAGE = Path(__file__).parent / "releases.md"
BEGIN, END = "<!-- scenarios: begin -->", "<!-- scenarios: end -->"

HARBOUR = """Norway rebuilds a harbour in Moldova

Published on March 3, 2025

Norway has provided 40 million euros in humanitarian aid to Moldova since May 2024. Norway should send more engineers.
"""

STEEL = """Brazil answers Canada

Published on April 10, 2025

Canada imposed a 25 percent tariff on steel from Brazil on April 2, 2025.
"""

FERRIES = """Greece and Malta on ferries

Published on May 5, 2025

Greece pledged $3 million in military aid to Malta in January 2025.
"""

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Said:
    """A command as it is typed, what it printed and its exit code."""

    command: str
    output: str
    code: int


@dataclass(slots=True)
class Place:
    """A folder with `raw/`, in which commands run and are written down."""

    folder: Path
    lines: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def write(self, **texts: str) -> None:
        """Put articles into `raw/`."""
        (self.folder / "raw").mkdir(exist_ok=True)
        for name, text in texts.items():
            (self.folder / f"raw/{name}.txt").write_text(text, encoding="utf-8")

    def remove(self, name: str) -> None:
        (self.folder / f"raw/{name}.txt").unlink()
        self.lines.append(f"$ rm raw/{name}.txt")

    def note(self, text: str) -> None:
        """A comment between the commands."""
        self.lines.append(f"$ # {text}")

    def run(self, *arguments: str, last: int | None = None) -> Said:
        """Run a command; of its output the transcript has the last lines."""
        output = io.StringIO()
        with _inside(self.folder), redirect_stdout(output), redirect_stderr(output):
            code = run(arguments)
        typed = " ".join(f'"{part}"' if " " in part else part for part in ("communique", *arguments))
        said = Said(typed, output.getvalue(), code)
        self.said.append(said)
        shown = said.output.rstrip().splitlines()
        tail = f" | tail -{last}" if last is not None else ""
        self.lines += [f"$ {typed}{tail}", *shown[-(last or len(shown)) :]]
        if last is None:
            self.lines.append(f"[exit code {code}]")
        return said

    def release(self, day: str, earlier: Earlier | None = None, last: int = 2) -> Said:
        """`communique release`, by the code as it is or as it was earlier."""
        with _without_server(), earlier.at_work() if earlier else ExitStack():
            return self.run("release", "--released", day, last=last)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The code as it was before a change: other rows, or other declarations."""

    rows: Callable[[Frames], Frames]
    declared: Mapping[str, Table] = field(default_factory=lambda: TABLES)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Releases are made by the code of that time."""
        extract = pipeline.extract_folder

        def extracted(raw: Path, out: Path, gold: Path | None = None) -> Written:
            written = extract(raw, out, gold)
            frames = {name: rows.scan().collect() for name, rows in written.tables.items()}
            for name, frame in self.rows(frames).items():
                frame.write_parquet(written.tables.paths[name])
            return written

        with ExitStack() as patches:
            for name, stand_in in {
                "communique.pipeline.extract_folder": extracted,
                "communique.releases.publish.current_snapshot": partial(current_snapshot, tables=self.declared),
                "flows.release.release_files": partial(release_files, declared=self.declared),
                "communique.releases.descriptor.engine_fingerprint": lambda: "of an earlier version",
            }.items():
                patches.enter_context(mock.patch(name, stand_in))
            yield


def nothing_changed(place: Place) -> None:
    """Nothing changed: no release"""
    place.release("2025-06-01")
    place.release("2025-07-01", last=1)
    place.run("diff", "0.1.0", "0.1.0")


def article_added(place: Place) -> None:
    """An article is added: MINOR"""
    place.release("2025-06-01")
    place.write(ferries=FERRIES)
    place.note("raw/ferries.txt is new")
    place.release("2025-07-01")
    place.run("diff", "0.1.0", "0.2.0", "--rows", "1")


def rule_fixed(place: Place) -> None:
    """A rule is mended, so that a value changes: PATCH"""

    def misread(frames: Frames) -> Frames:
        status = pl.col("status").replace({"imposed": "threatened"})
        return {**frames, "tariffs": frames["tariffs"].with_columns(status)}

    place.release("2025-06-01", Earlier(misread))
    place.note("the rule that took an imposed tariff for a threat is mended")
    place.release("2025-07-01")
    place.run("diff", "0.1.0", "0.1.1")


def column_added(place: Place) -> None:
    """A column is added: MINOR"""
    earlier = {**TABLES, "tariffs": _earlier_tariffs(drop="product")}
    place.release("2025-06-01", Earlier(partial(_without, "product"), earlier))
    place.note("tariffs have a column more, product")
    place.release("2025-07-01")
    place.run("diff", "0.1.0", "0.2.0")


def column_retyped(place: Place) -> None:
    """A column is retyped: MAJOR"""

    def as_float(frames: Frames) -> Frames:
        return {**frames, "tariffs": frames["tariffs"].with_columns(pl.col("char_end").cast(pl.Float64))}

    earlier = {**TABLES, "tariffs": _earlier_tariffs(retype={"char_end": pl.Float64})}
    place.release("2025-06-01", Earlier(as_float, earlier))
    place.note("char_end of tariffs was a float and is an integer now")
    place.release("2025-07-01")
    place.run("diff", "0.1.0", "1.0.0")


def article_withdrawn(place: Place) -> None:
    """An article is withdrawn by its publisher: MINOR"""
    place.release("2025-06-01")
    place.remove("steel")
    place.release("2025-07-01")
    place.run("diff", "0.1.0", "0.2.0", "--rows", "1")


def yanked(place: Place) -> None:
    """A release is yanked, and the next one made without its mistake"""
    place.release("2025-06-01")
    place.write(ferries=FERRIES.replace("$3 million", "$3 billion"))
    place.note("raw/ferries.txt is new, with a slip in it")
    place.release("2025-07-01")
    place.run("yank", "0.2.0", "--why", "The aid to Malta is a thousand times too high.")
    place.write(ferries=FERRIES)
    place.note("raw/ferries.txt is mended")
    place.release("2025-08-01")
    place.run("diff", "0.2.0", "0.3.0", "--rows", "1")


SCENARIOS: tuple[Callable[[Place], None], ...] = (
    nothing_changed,
    article_added,
    rule_fixed,
    column_added,
    column_retyped,
    article_withdrawn,
    yanked,
)


def play(scenario: Callable[[Place], None], folder: Path) -> Place:
    """Run a scenario in a new folder, which starts with two articles and a changelog."""
    folder.mkdir(parents=True)
    place = Place(folder)
    place.write(harbour=HARBOUR, steel=STEEL)
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n", encoding="utf-8")
    scenario(place)
    return place


def transcripts(places: Mapping[Callable[[Place], None], Place]) -> str:
    """The part of the page that the scenarios make."""
    parts = [BEGIN]
    for scenario, place in places.items():
        indented = "\n".join(f"    {line}".rstrip() for line in place.lines)
        parts.append(f"### {scenario.__doc__}\n\n{indented}")
    return "\n\n".join([*parts, END])


def with_transcripts(page: str, made: str) -> str:
    """The page with the transcripts between their marks."""
    return re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: made, page, flags=re.DOTALL)


def _earlier_tariffs(*, drop: str | None = None, retype: Mapping[str, Any] | None = None) -> Table:
    """The declaration of tariffs before a column was added, or was of the type it is."""
    table = replace(TABLES["tariffs"], row_checks=())
    schema = TABLES["tariffs"].schema
    if drop is not None:
        schema = schema.remove_columns([drop])
    if retype is not None:
        schema = schema.update_columns({name: {"dtype": dtype} for name, dtype in retype.items()})
    table.__dict__["schema"] = schema
    return table


def _without(column: str, frames: Frames) -> Frames:
    return {**frames, "tariffs": frames["tariffs"].drop(column)}


def _release(_choice: Choice, *, raw: str, to: str, documents: str | None, **arguments: Any) -> Outcome:
    """The release flow as plain functions, in this process whatever runner is asked for."""
    gold, asked = arguments["gold"], ("version", "released", "gold", "dry_run")
    with staging(to) as folder:
        written = pipeline.extract_folder(Path(raw), folder, Path(gold) if gold else None)
        accepted = pipeline.read_accepted(Path(raw))
        outcome: Outcome = publish_release.fn(
            written,
            to,
            documents=documents,
            accepted=accepted,
            clock=Stages(),
            **{name: arguments[name] for name in asked},
        )
    outcome = replace(outcome, stages=())  # which no two runs have alike
    require_sound(outcome, to)
    if documents is not None:
        update_documents(Path(documents), open_store(to))
    return outcome


@contextmanager
def _without_server() -> Iterator[None]:
    with mock.patch("communique.cli.release._run", _release):
        yield


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m docs.scenarios", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help=f"write the transcripts into {PAGE.name}")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        made = transcripts({scenario: play(scenario, Path(folder) / scenario.__name__) for scenario in SCENARIOS})
    if options.write:
        PAGE.write_text(with_transcripts(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    else:
        print(made)


if __name__ == "__main__":
    main()
