"""Whose view a recommendation is: one that is denied, held by nobody named, or told as past."""

from __future__ import annotations

import re

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.case import Case, governing, groups_before
from communique.extraction.recommendations.phrases import said_between
from communique.extraction.recommendations.words import pattern_of, words_of
from communique.extraction.speakers import saying_verbs

_FARTHEST_SAID = 12
_FAR = 100
_OF_ONESELF = frozenset({"they", "he", "she", "i", "himself", "themselves"})
_TOLD = re.compile(r"it(?: \w+)?(?: \w+)? (?:was|became|seemed|remained)\b")
_DATED = re.compile(
    r"\d|\b(?:ago|yesterday|earlier|at the time|after|during|on (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:last|that) (?:week|month|year|night|summer|winter|spring|autumn))\b"
)
_CONSIDERED = re.compile(
    r"it(?: \w+ly)? (?:\w+ and )?(?:necessary|essential|vital|imperative|crucial|critical|important|desirable"
    r"|advisable|appropriate|right|proper|best|better|wise|prudent|sensible)\b"
)


def impersonal_past(case: Case) -> bool:
    """ "It was necessary to retreat", told as a fact."""
    words = case.words(case.candidate.first, case.candidate.last).lower()
    if _CONSIDERED.match(words):
        earlier = groups_before(case.sentence, case.candidate.first)
        return not earlier or earlier[-1].lemma not in words_of("verbs", "considering")
    if not _TOLD.match(words):
        return False
    return not _reported(case) and not _told_after(case)


def unreported(case: Case) -> bool:
    """A past form that is no reported present: "had to flee"."""
    if not case.candidate.construction.reported:
        return False
    told = _told_with_that(case)
    if case.head in _OF_ONESELF and (told is None or told.last < case.start):
        return True
    governor = told or governing(case) or said_between(case.sentence, case.candidate.first)
    if governor is None:
        return not _told_after(case) or not _is_wanted(case)
    if governor.lemma in words_of("verbs", "opinion") or governor.lemma == "point":
        return False
    return governor.lemma not in saying_verbs() or not (case.name == "needed to, reported" or _is_wanted(case))


def _told_with_that(case: Case) -> VerbGroup | None:
    """The verb of saying whose "that" opens the clause, however far before it: "said that in view of the costs the
    plan had to", "said he was content and that the plan had to".
    """
    first = case.candidate.first
    before = groups_before(case.sentence, first)
    that = next((i for i in range(first - 1, max(-1, first - _FAR), -1) if case.tokens[i].lower == "that"), 0)
    if not that or not before or any(g.first > that for g in before):
        return None
    joined = case.tokens[that - 1].tag == Tag.COORDINATOR
    said = next((g for g in reversed(before) if g.lemma in saying_verbs()), None)
    return said if said is not None and (joined or said.last == before[-1].last) else None


def _is_wanted(case: Case) -> bool:
    """Whether an obligation in the past form is one that a speaker sees, not one that befell someone: neither dated nor
    counted, nor forced on people by events ("the crew had to flee").
    """
    start = case.start
    said = (g.last + 1 for g in reversed(groups_before(case.sentence, start)) if g.lemma in saying_verbs())
    group, clause = case.group, case.words(next(said, start), case.candidate.end).lower()
    done = group.lemma if group is not None else case.verb
    passive = group is not None and group.passive
    befell = done in words_of("verbs", "forced") or (not passive and done in words_of("verbs", "forced_to_do"))
    if befell or _DATED.search(clause):
        return False
    return case.agentive or passive or done in words_of("verbs", "ending")


def _told_after(case: Case) -> bool:
    """Whether a saying verb comes after the clause: "Lima needed to act, ministers said"."""
    after = case.tokens[case.candidate.end + 1 : case.candidate.end + _FARTHEST_SAID]
    comma = bool(after) and after[0].tag == Tag.COMMA
    said = [g for g in case.sentence.groups if g.form == "finite" and g.first > case.candidate.end][:1]
    return (
        comma and bool(said) and said[0].lemma in saying_verbs() and said[0].last <= case.candidate.end + _FARTHEST_SAID
    )


def _reported(case: Case) -> bool:
    governor = governing(case)
    return governor is not None and governor.lemma in saying_verbs()


def disowned(case: Case) -> bool:
    """ "I do not say that X has to", "he denied that X must"."""
    governor = governing(case)
    if pattern_of("no_reason").search(case.words(max(case.start - 9, 0), case.start).lower()):
        return True
    if pattern_of("set_aside").search(case.words(max(case.start - 12, 0), case.start - 1).lower()):
        return True
    if governor is None:
        return False
    if governor.lemma in words_of("verbs", "negative_attitude"):
        return True
    if governor.modal in ("may", "might", "could") and governor.lemma not in ("use", "ask"):
        return True
    attitude = governor.lemma in words_of("verbs", "attitude")
    if attitude and pattern_of("by_none").search(case.words(max(governor.first - 4, 0), governor.first - 1).lower()):
        return True
    return governor.negated and attitude and governor.lemma not in words_of("verbs", "neg_raising")


def of_nobody_named(case: Case) -> bool:
    """ "Some say that X should": a view reported to be countered."""
    governor = governing(case)
    before = case.words(0, case.start - 1).lower()
    if pattern_of("arguable").search(before) or pattern_of("view_of_some").search(before):
        return True
    if governor is None or governor.lemma not in words_of("verbs", "attitude") | saying_verbs():
        return False
    whose = [t.lower for t in case.tokens[max(governor.first - 4, 0) : governor.first]]
    if "who" in whose and set(whose) & {"those", "people", "many", "some", "others", "critics", "analysts"}:
        return True
    who = subject(case.sentence, governor)
    aside = governor.form == "gerund" and case.tokens[governor.first - 1].tag == Tag.COMMA
    if (aside or (not who and governor.first <= 6)) and case.tokens[0].lower in ("some", "others", "many", "few"):
        return True
    if governor.lemma == "claim" and [case.tokens[p.head].lower for p in who] == ["they"]:
        return True
    words = [case.tokens[p.head].lower for p in who] + [case.tokens[p.first].lower for p in who]
    first = case.tokens[who[0].first].lower if who else ""
    if not set(words) & words_of("nouns", "unnamed") or any(
        case.tokens[p.head].lower in words_of("nouns", "members") for p in who
    ):
        return False
    return first in ("some", "others", "many", "those", "few", "one") or bool(
        pattern_of("counter").match(case.following.lower())
    )


def in_theory(case: Case) -> bool:
    """An option dismissed: "in theory, X could"."""
    return case.candidate.construction.modality == "consider" and bool(
        pattern_of("in_theory").search(case.words(0, len(case.tokens) - 1).lower())
    )


def neg_raised(case: Case) -> bool:
    """ "I do not think that X should": the negation belongs to the action."""
    governor = governing(case)
    return governor is not None and governor.negated and governor.lemma in words_of("verbs", "neg_raising")
