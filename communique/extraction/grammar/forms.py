"""What a spelling tells by itself: its lower case, the classes it can have, and how text between spaces falls apart.

Each is found once and kept: most words of any text are words of the text before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from communique.extraction.grammar.words import (
    Tag,
    clause_takers,
    closed_classes,
    not_adverbs,
    nouns_in_ing,
    plural_nouns,
    speaking_bodies,
    verb_forms,
)

_TOKEN: Final = re.compile(
    r"(?P<word>per cent\b|(?:[^\W\d_]\.){2,}(?:[-‐‑][^\W_]+)*|[^\W\d_]+\d*(?:['’](?![sS]\b)[^\W\d_]+|[-‐‑][^\W_]+)*)"
    r"|(?P<number>\d+(?::\d\d)+|\d+(?:,\d{3})*(?:\.\d+)?(?:[–-]\w+(?:\.\d+)?)*)"
    r"|(?P<quote>``|'')"
    r"|(?P<genitive>['’](?:[sS]\b|(?=\s|[,.;:)]))(?<=[^\s\d]['’]|['’][sS])(?<!\s['’]))"
    r"|(?P<currency>[$€£¥₩₹₴₽])"
    r"|(?P<other>--+|\S)"
)
_SHORTENED: Final = re.compile(
    r"(i|you|he|she|it|we|they|that|there|who|what|this)(['’](?:ll|d|ve|re|m))", re.IGNORECASE
)
"""A pronoun with a shortened auxiliary: "we'll", "they'd"."""
_BEFORE_IS: Final = frozenset({"it", "he", "she", "that", "there", "here", "what", "who", "where", "how"})
"""Words after which "'s" is a shortened "is" or "has"."""
_BY_KIND: Final = {
    "quote": Tag.QUOTE,
    "genitive": Tag.GENITIVE,
    "number": Tag.NUMBER,
    "currency": Tag.CURRENCY,
    "other": Tag.OTHER,
}
_PUNCTUATION: Final = {
    ",": Tag.COMMA,
    ";": Tag.BREAK,
    ":": Tag.BREAK,
    "—": Tag.BREAK,
    "–": Tag.BREAK,
    "--": Tag.BREAK,
    "---": Tag.BREAK,
    "(": Tag.OPEN,
    "[": Tag.OPEN,
    ")": Tag.CLOSE,
    "]": Tag.CLOSE,
    '"': Tag.QUOTE,
    "“": Tag.QUOTE,
    "”": Tag.QUOTE,
    "?": Tag.BREAK,
    "!": Tag.BREAK,
}
_CLOSED_IN_PLACE: Final = frozenset(
    "each all both no one so since like that those these this more much less enough may likely 'd".split()
)
_OPENING: Final = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth next last earlier ' ‘".split()
)
_KEPT: Final = 1 << 15
_APOSTROPHES: Final = ("'", "’")


class Form:
    """A spelling: in lower case with straight apostrophes, and its class as far as the spelling decides it.

    `guess` is the class or `Tag.UNSETTLED`; `verb` the verb form it can be; `by_place` says that its place can give a
    closed word another class, `opening` that its place at the head of a clause can.  The others: whether the word is
    capitalised, a plural noun of the list, a noun in -ing, a past form by its ending, a body that speaks, a form of a
    verb that takes a clause.
    """

    __slots__ = (
        "by_place",
        "capital",
        "guess",
        "lower",
        "noun_in_ing",
        "opening",
        "past_by_ending",
        "plural",
        "speaking",
        "takes_clause",
        "text",
        "verb",
    )

    def __init__(self, kind: str, text: str) -> None:
        self.text = text
        self.lower = text.lower().replace("’", "'")
        word = kind == "word"
        self.verb = verb_forms().get(self.lower) if word else None
        self.guess = _of_word(text, self.lower) if word else _PUNCTUATION.get(text, _BY_KIND[kind])
        self.capital = text[0].isupper()
        self.by_place = self.lower in _CLOSED_IN_PLACE
        self.opening = self.lower in _OPENING or (self.guess == Tag.ADVERB and self.capital)
        self.plural = word and self.lower in plural_nouns()
        self.noun_in_ing = word and self.lower in nouns_in_ing()
        self.past_by_ending = self.lower.endswith("ed") and len(self.lower) > 5
        self.speaking = word and self.lower in speaking_bodies()
        self.takes_clause = self.verb is not None and self.verb.lemma in clause_takers()

    def lemma(self, tag: int) -> str:
        """The verb's lemma where the class is a verb's, else the form."""
        if tag < Tag.BE or tag > Tag.GERUND:
            return self.lower
        if tag < Tag.BASE:
            return "be" if tag == Tag.BE else "have" if tag == Tag.HAVE else "do"
        return self.verb.lemma if self.verb is not None else self.lower


class Piece:
    """A token inside a stretch of text without spaces, at `start` of it."""

    __slots__ = ("form", "start")

    def __init__(self, form: Form, start: int) -> None:
        self.form = form
        self.start = start


_known: Final[dict[str, tuple[Piece, ...]]] = {}


def stretches(text: str) -> list[str]:
    """The text parted at its spaces, but for the one in "per cent"."""
    parts = text.split(" ")
    if "per cent" not in text:
        return parts
    joined: list[str] = []
    for part in parts:
        if joined and part.startswith("cent") and joined[-1].endswith("per"):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return joined


def pieces(stretch: str) -> tuple[Piece, ...]:
    """The tokens of a stretch that a space follows."""
    found = _known.get(stretch)
    if found is None:
        if len(_known) >= _KEPT:
            _known.clear()
        found = _known[stretch] = _read(f"{stretch} ")
    return found


def last_pieces(stretch: str) -> tuple[Piece, ...]:
    """The tokens of a stretch that nothing follows: an apostrophe at the end closes a quotation."""
    return _read(stretch) if stretch.endswith(_APOSTROPHES) else pieces(stretch)


def _read(text: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup or "other", match.group()
        shortened = _SHORTENED.fullmatch(word) if kind == "word" else None
        if shortened is not None:
            found.append(Piece(_form("word", shortened.group(1)), match.start()))
            found.append(Piece(_form("word", shortened.group(2)), match.start() + shortened.start(2)))
        elif kind == "genitive" and found and found[-1].form.lower in _BEFORE_IS:
            found.append(Piece(_form("word", word), match.start()))
        else:
            found.append(Piece(_form(kind, word), match.start()))
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _form(kind: str, text: str) -> Form:
    return Form(kind, text)


def _of_word(text: str, lower: str) -> int:
    """The class that the spelling of a word decides alone."""
    closed = closed_classes().get(lower)
    if closed is not None and (text.islower() or text[1:].islower() or text in ("I", "A")):
        return closed
    if text == "United":
        return Tag.NAME
    if lower in verb_forms():
        return Tag.UNSETTLED
    if lower.endswith("ly") and len(lower) > 5 and lower not in not_adverbs():
        return Tag.ADVERB
    return Tag.NAME if text[0].isupper() else Tag.NOMINAL


END: Final = Form("other", "!")
"""What stands behind the last token: a break."""
