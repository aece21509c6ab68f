"""Forms that stand where the grammar takes them for something else: "with Spain offering to", "received funding"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from communique.extraction.aid.wanted import EXACTNESS
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag, verb_forms

_UNTIL = frozenset({"by", "until", "since"})
_PRICED = frozenset({"value", "estimate", "price"})


def reread(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with verbs that were read as nouns, nouns read as verbs and times read as agents put right."""
    sentence = _with_apposed_verbs(sentence)
    return _with_counted_goods(_with_nominal_gerunds(_with_absolutes(_with_prices(_without_times(sentence)))))


def _with_apposed_verbs(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with a past form behind a comma made a verb where a sum follows: "the minister, Ann Lee, promised up
    to $5m".
    """
    wrong = [g for g in sentence.groups if g.form == "participle" and _takes_sum(sentence, g)]
    if not wrong:
        return sentence
    groups = (replace(g, form="finite", tense="past", passive=False) if g in wrong else g for g in sentence.groups)
    return sentence.reread(sentence.phrases, tuple(groups))


def _takes_sum(sentence: ParsedSentence, group: VerbGroup) -> bool:
    tokens, i = sentence.tokens, group.last + 1
    commas = sum(t.tag == Tag.COMMA for t in tokens[max(0, group.first - 14) : group.first])
    if group.first < 2 or tokens[group.first - 1].tag != Tag.COMMA or commas < 2:
        return False
    while i < len(tokens) and tokens[i].lower in EXACTNESS:
        i += 1
    summed = i < len(tokens) and tokens[i].tag == Tag.CURRENCY
    return summed and aid_words().gives_or_stops(group.lemma)


def _with_counted_goods(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with goods behind their number, read as a verb, made a noun: "sent ten surgical masks"."""
    heads: dict[int, VerbGroup] = {}
    for before, group in pairwise(sentence.groups):
        token = sentence.tokens[group.first]
        if group.first == group.last and group.tense == "present" and token.lower in aid_words().goods:
            if aid_words().gives_or_stops(before.lemma) and sentence.tokens[before.last + 1].tag == Tag.NUMBER:
                heads[group.first - 1] = group
    counted = {p.last for p in sentence.phrases if sentence.tokens[p.first].tag == Tag.NUMBER}
    heads = {last: group for last, group in heads.items() if last in counted}
    if not heads:
        return sentence
    phrases = (
        replace(p, last=heads[p.last].last, head=heads[p.last].last, end=heads[p.last].end) if p.last in heads else p
        for p in sentence.phrases
    )
    return sentence.reread(tuple(phrases), tuple(g for g in sentence.groups if g not in heads.values()))


def _without_times(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with phrases behind "by now" and the like governed by nothing: "has sent by now ten teams"."""
    timed: list[NounPhrase] = []
    for phrase in sentence.phrases:
        joined = bool(timed) and phrase.preposition == timed[-1].preposition and _is_joined(sentence, timed[-1], phrase)
        if joined or (phrase.preposition in _UNTIL and _opens_with_time(sentence, phrase)):
            timed.append(phrase)
    if not timed:
        return sentence
    phrases = (replace(p, preposition=None) if p in timed else p for p in sentence.phrases)
    return sentence.reread(tuple(phrases), sentence.groups)


def _opens_with_time(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    return phrase.first > 1 and sentence.tokens[phrase.first - 1].lower in ("now", "then")


def _is_joined(sentence: ParsedSentence, before: NounPhrase, phrase: NounPhrase) -> bool:
    return phrase.first == before.last + 2 and sentence.tokens[before.last + 1].tag in (Tag.COORDINATOR, Tag.COMMA)


def _with_prices(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with "valued at" behind a comma read as a description of what stands before it."""
    wrong = [g for g in sentence.groups if g.lemma in _PRICED and _prices(sentence, g)]
    if not wrong:
        return sentence
    groups = (replaced(g) if g in wrong else g for g in sentence.groups)
    return sentence.reread(sentence.phrases, tuple(groups))


def _prices(sentence: ParsedSentence, group: VerbGroup) -> bool:
    bare = group.form == "finite" and group.first == group.last and sentence.tokens[group.first].tag == Tag.PAST
    after = sentence.tokens[group.last + 1 : group.last + 2]
    behind = group.first > 0 and sentence.tokens[group.first - 1].tag == Tag.COMMA
    return bare and behind and bool(after) and after[0].lower == "at"


def replaced(group: VerbGroup) -> VerbGroup:
    """A group made a bare participle."""
    return VerbGroup(
        group.first, group.last, group.main, group.lemma, "participle", None, None, False, False, False, False,
        group.start, group.end,
    )  # fmt: skip


def _with_absolutes(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with the verb found that "with" leaves behind a name: "with Spain offering to give"."""
    for phrase in sentence.phrases:
        if phrase.preposition != "with" or phrase.first == phrase.last:
            continue
        verb, after = sentence.tokens[phrase.last], sentence.tokens[phrase.last + 1 : phrase.last + 2]
        form = verb_forms().get(verb.lower) if verb.lower.endswith("ing") else None
        if form is None or form.lemma not in aid_words().governing or not after or after[0].tag != Tag.TO:
            continue
        i = phrase.last
        made = VerbGroup(i, i, i, form.lemma, "gerund", None, None, False, False, False, False, verb.start, verb.end)
        left = replace(phrase, last=i - 1, head=min(phrase.head, i - 1), end=sentence.tokens[i - 1].end)
        phrases = tuple(left if p is phrase else p for p in sentence.phrases)
        return sentence.reread(phrases, tuple(sorted([*sentence.groups, made], key=lambda g: g.first)))
    return sentence


def _with_nominal_gerunds(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with the noun found right behind a verb of receiving or stopping: "has received funding from"."""
    wrong = [g for g in sentence.groups if g.form == "gerund" and _is_received(sentence, g)]
    if not wrong:
        return sentence
    made = [_made_noun(sentence, g) for g in wrong]
    phrases = tuple(sorted([*sentence.phrases, *made], key=lambda p: p.first))
    return sentence.reread(phrases, tuple(g for g in sentence.groups if g not in wrong))


def _made_noun(sentence: ParsedSentence, group: VerbGroup) -> NounPhrase:
    first = group.first - (sentence.tokens[group.first - 1].tag == Tag.POSSESSIVE)
    return NounPhrase(first, group.last, group.last, None, sentence.tokens[first].start, group.end)


def _is_received(sentence: ParsedSentence, group: VerbGroup) -> bool:
    words = aid_words()
    if group.first != group.last or sentence.tokens[group.first].lower not in words.aid_nouns:
        return False
    owned = group.first > 0 and sentence.tokens[group.first - 1].tag == Tag.POSSESSIVE
    above = next((g for g in sentence.groups if g.last == group.first - 1 - owned), None)
    after = sentence.tokens[group.last + 1 : group.last + 2]
    governs = bool(after) and after[0].tag == Tag.PREPOSITION
    flows = above is not None and (
        above.lemma in words.receiving or above.lemma in words.stopping or above.lemma in words.restoring
    )
    return flows and above is not None and not above.passive and governs
