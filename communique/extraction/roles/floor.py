"""Who has the floor in a transcript, where every turn begins with the speaker's name or office and a colon."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import dropwhile

from communique.extraction.model import Annotations
from communique.extraction.roles.offices import known_offices, role_words
from communique.lexicons.loader import persons

_LABEL = re.compile(r"\*{0,2}([A-Z][^:;?!\n\"“”]{0,59}?)(?: ?\([^()\n]{1,40}\))?\*{0,2}:\*{0,2}(?=\s|$)")
_WORD = re.compile(r"[^\W\d_](?:[\w.'’-]*\w)?\.?")
_LONGEST = 8
_LINKS = frozenset({"of", "and", "the", "for", "to", "de", "van", "von", "al", "bin"})
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn from sentence `first` on, of a person where the label's name is known.

    Where it `is_office` the label has no name; where it `asks` it is of one who asks, and speaks for nobody.
    """

    first: int
    label: str
    actor_id: str | None
    is_office: bool
    asks: bool


def turn_at(annotations: Annotations, index: int) -> Turn | None:
    """The turn that sentence `index` belongs to; None in what is no transcript, and before its first turn."""
    turns = annotations.once("roles.floor", lambda: _turns(annotations))
    at = bisect_right(turns, index, key=lambda turn: turn.first) - 1
    return turns[at] if at >= 0 else None


def _turns(annotations: Annotations) -> tuple[Turn, ...]:
    """The turns of an article, none where too few lines begin like one."""
    found = tuple(_labelled(annotations))
    shouted = {turn.label for turn in found if turn.label.isupper()}
    times = Counter(turn.label for turn in found)
    if len(found) < _ENOUGH or not (shouted or (len(times) > 1 and max(times.values()) > 1)):
        return ()
    return _with_guest(turn for turn in found if turn.label in shouted or not shouted)


def _with_guest(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The turns, those of an office alone being of the one person named, where there is one."""
    found = tuple(turns)
    named = {turn.actor_id for turn in found if turn.actor_id is not None}
    (guest,) = named if len(named) == 1 else (None,)
    return tuple([replace(turn, actor_id=guest) if turn.is_office and not turn.asks else turn for turn in found])


def _labelled(annotations: Annotations) -> Iterator[Turn]:
    """The paragraphs that begin with a label that names who may speak."""
    article, paragraph = annotations.article, -1
    for index, sentence in enumerate(article.sentences):
        if sentence.paragraph == paragraph:
            continue
        paragraph = sentence.paragraph
        label = _LABEL.match(article.text, sentence.start, sentence.end)
        if label is None:
            continue
        words = [word.lower().rstrip(".") for word in _WORD.findall(label[1])]
        capitals = all(word[0].isupper() or word in _LINKS for word in _WORD.findall(label[1]))
        if not words or not capitals or len(words) > _LONGEST:
            continue
        actor_id, asks = _named(annotations, words), not _asking().isdisjoint(words)
        if actor_id is not None or asks or not _offices().isdisjoint(words):
            is_office = (_offices() | _portfolios()).issuperset(words)
            yield Turn(index, label[1], actor_id, is_office, asks)


def _named(annotations: Annotations, words: list[str]) -> str | None:
    """The person whom a label's words name: one of the article by the last name, else a public figure known by it.

    A last name alone stands behind an office, and is that of one public figure only.
    """
    for actor in annotations.actors.values():
        if actor.type == "person" and actor.name.lower().split()[-1] == words[-1]:
            return actor.actor_id
    name = list(dropwhile((_offices() | _portfolios()).__contains__, words))
    return _by_name().get(" ".join(name)) or (_by_last_name().get(words[-1]) if len(name) == 1 < len(words) else None)


@cache
def _by_name() -> dict[str, str]:
    """Public figures with an office by their names in small letters."""
    offices = known_offices()
    return {
        name.lower(): person.actor_id
        for person in persons().values()
        for name in (person.name, *person.aliases)
        if person.actor_id in offices and " " in name
    }


@cache
def _by_last_name() -> dict[str, str]:
    """Those of them whose last name no other has, by it."""
    last = {(name.split()[-1], actor_id) for name, actor_id in _by_name().items()}
    times = Counter(name for name, _ in last)
    return {name: actor_id for name, actor_id in last if times[name] == 1}


@cache
def _offices() -> frozenset[str]:
    """Words of offices and titles."""
    return frozenset(word for word in role_words()["state_offices"]["words"] if " " not in word).union(
        role_words()["floor"]["titles"]
    )


@cache
def _portfolios() -> frozenset[str]:
    """Words that only belong to a title."""
    return frozenset(role_words()["floor"]["portfolios"])


@cache
def _asking() -> frozenset[str]:
    """Words for those who ask."""
    return frozenset(role_words()["floor"]["asking"])
