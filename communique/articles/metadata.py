"""What is known of an article besides its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Received:
    """How a collected file stands among others.

    `charset` is the encoding its server declared.  A later revision names in `article` the file of the first, whose id
    the article keeps; one that is no longer the newest names in `superseded_by` the file that is.
    """

    charset: str | None = None
    article: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """Known before the text is read: from the catalogue, from a sidecar or from the file's own fields.

    `published` is ISO 8601 at the precision known (`2025-04-07`, `2025-03`, `2023`).
    """

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    url: str | None = None
    received: Received = Received()

    def over(self, other: Metadata) -> Metadata:
        """This metadata, its gaps filled from `other`."""
        return Metadata(
            self.title or other.title,
            self.publisher or other.publisher,
            self.authors or other.authors,
            self.published or other.published,
            self.url or other.url,
            other.received if self.received == Received() else self.received,
        )


def is_date(value: str) -> bool:
    """Whether the value is a year, a month or a day that exists, in ISO 8601."""
    found = _ISO.fullmatch(value)
    if not found or not value.isascii():
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True
