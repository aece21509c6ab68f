"""Publishers in processes of their own, which can be killed or made to fail at any step, alone or several at once.

Run as a script it waits for orders and forks a publisher for each, so that none has to start Python anew.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.releases.storage import Store

ROOT = Path(__file__).parents[1]
DAY = "2025-06-01"
PATIENCE = 60
"""Seconds after which a publisher that hangs is ended."""

REQUESTS = ("get", "pieces", "has", "put", "create", "replace", "copy", "delete", "keys", "folders")
"""The methods of a bucket that ask its server."""

HIT: list[int] = []
"""The step at which the fault of this process came."""


@dataclass(frozen=True)
class Ended:
    """How a publisher ended: its exit code, negative where a signal killed it, its last words, if a fault hit it."""

    code: int
    said: str = ""
    hit: bool = True


class Publishers:
    """The other side of the script: give it orders, get back how the publishers ended."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, *orders: Mapping[str, Any]) -> list[Ended]:
        """Run one publisher for each order; from where they have read the index they run at once.

        An order has `location` and `files` (texts by name), it may have `kill` or `full` (the number of the step at
        which the process is killed or finds the disk full), `user` (a number), `limit` (the greatest size of a file)
        and `environment`, added to what leads to the S3 server here.
        """
        assert self.process.stdin
        assert self.process.stdout
        here = {name: value for name, value in os.environ.items() if name.startswith("AWS_") or name == "NO_PROXY"}
        complete = [order | {"environment": here | order.get("environment", {})} for order in map(dict, orders)]
        self.process.stdin.write(json.dumps(complete) + "\n")
        self.process.stdin.flush()
        return [Ended(**ended) for ended in json.loads(self.process.stdout.readline())]

    def publish(self, location: str | Path, files: Mapping[str, str], **more: Any) -> Ended:
        """Run one publisher."""
        (ended,) = self.run({"location": str(location), "files": files, **more})
        return ended


@contextmanager
def waiting() -> Iterator[Publishers]:
    """The script, ready for orders."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )
    with process:
        try:
            yield Publishers(process)
        finally:
            process.kill()


def publish_files(location: str | Path, files: Mapping[str, str], ready: Callable[[], None] = lambda: None) -> str:
    """Publish files as the next release of a place, as a run of the flow does it; `ready` is called in between."""
    from communique.releases.places import open_store

    return publish_into(open_store(location), files, ready)


def publish_into(store: Store, files: Mapping[str, str], ready: Callable[[], None] = lambda: None) -> str:
    """Publish files as the next release of a store."""
    from communique.releases.storage import digest_of, release_digest
    from communique.releases.version import FIRST, Bump

    store.recover()
    index = store.index()
    data = {name: text.encode() for name, text in files.items()}
    digest = release_digest({name: digest_of(content) for name, content in data.items()})
    if index.latest is not None and index[index.latest].digest == digest:
        return "unchanged"
    version = str(index.newest.bumped(Bump.MINOR) if index.newest else FIRST)
    ready()
    with store.publishing(index) as stage:
        for name, content in data.items():
            stage.write(name, content)
        stage.commit(version, DAY)
    return f"published {version}"


def _fail_at(step: int, fail: Callable[[], None]) -> None:
    """Have the process fail at its n-th step: a change of the file system, or a request to a server."""
    from communique.releases.bucket import Bucket

    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            HIT.append(step)
            fail()

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if writes or event in ("os.rename", "os.mkdir", "os.rmdir", "os.remove"):
            count()

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            count()
            return function(*arguments)

        return call

    sys.addaudithook(watch)
    os.fsync = counted(os.fsync)
    for name in REQUESTS:
        setattr(Bucket, name, counted(getattr(Bucket, name)))


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fill() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _obey(order: Mapping[str, Any], ready: Callable[[], None]) -> Ended:
    """Be the publisher of an order."""
    from communique.releases.errors import ReleaseError

    os.environ.update(order["environment"])
    if "limit" in order:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], order["limit"]))
    if "user" in order and os.getuid() == 0:
        os.setuid(order["user"])
    for fault, fail in (("kill", _kill), ("full", _fill)):
        if fault in order:
            _fail_at(order[fault], fail)
    try:
        return Ended(0, publish_files(order["location"], order["files"], ready), bool(HIT))
    except ReleaseError as error:
        return Ended(1, str(error), bool(HIT))
    except BaseException:
        return Ended(70, traceback.format_exc(), bool(HIT))


def _fork(order: Mapping[str, Any], together: tuple[int, int, int]) -> tuple[int, int]:
    """A process that obeys an order; its id, and where its last words will be read."""
    arrived, start, gate = together
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        return child, reading
    os.close(gate)
    signal.alarm(PATIENCE)
    waited = False

    def ready() -> None:
        nonlocal waited
        waited = True
        os.write(arrived, b".")
        os.read(start, 1)

    ended = _obey(order, ready)
    if not waited:
        os.write(arrived, b".")
    os.write(writing, json.dumps(asdict(ended)).encode())
    os._exit(ended.code)


def _run(orders: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Run the publishers of these orders; they go on together once each of several has read the index."""
    seen, arrived = os.pipe()
    start, gate = os.pipe()
    children = [_fork(order, (arrived, start, gate)) for order in orders]
    if len(orders) > 1:
        for _ in orders:
            os.read(seen, 1)
    os.close(gate)
    ended = []
    for child, reading in children:
        with os.fdopen(reading, "rb") as words:
            said = json.loads(words.read() or "{}")
        _, status = os.waitpid(child, 0)
        ended.append(said | {"code": os.waitstatus_to_exitcode(status)})
    for descriptor in (seen, arrived, start):
        os.close(descriptor)
    return ended


def main() -> None:
    """Obey orders, one line of JSON each, until there are no more."""
    import communique.releases.places  # noqa: F401

    for line in sys.stdin:
        sys.stdout.write(json.dumps(_run(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
