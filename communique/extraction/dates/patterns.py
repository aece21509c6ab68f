"""The patterns of `temporal_rules.toml` as regular expressions over strings of token classes, and their matches."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from communique.extraction.dates.vocabulary import vocabulary
from communique.extraction.numbers import load_toml

_ATOM: Final = re.compile(r"\(\?(?:=|!|<=|<!)|\{\d+,\d+\}|[a-z]\w*:|[A-Z][A-Z_]*|[()|?*+]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern with its reading, its fixed arguments and the guard of its surroundings."""

    name: str
    order: int
    pattern: re.Pattern[str]
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
    return tuple(
        Rule(
            name=entry["name"],
            order=order,
            pattern=re.compile(_compile(entry["pattern"], macros)),
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
def _by_first() -> dict[str, tuple[re.Pattern[str], tuple[Rule, ...]]]:
    """The rules that can begin with each class, and a pattern that tells whether any of them matches."""
    found: dict[str, list[Rule]] = {}
    for rule in rules():
        for char in _ends(_Scan(rule.pattern.pattern), set())[0]:
            found.setdefault(char, []).append(rule)
    return {char: (_any_of(group), tuple(group)) for char, group in found.items()}


def _any_of(group: Sequence[Rule]) -> re.Pattern[str]:
    return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in group))


_PIECE: Final = re.compile(r"\(\?(?::|P<\w+>|=|!|<=|<!)|\{\d+,\d+\}|.", re.S)


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


def _ends(scan: _Scan, pairs: set[str]) -> tuple[set[str], set[str], bool]:
    """The classes that alternatives up to the closing bracket can begin and end with, and whether they can be empty.

    Adds to `pairs` the classes that can stand side by side in them, looked at or matched.
    """
    firsts: set[str] = set()
    lasts: set[str] = set()
    empty = False
    while True:
        opening = True
        ends: set[str] = set()
        while scan.peek() not in ("", "|", ")"):
            begins, closes, skippable, looked_at = _atom(scan, pairs)
            pairs.update(a + b for a in ends for b in begins)
            ends = closes | ends if skippable or looked_at else closes
            firsts |= begins if opening and not looked_at else set()
            opening = opening and (skippable or looked_at)
        lasts |= ends
        empty = empty or opening
        if scan.peek() != "|":
            return firsts, lasts, empty
        scan.take()


def _atom(scan: _Scan, pairs: set[str]) -> tuple[set[str], set[str], bool, bool]:
    """What `_ends` says of the next atom with its repetition, and whether it only looks ahead or back."""
    piece = scan.take()
    looks = piece[1:3] in ("?=", "?!", "?<")
    if piece.startswith("("):
        firsts, lasts, empty = _ends(scan, pairs)
        scan.take()
    else:
        firsts, lasts, empty = {piece}, {piece}, False
    repeat = scan.peek()
    if repeat in ("?", "*", "+") or repeat.startswith("{"):
        scan.take()
        empty = empty or repeat in ("?", "*") or repeat.startswith("{0")
        pairs.update(a + b for a in lasts for b in firsts if repeat != "?")
    return firsts, lasts, empty, looks


@cache
def followers() -> dict[str, frozenset[str]]:
    """For each class those that can stand right behind it where a rule matches: elsewhere no match runs on."""
    pairs: set[str] = set()
    for rule in rules():
        _ends(_Scan(rule.pattern.pattern), pairs)
    return {char: frozenset(pair[1] for pair in pairs if pair[0] == char) for char in vocabulary().code.values()}


@lru_cache(maxsize=1 << 14)
def hits(chain: str) -> tuple[tuple[Hit, ...], ...]:
    """For each place of a string of classes the rules that match there, the longest first, then the earlier rule.

    Empty where none matches anywhere.
    """
    found = [_hits_at(chain, at) for at in range(len(chain))]
    return tuple(found) if any(found) else ()


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
