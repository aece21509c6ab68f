"""Whether a date lies ahead of or behind the day of writing, as the nearest verb to its left says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from communique.extraction.grammar.words import Tag, verb_forms
from communique.extraction.wording import alternatives, load_toml

REACH: Final = 160
"""Code points to the left of an expression that are read for its tense."""

NEAR: Final = 64
"""So many are read first: most verbs are near."""


_WORD: Final = re.compile(r"[\w'’]+")


@dataclass(frozen=True, slots=True)
class _Cues:
    future: frozenset[str]
    past: frozenset[str]
    with_to: frozenset[str]
    arranged: frozenset[str]
    scheduled_for: frozenset[str]
    set_for: frozenset[str]
    present: frozenset[str]
    no_verb_before: frozenset[str]
    between: frozenset[str]
    to_be: frozenset[str]
    telling: frozenset[str]
    """All words that point anywhere in some place."""


@cache
def _data() -> dict[str, Any]:
    return load_toml("temporal_cues.toml")


@cache
def _cues() -> _Cues:
    data = _data()
    future, past = data["future"], data["past"]
    ahead = [frozenset(future[name]) for name in ("words", "with_to", "arranged", "scheduled_for", "set_for")]
    behind = frozenset(past["words"]) | _forms(Tag.PAST)
    present = _forms(Tag.THIRD) - frozenset(future["lasting"])
    return _Cues(
        future=ahead[0],
        past=behind,
        with_to=ahead[1],
        arranged=ahead[2],
        scheduled_for=ahead[3],
        set_for=ahead[4],
        present=present,
        no_verb_before=frozenset(past["no_verb_after"]),
        between=frozenset(data["between"]["words"]),
        to_be=frozenset(data["passive"]["words"]),
        telling=frozenset.union(ahead[0], ahead[1], ahead[2], ahead[4], behind, present),
    )


def _forms(*tags: int) -> frozenset[str]:
    """The verb forms that have one of these tags and are nothing else."""
    wanted = frozenset(tags)
    others = frozenset({Tag.BASE, Tag.THIRD, Tag.PAST}) - wanted
    return frozenset(
        form
        for form, verb in verb_forms().items()
        if verb.tags & wanted and not verb.tags & others and (Tag.PAST in wanted or not verb.noun)
    )


def _points(words: list[str], at: int, cues: _Cues, *, fronted: bool = False) -> int:
    """1, -1 or 0: what the word at a place says of the time of its clause, with its neighbours.

    `fronted` is a date before its clause: it belongs to the verb, not to an infinitive that depends on it.
    """
    word = words[at]
    if word not in cues.telling and not word.endswith(("'ll", "’ll")):
        return 0
    before = words[at - 1] if at else ""
    if fronted and word in cues.past and before not in cues.no_verb_before and before not in cues.to_be:
        return -1
    if word in cues.arranged and words[max(at - 2, 0) : at] == ["had", "been"]:
        return -1
    if word in cues.future or word.endswith(("'ll", "’ll")):
        return 1
    following = words[at + 1 : at + 3]
    if word in cues.with_to and len(following) == 2 and following[0] == "to" and following[1] != "the":
        return 1
    if word in cues.arranged and following and following[0] in cues.scheduled_for:
        return 1
    if word in cues.set_for and following and following[0] == "for":
        return 1
    if word in cues.present and before not in cues.no_verb_before:
        return 1
    return -1 if word in cues.past and before not in cues.no_verb_before else 0


def meets_on(text: str, start: int, at: int) -> bool:
    """Whether a verb in the present stands before a day: "the bank meets on Thursday", "talks resume Wednesday"."""
    words = _WORD.findall(text, max(start, at - REACH // 2), at)
    while words and words[-1].lower() in _cues().between:
        words.pop()
    if len(words) < 2 or (form := verb_forms().get(words[-1])) is None:
        return False
    before = words[-2]
    if form.tags == {Tag.BASE}:
        return len(before) > 3 and before.endswith("s") and not before.endswith("ss")
    return form.tags == {Tag.THIRD} and len(words) > 2 and before[:1].isupper()


def direction(text: str, start: int, end: int, first: int, last: int) -> int:
    """Where the verb nearest before `[first, last)` in the sentence `[start, end)` points: 1 ahead, -1 back.

    Where no verb stands before it the first one behind it decides; 0 where there is none.
    """
    cues = _cues()
    # the first words of a shorter look lack those before them, on which they depend
    for reach, unsure in ((NEAR, 3), (REACH, 0)):
        before = _WORD.findall(text, max(start, first - reach), first)
        for at in range(len(before) - 1, unsure - 1, -1):
            if found := _points(before, at, cues):
                return found
    after = _WORD.findall(text, last, _clause_end(text, last, min(end, last + REACH)))
    return next((found for at in range(len(after)) if (found := _points(after, at, cues, fronted=True))), 0)


_STOP: Final = re.compile(r"[;?!]|:\s")


def _clause_end(text: str, start: int, end: int) -> int:
    found = _STOP.search(text, start, end)
    return found.start() if found else end


@cache
def _ahead() -> re.Pattern[str]:
    data = _data()["ahead"]
    return re.compile(
        rf"\b(?:(?P<strictly>{alternatives(data['strictly'])})|{alternatives(data['words'])})\s+(?:on\s+|in\s+)?(?:the\s+)?(?:early\s+|mid-?|late\s+)?$"
    )


def points_ahead(text: str, start: int, at: int, strictly: bool = False) -> bool:
    """Whether "by", "until" or the like stands directly before the expression; `strictly` leaves "by" out."""
    found = _ahead().search(text[max(start, at - 24) : at])
    return found is not None and (not strictly or found.lastgroup == "strictly")


def due_by(text: str, start: int, at: int) -> bool:
    """Whether "by" stands before the day and the words before it speak of what is to be done.

    An infinitive ("to pass it by Friday") or a passive in the present ("is not signed by Friday") do.
    """
    words = [word.lower() for word in _WORD.findall(text, max(start, at - REACH // 2), at)]
    if not words or words.pop() != "by":
        return False
    for place in range(len(words) - 1, 0, -1):
        form = verb_forms().get(words[place])
        if form is None:
            continue
        if Tag.BASE in form.tags and words[place - 1] == "to":
            return True
        if form.tags & {Tag.PAST, Tag.PARTICIPLE}:
            between = words[max(place - 3, 0) : place]
            return any(word in ("is", "are") for word in between) and "had" not in between
    return False


def leaves_open(text: str, start: int, at: int) -> bool:
    """Whether "through" stands directly before the expression, which may be over or to come whatever the verb says."""
    return text[max(start, at - 12) : at].lower().rstrip().endswith(_open())


def points_back(text: str, start: int, at: int) -> bool:
    """Whether "since" stands directly before the expression."""
    return text[max(start, at - 12) : at].lower().rstrip().endswith(_behind())


_TO: Final = re.compile(r"\s*(?:[-–—]|(?:to|until|till|through|into|and)\b)")


def starts_ahead(text: str, first: int, last: int) -> bool:
    """Whether the expression says from when on something holds: "from 1 July", no range that ends."""
    return text[max(first - 5, 0) : first].lower() == "from " and _TO.match(text, last) is None


@cache
def _open() -> tuple[str, ...]:
    return tuple(_data()["open"]["words"])


@cache
def _behind() -> tuple[str, ...]:
    return tuple(_data()["behind"]["words"])
