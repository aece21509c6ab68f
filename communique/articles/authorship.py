"""Who wrote an article: bylines, names alone under the title, and biographies at the end."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from communique.articles.habits import vocabulary
from communique.articles.sentences import opens_sentences
from communique.articles.sheet import Line, Sheet, key_of

_BY: Final = re.compile(r"(?:[\w ]{1,30}\b)?by:? |authors?:? |reporters?:? ", re.IGNORECASE)
_THE_AUTHOR: Final = re.compile(
    r"[(\[*_]{0,3}the (?:author|writer|columnist|contributor)s? (?:is|was|are|has|have|writes?|can be)\b", re.IGNORECASE
)
_MOST_BIOS: Final = 6
_ROLE_WORDS: Final = 14
_GLANCE: Final = 400
_LONGEST_NAME: Final = 20


@cache
def _bio() -> re.Pattern[str]:
    """What follows the name in a biography: a role that the person has, or what the person does as a writer."""
    roles, writes = ("|".join(sorted(vocabulary(kind))) for kind in ("roles", "writes"))
    return re.compile(
        rf"""(?:,\ [^.]{{2,80}},)?\ (?:
          (?:is|are|serves|works)\ (?:currently\ |now\ |also\ )?(?:as\ )?(?:an?\ |the\ |our\ )?
            (?:[\w’'-]+\ ){{0,6}}?(?:(?:{roles})s?\b|based\ in)
        | (?:{writes}|is\ the\ author)\b)""",
        re.VERBOSE,
    )


@dataclass(frozen=True, slots=True)
class Authorship:
    """The authors' names in order, and the blocks that only say who they are."""

    names: tuple[str, ...]
    dropped: Mapping[int, str]


def authorship(
    sheet: Sheet, dropped: Mapping[int, str], dated: Collection[int], title: int | None, known: Sequence[str]
) -> Authorship:
    """Bylines among the dropped blocks, a bare name under the title, biographies in the tail.

    A name is taken for the author's from its place and shape: all its words have capitals, none of them occurs in
    small letters in the text, and the running text does not use it.
    """
    lines = sheet.lines
    bylines = [number for number, rule in dropped.items() if rule.startswith("byline")]
    gone = _bare_bylines(sheet, dropped, dated, title, known)
    names = [
        name
        for number in sorted([*bylines, *(n for n, rule in gone.items() if rule == "byline")])
        for name in names_in(lines[number].text)
    ]
    writers = {key_of(name) for name in (*known, *names)}
    tail = [number for number in dropped if number >= sheet.tail]
    for number in sorted([*sheet.last_body(dropped.keys() | gone.keys(), _MOST_BIOS), *tail]):
        name = _subject(lines[number]) if number > sheet.first_prose else None
        anonymous = number > sheet.first_prose and bool(_THE_AUTHOR.match(lines[number].text))
        if anonymous or (name and _is_bio(sheet, number, name, writers)):
            gone[number] = "biography"
            names += [name] if name and not writers else []
    gone |= _names_over(sheet, {**dropped, **gone})
    return Authorship(tuple(dict.fromkeys(known or names)), {n: rule for n, rule in gone.items() if n not in dropped})


def names_in(byline: str) -> tuple[str, ...]:
    """The names of a byline: "By A. Writer and B. Other in Oslo" has two."""
    text = re.split(r"\s*[|·•]\s*|\s+[–—-]\s+", _BY.sub("", byline, count=1) if _BY.match(byline) else byline)[0]
    found = []
    for part in re.split(r",\s*(?:and\s+)?|\s+(?:and|&|with)\s+", text):
        name = re.split(r"\s+(?:in|at|of|for|from)\s+", part)[0].strip(" .,:;*_")
        if is_name(name):
            found.append(_plain(name))
    return tuple(found)


def is_name(text: str) -> bool:
    """Whether the words look like a person's name: two to five with capitals, particles between them."""
    words = _plain(text).split()
    capitals = [word for word in words if word[:1].isupper()]
    return (
        2 <= len(capitals) <= 5
        and len(words) <= 6
        and words[0] in capitals
        and words[-1] in capitals
        and all(word in capitals or word.lower() in vocabulary("particles") for word in words)
        and not opens_sentences(words[0])
        and not any(c.isdigit() or c in '()[]:;?!/|“”"' for c in text)
        and not {key_of(word) for word in words} & (vocabulary("headings") | vocabulary("roles"))
    )


def _plain(name: str) -> str:
    """The name without honours before it."""
    return " ".join(_unhonoured(name.split()))


def _unhonoured(words: list[str]) -> list[str]:
    while words and words[0].rstrip(".").lower() in vocabulary("honours"):
        words = words[1:]
    return words


def _bare_bylines(
    sheet: Sheet, dropped: Mapping[int, str], dated: Collection[int], title: int | None, known: Sequence[str]
) -> dict[int, str]:
    """Names alone in the head: an author's known name anywhere there, another below the title."""
    found: dict[int, str] = {}
    keys = {key_of(name) for name in known}
    under_title = 0
    for number in range(min(len(sheet), sheet.first_prose, 14)):
        line = sheet.lines[number]
        if number in dropped or number in dated or number == title:
            continue
        if line.words <= 8 and keys and {key_of(name) for name in names_in(line.text)} & keys:
            found[number] = "byline"
        elif title is not None and number > title:
            under_title += 1
            titled = _plain(line.text) != line.text or (number + 1 < len(sheet) and _is_role(sheet, number + 1))
            if _after_byline(number, dropped, found) and _is_role(sheet, number):
                found[number] = "author_role"
            elif under_title <= (4 if titled else 2) and is_name(line.text) and _is_unused(sheet, number):
                found[number] = "byline"
    return found


def _after_byline(number: int, dropped: Mapping[int, str], found: Mapping[int, str]) -> bool:
    return "byline" in (dropped.get(number - 1), found.get(number - 1))


def _is_role(sheet: Sheet, number: int) -> bool:
    """Whether the line under a name says what its bearer is: "Director, Nordic Programme"."""
    line = sheet.lines[number]
    if line.words > _ROLE_WORDS or line.ended or any(c.isdigit() for c in line.text):
        return False
    joined = sheet.blocks[number].group == sheet.blocks[number - 1].group
    return joined and not vocabulary("roles").isdisjoint(key_of(line.text).split())


def _is_unused(sheet: Sheet, number: int) -> bool:
    """Whether no word of the name occurs in small letters, and the name itself only where a biography may begin."""
    name = _plain(sheet.lines[number].text)
    text = sheet.text
    small = (word.lower() for word in name.split() if len(word) > 2 and word.lower() not in vocabulary("particles"))
    if any(re.search(rf"(?<![\w’'-]){re.escape(word)}(?![\w’'-])", text) for word in small):
        return False
    inside = re.compile(rf"\S\s+{re.escape(name)}\b")
    within = any(inside.search(text, b.start, b.end) for n, b in enumerate(sheet.blocks) if n != number)
    opening = [n for n, line in enumerate(sheet.lines) if n != number and _plain(line.text).startswith(name)]
    return not within and all(n >= sheet.tail for n in opening)


def _subject(line: Line) -> str | None:
    """The name with which the line begins."""
    words = _unhonoured(line.text[:_GLANCE].lstrip("(*_[—– ").split(None, _LONGEST_NAME))[:7]
    taken: list[str] = []
    if words and opens_sentences(words[0].rstrip(",:")):
        return None
    for word in words:
        bare = word.rstrip(",:")
        if not (bare[:1].isupper() or bare.lower() in vocabulary("particles")):
            break
        taken.append(bare)
        if bare != word:
            break
    while taken and taken[-1].lower() in vocabulary("particles"):
        taken.pop()
    name = " ".join(taken)
    return name if is_name(name) else None


def _is_bio(sheet: Sheet, number: int, name: str, writers: Collection[str]) -> bool:
    """Whether the block tells who the person is: a known writer, or someone the article has not named before."""
    text = sheet.lines[number].text
    after = text[text.find(name) + len(name) :]
    if key_of(name) in writers:
        return True
    unheard = name not in sheet.text[: sheet.blocks[number].start]
    return not writers and unheard and bool(_bio().match(after))


def _names_over(sheet: Sheet, gone: Mapping[int, str]) -> dict[int, str]:
    """A name alone above a biography or above text in another language."""
    return {
        number: "biography"
        for number in range(sheet.first_prose + 1, len(sheet) - 1)
        if number not in gone and gone.get(number + 1) in ("biography", "foreign") and is_name(sheet.lines[number].text)
    }
