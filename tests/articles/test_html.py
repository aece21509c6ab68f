"""Web pages: main text, captions and the page's own metadata."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.articles.ingest import ingest
from communique.articles.model import Article, Rejection, SentenceKind
from communique.articles.rejection import RejectionReason

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}">
<title>Ferry line reopens | The Fjord Post</title>
<meta property="og:title" content="Ferry line to Helsinki reopens">
<meta property="og:site_name" content="The Fjord Post">
<meta property="article:published_time" content="2021-05-04T08:00:00Z"><meta name="author" content="Kari Lunde">
<link rel="canonical" href="https://fjord.example/ferry"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Ferry line to Helsinki reopens</h1>
<figure><img src="x.jpg">
<figcaption>A ferry at the café pier on Monday. Photo: Mati Tamm/AFP</figcaption></figure>
<p>The ferry line to Helsinki will reopen on 1 June, the transport ministers of Estonia and Finland said on Tuesday.</p>
<p>Finland will pay 2 million euros for test centres in both harbours, and Estonia will pay the staff until the end.</p>
<h2>What changes</h2><ul><li>Passengers must show a test.</li><li>Lorry drivers are exempt.</li></ul>
<p>The European Commission should follow, the Finnish minister said, and open the land borders before the summer.</p>
<p>Sign up to our newsletter</p></article><footer>© 2021 The Fjord Post</footer></body></html>"""


def _ingested(folder: Path, raw: bytes) -> Article | Rejection:
    (folder / "ferry.html").write_bytes(raw)
    (found,) = ingest(folder)
    return found


def test_the_main_text_and_the_metadata_of_a_page(tmp_path: Path) -> None:
    article = _ingested(tmp_path, PAGE.format(charset="utf-8").encode())
    assert isinstance(article, Article)
    assert (article.title, article.publisher) == ("Ferry line to Helsinki reopens", "The Fjord Post")
    assert (article.authors, article.source_url) == (("Kari Lunde",), "https://fjord.example/ferry")
    assert (article.published, article.published_from) == ("2021-05-04", "metadata")
    shown = {article.text[s.start : s.end]: s.kind for s in article.sentences}
    assert shown["A ferry at the café pier on Monday."] is SentenceKind.CAPTION
    assert shown["What changes"] is SentenceKind.HEADING
    assert shown["Lorry drivers are exempt."] is SentenceKind.ITEM
    assert not any(word in " ".join(shown) for word in ("Home", "newsletter", "©", "Tamm"))


def test_the_declared_charset_is_used(tmp_path: Path) -> None:
    article = _ingested(tmp_path, PAGE.format(charset="iso-8859-15").encode("iso-8859-15"))
    assert isinstance(article, Article)
    assert "café" in article.text
    assert article.encoding == "iso8859-15"


@pytest.mark.parametrize("charset", ["no-such", "undefined", "punycode", "idna", "hex"])
def test_a_declared_charset_that_is_none_of_pages_is_not_tried(tmp_path: Path, charset: str) -> None:
    article = _ingested(tmp_path, PAGE.format(charset=charset).encode("cp1252"))
    assert isinstance(article, Article)
    assert article.encoding not in (charset, "utf-8")


def test_the_catalogue_stands_before_the_page(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text('{"ferry.html": {"published": "2021-05-05"}}', encoding="utf-8")
    article = _ingested(tmp_path, PAGE.format(charset="utf-8").encode())
    assert isinstance(article, Article)
    assert (article.published, article.publisher) == ("2021-05-05", "The Fjord Post")


def test_a_page_without_text_is_rejected(tmp_path: Path) -> None:
    rejection = _ingested(tmp_path, b"<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert isinstance(rejection, Rejection)
    assert rejection.reason == RejectionReason.TOO_LITTLE_TEXT
