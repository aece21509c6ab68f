"""The patterns of `temporal_rules.toml` as regular expressions over strings of token classes, and their matches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from communique.extraction.dates.vocabulary import vocabulary
from communique.extraction.numbers import load_toml

_ATOM = re.compile(r"\(\?(?:=|!|<=|<!)|\{\d+,\d+\}|[a-z]\w*:|[A-Z][A-Z_]*|[()|?*+]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern with its reading, its fixed arguments and the guard of its surroundings."""

    name: str
    order: int
    pattern: re.Pattern[str]
    make: str
    fixed: tuple[tuple[str, Any], ...]
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
    return tuple(
        Rule(
            name=entry["name"],
            order=order,
            pattern=re.compile(_compile(entry["pattern"], macros)),
            make=entry["make"],
            fixed=tuple(entry.get("with", {}).items()),
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
def _by_first() -> dict[str, tuple[re.Pattern[str], tuple[Rule, ...]]]:
    """The rules that can begin with each class, and a pattern that tells whether any of them matches."""
    found: dict[str, list[Rule]] = {}
    for rule in rules():
        for char in _firsts(_Scan(rule.pattern.pattern))[0]:
            found.setdefault(char, []).append(rule)
    return {char: (_any_of(group), tuple(group)) for char, group in found.items()}


def _any_of(group: Sequence[Rule]) -> re.Pattern[str]:
    return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in group))


_PIECE = re.compile(r"\(\?(?::|P<\w+>|=|!|<=|<!)|\{\d+,\d+\}|.", re.S)


class _Scan:
    """The pieces of a compiled pattern, read one after the other."""

    def __init__(self, pattern: str) -> None:
        self.pieces = _PIECE.findall(pattern)
        self.at = 0

    def peek(self) -> str:
        return self.pieces[self.at] if self.at < len(self.pieces) else ""

    def take(self) -> str:
        self.at += 1
        return str(self.pieces[self.at - 1])


def _firsts(scan: _Scan) -> tuple[set[str], bool]:
    """The classes that alternatives up to the closing bracket can begin with, and whether they can be empty."""
    chars: set[str] = set()
    empty = False
    while True:
        open_end = True
        while scan.peek() not in ("", "|", ")"):
            mine, skippable = _first_of_atom(scan)
            chars |= mine if open_end else set()
            open_end = open_end and skippable
        empty = empty or open_end
        if scan.peek() != "|":
            return chars, empty
        scan.take()


def _first_of_atom(scan: _Scan) -> tuple[set[str], bool]:
    piece = scan.take()
    if piece.startswith("("):
        chars, empty = _firsts(scan)
        scan.take()
        if piece[1:3] in ("?=", "?!", "?<"):
            chars, empty = set(), True
    else:
        chars, empty = {piece}, False
    if scan.peek() in ("?", "*"):
        empty = True
        scan.take()
    elif scan.peek() == "+" or scan.peek().startswith("{"):
        empty = empty or scan.take().startswith("{0")
    return chars, empty


@lru_cache(maxsize=1 << 14)
def hits(island: str) -> tuple[tuple[Hit, ...], ...]:
    """For each place of a string of classes the rules that match there, the longest first, then the earlier rule."""
    return tuple(_hits_at(island, at) for at in range(len(island)))


def _hits_at(island: str, at: int) -> tuple[Hit, ...]:
    known = _by_first().get(island[at])
    if known is None or not known[0].match(island, at):
        return ()
    found = []
    for rule in known[1]:
        match = rule.pattern.match(island, at)
        if match and match.end() > at:
            groups = tuple((name, *match.span(name)) for name in rule.pattern.groupindex if match.start(name) >= 0)
            found.append(Hit(rule, match.end(), groups))
    return tuple(sorted(found, key=lambda hit: (-hit.stop, hit.rule.order)))
