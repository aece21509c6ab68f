"""From the text of an article to its body: the sentences with their kinds, paragraphs and headings."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from communique.articles.authorship import authorship
from communique.articles.front_matter import front_matter
from communique.articles.furniture import closes, foreign, judge, notes, repeats
from communique.articles.metadata import Metadata
from communique.articles.model import Article, Sentence, SentenceKind
from communique.articles.publication import DateLine, date_labels, dateline, publication_lines
from communique.articles.roles import kinds_of, parents_of
from communique.articles.sentences import pieces, sentence_spans
from communique.articles.sheet import Line, Sheet, key_of, opening_of
from communique.articles.titles import find_title, labels_above
from schemas.vocabularies import PublishedFrom

__all__ = ["Metadata", "Reading", "build_article", "read"]

Spans = tuple[tuple[int, int], ...]
_WHOLE: Final = (SentenceKind.TITLE, SentenceKind.HEADING, SentenceKind.PUBLICATION_LINE)
_REPEATED_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read: its blocks, what each is, its sentences, and the rule by which each other was left out."""

    sheet: Sheet
    kinds: tuple[SentenceKind | None, ...]
    spans: tuple[Spans, ...]
    dropped: Mapping[int, str]
    dated: Mapping[int, DateLine]
    title: int | None
    authors: tuple[str, ...]
    known: Metadata


def build_article(
    text: str,
    metadata: Metadata | None = None,
    *,
    article_id: str = "article",
    source_file: str = "article.txt",
    sha256: str | None = None,
    language: str = "en",
    encoding: str = "utf-8",
) -> Article:
    """The article of a text (newlines as `\\n`): title, authors, publication date and the sentences of its body."""
    reading = read(text, metadata or Metadata())
    published, published_from = _published(reading)
    known = reading.known
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        article_id=article_id,
        title=known.title or (reading.sheet.lines[reading.title].text if reading.title is not None else None),
        publisher=known.publisher,
        authors=reading.authors,
        published=published,
        published_from=published_from,
        language=language,
        source_url=known.url,
        source_file=source_file,
        sha256=sha256 or digest,
        text=text,
        text_sha256=digest,
        sentences=_sentences(reading),
        encoding=encoding,
    )


def read(text: str, metadata: Metadata) -> Reading:
    """The blocks of the text, told apart as body and furniture."""
    front = front_matter(text)
    known = metadata.over(front.metadata)
    sheet = Sheet.of(text)
    dropped = {number: "front_matter" for number, block in enumerate(sheet.blocks) if block.start < front.end}
    dated = publication_lines(sheet, dropped)
    dropped |= date_labels(sheet, dated)
    dropped |= judge(sheet, dated.keys() | dropped.keys())
    dropped |= notes(sheet, dropped)
    dropped |= foreign(sheet, dropped)
    title = find_title(sheet, dropped, dated, known.title)
    if title is not None:
        dropped.pop(title, None)
    dropped |= repeats(sheet, dropped, dated)
    dropped |= labels_above(sheet, dropped, dated, title)
    writers = authorship(sheet, dropped, dated, title, known.authors)
    dropped |= writers.dropped
    kinds = kinds_of(sheet, dropped, dated, title)
    spans = tuple(_spans(sheet, number, kind) for number, kind in enumerate(kinds))
    for number in _quoted_again(sheet, kinds, spans):
        kinds[number] = None
        dropped[number] = "repeated"
    return Reading(sheet, tuple(kinds), spans, dropped, dated, title, writers.names, known)


def _quoted_again(sheet: Sheet, kinds: Sequence[SentenceKind | None], spans: Sequence[Spans]) -> list[int]:
    """The blocks, such as quotations set off in large type, all of whose sentences have stood in the body before."""
    openings = [[opening_of(sheet.text, start, end) for start, end in block] for block in spans]
    counts = Counter(chain.from_iterable(openings))
    seen: set[str] = set()
    found: list[int] = []
    for number, kind in enumerate(kinds):
        pairs = zip(spans[number], openings[number], strict=True)
        keys = [key_of(sheet.text[start:end]) for (start, end), opening in pairs if counts[opening] > 1]
        all_known = len(keys) == len(spans[number]) and seen.issuperset(keys)
        long = all(key.count(" ") >= _REPEATED_WORDS - 1 for key in keys)
        if kind is not SentenceKind.ITEM and keys and long and all_known:
            found.append(number)
        seen.update(keys)
    return found


def _published(reading: Reading) -> tuple[str | None, str | None]:
    """The date of publication and where it was found; the text's wins where it makes the known one more precise."""
    ranked = sorted(reading.dated.values(), key=lambda line: (line.again, not line.labelled))
    in_text = ranked[0].published if ranked else dateline(reading.sheet)
    known = reading.known.published
    if known and not (in_text and in_text.startswith(known) and in_text != known):
        return known, PublishedFrom.METADATA.value
    return (in_text, PublishedFrom.TEXT.value) if in_text else (None, None)


def _sentences(reading: Reading) -> tuple[Sentence, ...]:
    sheet, kinds = reading.sheet, reading.kinds
    parents = parents_of(sheet, kinds)
    sentences: list[Sentence] = []
    at: dict[int | None, int | None] = {None: None}
    heading: int | None = None
    paragraph = 0
    for number, kind in enumerate(kinds):
        spans = reading.spans[number]
        if kind is None or not spans:
            continue
        above = parents[number] if kind is SentenceKind.HEADING else heading
        stretches = (stretch for start, end in spans for stretch in pieces(sheet.text, start, end))
        sentences += [Sentence(start, end, kind, paragraph, at[above]) for start, end in stretches]
        if kind is SentenceKind.HEADING:
            heading = number
            at[number] = len(sentences) - 1
        paragraph += 1
    return tuple(sentences)


def _spans(sheet: Sheet, number: int, kind: SentenceKind | None) -> Spans:
    """The sentences of a block of the body; a closing credit or appeal that stands in it is left out."""
    if kind is None:
        return ()
    block = sheet.blocks[number]
    spans = tuple(sentence_spans(sheet.text, block.start, sheet.credits[number]))
    if kind in _WHOLE:
        return ((spans[0][0], spans[-1][1]),) if spans else ()
    hints = sheet.hints.get(number, frozenset())
    while len(spans) > 1 and closes(Line.of(sheet.text[slice(*spans[-1])]), hints):
        spans = spans[:-1]
    return spans
