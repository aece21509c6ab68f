"""Changes since the release before that a person has looked at and accepts: their check warns and stops nothing.

`accepted.toml` beside the articles names check, release and reason.  An entry speaks of the comparison with one
release alone, so it ends by itself when the next one is published.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from communique.quality.checks import CheckResult, Level, Outcome, Severity

FILE = "accepted.toml"

_FIELDS = ("check", "after", "reason", "author")
_KINDS = ("articles_kept", "rows_kept", "actors_kept", "accuracy_kept", "none_fell_silent")
"""Checks against the release before, which alone can be accepted: all others find what is wrong in itself."""


class AcceptedError(ValueError):
    """An entry that cannot be used: one line with the file, the problem and the remedy."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A failed check that is accepted in the release after `after`."""

    check: str
    after: str
    reason: str
    author: str

    def as_dict(self) -> dict[str, str]:
        return {"check": self.check, "after": self.after, "reason": self.reason, "author": self.author}


def read_accepted(folder: Path) -> tuple[Accepted, ...]:
    """What is accepted, in the order of the file; nothing where there is no file.

    Raises:
        AcceptedError: the file or an entry cannot be used.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AcceptedError(f"{FILE}: does not parse ({error}); mend it") from None
    entries = content.get("accept")
    if set(content) - {"accept"} or not isinstance(entries, list):
        raise AcceptedError(f"{FILE}: holds something else than entries [[accept]]; see docs/quality.md")
    return tuple(_entry(number, entry) for number, entry in enumerate(entries, 1))


def accept(
    results: Iterable[CheckResult], accepted: Sequence[Accepted], before: str | None
) -> tuple[list[CheckResult], list[Accepted]]:
    """The results, with failures that are accepted after the release `before` as warnings; and what was accepted."""
    mine = {entry.check: entry for entry in accepted if entry.after == before}
    done: list[CheckResult] = []
    used: list[Accepted] = []
    for result in results:
        entry = mine.get(result.id)
        if entry is None or result.outcome is not Outcome.FAILED or result.level is not Level.RELEASE:
            done.append(result)
            continue
        check = replace(result.check, severity=Severity.WARNING)
        detail = ". ".join(part for part in (result.detail, f"Accepted by {entry.author}: {entry.reason}") if part)
        done.append(replace(result, check=check, outcome=Outcome.WARNED, detail=detail))
        used.append(entry)
    return done, used


def _entry(number: int, entry: Any) -> Accepted:
    where = f"{FILE}, [[accept]] {number}"
    if not isinstance(entry, dict) or set(entry) != set(_FIELDS):
        raise AcceptedError(f"{where}: has not the fields {', '.join(_FIELDS)}; write these and no others")
    if wrong := [name for name in _FIELDS if not isinstance(entry[name], str) or not entry[name].strip()]:
        raise AcceptedError(f"{where}: {wrong[0]} is no text; write it in quotes")
    if entry["check"].rpartition(".")[2] not in _KINDS:
        raise AcceptedError(
            f"{where}: {entry['check']!r} cannot be accepted; mend what fails, only {', '.join(_KINDS)} can be"
        )
    return Accepted(**entry)
