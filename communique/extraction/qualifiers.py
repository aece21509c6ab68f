"""How exact a figure is said to be: `about`, `more than`, `up to` and their kin, before or after it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from communique.extraction.wording import in_any_case, load_toml

_SPACE: Final = r"(?:[\s\u00a0]{1,4})"
_REACH: Final = 48
_PLACES: Final = frozenset({"under", "over", "above", "below", "near", "beyond", "around", "about"})
_ARTICLE: Final = re.compile(r"\b(?:an?|the|its|their|our|this|that|his|her)\b", re.I)


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return load_toml("qualifiers.toml")


@cache
def _meanings() -> dict[str, str]:
    return {phrase: name for name, phrases in _tables()["before"].items() for phrase in phrases}


@cache
def _before() -> re.Pattern[str]:
    phrases = in_any_case(_meanings(), _SPACE)
    between = in_any_case(_tables()["between"]["words"])
    return re.compile(rf"(?<![\w-])({phrases}){_SPACE}?(?:{between}{_SPACE}){{0,3}}\(?\Z")


@cache
def _after() -> re.Pattern[str]:
    groups = (f"(?P<{name}>{in_any_case(words, _SPACE)})" for name, words in _tables()["after"].items())
    return re.compile(rf"{_SPACE}?(?:{'|'.join(groups)})(?![\w-])")


@cache
def _change() -> re.Pattern[str]:
    return re.compile(rf"\b{in_any_case(_tables()['change']['words'])}\b")


def qualifier(text: str, start: int, end: int) -> str:
    """The `AmountQualifier` of the figure at `[start, end)`; `exact` where nothing qualifies it."""
    found = _before().search(text, max(0, start - _REACH), start)
    if found and not (found.group(1).lower() in _PLACES and _ARTICLE.search(text, found.end(1), start)):
        return _meanings()[" ".join(found.group(1).lower().split())]
    if found := _after().match(text, end, end + 24):
        return str(found.lastgroup)
    return "exact"


def is_change(text: str, start: int) -> bool:
    """Whether a verb of change stands shortly before `start`, so that "from x to y" there is no range."""
    clause = re.split(r"[.;:]\s", text[max(0, start - 90) : start])[-1]
    return _change().search(clause) is not None
