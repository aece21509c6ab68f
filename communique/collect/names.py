"""The names of collected files, from nothing but the address of the page."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import httpx

_LONGEST_HOST, _LONGEST_SLUG = 28, 40
_ENDING = re.compile(r"\.(?:html?|php|aspx?|txt)\Z")


def name_for(address: str, digits: int = 8) -> str:
    """The name, without suffix, for the page at an address: its host, the last words of its path, a short digest."""
    url = httpx.URL(address)
    words = [part for part in map(_slug, url.path.split("/")) if part]
    digest = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
    host, slug = _slug(url.host.removeprefix("www.")), words[-1] if words else "index"
    return f"{_cut(host, _LONGEST_HOST) or 'host'}_{_cut(slug, _LONGEST_SLUG)}-{digest}"


def revision_name(article: str, revision: int, suffix: str) -> str:
    """The name of the file of a later revision of an article, `article` the file of the first."""
    return f"{Path(article).stem}.r{revision}.{suffix}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _ENDING.sub("", text.lower()))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def _cut(slug: str, longest: int) -> str:
    """The slug without the last words that make it too long."""
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]
