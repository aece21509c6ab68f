"""What the parts of a run are by their form: known names, bodies by their head word, papers and places, titles, rest."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from communique.extraction.actors.runs import Unit
from communique.extraction.actors.vocabulary import Vocabulary, Word, vocabulary


class Shape(Enum):
    KNOWN = auto()
    BODY = auto()
    THING = auto()
    PLACE = auto()
    TITLE = auto()
    REST = auto()


class Part(NamedTuple):
    """Units `[first, last)` of a run and what they are; `type` is the actor type of a BODY."""

    shape: Shape
    first: int
    last: int
    type: str = ""


class _Head(NamedTuple):
    last: int
    shape: Shape
    type: str
    flags: Word


_LINKS_AFTER_HEAD = frozenset(
    {
        "of",
        "for",
        "on",
        "against",
        "to",
        "de",
        "del",
        "della",
        "di",
        "du",
        "des",
        "da",
        "do",
        "für",
        "na",
        "pour",
        "with",
    }
)
_ARTICLES = frozenset({"the", "la", "le", "les", "los", "las", "l'", "der", "den"})
_ANDS = frozenset({"and", "&", "y", "e", "et", "und", "i"})
_NAMED = Word.GIVEN | Word.SURNAME
_BARE_TYPES = ("armed_force", "government_body")
_ATTRIBUTIVE = frozenset({"Fund", "Union", "Community", "Alliance", "Federation", "Commission"})


def parts_of(run: Sequence[Unit]) -> list[Part]:
    """The parts of a run from left to right; units in no part are breaks and linking words."""
    out: list[Part] = []
    words = vocabulary()
    at, size = 0, len(run)
    while at < size:
        unit = run[at]
        if unit.lower or (unit.flags & Word.BREAK and unit.hit is None):
            at += 1
            continue
        part = _body(run, at, words) or _known(run, at) or _title(run, at, words) or _rest(run, at, words)
        out.append(part)
        at = part.last
    return out


def _known(run: Sequence[Unit], at: int) -> Part | None:
    if run[at].hit is None or _is_given_name(run, at):
        return None
    return Part(Shape.KNOWN, at, at + 1)


def _is_given_name(run: Sequence[Unit], at: int) -> bool:
    """Whether a country's or city's name is the first name of a person here ("Jordan Peters")."""
    unit = run[at]
    if not unit.flags & Word.GIVEN or unit.possessive or at + 1 >= len(run) or " " in unit.text:
        return False
    following = run[at + 1]
    if (
        following.lower
        or following.hit is not None
        or following.flags & (Word.COMMON | Word.HEAD | Word.THING | Word.BREAK)
    ):
        return False
    return bool(following.flags & Word.SURNAME)


def _is_surname(run: Sequence[Unit], start: int, at: int) -> bool:
    """Whether a country's or city's name is the last name of a person here ("Michael Jordan")."""
    hit = run[at].hit
    if hit is None or hit.readings[0].kind not in ("name", "capital") or (at + 1 < len(run) and not run[at + 1].lower):
        return False
    return bool(run[at].flags & Word.SURNAME and run[start].flags & Word.GIVEN and not run[start].flags & Word.COMMON)


def head_at(run: Sequence[Unit], at: int, words: Vocabulary) -> _Head | None:
    """The head word or words that start at unit `at`: of a body, a paper or event, or a place."""
    unit = run[at]
    if unit.lower:
        return None
    if unit.hit is not None:
        return _known_head(unit)
    longest = min(len(run), at + 4)
    for last in range(longest, at + 1, -1):
        text = " ".join(u.text for u in run[at:last])
        if text in words.head_types:
            return _Head(
                last, Shape.BODY, words.head_types[text], Word.HEAD | run[at].flags & (Word.OPENING | Word.SEATED)
            )
        if text in words.things:
            return _Head(last, Shape.THING, "", Word.THING)
    if unit.flags & Word.HEAD:
        return _Head(at + 1, Shape.BODY, words.head_types[unit.text], unit.flags)
    if unit.flags & Word.PLACE_HEAD:
        return _Head(at + 1, Shape.PLACE, "", unit.flags)
    if unit.flags & Word.THING:
        return _Head(at + 1, Shape.THING, "", unit.flags)
    return None


def _known_head(unit: Unit) -> _Head | None:
    """A known body may open a longer name: "Red Cross" in "Red Cross of Ukraine"."""
    return None


def _body(run: Sequence[Unit], start: int, words: Vocabulary) -> Part | None:
    """The name that starts at `start` and is made by a head word, or None."""
    if run[start].flags & Word.LEADING and run[start].hit is None:
        return None
    at, size = start, len(run)
    best: _Head | None = None
    complement = False
    opened = Word.NONE
    while at < size:
        unit = run[at]
        if unit.lower:
            step = _link(run, at, start, best, opened, complement, words)
            if step is None:
                break
            if unit.text in _LINKS_AFTER_HEAD or unit.text == "in":
                complement = True
            at = step
            continue
        if unit.flags & Word.BREAK and unit.hit is None:
            break
        head = head_at(run, at, words)
        if head is not None and complement and head.shape is not Shape.BODY:
            head = None
        if head is not None:
            if best is not None and head.shape is not Shape.BODY and _ends_before(run, start, best, at, words):
                break
            if at > start or run[at].flags & Word.OPENING or (head.last > at + 1 and head.type in _BARE_TYPES):
                best = head
                opened = head.flags
            at = head.last
        elif complement and best is not None:
            if not _fits_complement(run, at, words):
                break
            best = best._replace(last=at + 1)
            at += 1
            if unit.hit is not None and not _head_ahead(run, at, words):
                if unit.possessive:
                    break
                if at < size and not run[at].lower:
                    break
        elif best is not None and not _head_ahead(run, at, words):
            break
        elif unit.hit is not None and _is_person(unit):
            break
        else:
            title = _title(run, at, words)
            if title is not None and not _owns_head(run, title, words):
                break
            at = title.last if title is not None else at + 1
        if run[at - 1].possessive and not _plain_possessor(run[at - 1]):
            break
    if best is None or not _complete(run, start, best, words):
        return None
    return Part(best.shape, start, best.last, best.type)


def _ends_before(run: Sequence[Unit], start: int, best: _Head, at: int, words: Vocabulary) -> bool:
    """Whether the body named so far stands before a paper or event of its own ("Labour Party Conference")."""
    strong = not best.flags & Word.WEAK and run[best.last - 1].text not in _ATTRIBUTIVE
    return best.shape is Shape.BODY and best.last == at and strong and _complete(run, start, best, words)


def _owns_head(run: Sequence[Unit], title: Part, words: Vocabulary) -> bool:
    """Whether a title is the possessor in a body's name ("Prime Minister's Office")."""
    return run[title.last - 1].possessive and title.last < len(run) and head_at(run, title.last, words) is not None


def _link(
    run: Sequence[Unit], at: int, start: int, best: _Head | None, opened: Word, complement: bool, words: Vocabulary
) -> int | None:
    """The unit to go on with after the linking words at `at`, or None where the name ends before them."""
    after = at
    while after < len(run) and run[after].lower:
        after += 1
    if after == len(run) or (run[at - 1].possessive and not _plain_possessor(run[at - 1])):
        return None
    links = [unit.text for unit in run[at:after]]
    ends_on_head = best is not None and best.last == at
    nextone = run[after]
    if nextone.flags & Word.BREAK and nextone.hit is None:
        return None
    if links[0] in _ANDS:
        if len(links) > 1:
            return None
        return after if _joins(run, at, after, best, complement, words) else None
    if links[0] == "in":
        return after if opened & Word.SEATED and best is not None and links == ["in"] and complement else None
    if links[0] not in _LINKS_AFTER_HEAD or any(w not in _ARTICLES and w not in _LINKS_AFTER_HEAD for w in links[1:]):
        return None
    if nextone.flags & Word.LEADING and nextone.hit is None:
        return None
    if ends_on_head and best is not None and (opened & Word.OPENING or best.shape is not Shape.BODY):
        lone = links[0] in ("for", "on", "to", "with", "against")
        if (
            lone
            and nextone.hit is not None
            and best.shape is Shape.BODY
            and not opened & Word.SEATED
            and after + 1 == len(run)
        ):
            return after if best.type == "group" else None
        if links[0] == "of" and nextone.hit is not None and _is_person(nextone):
            return None
        return after
    if complement and best is not None and best.last == at and links[0] in ("of", "for", "on", "to", "de", "against"):
        return after if nextone.hit is None or links[0] == "of" else None
    return None


def _joins(run: Sequence[Unit], at: int, after: int, best: _Head | None, complement: bool, words: Vocabulary) -> bool:
    """Whether "and" links two words of one name ("Trade and Industry") and not two names."""
    left, right = run[at - 1], run[after]
    if complement:
        if left.hit is not None:
            return False
        if right.hit is not None or _is_title(run, after, words):
            return False
        return not _head_ahead(run, after, words) and bool(right.flags & Word.COMMON)
    if best is not None and best.last == at:
        return False
    if left.hit is not None and not _adjective(left):
        return False
    if right.hit is not None and not _adjective(right):
        return False
    if left.hit is None and not left.flags & Word.COMMON:
        return False
    if left.flags & Word.TITLE or right.flags & Word.TITLE:
        return False
    return _head_ahead(run, after, words)


def _head_ahead(run: Sequence[Unit], at: int, words: Vocabulary) -> bool:
    """Whether a head of a body comes before the next linking word, break or person."""
    for index in range(at, min(len(run), at + 8)):
        unit = run[index]
        if unit.lower or (unit.flags & Word.BREAK and unit.hit is None):
            return False
        if unit.hit is not None and _is_person(unit):
            return False
        head = head_at(run, index, words)
        if head is not None:
            return head.shape is Shape.BODY
        if unit.flags & Word.TITLE or (unit.flags & Word.GIVEN and not unit.flags & Word.COMMON):
            return False
    return False


def _fits_complement(run: Sequence[Unit], at: int, words: Vocabulary) -> bool:
    unit = run[at]
    if unit.hit is not None:
        return not _is_person(unit)
    if unit.flags & Word.LEADING or _is_title(run, at, words):
        return False
    named = unit.flags & Word.GIVEN and not unit.flags & Word.COMMON
    return not (named and at + 1 < len(run) and not run[at + 1].lower and not run[at - 1].lower)


def _complete(run: Sequence[Unit], start: int, best: _Head, words: Vocabulary) -> bool:
    """Whether a head and what stands around it make a name: a bare head does not, a weak one needs a proper modifier."""
    first = next(i for i in range(start, best.last) if head_at(run, i, words) is not None)
    inner = run[start : best.last]
    if len(inner) == 1:
        return False
    if best.shape is not Shape.BODY:
        return True
    modifiers = [unit for unit in run[start:first] if not unit.lower]
    rest = [unit for unit in inner if not unit.lower]
    if best.flags & Word.WEAK and len(rest) == 2 and first > start:
        only = modifiers[0]
        if only.hit is not None:
            return (
                only.hit.readings[0].kind not in ("capital",)
                and not _is_person(only)
                and run[first].text not in ("Administration", "Cabinet", "Division")
            )
        if run[first].text == "Administration":
            return False
        return not only.flags & Word.TITLE_PART or run[first].text in ("Office", "Police")
    if not modifiers and len(rest) == 2 and rest[1].hit is not None and rest[1].hit.readings[0].kind == "demonym":
        return False
    return not (
        run[first].text == "Administration" and all(u.flags & _NAMED and not u.flags & Word.COMMON for u in modifiers)
    )


def _plain_possessor(unit: Unit) -> bool:
    """A possessive inside a name: "People's", "Workers'", "Prime Minister's"; not "Japan's"."""
    return unit.hit is None and bool(unit.flags & (Word.COMMON | Word.TITLE)) and not unit.flags & Word.ACRONYM


def _is_person(unit: Unit) -> bool:
    return unit.hit is not None and unit.hit.readings[0].actor_id.startswith("person:")


def _is_land(unit: Unit) -> bool:
    return unit.hit is not None and unit.hit.readings[0].actor_id.startswith("country:")


def _adjective(unit: Unit) -> bool:
    return unit.hit is not None and unit.hit.readings[0].kind == "demonym"


def _is_title(run: Sequence[Unit], at: int, words: Vocabulary) -> bool:
    """Whether a title starts here: its last word is a title and a name or the end follows."""
    return _title(run, at, words) is not None


def _title(run: Sequence[Unit], at: int, words: Vocabulary) -> Part | None:
    last = None
    index = at
    size = len(run)
    while index < size:
        unit = run[index]
        if unit.lower:
            following = run[index + 1] if index + 1 < size else None
            if following is None or following.lower or following.hit is not None:
                break
            if unit.text in ("of", "for") and last == index and run[index - 1].flags & Word.GOVERNED:
                end = _office(run, index + 1, words)
                if end is None:
                    break
                last = index = end
                continue
            if unit.text in ("and", "&") and following.flags & (Word.TITLE | Word.TITLE_PART):
                index += 1
                continue
            break
        if unit.hit is not None or not unit.flags & (Word.TITLE | Word.TITLE_PART):
            break
        if unit.flags & Word.TITLE and not (unit.flags & Word.GIVEN and last is not None and index + 1 == size):
            last = index + 1
        index += 1
        if unit.possessive:
            break
    return Part(Shape.TITLE, at, last) if last is not None else None


def _office(run: Sequence[Unit], at: int, words: Vocabulary) -> int | None:
    """The end of what a title governs ("State", "Foreign Affairs"), or None."""
    for last in range(min(len(run), at + 5), at, -1):
        if " ".join(unit.text for unit in run[at:last]) in words.offices_of_state:
            end = last
            while end + 1 < len(run) and run[end].lower and run[end].text in ("and", "&"):
                if run[end + 1].hit is None and run[end + 1].flags & (Word.COMMON | Word.TITLE_PART):
                    end += 2
                else:
                    break
            return end
    return None


def _rest(run: Sequence[Unit], start: int, words: Vocabulary) -> Part:
    """A stretch of words that nothing is known about, with the particles of people's names inside."""
    at = start + 1
    if run[start].flags & Word.LEADING or run[start].possessive:
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
        if unit.hit is not None and _is_surname(run, start, at):
            at += 1
            break
        if unit.hit is not None or unit.flags & (Word.BREAK | Word.LEADING):
            break
        if head_at(run, at, words) is not None and not unit.flags & _NAMED:
            break
        if _is_title(run, at, words) and not unit.flags & _NAMED and unit.flags & Word.COMMON:
            break
        at += 1
        if unit.possessive:
            break
    return Part(Shape.REST, start, at)
