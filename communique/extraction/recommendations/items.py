"""Recommendations that an enumeration makes: further actions under one modal, items without recommending words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag, verb_forms
from communique.extraction.model import Annotations
from communique.extraction.recommendations.actions import action_end
from communique.extraction.recommendations.addressees import addressee_ids
from communique.extraction.recommendations.bases import is_base
from communique.extraction.recommendations.case import Case
from communique.extraction.recommendations.lists import Place
from communique.extraction.recommendations.marks import mark_at
from communique.extraction.recommendations.phrases import verb_after
from communique.extraction.recommendations.topics import topic_of
from communique.extraction.recommendations.words import words_of
from communique.extraction.rows import Recommendation

_OF_VERBS = frozenset({
    "verb", "infinitive", "object_infinitive", "object_infinitive_near", "agent_infinitive", "for_infinitive",
    "infinitive_of_other",
})  # fmt: skip
"""Complements under whose words further verbs may be counted."""
_ANNOUNCED = 2
"""How far behind an announcement its first item stands: a colon is between them."""


def counted_actions(annotations: Annotations, case: Case, row: Recommendation) -> list[Recommendation]:
    """The row, and one for each further counted action under its words: "should (1) act and (2) wait".

    Words that only announce what is counted give way to the first action: "should do two things: first, act".
    """
    tokens, candidate = case.tokens, case.candidate
    if candidate.kind not in _OF_VERBS:
        return [row]
    marks = list(_marks(tokens, candidate.end + 1))
    own = next((mark for mark in _marks(tokens, candidate.span[0], candidate.verb) if mark[0] == 1), None)
    negated = row.is_negated
    if own is not None:
        row = replace(row, ordinal=1)
        negated = negated and not any(t.tag == Tag.NEGATION for t in tokens[own[2] : candidate.verb])
    elif marks and marks[0][0] == 1 and marks[0][1] <= candidate.end + _ANNOUNCED and announces(case):
        first = _counted(annotations, case.sentence, row, marks.pop(0), negated)
        row = replace(first, char_start=row.char_start, rule=row.rule)
    found = [row]
    for mark in marks:
        if mark[0] == (found[-1].ordinal or 1) + 1:
            found.append(_counted(annotations, case.sentence, row, mark, negated))
    return found


def announces(case: Case) -> bool:
    """Whether the action only announces a list: "should take the following steps:"."""
    words = {t.lower for t in case.tokens[case.candidate.verb : case.candidate.end + 1]}
    return bool(words & words_of("nouns", "announced"))


def _marks(tokens: tuple[Token, ...], start: int, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """The numbers of the marks from one token to another, where they are, and the tokens behind them."""
    for i in range(start, len(tokens) if end is None else end):
        found = mark_at(tokens, i)
        if found is not None:
            yield found[0], i, found[1]


def _counted(
    annotations: Annotations, sentence: ParsedSentence, row: Recommendation, mark: tuple[int, int, int], negated: bool
) -> Recommendation:
    """The action behind a mark, `negated` where the words that all share are."""
    tokens, (number, _, behind) = sentence.tokens, mark
    verb = next(i for i in range(behind, len(tokens)) if is_base(tokens[i]))
    end = action_end(sentence, verb)
    action = annotations.article.text[tokens[verb].start : tokens[end].end]
    return replace(
        row,
        char_start=tokens[verb].start,
        char_end=tokens[end].end,
        rule="counted action",
        action=action,
        is_negated=negated != any(t.tag == Tag.NEGATION for t in tokens[behind:verb]),
        ordinal=number,
        topic=topic_of(action),
    )


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
    if imperative and not place.urged and _is_subject(sentence, first):
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
