"""The temporal expressions of an article: found sentence by sentence, then resolved in order of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from communique.articles.model import Article, Sentence, SentenceKind
from communique.extraction.dates.anchors import Anchor, Resolved, Surroundings
from communique.extraction.dates.calendar import days_of, written_days
from communique.extraction.dates.meaning import Candidate, Clock, Fixed, Meaning, Moment, Offset
from communique.extraction.dates.neighbours import tense_of, with_day_behind, with_shared_parts, year_told
from communique.extraction.dates.resolve import resolve
from communique.extraction.dates.scan import find_candidates
from communique.extraction.dates.windows import triggers
from communique.extraction.model import Timex
from communique.extraction.triggers import holding

NEARBY: Final = 8
"""So many expressions before one in its sentence are looked at for what it leaves out."""


def find_timexes(article: Article) -> tuple[Timex, ...]:
    """Every temporal expression of the article's sentences, in order, resolved where the text and its date allow."""
    story = _Story(Anchor.of(article.published, "publication"))
    places = triggers(article.text)
    found: list[Timex] = []
    for sentence in holding(article.sentences, places):
        candidates = find_candidates(article.text, places, sentence.start, sentence.end)
        if candidates:
            found += _resolve_sentence(article, sentence, candidates, story)
    return tuple(found)


_QUARTER: Final = re.compile(r"(\d{4})-(Q[1-4])")


@dataclass(slots=True)
class _Story:
    """What the text has said so far: the last date, the last quarter, the date a section stands under."""

    published: Anchor | None
    context: Anchor | None = None
    behind: Anchor | None = None
    quarter: tuple[int, str] | None = None
    quarter_paragraph: int = -2
    context_paragraph: int = -1


def _resolve_sentence(article: Article, sentence: Sentence, found: list[Candidate], story: _Story) -> list[Timex]:
    candidates, figurative = found, False
    if len(found) > 1:
        candidates = with_day_behind(with_shared_parts(found))
        figurative = _today_and_tomorrow(candidates)
    results: list[Resolved] = []
    for index, candidate in enumerate(candidates):
        meaning = candidate.meaning
        around = _surroundings(article.text, sentence, candidate, story, results)
        if index:
            nearby = slice(max(index - NEARBY, 0), index)
            told = year_told(article.text, sentence, candidates[nearby], results[nearby], candidate, around)
            meaning = told if told is not None else meaning
        result = _figurative(meaning) if figurative else None
        result = result or resolve(meaning, around)
        results.append(result)
        if sentence.kind is not SentenceKind.PUBLICATION_LINE:
            _remember(story, meaning, result, sentence)
    return [_timex(article, sentence, candidate, results[index]) for index, candidate in enumerate(candidates)]


def _timex(article: Article, sentence: Sentence, candidate: Candidate, result: Resolved) -> Timex:
    dated = result.timex_type in ("DATE", "TIME")
    first, last = written_days(result.value) if dated else (None, None)
    published = article.published if first and sentence.kind is SentenceKind.PUBLICATION_LINE else None
    return Timex(
        start=candidate.start,
        end=candidate.end,
        timex_type=result.timex_type,
        timex_value=result.value,
        start_date=first,
        end_date=last,
        resolved_by=result.by,
        is_publication_date=bool(published) and result.value.startswith(str(published)),
        rule=candidate.rule,
    )


def _today_and_tomorrow(candidates: Sequence[Candidate]) -> bool:
    """ "Today's winners, tomorrow's losers": the two together in one sentence stand for the present and the future."""
    counts = {c.meaning.count for c in candidates if c.rule == "relative-day" and isinstance(c.meaning, Offset)}
    return {0, 1} <= counts


def _figurative(meaning: Meaning) -> Resolved | None:
    if isinstance(meaning, Offset) and meaning.unit == "D" and not meaning.clock and meaning.count in (0, 1):
        return Resolved("DATE", "FUTURE_REF" if meaning.count else "PRESENT_REF", None)
    return None


def _surroundings(
    text: str, sentence: Sentence, candidate: Candidate, story: _Story, before: Sequence[Resolved]
) -> Surroundings:
    meaning = candidate.meaning
    if isinstance(meaning, Fixed):
        return Surroundings(0, None, None, None, None)
    tense = 0
    if isinstance(meaning, Moment) and meaning.year is None and meaning.turn is None:
        tense = tense_of(text, sentence, candidate)
    quarter = story.quarter if sentence.paragraph - story.quarter_paragraph <= 2 else None
    context = story.behind or story.context
    if (
        isinstance(meaning, Offset)
        and meaning.unit == "Y"
        and meaning.count == -1
        and story.context_paragraph != sentence.paragraph
    ):
        context = story.published or context
    if story.published is None and context and context.month is None and story.context_paragraph != sentence.paragraph:
        context = None if isinstance(meaning, Moment) else context
    clock_day = None
    if isinstance(meaning, Clock):
        said = [r for r in before[-NEARBY:] if r.timex_type in ("DATE", "TIME") and days_of(r.value)]
        clock_day = Anchor.of(said[-1].value, "context") if said else story.published or story.context
        if clock_day is not None and clock_day.source == "publication" and clock_day.day is None:
            clock_day = None
    return Surroundings(tense, story.published, context, quarter, clock_day)


def _is_over(story: _Story, result: Resolved) -> bool:
    covered = days_of(result.value)
    return story.published is None or (covered is not None and covered[1] <= story.published.middle)


def _remember(story: _Story, meaning: Meaning, result: Resolved, sentence: Sentence) -> None:
    if result.timex_type not in ("DATE", "TIME") or result.by is None:
        return
    anchor = Anchor.of(result.value, "context")
    if anchor is None:
        return
    story.context = anchor
    story.context_paragraph = sentence.paragraph
    if story.published is not None and anchor.middle >= story.published.middle:
        return
    story.behind = anchor
    quarter = _QUARTER.fullmatch(result.value)
    if quarter and isinstance(meaning, Moment) and meaning.turn is None and _is_over(story, result):
        story.quarter, story.quarter_paragraph = (int(quarter[1]), quarter[2]), sentence.paragraph
