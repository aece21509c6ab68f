"""The first pass over an article: every run of capitalised words, read for what it is by itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from communique.articles.model import Article, SentenceKind
from communique.extraction.actors.forms import name_index
from communique.extraction.actors.names import Hit, Reading
from communique.extraction.actors.parts import parts_of
from communique.extraction.actors.people import name_score
from communique.extraction.actors.places import governs, is_compass, is_language, is_office
from communique.extraction.actors.runs import Unit, runs, units
from communique.extraction.actors.shape import Part, Shape, is_break, is_given, is_person
from communique.extraction.actors.vocabulary import Word, flags_of

_LONG_WORD = re.compile(r"[^\W\d_][\w’'-]{3,}")
_LONGEST_PLAIN: Final = 16
_NAMELIKE: Final = Word.GIVEN | Word.SURNAME | Word.SHORT | Word.ACRONYM
_SHARE: Final = 0.6
_PERSON_AT_LEAST: Final = 2
_OPENERS: Final = frozenset("\"“‘'(:;—–-•[*`")
_JUNIOR: Final = frozenset({"Jr.", "Jr", "Sr.", "Sr"})


class Finding(NamedTuple):
    """A stretch of text and what it is so far.

    `shape` is KNOWN or REST with `readings` (a form of the lexicons), BODY (of `type`), REST (a person where `type` is
    "person", else undecided), THING or PLACE.  `title` stands before a person; `opening` says that the capital may be
    due to the start of a sentence; `caution` is that of the lexicon form.
    """

    start: int
    end: int
    shape: Shape
    sentence: int
    type: str = ""
    readings: tuple[Reading, ...] = ()
    title: str = ""
    opening: bool = False
    caution: str = ""


def findings(article: Article) -> list[Finding]:
    """What the article's body names, in order of the text, each reading decided as far as its sentence allows."""
    hits = list(name_index().hits(article.text))
    starts = [hit.start for hit in hits]
    table = {hit.start: hit for hit in hits}
    out: list[Finding] = []
    for number, sentence in enumerate(article.sentences):
        if sentence.kind is SentenceKind.PUBLICATION_LINE:
            continue
        reader = _SentenceReader(article.text, number, sentence.start, sentence.end, table)
        inside = hits[bisect_left(starts, sentence.start) : bisect_right(starts, sentence.end)]
        out.extend(reader.read(inside))
    out.sort(key=lambda finding: (finding.start, -finding.end))
    return out


@dataclass(frozen=True)
class _SentenceReader:
    """Reads sentence `number`, which is `text[floor:ceiling]`; `table` maps starts to lexicon forms."""

    text: str
    number: int
    floor: int
    ceiling: int
    table: Mapping[int, Hit]

    def read(self, hits: Sequence[Hit]) -> Iterator[Finding]:
        """The findings in the sentence's runs, and those of its lexicon forms that no run holds."""
        at = 0
        for start, end in runs(self.text, self.floor, self.ceiling):
            while at < len(hits) and hits[at].start < start:
                yield from self._small(hits[at])
                at += 1
            while at < len(hits) and hits[at].start < end:
                at += 1
            hit = self.table.get(start)
            if hit is not None and hit.end == end:
                yield from self.known(hit)
            elif not self._is_plain(start, end):
                yield from self._run(units(self.text, start, end, self.table))
        for hit in hits[at:]:
            yield from self._small(hit)

    def _is_plain(self, start: int, end: int) -> bool:
        """Whether a run is one ordinary word: a function word, a month or day, any word that opens the sentence."""
        if end - start > _LONGEST_PLAIN:
            return False
        flags = flags_of(self.text[start:end])
        if start == self.floor and flags & Word.COMMON and not flags & _NAMELIKE:
            return True
        return bool(flags & (Word.BREAK | Word.LEADING))

    def _small(self, hit: Hit) -> Iterator[Finding]:
        """A lexicon form that starts with a small letter or a figure ("al-Shabaab", "10 Downing Street")."""
        if hit.end <= self.ceiling:
            yield from self.known(hit)

    def known(self, hit: Hit, title: str = "") -> Iterator[Finding]:
        """A form of the lexicons, unless its context shows a place, a language or a coin."""
        reading = hit.readings[0]
        if hit.caution == "common_word":
            opening = hit.start <= self.floor + 1
            yield self._finding(hit.start, hit.end, Shape.REST, readings=hit.readings, opening=opening)
            return
        if reading.kind == "place" or self.text.startswith("$", hit.end):
            return
        if reading.kind == "capital" and not governs(self.text, hit, self.floor, self.ceiling, self.table):
            return
        if reading.kind == "office" and not is_office(self.text, hit, self.floor, self.ceiling):
            return
        if reading.kind == "demonym" and not self._is_nation(hit):
            return
        yield self._finding(hit.start, hit.end, Shape.KNOWN, readings=hit.readings, title=title, caution=hit.caution)

    def _is_nation(self, hit: Hit) -> bool:
        """Whether an adjective or noun of belonging names its actor: no language, no compass, no "Republican" voter."""
        if hit.readings[0].actor_id.startswith("political_party:") and self.text[hit.end - 1] != "s":
            return False
        if is_compass(self.text, hit, self.table):
            return False
        return not is_language(self.text, hit, self.floor, self.ceiling)

    @cached_property
    def headline(self) -> bool:
        """Whether the sentence is set as a headline: no full stop, and most long words with a capital."""
        if self.text[self.ceiling - 1] in '.!?”"':
            return False
        words = _LONG_WORD.findall(self.text, self.floor, min(self.ceiling, self.floor + 400))
        return len(words) >= 4 and sum(word[0].isupper() for word in words) > _SHARE * len(words)

    def _run(self, run: Sequence[Unit]) -> Iterator[Finding]:
        previous: Part | None = None
        if not run:
            return
        for part in parts_of(run, self._opens(run[0].start)):
            start, end = run[part.first].start, run[part.last - 1].end
            titled = previous is not None and previous.shape is Shape.TITLE and previous.last == part.first
            title = _title(self.text, run, previous) if titled and previous is not None else ""
            if part.shape is Shape.KNOWN:
                yield from self._known_unit(run, part, title)
            elif part.shape is Shape.REST:
                yield self._rest(run, part, title)
            elif part.shape is Shape.BODY:
                yield self._finding(self._article(run, part), end, Shape.BODY, type=part.type)
            elif part.shape is not Shape.TITLE:
                yield self._finding(start, end, part.shape)
                if part.shape is Shape.THING:
                    yield from self._inside(run, part)
            previous = part

    def _finding(self, start: int, end: int, shape: Shape, **more: object) -> Finding:
        return Finding(start, end, shape, self.number, **more)  # type: ignore[arg-type]

    def _opens(self, start: int) -> bool:
        """Whether a capital at `start` may be due to the place: the start of a sentence, quotation or clause."""
        before = self.text[max(self.floor, start - 3) : start].strip()
        if start and self.text[start - 1].isalnum():
            return False
        return start == self.floor or not before or before[-1] in _OPENERS

    def _article(self, run: Sequence[Unit], part: Part) -> int:
        """The start of a body's name with the capital "The" that belongs to it, where the place asks for no capital."""
        if part.first and run[part.first - 1].text == "The" and not self._opens(run[part.first - 1].start):
            return run[part.first - 1].start
        return run[part.first].start

    def _known_unit(self, run: Sequence[Unit], part: Part, title: str) -> Iterator[Finding]:
        unit = run[part.first]
        assert unit.hit is not None
        following = run[part.last] if part.last < len(run) and not unit.possessive else None
        if following is not None and not following.lower and not is_break(following):
            if unit.hit.readings[0].kind == "capital" or unit.hit.caution == "common_word":
                return
            if is_person(unit) and following.flags & Word.THING and not self.headline:
                return
            if is_person(unit) and following.text in _JUNIOR:
                yield self._finding(unit.start, following.end, Shape.REST, type="person", title=title)
                return
        yield from self.known(unit.hit, title)

    def _inside(self, run: Sequence[Unit], part: Part) -> Iterator[Finding]:
        """The known names inside a paper's, programme's or event's name, cities and people apart."""
        for unit in run[part.first : part.last]:
            if unit.hit is not None and unit.hit.readings[0].kind != "capital" and not is_person(unit):
                yield from self.known(unit.hit)

    def _rest(self, run: Sequence[Unit], part: Part, title: str) -> Finding:
        first, last = _name_start(run, part.first, part.last), part.last
        if self.headline:
            last = _name_end(run, first, last)
        titled = bool(title) and not run[part.first - 1].possessive
        score = name_score(self.text, run, first, last, titled, self.headline, (self.floor, self.ceiling))
        start = run[first].start
        kind = "person" if score >= _PERSON_AT_LEAST else ""
        return self._finding(start, run[last - 1].end, Shape.REST, type=kind, title=title, opening=self._opens(start))


def _title(text: str, run: Sequence[Unit], title: Part) -> str:
    """A title with the nationality or body before it: "Ghanaian Foreign Minister"."""
    first = title.first
    while first and run[first - 1].hit is not None:
        first -= 1
    return text[run[first].start : run[title.last - 1].end]


def _name_start(run: Sequence[Unit], first: int, last: int) -> int:
    """Where a person's name starts after words that only stand before it: "Oregon Mary Beck", "Liberal Owen Lang"."""
    barred = Word.COMMON | Word.CITY | Word.TITLE_PART
    for index in range(first, last - 1):
        if is_given(run[index]) or (index > first and run[index].flags & Word.GIVEN):
            return index
        if run[index].lower or not run[index].flags & barred or run[index].flags & Word.GIVEN:
            return first
    return first


def _name_end(run: Sequence[Unit], first: int, last: int) -> int:
    """In a headline, the end of a name that ordinary words with capitals follow."""
    for index in range(first + 1, last):
        flags = run[index].flags
        if flags & Word.COMMON and not flags & (Word.GIVEN | Word.SURNAME) and not run[index - 1].flags & Word.INITIAL:
            return index
    return last
