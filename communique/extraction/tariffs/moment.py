"""When a measure takes effect, where the text says it."""

from __future__ import annotations

from bisect import bisect_left

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.model import Timex
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.verbs import enters_into_force
from communique.extraction.tariffs.words import tariff_words

_OPENING = frozenset({"from", "effective", "starting", "beginning", "effect", "force", "commencing"})
_BEGINNING = frozenset({"start", "begin", "commence", "apply", "kick", "come", "go", "enter", "take"})


def effective_date(timexes: tuple[Timex, ...], sentence: ParsedSentence, measure: Measure) -> str | None:
    """The date at which `measure` takes effect, ISO at the text's precision, None where the sentence names none.

    Dates behind the measure come before those in front of it ("from 1 July", "effective March 4", "in 2026" of what
    will be done, "kicks in on Friday", "to 84 per cent on 10 April").
    """
    first = bisect_left(timexes, sentence.start, key=lambda t: t.start)
    within = timexes[first : bisect_left(timexes, sentence.end, key=lambda t: t.start)]
    for timex in sorted(within, key=lambda t: (t.start < measure.end, t.start)):
        dated = timex.timex_type in ("DATE", "TIME") and timex.start_date
        if dated and timex.timex_value and _takes_effect(sentence, timex, measure):
            return timex.timex_value[:10]
    return None


def _takes_effect(sentence: ParsedSentence, timex: Timex, measure: Measure) -> bool:
    at = sentence.token_at(timex.start)
    before = [t.lower for t in sentence.tokens[max(0, at - 3) : at]]
    group = measure.group
    if timex.start < measure.end and not _leads(sentence, at, measure):
        return False
    if _OPENING.intersection(before) or before[-2:] == ["as", "of"]:
        return True
    lemma = group.lemma if group is not None else ""
    if "since" in before:
        return lemma not in ("import", "export", "buy", "sell", "trade")
    if group is None:
        return False
    if timex.start < measure.end:
        year = len(timex.timex_value) == 4 and before[-1:] == ["in"] and at <= 2
        return year and group.tense == "past" and lemma in tariff_words().imposing
    closed = not before or before[-1] in ("on", "in") or lemma in _BEGINNING
    if closed and (enters_into_force(sentence, group) or lemma in _BEGINNING) and lemma != "take":
        return True
    if enters_into_force(sentence, group) and at <= group.last + 6:
        return True
    beside = bool(before) and before[-1] in ("on", "in") and at - 2 <= sentence.token_at(measure.end - 1)
    if beside and lemma in tariff_words().changing:
        return True
    return group.tense == "future" and "in" in before


def _leads(sentence: ParsedSentence, at: int, measure: Measure) -> bool:
    """Whether the date at token `at` opens the clause of the measure: "From 1 July, India will put a duty on"."""
    group = measure.group
    if group is None or at > group.first:
        return False
    return not any(at < g.first < group.first and g.form == "finite" for g in sentence.groups)
