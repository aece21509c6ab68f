"""The actors of an article whose rows were corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from communique.corrections.model import Correction, Corrections
from communique.extraction.model import Actor
from communique.extraction.rows import ActorMention, ArticleExtraction, ArticleRows
from communique.frames.actors import reference_actors
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
        for actor_id in _named_by(entry):
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


def _known(actor_id: str, entry: Correction, corrections: Corrections) -> Actor:
    if actor_id in corrections.actors:
        return corrections.actors[actor_id][1]
    for row in reference_actors(pl.DataFrame({"actor_id": [actor_id]})).iter_rows(named=True):
        return Actor(actor_id, row["name"], row["type"], row["country"], row["role"], ())
    raise entry.error(
        f"{actor_id!r} is no actor of the article and none of the reference data",
        'correct the id, or add the actor: [[add]] with table = "actors"',
    )


def _named_by(entry: Correction) -> Iterator[str]:
    for key in TABLES[entry.table].foreign_keys:
        if key.table == "actors":
            yield from _ids(entry.values.get(key.column))


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
