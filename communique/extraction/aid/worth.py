"""Goods whose worth a sum of the same sentence is."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.aid.binding import Bound


def merged(sums: list[Bound], kinds: list[Bound]) -> list[Bound]:
    """The sums, with the act that gives the goods they are the worth of, and the goods that have no sum."""
    merged = list(sums)
    for kind in kinds:
        low, high = kind.theme.start, kind.theme.end
        if any(b.position == "label" and b.theme.described[0] < high and low < b.theme.described[1] for b in sums):
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
