"""The habits of publishers, read from `lexicons/furniture.toml`."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Any, Final

from ahocorasick_rs import AhoCorasick, Implementation

_CREDIT: Final = 160
_CREDITED: Final = ("photo", "image", "picture", "credit", "source", "illustration", "courtesy")
"""What a credit names that is neither in brackets nor has a slash."""


@dataclass(frozen=True, slots=True)
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

    def matches(self, text: str) -> bool:
        """Whether the rule takes the text, shown on one line, for furniture; what it needs is not looked for."""
        compiled = _compiled(self.pattern)
        found = (
            compiled.search(text) if self.within else compiled.fullmatch(text) if self.whole else compiled.match(text)
        )
        return found is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


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
def _needs() -> tuple[AhoCorasick, tuple[frozenset[str], ...]]:
    """An automaton of all that rules need, and for each of its patterns the names of the rules that need it."""
    patterns = sorted({need for rule in rules().values() for need in rule.needs})
    owners = (frozenset(rule.name for rule in rules().values() if need in rule.needs) for need in patterns)
    return AhoCorasick(patterns, implementation=Implementation.DFA), tuple(owners)


def hinted(lines: Sequence[str]) -> Mapping[int, frozenset[str]]:
    """For the lines, in small letters, that hold what some rules need: the names of these rules."""
    automaton, owners = _needs()
    ends = list(accumulate(len(line) + 1 for line in lines))
    found: dict[int, frozenset[str]] = {}
    for pattern, start, _ in automaton.find_matches_as_indexes("\n".join(lines), overlapping=True):
        number = bisect_right(ends, start)
        found[number] = found.get(number, frozenset()) | owners[pattern]
    return found


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
    if close[-1:] not in ")]" and "/" not in close:
        if ":" not in close and " by " not in close:
            return end
        tail = text[max(end - _CREDIT, start) : end].lower()
        if not any(word in tail for word in _CREDITED):
            return end
    found = _closing_credit().search(text, max(end - _CREDIT, start), end)
    return found.start() if found else end
