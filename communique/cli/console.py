"""What the commands say: plain lines for programs and logs, tables and progress bars for terminals."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

SUCCESS, FALLS_SHORT, WRONG_USAGE = 0, 1, 2

EVERY = 10.0
"""Seconds between two lines on how far a run is, where the output is no terminal."""

PLAIN_WIDTH = 200
"""Width of tables where the output is no terminal."""


def console(*, errors: bool = False) -> Console:
    """The console of standard output or errors; without a terminal no colour, no cursor control."""
    stream = sys.stderr if errors else sys.stdout
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(file=stream, width=width, highlight=False, soft_wrap=True)


def say(line: str) -> None:
    """One line on standard output, without any control characters of its own."""
    console().print(printable(line), markup=False)


def say_text(text: Text) -> None:
    """A styled line."""
    console().print(text)


def say_markdown(text: str) -> None:
    """Markdown: rendered for a terminal, as it is for programs and files."""
    if not sys.stdout.isatty():
        sys.stdout.write(text)
        return
    from rich.markdown import Markdown

    console().print(Markdown(text), soft_wrap=False)


@contextmanager
def status(what: str) -> Iterator[None]:
    """A sign of life on standard error while something runs, where that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    with console(errors=True).status(what):
        yield


def note(line: str) -> None:
    """One line on standard error: progress, warnings, what a program that reads the output must not see."""
    console(errors=True).print(printable(line), markup=False)


def note_engine() -> None:
    """Say that the engine is slower than it could be, where a source is newer than its binaries."""
    from communique.compiled.binaries import in_use

    if in_use().stale:
        note(f"{in_use().unused}; it runs interpreted, more slowly, until `make compile`")


def fail(line: str, code: int = FALLS_SHORT) -> NoReturn:
    """End the command with one line that names file, problem and remedy."""
    note(f"communique: {' '.join(line.split())}")
    raise typer.Exit(code)


def say_json(content: Any) -> None:
    """The result for a program."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")


def say_table(headings: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """A table; columns of numbers are set right."""
    content = [list(row) for row in rows]
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for at, heading in enumerate(headings):
        numeric = all(isinstance(row[at], int | float) for row in content) and content
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in content:
        table.add_row(*(escape(printable(_shown(value))) for value in row))
    console().print(table)


def printable(text: str) -> str:
    """The text without control characters, so that no file name or sentence can drive the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A function that is told how much is done of how much.

    On standard error it shows a progress bar if that is a terminal, else a line now and then.
    """
    if not sys.stderr.isatty():
        yield _lines(what)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(errors=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(what: str) -> Callable[[int, int], None]:
    began = said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= EVERY:
            said = now
            note(f"{what}: {done:,} of {total:,} batches after {now - began:.0f} s")

    return tell


def _shown(value: object) -> str:
    match value:
        case None:
            return "-"
        case float():
            return f"{value:.3f}"
        case _:
            return str(value)
