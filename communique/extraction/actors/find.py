"""The first pass over an article: every run of capitalised words, read for what it is by itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from communique.articles.model import Article, SentenceKind
from communique.extraction.actors.forms import name_index
from communique.extraction.actors.names import Hit, Reading
from communique.extraction.actors.parts import parts_of
from communique.extraction.actors.people import name_score
from communique.extraction.actors.places import governs, is_compass, is_language, is_office
from communique.extraction.actors.runs import Unit, run_pattern, units
from communique.extraction.actors.shape import Part, Shape, is_break, is_given, is_person
from communique.extraction.actors.vocabulary import Word, flags_of

_LONG_WORD: Final = re.compile(r"[^\W\d_][\w’'-]{3,}")
_LONGEST_PLAIN: Final = 16
_NAMELIKE: Final = Word.GIVEN | Word.SURNAME | Word.SHORT | Word.ACRONYM
_SHARE: Final = 0.6
_PERSON_AT_LEAST: Final = 2
_OPENERS: Final = frozenset("\"“‘'(:;—–-•[*`")
_JUNIOR: Final = frozenset({"Jr.", "Jr", "Sr.", "Sr"})


class Finding:
    """A stretch of text and what it is so far.

    `shape` is KNOWN or REST with `readings` (a form of the lexicons), BODY (of `type`), REST (a person where `type` is
    "person", else undecided), THING or PLACE.  `title` stands before a person; `opening` says that the capital may be
    due to the start of a sentence; `caution` is that of the lexicon form.
    """

    __slots__ = ("caution", "end", "opening", "readings", "sentence", "shape", "start", "title", "type")

    def __init__(
        self,
        start: int,
        end: int,
        shape: Shape,
        sentence: int,
        type: str = "",
        readings: tuple[Reading, ...] = (),
        title: str = "",
        opening: bool = False,
        caution: str = "",
    ) -> None:
        self.start = start
        self.end = end
        self.shape = shape
        self.sentence = sentence
        self.type = type
        self.readings = readings
        self.title = title
        self.opening = opening
        self.caution = caution


OF_AN_ERA: Final = frozenset(
    {"administration", "government", "cabinet", "presidency", "premiership", "era", "doctrine", "regime", "white"}
)
"""What follows the surname of the one who leads it, with a capital or without: "the Howard Government"."""


def findings(article: Article) -> list[Finding]:
    """What the article's body names, in order of the text, each reading decided as far as its sentence allows."""
    hits = list(name_index().hits(article.text))
    starts = [hit.start for hit in hits]
    table = {hit.start: hit for hit in hits}
    pattern = run_pattern(article.text)
    out: list[Finding] = []
    for number, sentence in enumerate(article.sentences):
        if sentence.kind is SentenceKind.PUBLICATION_LINE:
            continue
        reader = _SentenceReader(article.text, number, sentence.start, sentence.end, table, out)
        inside = hits[bisect_left(starts, sentence.start) : bisect_right(starts, sentence.end)]
        reader.read(pattern, inside)
    out.sort(key=lambda finding: (finding.start, -finding.end))
    return out


@dataclass(slots=True)
class _SentenceReader:
    """Reads sentence `number`, which is `text[floor:ceiling]`, into `out`; `table` maps starts to lexicon forms."""

    text: str
    number: int
    floor: int
    ceiling: int
    table: Mapping[int, Hit]
    out: list[Finding]
    _headline: bool | None = None

    def read(self, pattern: re.Pattern[str], hits: Sequence[Hit]) -> None:
        """Take down what the sentence's runs hold, and its lexicon forms that no run holds."""
        at, count = 0, len(hits)
        for found in pattern.finditer(self.text, self.floor, self.ceiling):
            start, end = found.span()
            while at < count and hits[at].start < start:
                self._small(hits[at])
                at += 1
            if at == count or hits[at].start >= end:
                if not self._is_plain(start, end):
                    self._run(units(self.text, start, end, self.table))
                continue
            hit = hits[at] if hits[at].start == start else None
            while at < count and hits[at].start < end:
                at += 1
            if hit is not None and hit.end == end:
                self.known(hit)
            elif not self._is_plain(start, end):
                self._run(units(self.text, start, end, self.table))
        for hit in hits[at:]:
            self._small(hit)

    def _is_plain(self, start: int, end: int) -> bool:
        """Whether a run is one ordinary word: a function word, a month or day, any word that opens the sentence."""
        if end - start > _LONGEST_PLAIN:
            return False
        flags = flags_of(self.text[start:end])
        if start == self.floor and flags & Word.COMMON and not flags & _NAMELIKE:
            return True
        return bool(flags & (Word.BREAK | Word.LEADING))

    def _small(self, hit: Hit) -> None:
        """A lexicon form that starts with a small letter or a figure ("al-Shabaab", "10 Downing Street")."""
        if hit.end <= self.ceiling:
            self.known(hit)

    def known(self, hit: Hit, title: str = "") -> None:
        """Take down a form of the lexicons, unless its context shows a place, a language or a coin."""
        start, end, readings = hit.start, hit.end, hit.readings
        if hit.caution == "common_word":
            opening = start <= self.floor + 1
            self.out.append(Finding(start, end, Shape.REST, self.number, readings=readings, opening=opening))
        elif self._names_actor(hit, readings[0].kind) and not _signs_money(self.text, start, end):
            self.out.append(Finding(start, end, Shape.KNOWN, self.number, "", readings, title, caution=hit.caution))

    def _names_actor(self, hit: Hit, kind: str) -> bool:
        """Whether a form of that kind stands for its actor here."""
        if kind == "capital":
            return governs(self.text, hit, self.floor, self.ceiling, self.table)
        if kind == "office":
            return is_office(self.text, hit, self.floor, self.ceiling)
        return kind != "place" and (kind != "demonym" or self._is_nation(hit))

    def _is_nation(self, hit: Hit) -> bool:
        """Whether an adjective or noun of belonging names its actor: no language, no compass, no "Republican" voter."""
        if hit.readings[0].actor_id.startswith("political_party:") and self.text[hit.end - 1] != "s":
            return False
        if is_compass(self.text, hit, self.table):
            return False
        return not is_language(self.text, hit, self.floor, self.ceiling)

    def headline(self) -> bool:
        """Whether the sentence is set as a headline, looked at once: its words are many."""
        if self._headline is None:
            self._headline = self._is_headline()
        return self._headline

    def _is_headline(self) -> bool:
        """Whether there is no full stop, and most long words have a capital."""
        if self.text[self.ceiling - 1] in '.!?”"':
            return False
        words = _LONG_WORD.findall(self.text, self.floor, min(self.ceiling, self.floor + 400))
        return len(words) >= 4 and sum(word[0].isupper() for word in words) > _SHARE * len(words)

    def _run(self, run: Sequence[Unit]) -> None:
        previous: Part | None = None
        if not run:
            return
        for part in parts_of(run, self._opens(run[0].start)):
            start, end = run[part.first].start, run[part.last - 1].end
            titled = previous is not None and previous.shape is Shape.TITLE and previous.last == part.first
            title = _title(self.text, run, previous) if titled and previous is not None else ""
            if part.shape is Shape.KNOWN:
                self._known_unit(run, part, title)
            elif part.shape is Shape.REST:
                self._rest(run, part, title)
            elif part.shape is Shape.BODY:
                self.out.append(Finding(self._article(run, part), end, Shape.BODY, self.number, part.type))
            elif part.shape is not Shape.TITLE:
                self.out.append(Finding(start, end, part.shape, self.number))
                if part.shape is Shape.THING:
                    self._inside(run, part)
            previous = part

    def _opens(self, start: int) -> bool:
        """Whether a capital at `start` may be due to the place: the start of a sentence, quotation or clause."""
        if start == self.floor:
            return not (start and self.text[start - 1].isalnum())
        last = self.text[start - 1]
        if last.isalnum():
            return False
        before = self.text[max(self.floor, start - 3) : start].rstrip()
        return not before or before[-1] in _OPENERS

    def _article(self, run: Sequence[Unit], part: Part) -> int:
        """The start of a body's name with the capital "The" that belongs to it, where the place asks for no capital."""
        if part.first and run[part.first - 1].text == "The" and not self._opens(run[part.first - 1].start):
            return run[part.first - 1].start
        return run[part.first].start

    def _known_unit(self, run: Sequence[Unit], part: Part, title: str) -> None:
        unit = run[part.first]
        assert unit.hit is not None
        following = run[part.last] if part.last < len(run) and not unit.possessive else None
        if following is not None and not following.lower and not is_break(following):
            if unit.hit.readings[0].kind == "capital" or unit.hit.caution == "common_word":
                return
            if is_person(unit) and following.flags & Word.THING and not self.headline():
                return
            if is_person(unit) and following.text in _JUNIOR:
                self.out.append(Finding(unit.start, following.end, Shape.REST, self.number, type="person", title=title))
                return
        self.known(unit.hit, title)

    def _inside(self, run: Sequence[Unit], part: Part) -> None:
        """The known names inside a paper's, programme's or event's name, cities and people apart."""
        for unit in run[part.first : part.last]:
            if unit.hit is not None and unit.hit.readings[0].kind != "capital" and not is_person(unit):
                self.known(unit.hit)

    def _rest(self, run: Sequence[Unit], part: Part, title: str) -> None:
        first, last = _name_start(run, part.first, part.last), part.last
        if self.headline():
            last = _name_end(run, first, last)
        if last - first == 2 and run[last - 1].text.lower() in OF_AN_ERA:
            last -= 1
        titled = bool(title) and not run[part.first - 1].possessive
        score = name_score(self.text, run, first, last, titled, self.headline(), (self.floor, self.ceiling))
        start = run[first].start
        kind = "person" if score >= _PERSON_AT_LEAST else ""
        end, opening = run[last - 1].end, self._opens(start)
        self.out.append(Finding(start, end, Shape.REST, self.number, kind, title=title, opening=opening))


def _signs_money(text: str, start: int, end: int) -> bool:
    """Whether a form is part of a currency sign ("US$5"), not a name that a sign was glued to ("Togo$ 5 million")."""
    longest = 2 if text.startswith("$ ", end) else 3
    return text.startswith("$", end) and end - start <= longest


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
