"""Word classes: which classes an English word form can belong to, from the lexicons.

The open classes are reduced to what finding clauses needs: verb forms with their lemma, adverbs, and nominals
(nouns and adjectives, which stand together inside noun phrases).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from communique.extraction.wording import load_toml


class Tag:
    """The word classes of a token in its place: plain numbers, since every token is asked for its own many times."""

    NOMINAL: Final = 0
    NAME: Final = 1
    NUMBER: Final = 2
    DETERMINER: Final = 3
    POSSESSIVE: Final = 4
    PRONOUN: Final = 5
    RELATIVE: Final = 6
    PREPOSITION: Final = 7
    SUBORDINATOR: Final = 8
    COORDINATOR: Final = 9
    ADVERB: Final = 10
    NEGATION: Final = 11
    TO: Final = 12
    MODAL: Final = 13
    BE: Final = 14
    HAVE: Final = 15
    DO: Final = 16
    BASE: Final = 17
    THIRD: Final = 18
    PAST: Final = 19
    PARTICIPLE: Final = 20
    GERUND: Final = 21
    COMMA: Final = 22
    BREAK: Final = 23
    QUOTE: Final = 24
    OPEN: Final = 25
    CLOSE: Final = 26
    CURRENCY: Final = 27
    GENITIVE: Final = 28
    OTHER: Final = 29
    UNSETTLED: Final = 30
    """A verb form whose class only its neighbours tell; no token of a sentence has it."""


def is_auxiliary(tag: int) -> bool:
    """Whether a token of this class is a modal or a form of "be", "have" or "do"."""
    return Tag.MODAL <= tag <= Tag.DO


def is_verbal(tag: int) -> bool:
    """Whether a token of this class is a verb or an auxiliary."""
    return Tag.MODAL <= tag <= Tag.GERUND


def bits(tags: Iterable[int]) -> int:
    """A set of classes as a number: `among(tag, bits)` is the quickest test there is."""
    return sum(1 << tag for tag in set(tags))


def among(tag: int, of: int) -> bool:
    """Whether a class is one of those in `of`, made by `bits`."""
    return of >> tag & 1 == 1


VERBS: Final = frozenset({Tag.BASE, Tag.THIRD, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND})


class VerbForm:
    """A form of a verb: its lemma, the tags the form can have, and whether the form is a noun as well."""

    __slots__ = ("base", "gerund", "lemma", "noun", "participle", "past", "tags", "third")

    def __init__(self, lemma: str, tags: frozenset[int], noun: bool) -> None:
        self.lemma = lemma
        self.tags = tags
        self.noun = noun
        self.base = Tag.BASE in tags
        self.third = Tag.THIRD in tags
        self.past = Tag.PAST in tags
        self.participle = Tag.PARTICIPLE in tags
        self.gerund = Tag.GERUND in tags


_CLOSED: Final = {
    "determiner": Tag.DETERMINER,
    "possessive": Tag.POSSESSIVE,
    "pronoun": Tag.PRONOUN,
    "preposition": Tag.PREPOSITION,
    "subordinator": Tag.SUBORDINATOR,
    "coordinator": Tag.COORDINATOR,
    "adverb": Tag.ADVERB,
    "negation": Tag.NEGATION,
    "modal": Tag.MODAL,
    "be": Tag.BE,
    "have": Tag.HAVE,
    "do": Tag.DO,
    "cardinal": Tag.NUMBER,
}


@cache
def _closed_toml() -> dict[str, list[str]]:
    return load_toml("closed_classes.toml")


@cache
def closed_classes() -> dict[str, int]:
    """Every word of a closed class with its usual tag; a word listed twice keeps its first class."""
    words: dict[str, int] = {"to": Tag.TO}
    words.update(dict.fromkeys(_closed_toml()["relative"], Tag.RELATIVE))
    for name, tag in _CLOSED.items():
        for word in _closed_toml()[name]:
            words.setdefault(word, tag)
    return words


@cache
def not_adverbs() -> frozenset[str]:
    """Words in -ly that are no adverbs."""
    return frozenset(_closed_toml()["not_adverbs_in_ly"])


@cache
def plural_nouns() -> frozenset[str]:
    """Forms in -s that are plural nouns far more often than verbs."""
    return frozenset(_closed_toml()["plural_nouns"])


@cache
def nouns_in_ing() -> frozenset[str]:
    """Forms in -ing that are nouns of their own ("funding")."""
    return frozenset(_closed_toml()["nouns_in_ing"])


@cache
def speaking_bodies() -> frozenset[str]:
    """Nouns of bodies and papers that speak."""
    return frozenset(_closed_toml()["speaking_bodies"])


@cache
def clause_takers() -> frozenset[str]:
    """Lemmas of verbs that take a clause without "that"."""
    return frozenset(_closed_toml()["clause_takers"])


@cache
def verb_forms() -> dict[str, VerbForm]:
    """Every inflected form of the verbs in `verbs.csv`."""
    tags: dict[str, set[int]] = {}
    lemmas: dict[str, str] = {}
    nouns: dict[str, bool] = {}
    columns = {
        "base": Tag.BASE,
        "third": Tag.THIRD,
        "past": Tag.PAST,
        "participle": Tag.PARTICIPLE,
        "gerund": Tag.GERUND,
    }
    lines = (files("communique.lexicons") / "verbs.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        for column, tag in columns.items():
            for form in row[column].split("|"):
                tags.setdefault(form, set()).add(tag)
                lemmas.setdefault(form, row["base"])
                if tag in (Tag.BASE, Tag.THIRD):
                    nouns[form] = nouns.get(form, False) or row["noun"] == "1"
    return {form: VerbForm(lemmas[form], frozenset(found), nouns.get(form, False)) for form, found in tags.items()}
