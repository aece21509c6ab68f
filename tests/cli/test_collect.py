"""`communique collect`: what it says, how it ends, and that interrupting it loses nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.articles.ingest import ingest
from communique.articles.model import Article
from tests.collect.server import Site, harbour, replies, running, stalls, steel

LIMITS = """
[limits]
seconds_between_requests = 0
seconds_before_retry = 0
seconds_of_silence = 30
attempts = 1
"""


@pytest.fixture
def site():
    with running() as site:
        yield site


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


def listed(place: Path, *urls: str, kind: str = "page", more: str = "") -> None:
    entry = '[[{}]]\nurl = "{}"\npublisher = "The Fjord Post"\nlicence = "CC-BY-4.0"\n{}'
    text = "".join(entry.format(kind, url, more) for url in urls) + LIMITS
    (place / "sources.toml").write_text(text, encoding="utf-8")


def test_what_came_is_said_and_nothing_new_the_second_time(communique, site, place):
    listed(place, site.serve("/a", harbour()), site.serve("/b", steel()))
    first = communique("collect", "--raw", place, "--allow-private")
    assert first.code == 0
    assert f"2 new articles and 0 revisions in {place}" in first.out
    second = communique("collect", "--raw", place, "--allow-private")
    assert (second.code, second.out.splitlines()[-1]) == (0, "Nothing is new")


def test_as_json(communique, site, place):
    listed(place, site.serve("/a", harbour()), site.url("/gone"))
    said = communique("collect", "--raw", place, "--allow-private", "--json")
    assert said.code == 1
    assert said.json["totals"] == {
        "new": 1, "revised": 0, "unchanged": 0, "elsewhere": 0, "problems": 1, "failed_sources": 1,
    }  # fmt: skip
    one, other = said.json["sources"]
    assert (one["source"], one["failed"], len(one["files"])) == (site.url("/a"), False, 1)
    assert other["problems"][0]["problem"] == "does not exist (404)"


def test_a_line_for_each_source_that_failed(communique, site, place):
    listed(place, site.serve("/a", harbour()), site.url("/gone"), site.serve("/sorry", replies("", 410)))
    said = communique("collect", "--raw", place, "--allow-private")
    assert said.code == 1
    lines = said.err.splitlines()
    assert lines[0].startswith(f"{site.url('/gone')}: does not exist (404); see whether the address is right")
    assert lines[1].startswith(f"{site.url('/sorry')}: is gone for good (410); ")
    assert lines[2] == "communique: 2 of 3 sources could not be collected; see the lines above"
    assert len(list(place.glob("*.html"))) == 1


def test_pages_with_the_same_problem_have_one_line(communique, site, place):
    site.serve("/a", harbour())
    listed(place, site.feed("/feed", "/a", "/gone/1", "/gone/2", "/gone/3"), kind="feed")
    said = communique("collect", "--raw", place, "--allow-private")
    (line,) = said.err.splitlines()
    assert line.startswith(f"{site.url('/gone/1')}: does not exist (404) (and 2 more pages of {site.url('/feed')}); ")
    assert said.code == 0


def test_hosts_of_ones_own_are_not_asked_unless_allowed(communique, site, place):
    listed(place, site.serve("/a", harbour()))
    said = communique("collect", "--raw", place)
    assert said.code == 1
    assert "leads to an address that is not public; with --allow-private" in said.err
    assert not site.asked


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (None, "does not exist; write one (docs/collecting.md shows how)"),
        ("[[feed]", "sources.toml: does not parse"),
        ('[[feed]]\nurl = "file:///etc/passwd"\npublisher = "x"\nlicence = "y"\n', "only http and https are collected"),
    ],
)
def test_sources_that_cannot_be_used(communique, place, text, complaint):
    if text is not None:
        (place / "sources.toml").write_text(text, encoding="utf-8")
    said = communique("collect", "--raw", place)
    assert said.code == 2
    assert complaint in said.complaint
    assert len(said.err.splitlines()) == 1


def test_sources_may_stand_elsewhere_and_none_may_be_enabled(communique, site, place):
    listed(place, site.serve("/a", harbour()), more="enabled = false\n")
    (place / "sources.toml").rename(place.parent / "feeds.toml")
    said = communique("collect", "--raw", place, "--sources", place.parent / "feeds.toml")
    assert (said.code, said.out.splitlines()[-1]) == (0, "Nothing is new")
    assert "no source is enabled, so nothing was fetched; set enabled = true" in said.complaint


MAIN = "from communique.cli.app import main; main()"
SMALL_FILES = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "


def started(place: Path, code: str = MAIN) -> subprocess.Popen[str]:
    """The command at work in a process of its own."""
    command = [sys.executable, "-c", code, "collect", "--raw", str(place), "--allow-private"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_disk_without_room_is_said_and_made_good_by_the_next_run(communique, site, place):
    """The system refuses larger files here, as a full disk does."""
    listed(place, site.serve("/a", harbour()), site.serve("/b", steel("It was a long day. " * 1000)))
    process = started(place, SMALL_FILES + MAIN)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    (line,) = said.splitlines()
    assert line.startswith(f"communique: {place}/127-0-0-1_b-")
    assert line.endswith("; make room or give this user the right to it")
    assert len(list(place.glob("*.html"))) == 1
    assert not list(place.rglob("*.draft"))
    again = communique("collect", "--raw", place, "--allow-private", "--json")
    assert (again.json["totals"]["new"], again.json["totals"]["unchanged"]) == (1, 1)


def await_that(so: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not so():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_interrupting_it_loses_nothing_that_was_fetched(communique, site: Site, place, number, code):
    listed(place, site.serve("/a", replies(harbour(), ETag='"1"')), site.serve("/b", stalls(steel())))
    process = started(place)
    try:
        await_that(lambda: list(place.glob("*.html")) and site.times("/b"))
        began = time.monotonic()
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == code
    assert time.monotonic() - began < 10
    assert "Traceback" not in said
    assert said.strip() in ("", "communique: interrupted")
    (file,) = place.glob("*.html")
    before = file.stat().st_mtime_ns
    assert json.loads((place / f"{file.name}.json").read_text(encoding="utf-8"))["received"]["etag"] == '"1"'

    site.serve("/b", steel())
    again = communique("collect", "--raw", place, "--allow-private", "--json")
    assert again.json["totals"]["new"] == 1
    assert again.json["totals"]["unchanged"] == 1
    assert file.stat().st_mtime_ns == before
    asked = [headers.get("If-None-Match") for path, headers, _ in site.asked if path == "/a"]
    assert asked[-1] == (None if number == signal.SIGKILL else '"1"')
    found = list(ingest(place))
    assert len(found) == 2
    assert all(isinstance(one, Article) for one in found)
