"""Rows of the `dates` table from the temporal expressions of an article."""

from __future__ import annotations

from bisect import bisect_right

from communique.extraction.dates.event import dated_clause, dates_something
from communique.extraction.model import Annotations, Timex
from communique.extraction.rows import DateExpression


def date_rows(annotations: Annotations) -> tuple[DateExpression, ...]:
    """One row per temporal expression, in order of the text, with the clause it dates."""
    article = annotations.article
    if not annotations.timexes:
        return ()
    starts = [s.start for s in article.sentences]
    rows: list[DateExpression] = []
    before: Timex | None = None
    for timex in annotations.timexes:
        sentence = bisect_right(starts, timex.start) - 1
        before = before if before is not None and before.start >= starts[sentence] else None
        event = None
        if dates_something(timex):
            event = dated_clause(article.text, annotations.parsed(sentence), timex, before)
        rows.append(
            DateExpression(
                char_start=timex.start,
                char_end=timex.end,
                sentence=sentence,
                rule=timex.rule,
                text=article.text[timex.start : timex.end],
                timex_type=timex.timex_type,
                timex_value=timex.timex_value,
                start_date=timex.start_date,
                end_date=timex.end_date,
                resolved_by=timex.resolved_by,
                is_publication_date=timex.is_publication_date,
                event=event,
            )
        )
        before = timex
    return tuple(rows)
