"""The `communique` command."""

from __future__ import annotations

import gc
import os
from typing import NoReturn

__all__ = ["main"]

_YOUNG = 50_000
"""Objects after which garbage is looked for: modules and tables make many that stay, and looking after every 700, as
Python does by itself, takes a fifth of the start."""

_ALLOCATORS = {"ARROW_DEFAULT_MEMORY_POOL": "system", "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0"}
"""Has Arrow and polars give back at once what they freed; what they keep else grows with the dataset."""


def main() -> NoReturn:
    """Run the command of the command line and end the process with its exit code."""
    gc.set_threshold(_YOUNG)
    for name, value in _ALLOCATORS.items():
        os.environ.setdefault(name, value)
    from communique.cli.app import main  # processes that extract import this package and need no commands

    main()
