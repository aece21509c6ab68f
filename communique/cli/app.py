"""The commands and what becomes of their errors: one line and an exit code, never a traceback for bad input."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from communique.cli import console
from communique.cli.collect import collect
from communique.cli.evaluate import evaluate
from communique.cli.extract import extract
from communique.cli.inspect import diff, report
from communique.cli.release import release
from communique.cli.serve import serve
from communique.cli.validate import validate
from communique.cli.why import why
from communique.cli.yank import yank

INTERRUPTED = 128 + signal.SIGINT

app = typer.Typer(
    name="communique",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="Foreign-policy articles into validated, versioned tables in which every row points at its words.",
    epilog=(
        "Every command exits with 0 on success, 1 when the data fall short and 2 on wrong usage. "
        "`communique COMMAND --help` shows examples."
    ),
)
for command in (collect, release, serve, yank, extract, validate, diff, report, evaluate, why):
    app.command()(command)


@app.callback(invoke_without_command=True)
def about(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Say the version and end.")] = False
) -> None:
    if version:
        from importlib.metadata import version as package_version

        console.say(f"communique {package_version('communique')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        console.say(context.get_help())
        raise typer.Exit(console.WRONG_USAGE)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and end the process with its exit code."""
    signal.signal(signal.SIGTERM, _end)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    try:
        code = app(arguments, standalone_mode=False, prog_name="communique")
    except (KeyboardInterrupt, typer.Abort):
        console.note("communique: interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return console.FALLS_SHORT
    except Exception as error:
        return _explain(error)
    if code == INTERRUPTED:
        console.note("communique: interrupted")
    return code if isinstance(code, int) else console.SUCCESS


def _explain(error: Exception) -> int:
    """One line for an error of the input, its exit code; errors of the program itself are raised again."""
    from communique.articles.catalogue import CatalogueError
    from communique.collect.errors import CollectError, SourcesError
    from communique.corrections.model import CorrectionError
    from communique.quality.accepted import AcceptedError
    from communique.quality.gold import GoldError
    from communique.releases.errors import LocationError, ReleaseError
    from communique.runners.base import RunnerError

    if isinstance(error, TyperException):
        line, code = f"{error.format_message()} (see `communique {_command(error)}--help`)", console.WRONG_USAGE
    elif isinstance(error, CatalogueError | GoldError | LocationError | SourcesError):
        line, code = str(error), console.WRONG_USAGE
    elif isinstance(error, AcceptedError | CollectError | CorrectionError | ReleaseError | RunnerError):
        line, code = str(error), console.FALLS_SHORT
    elif isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        line, code = f"{where}{error.strerror}; make room or give this user the right to it", console.FALLS_SHORT
    else:
        raise error
    console.note(f"communique: {' '.join(line.split())}")
    return code


def _command(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.info_name} " if context is not None and context.parent is not None else ""


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    """Unwind on SIGTERM, so that stages are removed and a temporary Prefect server ends with the command."""
    raise SystemExit(128 + signal.SIGTERM)
