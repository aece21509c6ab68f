"""What a measure is aimed at: the stretch of words after "on" with its goods and the countries that sell them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Mention
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.verbs import imposed_behind
from communique.extraction.tariffs.words import tariff_words

_ENDS = frozenset(
    "starting effective beginning until till since in by at after before during because as over under unless through "
    "within with along that amid despite pending following but while which who including announced per".split()
)
_SELLERS = frozenset({"from", "of", "in", "to", "into"})
_GENERIC = frozenset(
    (
        "all other of the its their and most some many certain any every or further more same than over nearly about "
        "up list range number amount variety chunk numerous host handful dozens hundreds raft slew group"
    ).split()
)
_ATTACHED = frozenset({"applied", "apply", "applies", "applicable", "extended", "added", "attached", "assigned"})
_MAKERS = frozenset({"produced", "made", "manufactured", "built", "grown", "brewed", "assembled"})
_KINDS = ("ive", "ory", "ous", "ful", "able", "ible", "-based", "-wide", "ed", "ing", "-for-tat", "est")
_STANDING = frozenset({"the", "a", "its", "current", "existing", "present", "previous", "prior", "prevailing"})
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
    "list|range|number|chunk|variety|slew|raft|host|group|batch|series|basket|swathe?|(?:wide|broad) range|long list"
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
_SPAN = frozenset({Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.CLOSE, Tag.BASE, Tag.THIRD, Tag.PRONOUN})
_STOPS = frozenset({Tag.BREAK, Tag.RELATIVE, Tag.SUBORDINATOR, Tag.TO, Tag.MODAL, Tag.BE, Tag.HAVE})


@dataclass(frozen=True, slots=True)
class Goods:
    """The goods a stretch names, or the class of countries or imports where it names no goods."""

    product: str | None
    scope: str | None


def stretch(sentence: ParsedSentence, measure: Measure, is_time: Callable[[int], bool]) -> tuple[int, int] | None:
    """First and last token of what the measure is on, or None; `is_time(i)` tells tokens of temporal expressions."""
    tokens = sentence.tokens
    for start in _places(sentence, measure):
        for i in range(start, min(start + 12, len(tokens) - 1)):
            if _opens(sentence, measure, i, start) and not is_time(i + 1) and not _says_status(sentence, i):
                return i + 1, _bounded(sentence, measure, i + 1, is_time)
            if tokens[i].tag in (Tag.BREAK, Tag.RELATIVE, Tag.SUBORDINATOR):
                break
    return None


def goods(text: str, sentence: ParsedSentence, span: tuple[int, int], mentions: Sequence[Mention]) -> Goods:
    """The goods (without the country that sells them) and class named in the tokens of `span`."""
    found = _named_goods(text, sentence, span, mentions)
    if found != Goods(None, None):
        return found
    worth = _past_quantity(sentence, *span) > span[0]
    return Goods(text[sentence.tokens[span[0]].start : sentence.tokens[span[1]].end], None) if worth else found


def examples(text: str, sentence: ParsedSentence, last: int, is_time: Callable[[int], bool]) -> str | None:
    """The goods listed behind a general word that ends at token `last`: "imports including grain and timber"."""
    tokens = sentence.tokens
    at = last + 1
    if at < len(tokens) and tokens[at].tag is Tag.COMMA:
        at += 1
    opener = " ".join(t.lower for t in tokens[at : at + 2])
    start = at + (1 if opener.startswith(("including ", "like ")) else 2 if opener == "such as" else 0)
    if start == at or start >= len(tokens):
        return None
    end = _end(sentence, start, _limit(sentence, start - 1), is_time, False)
    return text[tokens[start].start : tokens[end].end]


def _named_goods(text: str, sentence: ParsedSentence, span: tuple[int, int], mentions: Sequence[Mention]) -> Goods:
    words = tariff_words()
    tokens = sentence.tokens
    first, last = _without_sellers(sentence, span, mentions)
    first = _past_quantity(sentence, first, last)
    plain = (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NUMBER)
    while first <= last and (tokens[first].tag in plain or tokens[first].lower in _GENERIC):
        first += 1
    if first > last:
        return Goods(None, None)
    named = text[tokens[first].start : tokens[last].end]
    inside = {t.lower for t in tokens[first : last + 1]}
    content = {t.lower for t in tokens[first : last + 1] if t.tag in (Tag.NOMINAL, Tag.NAME)}
    if not mentions and inside & words.classes and content <= words.classes | _GENERIC:
        whole = text[tokens[span[0]].start : tokens[last].end]
        return Goods(None, whole)
    if inside <= words.goods | _GENERIC | words.origin:
        return Goods(None, None)
    named = _COLLECTION.sub("", named)
    for lead in _LEADS:
        named = named.removeprefix(lead)
    named = _TRADE_TAIL.sub("", _PORTION.sub("", named))
    return Goods(named.strip("“”\"' ,") or None, None)


def modifier_goods(text: str, sentence: ParsedSentence, noun: int, mentions: Sequence[Mention]) -> str | None:
    """The goods that stand before the tariff noun itself: "steel and aluminium tariffs"."""
    tokens = sentence.tokens
    named = {sentence.token_at(m.start + k) for m in mentions for k in range(0, m.end - m.start, 1)}
    first = noun
    while first > 0:
        before = tokens[first - 1]
        joined = before.tag is Tag.COORDINATOR and first < noun
        if not joined and (before.tag is not Tag.NOMINAL or _says_kind(before.lower) or first - 1 in named):
            break
        first -= 1
    while first < noun and tokens[first].tag is Tag.COORDINATOR:
        first += 1
    return text[tokens[first].start : tokens[noun - 1].end] if first < noun else None


def _says_kind(word: str) -> bool:
    """Whether a word before the tariff noun says what kind of tariff it is, not on what."""
    words = tariff_words()
    return word in words.plain or word in words.measure | words.weak_measure or word.endswith(_KINDS)


def _places(sentence: ParsedSentence, measure: Measure) -> list[int]:
    """Where the "on" can stand, the likeliest place first."""
    group = measure.group
    anchor = max(measure.last, measure.noun if measure.noun is not None else 0)
    places = [anchor + 1]
    if measure.noun is not None and measure.rule in ("noun_before", "tariff_is_rate", "raised_by"):
        places.insert(0, measure.noun + 1)
    if group is not None and group.first > anchor:
        places.append(group.last + 1)
    behind = imposed_behind(sentence, anchor)
    if behind is not None:
        places.append(behind.last + 1)
    pays = group is not None and group.lemma in tariff_words().subject_pays
    if group is not None and not pays:
        places.extend(p.last + 1 for p in subject(sentence, group) if p.last < group.first < measure.first)
    return places


def _opens(sentence: ParsedSentence, measure: Measure, i: int, start: int) -> bool:
    tokens = sentence.tokens
    word = tokens[i].lower
    if word in ("on", "against", "upon"):
        return tokens[i + 1].lower not in ("top", "average", "hold", "ice", "march", "april")
    if word in ("to", "for") and tokens[i - 1].lower in _ATTACHED:
        return True
    if measure.rule == "duty_per_unit" and i == start and word == "of":
        return True
    subject_from = measure.group is not None and i < measure.group.first and i == start and i < measure.first
    return (word == "for" and i == start) or (word == "from" and subject_from) or word == "targeting"


def _says_status(sentence: ParsedSentence, i: int) -> bool:
    """Whether a phrase that says a status starts at token `i` ("on hold")."""
    words = " ".join(t.lower for t in sentence.tokens[i : i + 4]) + " "
    return any(words.startswith(f"{phrase} ") for phrase in tariff_words().status_phrase)


def _limit(sentence: ParsedSentence, i: int) -> int:
    """The last token before the next clause."""
    for group in sentence.groups:
        if group.first > i and group.form == "finite":
            if group.lemma == "apply" or _attributive(sentence, group):
                continue
            return group.first - 1
    return len(sentence.tokens) - 1


def _attributive(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """A past form that stands before its noun or leads to an origin: "and liquefied gas", "billets imported from"."""
    tokens = sentence.tokens
    if group.first != group.last or tokens[group.first].tag is not Tag.PAST or group.first + 1 >= len(tokens):
        return False
    if tokens[group.first].lower in tariff_words().origin:
        return True
    before, after = tokens[group.first - 1], tokens[group.first + 1]
    return before.tag in (Tag.COORDINATOR, Tag.COMMA, Tag.PREPOSITION) and after.tag in (Tag.NOMINAL, Tag.NAME)


def _bounded(sentence: ParsedSentence, measure: Measure, first: int, is_time: Callable[[int], bool]) -> int:
    limit = _limit(sentence, first - 1)
    inside = measure.group is not None and measure.group.first == limit + 1
    return _end(sentence, first, limit, is_time, inside)


def _end(sentence: ParsedSentence, first: int, limit: int, is_time: Callable[[int], bool], inside: bool) -> int:
    """The last token of the list of goods: it ends where a clause, an infinitive, a time or another rate starts.

    `inside` says that the list stands inside the subject of the verb that follows it.
    """
    tokens = sentence.tokens
    origin = tariff_words().origin
    last = first
    for i in range(first, limit + 1):
        token = tokens[i]
        if token.tag in (Tag.PAST, Tag.PARTICIPLE) and token.lemma in tariff_words().imposing:
            break
        if token.tag is Tag.BE and i + 1 <= limit and tokens[i + 1].lower in origin:
            continue
        if i > first and _ends_goods(sentence, i):
            break
        if token.tag in _STOPS or (token.tag is Tag.GERUND and token.lower not in origin):
            break
        if (i > first and is_time(i)) or (
            token.lower in ("from", "by", "to") and (is_time(i + 1) or _figure(sentence, i + 1))
        ):
            break
        if token.lower in _ENDS and i > first and not _after_quantity(sentence, first, i) and token.lower not in origin:
            if not (token.lower == "in" and tokens[i - 1].lower in origin) and tokens[i - 1].lower not in _MAKERS:
                break
        if token.tag in (Tag.COMMA, Tag.COORDINATOR) and not _list_goes_on(sentence, i, limit, inside):
            break
        if token.tag in _SPAN or token.tag in (Tag.PAST, Tag.PARTICIPLE):
            last = i
    return last


def _ends_goods(sentence: ParsedSentence, i: int) -> bool:
    """Whether a past form at token `i` starts a clause on the goods: "goods tied to the purchase of"."""
    token = sentence.tokens[i]
    if token.tag not in (Tag.PAST, Tag.PARTICIPLE) or token.lower in tariff_words().origin:
        return False
    following = sentence.tokens[i + 1].tag if i + 1 < len(sentence.tokens) else Tag.BREAK
    return following in (Tag.PREPOSITION, Tag.TO, Tag.ADVERB, Tag.BREAK) and sentence.tokens[i - 1].tag in (
        Tag.NOMINAL,
        Tag.NAME,
    )


def _figure(sentence: ParsedSentence, i: int) -> bool:
    while i < len(sentence.tokens) and sentence.tokens[i].lower in _STANDING:
        i += 1
    if i >= len(sentence.tokens):
        return False
    return sentence.tokens[i].tag is Tag.NUMBER or sentence.tokens[i].lower in ("between", "zero", "nil")


def _list_goes_on(sentence: ParsedSentence, joint: int, limit: int, inside: bool) -> bool:
    """After a comma or "and" the list of goods goes on with a noun phrase, unless that is another rate or a clause."""
    following = sentence.tokens[joint + 1 : min(joint + 8, limit + 1)]
    if not following or following[0].lower in _ENDS:
        return False
    if following[0].tag in (Tag.PREPOSITION, Tag.TO, Tag.GERUND, Tag.ADVERB, Tag.OPEN):
        return False
    for token in following:
        if token.lower in ("%", "percent", "per cent", "pct") or token.lower in tariff_words().measure:
            return False
        if token.tag in (Tag.COMMA, Tag.COORDINATOR, Tag.PREPOSITION):
            break
    if not inside and _subject_of_next(sentence, joint, limit):
        return False
    nouns = [t for t in following if t.tag in (Tag.NOMINAL, Tag.NAME)]
    if not nouns:
        return False
    if sentence.tokens[joint].tag is Tag.COORDINATOR or following[0].tag is Tag.COORDINATOR:
        return True
    rest = sentence.tokens[joint + 1 : limit + 1]
    return any(t.tag is Tag.COORDINATOR for t in rest[:16]) and following[0].tag is not Tag.DETERMINER


def _subject_of_next(sentence: ParsedSentence, joint: int, limit: int) -> bool:
    """Whether what follows the joint is the subject of the next clause: "on pork and Canada put a duty"."""
    phrase = sentence.phrase_at(sentence.tokens[joint + 1].start)
    return phrase is not None and phrase.last == limit and limit + 1 < len(sentence.tokens)


def _after_quantity(sentence: ParsedSentence, first: int, i: int) -> bool:
    """Whether only a sum of money stands between the start and token `i`: "on $50 billion in Chinese imports"."""
    between = sentence.tokens[first:i]
    return any(t.tag in (Tag.CURRENCY, Tag.NUMBER) for t in between) and _past_quantity(sentence, first, i) >= i


def _past_quantity(sentence: ParsedSentence, first: int, last: int) -> int:
    """The token after a sum that opens the stretch ("an additional $200 billion worth of")."""
    tokens = sentence.tokens
    i = first
    seen = False
    units = ("euros", "dollars", "pounds", "yen", "yuan")
    lead = frozenset(
        "an a another additional up to about some the remaining nearly more than worth of in further".split()
    )
    while i <= last and (tokens[i].tag in (Tag.CURRENCY, Tag.NUMBER) or tokens[i].lower in (*lead, *units)):
        seen = seen or tokens[i].tag is Tag.CURRENCY or tokens[i].lower in units
        i += 1
    return i if seen else first


def _modifies(sentence: ParsedSentence, first: int, at: int, end: int, last: int) -> bool:
    """Whether the country stands before its goods behind general words only: "imports of Chinese steel"."""
    tokens = sentence.tokens
    words = tariff_words()
    plain = words.goods | words.classes | words.origin | _GENERIC | _SELLERS
    lead = all(t.lower in plain or t.tag is Tag.DETERMINER for t in tokens[first:at])
    return lead and end < last and tokens[end + 1].tag in (Tag.NOMINAL, Tag.NAME)


def _without_sellers(sentence: ParsedSentence, span: tuple[int, int], mentions: Sequence[Mention]) -> tuple[int, int]:
    """The span less the countries before the goods ("Chinese and Indian steel") and after them ("steel from China")."""
    tokens = sentence.tokens
    origin = tariff_words().origin | _SELLERS | {"being", "by"}
    first, last = span
    first = _past_quantity(sentence, first, last)
    while first < last and (tokens[first].tag is Tag.DETERMINER or tokens[first].lower in origin | _GENERIC):
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
            while cut > first and (tokens[cut].lower in origin or tokens[cut].tag in (Tag.DETERMINER, Tag.COMMA)):
                cut -= 1
            if tokens[cut + 1].lower in origin:
                last = min(last, cut)
    for i in range(first + 1, last + 1):
        if tokens[i].lower == "worth":
            last = i - 1
            break
    return first, last
