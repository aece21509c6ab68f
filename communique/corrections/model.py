"""What a correction is, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

FILE = "corrections.toml"
ACTORS = "actors"

Value = str | float | int | bool | tuple[str, ...] | None
"""What a column of an extracted row holds."""


class Action(StrEnum):
    DROP = "drop"
    SET = "set"
    ADD = "add"


class CorrectionError(ValueError):
    """A correction cannot be applied: one line with the file, the entry, what holds instead and the remedy."""

    def __init__(self, entry: str | None, problem: str, remedy: str) -> None:
        place = f"{FILE}, {entry}" if entry else FILE
        super().__init__(" ".join(f"{place}: {problem}; {remedy}".split()))


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article, white space aside; `before` and `after` are the words next to them that tell them apart."""

    words: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An entry of the file.

    `number` counts the entries of one action from 1.  The row is named by `row_id`, or by `article` (its id or the name
    of its file) and `quote`; `where` are columns that choose between rows on the same words.  `expect` are the values
    that the row must still have, `values` those it gets.
    """

    action: Action
    number: int
    table: str
    reason: str
    author: str
    row_id: str | None = None
    article: str | None = None
    quote: Quote | None = None
    where: Mapping[str, Value] = field(default_factory=dict)
    expect: Mapping[str, Value] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def entry(self) -> str:
        """How messages and reports name the entry."""
        return f"[[{self.action}]] {self.number}"

    def error(self, problem: str, remedy: str) -> CorrectionError:
        return CorrectionError(self.entry, problem, remedy)


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of a folder, with the sha256 of the file they stand in; `sha256` is None without a file.

    `rows` are those of rows of articles, `actors` those of actors, whose `row_id` is the `actor_id`.
    """

    rows: tuple[Correction, ...] = ()
    actors: tuple[Correction, ...] = ()
    sha256: str | None = None

    @property
    def inputs(self) -> dict[str, str]:
        """The sha256 of the file by its name."""
        return {FILE: self.sha256} if self.sha256 else {}


NONE = Corrections()


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a correction did: to which row, on what values, to how many rows.

    `row_id` is the id that the row is published with, for a dropped row the one it was extracted with; `replaces` the
    id as extracted where the correction changed it.  Copies of a row are corrected with it and counted in `rows`.
    """

    correction: Correction
    article_id: str | None
    row_id: str
    replaces: str | None = None
    before: Mapping[str, Value] = field(default_factory=dict)
    after: Mapping[str, Value] = field(default_factory=dict)
    rows: int = 1

    def as_dict(self) -> dict[str, Any]:
        """For the quality report: JSON values."""
        return {
            "entry": self.correction.entry,
            "action": self.correction.action.value,
            "table": self.correction.table,
            "id": self.row_id,
            "replaces": self.replaces,
            "article_id": self.article_id,
            "reason": self.correction.reason,
            "author": self.correction.author,
            "before": _plain(self.before),
            "after": _plain(self.after),
            "rows": self.rows,
        }

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Applied:
        """What `as_dict` says."""
        action, _, number = str(content["entry"]).removeprefix("[[").partition("]] ")
        correction = Correction(
            action=Action(action),
            number=int(number),
            table=content["table"],
            reason=content["reason"],
            author=content["author"],
        )
        rest = {name: content[name] for name in ("article_id", "replaces", "before", "after", "rows")}
        return cls(correction=correction, row_id=content["id"], **rest)


def rows_added(applied: Iterable[Applied]) -> Counter[str]:
    """The rows that corrections added, by table."""
    return _rows(applied, Action.ADD)


def rows_dropped(applied: Iterable[Applied]) -> Counter[str]:
    """The rows that corrections dropped, by table, copies of them counted."""
    return _rows(applied, Action.DROP)


def _rows(applied: Iterable[Applied], action: Action) -> Counter[str]:
    """Actors are not among them: they follow from the rows that refer to them."""
    rows: Counter[str] = Counter()
    for change in applied:
        if change.correction.action is action and change.correction.table != ACTORS:
            rows[change.correction.table] += change.rows
    return rows


def _plain(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
