"""The articles of a folder as collected: each once, its revisions in files of their own, a sidecar with each.

The sidecar is written before its file and says nothing without it, so that a run which dies in between leaves no file
without its sidecar.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from communique.articles.catalogue import read_catalogue
from communique.articles.ingest import name_of, survey
from communique.articles.sidecar import SIDECAR, read_sidecar
from communique.collect.addresses import cleaned, require_url
from communique.collect.arrival import Arrival
from communique.collect.errors import FetchError
from communique.collect.files import as_json, put
from communique.collect.names import name_for, revision_name
from communique.collect.pages import text_digest

_SUFFIXES = (".html", ".txt")


class Taken(StrEnum):
    """What became of a page that arrived."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a page, and the file that holds it."""

    taken: Taken
    file: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A revision of an article with the content of its sidecar; `article` is the file of the first revision."""

    file: str
    article: str
    revision: int
    content: Mapping[str, Any]

    @property
    def received(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.content["received"]
        return found

    @property
    def own(self) -> tuple[str | None, str | None]:
        """The address by which it is known, and the one where it was when it was fetched."""
        return self.received.get("canonical_url"), self.received.get("url")

    @property
    def addresses(self) -> frozenset[str]:
        """All addresses at which the article was found."""
        return frozenset(filter(None, (*self.own, *self.received.get("also_at", ()))))


@dataclass(slots=True)
class Library:
    """The articles of a folder that have a sidecar, and the addresses of those in its catalogue."""

    folder: Path
    catalogued: frozenset[str] = frozenset()
    _newest: dict[str, Stored] = field(default_factory=dict)
    _files: set[str] = field(default_factory=set)
    _by_identity: dict[str, str] = field(default_factory=dict)
    _by_address: dict[str, str] = field(default_factory=dict)
    _by_text: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Self:
        """The library of a folder; sidecars without a file are removed.

        Raises:
            CatalogueError: the catalogue or a sidecar cannot be used.
            OSError: the folder cannot be read or written.
        """
        names = frozenset(name_of(path) for path, _ in survey(folder))
        catalogue = read_catalogue(folder, names).values()
        library = cls(folder, frozenset(filter(None, (_plain(entry.url) for entry in catalogue))))
        for path in sorted(folder.glob(f"*{SIDECAR}")):
            name = path.name.removesuffix(SIDECAR)
            sidecar = read_sidecar(path, name) if Path(name).suffix in _SUFFIXES else None
            if sidecar is None or not isinstance(sidecar.content.get("received"), dict):
                continue
            if (folder / name).exists():
                library._keep(Stored(name, sidecar.article, sidecar.revision, sidecar.content))
            else:
                with suppress(FileNotFoundError):
                    path.unlink()
        return library

    def has(self, file: str) -> bool:
        """Whether the file is there, with its sidecar."""
        return file in self._files

    def knows(self, url: str) -> bool:
        """Whether what was found at the address is there."""
        return _plain(url) in self._by_address

    def is_catalogued(self, url: str) -> bool:
        """Whether the catalogue has an article with that address."""
        return _plain(url) in self.catalogued

    def take(self, arrival: Arrival) -> Receipt:
        """Store a page unless it is there.

        It is a revision where it has the address of an article and not its text.  Of another address with the same
        text, or one that calls itself the article's, the address is noted.

        Raises:
            OSError: the folder cannot be written.
        """
        page = arrival.page
        article = self._by_identity.get(page.identity) or self._by_text.get(page.text_sha256)
        if article is None:
            return self._begun(arrival)
        stored = self._newest[article]
        is_new_text = page.text_sha256 != stored.received.get("text_sha256")
        if is_new_text and page.identity in stored.own and page.url in stored.own:
            return self._revised(arrival, stored)
        return self._noted(arrival, stored)

    def _begun(self, arrival: Arrival) -> Receipt:
        """A first revision; a file that has lost its sidecar gets one again."""
        page = arrival.page
        names = (f"{name_for(page.identity, digits)}.{page.suffix}" for digits in (8, 16, 32, 64))
        name = next(name for name in names if not self.has(name))
        path = self.folder / name
        if not path.exists():
            return Receipt(Taken.NEW, self._put(name, name, 1, arrival.sidecar(), page.body))
        lost = path.read_bytes()
        as_lost = replace(
            arrival, page=replace(page, body=lost, text_sha256=text_digest(lost, page.suffix, page.charset))
        )
        self._put(name, name, 1, as_lost.sidecar())
        if as_lost.page.text_sha256 == page.text_sha256:
            return Receipt(Taken.UNCHANGED, name)
        return self._revised(arrival, self._newest[name])

    def _revised(self, arrival: Arrival, stored: Stored) -> Receipt:
        revision, suffix = stored.revision + 1, arrival.page.suffix
        while (self.folder / revision_name(stored.article, revision, suffix)).exists():
            revision += 1
        name = revision_name(stored.article, revision, suffix)
        content = arrival.sidecar(stored.content, stored.file, revision)
        return Receipt(Taken.REVISED, self._put(name, stored.article, revision, content, arrival.page.body))

    def _noted(self, arrival: Arrival, stored: Stored) -> Receipt:
        addresses = stored.addresses.union(arrival.addresses)
        if addresses == stored.addresses:
            return Receipt(Taken.UNCHANGED, stored.file)
        received = {**stored.received, "also_at": sorted(addresses.difference(stored.own))}
        self._put(stored.file, stored.article, stored.revision, {**stored.content, "received": received})
        return Receipt(Taken.ELSEWHERE, stored.file)

    def _put(
        self, name: str, article: str, revision: int, content: Mapping[str, Any], body: bytes | None = None
    ) -> str:
        put(self.folder, name + SIDECAR, as_json(content))
        if body is not None:
            put(self.folder, name, body)
        self._keep(Stored(name, article, revision, content))
        return name

    def _keep(self, stored: Stored) -> None:
        article = stored.article
        self._files.add(stored.file)
        newest = self._newest.get(article)
        if newest is None or newest.revision <= stored.revision:
            self._newest[article] = stored
        for url in stored.addresses:
            self._by_address[url] = article
        if identity := stored.received.get("canonical_url"):
            self._by_identity[identity] = article
        self._by_text.setdefault(str(stored.received.get("text_sha256")), article)


def _plain(url: str | None) -> str | None:
    try:
        return cleaned(require_url(url)) if url else None
    except FetchError:
        return None
