"""The database of a Prefect server, migrated once for all servers of a test run: each begins with a copy of it.

A server that finds no database goes through some years of migrations first, which takes most of the time of its start.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAME = "prefect.db"


def migrated(folder: Path) -> Path:
    """The database in a folder that the processes of a test run share, made by the first that asks for it."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / NAME
        if not made.exists():
            _migrate(folder / "home").rename(made)
    return made


def _migrate(home: Path) -> Path:
    home.mkdir(exist_ok=True)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    subprocess.run(
        [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"],
        env=inherited | {"PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    assert [path.name for path in home.glob(f"{NAME}*")] == [NAME], "all of it is in one file"
    return home / NAME


def copied(database: Path, home: Path, name: str = NAME) -> Path:
    """The folder, which has the database from now on."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(database, home / name)
    return home
