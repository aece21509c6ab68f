"""Compile the hot modules of the engine: `python -m communique.compiled.build`.

Without a C compiler, or where compiling fails, the engine stays interpreted: the same rows, more slowly.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory

from communique.compiled.binaries import MANIFEST, ROOT, SWITCH, binaries, digests, folder_of

PACKAGE = "communique"
_READING = "authorship build front_matter furniture habits language layout publication roles sentences sheet titles"
GROUPS = {
    "articles": tuple(f"articles/{name}.py" for name in _READING.split()),
    "money": (
        "extraction/money",
        *(f"extraction/{name}.py" for name in "numbers percents qualifiers ranges spelled triggers wording".split()),
    ),
    "dates": ("extraction/dates",),
    "actors": ("extraction/actors",),
    "grammar": ("extraction/grammar",),
    "aid": ("extraction/aid",),
    "recommendations": ("extraction/recommendations",),
    "tariffs": ("extraction/tariffs", "extraction/roles", "extraction/speakers.py"),
}
"""The folders and modules that are compiled, by the library they go into."""

_SHOWN = 4000
INTERPRETED = "The engine runs interpreted: the same rows, more slowly."
_HELP = "install one (Debian and Ubuntu: apt install gcc python3-dev; macOS: xcode-select --install) and run make again"


def build(root: Path = ROOT) -> str:
    """Make the binaries where there are none that fit; one line on what was done."""
    present = binaries(root)
    named = {path.removesuffix(".py").replace("/", ".") for paths in compiled_sources(root).values() for path in paths}
    if named <= present.modules.keys():
        return "The engine is compiled."
    if os.environ.get(SWITCH):
        return f"{INTERPRETED} ({present.unused})"
    missing = missing_tool()
    if missing is not None:
        return f"No {missing} was found; {_HELP}. {INTERPRETED}"
    sources, target = digests(root), folder_of(root)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".making-", dir=target.parent) as scratch:
        made = Path(scratch) / "made"
        run = _run(root, Path(scratch), made)
        if run.returncode:
            return f"{reasons(run.stdout)}\nThe engine could not be compiled (see above). {INTERPRETED}"
        files = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file())
        modules = {".".join((*file.parts[:-1], file.name.split(".")[0])): file.as_posix() for file in files}
        manifest = {"sources": sources, "modules": modules}
        (made / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    return "The engine is compiled."


def reasons(output: str) -> str:
    """The errors in what compilers said, which may stand anywhere in it, then the end of it."""
    errors = [line for line in output.splitlines() if "error:" in line]
    return "\n".join([*errors, output[-_SHOWN:]])


def missing_tool() -> str | None:
    """What compiling needs and this machine lacks."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"C compiler ({compiler})"
    header = Path(sysconfig.get_path("include")) / "Python.h"
    return None if header.is_file() else f"header of Python ({header})"


def compiled_sources(root: Path) -> dict[str, list[str]]:
    """The sources to compile by the library they go into."""
    return {
        name: [path.relative_to(root).as_posix() for place in places for path in _modules(root / PACKAGE / place)]
        for name, places in GROUPS.items()
        if any((root / PACKAGE / place).exists() for place in places)
    }


def _modules(place: Path) -> list[Path]:
    """A module, or those of a folder but the one that makes it a package."""
    if place.is_dir():
        return sorted(path for path in place.rglob("*.py") if path.name != "__init__.py")
    return [place] if place.is_file() else []


def _run(root: Path, scratch: Path, made: Path) -> subprocess.CompletedProcess[str]:
    """The compiling itself in a process of its own, since it writes to its terminal and changes setuptools."""
    command = [sys.executable, "-m", "communique.compiled.extensions", str(root), str(scratch), str(made)]
    environment = os.environ | {SWITCH: "1", "PYTHONPATH": str(root)}
    return subprocess.run(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


if __name__ == "__main__":
    print(build())
