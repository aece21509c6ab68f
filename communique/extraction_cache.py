"""What was found in a file, kept for the next run: under its bytes, its name, what was known of it and the engine.

One SQLite file, which may be deleted at any time and shared by runs side by side.  Whatever goes wrong with it costs
time but no run: an entry that cannot be read is extracted again, and a file that cannot be used is done without.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from communique.articles.metadata import Metadata
from communique.articles.model import Rejection
from communique.articles.rejection import RejectionReason
from communique.batch import SourceFile
from communique.caches import cache_folder
from communique.extraction.packing import DamagedError, Found, unpack

Value = TypeVar("Value")

MOST_BYTES = 2_000_000_000
"""Bytes of the file beyond which the least lately used entries go."""

FOLDER, FILE = "extractions", "articles.sqlite"

LASTING = frozenset(
    (
        RejectionReason.EMPTY,
        RejectionReason.BINARY,
        RejectionReason.UNDECODABLE,
        RejectionReason.NOT_ENGLISH,
        RejectionReason.TOO_LITTLE_TEXT,
    )
)
"""Rejections that follow from the file alone; others may end otherwise the next time, so they are not kept."""

_KEPT_SHARE = 0.9
"""Of the most bytes, when entries had to go."""

_STALE = 24 * 3600
"""Seconds after which the time of the last use is written anew."""

_PATIENCE = 20.0
"""Seconds to wait for another run that writes."""

_AT_ONCE = 500
"""Keys looked up by one statement."""

_MARK = 8
"""Bytes of the key that stand before an entry, to tell one that came under another."""

_DAMAGED = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))

_SCHEMA = """
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
PRAGMA journal_size_limit = 50000000;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS entries (key BLOB NOT NULL UNIQUE, used INTEGER NOT NULL, found BLOB NOT NULL);
"""

_LEAST_LATELY_USED = """
DELETE FROM entries WHERE rowid IN (
    SELECT entry FROM (
        SELECT rowid AS entry, sum(length(found)) OVER (ORDER BY used DESC, rowid DESC) AS size FROM entries
    ) WHERE size > ?
)
"""


class ArticleCache:
    """What one engine, named by its fingerprint, found in files before.

    `warn` is told once, in one line, where the cache is used no more.
    """

    def __init__(
        self, engine: str, *, warn: Callable[[str], None], folder: Path | None = None, most_bytes: int = MOST_BYTES
    ) -> None:
        self.engine = engine
        self.path = (folder or cache_folder() / FOLDER) / FILE
        self.most_bytes = most_bytes
        self._warn = warn
        self._now = int(time.time())
        self._base: sqlite3.Connection | None = None
        self._replaced = self._given_up = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def key(self, file: SourceFile) -> bytes:
        """The sha256 of all that decides what is found in a file."""
        about = "\n".join((self.engine, file.name, file.sha256, repr(file.known or Metadata())))
        return hashlib.sha256(about.encode("utf-8", "surrogatepass")).digest()

    def found(self, keys: Iterable[bytes]) -> dict[bytes, Found]:
        """What was found under these keys, as far as it is known."""
        wanted, known = list(keys), dict[bytes, Found]()
        for at in range(0, len(wanted), _AT_ONCE):
            nothing: list[tuple[bytes, int, bytes]] = []
            rows = self._guarded(partial(_read, keys=wanted[at : at + _AT_ONCE]), nothing)
            for key, _, data in rows:
                with suppress(DamagedError):
                    known[key] = _unpacked(key, data)
            stale = [(self._now, key) for key, used, _ in rows if used < self._now - _STALE]
            if stale:
                self._guarded(partial(_write, statement="UPDATE entries SET used = ? WHERE key = ?", rows=stale), None)
        return known

    def put(self, entries: Iterable[tuple[bytes, bytes, Found]]) -> None:
        """Keep what was found under each key, packed and as it is, where the next time would find the same."""
        rows = [(key, self._now, key[:_MARK] + data) for key, data, found in entries if _is_lasting(found)]
        if rows:
            self._guarded(partial(_write, statement="REPLACE INTO entries VALUES (?, ?, ?)", rows=rows), None)
            self._guarded(partial(_prune, most_bytes=self.most_bytes), None)

    def close(self) -> None:
        """Leave the file to others."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None

    def _guarded(self, work: Callable[[sqlite3.Connection], Value], otherwise: Value) -> Value:
        """What comes of the work; a file that is damaged or gone is replaced once, any other trouble ends the use."""
        while not self._given_up:
            try:
                if self._base is None:
                    self._base = _opened(self.path)
                return work(self._base)
            except (sqlite3.Error, OSError) as error:
                self.close()
                if self._replaced or not _is_replaceable(error):
                    self._given_up = True
                    self._warn(f"{self.path}: {error}; going on without the cache of what was extracted before")
                elif getattr(error, "sqlite_errorcode", None) in _DAMAGED:
                    _remove(self.path)
                self._replaced = True
        return otherwise


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = path.parent.stat()
    if about.st_uid != os.geteuid() or about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(f"{path.parent} can be written by others")
    base = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
    try:
        base.executescript(_SCHEMA)
    except BaseException:
        base.close()
        raise
    return base


def _is_replaceable(error: Exception) -> bool:
    return getattr(error, "sqlite_errorcode", None) in (*_DAMAGED, sqlite3.SQLITE_READONLY_DBMOVED)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _is_lasting(found: Found) -> bool:
    return not isinstance(found, Rejection) or found.reason in LASTING


def _unpacked(key: bytes, data: bytes) -> Found:
    if not data.startswith(key[:_MARK]):
        raise DamagedError("the entry of another key")
    return unpack(data[_MARK:])


def _read(base: sqlite3.Connection, keys: list[bytes]) -> list[tuple[bytes, int, bytes]]:
    places = ",".join("?" * len(keys))
    return base.execute(f"SELECT key, used, found FROM entries WHERE key IN ({places})", keys).fetchall()


def _write(base: sqlite3.Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    with base:
        base.executemany(statement, rows)


def _prune(base: sqlite3.Connection, most_bytes: int) -> None:
    """Remove the least lately used entries where the file is too large."""
    page, pages, free = (
        base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
    )
    size = page * (pages - free)
    if size > most_bytes:
        held = base.execute("SELECT sum(length(found)) FROM entries").fetchone()[0] or 0
        with base:
            base.execute(_LEAST_LATELY_USED, (held * most_bytes * _KEPT_SHARE / size,))
        base.executescript("PRAGMA incremental_vacuum")
