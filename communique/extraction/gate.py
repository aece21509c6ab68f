"""Which sentences can speak of what: one look at every word of an article for all tables, before any grammar."""

from __future__ import annotations

from functools import cache
from typing import Final

from communique.extraction.model import Annotations
from communique.extraction.triggers import Gate

AID: Final = 1 << 0
"""A verb or noun of giving."""

AID_OF_SUMS: Final = 1 << 1
"""A word that opens one of those which speak of aid only with a sum."""

GIVEN: Final = 1 << 2
"""A word for what is given."""

GIVEN_OPENING: Final = 1 << 3
"""The first word of a phrase for what is given."""

TARIFF: Final = 1 << 4
"""A word for a customs measure."""

TARIFF_OPENING: Final = 1 << 5
"""A word that opens a phrase for a customs measure."""

FIRST_CUE: Final = 6
"""The number of the first cue's bit; those of the others follow (`communique/extraction/cues.py`)."""


@cache
def _gate() -> Gate:
    # the tables and the cues stand on the gate
    from communique.extraction.aid.words import aid_words
    from communique.extraction.cues import cues
    from communique.extraction.tariffs.words import tariff_words

    aid, tariffs = aid_words(), tariff_words()
    of_tables = (aid.triggers, aid.sum_openings, aid.given, aid.given_openings, tariffs.trigger, tariffs.openings)
    return Gate((*of_tables, *(cue.needs for cue in cues())))


def marks(annotations: Annotations) -> list[int]:
    """For every sentence the classes of words in it, as bits."""
    article = annotations.article
    return annotations.once("gate.marks", lambda: _gate().marks(article.text, article.sentences))
