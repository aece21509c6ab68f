"""A run of capitalised words, cut into its parts."""

from __future__ import annotations

from collections.abc import Sequence

from communique.extraction.actors.bodies import body_at
from communique.extraction.actors.runs import Unit
from communique.extraction.actors.shape import Part, Shape, is_break, is_first_name, may_head, rest_at, title_at
from communique.extraction.actors.vocabulary import Vocabulary, Word, vocabulary


def parts_of(run: Sequence[Unit], opening: bool) -> list[Part]:
    """The parts of a run from left to right; units in no part are breaks and linking words.

    `opening` says that the run starts where any word has a capital.
    """
    size = len(run)
    if size == 1:
        return _alone(run[0], opening)
    out: list[Part] = []
    words = vocabulary()
    at = 0
    if opening:
        while at < size and not run[at].lower and run[at].hit is None and run[at].flags & Word.OPENER:
            at += 1
    last_head = next((index for index in range(size - 1, at - 1, -1) if may_head(run[index], words)), -1)
    while at < size:
        unit = run[at]
        if unit.lower or is_break(unit):
            at += 1
            continue
        part = _ship(run, at, words)
        if part is None and at <= last_head and at + 1 < size:
            part = body_at(run, at, words, opening and at == 0)
        if part is None and unit.hit is not None and not is_first_name(run, at):
            part = Part(Shape.KNOWN, at, at + 1)
        if part is None:
            part = title_at(run, at, words) or rest_at(run, at, words)
        out.append(part)
        at = part.last
    return out


def _alone(unit: Unit, opening: bool) -> list[Part]:
    """What `parts_of` says of a run of one unit, which can be no body."""
    if unit.lower or is_break(unit):
        return []
    if unit.hit is not None:
        return [Part(Shape.KNOWN, 0, 1)]
    if opening and unit.flags & Word.OPENER:
        return []
    return [Part(Shape.TITLE if unit.flags & Word.TITLE else Shape.REST, 0, 1)]


def _ship(run: Sequence[Unit], at: int, words: Vocabulary) -> Part | None:
    """A ship's name, which is often a person's or a country's: "HMS Prince Albert"."""
    if run[at].text not in words.ship_prefixes:
        return None
    last = at + 1
    while last < len(run) and not run[last].lower and not is_break(run[last]):
        last += 1
    return Part(Shape.PLACE, at, last) if last > at + 1 else None
