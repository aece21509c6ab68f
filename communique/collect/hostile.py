"""XML that is made to do harm is refused before a parser of feeds sees it, which is patient with everything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

from feedparser.encodings import convert_to_utf8
from feedparser.sanitizer import replace_doctype

from communique.articles.decode import NO_ENCODINGS
from communique.collect.errors import FetchError

DEEPEST = 100
"""Elements inside one another; parsers of feeds take the square of this in time."""

LARGEST_BROKEN = 1_000_000
"""Bytes of a malformed feed; what is malformed is read slowly."""

_EBCDIC = b"\x4c\x6f\xa7\x94"
_NO_ENCODING = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?(?:%s)\b"
    % b"|".join(name.replace("-", "[-_ ]").encode() for name in NO_ENCODINGS),
    re.IGNORECASE,
)
_UNCLOSED = 10_000
_LONGEST_VALUE = 100
_REFERENCE = re.compile(r"&(?!#)")
_TAG = re.compile(rb"<(/?)\w")
_REMEDY = "tell its publisher, or remove it from the sources"


def require_harmless(body: bytes, headers: dict[str, str]) -> None:
    """Refuse a feed that would take its parser much time or memory for its size.

    Raises:
        FetchError: it declares entities that stand for more than a few characters, nests too deep, or is malformed and
            too large.
    """
    _require_encoding(body, headers)
    data: bytes = convert_to_utf8(headers, body, {})
    # The parser of feeds makes a document type of its own, so that what it reads can declare what the feed did not.
    for text in (data, replace_doctype(data)[1]):
        if not _Look().is_well_formed(text):
            _require_small(text)


def _require_encoding(body: bytes, headers: dict[str, str]) -> None:
    declared = headers.get("content-type", "").encode("ascii", "replace") + body.replace(b"\x00", b"")
    if body.startswith(_EBCDIC) or _NO_ENCODING.search(declared):
        raise FetchError("is in an encoding that no feed is in", _REMEDY)


def _require_small(data: bytes) -> None:
    if len(data) > LARGEST_BROKEN:
        raise FetchError(f"is malformed and larger than {LARGEST_BROKEN} bytes", _REMEDY)
    unclosed = sum(-1 if tag[1] else 1 for tag in _TAG.finditer(data))
    if unclosed > _UNCLOSED:
        raise FetchError(f"is malformed, {unclosed} elements in it have no end", _REMEDY)


@dataclass(slots=True)
class _Look:
    """A quick look at a document as far as it is well-formed."""

    depth: int = 0

    def is_well_formed(self, data: bytes) -> bool:
        parser = expat.ParserCreate("utf-8")
        parser.EntityDeclHandler = self._declared
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed
        try:
            parser.Parse(data, True)
        except expat.ExpatError:
            return False
        return True

    def _declared(self, name: str, is_parameter: bool, value: str | None, *_: object) -> None:
        if value is not None and (is_parameter or len(value) > _LONGEST_VALUE or _REFERENCE.search(value)):
            raise FetchError(f"declares the entity {name[:40]!r}, which stands for more than characters", _REMEDY)

    def _opened(self, _name: str, _attributes: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FetchError(f"nests more than {DEEPEST} elements", _REMEDY)

    def _closed(self, _name: str) -> None:
        self.depth -= 1
