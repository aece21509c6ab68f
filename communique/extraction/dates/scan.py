"""The temporal expressions of a sentence: matches of rules that pass their guards, joined where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from communique.extraction.dates.guards import GUARDS
from communique.extraction.dates.joins import joined, with_phase
from communique.extraction.dates.meaning import Candidate
from communique.extraction.dates.patterns import Hit, hits
from communique.extraction.dates.place import Place
from communique.extraction.dates.readings import read
from communique.extraction.dates.tokens import Token, tokenise
from communique.extraction.dates.vocabulary import vocabulary
from communique.extraction.dates.windows import windows

CACHED = 80
"""Islands up to this many tokens are looked up among those seen before."""


def find_candidates(text: str, triggers: Sequence[int], start: int, end: int) -> list[Candidate]:
    """The expressions of `text[start:end]` in order, without overlaps, not yet resolved.

    `triggers` are the places of `windows.triggers` in the whole text.
    """
    found: list[Candidate] = []
    for first, last in windows(text, triggers, start, end):
        found += _in_window(text, first, last)
    return found


def _in_window(text: str, start: int, end: int) -> Iterator[Candidate]:
    tokens = tokenise(text, start, end)
    codes = "".join(map(_code().__getitem__, [t.kind for t in tokens]))
    for island in _islands().finditer(codes):
        if not _openers().search(codes, island.start(), island.end()):
            continue
        mine = list(_in_island(text, tokens, codes, island.start(), island.end()))
        earlier = chain((None,), mine)
        yield from joined(
            with_phase(tokens, candidate, before) for candidate, before in zip(mine, earlier, strict=False)
        )


@cache
def _code() -> dict[str, str]:
    return vocabulary().code


@cache
def _islands() -> re.Pattern[str]:
    return re.compile(f"[^{_code()['OTHER']}]+")


@cache
def _openers() -> re.Pattern[str]:
    quiet = "".join(_code()[kind] for kind in vocabulary().quiet)
    return re.compile(f"[^{quiet}]")


def _in_island(text: str, tokens: Sequence[Token], codes: str, first: int, last: int) -> Iterator[Candidate]:
    for chunk in range(first, last, CACHED):
        stop = min(chunk + CACHED, last)
        table = hits(codes[chunk:stop])
        at = chunk
        while at < stop:
            candidate = next(
                filter(None, (_candidate(text, tokens, chunk, at, hit) for hit in table[at - chunk])), None
            )
            if candidate is None:
                at += 1
                continue
            yield candidate
            at = candidate.last


def _candidate(text: str, tokens: Sequence[Token], base: int, first: int, hit: Hit) -> Candidate | None:
    last = base + hit.stop
    guard = hit.rule.guard
    if guard and not GUARDS[guard](Place(text, tokens, first, last)):
        return None
    parts = {name: tuple(tokens[base + a : base + b]) for name, a, b in hit.groups}
    meaning = read(hit.rule.make, parts, dict(hit.rule.fixed))
    if meaning is None:
        return None
    return Candidate(tokens[first].start, tokens[last - 1].end, first, last, meaning, hit.rule.name)
