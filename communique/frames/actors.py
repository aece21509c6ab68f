"""The actors of a release from the actors of its articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import polars as pl

from communique.extraction.rows import ArticleExtraction
from communique.frames.columns import frame_of
from communique.lexicons import loader
from schemas.tables import TABLES
from schemas.vocabularies import ActorType

_PERSON = f"{ActorType.PERSON.value}:"

_SEEN: dict[str, pl.DataType] = {
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


@dataclass(frozen=True)
class ActorDirectory:
    """The actors of a dataset, and by the ids that are not theirs the id each was merged into."""

    actors: pl.DataFrame
    renamed: Mapping[str, str]

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each actor by its id."""
        return dict(self.actors.select("actor_id", "name").iter_rows())


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
    seen = [(found.article, actor_id, actor) for found in extractions for actor_id, actor in found.actors.items()]
    columns: dict[str, list[Any]] = {
        "actor_id": [actor_id for _, actor_id, _ in seen],
        "article_id": [article.article_id for article, _, _ in seen],
        "published": [article.published for article, _, _ in seen],
    }
    said = {name: [getattr(actor, name) for _, _, actor in seen] for name in (*_DESCRIBED_BY, "aliases")}
    return frame_of(columns | said, _SEEN)


def ids_referred_to(tables: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """Every `actor_id` in a column of these tables that refers to actors, once, sorted."""
    columns = [
        _collected(tables[name].select(actor_id=pl.col(column).explode() if is_list else column).unique())
        for name, column, is_list in _references(tables)
    ]
    return pl.concat(columns).unique().drop_nulls().sort("actor_id")


def ids_in(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The same of tables in memory."""
    found: set[str | None] = set()
    for name, column, is_list in _references(tables):
        values = tables[name][column].to_list()
        found.update(chain.from_iterable(filter(None, values)) if is_list else values)
    return pl.DataFrame({"actor_id": sorted(filter(None, found))}, schema={"actor_id": pl.String()})


def _references(tables: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """The columns of these tables that refer to actors, and whether they hold lists."""
    for name in TABLES.keys() & set(tables):
        for key in TABLES[name].foreign_keys:
            if key.table == "actors":
                yield name, key.column, TABLES[name].column(key.column).is_list


def reference_actors(ids: pl.DataFrame) -> pl.DataFrame:
    """Those actors of the reference data that no article mentions, in the form of `seen_actors`.

    The donor of an agency's aid is its country, whether or not the country is named.
    """
    rows = [found for actor_id in ids["actor_id"] for found in _reference(actor_id)]
    return pl.DataFrame(rows, schema=_SEEN, orient="row")


def actor_directory(seen: pl.LazyFrame, referred: pl.DataFrame) -> ActorDirectory:
    """The actors of all articles (rows of `seen_actors`) and those of the reference data that rows refer to.

    Of rows on disk it holds in memory what grows with the number of actors, not with that of articles.
    """
    known = _collected(seen.select("actor_id").unique())
    unseen = reference_actors(referred.join(known, on="actor_id", how="anti").sort("actor_id"))
    everyone = pl.concat([seen, unseen.lazy()])
    renamed = merge_orders(everyone)
    return ActorDirectory(merged_actors(everyone, renamed), renamed)


def merge_orders(seen: pl.LazyFrame) -> dict[str, str]:
    """Ids of people to replace by the id under which the earliest article has the same name in another order.

    "Ishiba Shigeru" and "Shigeru Ishiba" are one person, unless one article has both or their countries differ.
    """
    people = seen.filter(pl.col("actor_id").str.starts_with(_PERSON))
    orders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for actor_id in _collected(people.select("actor_id").unique())["actor_id"].sort():
        orders[_rotation(actor_id.removeprefix(_PERSON).split("-"))].append(actor_id)
    groups = [ids for ids in orders.values() if len(ids) > 1]
    several = people.filter(pl.col("actor_id").is_in([actor_id for ids in groups for actor_id in ids]))
    sightings: defaultdict[str, list[_Sighting]] = defaultdict(list)
    for actor_id, *sighting in _collected(several.select("actor_id", "published", "article_id", "country")).iter_rows():
        sightings[actor_id].append(_Sighting(*sighting))
    renamed: dict[str, str] = {}
    for ids in groups:
        if _may_be_one([sightings[actor_id] for actor_id in ids]):
            first = min(ids, key=lambda actor_id: (min(sighting.when for sighting in sightings[actor_id]), actor_id))
            renamed |= {actor_id: first for actor_id in ids if actor_id != first}
    return renamed


def merged_actors(seen: pl.LazyFrame, renamed: Mapping[str, str]) -> pl.DataFrame:
    """One row per actor: of every description what most articles say, then the latest; all aliases, sorted."""
    seen = seen.with_columns(pl.col("actor_id").replace(list(renamed), list(renamed.values())))
    actors = _collected(seen.select("actor_id").unique()).sort("actor_id")
    for column in _DESCRIBED_BY:
        actors = actors.join(_prevailing(seen, column), on="actor_id", how="left", maintain_order="left")
    aliases = _collected(seen.select("actor_id", "aliases").explode("aliases").drop_nulls().unique())
    listed = aliases.group_by("actor_id").agg(pl.col("aliases").sort())
    return actors.join(listed, on="actor_id", how="left", maintain_order="left").with_columns(
        pl.col("aliases").fill_null([])
    )


def mention_counts(mentions: pl.DataFrame) -> pl.DataFrame:
    """By `actor_id` the number of rows, `mentions`, and of the articles these stand in, `articles`."""
    by_article = mentions.group_by("actor_id", "article_id").len("mentions")
    return by_article.group_by("actor_id").agg(pl.col("mentions").sum(), articles=pl.len())


def with_counts(actors: pl.DataFrame, counts: pl.DataFrame) -> pl.DataFrame:
    """The actors with the sums of their rows in `counts`, which has several where articles came in batches."""
    sums = counts.group_by("actor_id").agg(pl.col("mentions", "articles").sum().cast(pl.Int32))
    described = actors.drop("mentions", "articles", strict=False)
    return described.join(sums, on="actor_id", how="left", maintain_order="left").with_columns(
        pl.col("mentions", "articles").fill_null(0)
    )


def _reference(actor_id: str) -> Iterator[tuple[str, str, None, str, str, str | None, None, list[str]]]:
    if body := loader.organisations().get(actor_id):
        yield actor_id, "", None, body.name, str(body.type), body.country, None, []
    elif person := loader.persons().get(actor_id):
        yield actor_id, "", None, person.name, ActorType.PERSON.value, person.country, None, []
    elif country := loader.countries().get(actor_id.removeprefix("country:")):
        yield actor_id, "", None, country.name, ActorType.COUNTRY.value, country.alpha3, None, []


def _collected(frame: pl.LazyFrame) -> pl.DataFrame:
    """The frame, made a stretch of rows at a time; its rows are in no order."""
    return frame.collect(engine="streaming")


def _prevailing(frame: pl.LazyFrame, column: str) -> pl.DataFrame:
    given = frame.filter(pl.col(column).is_not_null())
    counts = given.group_by("actor_id", column).agg(times=pl.len(), latest=pl.col("published").max().fill_null(""))
    best = _collected(counts).sort("actor_id", "times", "latest", column, descending=[False, True, True, False])
    return best.unique("actor_id", keep="first", maintain_order=True).select("actor_id", column)


def _rotation(parts: Sequence[str]) -> tuple[str, ...]:
    """The same for all cyclic orders of the parts: a family name first, or last."""
    return min((*parts[at:], *parts[:at]) for at in range(len(parts)))


def _may_be_one(orders: Iterable[Sequence[_Sighting]]) -> bool:
    sightings = [sighting for order in orders for sighting in order]
    articles = {sighting.article_id for sighting in sightings}
    countries = {sighting.country for sighting in sightings if sighting.country is not None}
    return len(articles) == len(sightings) and len(countries) <= 1
