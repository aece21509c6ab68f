"""What is asked, not said: questions, and clauses with "whether", "how", "what" and the like."""

from __future__ import annotations

from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.case import Case
from communique.extraction.recommendations.words import pattern_of, words_of

_ELLIPTIC = frozenset({"where", "wherever", "when", "whenever", "if"})
"""Words that open a clause without a verb before the main one: "Where possible, X should"."""


def questioned(case: Case) -> bool:
    """Inside a question."""
    for token in case.tokens[case.candidate.end + 1 :]:
        if token.text in ("?", "?!"):
            return True
        if token.text in (";", "!", "."):
            return False
    return False


def asked_indirectly(case: Case) -> bool:
    """ "whether X should", "if X must", "what X should do", "than it should"."""
    if case.candidate.kind not in ("verb", "infinitive"):
        return False
    if (
        case.head in words_of("words", "asking")
        or case.tokens[case.start].lower in words_of("words", "asking")
        or _wh_before(case)
        or _within_question(case)
    ):
        return True
    if (
        pattern_of("compared").search(case.words(0, case.candidate.first).lower())
        and case.tokens[case.candidate.end].lower != "."
    ):
        return True
    i = case.start - 1
    while i >= 0 and (
        case.tokens[i].tag in (Tag.ADVERB, Tag.COMMA, Tag.QUOTE) or case.tokens[i].lower in ("much", "many", "long")
    ):
        i -= 1
    if i < 0:
        return False
    word = case.tokens[i].lower
    if word in _ELLIPTIC and any(t.tag == Tag.COMMA for t in case.tokens[i + 1 : case.start]):
        return False
    if word in ("as", "than"):
        if word == "than":
            return not any(t.tag == Tag.COMMA for t in case.tokens[i + 1 : case.start])
        return i == 0 or any(g.form == "finite" and g.last < i for g in case.sentence.groups)
    if word == "which" and i > 0 and case.tokens[i - 1].tag in (Tag.PREPOSITION, Tag.NOMINAL):
        return case.tokens[i - 1].tag == Tag.PREPOSITION
    return (
        word in words_of("words", "asking")
        and not (word == "however" and case.tokens[i + 1].tag == Tag.COMMA)
        and case.tokens[i].tag != Tag.COMMA
    )


def _within_question(case: Case) -> bool:
    """Whether "whether", "how" or "why" opens the clause, however long its subject is."""
    for i in range(case.candidate.first - 1, -1, -1):
        token = case.tokens[i]
        if token.tag in (Tag.BREAK, Tag.COMMA, Tag.COORDINATOR) or token.lower == "that":
            return False
        if token.lower == "why" and _headlined(case, i):
            return False
        if token.lower in ("whether", "how", "why"):
            explained = token.lower == "why" and i > 0 and case.tokens[i - 1].tag == Tag.BE
            return case.tokens[i + 1].tag != Tag.TO and not explained
    return False


def _headlined(case: Case, why: int) -> bool:
    """Whether "why" opens a headline that says so: "Why Peru must pay", "Trade: why Peru should pay"."""
    opens = why == 0 or case.tokens[why - 1].tag == Tag.BREAK
    plain = case.tokens[-1].text not in (".", "?", "!") and case.tokens[why + 1].tag not in (Tag.MODAL, Tag.TO)
    return opens and plain and case.agentive


def _wh_before(case: Case) -> bool:
    i = case.candidate.first - 1
    while i > 0 and case.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    word = case.tokens[i].lower if i >= 0 else ""
    return word == "what" or (word in ("who", "which") and (i == 0 or case.tokens[i - 1].tag != Tag.COMMA) and i < 2)
