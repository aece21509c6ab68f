"""What is given: sums with the nouns that say what they are, and aid or goods named without a sum."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.extraction.aid.described import agreed, before_bracket, labelled, with_heads
from communique.extraction.aid.syntax import groups_between, lowers
from communique.extraction.aid.wanted import EXACTNESS, RAISED, appealed_for, at_cost, rises_to, wanted
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Amount

_WHOLES = frozenset({"total", "sum", "amount", "money"})
_WORTH = frozenset({"worth", "totalling", "totaling", "valued"})
_LINKS = frozenset({"in", "on", "with", "since", "for", "to", "from"})
_LINKS_TO_WORTH = _LINKS | {"of"}
_JOINTS = frozenset(
    {"of", "worth", "totalling", "totaling", "totals", "valued", "amounting", "costing", ",", ":", "(", "—"}
)


_PER_UNIT = re.compile(
    r"\s*(?:per|an?|each)\s+(?:kilo|kilogram(?:me)?|kg|tonne|ton|barrel|litre|liter|unit|share|bushel|gallon|capita|ounce)\b"
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Something given, at `[start, end)`, tokens `first` to `last`.

    `amount` is its sum, or None for aid and goods without one.  `nouns` are the lower-case words that name it, nearest
    first: the head of its own phrase, of "in ..." after it, of "... of" before it.  `described` is the stretch of text
    that these words span.  `is_aid` says that they make it aid, `is_broad` that they may ("support", "a package"),
    `is_other` that they make it something else; `is_home` that they are what a state gives its own people ("research
    grants").
    """

    start: int
    end: int
    first: int
    last: int
    amount: Amount | None
    nouns: tuple[str, ...]
    described: tuple[int, int]
    is_aid: bool
    is_other: bool
    is_broad: bool = False
    is_home: bool = False


def amount_theme(sentence: ParsedSentence, amount: Amount, text: str, reach: int | None = None) -> Theme:
    """The theme of a sum, with the nouns attached to it; `reach` is the last token of its restatement behind it."""
    first, last = sentence.token_at(amount.start), sentence.token_at(amount.end - 1)
    own = _own(sentence, last) if reach is None else _behind(sentence, first, reach)
    last = last if reach is None else reach
    found = (own, _after(sentence, last), _inside(sentence, first), _before(sentence, first))
    parts = [part for part in found if part]
    return _theme(text, amount.start, amount.end, first, last, amount, parts, sentence)


def phrase_theme(sentence: ParsedSentence, phrases: tuple[NounPhrase, ...], text: str) -> Theme:
    """The theme of coordinated noun phrases without a sum."""
    first, last = phrases[0], phrases[-1]
    parts = [(p.first, p.last) for p in phrases]
    return _theme(text, first.start, last.end, first.first, last.last, None, parts, sentence)


def _theme(
    text: str,
    start: int,
    end: int,
    first: int,
    last: int,
    amount: Amount | None,
    parts: list[tuple[int, int]],
    sentence: ParsedSentence,
) -> Theme:
    tokens, words = sentence.tokens, aid_words()
    heads = tuple(h for part in parts if (h := _head(sentence, *part)))
    spans = [(tokens[a].start, tokens[b].end) for a, b in parts]
    described = (min([start, *(s for s, _ in spans)]), max([end, *(e for _, e in spans)]))
    named = [_named(sentence, a, b, text) for a, b in parts]
    agency = any(word in text[described[0] : described[1]].lower() for word in words.agencies)
    goods = any(h in words.goods or h.rpartition("-")[2] in words.goods for h in heads)
    is_goods = goods or (agency and amount is not None)
    is_broad = is_goods or any(h in words.aid_nouns or h in words.giving_nouns for h in heads)
    refused = bool(heads) and heads[0] in words.not_aid_nouns and not named[0] and not agency
    governed = sentence.tokens[first - 1].lower if first else ""
    under = (
        amount is not None
        and "under" in lowers(sentence, first - 2, first - 1)
        and governed in ("a", "an", "its", "the")
    )
    raised = governed == "of" and any(w.startswith(RAISED) for w in lowers(sentence, first - 8, first - 2))
    old = amount is not None and (governed == "from" or raised) and rises_to(sentence, last)
    caused = words.other_causes.match(text, end) is not None or appealed_for(sentence, first)
    elsewhere = amount is not None and (caused or _PER_UNIT.match(text, end) is not None)
    is_other = (
        under
        or old
        or elsewhere
        or (refused and not at_cost(sentence, first))
        or (amount is not None and wanted(sentence, last))
    )
    spoken = {w for a, b in parts for w in lowers(sentence, a, b)} if amount is not None else set()
    is_home = not spoken.isdisjoint(word_set("not_aid", "home"))
    return Theme(start, end, first, last, amount, heads, described, any(named), is_other, is_broad, is_home)


def _named(sentence: ParsedSentence, first: int, last: int, text: str) -> bool:
    """Whether the words of a stretch name aid: an aid noun by itself, or a broad one with a kind beside it."""
    words, tokens = aid_words(), sentence.tokens
    lowered = lowers(sentence, first, last)
    if any(w in words.aid_nouns and w not in words.broad_nouns for w in lowered):
        return True
    stretch = text[tokens[first].start : tokens[last].end]
    if words.aid_phrases.search(stretch):
        return True
    return any(w in words.broad_nouns for w in lowered) and words.kinds.search(stretch.lower()) is not None


def _head(sentence: ParsedSentence, first: int, last: int) -> str | None:
    for i in range(last, first - 1, -1):
        token = sentence.tokens[i]
        if token.lower in ("least", "most", "much", "available"):
            continue
        if token.tag in (Tag.NOMINAL, Tag.NAME) or token.lower in aid_words().aid_nouns:
            return token.lower
    return None


_RATES = frozenset(
    """a an per each every year years month months week weeks day annually this last next past coming current fiscal
    financial calendar today yesterday earlier""".split()
)


def _own(sentence: ParsedSentence, last: int) -> tuple[int, int] | None:
    """The nouns that follow a sum in its own phrase: "$5m aid package"."""
    phrase = next((p for p in sentence.phrases if p.first <= last <= p.last), None)
    if phrase is None or phrase.last <= last or set(lowers(sentence, last + 1, phrase.last)) <= _RATES:
        return None
    following = next((p for p in sentence.phrases if p.first == phrase.last + 2 and p.preposition == "of"), None)
    joined = following is not None and sentence.tokens[phrase.last].lower in _CONTAINERS
    return last + 1, following.last if following is not None and joined else phrase.last


def _behind(sentence: ParsedSentence, first: int, reach: int) -> tuple[int, int] | None:
    """The nouns behind the brackets of a restatement: "a 5 million euro ($6 million) aid package"."""
    phrase = next((p for p in sentence.phrases if p.first == reach + 1 and p.preposition is None), None)
    opened = first > 0 and sentence.tokens[first - 1].tag in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NOMINAL)
    if phrase is None or not opened or sentence.tokens[phrase.first].tag != Tag.NOMINAL:
        return None
    return phrase.first, phrase.last


def _including(sentence: ParsedSentence, first: int) -> tuple[int, int] | None:
    """The aid that a sum is said to be included in: "resumed its loans to Kenya, including $5m for wheat"."""
    tokens = sentence.tokens
    i = first - 1
    while i > 0 and tokens[i].lower in EXACTNESS:
        i -= 1
    if i < 2 or tokens[i].lower != "including":
        return None
    for phrase in reversed([p for p in sentence.phrases if p.last < i][-3:]):
        if groups_between(sentence, phrase.last, i) or any(t.tag == Tag.NUMBER for t in tokens[phrase.first : i]):
            return None
        if not aid_words().aid_nouns.isdisjoint(lowers(sentence, phrase.first, phrase.last)):
            return phrase.first, phrase.last
    return None


_CONTAINERS = frozenset({"package", "line", "tranche", "batch", "programme", "program", "round", "set", "instalment"})


def _inside(sentence: ParsedSentence, first: int) -> tuple[int, int] | None:
    """The nouns that stand before a sum in its own phrase: "of which military aid $5m"."""
    phrase = next((p for p in sentence.phrases if p.first <= first <= p.last), None)
    if phrase is None or phrase.first >= first or sentence.tokens[first - 1].tag != Tag.NOMINAL:
        return None
    if set(lowers(sentence, phrase.first, first - 1)) <= EXACTNESS:
        return None
    return phrase.first, first - 1


_BETWEEN_SUM_AND_NOUN = frozenset("worth each a per every year month annually yearly monthly more".split())


def _after(sentence: ParsedSentence, last: int) -> tuple[int, int] | None:
    """The phrase after "in", "of" or "worth of" behind a sum: "$5m in humanitarian aid"."""
    tokens = sentence.tokens
    i = last + 1
    while i < len(tokens) and tokens[i].lower in _BETWEEN_SUM_AND_NOUN:
        i += 1
    if i >= len(tokens) or tokens[i].lower not in ("in", "of", "as"):
        return None
    following = sentence.phrases_between(i + 1, i + 4)
    if not following or groups_between(sentence, i, following[0].first):
        return None
    whole = tokens[following[0].first : following[0].last + 1] if tokens[i].lower == "of" else ()
    if any(t.tag == Tag.CURRENCY for t in whole) or (whole and whole[-1].lower in _WHOLES):
        return None
    end = following[0].last
    for phrase in sentence.phrases_between(end + 1, end + 12):
        between = set(lowers(sentence, end + 1, phrase.first - 1))
        if not between or not between <= {",", "and", "or", "other"} or _is_figure(sentence, phrase.first):
            break
        end = phrase.last
    return i + 1, end


def _is_figure(sentence: ParsedSentence, i: int) -> bool:
    return any(t.tag in (Tag.CURRENCY, Tag.NUMBER) for t in sentence.tokens[i : i + 2])


def _before(sentence: ParsedSentence, first: int) -> tuple[int, int] | None:
    """The phrase that owns a sum after it: "a loan of $5m", "vehicles worth $5m", "the largest pledge, $5m"."""
    tokens = sentence.tokens
    i = first - 1
    if i >= 0 and tokens[i].lower == ":":
        return labelled(sentence, i)
    joint: int | None = None
    if (whole := _including(sentence, first)) is not None:
        return whole
    if i > 0 and (tokens[i - 1].lower, tokens[i].lower) == ("amounting", "to"):
        i -= 1
    while i >= 0 and (tokens[i].lower in EXACTNESS or tokens[i].lower in _JOINTS):
        priced = tokens[i].lower == "estimated" and tokens[i + 1].lower == "at"
        summed = joint is not None and tokens[joint].lower == "of" and tokens[i].lower in _WORTH
        if (priced or tokens[i].lower in _JOINTS) and (joint is None or summed or tokens[joint].lower in (",", "(")):
            joint = i
        i -= 1
        if i >= 0 and tokens[i].lower == ":":
            return labelled(sentence, i)
    if joint is None and i > 0 and tokens[i].lower == "for":
        return agreed(sentence, i)
    if joint is None or i < 0:
        return None
    if tokens[i].tag == Tag.CLOSE:
        i = max((k for k in range(i) if tokens[k].tag == Tag.OPEN), default=i) - 1
    owner = next((p for p in reversed(sentence.phrases) if p.first <= i), None)
    if owner is None or owner.last < i:
        return None
    named = tokens[owner.head].lower in aid_words().aid_nouns
    if owner.preposition == "in" and tokens[owner.head].lower in _WHOLES:
        owner = next((p for p in sentence.phrases if p.last == owner.first - 2), owner)
    while (
        owner.preposition in (_LINKS if tokens[joint].lower not in _WORTH else _LINKS_TO_WORTH)
        and not named
        and tokens[joint].lower not in (",", "(", "of")
    ):
        before = next((p for p in reversed(sentence.phrases) if p.last < owner.first), None)
        if before is None or groups_between(sentence, before.last, owner.first):
            break
        owner = before
        if owner.first and tokens[owner.first - 1].tag == Tag.OPEN:
            owner = next((p for p in sentence.phrases if p.last == owner.first - 2), owner)
    if tokens[joint].lower == "—":
        return with_heads(
            sentence, next((p for p in reversed(sentence.phrases) if p.last <= i and p.preposition is None), owner)
        ).first, joint - 1
    if tokens[joint].lower in (",", "(") and (first - joint > 2 or owner.preposition is not None):
        return None
    start = before_bracket(sentence, with_heads(sentence, owner).first)
    for phrase in reversed([p for p in sentence.phrases if p.last < owner.first]):
        between = set(lowers(sentence, phrase.last + 1, start - 1))
        if not between or not between <= {",", "and", "or", "other"} or phrase.preposition in ("to", "for"):
            break
        start = phrase.first
    return start, min(owner.last, joint - 1)
