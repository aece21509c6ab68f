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


def _has_object(sentence: ParsedSentence, group: VerbGroup, noun: int) -> bool:
    """Whether a passive keeps the tariff at token `noun` for its object: "will be levied import duty"."""
    between = sentence.tokens[group.last + 1 : noun]
    return group.last < noun <= group.last + 4 and all(
        t.tag in (Tag.NOMINAL, Tag.NUMBER, Tag.DETERMINER) for t in between
    )


def patient_goods(text: str, sentence: ParsedSentence, span: tuple[int, int], named: tuple[Mention, ...]) -> str | None:
    """The goods named in the tokens of `span`, None where it names people, firms or countries."""
    found = goods(text, sentence, span, named).product
    if found is None or sentence.tokens[span[0]].tag is Tag.PRONOUN:
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
