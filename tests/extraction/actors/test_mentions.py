"""What is a mention and what is not, sentence by sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.extraction.actors import find_actors

_CASES = tomllib.loads((Path(__file__).parent / "mentions.toml").read_text(encoding="utf-8"))
_MARKED = re.compile(r"\[([^\]|]+)(?:\|([^\]]+))?\]")


def _sentences() -> Iterator[object]:
    for chapter, groups in _CASES.items():
        for group, sentences in groups.items():
            for number, sentence in enumerate(sentences):
                yield pytest.param(sentence, id=f"{chapter}-{group}-{number}")


def _id(short: str) -> str:
    return short if ":" in short else f"country:{short}"


@pytest.mark.parametrize("marked", _sentences())
def test_the_sentence_mentions_these_actors_and_no_others(marked: str, article_of) -> None:
    text = _MARKED.sub(lambda m: m[1], marked)
    mentions, actors = find_actors(article_of(text))
    found = [(text[m.start : m.end], m.actor_id) for m in mentions]
    wanted = [(m[1], _id(m[2]) if m[2] else None) for m in _MARKED.finditer(marked)]
    assert [surface for surface, _ in found] == [surface for surface, _ in wanted]
    for (_, actor_id), (_, asked) in zip(found, wanted, strict=True):
        assert asked in (None, actor_id)
        assert actor_id in actors
