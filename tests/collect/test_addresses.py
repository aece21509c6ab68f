"""Which addresses may be asked for, where connections go, and when two addresses mean one page."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from communique.collect.addresses import cleaned, is_public, require_url, shown
from communique.collect.errors import FetchError
from communique.collect.names import name_for, revision_name
from communique.collect.transport import CheckedTransport
from tests.collect.server import Site, harbour


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::7f00:1"),
    ],
)
def test_an_address_that_is_not_of_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.0.6.139", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://host/x", "gopher://host", "javascript:alert(1)", "data:text/html,x", "//host/x"),
        *("", "x", "http://", "http:///x", "http://[", "http://a b/", "http://user@host/", "https://user:word@host/"),
        "http://host/" + "x" * 5000,
    ],
)
def test_no_address_of_a_page(url: str) -> None:
    with pytest.raises(FetchError):
        require_url(url)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTP://Fjord.Example:80/a", "http://fjord.example/a"),
        ("https://fjord.example", "https://fjord.example/"),
        ("https://fjord.example/a#top", "https://fjord.example/a"),
        ("https://fjord.example/a?utm_source=x&id=7&fbclid=9", "https://fjord.example/a?id=7"),
        ("https://fjord.example/a?token=s&utm_medium=y", "https://fjord.example/a"),
        ("https://fjord.example/a?print", "https://fjord.example/a?print"),
        ("https://fjord.example/a?q=a%20b&x=%C3%A9", "https://fjord.example/a?q=a%20b&x=%C3%A9"),
    ],
)
def test_what_an_address_is_known_by(url: str, same: str) -> None:
    assert cleaned(require_url(url)) == same
    assert cleaned(require_url(same)) == same


@pytest.mark.parametrize(
    "url",
    [
        "https://user:SWORDFISH@fjord.example/a",
        "https://fjord.example/a?token=SWORDFISH",
        "https://fjord.example/a#SWORDFISH",
        "http://user:SWORDFISH@[/",
        "no address?SWORDFISH",
    ],
)
def test_addresses_are_shown_without_secrets(url: str) -> None:
    assert "SWORDFISH" not in shown(url)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.fjord.example/2025/03/Japan-Catch_22.html", "fjord-example_japan-catch-22-"),
        ("https://fjord.example/", "fjord-example_index-"),
        ("https://fjord.example/caf%C3%A9/?p=1", "fjord-example_cafe-"),
        ("https://fjord.example/日本/", "fjord-example_index-"),
    ],
)
def test_names_are_readable_and_end_in_a_digest(url: str, name: str) -> None:
    assert name_for(url)[: len(name)] == name
    assert len(name_for(url)) == len(name) + 8
    assert name_for(url) != name_for(url + "x")


def test_the_name_of_a_revision() -> None:
    assert revision_name("fjord_harbour-1a2b.html", 3, "html") == "fjord_harbour-1a2b.r3.html"


def fetched(url: str, addresses: list[tuple[str, ...]], allowed: frozenset[tuple[str, int]] = frozenset()) -> str:
    """What comes from an address of which the resolver says so, call after call."""
    answers = iter(addresses)

    async def resolver(_host: str, _port: int) -> tuple[str, ...]:
        return next(answers)

    async def get() -> str:
        async with httpx.AsyncClient(transport=CheckedTransport(allowed, resolver), trust_env=False) as client:
            return (await client.get(url)).text

    return asyncio.run(get())


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(FetchError, match="not public"):
        fetched("http://fjord.example/", [("8.8.8.8", "127.0.0.1")])


def test_a_host_without_addresses() -> None:
    with pytest.raises(FetchError, match="no such host"):
        fetched("http://fjord.example/", [()])


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """A name is resolved once for a request, so that it cannot stand for something else a moment later."""
    site.serve("/a", harbour())
    url = f"http://fjord.example:{site.port}/a"
    allowed = frozenset({("fjord.example", site.port)})
    assert "Norway" in fetched(url, [("127.0.0.1",)], allowed)
    assert site.asked[0][1]["Host"] == f"fjord.example:{site.port}"


def test_where_the_first_address_takes_no_connection_the_next_is_tried(site: Site) -> None:
    site.serve("/a", harbour())
    url = f"http://fjord.example:{site.port}/a"
    allowed = frozenset({("fjord.example", site.port)})
    assert "Norway" in fetched(url, [("::1", "127.0.0.2", "127.0.0.1")], allowed)
