"""What came from an address as an article: its text's digest, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from communique.articles.decode import decode
from communique.articles.html import read_html
from communique.articles.ingest import article_of
from communique.articles.metadata import Metadata, Received
from communique.articles.model import Article, Rejection
from communique.collect.addresses import cleaned, require_url, same_site
from communique.collect.errors import FetchError
from communique.collect.fetch import Reply

_KINDS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt"}


@dataclass(frozen=True, slots=True)
class Page:
    """An article as received.  `identity` is the address by which it is known, `url` the one where it was in the end;
    `text_sha256` is of the text as ingested."""

    body: bytes
    suffix: str
    charset: str | None
    identity: str
    url: str
    text_sha256: str
    metadata: Metadata


def text_digest(body: bytes, suffix: str, charset: str | None) -> str:
    """The sha256 of the text of a file as it is ingested; empty where it holds no article."""
    found = _ingested(body, suffix, charset)
    return found.text_sha256 if isinstance(found, Article) else ""


def read_page(reply: Reply) -> Page:
    """The article in a reply.

    Raises:
        FetchError: there is none in it that could be ingested.
    """
    suffix = _suffix(reply)
    found = _ingested(reply.body, suffix, reply.charset)
    if isinstance(found, Rejection):
        raise FetchError(f"holds no article: {found.detail}", f"{found.remedy}, or skip it in the sources")
    canonical, own = _stated(reply) if suffix == "html" else (None, Metadata())
    return Page(
        body=reply.body,
        suffix=suffix,
        charset=reply.charset,
        identity=canonical or cleaned(reply.url),
        url=cleaned(reply.url),
        text_sha256=found.text_sha256,
        metadata=own,
    )


def _ingested(body: bytes, suffix: str, charset: str | None) -> Article | Rejection:
    return article_of(f"page.{suffix}", body, Metadata(received=Received(charset)))


def _stated(reply: Reply) -> tuple[str | None, Metadata]:
    """The address that the page calls its own, and what it says of itself."""
    html, _ = decode(reply.body, html=True, charset=reply.charset)
    return _canonical(html, reply.url), read_html(html)[1]


def _suffix(reply: Reply) -> str:
    media = reply.content_type.partition(";")[0].strip().lower()
    if not media:
        return "html" if reply.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else "txt"
    if media not in _KINDS:
        raise FetchError(f"is {media[:60]!r}", "only HTML and plain text are collected; skip it in the sources")
    return _KINDS[media]


def _canonical(html: str, url: httpx.URL) -> str | None:
    """The address that the page calls its own.

    It counts on the page's own site only, and not where every page calls itself the front page.
    """
    import trafilatura

    tree = trafilatura.load_html(html)
    links = [] if tree is None else tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']/@href")
    for link in links[:1]:
        try:
            stated = require_url(str(url.join(str(link).strip())))
        except (FetchError, httpx.InvalidURL, UnicodeError, ValueError):
            return None
        if same_site(stated, url) and (stated.path != "/" or stated.query or url.path == "/"):
            return cleaned(stated)
    return None
