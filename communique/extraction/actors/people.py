"""Whether a stretch of capitalised words that no list knows is a person's name, by its form and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from communique.extraction.actors.context import words_after, words_before
from communique.extraction.actors.runs import Unit
from communique.extraction.actors.vocabulary import Word, vocabulary

_PLACE_PREPOSITIONS: Final = frozenset({"in", "at", "near", "outside", "around", "across", "inside", "throughout"})
_APPOSITION: Final = re.compile(
    r"\s*(?:,|\()\s*(?:who|whom|whose|then|now|then-|a|an|the|his|her|its|their|former|head|director|chair\w*|president|deputy|"
    r"minister|secretary|born|aged?|\d\d\b|senior|chief|professor|member|leader|of)\b"
)
_OF_BODY: Final = re.compile(r"\s+of\s+(?:the\s+)?[^\W\d_]*[A-Z]")
_ROMAN: Final = re.compile(r"[IVX]{1,5}")
_SAINTS: Final = frozenset(
    {"San", "Santa", "Santo", "São", "Saint", "St", "St.", "Sainte", "Port", "Fort", "Puerto", "Villa", "Ciudad"}
)
_NAMED: Final = Word.GIVEN | Word.SURNAME


def name_score(
    text: str, run: Sequence[Unit], first: int, last: int, titled: bool, headline: bool, span: tuple[int, int]
) -> int:
    """Evidence, for and against, that units `[first, last)` of `run` are a person's name; 2 and more says yes.

    `titled` says that a title stands directly before, `headline` that most words of the sentence are capitalised;
    `span` is the sentence.
    """
    words = vocabulary()
    named = [unit for unit in run[first:last] if not unit.lower]
    count = len(named)
    form = _form(named)
    if form is None or count > 6:
        return -9
    start, end = run[first].start, run[last - 1].end
    before = words_before(text, start, span[0], 2)
    after = words_after(text, end, span[1], 1)
    score = form + (3 if titled else 0)
    if headline:
        score -= 1
    previous = before[0].lower() if before else ""
    following = after[0] if after and after[0] not in ("'", "’") else ""
    possessed = text.startswith(("'s", "’s"), end)
    if previous in words.person_nouns:
        score += 2
    if following in words.speech or previous in words.speech or (previous in ("by", "with") and count > 1):
        score += 1
    if following in words.personal and not possessed:
        score += 1
    if count > 1 and (_APPOSITION.match(text, end, span[1]) or _OF_BODY.match(text, end, span[1])):
        score += 1
    if previous == "the" and not titled:
        score -= 3
    if following in words.place_nouns and not possessed:
        score -= 4
    if previous == "of" and not titled and len(before) > 1 and before[1] in words.place_nouns:
        score -= 4
    if previous in _PLACE_PREPOSITIONS and not titled:
        score -= 0 if possessed else 4
    if not titled and (" ".join(unit.text for unit in named) in words.places):
        score -= 3
    if text.startswith("(", end + 1) and all(unit.flags & Word.COMMON for unit in named):
        score -= 2
    return score


def _form(named: Sequence[Unit]) -> int | None:
    """What the words alone say: given names and surnames for, dictionary words and acronyms against."""
    count = len(named)
    first, final = named[0].flags, named[-1].flags
    made = Word.THING | Word.HEAD | Word.PLACE_HEAD
    if any(unit.flags & made and not unit.flags & _NAMED for unit in named):
        return None
    shouted = [unit.text.isupper() and len(unit.text) > 3 for unit in named]
    if count > 1 and any(shouted) and not all(shouted):
        return None
    if count == 1:
        if final & (Word.ACRONYM | Word.INITIAL):
            return -2
        return (-2 if final & Word.COMMON else -1) + (1 if final & _NAMED else 0)
    if count == 2 and first & Word.CITY and not first & Word.GIVEN:
        return -2
    score = _by_given_name(named) - (2 if named[0].text in _SAINTS else 0)
    if any(unit.flags & Word.INITIAL or _ROMAN.fullmatch(unit.text) for unit in named[1:]) or first & Word.INITIAL:
        score += 2
    if any(
        unit.flags & Word.ACRONYM and not unit.flags & Word.INITIAL and not _ROMAN.fullmatch(unit.text)
        for unit in named
    ):
        score -= 2
    common = sum(1 for unit in named if unit.flags & Word.COMMON)
    if common == 0:
        unknown = count <= 3 and not any(unit.flags & Word.CITY or unit.hit for unit in named)
        score += 2 if unknown else 1
    elif common == count and not (first & Word.GIVEN and final & Word.SURNAME):
        score -= 2
    if any("-" in unit.text and unit.text[-1].islower() and not unit.flags & Word.COMMON for unit in named):
        score += 1
    return score - (1 if count > 4 else 0)


def _by_given_name(named: Sequence[Unit]) -> int:
    """What given names and surnames, in either order, say for a person."""
    first, final = named[0].flags, named[-1].flags
    score = 0
    if first & Word.GIVEN:
        score = 1 if first & Word.COMMON and final & Word.COMMON and not final & Word.SURNAME else 2
    elif any(unit.flags & Word.GIVEN and not unit.flags & Word.COMMON for unit in named):
        score = 1
    if final & Word.SURNAME and not final & Word.COMMON:
        score += 1
    if first & Word.SURNAME and final & Word.GIVEN and len(named) == 2:
        score += 1
    return score
