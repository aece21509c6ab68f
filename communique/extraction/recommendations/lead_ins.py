"""An item read together with the words that lead its list in: "We call on:" and "Peru to end the siege"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from communique.articles.model import Sentence
from communique.extraction.model import Annotations
from communique.extraction.recommendations.referents import mentions_in
from communique.extraction.rows import Recommendation

Reader = Callable[[Annotations], list[Recommendation]]


def led_item(annotations: Annotations, lead: int, item: int, read: Reader) -> list[Recommendation]:
    """What `read` finds in lead-in and item as one sentence, placed on the item.

    Empty where the lead-in is closed or has an action of its own ("should take these steps:").
    """
    sentences = annotations.article.sentences
    text = annotations.article.text
    if text[sentences[lead].end - 1] != ":":
        return []
    opening = text[sentences[lead].start : sentences[lead].end - 1].rstrip() + " "
    shift = sentences[item].start - len(opening)
    found = read(_joined(annotations, sentences[lead], sentences[item], opening))
    return [
        replace(
            row,
            char_start=max(row.char_start + shift, sentences[item].start),
            char_end=row.char_end + shift,
            sentence=item,
            rule=f"{row.rule}, led in",
        )
        for row in found[:1]
        if row.char_end - len(row.action) >= len(opening)
    ]


def _joined(annotations: Annotations, lead: Sentence, item: Sentence, opening: str) -> Annotations:
    """An article of the one sentence that lead-in and item make, with the mentions of both."""
    text = opening + annotations.article.text[item.start : item.end]
    mentions = [
        replace(mention, start=mention.start + by, end=mention.end + by)
        for stretch, by in ((lead, -lead.start), (item, len(opening) - item.start))
        for mention in mentions_in(annotations, stretch.start, stretch.end)
    ]
    whole = Sentence(0, len(text), item.kind, 0)
    return Annotations(
        article=replace(annotations.article, text=text, sentences=(whole,)),
        amounts=(), percents=(), timexes=(), mentions=tuple(mentions), actors=annotations.actors,
    )  # fmt: skip
