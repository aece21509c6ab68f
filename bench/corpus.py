"""Corpora of any size from texts of our own: the same seed and size make the same bytes."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from communique.lexicons.loader import countries

TEXTS = Path(__file__).parent / "texts"
FEWEST_WORDS, MOST_WORDS = 500, 1500
BRIEF_WORDS = 250

_FIGURE = re.compile(r"\b[1-9]\d?(?:\.\d)?(?= (?:million|billion|percent|per cent|people|trucks|months)\b)")
_NUMBER = r"(?<![\d.,])[1-9]\d(?![\d.,]*\d)"
_MONTHS = ("January", "April", "June", "October", "December")


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


def briefs(count: int, seed: int = 0) -> Iterator[str]:
    """So many short articles of about 250 words: paragraphs in new orders, with countries and figures of their own."""
    chance, blocks, names = random.Random(f"briefs {seed}"), paragraphs(), _names()
    place = {word: (number, part) for number, pair in enumerate(names) for part, word in enumerate(pair)}
    changing = re.compile(rf"\b(?:{'|'.join(sorted(place, key=len, reverse=True))})\b|{_NUMBER}")
    for number in range(count):
        others = chance.sample(names, len(names))

        def changed(found: re.Match[str], others: list[tuple[str, str]] = others) -> str:
            word = found.group()
            if word not in place:
                return str(chance.randint(2, 28))
            which, part = place[word]
            return others[which][part]

        yield changing.sub(changed, _brief(chance, blocks, f"{seed}-{number}"))


def write_briefs(folder: Path, count: int, seed: int = 0, apart: int = 1) -> tuple[int, int]:
    """Write so many short articles as files named by number, `apart` from each other, and seed.

    Returns their words and bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = written = 0
    for number, text in enumerate(briefs(count, seed)):
        (folder / f"brief-{number * apart:06}-{seed}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
        written += len(text.encode())
    return words, written


def _brief(chance: random.Random, blocks: list[str], number: str) -> str:
    day, month = chance.randint(1, 28), chance.choice(_MONTHS)
    parts = [f"Brief {number} on trade and aid", f"Published on {month} {day}, {chance.randint(2014, 2025)}"]
    words = 0
    for block in chance.sample(blocks, len(blocks)):
        if words >= BRIEF_WORDS - 30:
            break
        parts.append(block)
        words += len(block.split())
    return "\n\n".join(parts) + "\n"


def _names() -> list[tuple[str, str]]:
    """Countries and their adjectives, each a word of letters that stands for nothing else."""
    pairs = [
        (country.name, country.demonyms[0])
        for country in countries().values()
        if country.demonyms and country.name.isalpha() and country.demonyms[0].isalpha()
    ]
    words = Counter(word for pair in pairs for word in pair)
    return sorted(pair for pair in pairs if words[pair[0]] == words[pair[1]] == 1)


def _article(chance: random.Random, blocks: list[str], number: int) -> str:
    day, month = chance.randint(1, 28), chance.choice(_MONTHS)
    parts = [f"Report {number} on trade and aid", f"Published on {month} {day}, {chance.randint(2014, 2025)}"]
    wanted = chance.randint(FEWEST_WORDS, MOST_WORDS)
    for block in chance.sample(blocks, len(blocks)):
        if sum(len(part.split()) for part in parts) >= wanted - 40:
            break
        parts.append(_FIGURE.sub(lambda _: str(chance.randint(2, 99)), block))
    return "\n\n".join(parts) + "\n"
