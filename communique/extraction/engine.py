"""The engine: the shared pass over an article, then every table's extractor over what it found."""

from __future__ import annotations

from communique.articles.model import Article
from communique.extraction.actors import mention_rows
from communique.extraction.aid import aid_rows
from communique.extraction.cues import cue_sentences
from communique.extraction.dates import date_rows
from communique.extraction.recommendations import recommendation_rows
from communique.extraction.rows import ArticleExtraction, ArticleRows
from communique.extraction.shared import annotate
from communique.extraction.tariffs import tariff_rows

__all__ = ["annotate", "extract"]


def extract(article: Article) -> ArticleExtraction:
    """Everything the tables hold of one article: a pure function of the article and the lexicons."""
    found = annotate(article)
    rows = ArticleRows(
        aid_commitments=aid_rows(found),
        tariffs=tariff_rows(found),
        dates=date_rows(found),
        actor_mentions=mention_rows(found),
        recommendations=recommendation_rows(found),
    )
    return ArticleExtraction(article=article, actors=found.actors, rows=rows, cues=cue_sentences(article))
