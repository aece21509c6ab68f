"""Processes that extract, as their parent sees them: started when needed, ended when an article takes too long.

What one finds comes by small groups of articles, so when it is lost it is known which few it was at.  Those are tried
again one by one, the one that did it twice, since processes are also killed for want of memory or by mistake; only
then is it rejected.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from multiprocessing.connection import Connection
from threading import Lock

from communique.articles.ingest import source_name
from communique.articles.rejection import RefusedError, RejectionReason
from communique.batch import SourceFile, together
from communique.extraction.packing import pack
from communique.runners import TIME_LIMIT
from communique.runners.base import Answers, RunnerError
from communique.runners.nursery import NUMBER

MEGABYTE = 1_000_000

ATTEMPTS_ALONE = 2
"""How often an article whose process was lost is tried alone."""

_START_LIMIT = 300.0
_LONGEST, _LATER = 11, 10.0
"""A process that nobody watches ends itself so many seconds after the limit of the largest article, in megabytes."""


class EndedError(Exception):
    """The processes were killed while one was at work."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process that extracts."""

    pid: int
    connection: Connection


class Nursery:
    """Where processes come from that extract: another process, which has the engine loaded (`nursery.py`).

    It starts when the first of them is wanted, and again when it was lost.
    """

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._children: set[int] = set()
        self._killed = self._is_loading = False
        self._asking, self._changing = Lock(), Lock()

    def begin(self) -> None:
        """Begin to load the engine, and do not wait for it.

        Raises:
            EndedError: `kill` was called.
        """
        with self._changing:
            if self._killed:
                raise EndedError
            if self._process is None:
                self._process, self._control = _started(self.time_limit * _LONGEST + _LATER)
                self._control.settimeout(_START_LIMIT)
                self._is_loading = True

    def child(self) -> Child:
        """A new process that extracts.

        Raises:
            EndedError: `kill` was called.
            RunnerError: none could be started.
        """
        with self._asking:
            for _ in range(2):
                self._start()
                ours, theirs = socket.socketpair()
                with theirs:
                    pid = self._answer(0, theirs)
                if pid is not None:
                    with self._changing:
                        self._children.add(pid)
                    return Child(pid, Connection(ours.detach()))
                ours.close()
        raise RunnerError("processes that extract end before they begin; start again when there is more memory")

    def end(self, child: Child) -> str:
        """End a process; returns how it ended.

        Raises:
            EndedError: `kill` was called.
        """
        child.connection.close()
        with self._asking:
            with self._changing:
                if self._killed:
                    raise EndedError
                is_ours = child.pid in self._children
                self._children.discard(child.pid)
            if is_ours:
                with suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)
            code = self._answer(child.pid) if is_ours else None
        return _ended(-signal.SIGKILL if code is None else code)

    def kill(self) -> None:
        """End all processes at once, and have no others; any thread may call this."""
        with self._changing:
            self._kill_children()
            if self._process is not None:
                self._process.kill()

    def _kill_children(self) -> None:
        self._killed = True
        for pid in self._children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """End all processes, and wait until they have."""
        self.kill()
        self._discard()

    def _start(self) -> None:
        """Have the engine loaded."""
        self.begin()
        loading, self._is_loading = self._is_loading, False
        if loading and self._received() is None:
            with self._changing:
                if self._killed:
                    raise EndedError
            raise RunnerError(
                f"a process that extracts {self._discard()} before it began; "
                "see what it says, or use fewer --workers where memory is short"
            )

    def _answer(self, number: int, connection: socket.socket | None = None) -> int | None:
        """What the process answers; None where it is no longer there."""
        control = self._control
        if control is None:
            return None
        with suppress(OSError):
            if connection is None:
                control.sendall(NUMBER.pack(number))
            else:
                socket.send_fds(control, [NUMBER.pack(number)], [connection.fileno()])
            answer = self._received()
            if answer is not None:
                return answer
        with self._changing:
            if self._killed:
                raise EndedError
        self._discard()
        return None

    def _received(self) -> int | None:
        assert self._control is not None
        message = b""
        with suppress(OSError):
            while len(message) < NUMBER.size:
                part = self._control.recv(NUMBER.size - len(message))
                if not part:
                    return None
                message += part
            return int(NUMBER.unpack(message)[0])
        return None

    def _discard(self) -> str:
        """End the process, so that the next need starts another; returns how it ended."""
        with self._changing:
            process, control = self._process, self._control
            self._process = self._control = None
            self._children.clear()
        if control is not None:
            control.close()
        if process is None:
            return "was ended"
        with suppress(subprocess.TimeoutExpired):
            return _ended(process.wait(1))
        process.kill()
        return _ended(process.wait())


class Extractor:
    """One process that extracts, and those that follow it when it is lost; used by one thread at a time."""

    def __init__(self, nursery: Nursery) -> None:
        self.nursery = nursery
        self._child: Child | None = None

    def answers(self, files: Sequence[SourceFile]) -> Answers:
        """What is found in each of the files.

        Raises:
            EndedError: the processes were killed.
            RunnerError: none could be started.
        """
        found: list[bytes] = []
        while len(found) < len(files):
            groups = together(files[len(found) :])
            if self._lost(groups, found) is not None:
                ends = accumulate(map(len, groups), initial=len(files) - sum(map(len, groups)))
                end = next(end for end in ends if end > len(found))
                found.extend(self._alone(file) for file in files[len(found) : end])
        return tuple(found)

    def close(self) -> None:
        """Leave the process."""
        if self._child is not None:
            self._child.connection.close()

    def _alone(self, file: SourceFile) -> bytes:
        for attempt in range(1, ATTEMPTS_ALONE + 1):
            found: list[bytes] = []
            refused = self._lost([(file,)], found)
            if refused is None:
                return found[0]
            if refused.reason is RejectionReason.TIME_LIMIT or attempt == ATTEMPTS_ALONE:
                return pack(refused.rejection(source_name(file.name), file.sha256))
        raise AssertionError("no attempt was made")

    def _lost(self, groups: Sequence[Sequence[SourceFile]], found: list[bytes]) -> RefusedError | None:
        """Add what is found in the files; where the process is lost on the way, why the next file may be refused."""
        child = self._child = self._child or self.nursery.child()
        try:
            child.connection.send_bytes(pickle.dumps(groups))
            for group in groups:
                limit = self.nursery.time_limit * max(len(file.raw) // MEGABYTE + 1 for file in group)
                for _ in group:
                    if not child.connection.poll(limit):
                        self._end(child)
                        return RefusedError(
                            RejectionReason.TIME_LIMIT, f"extracting it took longer than {limit:g} seconds"
                        )
                    found.append(child.connection.recv_bytes())
        except (EOFError, OSError):
            return RefusedError(RejectionReason.WORKER_LOST, f"the process that extracted it {self._end(child)}")
        return None

    def _end(self, child: Child) -> str:
        self._child = None
        return self.nursery.end(child)


def _started(limit: float) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """The process that begins to load the engine, and the socket to it."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "communique.runners.nursery", str(theirs.fileno()), str(os.getpid()), str(limit)],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1"},
        )
    return process, ours


def _ended(code: int) -> str:
    return f"ended with exit code {code}" if code >= 0 else f"was ended by {signal.Signals(-code).name}"
