"""Rows of dates: the span, the days covered, what resolved them and the clause they date."""

from __future__ import annotations

import pytest

from communique.articles.build import Metadata, build_article
from communique.extraction.dates import date_rows, find_timexes
from communique.extraction.model import Annotations
from communique.extraction.rows import DateExpression


def rows_of(text: str, published: str | None = None) -> tuple[DateExpression, ...]:
    article = build_article(text, Metadata(title="On the matter", published=published))
    return date_rows(Annotations(article, (), (), find_timexes(article), (), {}))


def test_a_date_with_its_days_and_clause() -> None:
    (row,) = rows_of("On 13 June 2024, Norway and Chile signed the accord on ports.")
    assert row.text == "13 June 2024"
    assert (row.timex_type, row.timex_value, row.resolved_by) == ("DATE", "2024-06-13", "explicit")
    assert (row.start_date, row.end_date) == ("2024-06-13", "2024-06-13")
    assert row.event == "Norway and Chile signed the accord on ports"
    assert row.sentence == 0


def test_the_clause_before_a_date() -> None:
    (row,) = rows_of("The envoy visited Lima in February, but nobody cared.", "2025-04-07")
    assert (row.timex_value, row.resolved_by) == ("2025-02", "publication")
    assert row.event == "The envoy visited Lima"


@pytest.mark.parametrize(
    ("sentence", "date", "event"),
    [
        ("Peru paid more during its presidency of the bank in 2023.", "2023", "its presidency of the bank"),
        ("Prices rose after the closure of the canal in May 2021.", "May 2021", "the closure of the canal"),
        ("Peru has sent wheat from the start of the drought in 2019.", "2019", "the start of the drought"),
        ("The envoys withdrew from Lima in 2019.", "2019", "The envoys withdrew from Lima"),
        ("The envoy missed a 4 May 2019 meeting of donors.", "4 May 2019", "a 4 May 2019 meeting of donors"),
        ("Peru revised its 2019 plan for ports.", "2019", "its 2019 plan"),
        ("Peru gave more, including hosting a summit in 2019.", "2019", "hosting a summit"),
        ("Peru joined the bank; sent wheat and led a mission in 2019.", "2019", "led a mission"),
        ("In 2019 alone, Peru sent wheat.", "2019", "Peru sent wheat"),
        ("On 4 May 2019, as expected in Lima, the talks failed.", "4 May 2019", "the talks failed"),
        (
            "The minister, for one, on 4 June 2019 said nothing.",
            "4 June 2019",
            "The minister, for one, on 4 June 2019 said nothing",
        ),
        ("She led the mission from 2015 to 2018.", "2018", "She led the mission"),
        ("It fell to decades of neglect.", "decades", "neglect"),
        ("They want a ten-day truce.", "ten-day", None),
    ],
)
def test_what_a_date_dates(sentence: str, date: str, event: str | None) -> None:
    assert {row.text: row.event for row in rows_of(sentence)}[date] == event


def test_vague_and_recurring_times_date_no_clause() -> None:
    assert [row.event for row in rows_of("Now they meet every year.")] == [None, None]


def test_a_relative_date_is_resolved_by_its_neighbour() -> None:
    first, second = rows_of("They met on 2 May 2024. The following day they left.")
    assert (second.timex_value, second.resolved_by) == ("2024-05-03", "context")
    assert first.resolved_by == "explicit"


def test_the_line_of_publication() -> None:
    text = "Ports and Planes\n\nPublished on April 7, 2025\n\nThe ports of the north are closed, and nobody asks.\n"
    article = build_article(text)
    dates = [(t.timex_value, t.is_publication_date) for t in find_timexes(article)]
    assert dates == [("2025-04-07", True)]


def test_a_year_told_elsewhere_gives_no_date_its_year() -> None:
    assert [r.timex_value for r in rows_of("The fort was built in 1800.\n\nEnvoys came on March 6.")] == [
        "1800",
        "XXXX-03-06",
    ]
