"""Headlines with a capital for every word, read as a sentence would be: "Minister Urges Peru to Pay"."""

from __future__ import annotations

import re

from communique.articles.model import SentenceKind
from communique.extraction.grammar.parse import ParsedSentence, parse
from communique.extraction.grammar.words import verb_forms
from communique.extraction.model import Annotations
from communique.extraction.recommendations.referents import mentions_in

_WORD = re.compile(r"[A-Za-z]+")
_CAPITAL = re.compile(r"[A-Z][a-z]+")
_LONG = 4
_FEWEST = 2


def as_sentence(annotations: Annotations, index: int) -> ParsedSentence:
    """The grammar of sentence `index`; of a headline as if its verbs had no capitals."""
    place = annotations.article.sentences[index]
    if place.kind is not SentenceKind.TITLE:
        return annotations.parsed(index)
    text = annotations.article.text
    line = text[place.start : place.end]
    if not _is_headline(line):
        return annotations.parsed(index)
    names = [m for m in mentions_in(annotations, place.start, place.end) if m.kind != "short_name"]

    def plain(word: re.Match[str]) -> str:
        start, end = place.start + word.start(), place.start + word.end()
        named = word.start() == 0 or any(m.start < end and start < m.end for m in names)
        return word[0] if named or word[0].lower() not in verb_forms() else word[0].lower()

    return parse(text[: place.start] + _CAPITAL.sub(plain, line) + text[place.end :], place.start, place.end)


def _is_headline(line: str) -> bool:
    long = [word for word in _WORD.findall(line) if len(word) >= _LONG]
    return len(long) >= _FEWEST and not line.isupper() and all(word[0].isupper() for word in long)
