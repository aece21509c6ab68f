"""A command of ours as a user runs it, with the time, the memory and the disk that all its processes took."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000
_INTERVAL = 0.1
_SCRIPT = "if __name__ == '__main__':\n    from communique.cli import main; main()\n"


@dataclass(frozen=True, slots=True)
class CommandRun:
    """What a command took.

    Memory is the largest sum over all its processes, in MB: `peak_rss` counts what processes share once for each,
    `peak_pss` once.  `written` are the MB that they sent to the disk; each is None where the system does not tell.
    """

    seconds: float
    peak_rss: float | None
    peak_pss: float | None
    written: float | None
    output: str


def run_command(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, expected: int = 0
) -> CommandRun:
    """Run `communique` with these arguments in a folder.

    Raises SystemExit with its last line where it ends with another code than `expected`.
    """
    starter = folder / "command.py"
    starter.write_text(_SCRIPT, encoding="utf-8")
    here, before, begin = str(Path(__file__).parent.parent), _written("self"), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(starter), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": here} | dict(environment or {}),
    )
    watch = _Watch(process.pid)
    watch.start()
    output, errors = process.communicate()
    seconds = time.perf_counter() - begin
    watch.over.set()
    watch.join()
    if process.returncode != expected:
        last = (errors.strip() or output.strip() or "no message").splitlines()[-1]
        raise SystemExit(f"{' '.join(arguments)}: ended with {process.returncode}: {last}")
    after = _written("self")
    sent = None if before is None or after is None else round((after - before + watch.strays) / MEGABYTE, 1)
    rss, pss = (round(kilobytes * 1024 / MEGABYTE, 1) if kilobytes else None for kilobytes in watch.peak)
    return CommandRun(seconds, rss, pss, sent, output)


class _Watch(threading.Thread):
    """Looks at the memory of a process and all that come from it, those too whose parent has ended."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.peak = (0, 0)
        self._root, self._known, self._sent = root, {root}, dict[int, int]()

    def run(self) -> None:
        while not self.over.wait(_INTERVAL):
            rss, pss = self._look()
            self.peak = (max(self.peak[0], rss), max(self.peak[1], pss))

    @property
    def strays(self) -> int:
        """Bytes written by processes that the command left to the system, which no parent of ours is told of."""
        return sum(sent for process, sent in self._sent.items() if process != self._root)

    def _look(self) -> tuple[int, int]:
        for process in list(self._known):
            self._known.update(_below(process))
        rss = pss = 0
        for process in list(self._known):
            fields = _rolled(process)
            if fields is None:
                self._known.discard(process)
                continue
            rss += fields.get("Rss", 0)
            pss += fields.get("Pss", 0)
            if _parent(process) == 1 and (sent := _written(str(process))) is not None:
                self._sent[process] = sent
        return rss, pss


def _below(root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        process = waiting.pop()
        try:
            tasks = list(Path(f"/proc/{process}/task").iterdir())
            children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
        waiting += children
        yield from children


def _rolled(process: int) -> dict[str, int] | None:
    """The memory of a process in kB by kind; None where it runs no more, or the system does not tell."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return None
    pairs = (line.partition(":") for line in text.splitlines()[1:])
    return {name: int(value.split()[0]) for name, _, value in pairs}


def _parent(process: int) -> int | None:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _written(process: str) -> int | None:
    """The bytes that a process, and those it waited for, sent to the disk."""
    try:
        lines = Path(f"/proc/{process}/io").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("write_bytes")), None)
