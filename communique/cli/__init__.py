"""The `communique` command."""

from __future__ import annotations

import gc
from typing import NoReturn

__all__ = ["main"]

_YOUNG = 50_000
"""Objects after which garbage is looked for: modules and tables make many that stay, and looking after every 700, as
Python does by itself, takes a fifth of the start."""


def main() -> NoReturn:
    """Run the command of the command line and end the process with its exit code."""
    gc.set_threshold(_YOUNG)
    from communique.cli.app import main  # processes that extract import this package and need no commands

    main()
