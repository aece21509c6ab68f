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
    of_needed_deed,
    of_own_deed,
    of_recommended_deed,
    of_subject_deed,
)
from communique.extraction.recommendations.hits import Complement, Hit
from communique.extraction.recommendations.objects import (
    FARTHEST,
    object_infinitive,
    of_agent_infinitive,
    of_object_infinitive,
    of_object_infinitive_near,
    of_object_not_infinitive,
)
from communique.extraction.recommendations.phrases import LIGHT, subject_region, verb_after
from communique.extraction.recommendations.that_clauses import bare_clause, that_clause
from communique.extraction.recommendations.turns import (
    of_against_gerund,
    of_bare_object,
    of_cleft,
    of_cleft_that,
    of_examples,
    of_for_gerund,
    of_gerund,
    of_interested_infinitive,
    of_own_gerund,
    of_past_clause,
)
from communique.extraction.recommendations.words import NEGATIVE_SUBJECTS

ADVICE = frozenset({"advice", "recommendation", "suggestion", "proposal", "demand", "plea"})
"""Nouns whose owner advises; that of others, such as a "best bet", is advised."""
_APART = frozenset({",", "-", "–", "—", "--"})
_ASIDE = 3
"""How far before an added modal the first one stands."""
_INVERTING = frozenset({"nor", "neither", "only", "not", "never", "so", "rarely", "seldom", "then", "circumstances"})
_NEGATIVE_OPENERS = frozenset({"nor", "neither", "not", "never", "circumstances"})


Finder = Callable[[Hit], "Complement | None"]


def of_modal(hit: Hit) -> Complement | None:
    """The verb of the modal itself; who is to act is its subject, which may follow ("nor should X act")."""
    sentence, first, last = hit.sentence, hit.first, hit.last
    token = sentence.tokens[last]
    negative = token.lower.endswith(("n't", "n’t", "not", "longer"))
    paired = _added_modal(sentence, first, last)
    found = verb_after(sentence, last + (2 if paired else 1), marked=False)
    if found is not None:
        verb, negated = found
        return _with_subject(sentence, first - _ASIDE if paired else first, verb, negated or negative)
    return _inverted(sentence, first, last, negative)


def _added_modal(sentence: ParsedSentence, first: int, last: int) -> bool:
    """Whether the modal stands as an aside behind another: "can - and must - act"."""
    tokens = sentence.tokens
    if first < _ASIDE or last + 1 >= len(tokens) or tokens[first - 1].tag != Tag.COORDINATOR:
        return False
    apart = {tokens[first - 2].text, tokens[last + 1].text} <= _APART
    return apart and tokens[first - _ASIDE].tag == Tag.MODAL


def of_infinitive(hit: Hit) -> Complement | None:
    """ "(not) to act" right after the words, an agent in between passed over ("is urged by X to act")."""
    sentence, first, last = hit.sentence, hit.first, hit.last
    tokens = sentence.tokens
    start = last + 1
    if start < len(tokens) and tokens[start].lower == "by":
        start = next((j for j in range(start, min(start + 14, len(tokens))) if tokens[j].tag == Tag.TO), start)
        if tokens[start - 1].tag == Tag.NEGATION:
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
        if found is not None and (found[0] > phrase.last or tokens[found[0]].tag == Tag.BASE):
            negated = negative or found[1] or (bool(openers & _NEGATIVE_OPENERS) and "only" not in openers)
            return Complement(found[0], (phrase.first, min(phrase.last, found[0] - 1)), negated)
    return None


def of_headline_infinitive(hit: Hit) -> Complement | None:
    """ "(not) to act" behind a participle without its "is", as headlines have it: "Peru urged to pay"."""
    tokens = hit.sentence.tokens
    opening = hit.sentence.phrases_between(0, 0)
    if not opening or opening[0].last != hit.first - 1 or tokens[-1].tag in (Tag.OTHER, Tag.BREAK, Tag.QUOTE):
        return None
    found = verb_after(hit.sentence, hit.last + 1, marked=True)
    return None if found is None else Complement(found[0], (0, hit.first - 1), found[1])


def of_infinitive_of_other(hit: Hit) -> Complement | None:
    """ "(for X) to act" right after words whose own subject is not who is to act."""
    if hit.sentence.tokens[hit.last + 1].lower == "for":
        return object_infinitive(hit.sentence, hit.last + 1, FARTHEST)
    found = verb_after(hit.sentence, hit.last + 1, marked=True)
    return None if found is None else Complement(found[0], None, found[1])


def of_for_infinitive(hit: Hit) -> Complement | None:
    """ "(for X) (not) to act"; without "for X" the subject is to act, unless it is the empty "it"."""
    sentence, first, last = hit.sentence, hit.first, hit.last
    tokens = sentence.tokens
    start = last + 1
    while start < len(tokens) and (tokens[start].tag in LIGHT or tokens[start].lower in ("now", "today")):
        start += 1
    if start < len(tokens) and tokens[start].lower == "for":
        return object_infinitive(sentence, start, FARTHEST)
    found = verb_after(sentence, last + 1, marked=True)
    if found is None:
        return None
    verb, negated = found
    region = subject_region(sentence, first)
    acts = any(token.lower == "do" for token in tokens[first : last + 1])  # "it would do well to": somebody does
    empty = region is not None and not acts and tokens[region[0]].lower in ("it", "this", "that")
    if region is not None and (region[1] >= first or empty):
        region = None
    return Complement(verb, region if sentence.group_at(tokens[first].start) else None, negated)


def of_nominal_infinitive(hit: Hit) -> Complement | None:
    """ "to act" behind a noun of advice, whose owner or receiver is to act: "Peru's best bet is to"."""
    if hit.sentence.tokens[hit.last + 1].lower == "for":
        return object_infinitive(hit.sentence, hit.last + 1, FARTHEST)
    found = verb_after(hit.sentence, hit.last + 1, marked=True)
    if found is None:
        return None
    inside = hit.sentence.phrases_between(hit.first, hit.last)
    told = next((p for p in inside if p.preposition in ("for", "to")), None)
    if told is not None:
        return Complement(found[0], (told.first, told.last), found[1])
    advising = any(hit.sentence.tokens[i].lower in ADVICE for i in range(hit.first, hit.last))
    owned = range(hit.first, hit.first if advising else hit.last)
    owner = next((i for i in owned if hit.sentence.tokens[i].tag == Tag.GENITIVE), None)
    return Complement(found[0], (hit.first, owner - 1) if owner is not None else None, found[1])


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


FINDERS: dict[str, Finder] = {
    "verb": of_modal,
    "infinitive": of_infinitive,
    "headline_infinitive": of_headline_infinitive,
    "infinitive_of_other": of_infinitive_of_other,
    "object_infinitive": of_object_infinitive,
    "object_infinitive_near": of_object_infinitive_near,
    "object_not_infinitive": of_object_not_infinitive,
    "for_infinitive": of_for_infinitive,
    "nominal_infinitive": of_nominal_infinitive,
    "that_clause": of_that_clause,
    "that_any": of_that_any,
    "that_singular": of_that_singular,
    "agent_infinitive": of_agent_infinitive,
    "bare_object": of_bare_object,
    "cleft": of_cleft,
    "cleft_that": of_cleft_that,
    "bare_clause": of_bare_clause,
    "bare_subjunctive": of_bare_subjunctive,
    "gerund": of_gerund,
    "for_gerund": of_for_gerund,
    "own_gerund": of_own_gerund,
    "past_clause": of_past_clause,
    "interested_infinitive": of_interested_infinitive,
    "deed": of_deed,
    "deed_on": of_deed_on,
    "own_deed": of_own_deed,
    "recommended_deed": of_recommended_deed,
    "against_gerund": of_against_gerund,
    "needed_deed": of_needed_deed,
    "subject_deed": of_subject_deed,
    "examples": of_examples,
}
