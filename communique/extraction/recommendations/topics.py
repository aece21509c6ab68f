"""What a recommended action is about, by the words in it and around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from communique.extraction.wording import load_toml

_POINTS = {"phrases": 4, "words": 3, "weak": 1}
_HEAD = 8
"""How many words of an action hold its verb and object."""
_WEIGHTS = (4, 2, 1, 0.5)
"""What a point counts in the head of the action, in its rest, in its sentence and in the sentences nearby."""
_LEAST = 1.5
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class _Entry:
    topic: int
    points: int
    stem: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    topics: tuple[str, ...]
    entries: tuple[_Entry, ...]
    search: AhoCorasick


@cache
def _lexicon() -> _Lexicon:
    lists = load_toml("topics.toml")
    topics = tuple(lists["order"])
    found: dict[str, _Entry] = {}
    for topic, name in enumerate(topics):
        for kind, points in _POINTS.items():
            for word in lists[name][kind]:
                found.setdefault(f" {word.rstrip('*')}", _Entry(topic, points, word.endswith("*")))
    search = AhoCorasick(list(found), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return _Lexicon(topics, tuple(found.values()), search)


def topic_of(action: str, sentence: str = "", nearby: str = "", subject: str = "") -> str:
    """The topic of an action: its own words weigh most, its head above all, then its sentence and those nearby.

    `subject` names the thing that is to be acted on, where it stands before the verb; "other" where nothing says
    enough.
    """
    words = action.split()
    parts = (" ".join((subject, *words[:_HEAD])), " ".join(words[_HEAD:]), sentence.replace(action, " "), nearby)
    topics = _lexicon().topics
    scores = [0.0] * len(topics)
    for part, weight in zip(parts, _WEIGHTS, strict=True):
        for entry in _entries(part):
            scores[entry.topic] += weight * entry.points
    best = max(scores)
    return topics[scores.index(best)] if best >= _LEAST else "other"


def _entries(text: str) -> list[_Entry]:
    """The entries of the lexicon that stand in the text, each spelling once, the longest where several begin."""
    spaced = " " + " ".join(_WORD.findall(text.lower())) + " "
    lexicon = _lexicon()
    found: dict[str, _Entry] = {}
    for index, start, end in lexicon.search.find_matches_as_indexes(spaced):
        entry = lexicon.entries[index]
        if entry.stem or spaced[end] == " ":
            found.setdefault(spaced[start : spaced.index(" ", end)], entry)
    return list(found.values())
