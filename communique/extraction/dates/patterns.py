"""The patterns of `temporal_rules.toml` as regular expressions over strings of token classes, and their matches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from communique.extraction.dates.shape import Shape
from communique.extraction.dates.vocabulary import vocabulary
from communique.extraction.wording import load_toml

_ATOM: Final = re.compile(r"\(\?(?:=|!|<=|<!)|\{\d+,\d+\}|[a-z]\w*:|[A-Z][A-Z_]*|[()|?*+]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern with its reading, its fixed arguments and the guard of its surroundings."""

    name: str
    order: int
    pattern: re.Pattern[str]
    shape: Shape
    make: str
    fixed: Mapping[str, Any]
    guard: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched the tokens up to `stop` (counted from the start of the island), with its named groups."""

    rule: Rule
    stop: int
    groups: tuple[tuple[str, int, int], ...]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in order of the file; a class or macro that does not exist is a ValueError."""
    data = load_toml("temporal_rules.toml")
    macros: dict[str, str] = data["macros"]
    patterns = [_compile(entry["pattern"], macros) for entry in data["rule"]]
    return tuple(
        Rule(
            name=entry["name"],
            order=order,
            pattern=re.compile(patterns[order]),
            shape=Shape(patterns[order]),
            make=entry["make"],
            fixed=entry.get("with", {}),
            guard=entry.get("guard"),
        )
        for order, entry in enumerate(data["rule"])
    )


def _compile(pattern: str, macros: dict[str, str]) -> str:
    code, out, name = vocabulary().code, [], ""
    for piece in _ATOM.findall(pattern):
        if piece.endswith(":"):
            name = piece[:-1]
            continue
        if piece == "(":
            piece = f"(?P<{name}>" if name else "(?:"
        elif piece[0].isupper():
            body = _compile(macros[piece], macros) if piece in macros else _class(code, piece)
            piece = f"(?P<{name}>{body})" if name else body
        out.append(piece)
        name = ""
    return "".join(out)


def _class(code: dict[str, str], name: str) -> str:
    if name not in code:
        raise ValueError(f"no such class of temporal words: {name}")
    return code[name]


@cache
def followers() -> dict[str, frozenset[str]]:
    """For each class those that can stand right behind it where a rule matches: elsewhere no match runs on."""
    pairs = {pair for rule in rules() for pair in rule.shape.pairs}
    return {char: frozenset(pair[1] for pair in pairs if pair[0] == char) for char in vocabulary().code.values()}


@cache
def _by_first() -> dict[str, list[Rule]]:
    """The rules that can begin with each class."""
    found: dict[str, list[Rule]] = {}
    for rule in rules():
        for char in rule.shape.firsts:
            found.setdefault(char, []).append(rule)
    return found


@cache
def _beginning(first: str, second: str) -> tuple[Rule, ...]:
    """The rules that can begin with one class where another stands behind it."""
    return tuple(rule for rule in _by_first().get(first, ()) if rule.shape.begins(first, second))


@lru_cache(maxsize=1 << 14)
def hits(chain: str) -> tuple[tuple[Hit, ...], ...]:
    """For each place of a string of classes the rules that match there, the longest first, then the earlier rule.

    Empty where none matches anywhere.
    """
    found = [_hits_at(chain, at) for at in range(len(chain))]
    return tuple(found) if any(found) else ()


def _hits_at(chain: str, at: int) -> tuple[Hit, ...]:
    found: list[Hit] = []
    for rule in _beginning(chain[at], chain[at + 1 : at + 2]):
        match = rule.pattern.match(chain, at)
        if match is not None and match.end() > at:
            groups = [(name, *match.span(name)) for name in rule.pattern.groupindex if match.start(name) >= 0]
            found.append(Hit(rule, match.end(), tuple(groups)))
    return tuple(sorted(found, key=lambda hit: (-hit.stop, hit.rule.order)))
