"""The actors of an article whose rows were corrected, and what people say of actors themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from communique.corrections.model import Action, Applied, Correction, Corrections
from communique.corrections.values import require_expected
from communique.extraction.model import Actor
from communique.extraction.rows import ActorMention, ArticleExtraction, ArticleRows
from communique.frames.actors import ActorDirectory, reference_actors
from schemas.tables import FACT_TABLES, TABLES


def with_actors(
    found: ArticleExtraction, rows: ArticleRows, entries: Sequence[Correction], corrections: Corrections
) -> ArticleExtraction:
    """The article with other rows: the actors that these refer to, by the names by which they mention them.

    Raises:
        CorrectionError: a correction names an actor that is known neither from the article nor from elsewhere.
    """
    actors = dict(found.actors)
    for entry in entries:
        for actor_id in actors_named(entry):
            if actor_id not in actors:
                actors[actor_id] = _known(actor_id, entry, corrections)
    gone = set(_referred(found.rows)) - set(_referred(rows))
    before, after = _names(found.rows.actor_mentions), _names(rows.actor_mentions)
    kept = {
        actor_id: _renamed(actor, before.get(actor_id, ()), after.get(actor_id, ()))
        for actor_id, actor in actors.items()
        if actor_id not in gone
    }
    return replace(found, rows=rows, actors=kept)


def described(directory: ActorDirectory, corrections: Corrections) -> ActorDirectory:
    """The directory with the names, countries and roles that people gave its actors.

    Raises:
        CorrectionError: the actor is not in the release, or is described otherwise than expected.
    """
    actors = directory.actors
    for entry in (entry for entry in corrections.actors if entry.action is Action.SET):
        held = actors.filter(actor_id=entry.row_id).to_dicts()
        if not held:
            raise entry.error(f"no actor {entry.row_id!r} is in the tables", "correct the id or remove the entry")
        require_expected(entry, held[0])
        own = pl.col("actor_id") == entry.row_id
        new = [pl.when(own).then(pl.lit(value)).otherwise(name).alias(name) for name, value in entry.values.items()]
        actors = actors.with_columns(new)
    return ActorDirectory(actors, directory.renamed)


def actor_changes(corrections: Corrections) -> tuple[Applied, ...]:
    """What the corrections of actors do, once they are known to hold."""
    return tuple(
        Applied(
            correction=entry,
            article_id=None,
            row_id=entry.row_id or "",
            before={name: entry.expect[name] for name in entry.values} if entry.action is Action.SET else {},
            after=entry.values,
        )
        for entry in corrections.actors
    )


def _known(actor_id: str, entry: Correction, corrections: Corrections) -> Actor:
    for added in corrections.actors:
        if added.action is Action.ADD and added.row_id == actor_id:
            values: dict[str, Any] = {"country": None, "role": None} | dict(added.values)
            return Actor(actor_id, **values, aliases=())
    for row in _reference(actor_id).iter_rows(named=True):
        return Actor(actor_id, row["name"], row["type"], row["country"], row["role"], ())
    raise entry.error(
        f"{actor_id!r} is no actor of the article and none of the reference data",
        'correct the id, or add the actor: [[add]] with table = "actors"',
    )


def actors_named(entry: Correction) -> Iterator[str]:
    """The ids of actors that a correction puts into its row."""
    for key in TABLES[entry.table].foreign_keys:
        if key.table == "actors":
            yield from _ids(entry.values.get(key.column))


def is_reference(actor_id: str) -> bool:
    """Whether the reference data has the actor."""
    return not _reference(actor_id).is_empty()


def _reference(actor_id: str) -> pl.DataFrame:
    return reference_actors(pl.DataFrame({"actor_id": [actor_id]}))


def _referred(rows: ArticleRows) -> Iterator[str]:
    for name in FACT_TABLES:
        columns = [key.column for key in TABLES[name].foreign_keys if key.table == "actors"]
        for row in getattr(rows, name):
            for column in columns:
                yield from _ids(getattr(row, column))


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from value


def _names(mentions: Sequence[ActorMention]) -> Mapping[str, tuple[str, ...]]:
    """By actor the words of its mentions, each once, in order."""
    found: dict[str, dict[str, None]] = {}
    for mention in mentions:
        found.setdefault(mention.actor_id, {})[" ".join(mention.text.split())] = None
    return {actor_id: tuple(words) for actor_id, words in found.items()}


def _renamed(actor: Actor, before: Sequence[str], after: Sequence[str]) -> Actor:
    if before == after:
        return actor
    kept = tuple(alias for alias in actor.aliases if alias in after or alias not in before)
    return replace(actor, aliases=(*kept, *(name for name in after if name not in kept)))
