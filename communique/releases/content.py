"""What a file of a release holds: bytes at hand, or a file on disk that is read in pieces and never whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

Content = bytes | Path

PIECE = 1 << 20
"""Bytes that are read at once."""


def pieces(content: Content) -> Iterator[bytes]:
    """The bytes of a content, some at a time.

    Raises:
        OSError: the file cannot be read.
    """
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def whole(content: Content) -> bytes:
    """All bytes of a content that is small."""
    return b"".join(pieces(content))


def size_of(content: Content) -> int:
    """The length in bytes."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def digest_of(content: Content) -> str:
    """The sha256 of a content."""
    return measured(pieces(content))[0]


def measured(found: Iterable[bytes]) -> tuple[str, int]:
    """The sha256 and the length of bytes that come in pieces."""
    digest, size = hashlib.sha256(), 0
    for piece in found:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size
