"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from communique.collect.addresses import origin
from communique.collect.errors import FetchError

AGENT = "communique"
"""The name to which robots.txt can speak."""

LARGEST = 500_000
"""Bytes of a robots.txt that are read."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows; `delay` the seconds that it wants between two requests."""

    parsed: Protego | None = None
    delay: float = 0.0

    def allow(self, url: str) -> bool:
        return self.parsed is None or bool(self.parsed.can_fetch(url, AGENT))


def rules_of(status: int, body: bytes) -> Rules:
    """The rules in an answer to the request for robots.txt; a site that has none allows everything.

    Raises:
        FetchError: the site could not say.
    """
    if status == httpx.codes.OK:
        parsed = Protego.parse(body[:LARGEST].decode("utf-8", "replace"))
        rate = parsed.request_rate(AGENT)
        asked = [float(parsed.crawl_delay(AGENT) or 0.0), rate.seconds / rate.requests if rate else 0.0]
        return Rules(parsed, max(asked))
    if 400 <= status < 500 and status != httpx.codes.TOO_MANY_REQUESTS:
        return Rules()
    raise FetchError(f"robots.txt answers {status}", "run again later")


class Robots:
    """The rules of all sites that were asked in a run; `fetch` gets status and body of a robots.txt."""

    def __init__(self, fetch: Callable[[httpx.URL], Awaitable[tuple[int, bytes]]]) -> None:
        self._fetch = fetch
        self._rules: dict[tuple[str, str, int], Rules | FetchError] = {}
        self._asking: defaultdict[tuple[str, str, int], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def require(self, url: httpx.URL) -> Rules:
        """The rules of the address's site, which allow the address.

        Raises:
            FetchError: they do not, or cannot be had.
        """
        site = origin(url)
        async with self._asking[site]:
            if site not in self._rules:
                self._rules[site] = await self._asked(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        rules = self._rules[site]
        if isinstance(rules, FetchError):
            raise FetchError(f"was not asked for, as robots.txt could not be had: {rules.problem}", rules.remedy)
        if not rules.allow(str(url)):
            raise FetchError("robots.txt does not allow it", "ask the publisher, or remove it from the sources")
        return rules

    async def _asked(self, url: httpx.URL) -> Rules | FetchError:
        try:
            return rules_of(*await self._fetch(url))
        except FetchError as error:
            return error
