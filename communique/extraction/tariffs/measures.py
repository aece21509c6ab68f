"""The customs measures that a sentence names: rates tied to a tariff, then tariffs without a rate."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Amount, Percent
from communique.extraction.tariffs.bare import bare, with_nominal
from communique.extraction.tariffs.figures import rate_figures
from communique.extraction.tariffs.measure import Measure, tariff_nouns
from communique.extraction.tariffs.named import named
from communique.extraction.tariffs.rated import per_unit, rated
from communique.extraction.tariffs.retaliation import answered
from communique.extraction.tariffs.verbs import only_wanted
from communique.extraction.tariffs.words import tariff_words


def measures(
    text: str, sentence: ParsedSentence, percents: tuple[Percent, ...], amounts: tuple[Amount, ...], in_context: bool
) -> tuple[Measure, ...]:
    """The measures of one sentence, those with a rate first, in order of the text within each kind.

    `percents` and `amounts` are those that stand in the sentence; `in_context` says that the sentence or the ones
    before it speak of a customs measure by a noun of its own.
    """
    nouns = tariff_nouns(sentence, in_context)
    found: list[Measure] = []
    for percent in rate_figures(text, sentence, percents):
        measure = rated(sentence, percent, nouns, in_context, found)
        if measure is not None:
            found.append(measure)
    found = [m for m in found if not only_wanted(sentence, m)]
    found.extend(m for a in amounts if (m := per_unit(text, sentence, a, nouns)) is not None)
    found = _told_once(sentence, [with_nominal(sentence, m) for m in found if not _left_behind(sentence, m, found)])
    taken = {m.noun for m in found}
    rating = [m.group for m in found if m.rate is not None and not answered(sentence, m)]
    unrated = [_unrated(sentence, noun, rating) for noun in nouns if noun not in taken]
    return (*found, *(m for m in unrated if m is not None and not _itemised(sentence, m, found)))


def _itemised(sentence: ParsedSentence, measure: Measure, rated: list[Measure]) -> bool:
    """Whether rates go on to say what the measure is: "a wave of duties, including a 9% levy on tin"."""
    tokens = sentence.tokens
    behind = (i for i in range(measure.last + 1, min(measure.last + 3, len(tokens))) if tokens[i].tag != Tag.COMMA)
    opening = next(behind, None)
    if opening is None or tokens[opening].lower not in ("including", "such", "like"):
        return False
    return any(opening < m.first <= opening + 4 for m in rated if m.rate is not None)


def _unrated(sentence: ParsedSentence, noun: int, rating: list[VerbGroup | None]) -> Measure | None:
    """The measure without a rate by its verb, unless that says a rate already, else by the words around it."""
    measure = bare(sentence, noun)
    if measure is not None and (measure.rule != "measure" or not any(g is measure.group for g in rating)):
        return measure
    return named(sentence, noun)


def _told_once(sentence: ParsedSentence, found: list[Measure]) -> list[Measure]:
    """What a noun says of the first of a list holds for the others: "plans for a duty on figs, a levy on tin"."""
    told = list(found)
    for i in range(1, len(told)):
        before, measure = told[i - 1], told[i]
        phrase = sentence.phrase_at(sentence.tokens[measure.first].start)
        first = phrase.first if phrase is not None else measure.first
        beside = first > 0 and sentence.tokens[first - 1].tag in (Tag.COMMA, Tag.COORDINATOR)
        if before.said is not None and measure.said is None and beside and measure.group is before.group:
            told[i] = replace(measure, said=before.said)
    return told


def _left_behind(sentence: ParsedSentence, measure: Measure, found: list[Measure]) -> bool:
    """Whether the verb takes the measure from its rate to another: "its 30 per cent tariff will fall to 10"."""
    group = measure.group
    if group is None or group.lemma not in tariff_words().changing:
        return False
    if measure.rule in ("tariff_is_rate", "rate_continued"):
        return False
    if sentence.tokens[sentence.token_at(measure.start) - 1].lower in ("to", "at"):
        return False
    later = (m for m in found if m.group is group and m.start > measure.end and m.noun == measure.noun)
    if any(sentence.tokens[sentence.token_at(m.start) - 1].lower == "to" for m in later):
        return True
    return measure.last < group.first and any(m.group is group and m.rule == "tariff_is_rate" for m in found)
