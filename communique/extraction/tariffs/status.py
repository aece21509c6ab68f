"""What became of a measure: the status its verb says, a threat, an act or its end."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag, clause_takers
from communique.extraction.tariffs.behind import only_goes_on
from communique.extraction.tariffs.conditions import SAME_IN_PAST, conditional, hypothetical, still_ahead
from communique.extraction.tariffs.denied import (
    DEMANDED,
    POSSIBLE,
    caps,
    decided_against,
    left_open,
    needless,
    no_longer,
    only_advised,
    only_examined,
    pressed,
)
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.nominals import noun_behind
from communique.extraction.tariffs.verbs import enters_into_force, kept_in_place, strikes_back
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_ASPECTS = frozenset(
    {"start", "begin", "continue", "keep", "resume", "stop", "proceed", "go", "plan", "intend", "move"}
)
_BEFORE_FIGURE = frozenset({"about", "around", "just", "a", "an", "average", "level", "maximum", "of"})
_OVER = frozenset({"of", "with", "against", "despite", "after", "before"})
_LASTING = frozenset({"stay", "remain"})
_ESCAPES = frozenset({"dodge", "escape"})


def status(sentence: ParsedSentence, text: str, group: VerbGroup | None, has_rate: bool) -> str | None:
    """The status that the governing verb says, or None where nothing is done (denied, demanded or only imagined).

    An infinitive under a verb of threatening or announcing has that verb's status; "will" announces what is imposed and
    threatens where a condition stands beside it.
    """
    words = tariff_words()
    if group is None:
        return TariffStatus.IMPOSED if has_rate else None
    if has_rate and only_goes_on(sentence, group):
        return TariffStatus.IMPOSED
    if (advising := only_advised(sentence, group)) is not None:
        return words.status_of.get(advising.lemma) if not advising.negated else None
    bare = group.form == "infinitive" or sentence.tokens[group.first].tag == Tag.BASE
    negated = group.negated or (bare and group.first > 0 and sentence.tokens[group.first - 1].tag == Tag.NEGATION)
    capped = negated and has_rate and caps(sentence, group)
    negated = negated and not capped
    if negated and has_rate and group.modal is None and words.status_of.get(group.lemma) == TariffStatus.REMOVED:
        return TariffStatus.IMPOSED
    if negated and no_longer(sentence, group):
        return TariffStatus.REMOVED
    if negated and not has_rate and decided_against(sentence, group):
        return TariffStatus.EXEMPTED
    if negated or group.modal in DEMANDED or left_open(sentence, group) or needless(sentence, group):
        return None
    if not has_rate and only_examined(sentence, group):
        return None
    if group.modal in POSSIBLE and not _reported(sentence, group):
        return TariffStatus.THREATENED if has_rate and group.lemma in words.subject_pays else None
    if group.lemma in words.subject_pays and group.first and sentence.tokens[group.first - 1].lower == "or":
        return TariffStatus.THREATENED
    if hypothetical(sentence, group):
        return TariffStatus.THREATENED if has_rate else None
    after = " ".join(t.lower for t in sentence.tokens[group.last + 1 : group.last + 16]) + " "
    if has_rate:
        after = after.partition(" , ")[0].partition(" and ")[0] + " "
    for phrase, said in words.status_phrase.items():
        if f" {phrase} " in f" {after}":
            return said
    if enters_into_force(sentence, group):
        return TariffStatus.IMPOSED if group.tense == "past" or group.perfect else TariffStatus.ANNOUNCED
    known = group.lemma in words.status_of or group.lemma in words.with_measure
    if not known and not capped and (group.modal == "would" or group.modal in POSSIBLE):
        return None
    group = _with_shared_modal(sentence, group)
    back = strikes_back(sentence, group)
    imposed = has_rate or group.lemma in words.with_measure
    said = TariffStatus.IMPOSED if back else words.status_of.get(group.lemma, TariffStatus.IMPOSED if imposed else "")
    if has_rate and said == TariffStatus.REMOVED and _drops_to(sentence, group):
        said = TariffStatus.IMPOSED
    if not said:
        return None
    behind = noun_behind(sentence, group)
    if behind is not None and said == TariffStatus.IMPOSED:
        told = words.nominal.get(sentence.tokens[behind.head].lower, TariffStatus.THREATENED)
        return _taken_back(sentence, behind) or told
    group = _joined_infinitive(sentence, group)
    matrix = _matrix(sentence, group)
    if matrix is not None and (matrix.negated or matrix.modal in DEMANDED):
        return None
    if matrix is not None and matrix.lemma in words.demanded | words.refused:
        return None
    if group.form == "infinitive" and pressed(sentence, group, matrix):
        return None
    if said == TariffStatus.IMPOSED and matrix is not None and matrix.lemma in words.enabled and not matrix.passive:
        return TariffStatus.THREATENED if has_rate else None
    if said == TariffStatus.IMPOSED and (_goes_on(sentence, group) or still_ahead(sentence, group)):
        return TariffStatus.ANNOUNCED
    if said == TariffStatus.IMPOSED and matrix is not None and _due(sentence, group, matrix):
        past = matrix.tense == "past" and not _reported(sentence, matrix) and not _in_aside(sentence, matrix)
        return TariffStatus.THREATENED if past else TariffStatus.ANNOUNCED
    outer = words.status_of.get(matrix.lemma, "") if matrix is not None else ""
    if matrix is not None and matrix.lemma in _ASPECTS:
        group = replace(group, modal=matrix.modal, tense=matrix.tense)
    goes_on = has_rate and matrix is not None and matrix.lemma in ("continue", "keep") and said == TariffStatus.IMPOSED
    if goes_on and group.modal in (None, "will"):
        return TariffStatus.IMPOSED
    lasting = group.lemma in _LASTING and group.modal in (None, "will")
    if group.form == "finite" and (lasting or kept_in_place(sentence, group)):
        return TariffStatus.IMPOSED
    if said != TariffStatus.IMPOSED:
        return said if group.lemma not in _ESCAPES or group.form == "finite" else None
    if outer in (TariffStatus.THREATENED, TariffStatus.ANNOUNCED, TariffStatus.SUSPENDED):
        return outer
    conditioned = conditional(sentence, text, group)
    if group.modal in ("will", "would") and _warned(sentence, group):
        return TariffStatus.THREATENED
    if group.modal in ("could", "may", "might"):
        return TariffStatus.THREATENED
    if group.modal == "would":
        announced = _reported(sentence, group) and not conditioned
        return TariffStatus.ANNOUNCED if announced else TariffStatus.THREATENED
    headline = group.form == "infinitive" and matrix is None
    if group.tense == "future" or headline or (group.form == "infinitive" and group.passive):
        return TariffStatus.THREATENED if conditioned else TariffStatus.ANNOUNCED
    return said


def _warned(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the clause is what somebody warns or threatens to do: "warned it would impose"."""
    before = next((g for g in reversed(sentence.groups) if g.last < group.first), None)
    if before is None or before.lemma not in ("warn", "threaten") or before.negated or before.passive:
        return False
    return all(t.tag not in (Tag.COMMA, Tag.BREAK) for t in sentence.tokens[before.last + 1 : group.first])


def would_follow(sentence: ParsedSentence, text: str, group: VerbGroup) -> bool:
    """Whether the verb stands with a "would" that no condition explains: "The order would raise the tariff"."""
    return group.modal == "would" and not conditional(sentence, text, group) and not _warned(sentence, group)


def only_brings(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether the verb says what a measure would bring about: "tariffs of 9% would raise prices"."""
    group = measure.group
    if group is None or group.first <= measure.last or group.passive or group.modal not in POSSIBLE | {"would"}:
        return False
    if group.lemma in tariff_words().subject_pays | tariff_words().exceeding or enters_into_force(sentence, group):
        return False
    following = sentence.phrases_between(group.last + 1, group.last + 4)[:1]
    return any(p.preposition is None and p.first <= group.last + 2 for p in following)


def stands_apart(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether the verb only says what a measure that is there may bring: "Peru's 9% duty on tin could cost jobs"."""
    group, noun = measure.group, measure.noun
    if group is None or noun is None or not measure.counted or group.negated or group.first <= measure.last:
        return False
    if group.passive or (group.lemma in tariff_words().status_of and group.lemma != "be"):
        return False
    first = min(noun, measure.first)
    phrase = sentence.phrase_at(sentence.tokens[first].start)
    opening = sentence.tokens[phrase.first if phrase is not None else first]
    known = opening.tag in (Tag.NAME, Tag.POSSESSIVE) or opening.lower in ("the", "these", "those", "this")
    return known and group.modal in POSSIBLE | {"would"} and measure.rule in ("noun_before", "noun_after")


def presupposed(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether a measure with an owner is there whatever the verb denies or asks: "did not reverse its 50% tariff"."""
    group, noun = measure.group, measure.noun
    if group is None or noun is None or measure.rate is None or measure.rule != "noun_after":
        return False
    if group.lemma in tariff_words().imposing or group.lemma in tariff_words().subject_pays:
        return False
    before = sentence.tokens[max(0, measure.first - 4) : measure.first]
    phrase = sentence.phrase_at(sentence.tokens[noun].start)
    named = [*before, *([sentence.tokens[phrase.first]] if phrase is not None else [])]
    owned = any(t.tag in (Tag.POSSESSIVE, Tag.GENITIVE) for t in named)
    return owned and group.first < measure.first


def _drops_to(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb lowers a rate to another: "dropped a 25 per cent tariff to 15 per cent"."""
    after = [t for t in sentence.tokens[group.last + 1 : group.last + 16] if t.lower not in _BEFORE_FIGURE]
    to = (i for i in range(len(after) - 1) if after[i].lower == "to" and after[i + 1].tag == Tag.NUMBER)
    return any(i == 0 or after[i - 1].lower != "up" for i in to)


def _taken_back(sentence: ParsedSentence, plan: NounPhrase) -> str | None:
    """The status of a plan that a verb before it suspends, ends or carries out: "paused a plan", "acted on it"."""
    before = [g for g in sentence.groups if g.last < plan.first]
    if before and _fulfils(sentence, before[-1]) and hypothetical(sentence, before[-1]):
        return TariffStatus.THREATENED
    if before and _fulfils(sentence, before[-1]):
        return TariffStatus.ANNOUNCED if before[-1].tense == "future" else TariffStatus.IMPOSED
    said = tariff_words().status_of.get(before[-1].lemma) if before and before[-1].last >= plan.first - 3 else None
    return said if said in (TariffStatus.SUSPENDED, TariffStatus.REMOVED) else None


def _fulfils(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb carries out a threat or a plan: "made good on", "followed through on", "delivered on"."""
    following = sentence.tokens[group.last + 1].lower if group.last + 1 < len(sentence.tokens) else ""
    return not group.negated and tariff_words().fulfilling.get(group.lemma) in (following, "")


def _joined_infinitive(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup:
    """A bare verb joined to an infinitive is one: "threatened to raise the duty and impose a levy"."""
    bare = group.first == group.last and sentence.tokens[group.first].tag == Tag.BASE and group.form == "finite"
    if not bare or group.first == 0 or sentence.tokens[group.first - 1].tag != Tag.COORDINATOR:
        return group
    before = [g for g in sentence.groups if g.last < group.first]
    joined = before and before[-1].form == "infinitive"
    return replace(group, form="infinitive", first=before[-1].first) if joined else group


def _due(sentence: ParsedSentence, group: VerbGroup, matrix: VerbGroup) -> bool:
    """Whether the infinitive says what is to come: "is due to rise", "are set to double", "is to end"."""
    if group.form != "infinitive":
        return False
    if matrix.lemma == "expect":
        return True
    due = tariff_words().due
    if matrix.lemma in ("be", "remain"):
        return sentence.tokens[group.first - 1].lower in due or matrix.last == group.first - 1
    return (matrix.passive or _in_aside(sentence, matrix)) and matrix.lemma in due


def _in_aside(sentence: ParsedSentence, matrix: VerbGroup) -> bool:
    """Whether a past form behind a comma is a participle: "the duty, set to rise in May, has"."""
    return matrix.first == matrix.last and sentence.tokens[matrix.first - 1].tag == Tag.COMMA


def _goes_on(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a gerund goes on with what a verb before says is to come: "will start at 5 percent, rising to 9"."""
    before = next((g for g in reversed(sentence.groups) if g.last < group.first), None)
    apart = group.form == "gerund" and group.first > 0 and sentence.tokens[group.first - 1].tag == Tag.COMMA
    return apart and before is not None and before.tense == "future" and group.lemma in tariff_words().changing


def modified(sentence: ParsedSentence, noun: int | None) -> str | None:
    """The status that a word before the tariff noun says ("a potential 30% duty"), or None."""
    phrase = sentence.phrase_at(sentence.tokens[noun].start) if noun is not None else None
    if phrase is None or noun is None:
        return None
    found = (tariff_words().modifier.get(t.lower) for t in sentence.tokens[phrase.first : noun])
    return next((said for said in found if said is not None), None)


def _with_shared_modal(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup:
    """A bare verb joined to one with a modal shares it: "would cut the duty and reduce the levy"."""
    word = sentence.tokens[group.first]
    base = word.tag == Tag.BASE or word.lower in SAME_IN_PAST
    if not base or group.first != group.last or group.form != "finite":
        return group
    edge = group.first - 1
    while edge > 0 and (sentence.tokens[edge].tag == Tag.ADVERB or sentence.tokens[edge].lower == "then"):
        edge -= 1
    joints = (Tag.COORDINATOR,) if edge == group.first - 1 else (Tag.COORDINATOR, Tag.COMMA)
    if edge < 1 or sentence.tokens[edge].tag not in joints:
        return group
    before = [g for g in sentence.groups if g.last < group.first and g.modal is not None]
    return replace(group, modal=before[-1].modal, tense=before[-1].tense) if before else group


def _reported(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb of saying or deciding stands before the group, so that the possibility is somebody's word."""
    return any(g.last < group.first and g.lemma in clause_takers() for g in sentence.groups)


def _threat_before(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb of threatening or pledging before "by imposing"."""
    threat = (TariffStatus.THREATENED, TariffStatus.ANNOUNCED)
    before = [g for g in sentence.groups if g.last < group.first][-2:]
    return next((g for g in reversed(before) if tariff_words().status_of.get(g.lemma) in threat), None)


def _matrix(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb that an infinitive or gerund hangs on: "threatened to impose", "suspended imposing"."""
    if group.form not in ("infinitive", "gerund") or group.passive:
        return None
    if group.form == "gerund" and group.first:
        before_it = sentence.tokens[group.first - 1]
        if before_it.lower == "by":
            return _threat_before(sentence, group)
        if before_it.lower in ("of", "about", "at") and group.first > 1:
            return next((g for g in sentence.groups if g.last == group.first - 2), None)
        if before_it.tag in (Tag.PREPOSITION, Tag.SUBORDINATOR, Tag.COMMA):
            return None
        own = sentence.phrase_at(before_it.start)
        if own is not None and own.last == group.first - 1 and own.preposition in _OVER:
            return None
    before = [g for g in sentence.groups if g.last < group.first]
    words = tariff_words()
    while (
        len(before) > 1
        and before[-1].lemma not in words.status_of
        and (
            before[-1].form == "infinitive"
            or (before[-1].form == "finite" and sentence.tokens[before[-1].first].tag == Tag.BASE)
        )
    ):
        before.pop()
    return before[-1] if before else None
