"""Complements of turns of phrase: clefts, gerunds, "let X act", "it is time X acted", "in X's interest to act"."""

from __future__ import annotations

from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.bases import is_base
from communique.extraction.recommendations.hits import Complement, Hit
from communique.extraction.recommendations.objects import FARTHEST, NEAR, object_infinitive
from communique.extraction.recommendations.phrases import LIGHT, subject_region, verb_after
from communique.extraction.recommendations.that_clauses import that_clause
from communique.extraction.recommendations.words import NEGATIVE_SUBJECTS

_OF_SUBJECTS = frozenset(
    {Tag.NAME, Tag.NOMINAL, Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE, Tag.PRONOUN, Tag.COORDINATOR, Tag.ADVERB}
)
_NEEDING = frozenset({"need", "needs", "requires", "require", "must", "should", "ought", "has", "have", "is", "are"})


def of_bare_object(hit: Hit) -> Complement | None:
    """ "X (not) act" after "let": X is to act, who is no one that speaks."""
    sentence, last = hit.sentence, hit.last
    tokens = sentence.tokens
    phrase = next(iter(sentence.phrases_between(last + 1, last + 1)), None)
    if phrase is None or tokens[phrase.head].lower in ("me", "it", "there", "you"):
        return None
    end = phrase.last
    for follower in sentence.phrases_between(end + 1, end + 6):
        if follower.preposition != "of" or follower.first > end + 2:
            break
        end = follower.last
    verb = end + 1
    negated = tokens[phrase.first].lower in NEGATIVE_SUBJECTS
    while verb < len(tokens) and tokens[verb].tag in LIGHT:
        negated = negated or tokens[verb].tag == Tag.NEGATION
        verb += 1
    fits = verb + 1 < len(tokens) and is_base(tokens[verb])
    return Complement(verb, (phrase.first, end), negated) if fits else None


def of_cleft(hit: Hit) -> Complement | None:
    """ "what X needs is (for Y) to act": X, or Y where it is named, is to act."""
    sentence, first = hit.sentence, hit.last
    tokens = sentence.tokens
    span = range(first + 1, min(first + 16, len(tokens) - 1))
    be = next((i for i in span if tokens[i].lower == "is" and _opens_deed(tokens, i + 1)), None)
    if be is None:
        return None
    if tokens[be + 1].lower == "for":
        return object_infinitive(sentence, be + 1, FARTHEST)
    found = verb_after(sentence, be + 1, marked=tokens[be + 1].lower in ("to", "not"))
    needs = next((i for i in range(first + 1, be) if tokens[i].lower in _NEEDING), first + 1)
    region = (first + 1, needs - 1) if needs > first + 1 else None
    return None if found is None else Complement(found[0], region, found[1])


def _opens_deed(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether "to act", "not to act", "for X to act" or, after "do is", "act" starts at token `i`."""
    done = tokens[i - 2].lower == "do" and is_base(tokens[i])
    return done or tokens[i].lower in ("to", "not", "for")


def of_cleft_that(hit: Hit) -> Complement | None:
    """ "what matters is that X act": the clause after "is"."""
    return that_clause(hit.sentence, hit.last, indicative=False, plural=True)


def of_gerund(hit: Hit) -> Complement | None:
    """ "lifting the ban"."""
    sentence, last = hit.sentence, hit.last
    tokens = sentence.tokens
    i = last + 1
    while i < len(tokens) and tokens[i].tag in LIGHT:
        i += 1
    if i < len(tokens) and tokens[i].tag == Tag.GERUND and i + 1 < len(tokens):
        return Complement(i, None, tokens[i - 1].tag == Tag.NEGATION)
    return None


def of_for_gerund(hit: Hit) -> Complement | None:
    """ "for lifting the ban"."""
    following = hit.sentence.tokens[hit.last + 1 : hit.last + 2]
    governed = bool(following) and following[0].lower == "for"
    return of_gerund(Hit(hit.sentence, hit.first, hit.last + 1)) if governed else None


def of_own_gerund(hit: Hit) -> Complement | None:
    """ "lifting the ban" where the subject is to act."""
    found = of_gerund(hit)
    return None if found is None else Complement(found.verb, subject_region(hit.sentence, hit.first), found.negated)


def of_past_clause(hit: Hit) -> Complement | None:
    """ "X acted" after "it is time": the past stands for what is due."""
    tokens, first = hit.sentence.tokens, hit.last + 1
    if first < len(tokens) and tokens[first].lower == "that":
        first += 1
    for i in range(first, min(first + NEAR, len(tokens))):
        if i > first and (tokens[i].tag == Tag.PAST or tokens[i].lower in ("were", "had")):
            return Complement(i, (first, i - 1), False)
        if tokens[i].tag not in _OF_SUBJECTS:
            return None
    return None


def of_interested_infinitive(hit: Hit) -> Complement | None:
    """ "to act" after "in X's interest": X is to act."""
    sentence, first, last = hit.sentence, hit.first, hit.last
    found = verb_after(sentence, last + 1, marked=True)
    mark = next((i for i in range(last, first, -1) if sentence.tokens[i].tag == Tag.GENITIVE), None)
    if found is None or mark is None:
        return None
    phrase = sentence.phrase_at(sentence.tokens[mark].start)
    return Complement(found[0], None if phrase is None else (phrase.first, mark - 1), found[1])


def of_against_gerund(hit: Hit) -> Complement | None:
    """ "X against acting", which tells X not to act."""
    sentence, last = hit.sentence, hit.last
    tokens = sentence.tokens
    for i in range(last + 1, min(last + NEAR, len(tokens) - 1)):
        if tokens[i].tag in (Tag.BREAK, Tag.TO, Tag.MODAL, Tag.RELATIVE):
            return None
        if tokens[i].lower == "against":
            warned = sentence.phrases_between(last + 1, i - 1)
            region = (warned[0].first, i - 1) if warned and warned[0].preposition is None else None
            if i == last + 1 and tokens[hit.first].tag == Tag.BE:
                region = subject_region(sentence, hit.first)
            return Complement(i + 1, region, True) if tokens[i + 1].tag == Tag.GERUND else None
    return None


def of_examples(hit: Hit) -> Complement | None:
    """ "steps that X can take, such as acting"."""
    sentence, last = hit.sentence, hit.last
    tokens = sentence.tokens
    modal = next((j for j in range(last + 1, min(last + 16, len(tokens))) if tokens[j].tag == Tag.MODAL), None)
    if modal is None:
        return None
    start = last + 2 if tokens[last + 1].tag == Tag.RELATIVE else last + 1
    for j in range(modal + 2, len(tokens) - 1):
        if tokens[j].lower in ("such", "including", ":") or tokens[j].tag == Tag.BREAK:
            verb = j + 2 if tokens[j].lower == "such" else j + 1
            return Complement(min(verb, len(tokens) - 1), (start, modal - 1), False)
    return None
