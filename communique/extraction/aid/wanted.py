"""Sums that are asked for, needed, owed or left behind, which nobody gives."""

from __future__ import annotations

from itertools import pairwise

from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag

EXACTNESS = frozenset(
    """more than about nearly almost over up to at least some around roughly approximately only just a an the further
    another additional extra close less under as much estimated initial new total its their our well exceeding excess
    in by record cumulative mere value sum combined approx . ca c""".split()
)


def appealed_for(sentence: ParsedSentence, first: int) -> bool:
    """Whether a sum is what an appeal is for or a task needs: "an appeal for more than $5m", "it will take $5m"."""
    before = lowers(sentence, first - 6, first - 1)
    while before and before[-1] in EXACTNESS:
        before.pop()
    if before[-1:] in (["take"], ["takes"]) and "it" in before[-3:-1]:
        return True
    before = lowers(sentence, first - 6, first - 1)
    return any(
        ((noun in _APPEALS and after == "for") or (noun in _TARGETS and after == "of"))
        and EXACTNESS.issuperset(before[i + 2 :])
        for i, (noun, after) in enumerate(pairwise(before))
    )


_TARGETS = frozenset({"target", "goal", "shortfall", "appeal"})
RAISED = ("rais", "increas", "doubl", "tripl", "lift", "boost")
_APPEALS = frozenset({"appeal", "request", "plea", "call", "bid", "appeals", "requests"})


def rises_to(sentence: ParsedSentence, last: int) -> bool:
    """Whether another sum follows "to": the first of "from $5m to $3m" is what was given before."""
    after = [t for t in sentence.tokens[last + 1 : last + 6] if t.lower == "to" or t.lower not in EXACTNESS]
    return [t.lower for t in after[:1]] == ["to"] and any(t.tag in (Tag.CURRENCY, Tag.NUMBER) for t in after[1:3])


def at_cost(sentence: ParsedSentence, first: int) -> bool:
    """Whether a sum is what something given cost: "rebuilt the school at a cost of $5m"."""
    before = lowers(sentence, first - 5, first - 1)
    return before[-1:] == ["of"] and "at" in before and "cost" in before


def wanted(sentence: ParsedSentence, last: int) -> bool:
    """Whether a sum is said to be needed or asked for: "$4bn that it says it needs", "$5m it had requested"."""
    words = aid_words()
    if _WANTED.intersection(lowers(sentence, last + 1, last + 1)):
        return True
    for group in sentence.groups:
        if group.first > last + 9 or (group.first > last and group.form == "infinitive"):
            break
        if group.first > last and group.lemma in ("need", "require", "ask", "request", "seek", "owe", "lack", "demand"):
            edges = sentence.tokens[group.first - 1 : group.first] + sentence.tokens[group.last + 1 : group.last + 2]
            if any(t.tag == Tag.CURRENCY for t in sentence.tokens[last + 1 : group.first]):
                return False
            if _describes(sentence, group.first):
                return False
            hangs = group.first > last + 2 and [t.tag for t in edges] == [Tag.NOMINAL, Tag.PREPOSITION]
            if group.passive and group.first == last + 2 and sentence.tokens[last + 1].tag == Tag.RELATIVE:
                return group.lemma in ("seek", "require", "need", "demand")
            return (
                not group.passive
                and not hangs
                and not any(
                    t.tag in (Tag.COMMA, Tag.BREAK, Tag.COORDINATOR) for t in sentence.tokens[last + 1 : group.first]
                )
            )
        if (
            group.first > last
            and group.lemma not in ("say", "estimate", "be")
            and group.lemma not in words.not_aid_verbs
        ):
            break
    return False


def _describes(sentence: ParsedSentence, first: int) -> bool:
    """Whether a form only describes what a sum is given in: "$5m in urgently needed food"."""
    i = first - 1
    while i > 0 and sentence.tokens[i].tag == Tag.ADVERB:
        i -= 1
    return sentence.tokens[i].lower in ("in", "of", "as")


_WANTED = frozenset({"needed", "required", "requested", "sought", "appealed", "demanded"})
