"""What the engine reads: an article with its metadata, its text and the sentences of its body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class SentenceKind(StrEnum):
    """What a stretch of the body is in the layout of the article."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"
    PUBLICATION_LINE = "publication_line"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body: `text[start:end]`, code points, end exclusive, without surrounding white space.

    `paragraph` numbers the blocks of the body from 0; sentences of one block share it.  `heading` is the index (in
    `Article.sentences`) of the section heading the sentence stands under, or None.  A list item's marker ("•", "2.")
    stands before `start`.
    """

    start: int
    end: int
    kind: SentenceKind
    paragraph: int
    heading: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An ingested article.

    `published` is ISO 8601 at the precision known (`2025-04-07`, `2025-03`, `2023`); `published_from` says where it
    was found (`metadata` or `text`).  `sha256` is of the raw bytes, `text_sha256` of the ingested text as UTF-8.
    `encoding` is the one that the file was decoded with.  `sentences` holds the body alone, in order of the text:
    navigation, adverts, bylines, credits, biographies and repeated titles have none.
    """

    article_id: str
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    published_from: str | None
    language: str
    source_url: str | None
    source_file: str
    sha256: str
    text: str
    text_sha256: str
    sentences: Sequence[Sentence]
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that could not be ingested: why, and what would mend it, each in one line."""

    source_file: str
    sha256: str | None
    reason: str
    detail: str
    remedy: str
