"""What saves requests: the validators of pages, and the feeds as they were last time.

All of it can be deleted at any time; everything is then asked for once more.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from communique.collect.fetch import Validators
from communique.collect.files import STATE, as_json, put

_FILE = f"{STATE}/state.json"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address: its validators, and the file that holds what came from it."""

    validators: Validators
    file: str
    content_type: str = ""
    url: str = ""


@dataclass(slots=True)
class State:
    """What is known of all addresses, which are kept as digests since there can be secrets in them."""

    folder: Path
    known: dict[str, Known] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    _before: bytes = b""

    @classmethod
    def of(cls, folder: Path) -> Self:
        """The state of a folder of articles; one that is missing or damaged is empty."""
        try:
            data = (folder / _FILE).read_bytes()
            known = {key: _known(entry) for key, entry in json.loads(data).items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls(folder)
        return cls(folder, known, _before=data)

    def of_address(self, url: str) -> Known | None:
        """What is known of an address; from now on it counts as asked for."""
        self.asked.add(_digest(url))
        return self.known.get(_digest(url))

    def learn(self, url: str, known: Known | None) -> None:
        """Keep what is known of an address, or forget it."""
        if known is None or known.validators == Validators():
            self.known.pop(_digest(url), None)
        else:
            self.known[_digest(url)] = known

    def feed_of(self, url: str) -> bytes | None:
        """The feed as it was when it was last received."""
        try:
            return (self.folder / _feed_file(url)).read_bytes()
        except OSError:
            return None

    def keep_feed(self, url: str, body: bytes) -> str:
        """Keep the feed as received; returns its file."""
        if self.feed_of(url) != body:
            put(self.folder, _feed_file(url), body)
        return _feed_file(url)

    def save(self, *, complete: bool) -> None:
        """Write the state down where it has changed; after a complete run without the addresses that were not asked
        for."""
        if complete:
            gone = self.known.keys() - self.asked
            for key in gone:
                file = self.known.pop(key).file
                if file.startswith(f"{STATE}/"):
                    with suppress(OSError):
                        (self.folder / file).unlink()
        data = as_json({key: _entry(known) for key, known in sorted(self.known.items())})
        if data != self._before and (self.known or self._before):
            put(self.folder, _FILE, data)
            self._before = data


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _feed_file(url: str) -> str:
    return f"{STATE}/{_digest(url)}.feed"


def _entry(known: Known) -> dict[str, Any]:
    entry = {
        "file": known.file,
        "etag": known.validators.etag,
        "last_modified": known.validators.last_modified,
        "content_type": known.content_type,
        "url": known.url,
    }
    return {name: value for name, value in entry.items() if value}


def _known(entry: dict[str, str]) -> Known:
    if not all(isinstance(value, str) for value in entry.values()):
        raise TypeError
    validators = Validators(entry.get("etag"), entry.get("last_modified"))
    return Known(validators, entry["file"], entry.get("content_type", ""), entry.get("url", ""))
