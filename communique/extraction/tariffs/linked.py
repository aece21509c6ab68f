"""The tariff noun that a figure is tied to by the words between: "tariffs of up to 25 per cent", "a 25% duty"."""

from __future__ import annotations

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.words import tariff_words

_APPROXIMATE = frozenset(
    "up as much to about around some nearly almost roughly over under than at least most more less between an a the "
    "another additional extra further only just fully mere flat blanket punitive least initial high low steep little "
    "no higher greater larger either above exceeding as whopping hefty staggering massive total combined uniform "
    "standard general potential record punishing "
    "estimated proposed new current existing minimum maximum baseline average".split()
)
_REACHING = frozenset(
    {"average", "range", "reach", "total", "start", "vary", "set", "fix", "cap", "peg", "begin", "hit", "apply"}
)
_LEVELS = frozenset({"average", "level", "maximum", "minimum", "high", "low", "peak", "ceiling", "total"})
_DASHES = frozenset({"-", "–", "—", "--", ":"})
_OLD_RATE = (Tag.NUMBER, Tag.COMMA, Tag.ADVERB, Tag.POSSESSIVE)
_LINKS = frozenset({"of", "at", "to"})
_INSIDE = frozenset({"on", "against", "for", "from", "of", "in", "to"})


def qualifiers_before(sentence: ParsedSentence, first: int) -> int:
    """The token before the figure when words like "up to" and "about" are passed over."""
    i = first - 1
    tokens = sentence.tokens
    if i >= 2 and tokens[i].lower == "of" and tokens[i - 1].lower in _LEVELS:
        i -= 2
    while i >= 0 and tokens[i].lower in _APPROXIMATE:
        following = tokens[i + 1].lower
        if (tokens[i].lower == "to" and tokens[i - 1].lower != "up") or (
            tokens[i].lower == "at" and following not in ("least", "most")
        ):
            break
        i -= 1
    return i


def noun_after(sentence: ParsedSentence, first: int, last: int, link: int, nouns: tuple[int, ...]) -> int | None:
    """ "a 25 per cent surtax", "10 percent levies" : the noun heads the phrase that holds the figure."""
    del first, link
    for noun in nouns:
        if last < noun <= last + 12:
            between = sentence.tokens[_past_list(sentence, last + 1, noun) : noun]
            if len(between) < 6 and all(
                t.tag in (Tag.NOMINAL, Tag.NAME, Tag.ADVERB, Tag.GENITIVE, Tag.PAST, Tag.PARTICIPLE, Tag.QUOTE)
                or t.text in "%-,“”"
                for t in between
            ):
                return noun
    return None


def _past_list(sentence: ParsedSentence, i: int, noun: int) -> int:
    """The token behind the further rates of a list that token `i` goes on with: "20 percent and 30 percent duties"."""
    tokens = sentence.tokens
    figures = (Tag.NUMBER, Tag.COMMA, Tag.COORDINATOR)
    end = i
    while end < noun and (tokens[end].tag in figures or tokens[end].lower in ("%", "percent", "per cent", "pct")):
        end += 1
    return end if any(t.tag == Tag.NUMBER for t in tokens[i:end]) else i


def noun_before(sentence: ParsedSentence, first: int, last: int, link: int, nouns: tuple[int, ...]) -> int | None:
    """ "tariffs of up to 25 per cent", "a duty on cars of 10%", "levies at 5 to 10 percent", "duties: 5% on tin"."""
    del first
    if link in nouns:
        return link
    if link > 0 and sentence.tokens[link].text in _DASHES and link - 1 in nouns:
        opens = last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].lower in ("on", "for", "against")
        return link - 1 if opens or _labels(sentence, link - 1, last) else None
    if (
        link >= 1
        and sentence.tokens[link].lower == "from"
        and sentence.tokens[link - 1].lower in tariff_words().ranging
    ):
        link -= 1
        if link - 1 in nouns:
            return link - 1
    elif _apposed(sentence, link, nouns):
        return link - 1
    elif link < 1 or sentence.tokens[link].lower not in _LINKS | {"between", "from"}:
        return None
    if link > 2 and sentence.tokens[link - 1].tag in (Tag.CLOSE, Tag.QUOTE) and link - 2 in nouns:
        return link - 2
    if link > 1 and sentence.tokens[link - 1].tag == Tag.COMMA and sentence.tokens[link].lower == "of":
        link -= 1
    phrase = sentence.phrase_at(sentence.tokens[link - 1].start)
    while phrase is not None:
        noun = next((n for n in nouns if phrase.first <= n <= phrase.last), None)
        if noun is not None:
            return noun if noun >= phrase.head - 1 else None
        before = phrase.first - 1
        while before > 0 and sentence.tokens[before].tag == Tag.ADVERB:
            before -= 1
        if phrase.preposition not in _INSIDE | {"by"} or before < 1:
            return None
        before = _before_brackets(sentence, before - 1) + 1
        if before - 1 in nouns:
            return before - 1
        phrase = sentence.phrase_at(sentence.tokens[before - 1].start)
    return None


def _apposed(sentence: ParsedSentence, link: int, nouns: tuple[int, ...]) -> bool:
    """Whether a comma sets the figure beside the rate that it is: "the most-favoured-nation rate, 6 percent"."""
    if link < 2 or sentence.tokens[link].tag != Tag.COMMA or link - 1 not in nouns:
        return False
    phrase = sentence.phrase_at(sentence.tokens[link - 1].start)
    the = phrase is not None and sentence.tokens[phrase.first].lower in ("the", "its", "their")
    return the and sentence.tokens[link - 1].lower in tariff_words().levels


def _labels(sentence: ParsedSentence, noun: int, last: int) -> bool:
    """Whether a line is only a label and its figure: "Reciprocal tariff: 10%"."""
    phrase = sentence.phrase_at(sentence.tokens[noun].start)
    return phrase is not None and phrase.first == 0 and all(t.text in ".;" for t in sentence.tokens[last + 1 :])


def _before_brackets(sentence: ParsedSentence, i: int) -> int:
    """The token before the brackets that token `i` closes: "that on crude palm oil (CPO) from 40 per cent"."""
    tokens = sentence.tokens
    if i < 0 or tokens[i].tag != Tag.CLOSE:
        return i
    opening = next((k for k in range(i - 1, max(-1, i - 8), -1) if tokens[k].tag == Tag.OPEN), None)
    return opening - 1 if opening else i


def noun_moved(sentence: ParsedSentence, link: int, nouns: tuple[int, ...]) -> int | None:
    """The tariff noun with a noun of change: "will see its rate rise, from 11 per cent to 13"."""
    tokens = sentence.tokens
    words = tariff_words()
    if link < 2 or tokens[link].lower != "to":
        return None
    i = link - 1
    passed = _APPROXIMATE | {"from", "per cent", "percent", "%", "pct"}
    while i > 0 and (tokens[i].tag in _OLD_RATE or tokens[i].lower in passed):
        i -= 1
    moved = tokens[i].lemma in words.changing or words.nominal.get(tokens[i].lower) == "imposed"
    if moved and tokens[i].tag in (Tag.PAST, Tag.PARTICIPLE):
        i -= 1
        while i > 0 and (tokens[i].tag in _OLD_RATE or tokens[i].lower in passed | {"of"}):
            i -= 1
        return i if i in nouns else None
    return i - 1 if moved and i - 1 in nouns and tokens[i].tag == Tag.NOMINAL else None


def noun_after_comma(sentence: ParsedSentence, last: int, link: int, nouns: tuple[int, ...]) -> int | None:
    """The tariff noun that a rate opens a sentence for: "At 39 per cent, the tariff on watches is"."""
    tokens = sentence.tokens
    opens = link == 0 and tokens[0].lower in ("at", "with") and last + 2 < len(tokens)
    if not opens or tokens[last + 1].tag != Tag.COMMA:
        return None
    phrase = sentence.phrase_at(tokens[last + 2].start)
    return next((n for n in nouns if phrase is not None and phrase.first <= n <= phrase.last), None)


def noun_behind_participle(sentence: ParsedSentence, link: int, nouns: tuple[int, ...]) -> int | None:
    """The tariff noun that a participle gives its rate: "duties on Chilean wine, averaging 25 per cent"."""
    tokens = sentence.tokens
    while link >= 0 and tokens[link].lower in _LINKS | {"between", "from"}:
        link -= 1
    if (
        link < 1
        or tokens[link].tag not in (Tag.GERUND, Tag.PAST, Tag.PARTICIPLE)
        or tokens[link].lemma not in _REACHING
    ):
        return None
    if tokens[link].tag != Tag.GERUND and tokens[link - 1].tag in (Tag.BE, Tag.HAVE, Tag.MODAL):
        return None
    for i in range(link - 1, max(-1, link - 14), -1):
        if i in nouns:
            return i
        if tokens[i].tag in (Tag.BREAK, Tag.MODAL, Tag.BE, Tag.HAVE, Tag.RELATIVE, Tag.SUBORDINATOR):
            return None
    return None
