"""The constructions and word lists of `recommendations.toml`, typed and cached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from communique.extraction.wording import at_word_start, by_first_letter, load_toml

NEGATIVE_SUBJECTS = frozenset({"no", "nobody", "none", "neither", "nothing"})


@dataclass(frozen=True, slots=True)
class Construction:
    """How English words one kind of recommendation; see the lexicon for the fields."""

    name: str
    words: re.Pattern[str]
    complements: tuple[str, ...]
    modality: str
    strength: str
    negated: bool
    only: str | None
    reported: bool
    by_subject: bool


@cache
def _lexicon() -> dict[str, Any]:
    return load_toml("recommendations.toml")


@cache
def constructions() -> tuple[Construction, ...]:
    """The constructions in the order in which they are tried."""
    return tuple(
        Construction(
            name=entry["name"],
            words=_words(entry["words"]),
            complements=tuple(entry["complements"]),
            modality=entry["modality"],
            strength=entry["strength"],
            negated=entry.get("negated", False),
            only=entry.get("only"),
            reported=entry.get("reported", False),
            by_subject=entry.get("from") == "subject",
        )
        for entry in _lexicon()["construction"]
    )


@cache
def construction_named(name: str) -> Construction:
    """The construction of that name."""
    return next(entry for entry in constructions() if entry.name == name)


@cache
def offering() -> tuple[Construction, ...]:
    """The constructions that only offer an option."""
    return tuple(entry for entry in constructions() if entry.only == "option")


def _words(words: str) -> re.Pattern[str]:
    adverbs = _lexicon()["adverbs"]
    filled = words.replace("{adverbs}", adverbs["between"]).replace("{day}", adverbs["day"])
    wording = _in_lower_case(filled)
    if by_first_letter(wording) is not None:
        return re.compile(rf"{at_word_start(wording)}(?!\w)")
    return re.compile(rf"(?:(?<!\w)|(?=['’](?:ve|s|d) ))(?:{wording})(?!\w)")


def _in_lower_case(pattern: str) -> str:
    """The pattern for text in lower case, which finds what the pattern finds in any case, and sooner."""
    return re.sub(r"\\.|[A-Z]", lambda found: found[0] if found[0][0] == "\\" else found[0].lower(), pattern)


@cache
def _stems() -> tuple[AhoCorasick, tuple[tuple[int, ...], ...]]:
    """The stems of all constructions as one search, and for each stem the constructions that it stands in."""
    owners: dict[str, list[int]] = {}
    for i, entry in enumerate(_lexicon()["construction"]):
        for word in entry["stems"]:
            for form in dict.fromkeys((word, word[0].upper() + word[1:])):
                owners.setdefault(form, []).append(i)
    return AhoCorasick(list(owners), implementation=Implementation.DFA), tuple(map(tuple, owners.values()))


def stems_in(text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Where the stems of constructions stand in a text, with the numbers of the constructions they are stems of."""
    search, owners = _stems()
    for stem, start, end in search.find_matches_as_indexes(text, overlapping=True):
        yield start, end, owners[stem]


@cache
def option_words(name: str) -> re.Pattern[str]:
    """The words that may offer an option ("options"), or do so by their verb ("wishes"), in text in lower case."""
    return re.compile(at_word_start(_in_lower_case(_lexicon()["triggers"][name])))


@cache
def words_of(table: str, name: str) -> frozenset[str]:
    """A word list of the lexicon: `table` is "verbs", "nouns" or "deeds"."""
    return frozenset(_lexicon()[table][name])


@cache
def pattern_of(name: str) -> re.Pattern[str]:
    """The turns of phrase of a list under "patterns", as whole words of text in lower case."""
    return re.compile(rf"{at_word_start(_in_lower_case('|'.join(_lexicon()['patterns'][name])))}(?!\w)")


@cache
def list_pattern(name: str) -> re.Pattern[str]:
    """The alternatives of a list under "lists"."""
    return re.compile("|".join(_lexicon()["lists"][name]), re.IGNORECASE)


def is_deed(noun: str) -> bool:
    """Whether a noun names what can be done ("withdrawal"), by list or by the endings of nouns made from verbs."""
    if noun in words_of("deeds", "words"):
        return True
    return noun.endswith(tuple(_lexicon()["deeds"]["endings"])) and noun not in words_of("deeds", "not_deeds")


def is_agent(noun: str) -> bool:
    """Whether a noun (in lower case) names people or bodies that can act."""
    return any(noun in words_of("nouns", name) for name in ("agents", "governing", "members"))
