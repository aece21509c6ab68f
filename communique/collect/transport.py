"""Connections to addresses that were checked.

A name is resolved once, all its addresses are checked, and the connection goes to one of these: what the name stands
for a moment later does not matter.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from ipaddress import ip_address

import httpx

from communique.collect.addresses import is_public, port_of
from communique.collect.errors import FetchError, PassingError

Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""From a host and a port to all its IP addresses."""


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, by the system's resolver.

    Raises:
        PassingError: it has none.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "not a name"
        raise PassingError(f"no such host ({reason})", "check the address and the network", unreachable=True) from None
    return tuple(dict.fromkeys(str(address[4][0]) for address in found))


@cache
def _certificates() -> ssl.SSLContext:
    """The certificates that are trusted, read once since that takes a while."""
    return httpx.create_ssl_context()


class CheckedTransport(httpx.AsyncBaseTransport):
    """Connects to public addresses only, and to the `allowed` hosts and ports whatever their address.

    Every request has a connection of its own: one made for a name is not used for another at the same address.
    """

    def __init__(
        self,
        allowed: frozenset[tuple[str, int]] = frozenset(),
        resolver: Resolve = resolve,
        inner: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._inner = inner or httpx.AsyncHTTPTransport(verify=_certificates(), limits=limits)
        self._allowed = allowed
        self._resolve = resolver

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response from the first of the host's addresses that takes the connection.

        Raises:
            FetchError: one of the addresses is not public.
        """
        addresses = await self._checked(request.url)
        for address in addresses[:-1]:
            try:
                return await self._inner.handle_async_request(_to(address, request))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._inner.handle_async_request(_to(addresses[-1], request))

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _checked(self, url: httpx.URL) -> tuple[str, ...]:
        addresses = await self._resolve(url.raw_host.decode("ascii").strip("[]"), port_of(url))
        if not addresses:
            raise PassingError("no such host", "check the address and the network", unreachable=True)
        if (url.host, port_of(url)) not in self._allowed and not all(map(is_public, addresses)):
            raise FetchError(
                "leads to an address that is not public",
                "with --allow-private the hosts that sources.toml itself names may be private",
            )
        return addresses


def _to(address: str, request: httpx.Request) -> httpx.Request:
    """The request to an address; the name stays in the Host header, and for certificates."""
    host = f"[{address}]" if ip_address(address.partition("%")[0]).version == 6 else address
    name = request.url.raw_host.decode("ascii")
    return httpx.Request(
        request.method,
        request.url.copy_with(host=host),
        headers=request.headers,
        extensions={**request.extensions, "sni_hostname": name},
    )
