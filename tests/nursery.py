"""The process that has the engine loaded, kept from run to run of one test process: loading takes more than most runs.

Each run forks its processes from it as ever, and these end with the run.  `tests/runners` does without.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from socket import socket

from communique.runners import TIME_LIMIT
from communique.runners.process import EndedError, Nursery

_starter = ThreadPoolExecutor(1, "nursery")
"""The thread that starts such processes, since they end with it."""

_path = tuple(sys.path)
_idle: dict[object, tuple[subprocess.Popen[bytes], socket]] = {}


class KeptNursery(Nursery):
    """A nursery whose process is left to the next run with the same limit and the same engine."""

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        super().__init__(time_limit)
        engine = frozenset(item for item in os.environ.items() if item[0].startswith(("COMMUNIQUE_INT", "PYTHON")))
        self._kind = time_limit, tuple(sys.path), engine
        self._process, self._control = _idle.pop(self._kind, (None, None))

    def begin(self) -> None:
        """Begin to load the engine, in the thread that stays."""
        _starter.submit(super().begin).result()

    def kill(self) -> None:
        """End the processes of the run."""
        with self._changing:
            self._kill_children()

    def close(self) -> None:
        """End the processes of the run, and wait until they have."""
        self.kill()
        with suppress(EndedError):
            while self._children:
                self._answer(self._children.pop())
            if self._process is not None and self._control is not None and tuple(sys.path) == _path == self._kind[1]:
                _idle[self._kind] = self._process, self._control
                self._process = self._control = None
        self._discard()
