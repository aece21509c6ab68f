"""Whose view a recommendation is: one that is denied, held by nobody named, or told as past."""

from __future__ import annotations

import re

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.case import Case, governing
from communique.extraction.recommendations.words import pattern_of, words_of
from communique.extraction.speakers import saying_verbs

_FARTHEST_SAID = 12
_CONSIDERED = re.compile(
    r"it(?: \w+ly)? (?:\w+ and )?(?:necessary|essential|vital|imperative|crucial|critical|important|desirable"
    r"|advisable|appropriate|right|proper|best|better|wise|prudent|sensible)\b"
)


def impersonal_past(case: Case) -> bool:
    """ "It was necessary to retreat", told as a fact."""
    words = case.words(case.candidate.first, case.candidate.last).lower()
    if _CONSIDERED.match(words):
        earlier = [g for g in case.sentence.groups if g.last < case.candidate.first]
        return not earlier or earlier[-1].lemma not in words_of("verbs", "considering")
    if not re.match(r"it (?:was|became|seemed|remained)\b", words):
        return False
    return not _reported(case)


def unreported(case: Case) -> bool:
    """A past form that is no reported present: "had to flee"."""
    if not case.candidate.construction.reported:
        return False
    governor = governing(case)
    if governor is None and case.agentive and _told_after(case):
        return False
    if governor is None or case.head in ("they", "he", "she", "himself", "themselves"):
        return True
    wanted = words_of("verbs", "opinion") if case.name == "had to, reported" else saying_verbs()
    return governor.lemma not in wanted and governor.lemma != "point"


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
    if governor is None:
        return False
    if governor.lemma in words_of("verbs", "negative_attitude"):
        return True
    if governor.modal in ("may", "might", "could") and governor.lemma not in ("use", "ask"):
        return True
    return governor.negated and governor.lemma in words_of("verbs", "attitude") - words_of("verbs", "neg_raising")


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
    words = [case.tokens[p.head].lower for p in who] + [case.tokens[p.first].lower for p in who]
    first = case.tokens[who[0].first].lower if who else ""
    if not set(words) & words_of("nouns", "unnamed"):
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
