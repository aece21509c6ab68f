"""Whether a text is English."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
# Words that English uses all the time and its neighbours spell otherwise.
_ENGLISH = frozenset(
    "the and of to that with for by from which has have had this are were it as be will its not but would their they "
    "been than he she his who when where there these those what more other should could into about after said is at "
    "an in on or we our you your".split()
)
_SAMPLE = 20_000


def english_share(text: str) -> tuple[float, int]:
    """The share of English function words among the first words of the text, and how many words there were."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    return (sum(map(_ENGLISH.__contains__, words)) / len(words) if words else 0.0), len(words)


def language_of(text: str) -> str:
    """The ISO 639-1 code of the text's language: "en" by its function words, else as py3langid classifies it."""
    share, words = english_share(text)
    if share >= 0.25 and words >= 5:
        return "en"
    from py3langid import classify  # type: ignore[import-untyped]  # loads its model, which most runs never need

    return str(classify(text[:_SAMPLE])[0])
