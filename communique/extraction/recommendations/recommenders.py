"""Who recommends: the subject of the recommending verb, or the speaker of the clause; None where the article speaks."""

from __future__ import annotations

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase
from communique.extraction.model import Annotations
from communique.extraction.recommendations.addressees import addressee_ids
from communique.extraction.recommendations.case import Case
from communique.extraction.speakers import in_quotation, quotation_speaker, speaker_words

_FIRST_PERSON = frozenset({"we", "i", "us"})


def recommender_id(annotations: Annotations, case: Case, index: int) -> str | None:
    """The id of the actor to whom the recommendation of sentence `index` is attributed."""
    first, last = case.start, case.candidate.span[1]
    if case.candidate.construction.by_subject and case.own is not None:
        who = subject(case.sentence, case.own)
        if who and not _first_person(annotations, who):
            return _named(annotations, who, index)
    if case.name == "the need to":
        governor = [g for g in case.sentence.groups if g.last < first][-1:]
        who = subject(case.sentence, governor[0]) if governor else ()
        if who and (named := _named(annotations, who, index)) is not None:
            return named
    who = speaker_words(case.sentence, first, last)
    if who and not _first_person(annotations, who):
        return _named(annotations, who, index)
    if in_quotation(annotations.article, index, case.tokens[first].end):
        found = quotation_speaker(annotations, index)
        return None if found is None else _named(annotations, found[1], found[0])
    return None


def speaks_itself(annotations: Annotations, case: Case, index: int) -> bool:
    """Whether the article itself recommends: no speaker is named and no quotation open."""
    first, last = case.start, case.candidate.span[1]
    if in_quotation(annotations.article, index, case.tokens[first].end):
        return False
    who = speaker_words(case.sentence, first, last)
    if case.candidate.construction.by_subject and case.own is not None:
        who = who or subject(case.sentence, case.own)
    return not who or _first_person(annotations, who)


def _first_person(annotations: Annotations, phrases: tuple[NounPhrase, ...]) -> bool:
    return annotations.article.text[phrases[0].start : phrases[0].end].lower() in _FIRST_PERSON


def _named(annotations: Annotations, phrases: tuple[NounPhrase, ...], index: int) -> str | None:
    sentence = annotations.parsed(index)
    ids = addressee_ids(annotations, sentence, (phrases[0].first, _with_apposition(annotations, phrases, index)), index)
    return ids[0] if ids else None


def _with_apposition(annotations: Annotations, phrases: tuple[NounPhrase, ...], index: int) -> int:
    """The last token of the phrases with what stands behind a comma or "of" right after them."""
    sentence = annotations.parsed(index)
    last = phrases[-1].last
    for phrase in sentence.phrases_between(last + 1, last + 6):
        between = sentence.tokens[last + 1 : phrase.first]
        if len(between) > 1 or sentence.group_at(sentence.tokens[phrase.first - 1].start) is not None:
            break
        last = phrase.last
    return last
