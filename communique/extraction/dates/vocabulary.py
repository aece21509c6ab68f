"""The temporal vocabulary, compiled: words by their form, phrases by their first word, classes as characters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from communique.extraction.spelled import magnitudes
from communique.extraction.wording import load_toml

Value = int | float | str

FIGURES: Final = (
    "OTHER", "ISO", "SLASHED", "DECADE", "SHORT_YEAR", "CLOCK", "FISCAL_YEAR", "QUARTER_NAME", "DAY_ORDINAL", "YEAR",
    "DAY", "TWO", "NUMBER", "WORDS", "PHRASE_DATE", "PHRASE_SET", "HOLIDAY", "POSSESSOR", "FRACTION",
)  # fmt: skip
"""The classes that are not lists of words."""


COUNTS: Final = ("DAY", "TWO", "NUMBER", "WORDS", "FRACTION")
"""The classes of numbers that are no dates by themselves."""


SEEN: Final = 3
"""Characters of the next word that tell whether a phrase can go on with it."""


class Entry:
    """What a written word is: its class and value, and the phrases that may begin with it.

    `seconds` are the first characters (`SEEN`) of the words that stand second in these; None where they do not tell.
    """

    __slots__ = ("kind", "phrases", "seconds", "value")

    def __init__(self, kind: str, value: Value, phrases: Phrases | None = None) -> None:
        self.kind = kind
        self.value = value
        self.phrases = phrases.pattern if phrases is not None else None
        self.seconds = phrases.seconds if phrases is not None else None


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases that begin with one word, as a pattern and by their second words."""

    pattern: re.Pattern[str]
    seconds: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in each written form, phrases in lower case, marks, and the character of each class."""

    words: dict[str, Entry]
    phrases: dict[str, tuple[str, Value]]
    marks: dict[str, str]
    code: dict[str, str]
    triggers: frozenset[str]
    quiet: frozenset[str]
    in_phrases: frozenset[str]

    def is_other(self, part: str) -> bool:
        """Whether what stands between two spaces is a word that belongs to no expression."""
        return part.isalpha() and part not in self.words and part.lower() not in self.in_phrases


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of `temporal_words.toml` with the holidays of `temporal_holidays.toml` and the number words."""
    data = load_toml("temporal_words.toml")
    holidays = load_toml("temporal_holidays.toml")["holidays"]
    plain: dict[str, tuple[str, Value]] = {
        w: (kind, v) for kind, entries in data["words"].items() for w, v in entries.items()
    }
    proper = {w: (kind, v) for kind, entries in data["proper"].items() for w, v in entries.items()}
    phrases = {w: (f"PHRASE_{kind}", v) for kind, entries in data["phrases"].items() for w, v in entries.items()}
    phrases |= {name.lower(): ("HOLIDAY", name) for name in holidays}
    numbers = magnitudes()
    for word in (*numbers["units"], *numbers["tens"], "hundred", "thousand"):
        plain.setdefault(word, ("WORDS", 0))
    kinds = [*FIGURES, *data["words"], *data["proper"], *data["marks"].values()]
    code = {kind: chr(0xE000 + i) for i, kind in enumerate(dict.fromkeys(kinds))}
    calm = set(data["calm"]["classes"])
    exceptions = set(data["calm"]["exceptions"])
    loud_words = {w for w, (kind, _) in plain.items() if kind not in calm and kind != "WORDS"}
    loud_names = {name for name, (kind, _) in proper.items() if kind not in calm}
    openers = loud_words | {name.lower() for name in loud_names}
    loud_words |= _telling(phrases, openers) | (plain.keys() & exceptions)
    loud_names |= {name for name in proper if name.lower() in exceptions}
    triggers = {form for word in loud_words for form in _cases(word)}
    triggers |= {form for name in loud_names for form in _cases_of_name(name)}
    loud = {"PAST", "FALL", "PERIOD", "AMPM", "MONTH_WORD", "MONTH_SHORT"}
    quiet = frozenset({*(calm - loud), *data["marks"].values(), *COUNTS, "POSSESSOR"})
    in_phrases = frozenset(word for phrase in phrases for word in re.findall(r"[^\W\d_]+", phrase))
    forms = _forms(plain, proper, phrases)
    return Vocabulary(forms, phrases, data["marks"], code, frozenset(triggers), quiet, in_phrases)


def _telling(phrases: Iterable[str], openers: set[str]) -> set[str]:
    """A word of every phrase to look for in a text: one that is looked for anyway, or the longest."""
    found: set[str] = set()
    for phrase in sorted(phrases, key=lambda phrase: (phrase.count(" "), phrase)):
        words = re.findall(r"[^\W\d_]+", phrase)
        known = openers | found
        found.add(max(words, key=lambda word: (word in known, len(word)), default=phrase))
    return found


def _forms(
    plain: dict[str, tuple[str, Value]], proper: dict[str, tuple[str, Value]], phrases: dict[str, tuple[str, Value]]
) -> dict[str, Entry]:
    """Entries by written form: lower case, capitalised and capitals for words, the last two for names."""
    heads: dict[str, list[str]] = {}
    for phrase in phrases:
        if head := re.match(r"[^\W\d_]+", phrase):
            heads.setdefault(head.group(), []).append(phrase)
    patterns = {head: _phrases(head, group) for head, group in heads.items()}
    out: dict[str, Entry] = {}
    out |= {head: Entry("FIGURE_WORD", "") for head in ("FY", "Q", "H", "q", "h", "o")}
    for word in {*plain, *(head for head in heads)}:
        entry = Entry(*plain.get(word, ("OTHER", "")), patterns.get(word))
        out |= dict.fromkeys(_cases(word), entry)
    for name, (kind, value) in proper.items():
        entry = Entry(kind, value, patterns.get(name.lower()))
        out |= dict.fromkeys(_cases_of_name(name), entry)
    return out


def _cases(word: str) -> tuple[str, ...]:
    return word, word.capitalize(), word.upper()


def _cases_of_name(name: str) -> tuple[str, ...]:
    return (name, name.upper()) if len(name) > 2 else (name,)


def _phrases(head: str, group: list[str]) -> Phrases:
    spelled = (
        re.escape(p).replace(r"\ ", r"\s{1,3}").replace("'", "['’]") for p in sorted(group, key=lambda p: (-len(p), p))
    )
    seconds = [phrase[len(head) + 1 :].partition(" ") for phrase in group if phrase[len(head) :][:1] in ("", " ")]
    telling = all(len(second) >= SEEN or (second and space) for second, space, _ in seconds)
    return Phrases(
        re.compile(rf"(?:{'|'.join(spelled)})\b", re.I),
        frozenset(second[:SEEN] for second, _, _ in seconds) if telling else None,
    )
