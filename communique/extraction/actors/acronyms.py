"""Acronyms that a text introduces in brackets, matched to their long forms."""

from __future__ import annotations

import re
from typing import Final

from communique.extraction.actors.vocabulary import fold, vocabulary

_BRACKET: Final = re.compile(
    r"""(?:["”’']|\s+[a-z]+){0,2}\s*[(\[]\s*(?:the\s+|or\s+|known\ as\s+)?
    ["“‘']?([^\W\d_][\w&/+.-]{1,12})["”’']?\s*[)\];,]""",
    re.VERBOSE,
)
_NEAR: Final = 60


def acronym_after(text: str, end: int) -> str | None:
    """The acronym in brackets behind a name that ends at `end`, or None."""
    window = text[end : end + _NEAR]
    found = _BRACKET.match(window) if "(" in window or "[" in window else None
    if found is None:
        return None
    word = found[1].rstrip(".")
    if word.upper() in vocabulary().dead_acronyms or sum(c.isupper() for c in word) < 2:
        return None
    return word


def fits(acronym: str, name: str) -> bool:
    """Whether the letters of the acronym occur in the name in order, the first at the start of its first word.

    After A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
    (2003), read from left to right.
    """
    letters = [c for c in fold(acronym) if c.isalnum()]
    folded = fold(name)
    if not letters or not folded.startswith(letters[0]):
        return False
    at = 0
    for letter in letters:
        at = folded.find(letter, at)
        if at < 0:
            return False
        at += 1
    return True
