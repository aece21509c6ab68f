"""Whether a name that can be a place or a language stands for a government or a country here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from communique.extraction.actors.context import words_after, words_before
from communique.extraction.actors.forms import name_index
from communique.extraction.actors.names import Hit
from communique.extraction.actors.vocabulary import Word, flags_of, vocabulary

_DATELINE: Final = re.compile(r"\s*\(|,\s+(?:[A-Z][a-z]{2,8}\.?\s+\d|\d{1,2}\s+[A-Z])|\s+[-–—_]{1,2}(?:\s|$)|:")
_POSSESSIVE: Final = re.compile(r"['’]s?\s")
_HYPHEN: Final = re.compile(r"[-‑–](\w+)")
_LISTED: Final = re.compile(r"\s*(?:,|and\b|or\b|,\s*and\b)\s*(?:the\s+)?[A-Z]")
_ITEM_BEFORE: Final = re.compile(
    r"([^\W\d_][\w.’'-]*)(?:\s*,\s*(and\s+|or\s+)?|\s+(and|or)\s+)(?:the\s+|(?:later|then|also|finally)\s+)?\Z"
)
_LONGEST_LIST: Final = 6
_LONGEST_KIND: Final = 24
_NUMBERED: Final = re.compile(
    r"(?:(?<=\w )[A-Z][a-z]+|\b(?:order|decree|resolution|regulation|law|act|protocol|article|bill)) \Z", re.ASCII
)
"""What has a number rather than an address: "Executive Order No. 10", not "said No. 10"."""
_OPEN: Final = frozenset({"'", '"', "“", "(", "—", "–", ";", ":"})
_DETERMINERS: Final = frozenset({"its", "their", "our", "his", "her", "my", "a", "an", "this", "the"})
_GOVERNING: Final = frozenset(
    {
        "government",
        "administration",
        "regime",
        "authorities",
        "officials",
        "leadership",
        "leaders",
        "policymakers",
        "diplomats",
        "cabinet",
        "side",
        "camp",
        "elite",
        "elites",
        "junta",
        "ministry",
        "parliament",
        "establishment",
    }
)
_LEAVING: Final = frozenset(
    {
        "left",
        "leaves",
        "leave",
        "leaving",
        "departed",
        "departs",
        "depart",
        "departing",
        "train",
        "bound",
        "flight",
        "headed",
        "heading",
        "embarked",
        "sailed",
        "flew",
    }
)


def governs(text: str, hit: Hit, floor: int, ceiling: int, hits: Mapping[int, Hit]) -> bool:
    """Whether the capital at `hit`, in the sentence `[floor, ceiling)`, is its government and not the city."""
    name = text[hit.start : hit.end]
    if "D.C" in name or name.endswith(" DC"):
        return False
    if text[hit.start - 1 : hit.start] in ("-", "‑") and hit.start > 1 and text[hit.start - 2].islower():
        return text[max(floor, hit.start - 6) : hit.start] not in ("-post-", " post-")
    if hit.start <= floor + 1 and _DATELINE.match(text, hit.end, ceiling):
        return False
    verdict = _after(text, hit, ceiling, hits)
    if verdict is not None:
        return verdict
    span = (hit.start, hit.end)
    for _ in range(_LONGEST_LIST):
        earlier = _earlier_item(text, span, floor, ceiling)
        if earlier is None:
            break
        span = earlier
    return _before(text, span[0], floor)


def _after(text: str, hit: Hit, ceiling: int, hits: Mapping[int, Hit]) -> bool | None:
    """The verdict of what follows, where that decides."""
    words = vocabulary().capitals
    end = hit.end
    hyphen = _HYPHEN.match(text, end, ceiling)
    if hyphen is not None:
        second = hyphen[1]
        if second[0].isupper():
            following = hits.get(hyphen.start(1))
            return following is not None
        return second not in words["suffixes_place"]
    if text.startswith(", ", end):
        following = hits.get(end + 2)
        if following is not None and following.readings[0] == (hit.readings[0].actor_id, "name"):
            return False
    after = words_after(text, end, ceiling, 3)
    if _POSSESSIVE.match(text, end, ceiling):
        ahead = [w for w in words_after(text, end + 2, ceiling, 2) if w != "s"]
        return not (ahead and (ahead[0] in words["place_possessed"] or _is_local(ahead[0])))
    if after and after[0] in words["place_after"] and text[end : end + 1] in (" ", "\n"):
        return False
    if after and after[0] in _GOVERNING:
        return True
    return None


def _is_local(word: str) -> bool:
    """Whether a possession is a part of the city: "Tokyo's Shibuya district"."""
    return word[0].isupper() and not flags_of(word) & (Word.COMMON | Word.TITLE_PART)


def _earlier_item(text: str, span: tuple[int, int], floor: int, ceiling: int) -> tuple[int, int] | None:
    """The name that is coordinated with the one at `span` and stands before it."""
    offset = max(floor, span[0] - 48)
    found = _ITEM_BEFORE.search(text[offset : span[0]])
    if found is None:
        return None
    word = found[1]
    if not word[0].isupper() or not (flags_of(word) & Word.CITY or word in name_index().place_words):
        return None
    if found[2] is None and found[3] is None and not _LISTED.match(text, span[1], ceiling):
        return None
    return offset + found.start(1), offset + found.end(1)


def _before(text: str, start: int, floor: int) -> bool:
    """The verdict of what stands before: a preposition with the word that governs it, or a verb of visiting."""
    words = vocabulary().capitals
    before = words_before(text, start, floor)
    if not before or before[0] in _OPEN:
        return True
    first = before[0].lower()
    rest = [word.lower() for word in before[1:]]
    if first in words["place_before"]:
        return False
    if first in ("to", "from", "toward", "towards", "into"):
        return not any(word in words["motion"] for word in rest[:4]) and first != "into" and "close" not in rest[:1]
    if first == "for":
        return not any(word in _LEAVING for word in rest[:2])
    if first in ("on", "over"):
        return not any(word in words["strikes"] for word in rest[:3]) and first == "on"
    if first == "of":
        return not (rest and rest[0] in words["of_places"])
    if first in _DETERMINERS:
        return False
    return True


def is_office(text: str, hit: Hit, floor: int, ceiling: int) -> bool:
    """Whether the White House, the Kremlin and their like act here, and are not the building visited."""
    words = vocabulary().capitals
    after = words_after(text, hit.end, ceiling, 1)
    if after and after[0] in words["place_after"] and text[hit.end : hit.end + 1] in (" ", "\n"):
        return False
    if text[hit.end - 1].isdigit() and _NUMBERED.search(text, max(floor, hit.start - _LONGEST_KIND), hit.start):
        return False
    before = [word.lower() for word in words_before(text, hit.start, floor)]
    if before and before[0] in ("the", "a", "an"):
        before = before[1:]
    if not before:
        return True
    if before[0] in (
        "in",
        "at",
        "inside",
        "outside",
        "near",
        "around",
        "behind",
        "toured",
        "left",
        "entered",
        "visited",
        "visiting",
        "stormed",
    ):
        return False
    if before[0] in ("to", "from", "of"):
        return not any(w in words["motion"] or w in words["office_place_before"] for w in before[1:4])
    return True


def is_compass(text: str, hit: Hit, hits: Mapping[int, Hit]) -> bool:
    """Whether "Western" or "European" only says which part of a country is meant ("Western Ukraine")."""
    following = hits.get(hit.end + 1)
    if following is None or not hit.readings[0].actor_id.startswith("group:") or text[hit.end] not in " \n\xa0":
        return False
    return following.readings[0].kind == "name" and following.readings[0].actor_id.startswith("country:")


def is_language(text: str, hit: Hit, floor: int, ceiling: int) -> bool:
    """Whether a demonym names a language here ("published in Japanese", "speaks Russian")."""
    words = vocabulary().languages
    after = words_after(text, hit.end, ceiling, 1)
    if text.startswith(("-language", "-speaking", "‑language"), hit.end):
        return True
    follows = (
        after[0] if (after and not text.startswith(after[0], hit.end)) or (after and not after[0][0].isalnum()) else ""
    )
    if follows in words["after"]:
        return True
    before = [word.lower() for word in words_before(text, hit.start, floor, 4)]
    if len(before) > 2 and before[0] in ("and", "or", ","):
        before = before[2:]
    if not before or before[0] not in words["before"]:
        return False
    if text[hit.end : hit.end + 1] in ("-", "‑"):
        return False
    bare = not follows or not follows[0].isalnum() or flags_of(follows.capitalize()) & Word.BREAK or follows.isdigit()
    if before[0] in ("in", "from", "into") and follows in ("and", "or", "but", "who", "of"):
        return any(word in words["verbs"] for word in before[1:])
    return bool(bare)
