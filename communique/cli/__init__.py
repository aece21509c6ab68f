"""The `communique` command."""

from __future__ import annotations

from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command of the command line and end the process with its exit code."""
    from communique.cli.app import main  # processes that extract import this package and need no commands

    main()
