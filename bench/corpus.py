"""Corpora of any size from texts of our own: the same seed and size make the same bytes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
FEWEST_WORDS, MOST_WORDS = 500, 1500

_FIGURE = re.compile(r"\b[1-9]\d?(?:\.\d)?(?= (?:million|billion|percent|per cent|people|trucks|months)\b)")


def paragraphs() -> list[str]:
    """The paragraphs of all texts, each on one line."""
    return [
        " ".join(block.split())
        for path in sorted(TEXTS.glob("*.txt"))
        for block in path.read_text(encoding="utf-8").split("\n\n")
    ]


def articles(size: int, seed: int = 0) -> Iterator[str]:
    """Articles of 500 to 1,500 words of `size` bytes in all: paragraphs in new orders, with figures of their own."""
    chance, blocks, number = random.Random(seed), paragraphs(), 0
    while size > 0:
        number += 1
        text = _article(chance, blocks, number)
        size -= len(text.encode())
        yield text


def write_corpus(folder: Path, size: int, seed: int = 0) -> tuple[int, int, int]:
    """Write a corpus of about `size` bytes as files; returns its articles, words and bytes."""
    folder.mkdir(parents=True)
    words = written = count = 0
    for count, text in enumerate(articles(size, seed), start=1):
        (folder / f"article-{count:06}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
        written += len(text.encode())
    return count, words, written


def _article(chance: random.Random, blocks: list[str], number: int) -> str:
    day, month = chance.randint(1, 28), chance.choice(("January", "April", "June", "October", "December"))
    parts = [f"Report {number} on trade and aid", f"Published on {month} {day}, {chance.randint(2014, 2025)}"]
    wanted = chance.randint(FEWEST_WORDS, MOST_WORDS)
    for block in chance.sample(blocks, len(blocks)):
        if sum(len(part.split()) for part in parts) >= wanted - 40:
            break
        parts.append(_FIGURE.sub(lambda _: str(chance.randint(2, 99)), block))
    return "\n\n".join(parts) + "\n"
