"""Whatever the text: spans inside sentences, in order and apart, values of TIMEX3, the same answer twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.articles.model import Article, Sentence, SentenceKind
from communique.extraction.dates import find_timexes
from communique.extraction.dates.calendar import days_of

WORDS = """
the a last next this past two three twenty hundred first second 7 31 2024 '98 1990s May March
February Feb. Friday day days week months year years decade century ago later earlier before after
of in on to and or - – , / : 8 a.m. p.m. noon tonight today quarter half fiscal every per twice
early mid late end now recently Easter 9/11 2025-02-30 31/12/2024 24:00 FY26 Q3 1/2 ½ o'clock GMT 's
""".split()

VALUE = re.compile(
    r"(?:PRESENT|PAST|FUTURE)_REF|P(?:\d+(?:\.\d+)?|X)?[A-Z0-9.]+|PT[\dX][\dX.]*[A-Z\d]*"
    r"|[\dX]{2,4}(?:-[\dXWQHA-Z]+)*(?:T[\dA-Z:]+)?(?:/[\dX]{4}(?:-[\dXW]+)*)?"
)


def article_of(text: str, published: str | None) -> Article:
    body = (Sentence(0, len(text), SentenceKind.PARAGRAPH, 0),) if text else ()
    return Article("a", None, None, (), published, None, "en", None, "a.txt", "", text, "", body)


def check(text: str, published: str | None) -> None:
    found = find_timexes(article_of(text, published))
    assert found == find_timexes(article_of(text, published))
    last = 0
    for timex in found:
        assert last <= timex.start < timex.end <= len(text)
        last = timex.end
        assert VALUE.fullmatch(timex.timex_value), timex
        if timex.start_date and timex.end_date:
            assert timex.start_date <= timex.end_date


published_dates = st.sampled_from([None, "2023", "2025-03", "2025-04-07", "1993-10-27", "2024-02-29"])


@settings(deadline=None)
@given(st.text(max_size=200), published_dates)
def test_any_characters(text: str, published: str | None) -> None:
    check(text, published)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from([" ", "", "\n"]), published_dates)
def test_any_temporal_words(words: list[str], gap: str, published: str | None) -> None:
    check((gap or " ").join(words), published)


@pytest.mark.parametrize(
    "unit",
    [
        "the ",
        "2024 ",
        "May ",
        "one ",
        "and ",
        "12-",
        "on 4 May ",
        "hundred ",
        "two weeks ago ",
        "1,",
        "9",
        "''",
        "last ",
        "a year later ",
        "Q1",
        "x" * 90 + "May-",
        "12:30",
    ],
)
def test_long_lines_are_read_to_the_end(unit: str) -> None:
    check(unit * 2000, "2025-04-07")


@given(st.integers(1000, 9998), st.integers(1, 12), st.integers(1, 28))
def test_a_day_covers_itself(year: int, month: int, day: int) -> None:
    value = f"{year}-{month:02d}-{day:02d}"
    covered = days_of(value)
    assert covered is not None
    assert covered[0].isoformat() == covered[1].isoformat() == value
