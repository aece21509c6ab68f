"""How a reading is shown to people."""

from __future__ import annotations

from communique.articles.build import build_article
from communique.articles.view import body_of, reading_of

TEXT = """Oslo pays for the bridge

By Kari Lunde

Norway will pay 3 million euros. It opens in May.

Share this article
"""


def test_body() -> None:
    assert body_of(build_article(TEXT)) == (
        "Oslo pays for the bridge\n\nNorway will pay 3 million euros.\nIt opens in May.\n"
    )


def test_reading_names_the_kind_or_the_rule() -> None:
    assert reading_of(TEXT).splitlines() == [
        "title: Oslo pays for the bridge; published: None; authors: Kari Lunde",
        "+ title            Oslo pays for the bridge",
        "- byline           By Kari Lunde",
        "+ paragraph        Norway will pay 3 million euros. It opens in May.",
        "- navigation       Share this article",
    ]
