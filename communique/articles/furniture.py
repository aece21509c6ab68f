"""Which blocks of a text are furniture: what the publisher put around the article."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from communique.articles.layout import Block

_TERMINAL = re.compile(r"[.!?…][\"”’»)\]*_'\d]{0,6}\Z")
PROSE_WORDS = 20
_LINK_WORDS = 16


@dataclass(frozen=True, slots=True)
class Rule:
    """One habit of publishers; the fields are explained at the head of `lexicons/furniture.toml`."""

    name: str
    pattern: str
    where: str
    words: int
    effect: str = "block"
    whole: bool = False
    within: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A block as the rules see it: its text on one line, its words, whether it is running text."""

    text: str
    words: int
    prose: bool

    @classmethod
    def of(cls, text: str) -> Line:
        """The line of a block's shown text."""
        words = text.count(" ") + 1 if text else 0
        return cls(text, words, words >= PROSE_WORDS and bool(_TERMINAL.search(text[-8:])))


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of `lexicons/furniture.toml` in their order."""
    raw = resources.files("communique.lexicons").joinpath("furniture.toml").read_text(encoding="utf-8")
    return tuple(Rule(**entry) for entry in tomllib.loads(raw)["rule"])


@cache
def _limits() -> tuple[int, ...]:
    return tuple(sorted({rule.words for rule in rules()}))


@cache
def _matcher(head: bool, tail: bool, limit: int) -> re.Pattern[str]:
    """One pattern for all rules that apply in the zone to blocks of at most `limit` words; groups are named by rule."""
    zones = {"any"} | ({"head", "edge"} if head else set()) | ({"tail", "edge"} if tail else set())
    end = r"\Z"
    parts = [
        f"(?P<{rule.name}>{'.*?' if rule.within else ''}(?:{rule.pattern}){end if rule.whole else ''})"
        for rule in rules()
        if rule.where in zones and rule.words >= limit
    ]
    return re.compile("|".join(parts), re.IGNORECASE)


def matching_rule(line: Line, *, head: bool, tail: bool) -> str | None:
    """The name of the first rule that takes the line for furniture."""
    limit = next((limit for limit in _limits() if line.words <= limit), None)
    if limit is None:
        return None
    found = _matcher(head, tail, limit).match(line.text)
    return found.lastgroup if found else None


def judge(blocks: Sequence[Block], lines: Sequence[Line]) -> list[str | None]:
    """For each block the rule that takes it for furniture, or None for body."""
    effects = {rule.name: rule.effect for rule in rules()}
    first, last = _zones(blocks, lines)
    verdicts: list[str | None] = []
    open_section: str | None = None
    for number, line in enumerate(lines):
        verdict = matching_rule(line, head=number <= first, tail=number >= last)
        effect = effects[verdict] if verdict else None
        if effect == "end":
            return [*verdicts, *([verdict] * (len(blocks) - number))]
        if (
            verdict is None
            and open_section
            and not line.prose
            and line.words <= _LINK_WORDS
            and not _TERMINAL.search(line.text[-8:])
        ):
            verdict = open_section
        else:
            open_section = verdict if effect == "section" else None
        verdicts.append(verdict)
    return verdicts


def _zones(blocks: Sequence[Block], lines: Sequence[Line]) -> tuple[int, int]:
    """The last block of the head and the first of the tail."""
    prose = [number for number, line in enumerate(lines) if line.prose]
    first = min(prose[min(3, len(prose) - 1)] if prose else len(lines), 14)
    if not blocks:
        return 0, 0
    size = blocks[-1].end
    after = next(number for number, block in enumerate(blocks) if block.end >= size * 0.65)
    return first, min(after, max(len(blocks) - 6, 0)) if len(blocks) > 12 else after
