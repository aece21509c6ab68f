"""Titles, dates, authors, paragraphs and headings of a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.articles.build import build_article
from communique.articles.metadata import Metadata
from communique.articles.model import Article, SentenceKind

BODY = (
    "The two governments signed an accord on fisheries in the harbour of Bergen after nine years of talks, "
    "officials said.\n"
)


def _shown(article: Article, kind: SentenceKind) -> list[str]:
    return [article.text[s.start : s.end] for s in article.sentences if s.kind is kind]


PUBLICATION_LINES = {
    "Published on April 7, 2015": "2015-04-07",
    "Published: Thursday 9 July 2015": "2015-07-09",
    "Reykjavik, 21 November 2014": "2014-11-21",
    "The Fjord Post | 3 October 2015 | Analysis": "2015-10-03",
    "Updated 12 March 2015": "2015-03-12",
    "Last updated: 12 March 2015, 10:30 GMT": "2015-03-12",
    "Posted March 3rd, 2015 at 9:15 a.m.": "2015-03-03",
    "2015-03-03": "2015-03-03",
    "2015-03-03T10:15:00Z": "2015-03-03",
    "3.3.2015": "2015-03-03",
    "March 2015": "2015-03",
    "Date: 13/03/2015": "2015-03-13",
    "Sept. 4, 2015": "2015-09-04",
    "By Kari Lunde | Sep 4, 2015": "2015-09-04",
    "Washington, D.C. – 4 September 2015": "2015-09-04",
    "First published: 4 September 2015 · Last updated: 6 September 2015": "2015-09-04",
}


@pytest.mark.parametrize(("line", "published"), PUBLICATION_LINES.items())
def test_publication_lines_date_the_article(line: str, published: str) -> None:
    article = build_article(f"Bergen accord signed\n\n{line}\n\n{BODY}")
    assert (article.published, article.published_from) == (published, "text")
    assert _shown(article, SentenceKind.PUBLICATION_LINE) == [line]


NO_PUBLICATION_LINES = [
    "31 February 2015",
    "3/4/2015",
    "Signed in Bergen on 3 March 2015 after nine years",
    "The accord of March 2015 and its critics",
    "Published in March 2012, the strategy names no rival.",
    "Oslo, July 10",
]


@pytest.mark.parametrize("line", NO_PUBLICATION_LINES)
def test_other_lines_with_dates_do_not(line: str) -> None:
    article = build_article(f"Bergen accord signed\n\n{line}\n\n{BODY}")
    assert article.published is None
    assert not _shown(article, SentenceKind.PUBLICATION_LINE)


def test_the_first_publication_counts_before_an_update() -> None:
    article = build_article(f"Bergen accord signed\n\nUpdated 5 May 2015\nPublished 4 May 2015\n\n{BODY}")
    assert article.published == "2015-05-04"


def test_a_chronology_does_not_date_the_article() -> None:
    entries = "".join(f"{day} May 2015\n\n{BODY.replace('nine', str(day))}\n" for day in (3, 4, 5))
    assert build_article(f"The accord, day by day\n\n{entries}").published is None


def test_a_dateline_with_a_year_dates_the_article_and_is_body() -> None:
    article = build_article(f"Bergen accord signed\n\nBERGEN, 3 May 2015 (Fjord Wire) - {BODY}")
    assert article.published == "2015-05-03"
    assert _shown(article, SentenceKind.PARAGRAPH)[0].startswith("BERGEN, 3 May 2015")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ("2015-03", ("2015-03-12", "text")),
        ("2015-04", ("2015-04", "metadata")),
        ("2015-03-12", ("2015-03-12", "metadata")),
    ],
)
def test_the_text_may_make_the_known_date_more_precise(known: str, expected: tuple[str, str]) -> None:
    article = build_article(f"Bergen accord signed\n\n12 March 2015\n\n{BODY}", Metadata(published=known))
    assert (article.published, article.published_from) == expected


BYLINES = {
    "By Kari Lunde": ("Kari Lunde",),
    "By Kari Lunde and Ola van der Berg in Oslo": ("Kari Lunde", "Ola van der Berg"),
    "Kari Lunde, Senior Fellow at the Fjord Institute": ("Kari Lunde",),
    "Written by: Kari Lunde": ("Kari Lunde",),
    "Dr. Kari Lunde": ("Kari Lunde",),
    "KARI LUNDE": ("KARI LUNDE",),
    "By Country": (),
    "Executive Summary": (),
    "Support to Norway": (),
}


@pytest.mark.parametrize(("line", "authors"), BYLINES.items())
def test_bylines_name_the_authors(line: str, authors: tuple[str, ...]) -> None:
    article = build_article(f"Bergen accord signed at last\n\n{line}\n\n{BODY}")
    assert article.authors == authors
    assert any(line in article.text[s.start : s.end] for s in article.sentences) == (not authors)


def test_known_metadata_stands_before_the_text() -> None:
    known = Metadata("The accord", "The Fjord Post", ("Ola Berg",), "2015", "https://e.example")
    article = build_article(f"Bergen accord signed at last\n\nBy Kari Lunde\n\n{BODY}", known)
    assert (article.title, article.publisher, article.authors) == ("The accord", "The Fjord Post", ("Ola Berg",))
    assert (article.published, article.source_url) == ("2015", "https://e.example")


SHEET = """FACT SHEET: The donors

At a glance
Twelve donors have given.

Iceland
• Gave 3 boats.
• Pledged ISK 20 million.

Japan:
1. Paid for two bridges. They stand.
"""


def test_items_stand_under_their_heading_without_their_markers() -> None:
    article = build_article(SHEET)
    shown = [
        (
            article.text[s.start : s.end],
            s.kind.value,
            None if s.heading is None else article.text[article.sentences[s.heading].start :][:5],
        )
        for s in article.sentences
    ]
    assert shown == [
        ("FACT SHEET: The donors", "title", None),
        ("At a glance", "heading", None),
        ("Twelve donors have given.", "paragraph", "At a "),
        ("Iceland", "heading", None),
        ("Gave 3 boats.", "item", "Icela"),
        ("Pledged ISK 20 million.", "item", "Icela"),
        ("Japan:", "heading", None),
        ("Paid for two bridges.", "item", "Japan"),
        ("They stand.", "item", "Japan"),
    ]


def test_headings_in_a_row_are_nested() -> None:
    article = build_article(
        f"The donors\n\nSupport to Chad\n\nIceland\n\n{BODY}\nJapan\n\n{BODY.replace('nine', 'ten')}"
    )
    headings = {article.text[s.start : s.end]: s.heading for s in article.sentences if s.kind is SentenceKind.HEADING}
    assert headings == {"Support to Chad": None, "Iceland": 1, "Japan": 1}


def test_markdown_headings_nest_by_level() -> None:
    article = build_article(
        f"# The donors\n\n## North\n\n### Iceland\n\n{BODY}\n## South\n\n{BODY.replace('nine', 'ten')}"
    )
    headings = {article.text[s.start : s.end]: s.heading for s in article.sentences if s.kind is SentenceKind.HEADING}
    assert headings == {"North": None, "Iceland": 1, "South": None}


WRAPPED = """    BERGEN, May 3 - The two governments signed an accord on fisheries in
the harbour of Bergen today, and agreed that duties of 4.2 to 21.5 pct
on herring would lapse.
    "We waited nine years," said a minister. The accord runs until Feb
28, 2021, and may be renewed.
"""


def test_wrapped_lines_are_one_paragraph_and_indents_begin_another() -> None:
    article = build_article(WRAPPED)
    assert [(s.paragraph, " ".join(article.text[s.start : s.end].split())[:12]) for s in article.sentences] == [
        (0, "BERGEN, May "),
        (1, '"We waited n'),
        (1, "The accord r"),
    ]


def test_lines_that_are_not_wrapped_are_blocks_of_their_own() -> None:
    article = build_article(
        "The donors\nIceland gave three boats to the fund last year.\nJapan paid for two bridges.\n"
    )
    assert [s.paragraph for s in article.sentences] == [0, 1, 2]


def test_lists_without_markers_follow_a_colon() -> None:
    article = build_article(
        f"The donors\n\n{BODY}\nThe fund has paid for the following:\n\nthree boats\n\ntwo bridges\n"
    )
    assert _shown(article, SentenceKind.ITEM) == ["three boats", "two bridges"]


@settings(deadline=None)
@given(st.text() | st.text(alphabet="Ab1.?!\n \t•-#>*“”[]|:@$%,", max_size=300))
def test_any_text_has_ordered_sentences_inside_it(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    article = build_article(text)
    at = paragraph = 0
    for number, sentence in enumerate(article.sentences):
        assert at <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        assert paragraph <= sentence.paragraph
        assert sentence.heading is None or sentence.heading < number
        at, paragraph = sentence.end, sentence.paragraph


@settings(deadline=None)
@given(st.text(alphabet="Ab. \n•“”", max_size=120))
def test_reading_is_deterministic(text: str) -> None:
    assert build_article(text) == build_article(text)
