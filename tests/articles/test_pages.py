"""Body and furniture on whole pages, line by line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from communique.articles.build import build_article

PAGES = tomllib.loads(Path(__file__).with_name("pages.toml").read_text(encoding="utf-8"))["page"]


def _plain(page: str) -> tuple[str, list[tuple[str, bool]]]:
    """The page without markers, and its stretches with whether each is body."""
    lines, stretches = [], []
    for line in page.strip("\n").split("\n"):
        marker, rest = line[:1], line[2:]
        body, _, credit = rest.partition(" |- ")
        lines.append(f"{body} {credit}" if credit else body)
        stretches += [(body, marker == "+")] if body else []
        stretches += [(credit, False)] if credit else []
    return "\n".join(lines) + "\n", stretches


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_body_is_kept_and_furniture_is_left_out(page: dict[str, str]) -> None:
    text, stretches = _plain(page["page"])
    article = build_article(text)
    spans = [(sentence.start, sentence.end) for sentence in article.sentences]
    wrong = []
    at = 0
    for stretch, body in stretches:
        start = text.index(stretch, at)
        at = start + len(stretch)
        words = [start + offset for offset, c in enumerate(stretch) if c.isalpha()]
        inside = [any(first <= position < last for first, last in spans) for position in words]
        if words and not (all(inside) if body else not any(inside)):
            wrong.append(("lost" if body else "kept", stretch))
    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_title(page: dict[str, str]) -> None:
    assert build_article(_plain(page["page"])[0]).title == page["title"]
