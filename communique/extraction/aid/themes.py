"""What is given: sums with the nouns that say what they are, and aid or goods named without a sum."""

from __future__ import annotations

from dataclasses import dataclass

from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Amount

_EXACTNESS = frozenset(
    "more than about nearly almost over up to at least some around roughly approximately only just a an the further another additional extra "
    "close less under as much worth totalling totaling estimated initial new total of its their our well than exceeding excess in by".split()
)
_OWNERS_OF_SUM = frozenset(
    {"of", "worth", "totalling", "totaling", "totals", "amounting", "valued", "valuing", ",", ":", "("}
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Something given, at `[start, end)`, tokens `first` to `last`.

    `amount` is its sum, or None for aid and goods without one.  `nouns` are the lower-case words that name it, nearest
    first: the head of its own phrase, of "in ..." after it or of "... of" before it.  `described` is the stretch of text that these words
    span.  `is_aid` says that they make it aid, `is_other` that they make it something else.
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


def amount_theme(sentence: ParsedSentence, amount: Amount, text: str) -> Theme:
    """The theme of a sum, with the nouns attached to it."""
    first, last = sentence.token_at(amount.start), sentence.token_at(amount.end - 1)
    parts = [part for part in (_own(sentence, first, last), _after(sentence, last), _before(sentence, first)) if part]
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
    is_aid = any(named)
    is_other = bool(heads) and heads[0] in words.not_aid_nouns and not named[0]
    return Theme(start, end, first, last, amount, heads, described, is_aid, is_other)


def _named(sentence: ParsedSentence, first: int, last: int, text: str) -> bool:
    """Whether the words of a stretch name aid: an aid noun by itself, or a broad one with a kind beside it."""
    words, tokens = aid_words(), sentence.tokens
    lowers = [t.lower for t in tokens[first : last + 1]]
    if any(w in words.aid_nouns and w not in words.broad_nouns for w in lowers):
        return True
    stretch = text[tokens[first].start : tokens[last].end]
    head = _head(sentence, first, last)
    return head in words.broad_nouns and (words.kinds.search(stretch) is not None)


def _head(sentence: ParsedSentence, first: int, last: int) -> str | None:
    for i in range(last, first - 1, -1):
        token = sentence.tokens[i]
        if token.tag in (Tag.NOMINAL, Tag.NAME) or token.lower in ("loan", "grant", "support", "aid", "help", "fund"):
            return token.lower
    return None


def _own(sentence: ParsedSentence, first: int, last: int) -> tuple[int, int] | None:
    """The nouns of the sum's own phrase: after it ("$5m aid package"), else before it ("aid: $5m" is not one)."""
    phrase = next((p for p in sentence.phrases if p.first <= last <= p.last), None)
    if phrase is not None and phrase.last > last:
        return last + 1, phrase.last
    following = sentence.tokens[last + 1 : last + 3]
    if following and following[0].tag in (Tag.PAST, Tag.PARTICIPLE, Tag.GERUND, Tag.OTHER) and len(following) > 1:
        after = next((p for p in sentence.phrases if p.first == last + 2 and p.preposition is None), None)
        if after is not None and after.first == last + 2 and following[0].tag is not Tag.OTHER:
            return None
    return None


def _after(sentence: ParsedSentence, last: int) -> tuple[int, int] | None:
    """The phrase after "in", "of" or "worth of" behind a sum: "$5m in humanitarian aid"."""
    tokens = sentence.tokens
    i = last + 1
    while i < len(tokens) and tokens[i].lower in ("worth", "("):
        i += 1
    if i >= len(tokens) or tokens[i].lower not in ("in", "of", "as"):
        return None
    following = [
        p for p in sentence.phrases_between(i + 1, i + 4) if p.preposition in ("in", "of", "as") or p.first > i + 1
    ]
    if not following:
        return None
    head = following[0]
    end = head.last
    for phrase in sentence.phrases_between(head.last + 1, head.last + 12):
        between = {t.lower for t in tokens[end + 1 : phrase.first]}
        if (
            not between
            or not between <= {",", "and", "or", "other"}
            or tokens[phrase.first].tag in (Tag.CURRENCY, Tag.NUMBER)
        ):
            break
        end = phrase.last
    return i + 1, end


def _before(sentence: ParsedSentence, first: int) -> tuple[int, int] | None:
    """The phrase that owns a sum after it: "a loan of $5m", "vehicles worth $5m", "the largest pledge, $5m"."""
    tokens = sentence.tokens
    i = first - 1
    while i >= 0 and tokens[i].lower in _EXACTNESS and tokens[i].lower not in ("of", "worth", "totalling", "totaling"):
        i -= 1
    while (
        i >= 0
        and tokens[i].lower in ("value", "total", "a", "at", "to", "sum")
        and tokens[i - 1].lower in (*_OWNERS_OF_SUM, "a", "total")
    ):
        i -= 1
    if i < 0 or tokens[i].lower not in _OWNERS_OF_SUM:
        return None
    if tokens[i].lower in (",", "(", ":") and (first - i > 3 or tokens[i].lower == ":"):
        return None
    owner = next((p for p in reversed(sentence.phrases) if p.last < i), None)
    if owner is None or owner.last < i - 2:
        return None
    start = owner.first
    for phrase in reversed([p for p in sentence.phrases if p.last < owner.first]):
        between = {t.lower for t in tokens[phrase.last + 1 : start]}
        if not between or not between <= {",", "and", "or", "other", "of"} or phrase.preposition == "to":
            break
        start = phrase.first
    return start, owner.last
