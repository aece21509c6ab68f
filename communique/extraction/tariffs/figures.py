"""Which percentages of a sentence can be rates: old rates left out, the two ends of a spelt-out range joined."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Percent
from communique.extraction.tariffs.verbs import contact
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import AmountQualifier, TariffStatus

_SET_AGAINST = frozenset(
    {("compared", "with"), ("compared", "to"), ("as", "against"), ("instead", "of"), ("up", "from")}
)
_FORMERLY = frozenset({("previously",), ("formerly",), ("versus",)})
_PARTING = frozenset({Tag.COORDINATOR, Tag.COMMA, Tag.BREAK, Tag.SUBORDINATOR})

_JOINTS = ("", "and")
_VALUES = frozenset({"value", "price", "worth", "cost"})


def rate_figures(text: str, sentence: ParsedSentence, percents: tuple[Percent, ...]) -> tuple[Percent, ...]:
    """The percentages less those that a change leaves behind: of "raised from 5% to 20%" the second, as a rate.

    "from 5% to 20%" after a verb of ranging, or after a tariff noun itself, is one range.
    """
    found: list[Percent] = []
    skip = -1
    percents = _set_against(text, percents)
    for i, percent in enumerate(percents):
        if i == skip:
            continue
        following = percents[i + 1] if i + 1 < len(percents) else None
        changed = _changes(sentence, percent)
        if percent.upper is not None:
            if changed and _old_range(text, sentence, percent):
                continue
            changed = changed or _moves_on(text, sentence, percent)
            found.append(_upper_end(text, percent) if changed else percent)
        elif following is not None and following.upper is None and _one_or_other(text, percent, following):
            skip = i + 1
            found.append(_range(percent, following))
        elif following is not None and following.upper is None and _from_to(text, percent, following):
            skip = i + 1
            changed = changed or following.value < percent.value
            found.append(following if changed else _range(percent, following))
        elif (not changed or _told_of(sentence, percent, following)) and not _was(text, sentence, percent, following):
            found.append(percent)
    return tuple(found)


def _told_of(sentence: ParsedSentence, percent: Percent, following: Percent | None) -> bool:
    """Whether a clause says whose the rate is that a change leaves behind: "from the 9% tariff Peru announced on"."""
    last = sentence.token_at(percent.end - 1)
    noun = sentence.tokens[last + 1 : last + 2]
    return (
        following is None
        and any(t.lower in tariff_words().measure for t in noun)
        and (contact(sentence, last + 1) is not None)
    )


def _set_against(text: str, percents: tuple[Percent, ...]) -> tuple[Percent, ...]:
    """The percentages without the old rates of lists that stand before as many new ones.

    "from 25% and 10% to 50% and 20%", of which the last old and the first new one were read as a range.
    """
    links = [text[a.end : b.start].lower().strip(" ,") for a, b in pairwise(percents)]
    old: set[int] = set()
    turned: set[int] = set()
    for at in (i for i, percent in enumerate(percents) if percent.upper is not None):
        count = 0
        while at > count and links[at - count - 1] in _JOINTS:
            count += 1
        ends = links[at : at + count]
        led = text[max(0, percents[at - count].start - 5) : percents[at - count].start].lower() == "from "
        if led and count and len(ends) == count and all(link in _JOINTS for link in ends):
            old.update(range(at - count, at))
            turned.add(at)
    kept = ((i, percent) for i, percent in enumerate(percents) if i not in old)
    return tuple(_upper_end(text, percent) if i in turned else percent for i, percent in kept)


def _one_or_other(text: str, percent: Percent, following: Percent) -> bool:
    """Whether the text leaves open which of two rates it is: "30% or 35%", "31 or 32 percent"."""
    return percent.value < following.value and text[percent.end : following.start].strip().lower() == "or"


def _moves_on(text: str, sentence: ParsedSentence, percent: Percent) -> bool:
    """Whether a verb of changing takes the tariff from one end to the other: "raise the tariff of 4% to 9%"."""
    at = sentence.token_at(percent.start)
    if at < 3 or sentence.tokens[at - 1].lower != "of":
        return False
    low, to, _ = text[percent.start : percent.end].lower().partition(" to ")
    signed = to and low.rstrip().endswith(("%", "percent", "per cent", "pct"))
    verb = next((g for g in reversed(sentence.groups) if g.last < at), None)
    return bool(signed) and verb is not None and verb.lemma in tariff_words().changing and verb.first >= at - 8


def _from_to(text: str, percent: Percent, following: Percent) -> bool:
    lead = text[max(0, percent.start - 6) : percent.start].lower()
    between = text[percent.end : following.start].lower().strip()
    return lead.endswith(("from ", "between ")) and between in ("to", "and", "-", "–")


def _changes(sentence: ParsedSentence, percent: Percent) -> bool:
    """Whether "from" before the figure belongs to a verb of changing, so that the figure is the old rate."""
    at = sentence.token_at(percent.start)
    words = tariff_words()
    leading = words.standing | words.about
    while at > 1 and sentence.tokens[at - 1].lower in leading:
        at -= 1
    i = at if at < len(sentence.tokens) and sentence.tokens[at].lower == "from" else at - 1
    if i < 0 or sentence.tokens[i].lower != "from":
        return False
    before = list(sentence.tokens[max(0, i - 22) : i])
    if before and (before[-1].lower in ("up", "down") or _behind_new_rate(before)):
        return True
    if any(t.lower in words.changed for t in before[-5:]):
        return True
    if before and (before[-1].lower in words.ranging or before[-1].lower in words.measure):
        return False
    return any(t.lemma in words.changing or words.nominal.get(t.lower) == TariffStatus.IMPOSED for t in before)


def _old_range(text: str, sentence: ParsedSentence, percent: Percent) -> bool:
    """Whether the range is what a new rate takes the place of: "to 50% from current rates of 15-20%"."""
    if " to " in text[percent.start : percent.end]:
        return False
    before = sentence.tokens[: sentence.token_at(percent.start)]
    edge = next((i for i in range(len(before) - 1, max(-1, len(before) - 6), -1) if before[i].lower == "from"), None)
    return edge is not None and _behind_new_rate(list(before[:edge]))


def _behind_new_rate(before: list[Token]) -> bool:
    """Whether the tokens end in the new rate: "to 10 per cent" before "from 24 per cent"."""
    ends = bool(before) and before[-1].lower in ("percent", "per cent", "pct", "%")
    return ends and any(t.lower == "to" for t in before[-4:-2])


def _was(text: str, sentence: ParsedSentence, percent: Percent, following: Percent | None) -> bool:
    """Whether the figure is set against a newer one: "compared with 3% before", "previously 10%"."""
    at = sentence.token_at(percent.start)
    while at > 1 and sentence.tokens[at - 1].lower in tariff_words().standing:
        at -= 1
    before = tuple(t.lower for t in sentence.tokens[max(0, at - 2) : at])
    between = text[percent.end : following.start].lower() if following is not None else ""
    newer = between.endswith((" to ", " at ")) and "," not in between
    planned = before[-1:] == ("at",) and at > 2 and sentence.tokens[at - 3].lower in tariff_words().formerly
    planned = planned and (newer or sentence.tokens[at - 3].lower not in ("initially", "originally"))
    against = before in _SET_AGAINST or before[-1:] in _FORMERLY
    return planned or against or _changed_behind(sentence, percent) or _said_to_be_old(sentence, percent)


def _changed_behind(sentence: ParsedSentence, percent: Percent) -> bool:
    """Whether a participle takes the rate to another: "got its rate of 20 per cent cut to 15"."""
    i = sentence.token_at(percent.end - 1) + 1
    three = sentence.tokens[i : i + 3]
    if len(three) < 3 or three[0].tag not in (Tag.PAST, Tag.PARTICIPLE) or three[1].lower != "to":
        return False
    return three[0].lemma in tariff_words().changing and three[2].tag == Tag.NUMBER


def _said_to_be_old(sentence: ParsedSentence, percent: Percent) -> bool:
    """Whether a word behind the figure says that it held before: "from 15 per cent earlier"."""
    tokens = sentence.tokens
    i = sentence.token_at(percent.end - 1) + 1
    if i < len(tokens) and tokens[i].lower == "each":
        i += 1
    if i >= len(tokens) or tokens[i].lower not in tariff_words().formerly:
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return following is None or not following.text[0].isalnum() or following.tag in _PARTING


def _upper_end(text: str, percent: Percent) -> Percent:
    marks = (" to ", "-", "–")
    start = max(text.rfind(mark, percent.start, percent.end) + len(mark) for mark in marks)
    return replace(percent, start=max(start, percent.start), value=percent.upper or percent.value, upper=None)


def _range(low: Percent, high: Percent) -> Percent:
    return replace(low, end=high.end, upper=high.value, qualifier=AmountQualifier.RANGE)


def other_percentage(sentence: ParsedSentence, first: int, last: int) -> bool:
    """Whether the figure measures something else: "3 per cent of GDP", "a 12 per cent drop", "grew 5 percent"."""
    tokens = sentence.tokens
    words = tariff_words()
    after = tokens[last + 1 : last + 6]
    if after and after[0].lower == "of" and not _VALUES.intersection(t.lower for t in after):
        return True
    if any(t.lower in words.not_before and t.lower != "on" for t in after[:2]):
        return True
    before = [t for t in tokens[max(0, first - 4) : first] if t.lower in words.other_percentages]
    beyond = [t for t in before if (p := sentence.phrase_at(t.start)) is not None and p.preposition in words.beyond]
    near = [t for t in [*before, *after[:2]] if t not in beyond]
    return any(t.lower in words.other_percentages for t in near if t.tag == Tag.NOMINAL)
