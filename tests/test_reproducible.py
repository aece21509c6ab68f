"""The same articles make the same bytes: whoever makes them, where, with how many threads, in which locale and zone."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import FERRIES, HARBOUR, STEEL
from tests.corrections.entries import ADD_AID, DROP_THREAT, SET_STATUS

ROOT = Path(__file__).parents[1]

COMMAND = "from communique.cli import main; main()"
RELEASE = (
    "import sys; from pathlib import Path; from tests.conftest import make_release; make_release(Path(sys.argv[1]))"
)

FILES = {
    "harbour.txt": HARBOUR,
    "steel.txt": STEEL,
    "steel-again.txt": STEEL,
    "Zürich – talks.txt": FERRIES.replace("Malta", "Côte d’Ivoire").replace("$3 million", "€3 million"),
    "page.html": f"<html><body><article><h1>Ferries</h1><p>{FERRIES}</p></article></body></html>",
    "empty.txt": "",
    "catalogue.toml": '["Zürich – talks.txt"]\npublished = "2025-05"\npublisher = "Tagblatt für Zürich"\n',
    "corrections.toml": DROP_THREAT + SET_STATUS + ADD_AID,
}


@dataclass(frozen=True)
class Machine:
    """What a run may differ in without any effect."""

    variables: dict[str, str]
    umask: int
    backwards: bool
    """Whether files are created in the opposite order, and long ago."""

    def run(self, code: str, *arguments: str, folder: Path) -> None:
        """Run Python code in a process of its own, with `folder` as the current directory."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "PYTHON"))}
        paths = {
            "PYTHONPATH": str(ROOT),
            "PREFECT_HOME": str(folder / ".prefect"),
            "COMMUNIQUE_CACHE": str(folder / ".cache"),
        }
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=folder,
            env=inherited | paths | {"DO_NOT_TRACK": "1"} | self.variables,
            umask=self.umask,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=400,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def articles(self, folder: Path) -> Path:
        """The articles in a new folder."""
        raw = folder / "raw"
        raw.mkdir(parents=True)
        for name in sorted(FILES, reverse=self.backwards):
            path = raw / name
            path.write_text(FILES[name], encoding="utf-8")
            if self.backwards:
                os.utime(path, (0, 0))
        return raw


ONE = Machine(
    {"LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"},
    umask=0o077,
    backwards=False,
)

OTHER = Machine(
    {
        **{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "America/Los_Angeles"},
        **{"PYTHONHASHSEED": "4242", "POLARS_MAX_THREADS": "7", "OMP_NUM_THREADS": "3"},
    },
    umask=0o000,
    backwards=True,
)
"""In a locale whose encoding is ASCII."""


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with the articles; neither name nor depth is the same."""
    homes = tmp_path / "a", tmp_path / "über" / "b c"
    for machine, home in zip((ONE, OTHER), homes, strict=True):
        machine.articles(home)
    return homes


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of all files below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_release_is_the_same_from_the_functions_and_from_the_flow_of_another_machine(homes):
    one, other = homes
    ONE.run(RELEASE, "../a", folder=one)
    rebuild = ("release", "--raw", "raw", "--to", "made", "--as", "0.1.0", "--gold", "none")
    OTHER.run(COMMAND, *rebuild, "--released", "2025-06-01", folder=other)
    assert digests(other / "made") == digests(one / "processed")
    assert len(digests(other / "made")) > 12


def test_tables_are_the_same_by_one_process_and_by_several_of_another_machine(homes):
    one, other = homes
    ONE.run(COMMAND, "extract", "--raw", "raw", "--out", "out", folder=one)
    OTHER.run(COMMAND, "extract", "--raw", str(other / "raw"), "--out", "out", "--workers", "3", folder=other)
    assert digests(other / "out") == digests(one / "out")
    assert len(digests(other / "out")) == 9
