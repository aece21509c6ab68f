"""The actors of a release from the actors of its articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from communique.extraction.actors.forms import name_index
from communique.extraction.rows import ArticleExtraction
from schemas.tables import TABLES
from schemas.vocabularies import ActorType

_PERSON = f"{ActorType.PERSON.value}:"

_SEEN = {
    "actor_id": pl.String(),
    "article_id": pl.String(),
    "published": pl.String(),
    "name": pl.String(),
    "type": pl.String(),
    "country": pl.String(),
    "role": pl.String(),
    "aliases": pl.List(pl.String()),
}

_DESCRIBED_BY = ("name", "type", "country", "role")


@dataclass(frozen=True, slots=True)
class _Sighting:
    published: str | None
    article_id: str
    country: str | None

    @property
    def when(self) -> tuple[bool, str, str]:
        """Earliest first, undated articles last."""
        return self.published is None, self.published or "", self.article_id


def seen_actors(extractions: Iterable[ArticleExtraction]) -> pl.DataFrame:
    """One row per article and actor, with what the article says of the actor."""
    rows = [
        (
            actor_id,
            found.article.article_id,
            found.article.published,
            actor.name,
            actor.type,
            actor.country,
            actor.role,
            list(actor.aliases),
        )
        for found in extractions
        for actor_id, actor in found.actors.items()
    ]
    return pl.DataFrame(rows, schema=_SEEN, orient="row")


def ids_referred_to(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Every `actor_id` in a column of these frames that refers to actors, once, sorted."""
    columns = [
        frames[name].select(actor_id=pl.col(key.column).explode() if table.column(key.column).is_list else key.column)
        for name, table in TABLES.items()
        for key in table.foreign_keys
        if key.table == "actors" and name in frames
    ]
    return pl.concat(columns).unique().drop_nulls().sort("actor_id")


def reference_actors(ids: pl.DataFrame) -> pl.DataFrame:
    """Those actors of the reference data that no article mentions, in the form of `seen_actors`.

    The donor of an agency's aid is its country, whether or not the country is named.
    """
    if ids.is_empty():
        return pl.DataFrame(schema=_SEEN)
    known = name_index().actors
    actors = [known[actor_id] for actor_id in ids["actor_id"] if actor_id in known]
    rows = [(actor.actor_id, "", None, actor.name, actor.type, actor.country, None, list[str]()) for actor in actors]
    return pl.DataFrame(rows, schema=_SEEN, orient="row")


def merge_orders(seen: pl.DataFrame) -> dict[str, str]:
    """Ids of people to replace by the id under which the earliest article has the same name in another order.

    "Ishiba Shigeru" and "Shigeru Ishiba" are one person, unless one article has both or their countries differ.
    """
    people = seen.filter(pl.col("actor_id").str.starts_with(_PERSON))
    same: defaultdict[tuple[str, ...], dict[str, list[_Sighting]]] = defaultdict(dict)
    for actor_id, *sighting in people.select("actor_id", "published", "article_id", "country").iter_rows():
        orders = same[_rotation(actor_id.removeprefix(_PERSON).split("-"))]
        orders.setdefault(actor_id, []).append(_Sighting(*sighting))
    renamed: dict[str, str] = {}
    for orders in same.values():
        if len(orders) > 1 and _may_be_one(orders.values()):
            first = min(orders, key=lambda actor_id: (min(sighting.when for sighting in orders[actor_id]), actor_id))
            renamed |= {actor_id: first for actor_id in sorted(orders) if actor_id != first}
    return renamed


def merged_actors(seen: pl.DataFrame, renamed: Mapping[str, str]) -> pl.DataFrame:
    """One row per actor: of every description what most articles say, then the latest; all aliases, sorted."""
    seen = seen.with_columns(pl.col("actor_id").replace(list(renamed), list(renamed.values())))
    actors = seen.select("actor_id").unique().sort("actor_id")
    for column in _DESCRIBED_BY:
        actors = actors.join(_prevailing(seen, column), on="actor_id", how="left", maintain_order="left")
    aliases = seen.select("actor_id", "aliases").explode("aliases").drop_nulls()
    listed = aliases.group_by("actor_id").agg(pl.col("aliases").unique().sort())
    return actors.join(listed, on="actor_id", how="left", maintain_order="left").with_columns(
        pl.col("aliases").fill_null([])
    )


def with_counts(actors: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """The actors with the number of their rows in `mentions` and of the articles these stand in."""
    counts = mentions.group_by("actor_id").agg(
        mentions=pl.len().cast(pl.Int32), articles=pl.col("article_id").n_unique().cast(pl.Int32)
    )
    described = actors.drop("mentions", "articles", strict=False)
    return described.join(counts, on="actor_id", how="left", maintain_order="left").with_columns(
        pl.col("mentions", "articles").fill_null(0)
    )


def _prevailing(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    given = frame.filter(pl.col(column).is_not_null())
    counted = given.group_by("actor_id", column).agg(times=pl.len(), latest=pl.col("published").max().fill_null(""))
    best = counted.sort("actor_id", "times", "latest", column, descending=[False, True, True, False])
    return best.unique("actor_id", keep="first", maintain_order=True).select("actor_id", column)


def _rotation(parts: Sequence[str]) -> tuple[str, ...]:
    """The same for all cyclic orders of the parts: a family name first, or last."""
    return min((*parts[at:], *parts[:at]) for at in range(len(parts)))


def _may_be_one(orders: Iterable[Sequence[_Sighting]]) -> bool:
    sightings = [sighting for order in orders for sighting in order]
    articles = {sighting.article_id for sighting in sightings}
    countries = {sighting.country for sighting in sightings if sighting.country is not None}
    return len(articles) == len(sightings) and len(countries) <= 1
