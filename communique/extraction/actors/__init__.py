"""Actors: people, countries and bodies that the text names, each with the exact spans of its mentions."""

from __future__ import annotations

from communique.articles.model import Article
from communique.extraction.actors.find import findings
from communique.extraction.actors.link import link
from communique.extraction.actors.rows import mention_rows
from communique.extraction.model import Actor, Mention

__all__ = ["find_actors", "mention_rows"]


def find_actors(article: Article) -> tuple[tuple[Mention, ...], dict[str, Actor]]:
    """The mentions of actors in the article's body, in order and without overlaps, and the actors by id."""
    return link(article, findings(article))
