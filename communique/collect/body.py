"""The body of a response, decompressed as it comes and never beyond its limit."""

from __future__ import annotations

import re
import zlib
from datetime import datetime
from email.utils import parsedate_to_datetime

from communique.collect.errors import FetchError, PassingError

ENCODINGS = "gzip, deflate"
"""What servers are told that they may compress with."""

_GZIP_OR_ZLIB, _BARE = 47, -15
_WINDOWS = {"": None, "identity": None, "gzip": _GZIP_OR_ZLIB, "x-gzip": _GZIP_OR_ZLIB, "deflate": _GZIP_OR_ZLIB}
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


class Body:
    """Collects the chunks of a body that was compressed with `encoding`, up to `limit` bytes decompressed."""

    def __init__(self, encoding: str, limit: int) -> None:
        name = encoding.strip().lower()
        if name not in _WINDOWS:
            raise FetchError(f"is sent as {name[:40]!r}, which was not asked for", "nothing helps but its owner")
        self._window = _WINDOWS[name]
        self._stream = zlib.decompressobj(self._window) if self._window else None
        self._limit = limit
        self._data = bytearray()
        self._begun = False

    def add(self, chunk: bytes) -> None:
        """Take a chunk as received.

        Raises:
            FetchError: the body is larger than the limit.
            PassingError: the bytes cannot be decompressed.
        """
        if self._stream is None:
            self._keep(chunk)
            return
        try:
            self._inflate(chunk)
        except zlib.error:
            raise PassingError("is compressed in a way that cannot be read", "try again later") from None

    def whole(self) -> bytes:
        """The body.

        Raises:
            PassingError: it broke off.
        """
        if self._stream is not None and self._begun and not self._stream.eof:
            raise PassingError("breaks off before its end", "try again later")
        return bytes(self._data)

    def _inflate(self, chunk: bytes) -> None:
        while chunk and self._stream is not None:
            if self._stream.eof:
                self._stream = zlib.decompressobj(self._window or _GZIP_OR_ZLIB)
            if not self._begun and self._window and chunk[0] & 0x0F != 8 and chunk[0] != 0x1F:
                self._stream = zlib.decompressobj(_BARE)
            self._begun = True
            self._keep(self._stream.decompress(chunk, self._limit - len(self._data) + 1))
            chunk = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            if self._stream.eof and not chunk.strip(b"\x00"):
                break

    def _keep(self, data: bytes) -> None:
        if len(self._data) + len(data) > self._limit:
            raise FetchError(f"is larger than {self._limit} bytes", "raise its limit under [limits], or skip it")
        self._data += data


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type declares."""
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else None


def seconds_of(retry_after: str, now: datetime) -> float | None:
    """How long a Retry-After asks to wait, in seconds; None where it says nothing that can be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, (moment - now).total_seconds()) if moment.tzinfo else None
