"""RSS and Atom: which pages a feed lists, and what it says of them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from time import struct_time
from typing import Any

import feedparser
import httpx

from communique.articles.metadata import Metadata
from communique.collect.addresses import shown
from communique.collect.errors import FetchError
from communique.collect.hostile import require_harmless

_PAGES = frozenset(("text/html", "application/xhtml+xml", ""))


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed lists, and what the feed says of it."""

    url: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Feed:
    """The pages of a feed in its order, each once; `broken` says what is wrong with a feed that could be read in part,
    and `pointless` counts the entries without an address."""

    entries: tuple[Entry, ...]
    broken: str | None = None
    pointless: int = 0


def read_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """The feed that came from an address.

    Raises:
        FetchError: it is none, nothing of it can be read, or it is made to do harm.
    """
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    parsed = _parsed(body, headers)
    broken = _problem(parsed.get("bozo_exception")) if parsed.get("bozo") else None
    if not parsed.get("version"):
        raise FetchError("is neither RSS nor Atom", "give the address of a feed, or list it under [[page]]")
    found = [_entry(entry, url) for entry in parsed.entries]
    if broken and not any(found):
        raise FetchError(f"is a feed that cannot be read ({broken})", "tell its publisher, or run again later")
    entries: dict[str, Entry] = {}
    for entry in filter(None, found):
        entries.setdefault(entry.url, entry)
    return Feed(tuple(entries.values()), broken, found.count(None))


def _parsed(body: bytes, headers: dict[str, str]) -> Any:
    try:
        require_harmless(body, headers)
        return feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    except FetchError:
        raise
    except Exception as error:  # parsers of what anybody may send raise what nobody has thought of
        raise FetchError(f"is a feed that cannot be read ({type(error).__name__})", "tell its publisher") from None


def _entry(entry: Any, base: str) -> Entry | None:
    link = _link(entry)
    try:
        url = str(httpx.URL(base).join(link)) if link else None
    except (httpx.InvalidURL, UnicodeError, ValueError):
        url = link
    if not url:
        return None
    title = _plain(entry.get("title")) if entry.get("title_detail", {}).get("type") == "text/plain" else None
    return Entry(url, Metadata(title=title, authors=_authors(entry), published=_published(entry)))


def _link(entry: Any) -> str | None:
    links: Iterable[Any] = entry.get("links") or ()
    pages = [link for link in links if link.get("rel") == "alternate" and link.get("type", "") in _PAGES]
    return next((str(link["href"]).strip() for link in pages if link.get("href")), None) or entry.get("link")


def _authors(entry: Any) -> tuple[str, ...]:
    """People by name; addresses for letters are no names."""
    names = (_plain(author.get("name")) for author in entry.get("authors") or ())
    return tuple(dict.fromkeys(name for name in names if name and "@" not in name))


def _published(entry: Any) -> str | None:
    """The day of publication where it was published, so not moved to Greenwich."""
    written = str(entry.get("published") or "").strip()
    try:
        return _plausible(parsedate_to_datetime(written).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    try:
        return _plausible(datetime.fromisoformat(written).date())
    except ValueError:
        pass
    parsed = entry.get("published_parsed")
    return _plausible(date(*parsed[:3])) if isinstance(parsed, struct_time) else None


def _plausible(day: date) -> str | None:
    return day.isoformat() if 1900 <= day.year < 2100 else None


def _plain(text: object) -> str | None:
    return " ".join(str(text).split()) or None if text else None


def _problem(error: object) -> str:
    words = " ".join(str(error).split())
    return shown(words) if "://" in words else words[:120]
