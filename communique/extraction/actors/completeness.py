"""Whether a head word and its surroundings are a name, or a noun that happens to have a capital."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from communique.extraction.actors.runs import Unit
from communique.extraction.actors.shape import Head, Shape, head_at, is_break, is_leading, is_person, known_kind
from communique.extraction.actors.vocabulary import Vocabulary, Word

BARE_TYPES: Final = ("armed_force", "government_body")
_NAMED: Final = Word.GIVEN | Word.SURNAME


def is_complete(run: Sequence[Unit], start: int, best: Head, words: Vocabulary, complement: bool) -> bool:
    """Whether a head and what stands around it make a name: a bare head does not, nor a weak one after a city.

    The name starts at unit `start`; `complement` says that "of" or the like was passed on the way.
    """
    first = next(i for i in range(start, best.last) if head_at(run, i, words) is not None)
    inner = [unit for unit in run[start : best.last] if not unit.lower]
    head = head_at(run, first, words)
    assert head is not None
    if best.last - start == 1 or (not complement and run[best.last - 1].flags & Word.COMPLEMENTED):
        return False
    if first == start and best.last == head.last and best.type not in BARE_TYPES:
        return False
    if best.shape is not Shape.BODY:
        return True
    if best.flags & Word.WEAK and best.last < len(run) and _goes_on(run[best.last]):
        return False
    modifiers = [unit for unit in run[start:first] if not unit.lower]
    if best.type == "political_party" and best.flags & Word.WEAK and not _is_political(modifiers, run[first], words):
        return False
    bare = all(unit.flags & _NAMED and not unit.flags & Word.COMMON for unit in modifiers)
    if run[first].text == "Administration" and (bare or len(inner) == 2):
        return False
    if best.flags & Word.WEAK and len(inner) == 2 and modifiers:
        only = modifiers[0]
        if only.hit is not None:
            return known_kind(only) not in ("capital", "place") and not is_person(only)
        return not only.flags & Word.TITLE_PART or run[first].text in ("Office", "Police")
    return bool(modifiers) or len(inner) != 2 or known_kind(inner[1]) != "demonym"


def _is_political(modifiers: Sequence[Unit], head: Unit, words: Vocabulary) -> bool:
    """Whether the words before a common noun can be those of a party: "Civic Action", not "Takes Action"."""
    return head.flags & Word.OPENING == 0 or all(
        unit.hit is not None or not unit.flags & Word.COMMON or unit.text in words.party_adjectives
        for unit in modifiers
    )


def _goes_on(unit: Unit) -> bool:
    """Whether an ordinary word with a capital follows, so that the head before it was none ("Capital Markets")."""
    if unit.lower or unit.hit is not None or is_break(unit) or is_leading(unit):
        return False
    return bool(unit.flags & Word.COMMON) and not unit.flags & (_NAMED | Word.TITLE | Word.TITLE_PART | Word.THING)


def plain_possessor(unit: Unit) -> bool:
    """A possessive inside a name: "People's", "Workers'", "Prime Minister's"; not "Japan's"."""
    return unit.hit is None and bool(unit.flags & (Word.COMMON | Word.TITLE)) and not unit.flags & Word.ACRONYM
