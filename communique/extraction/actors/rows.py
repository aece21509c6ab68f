"""The rows of the table of mentions."""

from __future__ import annotations

from bisect import bisect_right

from communique.extraction.model import Annotations
from communique.extraction.rows import ActorMention


def mention_rows(annotations: Annotations) -> tuple[ActorMention, ...]:
    """One row per mention of the article, in order of the text."""
    text = annotations.article.text
    starts = [sentence.start for sentence in annotations.article.sentences]
    return tuple(
        ActorMention(
            char_start=mention.start,
            char_end=mention.end,
            sentence=bisect_right(starts, mention.start) - 1,
            rule=mention.rule,
            actor_id=mention.actor_id,
            text=text[mention.start : mention.end],
            mention_kind=mention.kind,
        )
        for mention in annotations.mentions
    )
