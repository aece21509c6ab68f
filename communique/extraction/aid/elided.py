"""Sums that leave out their currency: "Japan promised 100 million dollars and Norway 20 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from communique.extraction.model import Amount, Annotations, Mention
from communique.extraction.qualifiers import qualifier
from communique.extraction.roles import Roles

_MAGNITUDES: Final = {"million": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bln": 1e9, "bn": 1e9}
_FIGURE: Final = re.compile(
    r"(?<![\w.,$€£¥-])(\d[\d,]*(?:\.\d+)?)\s?(million|billion|mln|bln|mn|bn|m)\b"
    r"(?=\s*(?:[.,;:)]|\Z|(?:and|or|while|but|from|for|to|in|each|more|this|last|next|over|through|towards?|on|after)\b))"
)
_QUALIFYING: Final = (
    r"(?:(?:an?|another|further|additional|some|about|around|nearly|almost|over|up to|more than|at least|just"
    r"|only)\s+)*"
)
_PROMISED: Final = re.compile(
    r"\b(?:pledg|promis|offer|donat|contribut|committ?|grant|announc|add|provid)(?:e|es|ed|s|ing)?\s+"
    rf"{_QUALIFYING}\Z|\b(?:g[ai]ve|gives|giving|given|len[dt]|put up)\s+{_QUALIFYING}\Z",
    re.I,
)
_BEHIND_NAME: Final = re.compile(rf"\s*(?:with|gave|\()?\s*{_QUALIFYING}\Z")
_FROM: Final = re.compile(r"\s+from\s+(?:the\s+)?\Z")
_REACH: Final = 2
_LEAD: Final = 60


def sums_without_currency(
    annotations: Annotations, roles: Roles, summed: dict[int, list[Amount]]
) -> Iterator[tuple[int, Amount]]:
    """The sums that take the currency of one told not far before, each with the index of its sentence.

    They count only where a verb of promising stands before them or the one who gives beside them.
    """
    sentences, text = annotations.article.sentences, annotations.article.text
    for index in sorted({i + k for i in summed for k in range(_REACH + 1) if i + k < len(sentences)}):
        told = [a for k in range(max(0, index - _REACH), index + 1) for a in summed.get(k, ())]
        for found in _FIGURE.finditer(text, sentences[index].start, sentences[index].end):
            start, end = found.span()
            if any(a.start < end and start < a.end for a in told):
                continue
            before = max((a for a in told if a.end <= start), key=lambda a: a.end, default=None)
            if before is None or not _is_given(text, roles, sentences[index].start, start, end):
                continue
            value = float(found[1].replace(",", "")) * _MAGNITUDES[found[2]]
            yield index, Amount(start, end, value, None, before.currency, qualifier(text, start, end))


def _is_given(text: str, roles: Roles, opening: int, start: int, end: int) -> bool:
    """Whether a verb of promising stands before the figure, or the one who gives beside it."""
    first = max(opening, start - _LEAD)
    if _PROMISED.search(text, first, start):
        return True
    named = roles.mentions_in(first, start)
    if named and _gives(named[-1]) and _BEHIND_NAME.fullmatch(text, named[-1].end, start):
        return True
    behind = roles.mentions_in(end, end + _LEAD)
    return bool(behind) and _gives(behind[0]) and _FROM.fullmatch(text, end, behind[0].start) is not None


def _gives(mention: Mention) -> bool:
    return mention.actor_id.startswith(("country:", "international_organisation:"))
