"""Complements with an object that is to act: "X (not) to act"."""

from __future__ import annotations

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.hits import Complement, Hit
from communique.extraction.recommendations.phrases import LIGHT, verb_after
from communique.extraction.recommendations.words import is_agent, is_deed, words_of

FARTHEST = 60
NEAR = 9
_LONGEST_ASIDE = 24
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight".split())
_WHEN = frozenset({"on", "in", "at", "during"})
_SHARES = frozenset({"all", "each", "both", "every", "many", "most", "some"})
_DASHES = frozenset({"—", "–", "--", "-"})


def of_object_infinitive(hit: Hit) -> Complement | None:
    """ "X (not) to act"."""
    return object_infinitive(hit.sentence, hit.last, FARTHEST)


def of_object_infinitive_near(hit: Hit) -> Complement | None:
    """The same with few words between."""
    found = object_infinitive(hit.sentence, hit.last, NEAR)
    tokens = hit.sentence.tokens
    informed = (
        found is not None
        and tokens[hit.first].lemma == "tell"
        and any(t.lower == "that" and t.tag == Tag.RELATIVE for t in tokens[hit.last + 2 : found.verb])
    )
    return None if informed else found


def of_object_not_infinitive(hit: Hit) -> Complement | None:
    """ "X not to act"."""
    sentence, last = hit.sentence, hit.last
    found = object_infinitive(sentence, last, FARTHEST)
    return found if found is not None and found.negated else None


def of_agent_infinitive(hit: Hit) -> Complement | None:
    """ "X (not) to act" where X can act, or where something is to be done to X ("for talks to be held")."""
    sentence, last = hit.sentence, hit.last
    found = object_infinitive(sentence, last, FARTHEST)
    if found is None or found.addressees is None:
        return None
    phrase = next(iter(sentence.phrases_between(*found.addressees)), None)
    if phrase is None:
        return None
    head = sentence.tokens[phrase.head]
    deed = is_deed(head.lower)
    return found if sentence.tokens[found.verb].tag == Tag.BE or is_agent(head.lower) or not deed else None


def object_infinitive(sentence: ParsedSentence, last: int, farthest: int) -> Complement | None:
    tokens = sentence.tokens
    start = last + 1
    while start < len(tokens) and tokens[start].tag in LIGHT:
        start += 1
    named = sentence.phrases_between(start, start) or _behind_inserted(sentence, start)
    if not named and start + 2 < len(tokens) and tokens[start].lower in _SHARES and tokens[start + 1].lower == "of":
        named = sentence.phrases_between(start + 2, start + 2)
    if not named or any(t.tag == Tag.CURRENCY for t in tokens[named[0].first : named[0].last + 1]):
        return None
    relative = False
    aside = -1
    for j in range(start + 1, min(start + farthest, len(tokens))):
        token = tokens[j]
        if j <= aside:
            continue
        if token.tag in (Tag.BREAK, Tag.SUBORDINATOR):
            aside = _between_dashes(tokens, j)
            if aside < 0:
                return None
            continue
        if token.tag == Tag.COMMA and j + 1 < len(tokens) and tokens[j + 1].tag == Tag.GERUND:
            return None
        if token.lower == "that" and tokens[j + 1 : j + 2] and tokens[j + 1].lower in ("it", "he", "she", "they", "we"):
            return None
        if token.tag == Tag.RELATIVE:
            relative = True
        elif token.tag in (Tag.MODAL, Tag.THIRD) and not relative:
            return None
        elif token.tag in (Tag.BASE, Tag.BE, Tag.HAVE) and tokens[j - 1].tag == Tag.PRONOUN and not relative:
            return None
        elif token.tag == Tag.TO or _kept_apart(tokens, j):
            found = verb_after(sentence, j, marked=True)
            if found is None:
                continue
            before = j - 1
            negated = found[1]
            while before > start and (
                tokens[before].tag in (Tag.NEGATION, Tag.COMMA, Tag.ADVERB) or tokens[before].lower in _DAYS
            ):
                only = tokens[before + 1].lower in ("only", "just", "merely", "simply")
                negated = negated or (tokens[before].tag == Tag.NEGATION and not only)
                before -= 1
            return Complement(found[0], (start, _without_occasion(sentence, start, before)), negated)
    return None


def _without_occasion(sentence: ParsedSentence, start: int, end: int) -> int:
    """The end of who is asked, without when or where that was said: "urged Japan in a statement on Friday to act"."""
    while end > start and sentence.tokens[end].lower in _WHEN:
        end -= 1
    for phrase in reversed(sentence.phrases_between(start + 1, end)):
        head = sentence.tokens[phrase.head].lower
        if phrase.last == end and phrase.preposition in _WHEN and head in _DAYS | words_of("words", "occasions"):
            end = phrase.first - 2
    return end


def _behind_inserted(sentence: ParsedSentence, start: int) -> tuple[NounPhrase, ...]:
    """The phrase behind a word in brackets or a participle: "(Chilean) President Rojas", "leading exporter Peru"."""
    tokens = sentence.tokens
    opens = start if start < len(tokens) and tokens[start].tag != Tag.DETERMINER else start + 1
    if opens + 3 < len(tokens) and tokens[opens].tag == Tag.OPEN and tokens[opens + 2].tag == Tag.CLOSE:
        return sentence.phrases_between(opens + 3, opens + 3)
    leads = opens + 1 < len(tokens) and tokens[opens].tag == Tag.GERUND
    return sentence.phrases_between(opens + 1, opens + 1) if leads else ()


def _between_dashes(tokens: tuple[Token, ...], dash: int) -> int:
    """The dash that closes an aside opened at token `dash` before "(not) to": "the rebels—all of them—to leave"."""
    if tokens[dash].text not in _DASHES:
        return -1
    for j in range(dash + 2, min(dash + _LONGEST_ASIDE, len(tokens) - 1)):
        if tokens[j].text in _DASHES:
            return j if tokens[j + 1].lower in ("to", "not") else -1
    return -1


def _kept_apart(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether token `j` is a "to" kept from its verb: "to “fully release” them", "to: (a) release"."""
    if tokens[j].lower != "to" or j + 1 >= len(tokens):
        return False
    return tokens[j + 1].tag in (Tag.QUOTE, Tag.ADVERB, Tag.OPEN) or tokens[j + 1].text == ":"
