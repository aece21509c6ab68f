"""The temporal expressions of a sentence: matches of rules that pass their guards, joined where they belong."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from communique.extraction.dates.guards import GUARDS
from communique.extraction.dates.joins import joined, with_phase
from communique.extraction.dates.meaning import Candidate
from communique.extraction.dates.patterns import Hit, followers, hits
from communique.extraction.dates.place import Place
from communique.extraction.dates.readings import read
from communique.extraction.dates.tokens import Token, tokenise
from communique.extraction.dates.vocabulary import vocabulary
from communique.extraction.dates.windows import Window, windows

LONGEST: Final = 80
"""Chains of classes are read up to this many tokens at once."""


def find_candidates(text: str, triggers: list[int], start: int, end: int) -> list[Candidate]:
    """The expressions of `text[start:end]` in order, without overlaps, not yet resolved.

    `triggers` are the places of `windows.triggers` in the whole text.
    """
    found: list[Candidate] = []
    for window in windows(text, triggers, start, end):
        found += _in_window(text, window)
    return found


def _in_window(text: str, window: Window) -> list[Candidate]:
    tokens = tokenise(text, window.start, window.end, window.last)
    code = vocabulary().code
    codes = "".join([code[token.kind] for token in tokens])
    found: list[Candidate] = []
    for island in _islands().finditer(codes):
        if _openers().search(codes, island.start(), island.end()):
            found += joined(_in_island(text, tokens, codes, island.start(), island.end()))
    return found


@cache
def _islands() -> re.Pattern[str]:
    return re.compile(f"[^{vocabulary().code['OTHER']}]+")


@cache
def _openers() -> re.Pattern[str]:
    quiet = "".join(vocabulary().code[kind] for kind in vocabulary().quiet)
    return re.compile(f"[^{quiet}]")


def _in_island(text: str, tokens: list[Token], codes: str, first: int, last: int) -> list[Candidate]:
    found: list[Candidate] = []
    before: Candidate | None = None
    while first < last:
        stop = _chain_end(codes, first, min(last, first + LONGEST))
        table = hits(codes[first:stop])
        at = first
        while table and at < stop:
            candidate = _first_of(text, tokens, first, at, table[at - first])
            at += 1
            if candidate is not None:
                found.append(with_phase(tokens, candidate, before))
                before, at = candidate, candidate.last
        first = stop
    return found


def _chain_end(codes: str, first: int, limit: int) -> int:
    """Where the chain of classes that begins at a place ends: no rule matches across two that no rule has together."""
    known = followers()
    at = first + 1
    while at < limit and codes[at] in known[codes[at - 1]]:
        at += 1
    return at


def _first_of(text: str, tokens: list[Token], base: int, first: int, found: tuple[Hit, ...]) -> Candidate | None:
    """The candidate of the first hit that passes its guard and means something."""
    for hit in found:
        rule, last = hit.rule, base + hit.stop
        if rule.guard and not GUARDS[rule.guard](Place(text, tokens, first, last)):
            continue
        parts = {name: tuple(tokens[base + a : base + b]) for name, a, b in hit.groups}
        meaning = read(rule.make, parts, rule.fixed)
        if meaning is not None:
            return Candidate(tokens[first].start, tokens[last - 1].end, first, last, meaning, rule.name)
    return None
