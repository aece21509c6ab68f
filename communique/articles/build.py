"""From the text of an article to its body: the sentences with their kinds, paragraphs and headings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from communique.articles.furniture import Line, judge
from communique.articles.layout import Block, blocks_of, shown
from communique.articles.metadata import Metadata
from communique.articles.model import Article, Sentence, SentenceKind
from communique.articles.publication import DateLine, date_line
from communique.articles.sentences import sentence_spans
from schemas.vocabularies import PublishedFrom

_TERMINAL = re.compile(r"[.!…][\"”’»)\]*_'\d]{0,6}\Z")
_FIGURE = re.compile(r"[$€£¥%]|\d[\d,.]* ?(?:per ?cent|percent|million|billion|trillion)")
_NOISE = re.compile(r"[\W_]+")
_HEADING_WORDS = 14


def build_article(
    text: str,
    metadata: Metadata | None = None,
    *,
    article_id: str = "article",
    source_file: str = "article.txt",
    sha256: str | None = None,
    language: str = "en",
) -> Article:
    """The article of a text (newlines as `\\n`): title, publication date and the sentences of its body."""
    known = metadata or Metadata()
    blocks = blocks_of(text)
    lines = [Line.of(shown(text, block)) for block in blocks]
    verdicts = judge(blocks, lines)
    dated = _publication_lines(lines, verdicts)
    title = _title(blocks, lines, verdicts, dated, known)
    _drop_repeats(blocks, lines, verdicts, dated)
    if title is not None:
        _drop_labels(lines, verdicts, dated, title)
    kinds = _kinds(blocks, lines, verdicts, dated, title)
    published, published_from = _published(known, dated)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        article_id=article_id,
        title=known.title or (lines[title].text if title is not None else None),
        publisher=known.publisher,
        authors=known.authors,
        published=published,
        published_from=published_from,
        language=language,
        source_url=known.url,
        source_file=source_file,
        sha256=sha256 or digest,
        text=text,
        text_sha256=digest,
        sentences=_sentences(text, blocks, kinds),
    )


def key_of(text: str) -> str:
    """The text without case, punctuation and spacing, for telling repetitions."""
    return _NOISE.sub(" ", text).strip().casefold()


def _publication_lines(lines: Sequence[Line], verdicts: list[str | None]) -> dict[int, DateLine]:
    """The lines that date the article, by block; they are body, whatever the furniture rules say."""
    found = {number: dated for number, line in enumerate(lines) if line.words <= 24 and (dated := date_line(line.text))}
    bare = [number for number, dated in found.items() if dated.alone]
    prose = next((number for number, line in enumerate(lines) if line.prose), len(lines))
    if len(bare) >= 3:
        found = {number: dated for number, dated in found.items() if not dated.alone}
    unlabelled = next((n for n, dated in found.items() if not dated.labelled and n < min(prose + 2, 12)), None)
    kept = {number: dated for number, dated in found.items() if dated.labelled or number == unlabelled}
    for number in kept:
        verdicts[number] = None
    return kept


def _published(known: Metadata, dated: dict[int, DateLine]) -> tuple[str | None, str | None]:
    ranked = sorted(dated.values(), key=lambda line: (line.again, not line.labelled))
    in_text = ranked[0].published if ranked else None
    if known.published and not (in_text and in_text.startswith(known.published) and in_text != known.published):
        return known.published, PublishedFrom.METADATA.value
    return (in_text, PublishedFrom.TEXT.value) if in_text else (None, None)


def _title_like(block: Block, line: Line) -> bool:
    return (
        block.marker_kind in ("", "heading")
        and 2 <= line.words <= 35
        and not _TERMINAL.search(line.text[-8:])
        and not line.text.endswith((":", ",", ";", "--", "_", "-"))
        and not line.text[:1].islower()
    )


def _title(
    blocks: Sequence[Block],
    lines: Sequence[Line],
    verdicts: Sequence[str | None],
    dated: dict[int, DateLine],
    known: Metadata,
) -> int | None:
    """The block that is the title: the known one where it stands in the text, else the first of the head that looks so."""
    wanted = key_of(known.title) if known.title else None
    head = [n for n in range(min(len(blocks), 14)) if n not in dated]
    if wanted:
        for number in head:
            if key_of(lines[number].text) == wanted:
                return number
    keys = [key_of(line.text) for line in lines[:30]]
    for number in head:
        if verdicts[number] is None and lines[number].prose:
            break
        if (
            verdicts[number] is None
            and lines[number].words >= 4
            and keys.count(keys[number]) > 1
            and _title_like(blocks[number], lines[number])
        ):
            return number
    first = next((n for n in head if verdicts[n] is None), None)
    if first is not None and len(blocks) > 1 and _title_like(blocks[first], lines[first]):
        return first
    return None


def _drop_labels(lines: Sequence[Line], verdicts: list[str | None], dated: dict[int, DateLine], title: int) -> None:
    """Drops what stands above the title: section labels."""
    for number in range(title):
        if verdicts[number] is None and number not in dated and lines[number].words <= 4:
            verdicts[number] = "label"


def _drop_repeats(
    blocks: Sequence[Block], lines: Sequence[Line], verdicts: list[str | None], dated: dict[int, DateLine]
) -> None:
    """Drops blocks that repeat an earlier one word for word; list items may repeat under another heading."""
    seen: set[str] = set()
    for number, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        if verdicts[number] is not None or number in dated or block.marker_kind == "item" or line.words < 4:
            continue
        key = key_of(line.text)
        if key in seen:
            verdicts[number] = "repeated"
        seen.add(key)


def _kinds(
    blocks: Sequence[Block],
    lines: Sequence[Line],
    verdicts: Sequence[str | None],
    dated: dict[int, DateLine],
    title: int | None,
) -> list[SentenceKind | None]:
    """The kind of each block, None for furniture."""
    kinds: list[SentenceKind | None] = []
    listing = False
    for number, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        if verdicts[number] is not None:
            kinds.append(None)
            continue
        short = line.words <= _HEADING_WORDS and not _TERMINAL.search(line.text[-8:])
        if number in dated:
            kind = SentenceKind.PUBLICATION_LINE
        elif number == title:
            kind = SentenceKind.TITLE
        elif block.marker_kind == "heading":
            kind = SentenceKind.HEADING
        elif block.marker_kind == "item" or (listing and short and not line.text.endswith(":")):
            kind = SentenceKind.ITEM
        elif number + 1 < len(blocks) and verdicts[number + 1] in ("credit", "credit_agency"):
            kind = SentenceKind.CAPTION
        elif short and _heads(line, lines, number):
            kind = SentenceKind.HEADING
        else:
            kind = SentenceKind.ITEM if short and _FIGURE.search(line.text) and number else SentenceKind.PARAGRAPH
        listing = (
            line.text.endswith(":") and kind is not SentenceKind.HEADING or (listing and kind is SentenceKind.ITEM)
        )
        kinds.append(kind)
    return kinds


def _heads(line: Line, lines: Sequence[Line], number: int) -> bool:
    """Whether a short line reads as the heading of what follows."""
    text = line.text
    if number + 1 >= len(lines) or text[:1].islower() or text.endswith((",", ";", "--")) or _FIGURE.search(text):
        return False
    if text.endswith(":"):
        return line.words <= 6
    return not text.endswith("?") or _asks_throughout(lines)


def _asks_throughout(lines: Sequence[Line]) -> bool:
    return sum(line.words <= _HEADING_WORDS and line.text.endswith("?") for line in lines) >= 3


def _sentences(text: str, blocks: Sequence[Block], kinds: Sequence[SentenceKind | None]) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    heading: int | None = None
    paragraph = 0
    whole = {SentenceKind.TITLE, SentenceKind.HEADING, SentenceKind.PUBLICATION_LINE}
    for block, kind in zip(blocks, kinds, strict=True):
        if kind is None:
            continue
        spans = list(sentence_spans(text, block.start, block.end))
        if spans and kind in whole:
            spans = [(spans[0][0], spans[-1][1])]
        if kind is SentenceKind.HEADING:
            heading = None
        for start, end in spans:
            sentences.append(Sentence(start, end, kind, paragraph, heading))
        if kind is SentenceKind.HEADING and spans:
            heading = len(sentences) - 1
        paragraph += bool(spans)
    return tuple(sentences)
