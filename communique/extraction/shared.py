"""The shared pass over an article: what every table's extractor reads, found once."""

from __future__ import annotations

from collections.abc import Sequence

from communique.articles.model import Article
from communique.extraction.actors import find_actors
from communique.extraction.dates import find_timexes
from communique.extraction.model import Annotations
from communique.extraction.money import find_amounts
from communique.extraction.percents import find_percents


def annotate(article: Article) -> Annotations:
    """Money, percentages, temporal expressions and actor mentions of the article's body."""
    return annotate_all((article,))[0]


def annotate_all(articles: Sequence[Article]) -> list[Annotations]:
    """The annotations of each article, one kind of finding after the other (see `engine.extract_all`)."""
    actors = [find_actors(article) for article in articles]
    amounts = [find_amounts(article) for article in articles]
    percents = [find_percents(article) for article in articles]
    timexes = [find_timexes(article) for article in articles]
    return [
        Annotations(article=article, amounts=money, percents=shares, timexes=times, mentions=mentions, actors=known)
        for article, money, shares, times, (mentions, known) in zip(
            articles, amounts, percents, timexes, actors, strict=True
        )
    ]
