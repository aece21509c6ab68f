"""Readings of the grammar put right where the words of aid tell better: nouns read as verbs, verbs read as nouns."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from communique.extraction.aid.hidden import with_hidden_verbs
from communique.extraction.aid.misread import reread
from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag


def repaired(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with "this brings", read as one noun phrase, made a pronoun and a verb, and with "the $5m the
    country", read as one too, made two; with adjectives and nouns that were read as verbs made what they are.
    """
    sentence = reread(_with_main_verb(sentence))
    sentence = _with_participles(_with_adjectives(_with_estimates(_with_plural_nouns(_parted(sentence)))))
    return with_hidden_verbs(sentence)


def _with_plural_nouns(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence without verbs that are the plural noun of a compound ("Aid pledges for Kenya are")."""
    tokens = sentence.tokens
    wrong = [
        g
        for g in sentence.groups
        if g.first == g.last > 0
        and tokens[g.first].lower in _PLURALS
        and (tokens[g.first - 1].lower in _COMPOUNDED or _joins_aid(tokens, g.first))
        and g.last + 1 < len(tokens)
        and tokens[g.last + 1].tag
        in (Tag.PREPOSITION, Tag.COMMA, Tag.BE, Tag.HAVE, Tag.SUBORDINATOR, Tag.MODAL, Tag.TO)
    ]
    if not wrong:
        return sentence
    heads = {g.first - 1: g for g in wrong}
    phrases = [
        replace(p, last=heads[p.last].last, head=heads[p.last].last, end=heads[p.last].end) if p.last in heads else p
        for p in sentence.phrases
    ]
    for group in wrong:
        before = next((p for p in sentence.phrases if p.last == group.first - 2), None)
        if before is not None and _joins_aid(tokens, group.first):
            phrases.append(NounPhrase(group.first, group.last, group.last, before.preposition, group.start, group.end))
    phrases.sort(key=lambda p: p.first)
    return sentence.reread(tuple(phrases), tuple(g for g in sentence.groups if g not in wrong))


def _joins_aid(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether "and" joins a noun to one of aid: "in aid and loans to Chad"."""
    joined = i > 1 and tokens[i - 1].tag == Tag.COORDINATOR
    return joined and tokens[i - 2].lower in aid_words().aid_nouns


def _parted(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with phrases parted where an article opens a second one inside them."""
    tokens = sentence.tokens
    parted: list[NounPhrase] = []
    for phrase in sentence.phrases:
        inner = next((i for i in range(phrase.first + 2, phrase.last) if _opens_second(tokens, i)), None)
        inner = _opens_relative(sentence, phrase) if inner is None else inner
        if inner is None:
            parted.append(phrase)
            continue
        end = tokens[inner - 1].end
        parted.append(replace(phrase, last=inner - 1, head=min(phrase.head, inner - 1), end=end))
        parted.append(replace(phrase, first=inner, preposition=None, start=tokens[inner].start))
    return sentence.reread(tuple(parted), sentence.groups) if len(parted) > len(sentence.phrases) else sentence


def _opens_relative(sentence: ParsedSentence, phrase: NounPhrase) -> int | None:
    """The token of a name that opens a clause on the aid before it: "the aid Bonn has provided"."""
    tokens, i = sentence.tokens, phrase.last
    while i > phrase.first and tokens[i].tag == Tag.NAME:
        i -= 1
    aid = tokens[i].text in aid_words().aid_nouns and i < phrase.last
    verb = aid and any(g.first == phrase.last + 1 and g.form == "finite" for g in sentence.groups)
    return i + 1 if verb else None


def _opens_second(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether an article stands right behind a sum's figure."""
    return tokens[i].lower in ("the", "a", "an") and tokens[i - 1].tag in (Tag.NUMBER, Tag.CURRENCY)


def _with_estimates(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with "total estimated aid" made one phrase, which was read as a verb between two."""
    for group in sentence.groups:
        if sentence.tokens[group.last].lower not in _ESTIMATED or group.first != group.last:
            continue
        before = next((p for p in sentence.phrases if p.last == group.first - 1), None)
        after = next((p for p in sentence.phrases if p.first == group.last + 1), None)
        if before is None or after is None or sentence.tokens[before.last].lower not in _SUMMING:
            continue
        whole = replace(after, first=before.first, preposition=before.preposition, start=before.start)
        phrases = (whole if p is after else p for p in sentence.phrases if p is not before)
        return sentence.reread(tuple(phrases), tuple(g for g in sentence.groups if g is not group))
    return sentence


def _with_adjectives(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence without verbs that only describe the object of the verb before them ("suspended direct aid",
    "resumed frozen loans", "release further support of"): two verbs never stand side by side in one clause.
    """
    wrong = [g for before, g in pairwise(sentence.groups) if _describes_object(sentence, before, g)]
    wrong += [g for g in sentence.groups if _describes_owned(sentence, g) and g not in wrong]
    if not wrong:
        return sentence
    phrases = list(sentence.phrases)
    for group in wrong:
        first = _opening(sentence, group)
        before = sentence.tokens[first - 1] if first else None
        governor = before.lower if before is not None and before.tag == Tag.PREPOSITION else None
        named = next((p for p in phrases if p.first == group.last + 1 and p.preposition is None), None)
        start = sentence.tokens[first].start
        if named is not None:
            phrases[phrases.index(named)] = replace(named, first=first, start=start, preposition=governor)
        else:
            phrases.append(NounPhrase(first, group.last, group.last, None, start, group.end))
    return sentence.reread(
        tuple(sorted(phrases, key=lambda p: p.first)), tuple(g for g in sentence.groups if g not in wrong)
    )


def _opening(sentence: ParsedSentence, group: VerbGroup) -> int:
    """The token that opens the noun phrase which a describing form stands in: its adverb, article or owner."""
    first = group.first
    if first and (sentence.tokens[first - 1].tag == Tag.ADVERB or sentence.tokens[first - 1].lower in _FURTHER):
        first -= 1
    if first and sentence.tokens[first - 1].tag in (Tag.POSSESSIVE, Tag.DETERMINER):
        first -= 1
    return first


def _describes_object(sentence: ParsedSentence, before: VerbGroup, group: VerbGroup) -> bool:
    """Whether a verb right behind one of giving or stopping is no verb: nothing between them can be its subject."""
    words, tokens = aid_words(), sentence.tokens
    if group.form != "finite" or group.first != group.last or group.passive or before.passive:
        return False
    gap = group.first - before.last - 1
    if gap > 1 or (gap == 1 and tokens[group.first - 1].lower not in _FURTHER):
        return False
    if before.lemma in _BARE_TAKERS or not words.gives_or_stops(before.lemma):
        return False
    owner = next((p for p in sentence.phrases if p.last == before.first - 1), None)
    if owner is not None and before.form == "finite" and _is_given(tokens[owner.head].lower):
        return False
    following = tokens[group.last + 1] if group.last + 1 < len(tokens) else None
    if following is None or group.lemma in words.moving or group.lemma in words.totalling:
        return False
    if tokens[group.first].lower in words.aid_nouns and following.tag == Tag.PREPOSITION:
        return True
    return following.tag == Tag.NOMINAL


def _describes_owned(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a past form stands between an article or owner and a noun: "its previously announced gift"."""
    tokens = sentence.tokens
    if group.first != group.last or not group.first or tokens[group.first].tag != Tag.PAST:
        return False
    i = group.first - 1 - (tokens[group.first - 1].tag == Tag.ADVERB)
    opens = i >= 0 and (tokens[i].tag == Tag.POSSESSIVE or tokens[i].lower in ("a", "an", "the"))
    return opens and group.last + 1 < len(tokens) and tokens[group.last + 1].tag == Tag.NOMINAL


def _is_given(noun: str) -> bool:
    return noun in aid_words().aid_nouns or noun in aid_words().goods


def _with_participles(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with "the doses donated and delivered to Kenya" read as what was done with the goods, which do
    nothing themselves.
    """
    groups: list[VerbGroup] = []
    for group in sentence.groups:
        if _is_reduced(sentence, group):
            governed = _ends_means(sentence, group)
            joined = bool(groups) and groups[-1].form == "participle" and _joined(sentence, groups[-1], group)
            if governed or joined or _stands_behind_goods(sentence, group):
                group = replace(group, form="participle", tense=None)
        groups.append(group)
    return sentence if groups == list(sentence.groups) else sentence.reread(sentence.phrases, tuple(groups))


def _with_main_verb(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence whose only verbs were read as participles with the last made its verb, where a sum or goods follow
    at once: "A bill passed by the house on 3 May provided $5m".
    """
    if not sentence.groups or any(g.form == "finite" for g in sentence.groups):
        return sentence
    last = next((g for g in reversed(sentence.groups) if g.form == "participle"), None)
    following = sentence.tokens[last.last + 1 : last.last + 2] if last is not None else ()
    rises = last is not None and last.lemma in aid_words().totalling and bool(following)
    rises = rises and following[0].lower in ("by", "to", "from")
    given = last is not sentence.groups[0] and bool(following) and following[0].tag == Tag.CURRENCY
    if last is None or not (rises or given):
        return sentence
    main = replace(last, form="finite", tense="past", passive=False)
    return sentence.reread(sentence.phrases, tuple(main if g is last else g for g in sentence.groups))


def _stands_behind_goods(sentence: ParsedSentence, group: VerbGroup) -> bool:
    last = group.first - 1 - (sentence.tokens[group.first - 1].lower == "already")
    phrase = next((p for p in sentence.phrases if p.last == last), None)
    if phrase is None:
        return False
    head, after = sentence.tokens[phrase.head].lower, lowers(sentence, group.last + 1, group.last + 1)
    if after == ["by"] and sentence.tokens[phrase.last].tag == Tag.NUMBER and group.lemma in aid_words().strong:
        return True
    if group.lemma in _SET_APART and _is_sum(sentence, phrase):
        return True
    return head in aid_words().goods or (head in aid_words().aid_nouns and _is_so_far(sentence, group))


def _is_sum(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase is a sum of money, by its currency sign or by its millions."""
    tokens = sentence.tokens[phrase.first : phrase.last + 1]
    return any(t.tag == Tag.CURRENCY or t.lower in ("million", "billion") for t in tokens)


def _is_so_far(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether "so far" or the like follows a form right away: "the relief provided so far"."""
    return " ".join(t.lower for t in sentence.tokens[group.last + 1 : group.last + 3]) in _SO_FAR


def _ends_means(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether "with" governs the phrase right before a verb, which then cannot be its subject: "with $5m lent"."""
    before = next((p for p in sentence.phrases if p.last == group.first - 1), None)
    summed = before is not None and any(t.tag == Tag.NUMBER for t in sentence.tokens[before.first : before.last + 1])
    return summed and before is not None and before.preposition == "with"


def _joined(sentence: ParsedSentence, before: VerbGroup, group: VerbGroup) -> bool:
    return before.last == group.first - 2 and sentence.tokens[group.first - 1].tag == Tag.COORDINATOR


def _is_reduced(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb of giving in a past form has no auxiliary and no object."""
    token = sentence.tokens[group.first]
    bare = group.form == "finite" and group.first == group.last and token.tag == Tag.PAST
    verbs = aid_words().goods_verbs | _LENT | _SET_APART
    if not (bare and group.lemma in verbs and (token.lower.endswith("ed") or token.lower in _SENT)):
        return False
    after = sentence.tokens[group.last + 1 : group.last + 2]
    followed = bool(after) and after[0].tag in (Tag.PREPOSITION, Tag.COORDINATOR, Tag.COMMA, Tag.OTHER)
    return not after or followed or _is_so_far(sentence, group)


_SO_FAR = frozenset({"so far", "thus far", "to date"})
_ESTIMATED = frozenset({"estimated", "projected", "planned", "combined"})
_SUMMING = frozenset({"total", "overall", "annual"})
_FURTHER = frozenset({"further", "more"})
_LENT = frozenset({"loan", "disburse", "allocate", "release", "pay"})
_SET_APART = frozenset({"pledge", "promise", "commit", "earmark", "allot", "allocate", "appropriate", "budget", "vow"})
"""What no sum does itself."""
_SENT = frozenset({"sent", "given", "lent", "paid"})
_BARE_TAKERS = frozenset({"help", "make", "aid"})
_PLURALS = frozenset(
    """spend cuts pledges promises offers grants supplies transfers loans credits commitments flows shipments
    doses""".split()
)
_COMPOUNDED = frozenset(
    {
        "aid",
        "relief",
        "assistance",
        "loan",
        "food",
        "donor",
        "cash",
        "funding",
        "weapons",
        "arms",
        "vaccine",
        "trade",
        "export",
    }
)
