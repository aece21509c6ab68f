"""Which words of a sentence belong to which of its statements."""

from __future__ import annotations

import re

from communique.extraction.aid.binding import Bound
from communique.extraction.aid.syntax import in_relative
from communique.extraction.aid.themes import Theme
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag

_CLAUSE_JOINTS = frozenset({Tag.COMMA, Tag.COORDINATOR, Tag.BREAK, Tag.SUBORDINATOR})
_SPLITTING = frozenset({"split", "divide", "include", "be", "allocate"})


def statement_start(sentence: ParsedSentence, bound: Bound, earlier: Bound | None = None) -> int:
    """The text offset at which the words of a statement begin: behind the last break before act and theme, or behind
    the sum of an `earlier` noun of giving ("after its gift of $5m in May, Japan gave").
    """
    first = min(bound.act.first if bound.act is not None else bound.theme.first, bound.theme.first)
    for i in range(first - 1, -1, -1):
        if sentence.tokens[i].tag == Tag.BREAK:
            return sentence.tokens[i].end
        if earlier is not None and i == earlier.theme.last and earlier.act is not None and earlier.act.group is None:
            return sentence.tokens[i].end
    return sentence.start


def dated_until(sentence: ParsedSentence, bound: Bound, until: int) -> int:
    """The token at which the words that can date a statement end: a "since" clause counts, no relative clause."""
    tokens = sentence.tokens
    for i in range(bound.theme.last + 1, min(until, len(tokens))):
        if tokens[i].tag == Tag.RELATIVE and tokens[i - 1].tag == Tag.COMMA:
            return i
    if until < len(tokens) and tokens[until].lower in ("since", "until"):
        breaks = (i for i in range(until, len(tokens)) if tokens[i].tag in (Tag.COMMA, Tag.BREAK))
        return next(breaks, len(tokens))
    return until


def continues_list(sentence: ParsedSentence, earlier: Bound, theme: Theme) -> bool:
    """Whether a sum goes on with the list that the sum before it began: no clause of its own between them."""
    before = earlier.theme
    own = earlier.act.group if earlier.act is not None and earlier.position == "subject" else None
    between = [g for g in sentence.groups if before.last < g.first < theme.first and g is not own]
    if any(g.form == "finite" and not in_relative(sentence, g) and g.lemma not in _SPLITTING for g in between):
        return sentence.tokens[theme.first - 1].tag == Tag.COORDINATOR and not any(
            g.first > theme.last and g.form == "finite" for g in sentence.groups
        )
    return True


def statement_end(sentence: ParsedSentence, bounds: tuple[Bound, ...], i: int) -> int:
    """The token at which the words that belong to bound `i` end: the next theme, or its clause's end."""
    theme = bounds[i].theme
    tokens = sentence.tokens
    limit = len(tokens)
    while i + 1 < len(bounds) and directly_joined(sentence, theme, bounds[i + 1].theme):
        i, theme = i + 1, bounds[i + 1].theme
    if i + 1 < len(bounds) and bounds[i + 1].theme.first > theme.last:
        limit = bounds[i + 1].theme.first
    for group in sentence.groups:
        if theme.last < group.first < limit and group.form == "gerund" and tokens[group.first - 1].lower == "by":
            limit = group.first - 1
    for group in sentence.groups:
        if not (theme.last < group.first < limit) or group.form != "finite" or in_relative(sentence, group):
            continue
        act = bounds[i].act
        if act is not None and act.first == group.first:
            continue
        under = {p.first - 1 for p in sentence.phrases if p.preposition is not None}
        joints = [k for k in range(theme.last + 1, group.first) if tokens[k].tag in _CLAUSE_JOINTS and k not in under]
        joints = [k for k in joints if not _joins_aims(sentence, k)]
        if joints:
            return joints[0]
        if act is not None and act.group is not None and act.last < theme.first and in_relative(sentence, act.group):
            return group.first
    if limit < len(tokens):
        cut = [k for k in range(theme.last + 1, limit) if tokens[k].tag in (Tag.COMMA, Tag.COORDINATOR, Tag.BREAK)]
        limit = cut[-1] if cut else _before_total(sentence, theme.last + 1, limit)
    return limit


def _joins_aims(sentence: ParsedSentence, joint: int) -> bool:
    """Whether a token only joins two aims: "to arming and supporting Chad"."""
    sides = [sentence.group_at(sentence.tokens[i].start) for i in (joint - 1, joint + 1)]
    return all(g is not None and g.form in ("gerund", "infinitive") for g in sides)


def _before_total(sentence: ParsedSentence, first: int, limit: int) -> int:
    """The token before "for a total of", which belongs to the sum behind it."""
    words = [t.lower for t in sentence.tokens[first:limit]]
    if words[-1:] == ["of"] and "total" in words[-3:]:
        return next((first + i for i in range(len(words) - 1, -1, -1) if words[i] in ("for", "to")), limit)
    return limit


def directly_joined(sentence: ParsedSentence, theme: Theme, following: Theme) -> bool:
    """Whether only "and" or a comma stands between two themes, so that what follows the second belongs to both."""
    between = [t.lower for t in sentence.tokens[theme.last + 1 : following.first]]
    return bool(between) and len(between) <= 3 and set(between) <= {",", "and", "or", "a", "further", "another"}


_RANKED = re.compile(
    r"\bworld['’]s\s+(?:\w+\s+)?(?:largest|biggest|top|leading|foremost)\s+(?:\w+\s+){0,3}?(?:donor|giver|provider|contributor)",
    re.I,
)


def ranks_in_world(text: str, start: int, end: int) -> bool:
    """Whether a stretch calls somebody the world's largest donor, so that what follows is all that they give."""
    return _RANKED.search(text, start, end) is not None


def names_all_aid(described: str) -> bool:
    """Whether aid is named as a country's whole aid, which has no one beneficiary ("its foreign aid")."""
    return (
        re.search(
            r"\b(?:foreign|overseas|global|international|all)\s+(?:aid|assistance)\b|\bregional\s+(?:funds?|funding|aid)\b"
            r"|\bworldwide\b|\bacross the world\b"
            r"|\baround the (?:world|globe)\b|\bglobally\b",
            described,
            re.I,
        )
        is not None
    )
