"""Word classes: which classes an English word form can belong to, from the lexicons.

The open classes are reduced to what finding clauses needs: verb forms with their lemma, adverbs, and nominals
(nouns and adjectives, which stand together inside noun phrases).
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Final


class Tag(IntEnum):
    """The word class of a token in its place."""

    NOMINAL = 0
    NAME = 1
    NUMBER = 2
    DETERMINER = 3
    POSSESSIVE = 4
    PRONOUN = 5
    RELATIVE = 6
    PREPOSITION = 7
    SUBORDINATOR = 8
    COORDINATOR = 9
    ADVERB = 10
    NEGATION = 11
    TO = 12
    MODAL = 13
    BE = 14
    HAVE = 15
    DO = 16
    BASE = 17
    THIRD = 18
    PAST = 19
    PARTICIPLE = 20
    GERUND = 21
    COMMA = 22
    BREAK = 23
    QUOTE = 24
    OPEN = 25
    CLOSE = 26
    CURRENCY = 27
    GENITIVE = 28
    OTHER = 29


VERBS: Final = frozenset({Tag.BASE, Tag.THIRD, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND})
AUXILIARIES: Final = frozenset({Tag.MODAL, Tag.BE, Tag.HAVE, Tag.DO})


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A form of a verb: its lemma, the tags the form can have, and whether the form is a noun as well."""

    lemma: str
    tags: frozenset[Tag]
    noun: bool


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
    return tomllib.loads((files("communique.lexicons") / "closed_classes.toml").read_text(encoding="utf-8"))


@cache
def closed_classes() -> dict[str, Tag]:
    """Every word of a closed class with its usual tag; a word listed twice keeps its first class."""
    words: dict[str, Tag] = {"to": Tag.TO, "which": Tag.RELATIVE, "who": Tag.RELATIVE, "whom": Tag.RELATIVE}
    words["that"] = Tag.RELATIVE
    for name, tag in _CLOSED.items():
        for word in _closed_toml()[name]:
            words.setdefault(word, tag)
    return words


@cache
def relatives() -> frozenset[str]:
    """The relative pronouns."""
    return frozenset(_closed_toml()["relative"])


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
    tags: dict[str, set[Tag]] = {}
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
