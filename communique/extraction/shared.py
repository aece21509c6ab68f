"""The shared pass over an article: what every table's extractor reads, found once."""

from __future__ import annotations

from communique.articles.model import Article
from communique.extraction.actors import find_actors
from communique.extraction.dates import find_timexes
from communique.extraction.model import Annotations
from communique.extraction.money import find_amounts
from communique.extraction.percents import find_percents


def annotate(article: Article) -> Annotations:
    """Money, percentages, temporal expressions and actor mentions of the article's body."""
    mentions, actors = find_actors(article)
    return Annotations(
        article=article,
        amounts=find_amounts(article),
        percents=find_percents(article),
        timexes=find_timexes(article),
        mentions=mentions,
        actors=actors,
    )
