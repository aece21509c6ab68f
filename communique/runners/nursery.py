"""The process that loads the engine once and forks those that extract, each at the first word of its parent.

It ends with its parent, and those it forked end with it, whatever they are doing then.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import os
import pickle
import signal
import socket
import struct
import sys
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from communique.batch import found_in
from communique.extraction.packing import pack

NUMBER = struct.Struct("!q")
"""Every message to and from this process: with a connection sent along it asks for a process that serves it, and the
answer is the process's id; without, it is such an id, and the answer is the exit code of that process, when it has
ended.  The first answer of all comes unasked when the engine is loaded."""

_LOADED = "communique.extraction.loaded"
_SIGNAL_WHEN_PARENT_ENDS = 1
"""PR_SET_PDEATHSIG of Linux."""


def main() -> NoReturn:
    """Serve the parent: the arguments are the number of the socket to it, its process id, and a limit in seconds.

    After that time a process that nobody watches any more gives up its article by itself.
    """
    control, parent, limit = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), float(sys.argv[3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(parent)
    gc.disable()  # what loading makes stays
    import_module(_LOADED)
    gc.enable()
    control.sendall(NUMBER.pack(0))
    while True:
        message, connections, _, _ = socket.recv_fds(control, NUMBER.size, 1)
        if not message:
            os._exit(0)
        if connections:
            answer = _forked(connections[0], control, limit)
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(NUMBER.unpack(message)[0], 0)[1])
        control.sendall(NUMBER.pack(answer))


def _forked(connection: int, control: socket.socket, limit: float) -> int:
    """A process that serves a connection."""
    here = os.getpid()
    if forked := os.fork():
        os.close(connection)
        return forked
    control.close()
    _end_with(here)
    try:
        _extract(Connection(connection), limit)
    except (EOFError, OSError):
        os._exit(0)
    except BaseException:
        os._exit(1)


def _extract(connection: Connection, limit: float) -> NoReturn:
    """Send back what is found in each group of files as soon as it is found, file by file."""
    with Path(os.devnull).open("w") as nowhere:
        while True:
            for group in pickle.loads(connection.recv_bytes()):
                faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
                answers = [pack(found) for found in found_in(group)]
                faulthandler.cancel_dump_traceback_later()
                for answer in answers:
                    connection.send_bytes(answer)


def _end_with(parent: int) -> None:
    """Be killed with the parent where the system can; elsewhere the next word to it is the last."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SIGNAL_WHEN_PARENT_ENDS, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


if __name__ == "__main__":
    main()
