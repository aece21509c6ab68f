"""Recommendations that an enumeration makes: further actions under one modal, items without recommending words."""

from __future__ import annotations

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag, verb_forms
from communique.extraction.model import Annotations
from communique.extraction.recommendations.actions import action_end
from communique.extraction.recommendations.addressees import addressee_ids
from communique.extraction.recommendations.case import Case
from communique.extraction.recommendations.lists import Place
from communique.extraction.recommendations.phrases import is_base, verb_after
from communique.extraction.recommendations.topics import topic_of
from communique.extraction.rows import Recommendation

_WORDS = (("one", "first"), ("two", "second", "secondly"), ("three", "third", "thirdly"), ("four", "fourth"), ("five",))
_COUNTED = {word: number for number, words in enumerate(_WORDS, start=1) for word in words}


def counted_actions(annotations: Annotations, case: Case, index: int, row: Recommendation) -> list[Recommendation]:
    """Further counted actions under one modal: "should do two things: act; two, wait"."""
    tokens = case.tokens
    if case.candidate.kind != "verb":
        return []
    found: list[Recommendation] = []
    for i in range(case.candidate.end + 1, len(tokens) - 2):
        number = _COUNTED.get(tokens[i].lower)
        if number is None or number < 2 or tokens[i + 1].tag != Tag.COMMA or not is_base(tokens[i + 2]):
            continue
        end = action_end(case.sentence, i + 2)
        action = annotations.article.text[tokens[i + 2].start : tokens[end].end]
        found.append(
            Recommendation(
                char_start=tokens[i + 2].start,
                char_end=tokens[end].end,
                sentence=index,
                rule="counted action",
                recommender_id=row.recommender_id,
                recommender=row.recommender,
                addressee_ids=row.addressee_ids,
                addressee=row.addressee,
                action=action,
                modality=row.modality,
                strength=row.strength,
                is_negated=row.is_negated,
                ordinal=number,
                topic=topic_of(action),
            )
        )
    return found


def bare_item(annotations: Annotations, index: int, place: Place) -> list[Recommendation]:
    """An item of a list of recommendations that has no recommending words of its own."""
    sentence = annotations.parsed(index)
    tokens = sentence.tokens
    if not tokens:
        return []
    first = _first_verb(sentence)
    negated = tokens[0].lower in ("no", "never", "not") or (
        tokens[0].tag == Tag.DO and "not" in tokens[0].lower + tokens[min(1, len(tokens) - 1)].lower
    )
    imperative = is_base(tokens[first]) or (tokens[first].tag == Tag.NAME and _is_base_form(tokens[first].lower))
    finite = any(g.form == "finite" and g.first > 0 for g in sentence.groups[:2])
    if not imperative and (finite or place.addressed or not place.opens):
        return []
    if imperative and _is_subject(sentence, first):
        return []
    if negated and tokens[0].tag == Tag.DO:
        first = next((i for i in range(1, min(4, len(tokens))) if is_base(tokens[i])), 0)
    end = action_end(sentence, first)
    action = annotations.article.text[tokens[first].start : tokens[end].end]
    above = annotations.article.sentences[place.lead] if place.lead is not None else None
    heading = annotations.article.text[above.start : above.end] if above is not None else ""
    lead = annotations.parsed(place.lead) if place.addressed and place.lead is not None else None
    region = (1, len(lead.tokens) - 1 - (lead.tokens[-1].text == ":")) if lead is not None else (0, 0)
    return [
        Recommendation(
            char_start=tokens[0].start,
            char_end=tokens[end].end,
            sentence=index,
            rule="item of a list",
            addressee_ids=addressee_ids(annotations, lead, region, place.lead)
            if lead and place.lead is not None
            else (),
            addressee=annotations.article.text[lead.tokens[region[0]].start : lead.tokens[region[1]].end]
            if lead
            else None,
            action=action,
            modality="advise",
            strength="moderate",
            is_negated=negated,
            ordinal=place.ordinal,
            topic=topic_of(action, "", heading),
        )
    ]


def _first_verb(sentence: ParsedSentence) -> int:
    """The token where an imperative would start, adverbs before it passed over."""
    tokens = sentence.tokens
    if tokens[0].tag != Tag.ADVERB:
        return 0
    found = verb_after(sentence, 0, marked=False)
    return 0 if found is None else found[0]


def _is_subject(sentence: ParsedSentence, first: int) -> bool:
    """Whether the word is part of a subject: "Support for this grows"."""
    group = next((g for g in sentence.groups if g.first > first and g.form == "finite"), None)
    return group is not None and any(p.first <= first <= p.last for p in subject(sentence, group))


def _is_base_form(word: str) -> bool:
    form = verb_forms().get(word)
    return form is not None and Tag.BASE in form.tags
