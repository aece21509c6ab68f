"""Verbs of giving inside what was read as noun phrases: "this brings", "saw Japan pledge"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag, verb_forms

_POINTING = frozenset({"this", "that", "which"})
_SEEING = frozenset({"see", "watch", "have", "make", "let"})
_WENT = {"went": "go", "came": "come", "goes": "go", "comes": "come"}
_OPENS_OBJECT = frozenset({Tag.NAME, Tag.NUMBER, Tag.CURRENCY, Tag.DETERMINER, Tag.POSSESSIVE})
_PRESENTS = {
    "brings": "bring",
    "takes": "take",
    "raises": "raise",
    "includes": "include",
    "provides": "provide",
    "brought": "bring",
    "took": "take",
    "raised": "raise",
    "included": "include",
}


def with_hidden_verbs(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with verbs of giving that stand inside noun phrases made verbs."""
    found = _hidden_verbs(sentence)
    if not found:
        return sentence
    groups, phrases = list(sentence.groups), list(sentence.phrases)
    for i, lemma, form in found:
        verb = sentence.tokens[i]
        made, tense = ("gerund", None) if form == "gerund" else ("finite", form)
        groups.append(VerbGroup(i, i, i, lemma, made, tense, None, False, False, False, False, verb.start, verb.end))
        covering = next((p for p in phrases if p.first <= i <= p.last), None)
        if covering is not None:
            phrases.remove(covering)
            phrases.extend(_beside(sentence, covering, i))
    return sentence.reread(tuple(sorted(phrases, key=lambda p: p.first)), tuple(sorted(groups, key=lambda g: g.first)))


def _hidden_verbs(sentence: ParsedSentence) -> list[tuple[int, str, str]]:
    """The tokens inside noun phrases that are verbs of giving, with lemma and tense: "this brings", "each gave",
    "by lending Laos $5m", "saw Japan pledge $5m", "$5m went to".
    """
    tokens, found = sentence.tokens, []
    for i in range(1, len(tokens) - 1):
        before, token = tokens[i - 1].lower, tokens[i]
        if before in _POINTING:
            if token.lower in _PRESENTS and sentence.group_at(token.start) is None:
                found.append((i, _PRESENTS[token.lower], "present"))
        elif before == "each" or (before == "by" and token.lower.endswith("ing")):
            lemma = _lemma_of_giving(token.lower)
            if lemma is None or sentence.group_at(token.start) is not None:
                continue
            after = tokens[i + 1].tag
            if before == "each" and (after in _OPENS_OBJECT or after == Tag.NOMINAL):
                found.append((i, lemma, "past"))
            elif before == "by" and after in _OPENS_OBJECT:
                found.append((i, lemma, "gerund"))
        elif token.lower == "stands" and tokens[i + 1].lower == "at" and tokens[i + 2 : i + 3]:
            if tokens[i + 2].tag in (Tag.CURRENCY, Tag.NUMBER) and sentence.group_at(token.start) is None:
                found.append((i, "stand", "present"))
        elif tokens[i - 1].tag == Tag.NUMBER or before in ("million", "billion"):
            if token.lower in _WENT and sentence.group_at(token.start) is None:
                found.append((i, _WENT[token.lower], "past"))
    return [*found, *_seen_to_give(sentence)]


def _seen_to_give(sentence: ParsedSentence) -> Iterator[tuple[int, str, str]]:
    """The bare verbs of giving under a verb of seeing: "the drive saw Japan pledge $5m", "has seen China lend"."""
    for group in sentence.groups:
        if group.lemma not in _SEEING or group.passive or group.negated:
            continue
        phrase = next((p for p in sentence.phrases if p.first == group.last + 1), None)
        if phrase is None or phrase.preposition is not None:
            continue
        for i in range(phrase.first + 1, min(phrase.last + 2, len(sentence.tokens) - 1)):
            lower, after = sentence.tokens[i].lower, sentence.tokens[i + 1]
            form = verb_forms().get(lower)
            giving = form is not None and form.lemma == lower and aid_words().gives_or_stops(lower)
            summed = after.tag in _OPENS_OBJECT or after.lower in ("billions", "millions")
            if giving and summed and sentence.group_at(sentence.tokens[i].start) is None:
                yield i, lower, "past"
                break


def _lemma_of_giving(word: str) -> str | None:
    """The verb of giving that a past form or one in -ing belongs to, None for any other word."""
    verb = verb_forms().get(word)
    giving = verb is not None and aid_words().gives_or_stops(verb.lemma) and word != verb.lemma
    return verb.lemma if verb is not None and giving and not word.endswith("s") else None


def _beside(sentence: ParsedSentence, phrase: NounPhrase, i: int) -> Iterator[NounPhrase]:
    """What is left of a phrase before and behind a token of it."""
    if i > phrase.first:
        yield replace(phrase, last=i - 1, head=i - 1, end=sentence.tokens[i - 1].end)
    if phrase.last > i:
        yield replace(phrase, first=i + 1, start=sentence.tokens[i + 1].start, preposition=None)
