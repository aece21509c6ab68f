"""Servers that misbehave: what is tried again, what is given up, and that the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from communique.collect.body import Body, seconds_of
from communique.collect.errors import FetchError
from communique.collect.sources import Limits
from tests.collect.conftest import QUICK, Collecting, counts, problem
from tests.collect.server import (
    Site,
    bomb,
    closed_port,
    drips,
    hangs_up,
    harbour,
    huge_headers,
    moves,
    replies,
    running,
    stalls,
    steel,
    truncated,
)


@pytest.mark.parametrize(
    "misbehaves",
    [
        pytest.param(replies("busy", 500), id="500"),
        pytest.param(replies("busy", 503), id="503"),
        pytest.param(replies("slowly", 429, Retry_After="0"), id="429"),
        pytest.param(truncated(harbour()), id="truncated"),
        pytest.param(stalls(harbour()), id="stalled"),
        pytest.param(hangs_up, id="hung up"),
        pytest.param(replies(b"\x1f\x8b\x08\x00broken", Content_Encoding="gzip"), id="broken gzip"),
    ],
)
def test_what_may_pass_is_tried_again(site: Site, collecting: Collecting, misbehaves: Callable[..., None]) -> None:
    url = site.serve("/a", misbehaves, misbehaves, replies(harbour()))
    assert counts(collecting(url)) == {"new": 1}
    assert site.times("/a") == 3


@pytest.mark.parametrize(
    ("misbehaves", "said"),
    [
        pytest.param(replies("busy", 500), "the server answers 500; run again later", id="500"),
        pytest.param(truncated(harbour()), "the answer broke off or is broken", id="truncated"),
        pytest.param(stalls(harbour()), "said nothing for 0.4 seconds; run again later", id="stalled"),
        pytest.param(drips(harbour(), 0.05), "was not there within 0.6 seconds; run again later", id="drips"),
        pytest.param(huge_headers(), "the answer broke off or is broken", id="huge headers"),
        pytest.param(hangs_up, "the answer broke off or is broken", id="hung up"),
    ],
)
def test_what_does_not_pass_is_said_in_one_line(
    site: Site, collecting: Collecting, misbehaves: Callable[..., None], said: str
) -> None:
    url = site.serve("/bad", misbehaves)
    good = site.serve("/good", harbour())
    collected = collecting(url, good, limits=replace(QUICK, attempts=2, seconds_per_request=0.6))
    assert counts(collected) == {"new": 1, "problems": 1, "failed_sources": 1}
    assert said in problem(collected)
    assert site.times("/bad") == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(replies("", 404), "does not exist (404)", id="404"),
        pytest.param(replies("", 410), "is gone for good (410)", id="410"),
        pytest.param(replies("", 403), "is refused (403)", id="403"),
        pytest.param(replies("", 418), "the server answers 418", id="418"),
        pytest.param(replies("", 204), "the server answers 204", id="204"),
        pytest.param(replies("", 304), "the server answers 304", id="304 to no condition"),
        pytest.param(replies(b"%PDF-1.7", content_type="application/pdf"), "is 'application/pdf'", id="pdf"),
        pytest.param(replies(b"%PDF-1.7"), "begins as a document", id="pdf that calls itself html"),
        pytest.param(replies("", 200), "the file has no bytes", id="nothing"),
        pytest.param(replies("x", Content_Encoding="br"), "is sent as 'br', which was not asked for", id="brotli"),
        pytest.param(bomb(3_000_000), "is larger than 1000000 bytes", id="gzip bomb"),
        pytest.param(replies("<p>" * 500_000), "is larger than 1000000 bytes", id="too large"),
        pytest.param(moves("/a"), "is redirected in a circle", id="circle of one"),
        pytest.param(moves("/1"), "is redirected more than 5 times", id="too many"),
        pytest.param(moves("file:///etc/passwd"), "that has the scheme 'file'", id="to a file"),
        pytest.param(moves("http://user:pass@127.0.0.1/"), "that has a user or a password in it", id="to a login"),
        pytest.param(moves("http://[::ffff:127.0.0.1]/"), "is not public", id="to a mapped address"),
        pytest.param(moves("http://169.254.169.254/latest/meta-data"), "is not public", id="to the cloud's metadata"),
        pytest.param(moves("http://2130706433/"), "is not public", id="to the loopback as a number"),
        pytest.param(moves("http://localhost:1/"), "is not public", id="to another port"),
        pytest.param(moves("http://[/"), "is redirected to", id="to nothing"),
        pytest.param(moves("gopher://127.0.0.1/"), "that has the scheme 'gopher'", id="to gopher"),
    ],
)
def test_what_will_not_pass_is_asked_for_once(
    site: Site, collecting: Collecting, answer: Callable[..., None], said: str
) -> None:
    for number in range(1, 9):
        site.serve(f"/{number}", moves(f"/{number + 1}"))
    collected = collecting(site.serve("/a", answer), limits=replace(QUICK, bytes_per_page=1_000_000))
    assert said in problem(collected)
    assert "; " in problem(collected)
    assert site.times("/a") == 1
    assert collecting.files == []


@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
@pytest.mark.parametrize("value", ["é", "x" * 2000, "a\tb"])
def test_what_cannot_be_sent_back_is_no_condition(site: Site, collecting: Collecting, name: str, value: str) -> None:
    url = site.serve("/a", replies(harbour(), **{name: value}))
    assert counts(collecting(url)) == {"new": 1}
    assert counts(collecting(url)) == {"unchanged": 1}
    assert not {"If-None-Match", "If-Modified-Since"} & site.asked[-1][1].keys()


def test_a_circle_of_two(site: Site, collecting: Collecting) -> None:
    site.serve("/b", moves("/a"))
    assert "is redirected in a circle" in problem(collecting(site.serve("/a", moves("/b"))))


def test_a_page_that_has_moved_is_known_by_where_it_is(site: Site, collecting: Collecting) -> None:
    site.serve("/new/place", harbour())
    url = site.serve("/old", moves("/new/place", 301))
    assert counts(collecting(url)) == {"new": 1}
    sidecar = collecting.sidecar(collecting.files[0])
    assert sidecar["metadata"]["url"] == site.url("/new/place")
    assert sidecar["received"]["also_at"] == [url]
    assert counts(collecting(site.url("/new/place"))) == {"unchanged": 1}


def test_a_private_address_is_not_asked(site: Site, collecting: Collecting) -> None:
    collected = collecting(site.serve("/a", harbour()), private=False)
    assert "leads to an address that is not public; with --allow-private" in problem(collected)
    assert not site.asked


def test_allowing_private_hosts_allows_those_that_the_sources_name(site: Site, collecting: Collecting) -> None:
    with running() as other:
        url = site.serve("/a", moves(other.serve("/b", harbour())))
        assert "is not public" in problem(collecting(url))
        assert not other.asked
        assert counts(collecting(url, other.serve("/c", steel()))) == {"new": 2}


def test_nobody_listens(collecting: Collecting) -> None:
    port = closed_port()
    urls = [f"http://127.0.0.1:{port}/{name}" for name in "ab"]
    collected = collecting(*urls, limits=replace(QUICK, attempts=2))
    assert all("could not be connected to" in found.problem for found in collected.problems)
    assert len(collected.failed) == 2


def test_a_host_that_fails_again_and_again_is_left_alone(site: Site, collecting: Collecting) -> None:
    urls = [site.serve(f"/{name}", hangs_up) for name in "abcd"]
    collected = collecting(*urls, limits=replace(QUICK, attempts=1))
    assert [site.times(f"/{name}") for name in "abcd"] == [1, 1, 1, 0]
    assert collected.problems[3].problem == "was not asked for: 127.0.0.1 did not answer before"


def test_a_server_that_says_when_to_come_back_is_left_alone_until_then(site: Site, collecting: Collecting) -> None:
    url = site.serve("/a", replies("", 429, Retry_After="1"), replies(harbour()))
    assert counts(collecting(url)) == {"new": 1}
    first, second = (moment for path, _, moment in site.asked if path == "/a")
    assert second - first >= 0.95


def test_a_server_that_wants_a_long_rest_has_it(site: Site, collecting: Collecting) -> None:
    url, other = site.serve("/a", replies("", 503, Retry_After="3600")), site.serve("/b", harbour())
    collected = collecting(url, other)
    assert collected.problems[0].problem == "127.0.0.1 asks to be left alone for 3600 seconds (503)"
    assert "was not asked for" in collected.problems[1].problem
    assert (site.times("/a"), site.times("/b")) == (1, 0)


def test_there_is_a_pause_between_two_requests_to_a_host(site: Site, collecting: Collecting) -> None:
    urls = [site.serve(f"/{name}", harbour()) for name in "abc"]
    collecting(*urls, limits=replace(QUICK, seconds_between_requests=0.15))
    moments = [moment for _, _, moment in site.asked]
    assert all(later - earlier >= 0.14 for earlier, later in pairwise(moments))


def test_servers_hear_who_asks(site: Site, collecting: Collecting) -> None:
    collecting(site.serve("/a", harbour()))
    assert all(headers["User-Agent"].startswith("communique/") for _, headers, _ in site.asked)
    assert site.asked[0][1]["Host"] == f"127.0.0.1:{site.port}"


class TestRobots:
    def test_what_it_forbids_is_not_asked_for(self, site: Site, collecting: Collecting) -> None:
        site.serve("/robots.txt", replies("User-agent: communique\nDisallow: /no\n", content_type="text/plain"))
        collected = collecting(site.serve("/no/a", steel()), site.serve("/yes", harbour()))
        assert counts(collected) == {"new": 1, "problems": 1, "failed_sources": 1}
        assert problem(collected).startswith("robots.txt does not allow it; ask the publisher")
        assert site.times("/no/a") == 0
        assert site.times("/robots.txt") == 1

    def test_it_holds_for_where_a_page_has_moved_too(self, site: Site, collecting: Collecting) -> None:
        site.serve("/robots.txt", replies("User-agent: *\nDisallow: /no\n", content_type="text/plain"))
        site.serve("/no/a", harbour())
        assert "robots.txt does not allow it" in problem(collecting(site.serve("/a", moves("/no/a"))))
        assert site.times("/no/a") == 0

    def test_a_server_that_cannot_say_is_not_asked_further(self, site: Site, collecting: Collecting) -> None:
        site.serve("/robots.txt", replies("", 500))
        collected = collecting(site.serve("/a", harbour()))
        assert "robots.txt could not be had: the server answers 500; run again later" in problem(collected)
        assert site.times("/a") == 0

    @pytest.mark.parametrize("status", [401, 404, 410])
    def test_a_site_without_one_allows_everything(self, site: Site, collecting: Collecting, status: int) -> None:
        site.serve("/robots.txt", replies("", status))
        assert counts(collecting(site.serve("/a", harbour()))) == {"new": 1}

    def test_the_pause_it_wants_is_kept(self, site: Site, collecting: Collecting) -> None:
        site.serve("/robots.txt", replies("User-agent: *\nCrawl-delay: 0.3\n", content_type="text/plain"))
        collecting(site.serve("/a", harbour()), site.serve("/b", steel()))
        first, second = (moment for path, _, moment in site.asked if path != "/robots.txt")
        assert second - first >= 0.29

    def test_a_pause_that_is_too_long_is_a_no(self, site: Site, collecting: Collecting) -> None:
        site.serve("/robots.txt", replies("User-agent: *\nCrawl-delay: 86400\n", content_type="text/plain"))
        said = problem(collecting(site.serve("/a", harbour())))
        assert said.startswith("robots.txt wants 86400 seconds between two requests; raise seconds_to_wait")


def test_no_secret_is_said_or_kept(site: Site, collecting: Collecting, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in what is logged, nor in problems, nor in any file."""
    caplog.set_level(logging.DEBUG)
    site.serve("/a", harbour())
    site.serve("/b", replies("", 404))
    collected = collecting(site.url("/a?id=1&token=SWORDFISH"), site.url("/b?api_key=SWORDFISH"))
    assert counts(collected) == {"new": 1, "problems": 1, "failed_sources": 1}
    assert "/a?id=1&token=SWORDFISH" in [path for path, _, _ in site.asked]
    assert "SWORDFISH" not in caplog.text + str(collected.as_dict())
    kept = [path.read_bytes() for path in collecting.raw.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"SWORDFISH" in data for data in kept)
    assert collecting.sidecar(collecting.files[0])["metadata"]["url"] == site.url("/a?id=1")


def test_the_memory_for_a_bomb_is_the_limit() -> None:
    import gzip

    body = Body("gzip", 1000)
    with pytest.raises(FetchError, match="is larger than 1000 bytes"):
        body.add(gzip.compress(b"a" * 10_000_000))


@pytest.mark.parametrize("encoding", ["", "identity", "gzip", "x-gzip", "deflate"])
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_body_in_chunks_of_any_size(encoding: str, size: int) -> None:
    import gzip
    import zlib

    data = bytes(range(256)) * 8
    packed = {"gzip": gzip.compress(data[:99]) + gzip.compress(data[99:]), "deflate": zlib.compress(data)}
    packed["x-gzip"] = packed["gzip"]
    sent = packed.get(encoding, data)
    body = Body(encoding, len(data))
    for start in range(0, len(sent), size):
        body.add(sent[start : start + size])
    assert body.whole() == data


def test_deflate_without_its_frame_is_read_too() -> None:
    import zlib

    packer = zlib.compressobj(wbits=-15)
    body = Body("deflate", 1000)
    body.add(packer.compress(b"Norway pays. " * 20) + packer.flush())
    assert body.whole() == b"Norway pays. " * 20


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Mon, 03 Mar 2025 10:01:00 GMT", 60),
        ("Mon, 03 Mar 2025 09:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_when_to_come_back(header: str, seconds: float | None) -> None:
    assert seconds_of(header, datetime(2025, 3, 3, 10, tzinfo=UTC)) == seconds


def test_the_defaults_are_gentle() -> None:
    assert Limits().seconds_between_requests >= 1
