"""Tokens of a sentence with a word class each."""

from __future__ import annotations

from communique.extraction.grammar.forms import Form, last_pieces, pieces, stretches
from communique.extraction.grammar.revise import revise
from communique.extraction.grammar.settle import settle


class Token:
    """`text[start:end]` of the article with its class; `lemma` is the verb's lemma for verb classes, else the form.

    Nobody changes one; it is a plain class because one is made for every word.
    """

    __slots__ = ("end", "lemma", "lower", "start", "tag", "text")

    def __init__(self, start: int, form: Form, tag: int) -> None:
        self.start = start
        self.end = start + len(form.text)
        self.text = form.text
        self.lower = form.lower
        self.tag = tag
        self.lemma = form.lemma(tag)


def tokenize(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of `text[start:end]`, tagged, offsets into `text`."""
    forms: list[Form] = []
    starts: list[int] = []
    parts = stretches(text[start:end])
    last = parts.pop()
    for part in parts:
        for piece in pieces(part):
            forms.append(piece.form)
            starts.append(start + piece.start)
        start += len(part) + 1
    for piece in last_pieces(last):
        forms.append(piece.form)
        starts.append(start + piece.start)
    tags = settle(forms)
    revise(forms, tags)
    return tuple([Token(starts[i], forms[i], tags[i]) for i in range(len(tags))])
