"""What the parts of a run are by their form: known names, bodies, papers and places, titles, rest."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from communique.extraction.actors.runs import Unit
from communique.extraction.actors.vocabulary import Vocabulary, Word


class Shape(Enum):
    KNOWN = auto()
    BODY = auto()
    THING = auto()
    PLACE = auto()
    TITLE = auto()
    REST = auto()


class Part:
    """Units `[first, last)` of a run and what they are; `type` is the actor type of a BODY."""

    __slots__ = ("first", "last", "shape", "type")

    def __init__(self, shape: Shape, first: int, last: int, type: str = "") -> None:
        self.shape = shape
        self.first = first
        self.last = last
        self.type = type


class Head:
    """A head word or several, up to unit `last`, with what they make of a name and how they may be continued."""

    __slots__ = ("flags", "last", "shape", "type")

    def __init__(self, last: int, shape: Shape, type: str, flags: int) -> None:
        self.last = last
        self.shape = shape
        self.type = type
        self.flags = flags

    def until(self, last: int) -> Head:
        """The head stretched over what follows it."""
        return Head(last, self.shape, self.type, self.flags)


def is_break(unit: Unit) -> bool:
    """Whether no name goes through this unit: a function word with a capital."""
    return unit.hit is None and bool(unit.flags & Word.BREAK)


def is_leading(unit: Unit) -> bool:
    return unit.hit is None and bool(unit.flags & Word.LEADING)


def known_kind(unit: Unit) -> str:
    """The kind of the likeliest reading of a known form, empty for other words."""
    return unit.hit.readings[0].kind if unit.hit is not None else ""


def known_id(unit: Unit) -> str:
    return unit.hit.readings[0].actor_id if unit.hit is not None else ""


def is_person(unit: Unit) -> bool:
    return known_id(unit).startswith("person:")


def is_given(unit: Unit) -> bool:
    """Whether the word is a first name and nothing else."""
    return unit.hit is None and bool(unit.flags & Word.GIVEN) and not unit.flags & (Word.COMMON | Word.CITY)


def head_at(run: Sequence[Unit], at: int, words: Vocabulary) -> Head | None:
    """The head word or words that start at unit `at`: of a body, a paper or event, or a place."""
    unit = run[at]
    if unit.lower:
        return None
    if unit.hit is not None:
        return _known_head(unit, at, words)
    for last in range(min(len(run), at + 4), at + 1, -1) if unit.text in words.head_starts else ():
        text = " ".join(u.text for u in run[at:last])
        if text in words.head_types:
            return Head(last, Shape.BODY, words.head_types[text], words.flags.get(text, Word.NONE) | Word.HEAD)
        if text in words.things:
            return Head(last, Shape.THING, "", Word.THING)
    if unit.text == "International" and (at + 1 == len(run) or run[at + 1].lower):
        return Head(at + 1, Shape.BODY, "other_organisation", Word.HEAD)
    if unit.flags & Word.HEAD:
        return Head(at + 1, Shape.BODY, words.head_types[unit.text], unit.flags)
    if unit.flags & Word.PLACE_HEAD:
        return Head(at + 1, Shape.PLACE, "", unit.flags)
    if unit.flags & Word.THING:
        return Head(at + 1, Shape.THING, "", unit.flags)
    return None


def may_head(unit: Unit, words: Vocabulary) -> bool:
    """Whether a head word may start at the unit: what `head_at` needs, told without the units around."""
    if unit.hit is not None:
        return _known_head(unit, 0, words) is not None
    made = unit.flags & (Word.HEAD | Word.PLACE_HEAD | Word.THING)
    return bool(made) or unit.text in words.head_starts or unit.text == "International"


def _known_head(unit: Unit, at: int, words: Vocabulary) -> Head | None:
    """A known body may be the head of a longer name: "Congress" in "National Congress"."""
    if known_id(unit).startswith(("country:", "person:", "group:")) or known_kind(unit) not in ("name", "acronym"):
        return None
    last = unit.text.rsplit(" ", 1)[-1]
    flags = words.flags.get(last, Word.NONE)
    if not flags & Word.HEAD and unit.text not in words.branches:
        return None
    return Head(at + 1, Shape.BODY, known_id(unit).split(":")[0], flags)


def title_at(run: Sequence[Unit], at: int, words: Vocabulary) -> Part | None:
    """The title that starts at unit `at` ("Trade and Industry Minister", "Secretary of State"), or None."""
    last = None
    index, size = at, len(run)
    while index < size:
        unit = run[index]
        if unit.lower:
            following = _title_goes_on(run, index, last, words)
            if following is None:
                break
            if unit.text in ("of", "for"):
                last = following
            index = following
            continue
        if unit.hit is not None or not unit.flags & (Word.TITLE | Word.TITLE_PART):
            break
        final_given = unit.flags & Word.GIVEN and last is not None and index + 1 == size
        if unit.flags & Word.TITLE and not final_given:
            last = index + 1
        index += 1
        if unit.possessive:
            break
    return Part(Shape.TITLE, at, last) if last is not None else None


def _title_goes_on(run: Sequence[Unit], at: int, last: int | None, words: Vocabulary) -> int | None:
    """The unit from which a title goes on behind the linking word at `at`."""
    unit = run[at]
    following = run[at + 1] if at + 1 < len(run) else None
    if following is None or following.lower or following.hit is not None:
        return None
    if unit.text in ("of", "for") and last == at and run[at - 1].flags & Word.GOVERNED:
        return _office(run, at + 1, words)
    if unit.text in ("and", "&") and following.flags & (Word.TITLE | Word.TITLE_PART):
        return at + 1
    return None


def _office(run: Sequence[Unit], at: int, words: Vocabulary) -> int | None:
    """The end of what a title governs ("State", "Foreign Affairs"), or None."""
    for last in range(min(len(run), at + 5), at, -1):
        if " ".join(unit.text for unit in run[at:last]) not in words.offices_of_state:
            continue
        end = last
        while end + 1 < len(run) and run[end].lower and run[end].text in ("and", "&"):
            if run[end + 1].hit is not None or not run[end + 1].flags & (Word.COMMON | Word.TITLE_PART):
                break
            end += 2
        return end
    return None


def is_first_name(run: Sequence[Unit], at: int) -> bool:
    """Whether a country's or city's name is the first name of a person here ("Jordan Peters")."""
    unit = run[at]
    if not unit.flags & Word.GIVEN or unit.possessive or at + 1 >= len(run) or " " in unit.text:
        return False
    following = run[at + 1]
    barred = Word.COMMON | Word.HEAD | Word.THING | Word.BREAK
    if following.lower or following.hit is not None or following.flags & barred:
        return False
    return bool(following.flags & Word.SURNAME)


def _is_last_name(run: Sequence[Unit], start: int, at: int) -> bool:
    """Whether a country's or city's name is the last name of a person here ("Michael Jordan")."""
    unit = run[at]
    if (at + 1 < len(run) and not run[at + 1].lower) or not unit.flags & Word.SURNAME:
        return False
    if unit.hit is not None and unit.hit.caution == "person_name":
        return bool(run[start].flags & Word.GIVEN)
    if known_kind(unit) == "demonym":
        return bool(run[start].flags & Word.GIVEN and not run[start].flags & Word.COMMON)
    return known_kind(unit) in ("name", "capital") and is_given(run[start])


def _name_flags(unit: Unit) -> int:
    """The flag of a first name where the unit looks like what follows one."""
    surname = unit.flags & Word.SURNAME or not unit.flags & (Word.COMMON | Word.BREAK | Word.LEADING)
    return Word.GIVEN if unit.hit is None and surname else Word.NONE


def rest_at(run: Sequence[Unit], start: int, words: Vocabulary) -> Part:
    """A stretch of words that nothing is known about, with the particles of people's names inside."""
    at = start + 1
    called = at < len(run) and not run[at].lower and bool(run[start].flags & Word.GIVEN & _name_flags(run[at]))
    if (is_leading(run[start]) and not called) or run[start].possessive:
        return Part(Shape.REST, start, at)
    while at < len(run):
        unit = run[at]
        if unit.lower:
            after = at
            while after < len(run) and run[after].lower:
                after += 1
            if after == len(run) or any(u.text not in words.name_particles for u in run[at:after]):
                break
            if run[after].hit is not None or run[after].flags & Word.BREAK:
                break
            at = after + 1
            continue
        if unit.hit is not None:
            if _is_last_name(run, start, at):
                at += 1
            break
        if unit.flags & (Word.BREAK | Word.LEADING):
            break
        named = unit.flags & (Word.GIVEN | Word.SURNAME)
        followed = at + 1 < len(run) and not run[at + 1].lower
        if unit.flags & Word.TITLE and (followed or unit.flags & Word.ACRONYM):
            break
        if not named and (
            head_at(run, at, words) is not None or (unit.flags & Word.COMMON and title_at(run, at, words))
        ):
            break
        at += 1
        if unit.possessive:
            break
    return Part(Shape.REST, start, at)
