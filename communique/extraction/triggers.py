"""Where the words and signs stand without which nothing is to be found: one pass over a text spares most sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
