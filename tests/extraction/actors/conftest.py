"""Articles of bare sentences, so that the reading of names is tested apart from the reading of layouts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.articles.model import Article, Sentence, SentenceKind

ArticleOf = Callable[..., Article]


@pytest.fixture(scope="session")
def article_of() -> ArticleOf:
    """An article whose body is `text`, one sentence after every full stop and space or new line."""

    def build(
        text: str, *, published: str | None = "2025-04-07", kind: SentenceKind = SentenceKind.PARAGRAPH
    ) -> Article:
        spans = []
        start = 0
        for end in (*(i + 1 for i in range(len(text) - 1) if text[i] in ".!?" and text[i + 1] == " "), len(text)):
            if text[start:end].strip() and not text[:end].endswith(_SHORT):
                first = start + len(text[start:end]) - len(text[start:end].lstrip())
                spans.append(Sentence(first, start + len(text[start:end].rstrip()), kind, 0))
                start = end
        return Article(
            article_id="article",
            title=None,
            publisher=None,
            authors=(),
            published=published,
            published_from=None,
            language="en",
            source_url=None,
            source_file="article.txt",
            sha256="",
            text=text,
            text_sha256="",
            sentences=tuple(spans),
        )

    return build


_SHORT = ("Col.", "Gen.", "Mr.", "Mrs.", "Dr.", " T.", "U.S.", "Corp.")
