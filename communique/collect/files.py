"""Files that are there as a whole or not at all."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from communique.collect.errors import CollectError

STATE = ".collected"
"""The folder beside the articles with what saves requests; without it everything is asked for again."""


def put(folder: Path, name: str, data: bytes) -> None:
    """Write a file into the folder of articles, or put it in the place of the one that is there.

    Raises:
        OSError: it cannot be written; what was there stays, and nothing of the new one.
    """
    draft = folder / STATE / f"{Path(name).name}.draft"
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.parent.chmod(0o700)
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / name)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise OSError(error.errno, error.strerror, str(folder / name)) from None
    descriptor = os.open((folder / name).parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def as_json(content: Any) -> bytes:
    """JSON for people and programs, always the same for the same content."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one who collects into the folder; drafts that one who was killed has left are removed.

    Raises:
        CollectError: another process does.
    """
    state = folder / STATE
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CollectError(f"{folder}: another process collects into it; wait until it has ended") from None
        for draft in state.glob("*.draft"):
            with suppress(FileNotFoundError):
                draft.unlink()
        yield
