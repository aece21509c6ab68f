"""What became of a measure: the status its verb says, and whether it answers another's."""

from __future__ import annotations

import re

from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag, clause_takers
from communique.extraction.tariffs.verbs import enters_into_force, noun_behind
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_DEMANDED = frozenset({"should", "must", "ought", "have to", "can", "need"})
_ASPECTS = frozenset(
    {"start", "begin", "continue", "keep", "resume", "stop", "proceed", "go", "plan", "intend", "move"}
)
_POSSIBLE = frozenset({"could", "may", "might"})
_CONDITION = re.compile(r"\b(?:if|unless|should .{3,40} (?:win|fail|refuse|not)|in the event)\b", re.IGNORECASE)


def status(sentence: ParsedSentence, text: str, group: VerbGroup | None, has_rate: bool) -> str | None:
    """The status that the governing verb says, or None where nothing is done (denied, demanded or only imagined).

    An infinitive under a verb of threatening or announcing has that verb's status; "will" announces what is imposed and
    threatens where a condition stands beside it.
    """
    words = tariff_words()
    if group is None:
        return TariffStatus.IMPOSED if has_rate else None
    if group.negated or group.modal in _DEMANDED or (group.modal in _POSSIBLE and not _reported(sentence, group)):
        return None
    after = " ".join(t.lower for t in sentence.tokens[group.last + 1 : group.last + 16]) + " "
    for phrase, said in words.status_phrase.items():
        if f" {phrase} " in f" {after}":
            return said
    if enters_into_force(sentence, group):
        return TariffStatus.IMPOSED if group.tense == "past" or group.perfect else TariffStatus.ANNOUNCED
    if group.lemma not in words.status_of and group.modal in ("would", *_POSSIBLE):
        return None
    group = _with_shared_modal(sentence, group)
    imposed = has_rate or group.lemma in words.with_measure
    said = words.status_of.get(group.lemma, TariffStatus.IMPOSED if imposed else "")
    if not said:
        return None
    behind = noun_behind(sentence, group)
    if behind is not None and said == TariffStatus.IMPOSED:
        return words.nominal[sentence.tokens[behind.head].lower]
    matrix = _matrix(sentence, group)
    if matrix is not None and (matrix.negated or matrix.modal in _DEMANDED):
        return None
    outer = words.status_of.get(matrix.lemma, "") if matrix is not None else ""
    if matrix is not None and matrix.lemma in _ASPECTS:
        group = group._replace(modal=matrix.modal, tense=matrix.tense)
    if said != TariffStatus.IMPOSED:
        return said
    if outer in (TariffStatus.THREATENED, TariffStatus.ANNOUNCED, TariffStatus.SUSPENDED):
        return outer
    conditional = _CONDITION.search(text, sentence.start, sentence.end) is not None
    if group.modal in ("could", "may", "might"):
        return TariffStatus.THREATENED
    if group.modal == "would":
        announced = _reported(sentence, group) and not conditional
        return TariffStatus.ANNOUNCED if announced else TariffStatus.THREATENED
    if group.tense == "future" or (group.form == "infinitive" and group.passive):
        return TariffStatus.THREATENED if conditional else TariffStatus.ANNOUNCED
    return said


def _with_shared_modal(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup:
    """A bare verb joined to one with a modal shares it: "would cut the duty and reduce the levy"."""
    bare = group.first == group.last and sentence.tokens[group.first].tag is Tag.BASE and group.form == "finite"
    if not bare or group.first == 0 or sentence.tokens[group.first - 1].tag is not Tag.COORDINATOR:
        return group
    before = [g for g in sentence.groups if g.last < group.first and g.modal is not None]
    return group._replace(modal=before[-1].modal, tense=before[-1].tense) if before else group


def _reported(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb of saying or deciding stands before the group, so that the possibility is somebody's word."""
    return any(g.last < group.first and g.lemma in clause_takers() for g in sentence.groups)


def _matrix(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb that an infinitive or gerund hangs on: "threatened to impose", "suspended imposing"."""
    if group.form not in ("infinitive", "gerund") or group.passive:
        return None
    if group.form == "gerund" and group.first:
        before_it = sentence.tokens[group.first - 1]
        if before_it.tag in (Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.COMMA):
            return None
    before = [g for g in sentence.groups if g.last < group.first]
    words = tariff_words()
    while len(before) > 1 and before[-1].form == "infinitive" and before[-1].lemma not in words.status_of:
        before.pop()
    return before[-1] if before else None


def is_retaliatory(sentence: ParsedSentence, text: str, around: tuple[int, int]) -> bool:
    """Whether words of retaliation stand in the sentence within some words of the measure."""
    start = max(sentence.start, around[0] - 120)
    end = min(sentence.end, around[1] + 120)
    return tariff_words().retaliatory.search(text, start, end) is not None
