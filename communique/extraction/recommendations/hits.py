"""Recommending words found in a sentence, and what they govern."""

from __future__ import annotations

from dataclasses import dataclass

from communique.extraction.grammar.parse import ParsedSentence


@dataclass(frozen=True, slots=True)
class Complement:
    """The action starts at token `verb`; `addressees` are the tokens `[first, last]` that say who is to act."""

    verb: int
    addressees: tuple[int, int] | None
    negated: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Recommending words at tokens `[first, last]` of a sentence."""

    sentence: ParsedSentence
    first: int
    last: int
