"""The habits of publishers, read from `lexicons/furniture.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

_CREDIT = 160


@dataclass(frozen=True)
class Rule:
    """One habit of publishers; the fields are explained at the head of the file."""

    name: str
    pattern: str
    where: str
    words: int
    effect: str = "block"
    whole: bool = False
    within: bool = False
    needs: tuple[str, ...] = ()

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    @cached_property
    def _needed(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.needs)))

    def matches(self, text: str, small: str) -> bool:
        """Whether the rule takes the text, shown on one line and again in small letters, for furniture."""
        if self.needs and not self._needed.search(small):
            return False
        compiled = self._compiled
        found = (
            compiled.search(text) if self.within else compiled.fullmatch(text) if self.whole else compiled.match(text)
        )
        return found is not None


@cache
def _lexicon() -> dict[str, Any]:
    raw = resources.files("communique.lexicons").joinpath("furniture.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def rules() -> Mapping[str, Rule]:
    """The rules by name, in their order."""
    entries = (entry | {"needs": tuple(entry.get("needs", ()))} for entry in _lexicon()["rule"])
    return {entry["name"]: Rule(**entry) for entry in entries}


@cache
def vocabulary(kind: str) -> frozenset[str]:
    """A list of words: "particles" and "honours" of names, "headings", "roles" and what writers do ("writes")."""
    return frozenset(_lexicon()["words"][kind])


@cache
def _closing_credit() -> re.Pattern[str]:
    return re.compile(_lexicon()["closing_credit"], re.IGNORECASE)


def closing_credit(text: str, start: int, end: int) -> int:
    """Where the credit begins with which the caption `text[start:end]` closes; `end` where it has none."""
    close = text[max(end - 60, start) : end]
    if close[-1:] not in ")]" and not any(mark in close for mark in "/:©") and " by " not in close:
        return end
    found = _closing_credit().search(text, max(end - _CREDIT, start), end)
    return found.start() if found else end
