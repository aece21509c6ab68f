"""Asking for an address: politely, patiently, and only so far."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from communique.collect.addresses import require_url
from communique.collect.body import ENCODINGS, Body, charset_of, seconds_of
from communique.collect.errors import FetchError, PassingError
from communique.collect.pace import Pace
from communique.collect.robots import AGENT, Robots
from communique.collect.sources import Limits
from communique.collect.transport import CheckedTransport

_MOVED = frozenset((301, 302, 303, 307, 308))
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
_REFUSED = {
    401: "needs a login (401)",
    403: "is refused (403)",
    404: "does not exist (404)",
    410: "is gone for good (410)",
    451: "is withheld for legal reasons (451)",
}
_LONGEST_VALIDATOR = 1000


def _no_addresses(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO


# httpx would log every address whole, with the secrets that can stand in it.
logging.getLogger("httpx").addFilter(_no_addresses)


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server can tell that a page is still the same."""

    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, headers: httpx.Headers) -> Validators:
        found = (headers.get(name, "") for name in ("etag", "last-modified"))
        return cls(*(value if _is_validator(value) else None for value in found))

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value is not None and _is_validator(value)}


def _is_validator(value: str) -> bool:
    """Whether it can be sent back in a header."""
    return 0 < len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: `url` where it was in the end, `body` the bytes, decompressed and not decoded.

    `status` is 200, or 304 where nothing has changed.
    """

    url: httpx.URL
    status: int
    content_type: str
    validators: Validators
    body: bytes

    @property
    def is_unchanged(self) -> bool:
        return self.status == httpx.codes.NOT_MODIFIED

    @property
    def charset(self) -> str | None:
        return charset_of(self.content_type)


@dataclass(frozen=True, slots=True)
class _Ask:
    """What goes with a request: the headers of a condition, the most bytes to take, whether robots.txt counts."""

    headers: dict[str, str]
    most: int
    obey: bool = True


@dataclass(frozen=True, slots=True)
class _Moved:
    location: str


class Fetcher:
    """Fetches pages within the limits; `allowed` are hosts and ports that need not be public."""

    def __init__(
        self,
        limits: Limits,
        contact: str | None = None,
        allowed: frozenset[tuple[str, int]] = frozenset(),
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.limits = limits
        about = f"{AGENT}/{version(AGENT)}" + (f" ({contact})" if contact else "")
        self._client = httpx.AsyncClient(
            transport=transport or CheckedTransport(allowed),
            headers={"User-Agent": about, "Accept-Encoding": ENCODINGS, "Accept-Language": "en"},
            timeout=httpx.Timeout(limits.seconds_of_silence, connect=limits.seconds_to_connect),
            follow_redirects=False,
            trust_env=False,
        )
        self._pace = Pace(limits.seconds_between_requests, limits.hosts_at_once)
        self._robots = Robots(self._robots_txt)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, address: str, validators: Validators = Validators(), most: int | None = None) -> Reply:
        """The page at the address, or where it has moved to, of at most so many bytes.

        Raises:
            FetchError: there is none to be had.
        """
        ask = _Ask(validators.headers, self.limits.bytes_per_page if most is None else most)
        return await self._followed(require_url(address), ask)

    async def _robots_txt(self, url: httpx.URL) -> tuple[int, bytes]:
        try:
            reply = await self._followed(url, _Ask({}, self.limits.bytes_per_page, obey=False))
        except _StatusError as error:
            return error.status, b""
        return reply.status, reply.body

    async def _followed(self, url: httpx.URL, ask: _Ask) -> Reply:
        seen = [str(url)]
        while True:
            if ask.obey:
                await self._obey(url)
            found = await self._asked(url, ask)
            if isinstance(found, Reply):
                return found
            url = _next(url, found.location)
            if str(url) in seen:
                raise FetchError("is redirected in a circle", "correct the address")
            seen.append(str(url))
            if len(seen) > self.limits.redirects + 1:
                raise FetchError(f"is redirected more than {self.limits.redirects} times", "correct the address")

    async def _obey(self, url: httpx.URL) -> None:
        rules = await self._robots.require(url)
        if rules.delay > self.limits.seconds_to_wait:
            why = f"robots.txt wants {rules.delay:.0f} seconds between two requests"
            raise FetchError(why, "raise seconds_to_wait under [limits], or remove it from the sources")
        self._pace.slow_down(url.host, rules.delay)

    async def _asked(self, url: httpx.URL, ask: _Ask) -> Reply | _Moved:
        attempts = AsyncRetrying(
            stop=stop_after_attempt(self.limits.attempts),
            wait=self._wait,
            retry=retry_if_exception_type(PassingError),
            reraise=True,
        )
        async with self._pace.turn(url.host):
            try:
                found: Reply | _Moved = await attempts(self._once, url, ask)
            except PassingError as error:
                self._pace.failed(url.host, unreachable=error.unreachable)
                raise
            self._pace.succeeded(url.host)
            return found

    def _wait(self, state: RetryCallState) -> float:
        """Longer with every attempt and never quite the same, and no shorter than the server asks."""
        first = self.limits.seconds_before_retry
        wait = wait_exponential_jitter(initial=first, max=30, jitter=first)(state)
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, PassingError) else None
        return max(wait, self.limits.seconds_between_requests, asked or 0.0)

    async def _once(self, url: httpx.URL, ask: _Ask) -> Reply | _Moved:
        try:
            async with (
                asyncio.timeout(self.limits.seconds_per_request),
                self._client.stream("GET", url, headers=ask.headers) as response,
            ):
                return await self._read(url, response, ask)
        except TimeoutError:
            problem = f"was not there within {self.limits.seconds_per_request:g} seconds"
            raise PassingError(problem, "run again later") from None
        except httpx.ConnectTimeout:
            raise PassingError("could not be connected to in time", "run again later", unreachable=True) from None
        except httpx.TimeoutException:
            problem = f"said nothing for {self.limits.seconds_of_silence:g} seconds"
            raise PassingError(problem, "run again later") from None
        except httpx.ConnectError as error:
            problem = f"could not be connected to ({_reason(error)})"
            raise PassingError(problem, "run again later", unreachable=True) from None
        except (httpx.TransportError, httpx.StreamError) as error:
            raise PassingError(f"the answer broke off or is broken ({_reason(error)})", "run again later") from None

    async def _read(self, url: httpx.URL, response: httpx.Response, ask: _Ask) -> Reply | _Moved:
        status, headers = response.status_code, response.headers
        if status in _MOVED and "location" in headers:
            return _Moved(headers["location"])
        if status in _PASSING:
            self._raise_passing(url, status, headers)
        if status != httpx.codes.OK and not (status == httpx.codes.NOT_MODIFIED and ask.headers):
            raise _StatusError(status)
        body = Body(headers.get("content-encoding", ""), ask.most)
        if status == httpx.codes.OK:
            async for chunk in response.aiter_raw():
                body.add(chunk)
        return Reply(url, status, headers.get("content-type", ""), Validators.of(headers), body.whole())

    def _raise_passing(self, url: httpx.URL, status: int, headers: httpx.Headers) -> None:
        asked = seconds_of(headers.get("retry-after", ""), datetime.now(UTC))
        if asked is not None and asked > self.limits.seconds_to_wait:
            why = f"{url.host} asks to be left alone for {asked:.0f} seconds ({status})"
            self._pace.rest(url.host, why)
            raise FetchError(why, "run again later")
        raise PassingError(f"the server answers {status}", "run again later", retry_after=asked)


class _StatusError(FetchError):
    def __init__(self, status: int) -> None:
        problem = _REFUSED.get(status, f"the server answers {status}")
        super().__init__(problem, "see whether the address is right and may be collected, or remove it")
        self.status = status


def _next(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return require_url(str(url.join(location)))
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise FetchError("is redirected to what is no address", "correct the address") from None
    except FetchError as error:
        raise FetchError(f"is redirected to an address that {error.problem}", error.remedy) from None


def _reason(error: Exception) -> str:
    """The error in a few words, without any address."""
    words = str(error) or type(error).__name__
    return words if "://" not in words else type(error).__name__
