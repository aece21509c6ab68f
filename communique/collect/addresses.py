"""Addresses of the web: which may be asked for, how they are shown, and when two mean one page."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import parse_qsl, urlencode

import httpx

from communique.collect.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(rb"[A-Za-z0-9._-]+|\[?[0-9A-Fa-f:.]+\]?")
_LONGEST = 4000
_TRACKING = ("utm_", "mc_", "pk_", "at_")
_TRACKING_NAMES = frozenset("fbclid gclid dclid msclkid igshid yclid ref_src cmpid".split())
_SECRET_NAMES = frozenset(
    "token access_token auth auth_token key api_key apikey api-key secret signature sig password passwd pwd session "
    "sessionid session_id sid phpsessid jsessionid".split()
)
_TRANSLATED = IPv6Network("64:ff9b::/96")


def require_url(text: str) -> httpx.URL:
    """The address, where it is one that may be asked for.

    Raises:
        FetchError: it is no address of a web page, or has a user or a password in it.
    """
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise FetchError("is no address of a web page", "correct the address") from None
    if url.scheme not in _PORTS:
        raise FetchError(f"has the scheme {url.scheme or 'of none'!r}", "only http and https are collected")
    if not _HOST.fullmatch(url.raw_host) or len(text) > _LONGEST:
        raise FetchError("is no address of a web page", "correct the address")
    if url.userinfo:
        raise FetchError("has a user or a password in it", "remove them; pages that need a login are not collected")
    return url


def shown(text: str) -> str:
    """The address for messages and logs: without user, password, query and fragment, which can hold secrets."""
    try:
        url = httpx.URL(text.strip())
        plain = url.copy_with(username=None, password=None, query=None, fragment=None)
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError):
        return text.split("?")[0].split("#")[0].rsplit("@", 1)[-1][:200]
    return f"{plain}?…" if url.query else str(plain)


def cleaned(url: httpx.URL) -> str:
    """The address by which a page is known and published: without fragment, and without the parts of the query that
    follow a reader around or let one in."""
    query = url.query.decode("ascii")
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if _tells(name)]
    if len(kept) < len(pairs):
        query = urlencode(kept)
    plain = str(url.copy_with(username=None, password=None, fragment=None, query=None))
    if url.path == "/":
        plain = plain.rstrip("/") + "/"
    return f"{plain}?{query}" if query else plain


def _tells(name: str) -> bool:
    lower = name.lower()
    return not lower.startswith(_TRACKING) and lower not in _TRACKING_NAMES | _SECRET_NAMES


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """Scheme, host and port."""
    return url.scheme, url.host, port_of(url)


def port_of(url: httpx.URL) -> int:
    """The port, also where it goes without saying."""
    return url.port or _PORTS[url.scheme]


def same_site(one: httpx.URL, other: httpx.URL) -> bool:
    """Whether two addresses have one host, "www." aside."""
    return one.host.removeprefix("www.") == other.host.removeprefix("www.")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where it stands for another in it."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _TRANSLATED:
            inner = IPv4Address(ip.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_private or ip.is_reserved or ip.is_multicast or ip.is_link_local)
