"""The goods that stand where those who pay could: "Apples will attract a duty", "would hit cocoa from Togo with"."""

from __future__ import annotations

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Mention
from communique.extraction.tariffs.goods import goods
from communique.extraction.tariffs.words import tariff_words

_PEOPLE = ("makers", "farmers", "growers", "brewers", "producers", "importers", "exporters", "consumers", "buyers")
_NO_GOODS = frozenset(
    "country nation bloc government island company firm state economy administration side sides both it they we who "
    "which that others these those former latter all none most some ally "
    "partner neighbour neighbor rival business businesses travellers shoppers "
    "manufacturers retailers people households industry sector duty duties tariff tariffs levy levies one ones".split()
)
_NAMES = (Tag.NOMINAL, Tag.NAME)
_CLOSING = (*_NAMES, Tag.CLOSE)
_JOINTS = (Tag.COMMA, Tag.COORDINATOR)
_LEAD = frozenset({*_JOINTS, Tag.NAME, Tag.GENITIVE})
_OWNING = frozenset({*_NAMES, Tag.GENITIVE})
_IN_SUBJECT = frozenset(
    {Tag.NOMINAL, Tag.NAME, Tag.PREPOSITION, Tag.COMMA, Tag.COORDINATOR, Tag.DETERMINER, Tag.GENITIVE, Tag.TO}
    | {Tag.PAST, Tag.PARTICIPLE, Tag.GERUND, Tag.POSSESSIVE, Tag.NUMBER, Tag.ADVERB}
)


def patient_span(sentence: ParsedSentence, group: VerbGroup, first: int, pays: bool) -> tuple[int, int] | None:
    """First and last token of what the verb says is hit, or None; the measure starts at token `first`.

    `pays` says that the subject is the one hit although the verb is active ("faces", "will attract").
    """
    words = tariff_words()
    given = group.passive and group.lemma in words.imposing and _has_object(sentence, group, first)
    if pays or given or ((group.passive or group.form == "participle") and group.lemma in words.patient_hit):
        phrases = subject(sentence, group)
        if not phrases or phrases[0].first > group.first:
            return None
        begin, end = phrases[0].first, group.first - 1
    elif group.lemma in words.patient_hit and not group.passive:
        begin, end = group.last + 1, _before_with(sentence, group.last + 1, first)
    else:
        return None
    while end > begin and sentence.tokens[end].tag not in _CLOSING:
        end -= 1
    joints = (Tag.RELATIVE, Tag.BREAK, Tag.SUBORDINATOR, Tag.TO)
    return (begin, end) if begin <= end and not any(t.tag in joints for t in sentence.tokens[begin:end]) else None


def goods_clause(sentence: ParsedSentence, group: VerbGroup) -> tuple[int, int, int] | None:
    """First and last token of the subject of `group` where goods stand in it, and the token that names them.

    The subject is taken whole: "Goods shipped to Togo from Mali, Niger and Benin are set to face".
    """
    tokens = sentence.tokens
    before = [g for g in sentence.groups if g.last < group.first]
    while group.form == "infinitive" and before:
        group = before.pop()
    end = group.first - 1
    while end >= 0 and tokens[end].tag == Tag.ADVERB:
        end -= 1
    begin = end
    while begin >= 0 and tokens[begin].tag in _IN_SUBJECT:
        begin -= 1
    goods_words = tariff_words().goods
    named = [i for i in range(begin + 1, end + 1) if tokens[i].lower in goods_words]
    if named and tokens[begin + 1].tag == Tag.PREPOSITION:
        begin = next((i for i in range(named[-1], begin, -1) if tokens[i].tag == Tag.COMMA), begin)
    phrases = subject(sentence, group) if not named else ()
    if phrases and tokens[phrases[0].head].lower in goods_words:
        begin, named = phrases[0].first - 1, [phrases[0].head]
        end = phrases[0].head
        while end + 1 < group.first and tokens[end + 1].tag in _IN_SUBJECT:
            end += 1
    return (begin + 1, end, named[-1]) if named else None


def place_in_goods(sentence: ParsedSentence, mention: Mention, goods_at: int) -> str | None:
    """What a country in the subject of goods is to them, None for a bystander.

    Behind the goods it is their `seller` or the `market` they go to; right before them their `owner`.
    """
    tokens = sentence.tokens
    at, end = sentence.token_at(mention.start), sentence.token_at(mention.end - 1)
    if at < goods_at:
        between = tokens[end + 1 : goods_at]
        joint = next((i for i in range(len(between), 0, -1) if between[i - 1].tag in _JOINTS), 0)
        lead = all(t.tag in _LEAD for t in between[:joint])
        return "owner" if lead and all(t.tag in _OWNING for t in between[joint:]) else None
    leading = [t.lower for t in tokens[goods_at:at] if t.tag in (Tag.PREPOSITION, Tag.TO)]
    return {"from": "seller", "of": "seller", "to": "market", "into": "market"}.get(leading[-1] if leading else "")


def _has_object(sentence: ParsedSentence, group: VerbGroup, noun: int) -> bool:
    """Whether a passive keeps the tariff at token `noun` for its object: "will be levied import duty"."""
    between = sentence.tokens[group.last + 1 : noun]
    return group.last < noun <= group.last + 4 and all(
        t.tag in (Tag.NOMINAL, Tag.NUMBER, Tag.DETERMINER) for t in between
    )


def patient_goods(text: str, sentence: ParsedSentence, span: tuple[int, int], named: tuple[Mention, ...]) -> str | None:
    """The goods named in the tokens of `span`, None where it names people, firms or countries."""
    found = goods(text, sentence, span, named).product
    if found is None or sentence.tokens[span[0]].tag == Tag.PRONOUN:
        return None
    if not all(_sells(text, sentence, mention) for mention in named):
        return None
    head = found.lower().split()[-1].strip("“”\"'.,")
    return None if head in _NO_GOODS or head.endswith(_PEOPLE) else found


def _sells(text: str, sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether a country only tells whose goods are meant: "Peruvian fish", "fish from Peru"."""
    after = sentence.token_at(mention.end - 1) + 1
    before = text[max(0, mention.start - 10) : mention.start].lower().removesuffix("the ").split()[-1:]
    leads = after < len(sentence.tokens) and sentence.tokens[after].tag in (Tag.NOMINAL, Tag.GENITIVE)
    return leads or before in (["from"], ["of"], ["in"], ["and"])


def _before_with(sentence: ParsedSentence, begin: int, first: int) -> int:
    """The token before the "with" that leads to the measure at token `first`; `begin - 1` where there is none."""
    for i in range(first, begin, -1):
        if sentence.tokens[i].lower in ("with", "by"):
            return i - 1
    return begin - 1
