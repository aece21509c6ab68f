"""The marks of items that are counted within a sentence: "(1) lift", "b) widen", "second, send"."""

from __future__ import annotations

from typing import Final

from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.bases import is_base

_WORDS: Final = (
    ("one", "first", "firstly"),
    ("two", "second", "secondly"),
    ("three", "third", "thirdly"),
    ("four", "fourth", "fourthly"),
    ("five", "fifth", "fifthly"),
)
_SPOKEN: Final = {word: number for number, words in enumerate(_WORDS, start=1) for word in words}
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LETTERS: Final = ("a", "b", "c", "d", "e", "f", "g", "h")
_BRACKETED: Final = (
    {str(number): number for number in range(1, 21)}
    | {letter: number for number, letter in enumerate(_LETTERS, start=1)}
    | {roman: number for number, roman in enumerate(_ROMAN, start=1)}
)
_LEADING: Final = 3
"""A verb with "not to" before it."""


def mark_at(tokens: tuple[Token, ...], i: int) -> tuple[int, int] | None:
    """The number of the item whose mark starts at token `i`, and the token behind the mark, where a verb follows it."""
    j = i + (tokens[i].tag == Tag.OPEN)
    if j + 2 >= len(tokens):
        return None
    word, closing = tokens[j].lower, tokens[j + 1]
    if closing.tag == Tag.CLOSE:
        number = _BRACKETED.get(word)
    elif i == j and (closing.tag == Tag.COMMA or closing.text == ":"):
        number = _SPOKEN.get(word)
    else:
        return None
    behind = j + 2
    acts = next((t for t in tokens[behind : behind + _LEADING] if t.tag not in (Tag.TO, Tag.NEGATION)), None)
    return (number, behind) if number is not None and acts is not None and is_base(acts) else None
