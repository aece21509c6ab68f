"""What verbs behind a measure say of it: that it was imposed, that it applies, that it is left to end."""

from __future__ import annotations

from itertools import pairwise

from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.tariffs.verbs import DECLARED
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_ENDING = frozenset({"expire", "lapse", "end"})
_LEAVING = frozenset({"let", "allow", "permit", "leave", "see"})
_IN_FORCE = frozenset({"apply", "stand", "exist"})
_OBJECTS = (Tag.DETERMINER, Tag.NUMBER, Tag.NAME, Tag.POSSESSIVE)
_PLANNED = frozenset({"schedule", "expect", "set", "slate", "suppose"})
_GOING_ON = frozenset({"stay", "remain", "last", "run", "expire", "lapse"})
_FARTHEST = 12


def imposed_behind(sentence: ParsedSentence, last: int) -> VerbGroup | None:
    """A verb of imposing in a clause behind the measure: "the tariff that Canada put on", "the duties imposed by".

    One of announcing too where the clause is a relative one: "the tariff that Canada revealed for goods from".
    """
    words = tariff_words()
    for group in sentence.groups:
        if not last < group.first <= last + _FARTHEST:
            continue
        relative = any(t.tag == Tag.RELATIVE for t in sentence.tokens[last + 1 : group.first])
        declared = relative and words.status_of.get(group.lemma) in DECLARED and not group.passive
        if declared or (group.lemma in words.imposing and (relative or group.form == "participle")):
            return group
        hit = group.passive and group.lemma in words.patient_hit | words.imposing
        if hit and _object_before(sentence, group.last + 1):
            return group
    return None


def _object_before(sentence: ParsedSentence, i: int) -> bool:
    """Whether a preposition at token `i` has its object before: "the duty Peru was hit with last year"."""
    tokens = sentence.tokens
    if i >= len(tokens) or tokens[i].lower not in ("with", "by", "to"):
        return False
    return i + 1 == len(tokens) or tokens[i + 1].tag not in _OBJECTS


def still_or_ending(sentence: ParsedSentence, first: int, last: int) -> str | None:
    """The status of a rate, of the measure of tokens `first` to `last`, that is left to end or said to be in force."""
    if _left_to_end(sentence, first, last):
        return TariffStatus.REMOVED
    return TariffStatus.IMPOSED if _in_force(sentence, last) else None


def _in_force(sentence: ParsedSentence, last: int) -> bool:
    """Whether a relative clause right behind token `last` has it in force: "on top of a duty that applies to all"."""
    after = sentence.tokens[last + 1 : last + 3]
    if len(after) < 2 or after[0].tag != Tag.RELATIVE:
        return False
    group = sentence.group_at(after[1].start)
    return group is not None and group.lemma in _IN_FORCE and group.tense == "present"


def _left_to_end(sentence: ParsedSentence, first: int, last: int) -> bool:
    """Whether the measure of tokens `first` to `last` is left to end: "allowed the 9 percent duty on tin to expire"."""
    group = next((g for g in reversed(sentence.groups) if g.last < first), None)
    if group is None or group.lemma not in _LEAVING or group.negated or group.modal not in (None, "will"):
        return False
    behind = sentence.tokens[last + 1 : last + _FARTHEST]
    return any(t.lower in _ENDING and t.tag in (Tag.BASE, Tag.NOMINAL) for t in behind)


def only_goes_on(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a measure in force is only to go on: "was scheduled to remain until May", "is due to expire"."""
    behind = sentence.tokens[group.last + 1 : group.last + 4]
    planned = group.lemma in _PLANNED or (group.lemma == "be" and bool(behind) and behind[0].lower == "due")
    deed = next((b.lower for a, b in pairwise(behind) if a.lower == "to"), None)
    return planned and not group.negated and deed in _GOING_ON
