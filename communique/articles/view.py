"""An article as it was read, for people: body with its kinds, and what was left out with the rule that did it."""

from __future__ import annotations

from collections.abc import Iterator

from communique.articles.build import build_article, read
from communique.articles.metadata import Metadata
from communique.articles.model import Article


def body_of(article: Article) -> str:
    """The body alone: a sentence per line, an empty line between blocks."""
    lines: list[str] = []
    paragraph = 0
    for sentence in article.sentences:
        if sentence.paragraph != paragraph:
            lines.append("")
            paragraph = sentence.paragraph
        lines.append(" ".join(article.text[sentence.start : sentence.end].split()))
    return "\n".join(lines) + "\n"


def reading_of(text: str, metadata: Metadata | None = None) -> str:
    """How the text was read, a line per block: "+" and the kind for body, "-" and the rule for furniture."""
    return "\n".join(_rows(text, metadata or Metadata())) + "\n"


def _rows(text: str, metadata: Metadata) -> Iterator[str]:
    reading = read(text, metadata)
    article = build_article(text, metadata)
    yield f"title: {article.title}; published: {article.published}; authors: {', '.join(article.authors)}"
    for number, (line, kind) in enumerate(zip(reading.sheet.lines, reading.kinds, strict=True)):
        sign, name = ("-", reading.dropped[number]) if kind is None else ("+", kind.value)
        yield f"{sign} {name:16} {line.text}"
