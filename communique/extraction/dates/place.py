"""Where a rule matched, and what stands around it."""

from __future__ import annotations

from functools import cache
from typing import Final

from communique.extraction.dates.tokens import Token
from communique.extraction.wording import load_toml

MONTHS: Final = ("MONTH", "MONTH_WORD", "MONTH_SHORT")


DAYS: Final = ("DAY", "DAY_ORDINAL")


WEEKDAYS: Final = ("WEEKDAY", "WEEKDAY_SHORT")


class Place:
    """Where a rule matched: tokens `[first, last)` of a sentence's tokens."""

    __slots__ = ("first", "last", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token], first: int, last: int) -> None:
        self.text = text
        self.tokens = tokens
        self.first = first
        self.last = last

    def token(self, steps: int) -> Token | None:
        """The token `steps` before the match (negative) or after it (from 0)."""
        at = self.first + steps if steps < 0 else self.last + steps
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def kind(self, steps: int) -> str:
        token = self.token(steps)
        return token.kind if token else ""

    def raw(self, steps: int) -> str:
        token = self.token(steps)
        return self.text[token.start : token.end] if token else ""

    def word(self, steps: int) -> str:
        return self.raw(steps).lower()

    def is_name(self, steps: int) -> bool:
        """Whether a capitalised word that is no temporal word stands there."""
        return self.kind(steps) == "OTHER" and self.raw(steps)[:1].isupper()

    def touches(self, steps: int) -> bool:
        """Whether the token after the match follows without a gap."""
        token = self.token(steps)
        return bool(token) and token.start == self.tokens[self.last - 1].end  # type: ignore[union-attr]


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(entry["words"]) for name, entry in load_toml("temporal_guards.toml").items()}


def words(name: str) -> frozenset[str]:
    """A list of words that guards ask for."""
    return _lists()[name]


def closed(at: Place) -> bool:
    """Whether the phrase ends here: punctuation, a conjunction or the end of the sentence follows."""
    return at.token(0) is None or at.kind(0) in ("COMMA", "AND", "OR", "RULE", "OPEN") or (
        at.kind(0) == "OTHER" and (not at.raw(0).isalpha() or at.word(0) in words("conjunction"))
    )  # fmt: skip


def noun_ends(at: Place) -> bool:
    token = at.token(0)
    return (
        token is None
        or token.kind not in ("OTHER", "DASH")
        or not at.raw(0).isalpha()
        or at.word(0) in words("function")
    )


def not_title(at: Place) -> bool:
    """ "High Noon" and "This Week" in the middle of a sentence are names."""
    raws = [at.text[t.start : t.end] for t in at.tokens[at.first : at.last] if t.kind not in ("ZONE", "POSSESSOR")]
    inside = at.token(-1) is not None and (len(raws) > 1 or at.is_name(-1))
    return not (inside and all(raw[0].isupper() and not raw.isupper() for raw in raws))
