"""Nouns made of verbs as what is recommended: "the withdrawal of troops", "Japan's involvement in"."""

from __future__ import annotations

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.hits import Complement, Hit
from communique.extraction.recommendations.phrases import owner_of, subject_region, verb_after
from communique.extraction.recommendations.words import is_deed, words_of

_FARTHEST_JOINED = 8
_LIGHT = frozenset({Tag.ADVERB, Tag.NEGATION, Tag.QUOTE})


def of_deed(hit: Hit) -> Complement | None:
    """A noun made of a verb; after "appeal to X for" X is to act."""
    sentence, last = hit.sentence, hit.last
    tokens = sentence.tokens
    i = last + 1
    while i < len(tokens) and tokens[i].tag in _LIGHT:
        i += 1
    phrase = next(iter(sentence.phrases_between(i, i)), None)
    if phrase is None and i < len(tokens) and tokens[i].tag == Tag.THIRD and tokens[last].lower == "for":
        return Complement(last + 1, None, False) if is_deed(tokens[i].lower) else None
    if phrase is None or any(t.tag == Tag.CURRENCY for t in tokens[phrase.first : phrase.last + 1]):
        return None
    if tokens[last].lower in ("to", "with"):
        wanted = next((p for p in sentence.phrases_between(i, i + 14) if p.preposition == "for"), None)
        if wanted is None or not _names_deed(sentence, wanted):
            return None
        return Complement(wanted.first, (i, wanted.first - 2), False)
    named, tail = _names_deed(sentence, phrase), phrase
    for following in sentence.phrases_between(phrase.last + 1, phrase.last + _FARTHEST_JOINED):
        joined = following.first <= tail.last + 2 and tokens[following.first - 1].tag in (Tag.COORDINATOR, Tag.COMMA)
        if named or not joined:
            break
        named, tail = _names_deed(sentence, following), following
    return Complement(phrase.first, None, False) if named else None


def of_recommended_deed(hit: Hit) -> Complement | None:
    """A noun made of a verb with what is done: "recommends the creation of a fund"."""
    found = of_deed(hit) if hit.sentence.tokens[hit.first].lower.startswith("recommend") else None
    if found is None:
        return None
    phrases = hit.sentence.phrases_between(found.verb, found.verb + 12)
    one = hit.sentence.tokens[found.verb].tag in (Tag.DETERMINER, Tag.POSSESSIVE)
    return found if one and len(phrases) > 1 and phrases[1].preposition == "of" else None


def of_deed_on(hit: Hit) -> Complement | None:
    """A noun made of a verb after "insist on"."""
    return of_deed(hit) if hit.sentence.tokens[hit.last].lower == "on" else None


def _names_deed(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    noun = sentence.tokens[phrase.head].lower
    following = sentence.tokens[phrase.last + 1].lower if phrase.last + 1 < len(sentence.tokens) else ""
    return is_deed(noun) or (following == "of" and noun in words_of("deeds", "with_object"))


def of_own_deed(hit: Hit) -> Complement | None:
    """A noun made of a verb with its doer in the genitive: "Japan's involvement in"."""
    sentence, last = hit.sentence, hit.last
    phrase = next(iter(sentence.phrases_between(last + 1, last + 1)), None)
    owner = None if phrase is None else owner_of(sentence, phrase)
    if phrase is None or owner is None or not _names_deed(sentence, phrase):
        return None
    return Complement(owner + 2, (phrase.first, owner), False)


def of_needed_deed(hit: Hit) -> Complement | None:
    """ "to act" where a deed is the subject: "action is needed to free the hostages"."""
    found = verb_after(hit.sentence, hit.last + 1, marked=True) if of_subject_deed(hit) is not None else None
    return None if found is None else Complement(found[0], None, found[1])


def of_subject_deed(hit: Hit) -> Complement | None:
    """The deed is the subject: "Japan's participation is a priority"."""
    sentence, first = hit.sentence, hit.first
    region = subject_region(sentence, first)
    if region is None:
        return None
    phrase = next(iter(sentence.phrases_between(*region)), None)
    if phrase is None or not _names_deed(sentence, phrase):
        return None
    owner = owner_of(sentence, phrase)
    if owner is None:
        return Complement(phrase.first, None, False)
    return Complement(owner + 2, (phrase.first, owner), False)
