"""Rules reported, which nobody recommends: what a law requires, and the steps of a procedure."""

from __future__ import annotations

from communique.extraction.recommendations.case import Case
from communique.extraction.recommendations.words import pattern_of, words_of


def legal(case: Case) -> bool:
    """A rule reported: "under the law, importers must"."""
    if case.candidate.construction.modality not in ("must", "need", "should"):
        return False
    words = pattern_of("bound").sub("", case.words(0, len(case.tokens) - 1).lower())
    governed = case.head in words_of("nouns", "regulated") and case.verb in words_of("verbs", "regulated_deeds")
    if governed and case.name in ("must", "have to", "need to"):
        return True
    ruled = any(phrase in words for phrase in words_of("nouns", "law"))
    return ruled or bool(pattern_of("law").search(words))


def procedural(case: Case) -> bool:
    """ "must be ratified by parliament"."""
    group = case.group
    if group is None or group.lemma not in words_of("verbs", "procedural"):
        return False
    if not group.passive:
        return " before it " in f" {case.words(group.last, len(case.tokens) - 1).lower()} "
    return any(t.lower == "by" for t in case.tokens[group.last + 1 : case.candidate.end + 1])
