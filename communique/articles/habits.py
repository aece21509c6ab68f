"""The habits of publishers, read from `lexicons/furniture.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One habit of publishers; the fields are explained at the head of the file."""

    name: str
    pattern: str
    where: str
    words: int
    effect: str = "block"
    whole: bool = False
    within: bool = False


@cache
def _lexicon() -> dict[str, Any]:
    raw = resources.files("communique.lexicons").joinpath("furniture.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def rules() -> Mapping[str, Rule]:
    """The rules by name, in their order."""
    return {entry["name"]: Rule(**entry) for entry in _lexicon()["rule"]}


@cache
def vocabulary(kind: str) -> frozenset[str]:
    """A list of words: "particles" and "honours" of names, "headings", "roles" and what writers do ("writes")."""
    return frozenset(_lexicon()["words"][kind])


@cache
def closing_credit() -> re.Pattern[str]:
    """A credit in brackets with which a caption closes."""
    return re.compile(_lexicon()["closing_credit"], re.IGNORECASE)
