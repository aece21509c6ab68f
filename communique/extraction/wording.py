"""Wordings as regular expressions that `re` finds soon, and the vocabularies they come from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, Final

_QUANTIFIERS: Final = frozenset("?*+{")
_CLASS: Final = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_CAPTURING: Final = re.compile(r"(?<!\\)\((?!\?(?:[:=!]|<[=!]))")


def load_toml(name: str) -> dict[str, Any]:
    """A vocabulary of `communique/lexicons`, parsed."""
    return tomllib.loads(files("communique.lexicons").joinpath(name).read_text(encoding="utf-8"))


def alternatives(words: Iterator[str] | list[str]) -> str:
    """A regular expression of these literal words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def in_any_case(words: Iterable[str], space: str = " ") -> str:
    """A regular expression of these words in any case, the longest first; `space` is one of what parts their parts.

    Every letter is a class of its own and what words share is written once, so that most texts fail at one look,
    where the flag for any case would try all words in full.
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[:1], []).append(word[1:])
    ends = rests.pop("", None) is not None
    branches = [
        (f"[{first}{first.upper()}]" if first.isalpha() else space if first == " " else re.escape(first))
        + in_any_case(rest, space)
        for first, rest in sorted(rests.items())
    ]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if branches else ""


def at_word_start(wording: str, *, apart_from: str = r"\w", any_case: bool = False) -> str:
    """A regular expression of a wording, `(?<!\\w)(?:wording)`, that passes quickly over what cannot open it.

    `apart_from` is the character that does not stand before; `any_case` is for wordings in small letters.  The first
    letters come first, each once, for where a place is what comes first every place of a text is tried.  A wording of
    which some alternative does not open with a letter is left as it is.
    """
    opened = by_first_letter(wording)
    mode = "i" if any_case else ""
    if opened is None:
        return rf"(?<!{apart_from})(?{mode}:{wording})"
    branches = (
        rf"{form}(?<!{apart_from}.)(?{mode}:{'|'.join(rests)})"
        for letter, rests in opened.items()
        for form in (dict.fromkeys((letter.lower(), letter.upper())) if any_case else letter)
    )
    return f"(?:{'|'.join(branches)})"


def by_first_letter(wording: str) -> dict[str, list[str]] | None:
    """What goes on behind each first letter of a wording; None where some alternative opens with anything else."""
    found: dict[str, list[str]] = {}
    for branch in _branches(wording):
        if branch.startswith("(?:"):
            inner, rest = _group(branch)
            if rest[:1] in _QUANTIFIERS or _CAPTURING.search(rest):
                return None
            opened = by_first_letter(inner)
            if opened is None:
                return None
            for letter, rests in opened.items():
                found.setdefault(letter, []).append(f"(?:{'|'.join(rests)}){rest}")
        elif branch[:1].isalnum() and branch[1:2] not in _QUANTIFIERS:
            found.setdefault(branch[0], []).append(branch[1:])
        else:
            return None
    return found


def _branches(wording: str) -> list[str]:
    """The alternatives of a regular expression."""
    depth = start = 0
    found: list[str] = []
    for at, sign in _signs(wording):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            found.append(wording[start:at])
            start = at + 1
    return [*found, wording[start:]]


def _group(branch: str) -> tuple[str, str]:
    """What stands in the group that a regular expression opens with, and what follows it."""
    depth = 0
    for at, sign in _signs(branch):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return branch[len("(?:") : at], branch[at + 1 :]
    raise ValueError(f"a group that never closes: {branch}")


def _signs(wording: str) -> Iterator[tuple[int, str]]:
    """The brackets and bars of a regular expression, without those that are escaped or in a class."""
    at = 0
    while at < len(wording):
        sign = wording[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            at = _CLASS.match(wording, at).end() - 1  # type: ignore[union-attr]
        elif sign in "(|)":
            yield at, sign
        at += 1
