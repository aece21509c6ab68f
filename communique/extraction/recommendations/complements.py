"""What follows the recommending words: who is to act and the verb of what is to be done.

Each complement is a function of the sentence and the tokens of the recommending words; a table names them.
"""

from __future__ import annotations

from collections.abc import Callable

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.deeds import (
    of_deed,
    of_deed_on,
    of_own_deed,
    of_recommended_deed,
    of_subject_deed,
)
from communique.extraction.recommendations.hits import Complement, Hit
from communique.extraction.recommendations.phrases import subject_region, verb_after
from communique.extraction.recommendations.that_clauses import bare_clause, that_clause
from communique.extraction.recommendations.words import NEGATIVE_SUBJECTS, is_agent, is_deed

_LIGHT = frozenset({Tag.ADVERB, Tag.NEGATION, Tag.QUOTE})
_INVERTING = frozenset({"nor", "neither", "only", "not", "never", "so", "rarely", "seldom", "then", "circumstances"})
_NEGATIVE_OPENERS = frozenset({"nor", "neither", "not", "never", "circumstances"})
_NEEDING = frozenset({"need", "needs", "requires", "require", "must", "should", "ought", "has", "have", "is", "are"})
_FARTHEST = 60
_NEAR = 9


Finder = Callable[[Hit], "Complement | None"]


def of_modal(hit: Hit) -> Complement | None:
    """The verb of the modal itself; who is to act is its subject, which may follow ("nor should X act")."""
    sentence, first, last = hit.sentence, hit.first, hit.last
    token = sentence.tokens[last]
    negative = token.lower.endswith(("n't", "n’t", "not", "longer"))
    found = verb_after(sentence, last + 1, marked=False)
    if found is not None:
        verb, negated = found
        return _with_subject(sentence, first, verb, negated or negative)
    return _inverted(sentence, first, last, negative)


def of_infinitive(hit: Hit) -> Complement | None:
    """ "(not) to act" right after the words, an agent in between passed over ("is urged by X to act")."""
    sentence, first, last = hit.sentence, hit.first, hit.last
    tokens = sentence.tokens
    start = last + 1
    if start < len(tokens) and tokens[start].lower == "by":
        start = next((j for j in range(start, min(start + 14, len(tokens))) if tokens[j].tag is Tag.TO), start)
        if tokens[start - 1].tag is Tag.NEGATION:
            start -= 1
    found = verb_after(sentence, start, marked=True)
    return None if found is None else _with_subject(sentence, first, *found)


def _with_subject(sentence: ParsedSentence, first: int, verb: int, negated: bool) -> Complement:
    region = subject_region(sentence, first)
    subject = sentence.tokens[region[0]].lower if region is not None else ""
    absent = subject == "there" and verb + 1 < len(sentence.tokens) and sentence.tokens[verb + 1].lower == "no"
    return Complement(verb, region, negated or absent or subject in NEGATIVE_SUBJECTS)


def _inverted(sentence: ParsedSentence, first: int, last: int, negative: bool) -> Complement | None:
    tokens = sentence.tokens
    openers = {t.lower for t in tokens[max(first - 6, 0) : first]} & _INVERTING
    phrase = next(iter(sentence.phrases_between(last + 1, last + 2)), None)
    if not openers or phrase is None:
        return None
    for verb in range(phrase.first + 1, min(phrase.last + 4, len(tokens))):
        found = verb_after(sentence, verb, marked=False)
        if found is not None and (found[0] > phrase.last or tokens[found[0]].tag is Tag.BASE):
            negated = negative or found[1] or (bool(openers & _NEGATIVE_OPENERS) and "only" not in openers)
            return Complement(found[0], (phrase.first, min(phrase.last, found[0] - 1)), negated)
    return None


def of_infinitive_of_none(hit: Hit) -> Complement | None:
    """ "to act" right after words that name no one who is to act."""
    found = verb_after(hit.sentence, hit.last + 1, marked=True)
    return None if found is None else Complement(found[0], None, found[1])


def of_object_infinitive(hit: Hit) -> Complement | None:
    """ "X (not) to act"."""
    return _object_infinitive(hit.sentence, hit.last, _FARTHEST)


def of_object_infinitive_near(hit: Hit) -> Complement | None:
    """The same with few words between."""
    return _object_infinitive(hit.sentence, hit.last, _NEAR)


def of_object_not_infinitive(hit: Hit) -> Complement | None:
    """ "X not to act"."""
    sentence, last = hit.sentence, hit.last
    found = _object_infinitive(sentence, last, _FARTHEST)
    return found if found is not None and found.negated else None


def _object_infinitive(sentence: ParsedSentence, last: int, farthest: int) -> Complement | None:
    tokens = sentence.tokens
    start = last + 1
    while start < len(tokens) and tokens[start].tag in _LIGHT:
        start += 1
    named = sentence.phrases_between(start, start)
    if not named or any(t.tag is Tag.CURRENCY for t in tokens[named[0].first : named[0].last + 1]):
        return None
    relative = False
    for j in range(start + 1, min(start + farthest, len(tokens))):
        token = tokens[j]
        if token.tag in (Tag.BREAK, Tag.SUBORDINATOR):
            return None
        if token.tag is Tag.RELATIVE:
            relative = True
        elif token.tag in (Tag.MODAL, Tag.THIRD) and not relative:
            return None
        elif token.tag in (Tag.BASE, Tag.BE, Tag.HAVE) and tokens[j - 1].tag is Tag.PRONOUN and not relative:
            return None
        elif token.tag is Tag.TO:
            found = verb_after(sentence, j, marked=True)
            if found is None:
                continue
            before = j - 1
            negated = found[1]
            while tokens[before].tag in (Tag.NEGATION, Tag.COMMA, Tag.ADVERB) and before > start:
                negated = negated or tokens[before].tag is Tag.NEGATION
                before -= 1
            return Complement(found[0], (start, before), negated)
    return None


def of_for_infinitive(hit: Hit) -> Complement | None:
    """ "(for X) (not) to act"; without "for X" the subject is to act, unless it is the empty "it"."""
    sentence, first, last = hit.sentence, hit.first, hit.last
    tokens = sentence.tokens
    start = last + 1
    while start < len(tokens) and (tokens[start].tag in _LIGHT or tokens[start].lower in ("now", "today")):
        start += 1
    if start < len(tokens) and tokens[start].lower == "for":
        return _object_infinitive(sentence, start, _FARTHEST)
    found = verb_after(sentence, last + 1, marked=True)
    if found is None:
        return None
    verb, negated = found
    region = subject_region(sentence, first)
    if region is not None and (region[1] >= first or sentence.tokens[region[0]].lower in ("it", "this", "that")):
        region = None
    return Complement(verb, region if sentence.group_at(tokens[first].start) else None, negated)


def of_agent_infinitive(hit: Hit) -> Complement | None:
    """ "X (not) to act" where X can act, or where something is to be done to X ("for talks to be held")."""
    sentence, last = hit.sentence, hit.last
    found = _object_infinitive(sentence, last, _FARTHEST)
    if found is None or found.addressees is None:
        return None
    phrase = next(iter(sentence.phrases_between(*found.addressees)), None)
    if phrase is None:
        return None
    head = sentence.tokens[phrase.head]
    deed = is_deed(head.lower)
    return found if sentence.tokens[found.verb].tag is Tag.BE or is_agent(head.lower) or not deed else None


def of_that_any(hit: Hit) -> Complement | None:
    """ "that X acts", the indicative included."""
    return that_clause(hit.sentence, hit.last, indicative=True, plural=True)


def of_that_singular(hit: Hit) -> Complement | None:
    """ "that X act" where the form shows that no fact is stated."""
    return that_clause(hit.sentence, hit.last, indicative=False, plural=False)


def of_that_clause(hit: Hit) -> Complement | None:
    """ "that X (should) act": the verb must not be indicative."""
    return that_clause(hit.sentence, hit.last, indicative=False, plural=True)


def of_bare_clause(hit: Hit) -> Complement | None:
    """ "X acts" without "that"; a past that is told is none ("it was right he left")."""
    told = {t.lower for t in hit.sentence.tokens[hit.first : hit.last + 1]} & {"was", "were", "became", "seemed"}
    return None if told else bare_clause(hit.sentence, hit.last, indicative=True)


def of_bare_subjunctive(hit: Hit) -> Complement | None:
    """ "X act" without "that" after the name of one who is to act."""
    return bare_clause(hit.sentence, hit.last, indicative=False)


def of_cleft(hit: Hit) -> Complement | None:
    """ "what X needs is (for Y) to act": X, or Y where it is named, is to act."""
    sentence, first = hit.sentence, hit.first
    tokens = sentence.tokens
    span = range(first + 1, min(first + 16, len(tokens) - 1))
    be = next((i for i in span if tokens[i].lower == "is" and tokens[i + 1].lower in ("to", "not", "for")), None)
    if be is None:
        return None
    if tokens[be + 1].lower == "for":
        return _object_infinitive(sentence, be + 1, _FARTHEST)
    found = verb_after(sentence, be + 1, marked=True)
    needs = next((i for i in range(first + 1, be) if tokens[i].lower in _NEEDING), first + 1)
    region = (first + 1, needs - 1) if needs > first + 1 else None
    return None if found is None else Complement(found[0], region, found[1])


def of_gerund(hit: Hit) -> Complement | None:
    """ "lifting the ban"."""
    sentence, last = hit.sentence, hit.last
    tokens = sentence.tokens
    i = last + 1
    while i < len(tokens) and tokens[i].tag in _LIGHT:
        i += 1
    if i < len(tokens) and tokens[i].tag is Tag.GERUND and i + 1 < len(tokens):
        return Complement(i, None, tokens[i - 1].tag is Tag.NEGATION)
    return None


def of_against_gerund(hit: Hit) -> Complement | None:
    """ "X against acting", which tells X not to act."""
    sentence, last = hit.sentence, hit.last
    tokens = sentence.tokens
    for i in range(last + 1, min(last + _NEAR, len(tokens) - 1)):
        if tokens[i].tag in (Tag.BREAK, Tag.TO, Tag.MODAL, Tag.RELATIVE):
            return None
        if tokens[i].lower == "against":
            warned = sentence.phrases_between(last + 1, i - 1)
            region = (warned[0].first, i - 1) if warned and warned[0].preposition is None else None
            return Complement(i + 1, region, True) if tokens[i + 1].tag is Tag.GERUND else None
    return None


def of_examples(hit: Hit) -> Complement | None:
    """ "steps that X can take, such as acting"."""
    sentence, last = hit.sentence, hit.last
    tokens = sentence.tokens
    modal = next((j for j in range(last + 1, min(last + 16, len(tokens))) if tokens[j].tag is Tag.MODAL), None)
    if modal is None:
        return None
    start = last + 2 if tokens[last + 1].tag is Tag.RELATIVE else last + 1
    for j in range(modal + 2, len(tokens) - 1):
        if tokens[j].lower in ("such", "including", ":") or tokens[j].tag is Tag.BREAK:
            verb = j + 2 if tokens[j].lower == "such" else j + 1
            return Complement(min(verb, len(tokens) - 1), (start, modal - 1), False)
    return None


FINDERS: dict[str, Finder] = {
    "verb": of_modal,
    "infinitive": of_infinitive,
    "infinitive_of_none": of_infinitive_of_none,
    "object_infinitive": of_object_infinitive,
    "object_infinitive_near": of_object_infinitive_near,
    "object_not_infinitive": of_object_not_infinitive,
    "for_infinitive": of_for_infinitive,
    "that_clause": of_that_clause,
    "that_any": of_that_any,
    "that_singular": of_that_singular,
    "agent_infinitive": of_agent_infinitive,
    "cleft": of_cleft,
    "bare_clause": of_bare_clause,
    "bare_subjunctive": of_bare_subjunctive,
    "gerund": of_gerund,
    "deed": of_deed,
    "deed_on": of_deed_on,
    "own_deed": of_own_deed,
    "recommended_deed": of_recommended_deed,
    "against_gerund": of_against_gerund,
    "subject_deed": of_subject_deed,
    "examples": of_examples,
}
