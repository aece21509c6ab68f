"""Sentence boundaries inside one block of an article."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

# Terminal punctuation, the closing marks and footnote marks that belong to the sentence, then what opens the next one.
_CANDIDATE: Final = re.compile(
    r"""(?P<stop>[.!?…](?<![.!?…]{2})[.!?…]*+)
    (?P<close>(?:''|["”’»›)\]}*_']){0,6})
    (?P<note>(?:\[[\w*†‡]{1,4}\]|[¹²³⁰-⁹]{1,3}|(?<=[^\W\d_][.!?])\d{1,3}(?=\s)|(?<=["”’)])\d{1,3}(?=\s)){0,4})
    (?P<late>["”’»)]{0,2})
    (?:(?P<gap>\s++)|(?=[“"‘]?[A-Z][a-z]))
    (?P<open>(?:``|[“"‘'«(\[*_]|—\ |–\ ){0,4})(?=(?P<next>[^\W_][\w’'-]{0,30}|[$€£¥₴]))""",
    re.VERBOSE,
)
_LONGEST_TOKEN: Final = 24
_BEFORE: Final = re.compile(r"[\w.’'&-]+\Z")
_ACRONYM: Final = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|[A-Z]\.-[A-Z]")
_MARK: Final = re.compile(r"[?!\n]|\.(?=\s|$)")
_EDGE: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\ufeff*_"

_EDGES: Final = frozenset(_EDGE)
LONGEST_SENTENCE: Final = 5_000
"""Characters after which a sentence is cut: prose has none so long, and every row repeats its sentence."""


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    before_word: frozenset[str]
    before_number: frozenset[str]
    months: frozenset[str]
    times: frozenset[str]
    after_name: frozenset[str]
    openers: frozenset[str]
    after_times: frozenset[str]
    speech: frozenset[str]
    auxiliaries: frozenset[str]


@cache
def _abbreviations() -> _Abbreviations:
    raw = resources.files("communique.lexicons").joinpath("abbreviations.toml").read_text(encoding="utf-8")
    return _Abbreviations(**{name: frozenset(words) for name, words in tomllib.loads(raw).items()})


def opens_sentences(word: str) -> bool:
    """Whether the word, written with a capital, hardly ever stands inside a sentence ("The", "However")."""
    return word in _abbreviations().openers


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]` as ordered, non-overlapping, non-empty spans without white space around them.

    Closing quotation marks, brackets and footnote marks belong to the sentence before them.  White space and Markdown
    emphasis at either edge belong to no sentence.
    """
    at = start
    for found in _CANDIDATE.finditer(text, start, end):
        if _ends(text, found, at):
            cut = found.start("gap") if found["gap"] else found.end("late")
            yield from _trimmed(text, at, cut)
            at = cut
    yield from _trimmed(text, at, end)


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in stretches of at most `LONGEST_SENTENCE`, cut at white space where there is some."""
    if end - start <= LONGEST_SENTENCE:
        yield start, end
        return
    while end - start > LONGEST_SENTENCE:
        stretch = text[start : start + LONGEST_SENTENCE]
        head = stretch.rstrip() if text[start + LONGEST_SENTENCE].isspace() else stretch.rpartition(" ")[0].rstrip()
        cut = start + (len(head) or LONGEST_SENTENCE)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if start < end and text[start] not in _EDGES and text[end - 1] not in _EDGES:
        yield start, end
        return
    stretch = text[start:end]
    bare = stretch.lstrip(_EDGE)
    start += len(stretch) - len(bare)
    bare = bare.rstrip(_EDGE)
    if bare:
        yield start, start + len(bare)


def _ends(text: str, found: re.Match[str], start: int) -> bool:
    """Whether the candidate closes a sentence that began at `start` or later."""
    words = _abbreviations()
    following = found["next"]
    stop = found["stop"]
    if not found["gap"]:
        return _glued(text, found, words)
    if following[0].islower():
        return False
    if stop != ".":
        return _ends_loudly(text, found, words)
    if found["close"] or found["note"]:
        return not (
            found["close"].startswith(("'", "’")) and len(found["close"]) == 1 and _is_title(text, found, words)
        )
    return _ends_plainly(text, found, start, words)


def _glued(text: str, found: re.Match[str], words: _Abbreviations) -> bool:
    """A stop without the space after it ends a sentence only between a long word and a word that opens sentences."""
    before = text[max(found.start() - 3, 0) : found.start()]
    glued = (before.isalpha() and before.islower()) or bool(found["close"] or found["note"])
    return glued and found["next"] in words.openers and len(found["next"]) > 1


def _is_title(text: str, found: re.Match[str], words: _Abbreviations) -> bool:
    token = _token(text, found)
    return token in words.before_word


def _initial(text: str, found: re.Match[str]) -> bool:
    """Whether a single letter with a full stop follows."""
    return len(found["next"]) == 1 and text.startswith(".", found.end("next"))


def _token(text: str, found: re.Match[str]) -> str:
    """The word or abbreviation in front of the stop."""
    tail = text[max(found.start() - _LONGEST_TOKEN, 0) : found.start()]
    word = tail.rsplit(None, 1)[-1] if tail and not tail[-1].isspace() else ""
    if word.isalnum():
        return word
    before = _BEFORE.search(word)
    return before[0].lstrip("’'-.") if before else ""


def _ends_loudly(text: str, found: re.Match[str], words: _Abbreviations) -> bool:
    stop, following = found["stop"], found["next"]
    if "?" not in stop and "!" not in stop:
        return following in words.openers or bool(found["close"])
    if found["close"] and not found["open"]:
        return not _attributes(text, found.start("next"), words)
    return True


def _attributes(text: str, start: int, words: _Abbreviations) -> bool:
    """Whether a name (or pronoun) of at most six words and a verb of saying follow."""
    for position, word in enumerate(re.findall(r"[\w’'.-]+|[,;:!?]", text[start : start + 120])[:8]):
        if word.rstrip(".") in words.speech:
            return position > 0
        if word in ",;:!?" or (position and word[0].islower() and word not in {"of", "the", "de", "van", "von", "al"}):
            return False
    return False


def _asks(text: str, at: int) -> bool:
    """Whether the next mark that ends a sentence is a question mark."""
    mark = _MARK.search(text, at, at + 400)
    return mark is not None and mark.group() == "?"


def _ends_plainly(text: str, found: re.Match[str], start: int, words: _Abbreviations) -> bool:
    following = found["next"]
    token = _token(text, found)
    figure = following[0].isdigit() or following[0] in "$€£¥₴"
    opens = following in words.openers
    if token in words.before_number and figure:
        return False
    if token in words.before_word and not (token == "v" and opens):
        return False
    if token in words.months:
        return not following[0].isdigit()
    if token in words.times:
        return following not in words.after_times and "(" not in found["open"]
    if token in words.after_name:
        return opens
    if _ACRONYM.fullmatch(token):
        if following in words.auxiliaries and not _asks(text, found.end("next")):
            return False
        return opens and not (following == "A" and text[found.end("next") : found.end("next") + 1] == ".")
    if len(token) == 1 and token.isupper():
        return opens and text[found.start("next") + len(following) : found.start("next") + len(following) + 1] != "."
    if token.isdigit() and len(token) <= 3 and found.start() - len(token) <= start:
        return False
    return True
