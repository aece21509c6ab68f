"""Bytes to text: the encoding found, newlines as `\\n`, nothing else changed."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from communique.articles.rejection import RefusedError, RejectionReason

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"Rar!",
    b"BZh",
    b"7z\xbc\xaf",
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_WESTERN = frozenset({"ascii", "cp1252", "iso8859-1"})
_SAMPLE = 200_000

NO_ENCODINGS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""What Python decodes and no page is written in; of some the time grows with the square of the length."""


def decode(raw: bytes, *, html: bool = False, charset: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding it was in.

    UTF-8, UTF-16 and UTF-32 with a byte order mark, the `charset` that the server declared, UTF-8, the charset an HTML
    page declares, else the encoding that charset-normalizer detects.

    Raises `RefusedError` for empty, binary and undecodable files.
    """
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise RefusedError(RejectionReason.EMPTY, "the file holds no text" if raw else "the file has no bytes")
    if raw.startswith(_SIGNATURES):
        raise RefusedError(RejectionReason.BINARY, "the file begins as a document, image or archive in a binary format")
    text, encoding = _decoded(raw, html, charset)
    controls = len(_CONTROLS.findall(text))
    if controls > 8 + len(text) // 200 or "\x00" in text:
        raise RefusedError(
            RejectionReason.BINARY, f"{controls} control characters in {len(text)} characters of {encoding}"
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise RefusedError(RejectionReason.EMPTY, "the file holds only white space")
    return text, encoding


def _decoded(raw: bytes, html: bool, charset: str | None) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            text = _strictly(raw[len(mark) :], encoding)
            if text is None:
                raise RefusedError(
                    RejectionReason.UNDECODABLE, f"the byte order mark says {encoding}, the bytes do not agree"
                )
            return text, encoding
    declared = _META_CHARSET.search(raw, 0, 4096) if html else None
    for encoding in (*_meant(charset, raw), "utf-8", declared[1].decode("ascii") if declared else ""):
        text = _strictly(raw, encoding) if encoding else None
        if text is not None:
            return text, codecs.lookup(encoding).name
    # Where a server is wrong about its pages, browsers read them as Windows 1252.
    text = _strictly(raw, "cp1252") if charset else None
    return (text, "cp1252") if text is not None else _detected(raw)


def _meant(charset: str | None, raw: bytes) -> tuple[str, ...]:
    """The encodings that a server can mean by a charset.

    Latin 1 is Windows 1252, as browsers read it, and what servers say by default: letters that are valid UTF-8 are so.
    """
    if charset is None:
        return ()
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return ()
    if name not in _WESTERN:
        return (name,)
    return () if not raw.isascii() and _strictly(raw, "utf-8") is not None else ("cp1252", "iso8859-1")


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return None if codecs.lookup(encoding).name in NO_ENCODINGS else raw.decode(encoding)
    except (LookupError, ValueError):
        return None


def _detected(raw: bytes) -> tuple[str, str]:
    if b"\x00" in raw[:_SAMPLE] and not _looks_utf16(raw):
        raise RefusedError(RejectionReason.BINARY, "the file holds NUL bytes")
    found = from_bytes(raw[:_SAMPLE]).best()
    if found is not None:
        names = [found.encoding, *found.could_be_from_charset]
        # Western quotation marks and dashes are the same bytes in all Windows code pages.
        for encoding in (["cp1252"] if any(n.startswith("cp125") for n in names) else []) + names:
            text = _strictly(raw, encoding)
            if text is not None:
                return text, encoding.replace("_", "-")
    raise RefusedError(
        RejectionReason.UNDECODABLE, "the bytes are neither UTF-8 nor any other encoding that could be recognised"
    )


def _looks_utf16(raw: bytes) -> bool:
    sample = raw[: _SAMPLE // 100 * 2]
    return min(sample[::2].count(0), sample[1::2].count(0)) == 0 and len(raw) % 2 == 0
