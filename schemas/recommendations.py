"""The table of recommended courses of action."""

from __future__ import annotations

from typing import Annotated

import polars as pl

from schemas import columns
from schemas.row_checks import evidence_length, filled, named, span
from schemas.table import Model, RowCheck, Table
from schemas.vocabularies import Modality, Strength, Topic

AUTHOR = "author"
"""The recommender's name where the article itself speaks."""


class Recommendations(Model):
    recommendation_id: pl.String = columns.row_id(
        "recommendation", "the article, the span and the words for the addressee"
    )
    article_id: pl.String = columns.article()
    char_start: pl.Int32 = columns.char_start()
    char_end: pl.Int32 = columns.char_end()
    evidence: pl.String = columns.evidence()
    sentence_start: pl.Int32 = columns.sentence_start()
    sentence_end: pl.Int32 = columns.sentence_end()
    recommender_id: pl.String = columns.actor("Who recommends; null where the article itself speaks.")
    recommender: pl.String = columns.text(
        "Name of the recommender; `author` where the article itself speaks.", nullable=False
    )
    addressee_ids: Annotated[pl.List, pl.String] = columns.column(
        "Who is to act; empty where no one is named.", references="actors.actor_id"
    )
    addressee: pl.String = columns.text("Who is to act, in the words of the text.")
    action: pl.String = columns.text("What is to be done, word for word, without the modal.", nullable=False)
    modality: pl.String = columns.choice("The kind of recommending words.", Modality)
    strength: pl.String = columns.choice("How strong the recommendation is.", Strength)
    is_negated: pl.Boolean = columns.flag("True where the advice is not to do it.")
    ordinal: pl.Int32 = columns.column(
        "Number in an enumerated list; null elsewhere.", nullable=True, unit="position, from 1", ge=1, le=1000
    )
    topic: pl.String = columns.choice("What the recommendation is about.", Topic)
    rule: pl.String = columns.rule()


RECOMMENDATIONS = Table(
    name="recommendations",
    title="Recommendations",
    description="One row per course of action that someone says should, must or might be taken.",
    usage_warning="The topic is assigned by keywords; read the evidence before counting topics.",
    model=Recommendations,
    primary_key="recommendation_id",
    id_prefix="recommendation",
    id_columns=("addressee",),
    sort_by=("article_id", "char_start", "char_end", "recommendation_id"),
    row_checks=(
        *span(),
        evidence_length(),
        *named("recommender"),
        RowCheck(
            "author_has_no_id",
            "An actor who recommends is called by name, not `author`.",
            filled("recommender_id"),
            pl.col("recommender") != AUTHOR,
        ),
        RowCheck(
            "addressees_once",
            "No addressee is listed twice.",
            pl.col("addressee_ids").list.len() > 1,
            pl.col("addressee_ids").list.n_unique() == pl.col("addressee_ids").list.len(),
        ),
    ),
)
