"""Words for two countries named before."""

from __future__ import annotations

import re

_PAIR = re.compile(
    r"\b(?:both|(?:the |these |its |their )?two)(?: \w+)? "
    r"(?:countries|nations|states|neighbou?rs|economies|partners|allies)\b|^(?:both|the two|each)$|^nations$",
    re.IGNORECASE,
)


def means_two(words: str | None) -> bool:
    """Whether `words` speak of two countries named before ("both", "the two neighbours")."""
    return words is not None and _PAIR.search(words.strip()) is not None
