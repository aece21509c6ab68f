"""Rates dealt out in a list whose tariff is named once: "Peru faces a 20% duty, Chile and Bolivia 15%, 5% each for"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Percent
from communique.extraction.roles import Roles
from communique.extraction.tariffs.rated import other_percentage
from communique.extraction.tariffs.words import tariff_words

_STATES = ("country:", "international_organisation:european-union")
_LINKS = frozenset(
    "at with of a an the each both all will would could now also respectively it they up to as high low much about "
    "around only just is are was were be been being have has had rate rates duty duties tariff tariffs levy levies "
    "set for slated down while".split()
)
_JOINTS = (Tag.COMMA, Tag.COORDINATOR)
_TOWARDS = frozenset({"for", "on", "against"})
_GOODS = frozenset({"the", "goods", "imports", "products", "exports", "from", "of"})
_FARTHEST = 9


@dataclass(frozen=True, slots=True)
class Share:
    """A rate and the states that bear it."""

    percent: Percent
    targets: tuple[str, ...]


def dealt_out(
    sentence: ParsedSentence, roles: Roles, left: list[Percent], told: list[tuple[int, int]], imposer: str | None
) -> list[Share]:
    """The rates of `left` that stand beside states in a list with rates told before, in order of the text.

    `told` are the spans of the rates that a tariff noun or verb already explains, in this sentence.
    """
    states = _states(sentence, roles, imposer)
    found: list[Share] = []
    told = sorted(told)
    for percent in left:
        if percent.is_points or not states:
            continue
        first, last = sentence.token_at(percent.start), sentence.token_at(percent.end - 1)
        if other_percentage(sentence, first, last):
            continue
        chained = any(end <= percent.start for _, end in told)
        behind = _behind(sentence, last, states) if chained else ()
        before, verbal = _before(sentence, first, states)
        targets = before if before and (verbal or chained) else behind
        if targets:
            found.append(Share(percent, targets))
            told = [*told, (percent.start, percent.end)]
    return found


def _states(sentence: ParsedSentence, roles: Roles, imposer: str | None) -> Mapping[int, tuple[str, int, int]]:
    """By token of a state's name, its role id and the first and last token of the name."""
    found: dict[int, tuple[str, int, int]] = {}
    for mention in roles.mentions_in(sentence.start, sentence.end):
        role = roles.role(mention.actor_id)
        if role is None or not role.startswith(_STATES) or role == imposer:
            continue
        first, last = sentence.token_at(mention.start), sentence.token_at(mention.end - 1)
        found.update(dict.fromkeys(range(first, last + 1), (role, first, last)))
    return found


def _before(
    sentence: ParsedSentence, first: int, states: Mapping[int, tuple[str, int, int]]
) -> tuple[tuple[str, ...], bool]:
    """The states right before the figure, and whether a verb of bearing parts them from it ("will see 35 percent")."""
    tokens = sentence.tokens
    i = first - 1
    verbal = False
    bearing = tariff_words().subject_pays | tariff_words().patient_hit
    while i > first - _FARTHEST and i >= 0 and i not in states:
        token = tokens[i]
        bears = token.lower in ("set", "slated") or token.lemma in bearing
        verbal = verbal or bears
        opened = token.tag is Tag.OPEN or token.text == ":"
        if not (bears or opened or token.lower in _LINKS or (token.tag is Tag.COMMA and i == first - 1)):
            return (), False
        i -= 1
    return _run(sentence, i, -1, states), verbal


def _behind(sentence: ParsedSentence, last: int, states: Mapping[int, tuple[str, int, int]]) -> tuple[str, ...]:
    """The states behind the figure: "36% each for Togo and Benin", "30 percent on goods from Mali"."""
    tokens = sentence.tokens
    i = last + 1
    while i < len(tokens) and tokens[i].lower in ("each", "apiece", "respectively"):
        i += 1
    if i >= len(tokens) or tokens[i].lower not in _TOWARDS:
        return ()
    i += 1
    while i < len(tokens) and i not in states and tokens[i].lower in _GOODS:
        i += 1
    return _run(sentence, i, 1, states)


def _run(sentence: ParsedSentence, i: int, step: int, states: Mapping[int, tuple[str, int, int]]) -> tuple[str, ...]:
    """The states listed without a break from token `i` on, in the direction `step`, in order of the text."""
    found: list[str] = []
    tokens = sentence.tokens
    while 0 <= i < len(tokens):
        if i in states:
            role, first, last = states[i]
            if step > 0 and found and any(g.first == last + 1 for g in sentence.groups):
                break
            found.append(role)
            i = last + 1 if step > 0 else first - 1
        elif found and (tokens[i].tag in _JOINTS or tokens[i].lower == "the"):
            i += step
        else:
            break
    return tuple(dict.fromkeys(found if step > 0 else reversed(found)))
