"""Feeds: which pages they list, also where they are broken, and what they say of them."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from communique.articles.metadata import Metadata
from communique.collect.errors import FetchError
from communique.collect.feeds import read_feed
from tests.collect.conftest import QUICK, Collecting, counts, problem
from tests.collect.server import Site, harbour, replies, rss, steel

BASE = "https://fjord.example/news/feed.xml"
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"{base}><title>News</title>
<entry><title>Ferry</title><link rel="edit" href="/edit/1"/><link rel="alternate" type="text/html" href="{link}"/>
<author><name>Kari Lunde</name></author><author><name>desk@fjord.example</name></author>
<published>2025-03-03T23:30:00-05:00</published><updated>2025-03-09T01:00:00Z</updated></entry></feed>"""


def links(feed: str | bytes, base: str = BASE) -> list[str]:
    data = feed.encode() if isinstance(feed, str) else feed
    return [entry.url for entry in read_feed(data, base).entries]


@pytest.mark.parametrize(
    ("link", "base", "url"),
    [
        ("https://other.example/a", "", "https://other.example/a"),
        ("/a", "", "https://fjord.example/a"),
        ("a?id=1", "", "https://fjord.example/news/a?id=1"),
        ("a", ' xml:base="https://base.example/x/"', "https://base.example/x/a"),
    ],
)
def test_relative_links_are_resolved(link: str, base: str, url: str) -> None:
    assert links(ATOM.format(link=link, base=base)) == [url]


def test_what_a_feed_says_of_a_page() -> None:
    (entry,) = read_feed(ATOM.format(link="/a", base="").encode(), BASE).entries
    assert entry.metadata == Metadata(title="Ferry", authors=("Kari Lunde",), published="2025-03-03")


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Mon, 03 Mar 2025 23:30:00 -0500", "2025-03-03"),
        ("Mon, 03 Mar 2025 23:30:00 GMT", "2025-03-03"),
        ("2025-03-03", "2025-03-03"),
        ("2025-03-03T01:00:00+09:00", "2025-03-03"),
        ("3 March 0025", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_is_that_of_the_place_of_publication(written: str, published: str | None) -> None:
    (entry,) = read_feed(rss(("/a", f"<pubDate>{written}</pubDate>")).encode(), BASE).entries
    assert entry.metadata.published == published


def test_every_page_is_listed_once_in_the_order_of_the_feed() -> None:
    assert links(rss("/b", "/a", "/b")) == ["https://fjord.example/b", "https://fjord.example/a"]


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    feed = read_feed(rss("/a", "/b").partition("</channel>")[0].encode(), BASE)
    assert [entry.url for entry in feed.entries] == ["https://fjord.example/a", "https://fjord.example/b"]
    assert feed.broken


def test_entries_without_an_address_are_counted() -> None:
    assert read_feed(rss("", "/a").encode(), BASE).pointless == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "is neither RSS nor Atom"),
        ("<html><body>Not here</body></html>", "is neither RSS nor Atom"),
        ('{"items": []}', "is neither RSS nor Atom"),
        ('<?xml version="1.0"?><rss version="2.0"><channel><item><li', "is a feed that cannot be read"),
    ],
)
def test_what_is_no_feed(body: str, said: str) -> None:
    with pytest.raises(FetchError, match=said):
        read_feed(body.encode(), BASE)


LAUGHS = '<!ENTITY l1 "lol">' + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(1, 9))


def declaring(declarations: str, title: str = "") -> str:
    """A feed with a document type, and a page with a title."""
    return rss(("/a", f"<title>{title}</title>")).replace("<rss", f"<!DOCTYPE rss [{declarations}]><rss", 1)


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        pytest.param(declaring(LAUGHS, "&l9;"), "declares the entity 'l2', which stands for more", id="laughs"),
        pytest.param(declaring(LAUGHS.replace("><", ">\n<"), "&l9;"), "declares the entity 'l2'", id="laughs on lines"),
        pytest.param(
            declaring(LAUGHS, "&l9;").replace("utf-8", "utf-16").encode("utf-16"), "declares the entity", id="utf-16"
        ),
        pytest.param(declaring(f'<!ENTITY a "{"a" * 1000}">', "&a;" * 1000), "declares the entity 'a'", id="long"),
        pytest.param(declaring('<!ENTITY a "&#38;b;">'), "declares the entity 'a'", id="reference in disguise"),
        pytest.param(declaring("<!ENTITY % p '<!ENTITY a \"b\">'>%p;"), "declares the entity 'p'", id="parameter"),
        pytest.param(
            rss("/a").replace("utf-8", "punycode") + "z9a" * 300_000, "in an encoding that no feed is in", id="punycode"
        ),
        pytest.param(rss(("/a", "<b>" * 500 + "</b>" * 500)), "nests more than 100 elements", id="deep"),
        pytest.param(rss("/a")[:120] + "<item><a " * 20_000, "40001 elements in it have no end", id="no ends"),
        pytest.param(rss("/a")[:120] + "<" * 1_000_000, "is malformed and larger than 1000000 bytes", id="large"),
    ],
)
def test_a_feed_that_is_made_to_do_harm_is_refused_at_once(feed: str | bytes, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError, match=said) as error:
        links(feed)
    assert time.monotonic() - began < 1
    assert error.value.remedy == "tell its publisher, or remove it from the sources"


def test_entities_that_are_characters_are_read() -> None:
    (entry,) = read_feed(
        declaring('<!ENTITY eacute "&#233;"><!ENTITY who "Kari">', "&who; Ren&eacute;e").encode(), BASE
    ).entries
    assert entry.metadata.title == "Kari Renée"


def test_entities_that_are_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SWORDFISH")
    feed = declaring(f'<!ENTITY file SYSTEM "{(tmp_path / "secret").as_uri()}">', "Ferry &file;")
    (entry,) = read_feed(feed.encode(), BASE).entries
    assert (entry.metadata.title or "").startswith("Ferry")
    assert "SWORDFISH" not in str(entry)


class TestCollecting:
    def test_the_pages_of_a_feed(self, site: Site, collecting: Collecting) -> None:
        site.serve("/news/a", harbour())
        site.serve("/b", steel())
        dated = "<pubDate>Mon, 03 Mar 2025 23:30:00 -0500</pubDate>"
        url = site.feed("/news/feed", ("a", dated), ("/b", "<author>Mary Borg</author>"))
        assert counts(collecting.feed(url)) == {"new": 2}
        first, second = (collecting.sidecar(file)["metadata"] for file in collecting.files)
        assert (first["published"], first["title"]) == ("2025-03-03", "Norway rebuilds a harbour in Moldova")
        assert second["authors"] == ["Mary Borg"]
        assert counts(collecting.feed(url)) == {"unchanged": 2}

    def test_of_a_feed_that_has_not_changed_the_pages_are_asked_for_again(
        self, site: Site, collecting: Collecting
    ) -> None:
        site.serve("/a", harbour(), harbour("Sweden will pay the engineers."))
        site.serve("/b", replies("", 500), replies("", 500), replies("", 500), steel())
        url = site.feed("/feed", "/a", "/b", ETag='"1"')
        assert counts(collecting.feed(url)) == {"new": 1, "problems": 1}
        before = site.times("/feed")
        assert counts(collecting.feed(url)) == {"revised": 1, "new": 1}
        assert site.times("/feed") == before + 1
        assert site.asked[-1][0] != "/feed"
        assert [headers.get("If-None-Match") for path, headers, _ in site.asked if path == "/feed"] == [None, '"1"']

    def test_an_unchanged_feed_that_is_no_longer_kept_is_asked_for_without_condition(
        self, site: Site, collecting: Collecting
    ) -> None:
        site.serve("/a", harbour())
        url = site.feed("/feed", "/a", ETag='"1"')
        collecting.feed(url)
        for kept in (collecting.raw / ".collected").glob("*.feed"):
            kept.unlink()
        assert counts(collecting.feed(url)) == {"unchanged": 1}
        assert "If-None-Match" not in [headers for path, headers, _ in site.asked if path == "/feed"][-1]

    def test_a_second_run_with_nothing_new_changes_nothing(self, site: Site, collecting: Collecting) -> None:
        site.serve("/a", replies(harbour(), ETag='"1"'))
        site.serve("/b", steel())
        url = site.feed("/feed", "/a", "/b", ETag='"1"')
        collecting.feed(url)
        before = collecting.stat()
        collecting.feed(url)
        assert collecting.stat() == before

    def test_a_failed_feed_is_said_and_the_others_go_on(self, site: Site, collecting: Collecting) -> None:
        site.serve("/a", harbour())
        collected = collecting.feed(site.serve("/bad", harbour()), site.feed("/feed", "/a"))
        assert counts(collected) == {"new": 1, "problems": 1, "failed_sources": 1}
        assert "is neither RSS nor Atom" in problem(collected)

    def test_a_feed_has_a_limit_of_its_own(self, site: Site, collecting: Collecting) -> None:
        site.serve("/a", harbour())
        url = site.feed("/feed", ("/a", f"<description>{'word ' * 1000}</description>"))
        collected = collecting.feed(url, limits=replace(QUICK, bytes_per_feed=2000))
        assert problem(collected).startswith("is larger than 2000 bytes; raise its limit under [limits]")
        assert site.times("/a") == 0

    def test_a_feed_none_of_whose_pages_can_be_had_has_failed(self, site: Site, collecting: Collecting) -> None:
        assert counts(collecting.feed(site.feed("/feed", "/a", "/b"))) == {"problems": 2, "failed_sources": 1}

    def test_a_feed_without_entries_has_not(self, site: Site, collecting: Collecting) -> None:
        assert counts(collecting.feed(site.feed("/feed"))) == {}

    def test_links_that_lead_elsewhere_are_checked_as_all_others(self, site: Site, collecting: Collecting) -> None:
        site.serve("/a", harbour())
        url = site.feed("/feed", "/a", "file:///etc/passwd", "http://localhost/", "http://[::1]:99/")
        assert counts(collecting.feed(url)) == {"new": 1, "problems": 3}

    def test_what_a_source_leaves_out(self, site: Site, collecting: Collecting) -> None:
        for path in ("/a", "/video/b", "/c"):
            site.serve(path, harbour(f"See {path}."))
        url = site.feed("/feed", "/video/b", "/a", "/c")
        assert counts(collecting.feed(url, skip=("*/video/*",), most=2)) == {"new": 1}
        assert site.times("/a") == 1

    def test_known_pages_need_not_be_asked_for_again(self, site: Site, collecting: Collecting) -> None:
        site.serve("/a", harbour())
        url = site.feed("/feed", "/a")
        collecting.feed(url, recheck=False)
        assert counts(collecting.feed(url, recheck=False)) == {"unchanged": 1}
        assert site.times("/a") == 1
