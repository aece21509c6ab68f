"""Statements of one sentence that tell the same: goods and the sum they are worth, one flow by two verbs."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.aid.acts import Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.wanted import at_cost
from communique.extraction.grammar.parse import ParsedSentence


def merged(sentence: ParsedSentence, sums: list[Bound], kinds: list[Bound]) -> list[Bound]:
    """The sums, with the act that gives the goods they are the worth of, and the goods that have no sum."""
    merged = list(sums)
    for kind in kinds:
        low, high = kind.theme.start, kind.theme.end
        if any(b.position == "label" and b.theme.described[0] < high and low < b.theme.described[1] for b in sums):
            continue
        if kind.position == "object" and kind.theme.is_aid and any(_specifies(b, kind) for b in sums):
            continue
        if any(_is_its_cost(sentence, b, kind) for b in sums):
            continue
        worth = next(
            (b for b in sums if b.act is None and b.theme.described[0] <= low and high <= b.theme.described[1]), None
        )
        if worth is None:
            told = any(b.act is not None and b.theme.described[0] <= low and high <= b.theme.described[1] for b in sums)
            merged += [] if told else [kind]
        else:
            merged[merged.index(worth)] = replace(worth, act=kind.act, position=kind.position)
    return merged


def _is_its_cost(sentence: ParsedSentence, bound: Bound, kind: Bound) -> bool:
    """Whether a sum is what the goods cost that the same verb gives: "financed 9 boats at a cost of $5 million"."""
    act, other = bound.act, kind.act
    same = act is not None and other is not None and act.first == other.first
    return same and bound.theme.first > kind.theme.last and at_cost(sentence, bound.theme.first)


def _specifies(bound: Bound, kind: Bound) -> bool:
    """Whether a gerund right behind aid says how much of it was given: "offered relief, disbursing $5 million"."""
    group = bound.act.group if bound.act is not None else None
    return group is not None and group.form == "gerund" and 1 < group.first - kind.theme.last <= _NEAR


_NEAR = 4


def distinct(found: list[Bound]) -> list[Bound]:
    """The statements without those that tell the same thing by another verb.

    A verb of stopping or restoring over a noun of giving decides ("the supply of diesel was stopped"); where both stand
    on one theme, the second has the span of its verb.
    """
    kept: list[Bound] = []

    def rank(bound: Bound) -> tuple[bool, bool, int, bool]:
        sort = bound.act.sort if bound.act else Sort.NOUN
        group = bound.act.group if bound.act else None
        gerund = group is not None and group.form == "gerund"
        return sort not in _DECIDING, sort is Sort.NOUN, bound.theme.start, gerund

    for bound in sorted(found, key=rank):
        laps = [k for k in kept if bound.theme.start < k.theme.end and k.theme.start < bound.theme.end]
        if not laps:
            kept.append(bound)
            continue
        act, other = bound.act, laps[0].act
        if act is not None and other is not None and act.sort is Sort.NOUN and act.status in ("suspended", "ended"):
            if other.sort in (Sort.STRONG, Sort.WEAK):
                kept[kept.index(laps[0])] = replace(laps[0], act=replace(other, status=act.status))
            continue
        if act is None or other is None or act.group is None or {act.sort, other.sort} != _DECIDING:
            continue
        first, last = act.group.start, act.group.end
        theme = replace(bound.theme, start=first, end=last, first=act.first, last=act.last)
        kept.append(replace(bound, theme=theme))
    return kept


_DECIDING = {Sort.STOPPING, Sort.RESTORING}
