"""Whether a date lies ahead of or behind the day of writing, as the nearest verb to its left says."""

from __future__ import annotations

import re
from functools import cache

from communique.extraction.numbers import alternatives, load_toml

REACH = 160
"""Code points to the left of an expression that are read for its tense."""


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load_toml("temporal_cues.toml")
    future = (
        rf"(?<!\w)(?:{alternatives(data['future']['words'])})(?!\w)"
        rf"|\b(?:{alternatives(data['future']['with_to'])})\s+to\s+(?!the\b)[a-z]+"
        rf"|\b(?:{alternatives(data['future']['with_for'])})\s+for\b"
    )
    past = (
        rf"\bhad\s+been\s+(?:{alternatives(data['future']['with_to'])})\s+to\s+[a-z]+"
        rf"|(?<!\bbe )(?<!\bbeen )(?<!\bhas )(?<!\bhave )\b(?:{alternatives(data['past']['words'])}|[a-z]{{2,}}ed)\b"
    )
    return re.compile(rf"(?P<future>{future})|(?P<past>{past})"), re.compile(
        rf"\b(?:(?P<strictly>{alternatives(data['ahead']['strictly'])})|{alternatives(data['ahead']['words'])})\s+(?:the\s+)?(?:early\s+|mid-?|late\s+)?$"
    )


def direction(text: str, start: int, end: int, first: int, last: int) -> int:
    """1 where the verb nearest before `[first, last)` in the sentence `[start, end)` speaks of what is to come, -1 of what has been.

    Where no verb stands before it the first one behind it decides; 0 where there is none.
    """
    cues, _ = _cues()
    found = None
    for cue in cues.finditer(text, max(start, first - REACH), first):
        found = cue
    found = found or cues.search(text, last, min(end, last + REACH))
    if found is None:
        return 0
    return 1 if found.lastgroup == "future" else -1


def points_ahead(text: str, start: int, at: int, strictly: bool = False) -> bool:
    """Whether "by", "until" or the like stands directly before the expression; `strictly` leaves "by" and "before" out."""
    found = _cues()[1].search(text[max(start, at - 24) : at])
    return found is not None and (not strictly or found.lastgroup == "strictly")
