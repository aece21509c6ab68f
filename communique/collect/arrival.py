"""A page that has arrived, and the sidecar that is written for it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communique.articles.metadata import Metadata
from communique.articles.sidecar import FORMAT
from communique.collect.addresses import cleaned, require_url
from communique.collect.fetch import Reply
from communique.collect.pages import Page
from communique.collect.sources import Source


@dataclass(frozen=True, slots=True)
class Arrival:
    """A page with the reply it came in, the address that was asked for, the source, what the feed says of the page, and
    the time (UTC)."""

    page: Page
    reply: Reply
    requested: str
    source: Source
    stated: Metadata
    at: datetime

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses of the page that are known from this arrival."""
        return self.page.identity, self.page.url, cleaned(require_url(self.requested))

    def sidecar(self, before: Mapping[str, Any] | None = None, file: str = "", revision: int = 1) -> dict[str, Any]:
        """The sidecar: of a first revision, or of one after the file `file` with the sidecar `before`."""
        earlier = before["received"] if before else {}
        known = [*self.addresses, *earlier.get("also_at", ()), earlier.get("url"), earlier.get("canonical_url")]
        also_at = sorted({url for url in known if url and url not in (self.page.identity, self.page.url)})
        metadata = self._metadata()
        if before is not None:
            metadata |= {"article": before["metadata"].get("article", file), "revision": revision}
        return {
            FORMAT: 1,
            "metadata": metadata,
            "licence": self.source.licence,
            **({"supersedes": file} if file else {}),
            "received": self._received(also_at),
        }

    def _metadata(self) -> dict[str, Any]:
        """What decides rows.  The feed knows the day of publication, the page its title and its writers."""
        own = self.page.metadata
        found = {
            "title": own.title or self.stated.title,
            "publisher": self.source.publisher,
            "authors": list(own.authors or self.stated.authors),
            "published": self.stated.published or own.published,
            "url": self.page.identity,
            "charset": self.page.charset,
        }
        return {name: value for name, value in found.items() if value}

    def _received(self, also_at: list[str]) -> dict[str, Any]:
        found = {
            "at": self.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "url": self.page.url,
            "canonical_url": self.page.identity,
            "also_at": also_at,
            "status": self.reply.status,
            "content_type": self.reply.content_type,
            "etag": self.reply.validators.etag,
            "last_modified": self.reply.validators.last_modified,
            "bytes": len(self.page.body),
            "sha256": hashlib.sha256(self.page.body).hexdigest(),
            "text_sha256": self.page.text_sha256,
        }
        return {name: value for name, value in found.items() if value not in (None, [], "")}
