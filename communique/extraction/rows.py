"""One frozen dataclass per table of facts: what an extractor returns, its fields named as the columns.

The ids, the evidence and the names beside actor ids are added when rows become frames (`communique.frames`), so no
extractor repeats them.  Where a name field stands beside an id field, it holds the words for what has no actor of its
own, or another name than the actor's (a trust fund of NATO); None means the actor's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.articles.model import Article
from communique.extraction.model import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The span that made the row, the index of its sentence in the article, and the rule's name."""

    char_start: int
    char_end: int
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AidCommitment(Trigger):
    donor_id: str | None = None
    recipient_id: str | None = None
    amount: float | None = None
    amount_upper: float | None = None
    amount_qualifier: str | None = None
    currency: str | None = None
    category: str = "unspecified"
    status: str = "provided"
    is_total: bool = False
    channel_id: str | None = None
    channel: str | None = None
    purpose: str | None = None
    items: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    reported_by_id: str | None = None
    reported_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff(Trigger):
    imposer_id: str | None = None
    target_id: str | None = None
    target_scope: str | None = None
    rate_percent: float | None = None
    rate_percent_upper: float | None = None
    product: str | None = None
    status: str = "imposed"
    is_retaliatory: bool = False
    effective_date: str | None = None
    speaker_id: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateExpression(Trigger):
    text: str
    timex_type: str
    timex_value: str
    start_date: str | None = None
    end_date: str | None = None
    resolved_by: str | None = None
    is_publication_date: bool = False
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention(Trigger):
    actor_id: str
    text: str
    mention_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Trigger):
    recommender_id: str | None = None
    recommender: str | None = None
    """Both None where the article itself speaks."""
    addressee_ids: tuple[str, ...] = ()
    addressee: str | None = None
    action: str
    modality: str
    strength: str
    is_negated: bool = False
    ordinal: int | None = None
    topic: str = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRows:
    """Everything extracted from one article."""

    aid_commitments: Sequence[AidCommitment]
    tariffs: Sequence[Tariff]
    dates: Sequence[DateExpression]
    actor_mentions: Sequence[ActorMention]
    recommendations: Sequence[Recommendation]


@dataclass(frozen=True, slots=True)
class CueSentence:
    """A sentence, by its number, with words at `[char_start, char_end)` that promise a row of a table.

    Where it is `is_firm`, they leave little doubt of it.
    """

    table: str
    sentence: int
    char_start: int
    char_end: int
    is_firm: bool


@dataclass(frozen=True, slots=True)
class ArticleExtraction:
    """An article with the actors that its rows refer to, by actor_id, and the sentences that promise a row."""

    article: Article
    actors: Mapping[str, Actor]
    rows: ArticleRows
    cues: Sequence[CueSentence] = ()
