"""Where the words and signs stand without which nothing is to be found: one pass over a text spares most sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from communique.articles.model import Sentence


def spellings(words: Iterable[str]) -> set[str]:
    """The words as they are, capitalised, each part capitalised, and in capitals."""
    return {form for word in words for form in (word, word.capitalize(), word.title(), word.upper())}


def holding(sentences: Sequence[Sentence], places: Sequence[int], *, before: int = 0) -> Iterator[Sentence]:
    """The sentences that hold one of the places, or have one among the `before` code points in front; both in order."""
    at, count = 0, len(places)
    for sentence in sentences:
        floor = sentence.start - before
        while at < count and places[at] < floor:
            at += 1
        if at == count:
            return
        if places[at] < sentence.end:
            yield sentence


_KEPT: Final = 1 << 15


class Gate:
    """Tells sentences apart by their words, without reading them.

    `classes` are patterns of one word in lower case each; the mark of a sentence has bit i where a stretch between its
    spaces holds a word of class i.  What a stretch holds is found once and kept: most words have been seen before.
    """

    def __init__(self, classes: Sequence[re.Pattern[str]]) -> None:
        # a search that ignores case tries every word of a list, one that does not only those with the same first letter
        self._classes = tuple(re.compile(words.pattern, words.flags & ~re.IGNORECASE) for words in classes)
        self._known: dict[str, int] = {}

    def marks(self, text: str, sentences: Sequence[Sentence]) -> list[int]:
        """The mark of every sentence."""
        known = self._known
        marks: list[int] = []
        for sentence in sentences:
            mark = 0
            for stretch in text[sentence.start : sentence.end].split():
                found = known.get(stretch)
                mark |= self._judged(stretch) if found is None else found
            marks.append(mark)
        return marks

    def _judged(self, stretch: str) -> int:
        if len(self._known) >= _KEPT:
            self._known.clear()
        lower, found = stretch.lower(), 0
        for i, words in enumerate(self._classes):
            if words.search(lower):
                found |= 1 << i
        self._known[stretch] = found
        return found
