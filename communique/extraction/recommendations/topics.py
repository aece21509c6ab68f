"""What a recommended action is about, by the words in it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    lexicon = tomllib.loads((files("communique.lexicons") / "topics.toml").read_text(encoding="utf-8"))
    return tuple(
        (name, _pattern(lexicon[name]["phrases"]), _pattern(lexicon[name]["words"])) for name in lexicon["order"]
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for w in words)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def topic_of(action: str, context: str = "") -> str:
    """The topic of an action, from the words around it (`context`) only where its own say nothing; else "other"."""
    for words in (action, context):
        scores = [
            (
                3 * len({m.lower() for m in phrases.findall(words)})
                + 2 * len({m.lower() for m in singles.findall(words)})
            )
            for _, phrases, singles in _topics()
        ]
        if any(scores):
            return _topics()[scores.index(max(scores))][0]
    return "other"
