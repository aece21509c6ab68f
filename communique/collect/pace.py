"""One request at a time to a host, with a pause between two, and rest for hosts that ask for it or are down."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from communique.collect.errors import FetchError

_FAILURES = 3


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    pause: float = 0.0
    failures: int = 0
    resting: str | None = None


class Pace:
    """The turns of all hosts; `pause` are the seconds between two requests to one of them."""

    def __init__(self, pause: float, at_once: int) -> None:
        self._hosts: defaultdict[str, _Host] = defaultdict(lambda: _Host(pause=pause))
        self._slots = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """The right to ask the host something, once the pause is over.

        Raises:
            FetchError: the host is left alone for the rest of the run.
        """
        known = self._hosts[host]
        async with known.lock:
            loop = asyncio.get_running_loop()
            if known.resting is None:
                await asyncio.sleep(known.free_at - loop.time())
            if known.resting is not None:
                raise FetchError(f"was not asked for: {known.resting}", "run again later")
            async with self._slots:
                try:
                    yield
                finally:
                    known.free_at = loop.time() + known.pause

    def slow_down(self, host: str, pause: float) -> None:
        """Leave at least `pause` seconds between two requests to the host."""
        self._hosts[host].pause = max(self._hosts[host].pause, pause)

    def rest(self, host: str, why: str) -> None:
        """Ask the host nothing more in this run."""
        self._hosts[host].resting = why

    def succeeded(self, host: str) -> None:
        """The host has answered."""
        self._hosts[host].failures = 0

    def failed(self, host: str, *, unreachable: bool) -> None:
        """The host has not answered in all attempts; one that cannot be reached or fails again and again rests."""
        known = self._hosts[host]
        known.failures += _FAILURES if unreachable else 1
        if known.failures >= _FAILURES:
            known.resting = f"{host} did not answer before"
