"""What the evidence browser shows of each table before a row is opened: columns, and filters with a list of values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class View:
    """The columns of a table that a reader sees at once, and those to filter by."""

    columns: tuple[str, ...]
    filters: tuple[str, ...]


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "aid_commitments": View(
            ("donor", "recipient", "amount", "currency", "category", "status", "period_end"),
            ("donor", "recipient", "category", "status", "currency", "article_id"),
        ),
        "tariffs": View(
            ("imposer", "target", "rate_percent", "status", "product", "effective_date"),
            ("imposer", "target", "status", "article_id"),
        ),
        "recommendations": View(
            ("addressee", "strength", "action", "topic", "recommender"),
            ("addressee_ids", "strength", "modality", "topic", "recommender", "is_negated", "article_id"),
        ),
        "dates": View(
            ("text", "timex_value", "start_date", "end_date", "event"),
            ("timex_type", "resolved_by", "is_publication_date", "article_id"),
        ),
        "actors": View(("name", "type", "country", "role", "mentions", "articles"), ("type", "country")),
        "actor_mentions": View(
            ("text", "actor_id", "mention_kind", "article_id"), ("actor_id", "mention_kind", "article_id")
        ),
        "articles": View(("title", "publisher", "published", "authors", "words"), ("publisher", "published_from")),
    }
)
"""The tables of the evidence browser, in the order in which it offers them."""
