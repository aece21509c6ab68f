"""Names made by a head word: of bodies ("New Europe Center"), papers and events, seas and districts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from communique.extraction.actors.completeness import BARE_TYPES, is_complete, plain_possessor
from communique.extraction.actors.runs import Unit
from communique.extraction.actors.shape import (
    Head,
    Part,
    Shape,
    head_at,
    is_break,
    is_given,
    is_leading,
    is_person,
    known_id,
    known_kind,
    title_at,
)
from communique.extraction.actors.vocabulary import Vocabulary, Word

_OF: Final = frozenset({"of", "de", "del", "della", "di", "du", "des", "da", "do", "für", "na", "pour"})
_FOR: Final = frozenset({"for", "on", "against"})
_ARTICLES: Final = frozenset({"the", "a", "an", "la", "le", "les", "los", "las", "l'", "der", "den"})
_ANDS: Final = frozenset({"and", "&", "y", "e", "et", "und", "i"})
_COLLECTIVE: Final = ("group", "political_party", "other_organisation", "research_organisation")
_CAPITAL_LINKS: Final = frozenset({"Against", "For", "On"})
_ATTRIBUTIVE: Final = frozenset({"Fund", "Union", "Community", "Alliance", "Federation", "Commission"})
_CONTAINERS: Final = frozenset({"Ministry", "Department", "Office", "Embassy", "Court", "University", "Supreme"})
_LONGEST: Final = 40
_NAMED: Final = Word.GIVEN | Word.SURNAME


def body_at(run: Sequence[Unit], start: int, words: Vocabulary, opening: bool) -> Part | None:
    """The name that starts at unit `start` and is made by a head word, or None.

    `opening` says that the unit may owe its capital to the start of a sentence.
    """
    if is_leading(run[start]):
        return None
    walk = _Walk(run, start, words, opening)
    walk.go()
    best = walk.best
    if best is None or not is_complete(run, start, best, words, walk.complement):
        return None
    national = known_kind(run[start]) == "demonym" and known_id(run[start]).startswith("country:")
    if best.shape is Shape.PLACE and national:
        return None
    return Part(best.shape, start, best.last, best.type)


@dataclass(slots=True)
class _Walk:
    """A walk over the units from `start`; `best` is the name's head so far, stretched over its complement."""

    run: Sequence[Unit]
    start: int
    words: Vocabulary
    opening: bool
    at: int = 0
    best: Head | None = None
    complement: bool = False
    foreign: bool = False

    def go(self) -> None:
        """Walk to where the name ends."""
        self.at = self.start
        while self.at < min(len(self.run), self.start + _LONGEST):
            unit = self.run[self.at]
            if unit.lower:
                onward = self._over_links()
                if onward is None:
                    return
                self.complement = self.complement or unit.text not in _ANDS
                self.at = onward
                continue
            if self._over_capital_link(unit):
                continue
            if is_break(unit) or is_leading(unit) or not self._take(unit):
                return
            if self.run[self.at - 1].possessive and not (plain_possessor(self.run[self.at - 1]) and self._is_open()):
                return

    def _is_open(self) -> bool:
        """Whether no body is complete yet, so that a possessive belongs to its name ("Women's League")."""
        best = self.best
        plural = self.run[self.at - 1].text.endswith("s")
        if best is None or best.last != self.at or plural or best.flags & Word.COMPLEMENTED:
            return True
        return not is_complete(self.run, self.start, best, self.words, self.complement)

    def _over_capital_link(self, unit: Unit) -> bool:
        """Step over a preposition with a capital inside a name: "National Committee Against Discrimination"."""
        best = self.best
        if best is None or best.last != self.at or unit.text not in _CAPITAL_LINKS or not best.flags & Word.OPENING:
            return False
        onward = self.run[self.at + 1] if self.at + 1 < len(self.run) else None
        if onward is None or onward.lower or onward.hit is not None or not onward.flags & Word.COMMON:
            return False
        self.complement = True
        self.at += 1
        return True

    def _take(self, unit: Unit) -> bool:
        """Take the capitalised unit at hand into the name; False where the name ends before it."""
        head = head_at(self.run, self.at, self.words)
        if head is not None and not (self.complement and head.shape is not Shape.BODY):
            paper = self.complement and self.best is not None and self.best.shape is not Shape.BODY
            return not paper and self._take_head(head)
        if self.complement and self.best is not None:
            return self._take_complement(unit)
        if self.foreign and self.best is not None:
            if is_given(unit) or (unit.hit is not None and known_kind(unit) != "name"):
                return False
            self.best = self.best.until(self.at + 1)
            self.at += 1
            return True
        if self.best is not None and not self._head_ahead(self.at):
            return False
        if is_person(unit):
            return False
        title = title_at(self.run, self.at, self.words)
        if title is not None and not self._owns_head(title):
            return False
        self.at = title.last if title is not None else self.at + 1
        return True

    def _take_head(self, head: Head) -> bool:
        if self.best is not None and head.shape is Shape.THING and self._ends_here():
            return False
        unit = self.run[self.at]
        personal = is_given(self.run[self.start]) and unit.flags & Word.SURNAME
        if self.at == self.start + 1 and personal and not self._head_ahead(head.last):
            return False
        if unit.hit is not None and " " in unit.text and not self._may_grow(head):
            return self.complement and self._take_complement(unit)
        bare = head.last > self.at + 1 and head.type in BARE_TYPES
        paper = head.shape is Shape.THING and not self.opening
        if self.at > self.start or head.flags & (Word.OPENING | Word.FOREIGN) or bare or paper:
            self.best = head
            self.foreign = bool(head.flags & Word.FOREIGN)
        self.at = head.last
        return True

    def _may_grow(self, head: Head) -> bool:
        """Whether words before or "of" behind a known name can belong to it ("Ontario Green Party")."""
        modifiers = self.run[self.start : self.at]
        if self.best is not None or any(is_person(unit) or is_leading(unit) for unit in modifiers):
            return False
        if head.type == "political_party":
            return all(unit.hit is None or known_kind(unit) in ("demonym", "place") for unit in modifiers)
        if self.run[self.at].text in self.words.branches:
            return all(known_kind(unit) == "demonym" for unit in modifiers)
        return all(unit.hit is None and not unit.lower and unit.flags & Word.CITY for unit in modifiers)

    def _take_complement(self, unit: Unit) -> bool:
        assert self.best is not None
        if not self._fits(unit):
            return False
        self.best = self.best.until(self.at + 1)
        self.at += 1
        if unit.hit is None or self._head_ahead(self.at):
            return True
        return not unit.possessive and self.at < len(self.run) and self.run[self.at].lower

    def _fits(self, unit: Unit) -> bool:
        """Whether a unit can stand in what a head governs: no person, no title, unless in a paper's name."""
        if self.best is not None and self.best.shape is not Shape.BODY:
            return True
        if unit.hit is not None:
            return not is_person(unit)
        title = title_at(self.run, self.at, self.words)
        if title is not None:
            return title.last == len(self.run) or self.run[title.last].lower
        followed = self.at + 1 < len(self.run) and not self.run[self.at + 1].lower
        return not (is_given(unit) and followed and not self.run[self.at - 1].lower)

    def _over_links(self) -> int | None:
        """The unit to go on with after the linking words at hand, or None where the name ends before them."""
        run, at = self.run, self.at
        after = at
        while after < len(run) and run[after].lower:
            after += 1
        if after == len(run) or (run[at - 1].possessive and not plain_possessor(run[at - 1])):
            return None
        onward = run[after]
        if is_break(onward) or is_leading(onward) or is_person(onward):
            return None
        links = [unit.text for unit in run[at:after]]
        if links[0] in _ANDS:
            return after if len(links) == 1 and self._joins(after) else None
        best = self.best
        if best is None:
            return None
        if self.foreign:
            return after
        if links[0] == "in":
            seat = onward.hit is not None or onward.flags & Word.CITY
            return after if links == ["in"] and best.flags & Word.SEATED and seat else None
        if links[0] == "to":
            return after if best.flags & Word.SEATED else None
        if any(link not in _ARTICLES for link in links[1:]) or best.last != at:
            return None
        if not self.complement and best.shape is Shape.BODY and not best.flags & Word.OPENING:
            return None
        if links[0] in _OF:
            return None if self._holds_body(links, after) or self._lies_in(onward) else after
        return after if links[0] in _FOR and self._purpose(after, best) else None

    def _purpose(self, after: int, best: Head) -> bool:
        """Whether "for" or "on" opens what a body is about ("Institute for Peace"), and not whom a thing is for."""
        onward = self.run[after]
        if onward.hit is None:
            if onward.flags & Word.COMMON:
                return True
            return not onward.flags & (_NAMED | Word.ACRONYM)
        if best.shape is not Shape.BODY:
            return True
        if known_kind(onward) == "demonym":
            return best.type in _COLLECTIVE and self._runs_on(after)
        return best.type in _COLLECTIVE[:2] and known_id(onward).startswith(("country:", "group:"))

    def _runs_on(self, at: int) -> bool:
        """Whether a capitalised word follows unit `at` directly."""
        return at + 1 < len(self.run) and not self.run[at + 1].lower and not is_break(self.run[at + 1])

    def _holds_body(self, links: Sequence[str], after: int) -> bool:
        """Whether what follows "of the" is a body of its own and the head before it a mere organ or gathering of it."""
        best = self.best
        assert best is not None
        if "the" not in links or self.complement or best.shape is not Shape.BODY:
            return False
        modifiers = [unit.text for unit in self.run[self.start : best.last - 1]]
        if self.run[self.start].text in _CONTAINERS or any(text not in self.words.organs for text in modifiers):
            return False
        onward = self.run[after]
        if known_id(onward) and not known_id(onward).startswith(("country:", "group:")):
            return True
        return head_at(self.run, after, self.words) is None and self._head_ahead(after)

    def _lies_in(self, onward: Unit) -> bool:
        """Whether "of" tells the country that a place named already lies in: "the Eastern Province of Zambia"."""
        best = self.best
        if best is None or best.shape is not Shape.PLACE or best.last - 1 == self.start:
            return False
        washed = self.run[best.last - 1].text in self.words.washed
        return not washed and known_id(onward).startswith("country:") and known_kind(onward) == "name"

    def _joins(self, after: int) -> bool:
        """Whether "and" links two words of one name ("Trade and Industry") and not two names."""
        left, right = self.run[self.at - 1], self.run[after]
        if self.complement:
            if known_kind(left) == known_kind(right) == "place":
                return True
            if left.hit is not None or right.hit is not None or title_at(self.run, after, self.words) is not None:
                return False
            return bool(right.flags & Word.COMMON) and not self._head_ahead(after)
        if self.best is not None and self.best.last == self.at:
            return False
        if left.flags & Word.HEAD:
            return False
        for unit in (left, right):
            if (unit.hit is not None and known_kind(unit) != "demonym") or unit.flags & Word.TITLE:
                return False
        if left.hit is None and not left.flags & Word.COMMON:
            return False
        return self._head_ahead(after)

    def _head_ahead(self, at: int) -> bool:
        """Whether a head of a body comes before the next linking word, break or person."""
        for index in range(at, min(len(self.run), at + 8)):
            unit = self.run[index]
            if unit.lower or is_break(unit) or is_person(unit):
                return False
            head = head_at(self.run, index, self.words)
            if head is not None:
                return head.shape is Shape.BODY
            if unit.hit is None and (unit.flags & Word.TITLE or is_given(unit)):
                return False
        return False

    def _ends_here(self) -> bool:
        """Whether the body so far stands before a paper or event of its own ("Labour Party Conference")."""
        best = self.best
        assert best is not None
        strong = not best.flags & Word.WEAK and self.run[best.last - 1].text not in _ATTRIBUTIVE
        return (
            best.shape is Shape.BODY
            and best.last == self.at
            and strong
            and is_complete(self.run, self.start, best, self.words, self.complement)
        )

    def _owns_head(self, title: Part) -> bool:
        """Whether a title is the possessor in a body's name ("Prime Minister's Office")."""
        if not self.run[title.last - 1].possessive or title.last >= len(self.run):
            return False
        return head_at(self.run, title.last, self.words) is not None
