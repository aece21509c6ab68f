"""The tables of actors and of their mentions."""

from __future__ import annotations

from typing import Annotated

import polars as pl

from schemas import columns, patterns
from schemas.row_checks import span
from schemas.table import Model, RowCheck, Table
from schemas.vocabularies import ActorType, MentionKind


class Actors(Model):
    actor_id: pl.String = columns.column(
        "`country:` and the ISO 3166-1 alpha-3 code, or the type and a slug of the name.",
        unique=True,
        str_matches=patterns.ACTOR_ID,
    )
    name: pl.String = columns.text("Canonical English name.", nullable=False)
    type: pl.String = columns.choice("Kind of actor.", ActorType)
    country: pl.String = columns.column(
        "Nationality or seat; null for international ones and where unknown.",
        nullable=True,
        unit="ISO 3166-1 alpha-3",
        str_matches=patterns.ALPHA3,
    )
    role: pl.String = columns.text("The office of a person, as the articles give it.")
    aliases: Annotated[pl.List, pl.String] = columns.column("The names seen in the articles, in alphabetical order.")
    mentions: pl.Int32 = columns.count("Rows of `actor_mentions` with this actor.", "mentions")
    articles: pl.Int32 = columns.count("Articles that mention the actor.", "articles")


class ActorMentions(Model):
    mention_id: pl.String = columns.row_id("mention", "the article and the span")
    article_id: pl.String = columns.article()
    char_start: pl.Int32 = columns.char_start()
    char_end: pl.Int32 = columns.char_end()
    sentence_start: pl.Int32 = columns.sentence_start()
    sentence_end: pl.Int32 = columns.sentence_end()
    actor_id: pl.String = columns.actor("Who is mentioned.", nullable=False)
    text: pl.String = columns.text("The words of the mention.", nullable=False)
    mention_kind: pl.String = columns.choice("How the actor is called.", MentionKind)
    rule: pl.String = columns.rule()


ACTORS = Table(
    name="actors",
    title="Actors",
    description="One row per person, country, body or organisation that the articles of the release name.",
    usage_warning=(
        "People who are not in the reference data are told apart by name alone: two people of one name are one row."
    ),
    model=Actors,
    primary_key="actor_id",
    sort_by=("actor_id",),
    row_checks=(
        RowCheck(
            "type_in_actor_id",
            "`actor_id` begins with the type.",
            None,
            pl.col("actor_id").str.starts_with(pl.concat_str("type", pl.lit(":"))),
        ),
        RowCheck(
            "country_in_actor_id",
            "A country is its own `country`.",
            pl.col("type") == ActorType.COUNTRY.value,
            pl.col("country") == pl.col("actor_id").str.strip_prefix("country:"),
        ),
    ),
)

ACTOR_MENTIONS = Table(
    name="actor_mentions",
    title="Actor mentions",
    description="One row per mention of an actor by a name; pronouns and common nouns are no rows.",
    usage_warning="Counts of mentions leave out pronouns and phrases as 'the prime minister'.",
    model=ActorMentions,
    primary_key="mention_id",
    id_prefix="mention",
    sort_by=("article_id", "char_start", "char_end", "mention_id"),
    row_checks=span(),
)
