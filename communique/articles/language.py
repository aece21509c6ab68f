"""Whether a text is English."""

from __future__ import annotations

import re
from typing import Final

from communique.lexicons.loader import word_list

_WORD: Final = re.compile(r"[^\W\d_]+")
# Words that English uses all the time and its neighbours spell otherwise.
_ENGLISH: Final = frozenset(
    "the and of to that with for by from which has have had this are were it as be will its not but would their they "
    "been than he she his who when where there these those what more other should could into about after said is at "
    "an in on or we our you your".split()
)
_SAMPLE: Final = 20_000
_ENOUGH, _NEARLY_ENOUGH = 0.25, 0.2
_FEWEST: Final = 5
_KNOWN, _HALF_KNOWN, _UNKNOWN = 0.8, 0.55, 0.15
_FEWEST_UNKNOWN: Final = 12


def reads_english(text: str, share: float = _ENOUGH) -> bool:
    """Whether function words have that share even where case and punctuation hide some: no closer look is needed."""
    words = text.split()
    return len(words) >= _FEWEST and sum(map(_ENGLISH.__contains__, words)) >= share * len(words)


def english_share(text: str) -> tuple[float, int]:
    """The share of English function words among the first words of the text, and how many words there were."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    return (sum(map(_ENGLISH.__contains__, words)) / len(words) if words else 0.0), len(words)


def is_english(text: str) -> bool:
    """Whether the text is English: by its function words or the dictionary where they are clear, else by py3langid."""
    verdict = _verdict(text)
    return _classified(text) == "en" if verdict is None else verdict


def language_of(text: str) -> str:
    """The ISO 639-1 code of the text's language; py3langid tells the languages other than English."""
    return "en" if _verdict(text) else _classified(text)


def _verdict(text: str) -> bool | None:
    """Whether the text is English, None where neither function words nor the dictionary say so clearly."""
    if reads_english(text[:_SAMPLE]):
        return True
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) < _FEWEST:
        return None
    share = sum(map(_ENGLISH.__contains__, words)) / len(words)
    if share >= _ENOUGH:
        return True
    known = sum(map(word_list("common_words.txt").__contains__, words)) / len(words)
    if known >= _KNOWN or (known >= _HALF_KNOWN and share >= _NEARLY_ENOUGH):
        return True
    return False if known <= _UNKNOWN and len(words) >= _FEWEST_UNKNOWN else None


def _classified(text: str) -> str:
    from py3langid import classify  # type: ignore[import-untyped]  # loads its model, which most runs never need

    return str(classify(text[:_SAMPLE])[0])
