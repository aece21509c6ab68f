"""`corrections.toml` beside the articles, read and checked as far as it can be without them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.corrections.actors import actors_named, is_reference
from communique.corrections.model import ACTORS, FILE, NONE, Action, Correction, CorrectionError, Corrections, Quote
from communique.corrections.values import ROWS, BadValueError, cells, close_to, required

_ADDRESS = ("id", "article", "quote", "before", "after", "where")
_ALWAYS = ("table", "reason", "author")

_KEYS: Mapping[Action, tuple[str, ...]] = {
    Action.DROP: (*_ALWAYS, *_ADDRESS, "expect"),
    Action.SET: (*_ALWAYS, *_ADDRESS, "expect", "to"),
    Action.ADD: (*_ALWAYS, "article", "quote", "before", "after", "row"),
}


def read_corrections(folder: Path) -> Corrections:
    """The corrections of a folder of articles, none where it has no `corrections.toml`.

    Raises:
        CorrectionError: the file does not parse, an entry lacks something, or it names a table, a column or a value
            that is not declared.
        OSError: the file cannot be read.
    """
    path = folder / FILE
    if not path.exists():
        return NONE
    data = path.read_bytes()
    entries = tuple(_corrections(_parsed(data)))
    actors = tuple(entry for entry in entries if entry.table == ACTORS)
    rows = tuple(entry for entry in entries if entry.table != ACTORS)
    _require_use(actors, rows)
    return Corrections(rows, actors, hashlib.sha256(data).hexdigest())


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CorrectionError(None, f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CorrectionError(None, f"does not parse ({error})", "correct the syntax") from None


def _corrections(content: Mapping[str, Any]) -> Iterator[Correction]:
    for name, entries in content.items():
        if name not in list(Action) or not isinstance(entries, list):
            wanted = " or ".join(f"[[{action}]]" for action in Action)
            raise CorrectionError(None, f"{name!r} is no list of corrections", f"begin each entry with {wanted}")
        for number, entry in enumerate(entries, 1):
            yield _Entry(Action(name), number, entry).correction()


def _require_use(actors: Iterable[Correction], rows: Iterable[Correction]) -> None:
    """An actor is one entry's, and is added for a row that refers to it."""
    named = {actor_id for entry in rows for actor_id in actors_named(entry)}
    seen: dict[str | None, Correction] = {}
    for entry in actors:
        if first := seen.get(entry.row_id):
            raise entry.error(f"concerns the same actor as {first.entry}", "make one entry of the two")
        seen[entry.row_id] = entry
        if entry.action is Action.ADD and entry.row_id not in named:
            raise entry.error(f"no row set or added refers to {entry.row_id!r}", "add the row too, or remove the entry")
        if entry.action is Action.ADD and is_reference(entry.row_id or ""):
            raise entry.error(f"{entry.row_id!r} is in the reference data already", "remove the entry")


@dataclass(frozen=True, slots=True)
class _Entry:
    action: Action
    number: int
    content: Any

    def correction(self) -> Correction:
        self._require_keys()
        table = self._table()
        if table == ACTORS:
            return self._of_actor()
        return Correction(
            action=self.action,
            number=self.number,
            table=table,
            reason=self._words("reason"),
            author=self._words("author"),
            row_id=self._optional("id"),
            article=self._optional("article"),
            quote=self._quote(),
            where=self._cells("where", table),
            expect=self._cells("expect", table),
            values=self._values(table),
        )

    def _of_actor(self) -> Correction:
        """An actor is named by its id alone; it is there while a row refers to it."""
        if self.action is Action.DROP:
            raise self.error("an actor cannot be dropped", "drop its mentions, or set their actor_id")
        if place := [key for key in ("article", "quote", "before", "after", "where") if key in self.content]:
            raise self.error(f"an actor has no {place[0]!r}", "name it by its actor_id alone")
        values = dict(self._values(ACTORS))
        if self.action is Action.SET and (fixed := values.keys() & {"actor_id", "type"}):
            raise self.error(f"the {min(fixed)} of an actor cannot be set", "set the actor_id of the rows")
        return Correction(
            action=self.action,
            number=self.number,
            table=ACTORS,
            reason=self._words("reason"),
            author=self._words("author"),
            row_id=self._words("id") if self.action is Action.SET else str(values["actor_id"]),
            expect=self._cells("expect", ACTORS),
            values={name: value for name, value in values.items() if name != "actor_id"},
        )

    def error(self, problem: str, remedy: str) -> CorrectionError:
        return CorrectionError(f"[[{self.action}]] {self.number}", problem, remedy)

    def _require_keys(self) -> None:
        if not isinstance(self.content, dict):
            raise self.error("is no table of keys", f"write keys among {', '.join(_KEYS[self.action])}")
        for key in self.content:
            if key not in _KEYS[self.action]:
                keys = _KEYS[self.action]
                raise self.error(f"has the unknown key {key!r}", f"{close_to(key, keys)}use {', '.join(keys)}")

    def _table(self) -> str:
        table = self._words("table")
        if table not in (*ROWS, ACTORS):
            remedy = f"{close_to(table, ROWS)}use one of {', '.join(ROWS)}, {ACTORS}"
            if table == "articles":
                remedy = "write what is known of an article into catalogue.toml"
            raise self.error(f"no rows of a table {table!r} can be corrected", remedy)
        return table

    def _words(self, key: str) -> str:
        value = self._optional(key)
        if value is None:
            raise self.error(f"has no {key!r}", f'write {key} = "..."')
        return value

    def _optional(self, key: str) -> str | None:
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key!r} is {value!r}", f'write {key} = "..."')
        return value.strip()

    def _quote(self) -> Quote | None:
        words, row_id, article = (self._optional(key) for key in ("quote", "id", "article"))
        if words is None and self.content.keys() & {"before", "after", "where"}:
            raise self.error("has 'before', 'after' or 'where' without 'quote'", "leave them out or add the quote")
        if self.action is Action.ADD:
            if words is None or article is None:
                raise self.error("does not say on which words the row stands", "add article and quote")
        elif (row_id is None) == (words is None):
            raise self.error("does not name its row in one way", "name it either by id, or by article and quote")
        elif words is not None and article is None:
            raise self.error("has a quote without its article", "add article")
        return None if words is None else Quote(words, self._optional("before"), self._optional("after"))

    def _values(self, table: str) -> Mapping[str, Any]:
        match self.action:
            case Action.DROP:
                self._guard(())
                return {}
            case Action.SET:
                values = self._cells("to", table)
                if not values:
                    raise self.error("sets nothing", "write to = { column = value }")
                self._guard(tuple(values))
                return values
            case Action.ADD:
                values = self._cells("row", table)
                if missing := [name for name in required(table) if values.get(name) is None]:
                    raise self.error(f"the row lacks {', '.join(missing)}", "add to row = { column = value }")
                return values

    def _guard(self, columns: tuple[str, ...]) -> None:
        expect = self.content.get("expect")
        if not expect:
            raise self.error("has no 'expect'", "write expect = { column = value } with what the row holds now")
        if missing := [name for name in columns if name not in expect]:
            raise self.error(f"'expect' lacks {', '.join(missing)}", 'add what the row holds now, "" for null')

    def _cells(self, key: str, table: str) -> Mapping[str, Any]:
        given = self.content.get(key, {})
        if not isinstance(given, dict):
            raise self.error(f"{key!r} is {given!r}", f"write {key} = {{ column = value }}")
        try:
            return cells(table, given)
        except BadValueError as bad:
            raise self.error(f"in {key!r}: {bad.problem}", bad.remedy) from None
