"""The words that names are made of and stand among, as sets with one lookup per token."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from communique.extraction.wording import load_toml
from communique.lexicons import loader

_CLOSED_CLASSES: Final = (
    "determiner",
    "possessive",
    "pronoun",
    "relative",
    "preposition",
    "subordinator",
    "coordinator",
)
_CLOSED_FORMS: Final = ("modal", "be", "have", "do", "negation", "adverb")
_ACRONYM: Final = re.compile(r"[A-Z][A-Z0-9&/+-]*[A-Z0-9+]s?|[A-Z]+[a-z]?[A-Z]+(?:-[A-Z]+)?|(?:[A-Z]\.){2,}[A-Z]?")
_ENDING: Final = re.compile(r"iy?i?\b|yi?\b")
_DOUBLED: Final = re.compile(r"(.)\1+")
_LETTERS: Final = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)
_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.-?)+")


class Word:
    """What a capitalised token may be in a name: bits of an int, since enum arithmetic costs more than the rest."""

    NONE: Final = 0
    BREAK: Final = 1 << 0
    LEADING: Final = 1 << 1
    OPENER: Final = 1 << 2
    FOREIGN: Final = 1 << 3
    HEAD: Final = 1 << 4
    WEAK: Final = 1 << 5
    OPENING: Final = 1 << 6
    SEATED: Final = 1 << 7
    SHORT: Final = 1 << 8
    THING: Final = 1 << 9
    PLACE_HEAD: Final = 1 << 10
    TITLE: Final = 1 << 11
    TITLE_PART: Final = 1 << 12
    GOVERNED: Final = 1 << 13
    GIVEN: Final = 1 << 14
    SURNAME: Final = 1 << 15
    COMMON: Final = 1 << 16
    CITY: Final = 1 << 17
    ACRONYM: Final = 1 << 18
    INITIAL: Final = 1 << 19
    COMPLEMENTED: Final = 1 << 20


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower case without diacritics: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=1 << 16)
def spelling(text: str) -> str:
    """What the transliterations of one surname share ("Zelensky", "Zelenskyy", "Zelenski")."""
    return _DOUBLED.sub(r"\1", _ENDING.sub("i", fold(text)).replace("y", "i").replace("j", "i"))


@lru_cache(maxsize=1 << 14)
def slug(text: str) -> str:
    """The part of an actor id that a name makes ("Åse Brekke-Lunde": "ase-brekke-lunde")."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’.]", "", _ascii(text))).strip("-") or "unnamed"


def _ascii(text: str) -> str:
    return fold(text).translate(_LETTERS)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word sets by the question they answer; `head_types` maps a head (one to four words) to an actor type."""

    flags: dict[str, int]
    common: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    head_types: dict[str, str]
    head_starts: frozenset[str]
    things: frozenset[str]
    statutes: frozenset[str]
    uncommon: frozenset[str]
    compounds: frozenset[str]
    places: frozenset[str]
    washed: frozenset[str]
    dead_acronyms: frozenset[str]
    offices_of_state: frozenset[str]
    courtesies: frozenset[str]
    person_nouns: frozenset[str]
    speech: frozenset[str]
    personal: frozenset[str]
    passive: frozenset[str]
    agents: frozenset[str]
    organs: frozenset[str]
    branches: frozenset[str]
    short_names: dict[str, tuple[str, ...]]
    ship_prefixes: frozenset[str]
    kind_nouns: dict[str, str]
    company_after: frozenset[str]
    party_after: frozenset[str]
    place_nouns: frozenset[str]
    name_particles: frozenset[str]
    body_particles: frozenset[str]
    suffixes: frozenset[str]
    prefixes: frozenset[str]
    party_adjectives: frozenset[str]
    party_nouns: frozenset[str]
    successors: dict[str, str]
    agreements: frozenset[str]
    capitals: dict[str, frozenset[str]]
    languages: dict[str, frozenset[str]]


@cache
def vocabulary() -> Vocabulary:
    """The word sets, read once."""
    raw = load_toml("actor_words.toml")
    closed = load_toml("closed_classes.toml")
    places = loader.word_list("cities.txt") | frozenset(raw["places"]["regions"])
    head_types = {head: kind for kind, heads in reversed(raw["heads"].items()) for head in heads}
    return Vocabulary(
        flags=_flags(raw, closed, head_types),
        common=loader.word_list("common_words.txt"),
        given=loader.word_list("forenames.txt"),
        surnames=loader.word_list("family_names.txt") | _office_holders(),
        head_types=head_types,
        head_starts=frozenset(text.split()[0] for text in (*head_types, *raw["not_actors"]["things"]) if " " in text),
        things=frozenset(raw["not_actors"]["things"]),
        statutes=frozenset(raw["not_actors"]["statutes"]),
        uncommon=frozenset(raw["bodies"]["uncommon"]),
        compounds=frozenset(raw["places"]["compounds"]),
        places=places,
        washed=frozenset(raw["not_actors"]["washed"]),
        dead_acronyms=frozenset(raw["not_actors"]["acronyms"]),
        offices_of_state=frozenset(raw["titles"]["offices_of_state"]),
        courtesies=frozenset(raw["titles"]["courtesies"]),
        person_nouns=frozenset(raw["titles"]["nouns"]),
        speech=frozenset(raw["speech"]["verbs"]),
        personal=frozenset(raw["speech"]["personal"]),
        passive=frozenset(raw["speech"]["passive"]),
        organs=frozenset(raw["head_rules"]["organs"]),
        short_names={actor_id: tuple(names) for actor_id, names in raw["short_names"].items()},
        ship_prefixes=frozenset(raw["not_actors"]["ships"]),
        branches=frozenset(raw["head_rules"]["branches"]),
        agents=frozenset(raw["speech"]["agents"]),
        kind_nouns={
            noun: kind
            for kind in (
                "other_organisation",
                "research_organisation",
                "government_body",
                "media",
                "political_party",
                "company",
            )
            for noun in raw["common"][kind]
        },
        company_after=frozenset(raw["common"]["company_after"]),
        party_after=frozenset(raw["common"]["party_after"]),
        place_nouns=frozenset(raw["not_actors"]["place_nouns"]),
        name_particles=frozenset(raw["particles"]["names"]),
        body_particles=frozenset(raw["particles"]["bodies"]),
        suffixes=frozenset(raw["hyphens"]["suffixes"]),
        prefixes=frozenset(raw["hyphens"]["prefixes"]),
        party_adjectives=frozenset(raw["politics"]["adjectives"]),
        party_nouns=frozenset(raw["politics"]["nouns"]),
        successors=raw["successors"],
        agreements=frozenset(text.upper() for text in raw["not_actors"]["agreements"]),
        capitals={name: frozenset(words) for name, words in raw["capitals"].items()},
        languages={name: frozenset(words) for name, words in raw["languages"].items()},
    )


def _office_holders() -> frozenset[str]:
    """The first and last words of the names of the lexicon's persons."""
    names = [person.name.split() for person in loader.persons().values()]
    return frozenset(word for parts in names for word in (parts[0], parts[-1]))


def _flags(raw: dict[str, Any], closed: dict[str, Any], head_types: dict[str, str]) -> dict[str, int]:
    """The flags of the words that the TOML lists name; names and common words are looked up in their own sets."""
    flags: dict[str, int] = {}

    def mark(words: object, flag: int) -> None:
        for word in words:  # type: ignore[attr-defined]
            flags[word] = flags.get(word, Word.NONE) | flag

    for name in (*_CLOSED_CLASSES, *_CLOSED_FORMS):
        mark((word.capitalize() for word in closed[name] if word.isalpha() and word not in ("may", "will")), Word.BREAK)
    mark(raw["leading"]["always"], Word.LEADING)
    mark(raw["leading"]["opening"], Word.OPENER)
    mark(raw["leading"]["months"], Word.LEADING)
    mark(raw["head_rules"]["foreign"], Word.FOREIGN)
    mark(head_types, Word.HEAD)
    mark(raw["head_rules"]["weak"], Word.WEAK)
    mark(raw["head_rules"]["opening"], Word.OPENING)
    mark(raw["head_rules"]["seated"], Word.SEATED)
    mark(raw["head_rules"]["complemented"], Word.COMPLEMENTED)
    mark(raw["head_rules"]["short"], Word.SHORT)
    mark(raw["not_actors"]["things"], Word.THING)
    mark(raw["not_actors"]["places"], Word.PLACE_HEAD)
    mark(raw["titles"]["heads"], Word.TITLE)
    mark(raw["titles"]["parts"], Word.TITLE_PART)
    mark(raw["titles"]["governed"], Word.GOVERNED)
    return flags


@lru_cache(maxsize=1 << 17)
def flags_of(token: str) -> int:
    """Everything that one token may be; cached, since an article repeats its words."""
    words = vocabulary()
    found = words.flags.get(token, Word.NONE)
    if token in words.given:
        found |= Word.GIVEN
    if token in words.surnames:
        found |= Word.SURNAME
    if token in words.places:
        found |= Word.CITY
    lower = token.lower()
    if lower in words.common:
        found |= Word.COMMON
    if _ACRONYM.fullmatch(token):
        found |= Word.ACRONYM
    if _INITIAL.fullmatch(token):
        found |= Word.INITIAL
    return found
