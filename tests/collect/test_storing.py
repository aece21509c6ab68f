"""What is kept of a page: its bytes, what was known, once, and every revision."""

from __future__ import annotations

import gzip
import hashlib

import pytest

from communique.articles.ingest import ingest
from communique.articles.model import Article, Rejection
from communique.collect.collecting import collect
from communique.collect.errors import CollectError
from communique.collect.files import alone
from communique.collect.sources import Sources
from tests.collect.conftest import Collecting, counts
from tests.collect.server import Site, harbour, page, replies, steel

CANONICAL = '<link rel="canonical" href="{}">'


def test_the_bytes_are_kept_as_received_and_the_sidecar_says_what_was_known(site: Site, collecting: Collecting) -> None:
    head = '<meta name="author" content="Kari Lunde"><meta property="article:published_time" content="2025-03-03">'
    body = harbour(head=head).encode()
    url = site.serve("/news/harbour-in-moldova.html", replies(body, ETag='"1"'))
    assert counts(collecting(f"{url}?utm_source=feed#top")) == {"new": 1}
    (file,) = collecting.files
    assert file.startswith("127-0-0-1_harbour-in-moldova-")
    assert (collecting.raw / file).read_bytes() == body
    sidecar = collecting.sidecar(file)
    assert sidecar["metadata"] == {
        "title": "Norway rebuilds a harbour in Moldova",
        "publisher": "The Fjord Post",
        "authors": ["Kari Lunde"],
        "published": "2025-03-03",
        "url": url,
        "charset": "utf-8",
    }
    assert sidecar["licence"] == "CC-BY-4.0"
    received = sidecar["received"]
    assert received["sha256"] == hashlib.sha256(body).hexdigest()
    assert (received["status"], received["etag"], received["bytes"]) == (200, '"1"', len(body))
    assert received["content_type"] == "text/html; charset=utf-8"
    assert received["at"].endswith("Z")


def test_ingest_reads_what_was_collected(site: Site, collecting: Collecting) -> None:
    collecting(site.serve("/a", harbour()), publisher="Nordic Review")
    (article,) = ingest(collecting.raw)
    assert isinstance(article, Article)
    assert (article.publisher, article.source_url) == ("Nordic Review", site.url("/a"))


def test_a_second_run_with_nothing_new_changes_nothing(site: Site, collecting: Collecting) -> None:
    plain, tagged = site.serve("/plain", harbour()), site.serve("/tagged", replies(steel(), ETag='"1"'))
    collecting(plain, tagged)
    before = collecting.stat()
    assert counts(collecting(plain, tagged)) == {"unchanged": 2}
    assert collecting.stat() == before


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [("ETag", '"a1"', "If-None-Match"), ("Last-Modified", "Mon, 03 Mar 2025 10:00:00 GMT", "If-Modified-Since")],
)
def test_a_page_that_is_known_is_asked_for_on_condition(
    site: Site, collecting: Collecting, name: str, value: str, sent: str
) -> None:
    url = site.serve("/a", replies(harbour(), **{name: value}))
    collecting(url)
    assert counts(collecting(url)) == {"unchanged": 1}
    assert site.asked[-1][1][sent] == value


def test_without_its_state_everything_is_asked_for_again_and_nothing_changes(
    site: Site, collecting: Collecting
) -> None:
    url = site.serve("/a", replies(harbour(), ETag='"1"'))
    collecting(url)
    before = (collecting.raw / collecting.files[0]).stat()
    for content in (None, "broken", '{"x": 1}', "[]"):
        state = collecting.raw / ".collected/state.json"
        state.unlink() if content is None else state.write_text(content)
        assert counts(collecting(url)) == {"unchanged": 1}
        assert "If-None-Match" not in site.asked[-1][1]
    assert (collecting.raw / collecting.files[0]).stat() == before


def test_an_updated_page_becomes_a_revision_and_keeps_its_id(site: Site, collecting: Collecting) -> None:
    url = site.serve(
        "/a", replies(harbour(), ETag='"1"'), replies(harbour("Sweden will pay the engineers."), ETag='"2"')
    )
    collecting(url)
    (first,) = collecting.files
    assert counts(collecting(url)) == {"revised": 1}
    second = first.replace(".html", ".r2.html")
    assert collecting.files == sorted([first, second])
    assert collecting.sidecar(second)["supersedes"] == first
    article, older = sorted(ingest(collecting.raw), key=lambda found: isinstance(found, Rejection))
    assert isinstance(article, Article)
    assert isinstance(older, Rejection)
    assert (article.source_file, article.article_id) == (second, first.replace(".html", "--html"))
    assert (older.source_file, older.reason) == (first, "superseded")
    assert counts(collecting(url)) == {"unchanged": 1}


def test_other_bytes_with_the_same_text_are_no_revision(site: Site, collecting: Collecting) -> None:
    url = site.serve("/a", *(harbour(head=f"<meta name='nonce' content='{number}'>") for number in range(3)))
    collecting(url)
    before = collecting.stat()
    assert counts(collecting(url)) == {"unchanged": 1}
    assert collecting.stat() == before


def test_text_that_comes_back_is_a_revision_of_its_own(site: Site, collecting: Collecting) -> None:
    url = site.serve("/a", harbour(), harbour("Sweden will pay."), harbour())
    assert [counts(collecting(url)) for _ in range(4)] == [
        {"new": 1},
        {"revised": 1},
        {"revised": 1},
        {"unchanged": 1},
    ]
    (article,) = (found for found in ingest(collecting.raw) if isinstance(found, Article))
    assert article.source_file.endswith(".r3.html")


def test_one_text_under_two_addresses_is_stored_once(site: Site, collecting: Collecting) -> None:
    one, other = site.serve("/one", harbour()), site.serve("/other", harbour())
    assert counts(collecting(one)) == {"new": 1}
    assert counts(collecting(other)) == {"elsewhere": 1}
    (file,) = collecting.files
    assert collecting.sidecar(file)["received"]["also_at"] == [other]
    before = collecting.stat()
    assert counts(collecting(one, other)) == {"unchanged": 2}
    assert collecting.stat() == before


def test_a_page_that_calls_another_address_its_own_is_that_article(site: Site, collecting: Collecting) -> None:
    head = CANONICAL.format("/story")
    story = site.serve("/story", harbour(head=head))
    print_view = site.serve("/story/print", harbour("Printed for the archive.", head=head))
    assert counts(collecting(story)) == {"new": 1}
    assert counts(collecting(print_view)) == {"elsewhere": 1}
    assert counts(collecting(story, print_view)) == {"unchanged": 2}
    assert len(collecting.files) == 1


@pytest.mark.parametrize("claimed", ["https://elsewhere.example/story", "/", "file:///story", "http://[", "story:"])
def test_an_address_that_cannot_be_its_own_is_not_believed(site: Site, collecting: Collecting, claimed: str) -> None:
    head = CANONICAL.format(claimed)
    one, other = site.serve("/one", harbour(head=head)), site.serve("/other", steel(head=head))
    assert counts(collecting(one, other)) == {"new": 2}


def test_a_twin_that_changes_becomes_an_article_of_its_own(site: Site, collecting: Collecting) -> None:
    one = site.serve("/one", harbour())
    other = site.serve("/other", harbour(), harbour("Sweden will pay the engineers."))
    collecting(one)
    assert counts(collecting(other)) == {"elsewhere": 1}
    assert counts(collecting(one, other)) == {"unchanged": 1, "new": 1}
    assert not any(isinstance(found, Rejection) for found in ingest(collecting.raw))


def test_an_article_of_the_catalogue_is_not_fetched(site: Site, collecting: Collecting) -> None:
    url = site.serve("/a", harbour())
    collecting.raw.mkdir()
    (collecting.raw / "mine.txt").write_text("Norway pays.")
    (collecting.raw / "catalogue.toml").write_text(f'["mine.txt"]\nurl = "{url}"\n')
    assert counts(collecting(url)) == {"unchanged": 1}
    assert not site.asked


@pytest.mark.parametrize(
    ("content_type", "written_in"),
    [
        ("text/html; charset=iso-8859-2", "iso-8859-2"),
        ("text/html; charset=utf-8", "iso-8859-1"),
        ("text/html; charset=no-such", "utf-8"),
        ("text/html; charset=undefined", "utf-8"),
        ("text/html; charset=punycode", "utf-8"),
        ("text/html", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_the_text_is_decoded_as_ingest_will(
    site: Site, collecting: Collecting, content_type: str, written_in: str
) -> None:
    text = harbour("The minister met Mr Müller and Mr Dvořák." if "2" in written_in else "The minister met Mr Müller.")
    url = site.serve("/a", replies(text.encode(written_in), content_type=content_type))
    assert counts(collecting(url)) == {"new": 1}
    (article,) = ingest(collecting.raw)
    assert isinstance(article, Article)
    assert "Müller" in article.text
    assert collecting.sidecar(collecting.files[0])["received"]["text_sha256"] == article.text_sha256


def test_compressed_pages_are_stored_decompressed(site: Site, collecting: Collecting) -> None:
    body = harbour().encode()
    url = site.serve("/a", replies(gzip.compress(body), Content_Encoding="gzip"))
    collecting(url)
    assert (collecting.raw / collecting.files[0]).read_bytes() == body


def test_plain_text_is_stored_as_text(site: Site, collecting: Collecting) -> None:
    text = "Oslo pays for the bridge\n\nNorway will pay 3 million euros for the bridge at Kirkenes. It opens in May.\n"
    collecting(site.serve("/bridge.txt", replies(text, content_type="text/plain")))
    (file,) = collecting.files
    assert file.endswith(".txt")
    (article,) = ingest(collecting.raw)
    assert isinstance(article, Article)
    assert article.text == text


def test_a_sidecar_that_a_killed_run_left_without_its_file_is_made_good(site: Site, collecting: Collecting) -> None:
    url = site.serve("/a", replies(harbour(), ETag='"1"'))
    collecting(url)
    (file,) = collecting.files
    (collecting.raw / file).unlink()
    draft = collecting.raw / ".collected/x.html.draft"
    draft.write_bytes(b"half")
    assert counts(collecting(url)) == {"new": 1}
    assert collecting.files == [file]
    assert not draft.exists()


def test_a_file_that_has_lost_its_sidecar_gets_it_again(site: Site, collecting: Collecting) -> None:
    url = site.serve("/a", replies(harbour(), ETag='"1"'))
    collecting(url)
    (file,) = collecting.files
    sidecar = collecting.sidecar(file)
    (collecting.raw / f"{file}.json").unlink()
    assert counts(collecting(url)) == {"unchanged": 1}
    assert collecting.sidecar(file)["metadata"] == sidecar["metadata"]

    (collecting.raw / f"{file}.json").unlink()
    site.serve("/a", harbour("Sweden will pay the engineers."))
    assert counts(collecting(url)) == {"revised": 1}
    (article,) = (found for found in ingest(collecting.raw) if isinstance(found, Article))
    assert article.source_file == file.replace(".html", ".r2.html")


def test_two_do_not_collect_into_one_folder(collecting: Collecting) -> None:
    with alone(collecting.raw), pytest.raises(CollectError, match="another process collects into it; wait"):
        collect(collecting.raw, Sources(sources=()))


def test_a_page_without_an_article_is_not_stored(site: Site, collecting: Collecting) -> None:
    collected = collecting(site.serve("/menu", "<html><body><nav><a href='/'>Home</a></nav></body></html>"))
    assert "holds no article" in collected.problems[0].problem
    assert collecting.files == []


def test_titles_say_nothing_about_names(site: Site, collecting: Collecting) -> None:
    """The name follows from the address alone, so that it is the same whenever the page is fetched."""
    long = "/" + "a-very-long-name-of-an-article-" * 5
    urls = [
        site.serve(path, page(f"On {path[-3:]}", f"Norway pays {number} million euros to Moldova for the harbour."))
        for number, path in enumerate((long, "/", "/x/%E6%97%A5%E6%9C%AC", "/index.php"))
    ]
    collecting(*urls)
    names = collecting.files
    assert all(len(name) < 90 and name.isascii() and " " not in name for name in names)
    assert len(names) == 4
