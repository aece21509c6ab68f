"""The work of `communique.compiled.build`: sources to C by mypyc, C to binaries by the C compiler."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# mypyc takes the one that is imported already
from setuptools import Distribution  # isort: skip
from mypyc.build import mypycify

from communique.compiled.build import compiled_sources

_TYPES = """
[mypy]
[mypy-communique.releases.*,polars.*]
follow_imports = skip
ignore_missing_imports = True
"""
"""What the package imports for its users, the engine needs no types of, and would take long to read."""


def make(root: Path, scratch: Path, made: Path) -> None:
    """Write the binaries of all groups into the folder `made`, the groups compiled side by side."""
    groups = compiled_sources(root)
    sizes = {name: sum((root / path).stat().st_size for path in paths) for name, paths in groups.items()}
    largest_first = sorted(groups, key=lambda name: -sizes[name])
    (scratch / "mypy.ini").write_text(_TYPES, encoding="utf-8")
    extensions = mypycify(
        [
            f"--config-file={scratch / 'mypy.ini'}",
            f"--cache-dir={scratch / 'types'}",
            *(path for name in largest_first for path in groups[name]),
        ],
        opt_level="1",
        debug_level="0",
        separate=[(groups[name], f"communique_{name}") for name in largest_first],
        target_dir=str(scratch / "c"),
    )
    distribution = Distribution({"name": "communique", "ext_modules": extensions})
    command = distribution.get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(made), str(scratch / "objects")
    command.parallel = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    command.ensure_finalized()
    command.run()


if __name__ == "__main__":
    make(*map(Path, sys.argv[1:]))
