"""The goods, or the class of countries or imports, that the words on a measure's aim name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Mention
from communique.extraction.tariffs.aim import end_of_list, next_clause, past_quantity
from communique.extraction.tariffs.words import tariff_words

_SELLERS = frozenset({"from", "of", "in", "to", "into"})
_GENERIC = frozenset(
    (
        "all other of the its their and most some many certain any every or further more same than over nearly about "
        "almost virtually practically "
        "up list range number amount variety chunk numerous host handful dozens hundreds raft slew group "
        "world globe around array"
    ).split()
)
_KINDS = ("ive", "ory", "ous", "ful", "able", "ible", "-based", "-wide", "ed", "ing", "-for-tat", "est")
_LEADS = (
    "import of ",
    "export of ",
    "imports of ",
    "exports of ",
    "shipments of ",
    "sales of ",
    "purchases of ",
    "imported ",
    "all ",
)
_WHOLES = (
    "array|list|range|number|chunk|majority|bulk|rest|variety|slew|raft|host|group|batch|series|basket|swathe?|"
    "(?:wide|broad|long) (?:range|list|variety)"
)
_MANY = "dozens|hundreds|thousands|scores|some|most|many|various|selected|certain|numerous|several|billions of dollars"
_COLLECTION = re.compile(
    rf"^(?:(?:an? |the )?(?:{_WHOLES}) of |(?:{_MANY}|almost all|nearly all) (?:of )?)+(?=\S)",
    re.IGNORECASE,
)
_PORTION = re.compile(
    r"^(?:around |about |nearly |roughly |some )?\d[\d.,]*\s?(?:%|per ?cent|pct) of(?: (?:its|their|the))?(?:$| )"
)
_TRADE_TAIL = re.compile(r" (?:imports|exports)$", re.IGNORECASE)
_FROM_THERE = re.compile(
    r" (?:(?:imported|coming|made|produced|shipped|originating) )?(?:from|in|of) the (?:country|nation|island|bloc)$"
    r"| (?:from|in) (?:the )?(?:\w+ ){0,2}(?:countries|nations|states) (?:like|such as|including) .*$"
)


@dataclass(frozen=True, slots=True)
class Goods:
    """The goods a stretch names, or the class of countries or imports where it names no goods."""

    product: str | None
    scope: str | None


def goods(text: str, sentence: ParsedSentence, span: tuple[int, int], mentions: Sequence[Mention]) -> Goods:
    """The goods (without the country that sells them) and class named in the tokens of `span`."""
    if span[0] == span[1] and sentence.tokens[span[0]].tag == Tag.PRONOUN:
        return Goods(None, None)
    found = _named_goods(text, sentence, span, mentions)
    if found != Goods(None, None):
        return found
    worth = past_quantity(sentence, *span) > span[0]
    return Goods(text[sentence.tokens[span[0]].start : sentence.tokens[span[1]].end], None) if worth else found


def examples(text: str, sentence: ParsedSentence, last: int, is_time: Callable[[int], bool]) -> str | None:
    """The goods listed behind a general word that ends at token `last`: "imports including grain and timber"."""
    tokens = sentence.tokens
    at = last + 1
    if at < len(tokens) and (tokens[at].tag == Tag.COMMA or tokens[at].text in ("-", "–", "—", "--")):
        at += 1
    opener = " ".join(t.lower for t in tokens[at : at + 2])
    start = at + (1 if opener.startswith(("including ", "like ")) else 2 if opener == "such as" else 0)
    if start == at or start >= len(tokens):
        return None
    end = end_of_list(sentence, start, next_clause(sentence, start - 1), is_time, False)
    return text[tokens[start].start : tokens[end].end]


def _named_goods(text: str, sentence: ParsedSentence, span: tuple[int, int], mentions: Sequence[Mention]) -> Goods:
    words = tariff_words()
    tokens = sentence.tokens
    first, last = _without_sellers(sentence, span, mentions)
    first = past_quantity(sentence, first, last)
    last = _before_verb(sentence, first, last)
    if [t.lower for t in tokens[first : first + 2]] in (["each", "other"], ["one", "another"]):
        first += 3
    plain = (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NUMBER)
    while first <= last and (tokens[first].tag in plain or tokens[first].lower in _GENERIC):
        first += 1
    if first <= last and tokens[first].lower in tariff_words().spoken_of:
        first += 2
    if first > last:
        return Goods(None, None)
    named = text[tokens[first].start : tokens[last].end]
    inside = {t.lower for t in tokens[first : last + 1]}
    content = {t.lower for t in tokens[first : last + 1] if t.tag in (Tag.NOMINAL, Tag.NAME)}
    whole_class = inside & words.classes and content <= words.classes | _GENERIC
    if not mentions and (whole_class or _heads_a_class(sentence, first, last)):
        return Goods(None, text[tokens[span[0]].start : tokens[last].end])
    if inside <= words.goods | _GENERIC | words.origin | tariff_words().spoken_of:
        return Goods(None, None)
    source = _class_behind(sentence, first, last) if not mentions else None
    if source is not None:
        sold = _plain(text[tokens[first].start : tokens[source[0]].end]) if source[0] >= first else None
        return Goods(sold, text[tokens[source[1]].start : tokens[last].end])
    return Goods(_plain(named), None)


def _before_verb(sentence: ParsedSentence, first: int, last: int) -> int:
    """The end of the goods before what is done to a measure or what it does: "cars lowered", "goods took effect"."""
    tokens = sentence.tokens
    for i in range(first + 1, last + 1):
        group = sentence.group_at(tokens[i].start) if tokens[i].tag == Tag.PAST else None
        if group is None or tokens[i - 1].tag != Tag.NOMINAL:
            continue
        acts = group.form == "finite" and i < last and tokens[i + 1].tag in (Tag.NOMINAL, Tag.DETERMINER)
        if acts or (group.form == "participle" and i == last and group.lemma in tariff_words().done_to):
            return i - 1
    return last


def _heads_a_class(sentence: ParsedSentence, first: int, last: int) -> bool:
    """Whether the stretch speaks of countries, by its first phrase: "trading partners", "states without a pact"."""
    phrase = sentence.phrase_at(sentence.tokens[first].start)
    return phrase is not None and phrase.head <= last and sentence.tokens[phrase.head].lower in tariff_words().peoples


def _plain(named: str) -> str | None:
    """The goods without words that only count them or say that they are traded."""
    collection = _COLLECTION.match(named)
    named = named[collection.end() :] if collection else named
    for lead in _LEADS:
        named = named.removeprefix(lead)
    named = _TRADE_TAIL.sub("", _PORTION.sub("", _FROM_THERE.sub("", named)))
    return named.strip("“”\"' ,") or None


def _class_behind(sentence: ParsedSentence, first: int, last: int) -> tuple[int, int] | None:
    """The last token of the goods and the first of the class that sells them: "tin imported from all countries"."""
    tokens = sentence.tokens
    words = tariff_words()
    at = next((i for i in range(last - 1, first, -1) if tokens[i].lower in ("from", "of")), None)
    if at is None or tokens[last].lower not in words.classes:
        return None
    if not all(t.lower in _GENERIC or t.tag in (Tag.DETERMINER, Tag.NUMBER) for t in tokens[at + 1 : last]):
        return None
    end = at - 1
    while end > first and tokens[end].lower in words.origin:
        end -= 1
    return (end, at + 1) if tokens[end].lower not in words.goods | words.origin else (first - 1, at + 1)


def modifier_goods(text: str, sentence: ParsedSentence, noun: int, mentions: Sequence[Mention]) -> str | None:
    """The goods that stand before the tariff noun itself: "steel and aluminium tariffs"."""
    tokens = sentence.tokens
    named = {sentence.token_at(m.start + k) for m in mentions for k in range(0, m.end - m.start, 1)}
    first = noun
    while first > 0:
        before = tokens[first - 1]
        joined = before.tag == Tag.COORDINATOR and first < noun
        if not joined and (before.tag != Tag.NOMINAL or _says_kind(before.lower) or first - 1 in named):
            break
        first -= 1
    while first < noun and tokens[first].tag == Tag.COORDINATOR:
        first += 1
    return text[tokens[first].start : tokens[noun - 1].end] if first < noun else None


def _says_kind(word: str) -> bool:
    """Whether a word before the tariff noun says what kind of tariff it is, not on what."""
    words = tariff_words()
    return word in words.plain or word in words.measure | words.weak_measure or word.endswith(_KINDS)


def _modifies(sentence: ParsedSentence, first: int, at: int, end: int, last: int) -> bool:
    """Whether the country stands before its goods behind general words only: "imports of Chinese steel"."""
    tokens = sentence.tokens
    words = tariff_words()
    plain = words.goods | words.classes | words.origin | _GENERIC | _SELLERS
    lead = all(t.lower in plain or t.tag == Tag.DETERMINER for t in tokens[first:at])
    return lead and end < last and tokens[end + 1].tag in (Tag.NOMINAL, Tag.NAME)


def _leads_to_origin(sentence: ParsedSentence, i: int, origin: frozenset[str]) -> bool:
    """Whether token `i` only leads to who sells the goods: "tin, made in or shipped from"."""
    tokens = sentence.tokens
    if tokens[i].lower in origin or tokens[i].tag in (Tag.DETERMINER, Tag.COMMA):
        return True
    led = i > 0 and (tokens[i - 1].lower in origin or tokens[i - 1].tag == Tag.PREPOSITION)
    return led and tokens[i].tag in (Tag.COORDINATOR, Tag.PREPOSITION)


def _without_sellers(sentence: ParsedSentence, span: tuple[int, int], mentions: Sequence[Mention]) -> tuple[int, int]:
    """The span less the countries before the goods ("Chinese and Indian steel") and after them ("steel from China")."""
    tokens = sentence.tokens
    origin = tariff_words().origin | _SELLERS | {"being", "by"}
    first, last = span
    first = past_quantity(sentence, first, last)
    while first < last and (tokens[first].tag == Tag.DETERMINER or tokens[first].lower in origin | _GENERIC):
        first += 1
    for mention in mentions:
        at, end = sentence.token_at(mention.start), sentence.token_at(mention.end - 1)
        if at <= first:
            first = max(first, end + 1)
            while first <= last and tokens[first].tag in (Tag.GENITIVE, Tag.COORDINATOR, Tag.COMMA, Tag.DETERMINER):
                first += 1
        elif at <= last and _modifies(sentence, first, at, end, last):
            first = end + 1
        elif at <= last:
            cut = at - 1
            while cut > first and _leads_to_origin(sentence, cut, origin):
                cut -= 1
            if any(t.lower in origin for t in tokens[cut + 1 : cut + 3]):
                last = min(last, cut)
    for i in range(first + 1, last + 1):
        if tokens[i].lower == "worth":
            last = i - 1
            break
    return first, last
