"""The first pass over an article: every run of capitalised words, read for what it is by itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from communique.articles.model import Article, SentenceKind
from communique.extraction.actors.names import Hit, Reading, name_index
from communique.extraction.actors.people import name_score
from communique.extraction.actors.places import governs, is_compass, is_language, is_office
from communique.extraction.actors.runs import Unit, runs, units
from communique.extraction.actors.shape import Part, Shape, is_break, is_given, parts_of
from communique.extraction.actors.vocabulary import Word, flags_of

_WORD = re.compile(r"[^\W\d_][\w’'-]{3,}")
_PERSON_AT_LEAST = 2


class Finding(NamedTuple):
    """A stretch of text and what it is so far.

    `shape` is KNOWN (a form of the lexicons, its readings given), BODY (of `type`), REST (a person where `type` is
    "person", else undecided).  `title` is the title or the known names before a person; `sentence` its index.
    """

    start: int
    end: int
    shape: Shape
    type: str
    sentence: int
    readings: tuple[Reading, ...]
    title: str
    opening: bool
    caution: str = ""


def findings(article: Article) -> list[Finding]:
    """What the article's body names, in order of the text, each reading decided as far as its sentence allows."""
    text = article.text
    hits = list(name_index().hits(text))
    starts = [hit.start for hit in hits]
    table = {hit.start: hit for hit in hits}
    out: list[Finding] = []
    for number, sentence in enumerate(article.sentences):
        if sentence.kind is SentenceKind.PUBLICATION_LINE:
            continue
        found = list(_in_sentence(text, number, sentence.start, sentence.end, table))
        covered = [(f.start, f.end) for f in found]
        inside = hits[bisect_left(starts, sentence.start) : bisect_right(starts, sentence.end)]
        out.extend(found)
        out.extend(_outside_runs(text, number, sentence.start, sentence.end, inside, covered, table))
    out.sort(key=lambda f: (f.start, -f.end))
    return out


def _outside_runs(
    text: str,
    number: int,
    floor: int,
    ceiling: int,
    inside: Sequence[Hit],
    covered: Sequence[tuple[int, int]],
    table: Mapping[int, Hit],
) -> Iterator[Finding]:
    """Known forms that the runs did not take up: inside compounds, or starting with a small letter."""
    at = 0
    for hit in inside:
        while at < len(covered) and covered[at][1] <= hit.start:
            at += 1
        if hit.end > ceiling or (at < len(covered) and covered[at][0] < hit.end):
            continue
        yield from _known(text, number, hit, floor, ceiling, table)


def _in_sentence(text: str, number: int, floor: int, ceiling: int, table: Mapping[int, Hit]) -> Iterator[Finding]:
    headline: bool | None = None
    for start, end in runs(text, floor, ceiling):
        hit = table.get(start)
        if hit is not None and hit.end == end:
            yield from _known(text, number, hit, floor, ceiling, table)
            continue
        if flags_of(text[start:end]) & Word.BREAK:
            continue
        if headline is None:
            headline = _is_headline(text, floor, ceiling)
        run = units(text, start, end, table)
        yield from _in_run(text, number, run, floor, ceiling, table, headline)


def _is_headline(text: str, floor: int, ceiling: int) -> bool:
    """Whether the sentence is set as a headline: no full stop, and most long words with a capital."""
    if text[ceiling - 1] in '.!?”"':
        return False
    words = _WORD.findall(text, floor, min(ceiling, floor + 400))
    return len(words) >= 4 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _in_run(
    text: str, number: int, run: Sequence[Unit], floor: int, ceiling: int, table: Mapping[int, Hit], headline: bool
) -> Iterator[Finding]:
    previous: Part | None = None
    for part in parts_of(run, _opens(text, run[0].start, floor)):
        start, end = run[part.first].start, run[part.last - 1].end
        opening = _opens(text, start, floor)
        if part.shape is Shape.KNOWN:
            yield from _known_in_run(text, number, run, part, floor, ceiling, table)
        elif part.shape is Shape.BODY:
            yield Finding(_with_article(text, run, part, floor), end, Shape.BODY, part.type, number, (), "", opening)
        elif part.shape is Shape.THING:
            yield Finding(start, end, Shape.THING, "", number, (), "", opening)
            yield from _inner(text, number, run, part, floor, ceiling, table)
        elif part.shape is Shape.PLACE:
            yield Finding(start, end, Shape.PLACE, "", number, (), "", opening)
        elif part.shape is Shape.REST:
            titled = previous is not None and previous.shape is Shape.TITLE and previous.last == part.first
            title = _before_name(text, run, part.first) if titled else ""
            yield from _rest(
                text,
                number,
                run,
                part,
                titled and not run[part.first - 1].possessive,
                headline,
                (floor, ceiling),
                title,
                opening,
            )
        previous = part


def _with_article(text: str, run: Sequence[Unit], part: Part, floor: int) -> int:
    """The start of a body's name with the capital "The" that belongs to it, where the place asks for no capital."""
    start = run[part.first].start
    if part.first and run[part.first - 1].text == "The" and not _opens(text, run[part.first - 1].start, floor):
        return run[part.first - 1].start
    return start


def _opens(text: str, start: int, floor: int) -> bool:
    """Whether a capital at `start` may be due to the place alone: the start of a sentence, quotation or clause."""
    before = text[max(floor, start - 3) : start].strip()
    return (
        start == floor or not before or (before[-1] in "\"“‘'(:;—–-•[*" and not (start and text[start - 1].isalnum()))
    )


def _before_name(text: str, run: Sequence[Unit], first: int) -> str:
    return text[run[0].start : run[first].start].strip()


def _rest(
    text: str,
    number: int,
    run: Sequence[Unit],
    part: Part,
    titled: bool,
    headline: bool,
    span: tuple[int, int],
    title: str,
    opening: bool,
) -> Iterator[Finding]:
    first, last = _trimmed(run, part.first, part.last), part.last
    if headline:
        last = _before_verb(run, first, last)
    score = name_score(text, run, first, last, titled, headline, span)
    shape_type = "person" if score >= _PERSON_AT_LEAST else ""
    yield Finding(run[first].start, run[last - 1].end, Shape.REST, shape_type, number, (), title, opening)


def _trimmed(run: Sequence[Unit], first: int, last: int) -> int:
    """Where a person's name starts after words that only stand before it: "Oregon Mary Beck", "Liberal Owen Lang"."""
    barred = Word.COMMON | Word.CITY | Word.TITLE_PART
    for index in range(first, last - 1):
        if is_given(run[index]) or (index > first and run[index].flags & Word.GIVEN):
            return index
        if run[index].lower or not run[index].flags & barred or run[index].flags & Word.GIVEN:
            return first
    return first


def _before_verb(run: Sequence[Unit], first: int, last: int) -> int:
    """In a headline, the end of a name that ordinary words with capitals follow."""
    for index in range(first + 1, last):
        flags = run[index].flags
        if flags & Word.COMMON and not flags & (Word.GIVEN | Word.SURNAME):
            return index
    return last


def _inner(
    text: str, number: int, run: Sequence[Unit], part: Part, floor: int, ceiling: int, table: Mapping[int, Hit]
) -> Iterator[Finding]:
    """The known names inside a paper's, programme's or event's name, cities apart."""
    for index in range(part.first, part.last):
        hit = run[index].hit
        if hit is not None and hit.readings[0].kind != "capital":
            yield from _known(text, number, hit, floor, ceiling, table)


def _known_in_run(
    text: str, number: int, run: Sequence[Unit], part: Part, floor: int, ceiling: int, table: Mapping[int, Hit]
) -> Iterator[Finding]:
    unit = run[part.first]
    hit = unit.hit
    assert hit is not None
    following = run[part.last] if part.last < len(run) and not unit.possessive else None
    joined = following is not None and not following.lower and not is_break(following)
    if joined and (hit.readings[0].kind == "capital" or hit.caution == "common_word"):
        return
    yield from _known(text, number, hit, floor, ceiling, table)


def _known(text: str, number: int, hit: Hit, floor: int, ceiling: int, table: Mapping[int, Hit]) -> Iterator[Finding]:
    """The form of the lexicons, unless its context shows a place, a language or a coin."""
    kind = hit.readings[0].kind
    if hit.caution == "common_word":
        yield Finding(hit.start, hit.end, Shape.REST, "", number, hit.readings, "", hit.start <= floor + 1)
        return
    if kind == "place" or text.startswith("$", hit.end):
        return
    if kind == "capital" and not governs(text, hit, floor, ceiling, table):
        return
    if kind == "office" and not is_office(text, hit, floor, ceiling):
        return
    if kind == "demonym" and (is_compass(text, hit, table) or is_language(text, hit, floor, ceiling)):
        return
    if kind == "demonym" and hit.readings[0].actor_id.startswith("political_party:") and not text[hit.end - 1] == "s":
        return
    yield Finding(hit.start, hit.end, Shape.KNOWN, "", number, hit.readings, "", False, hit.caution)
