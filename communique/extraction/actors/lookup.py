"""Mentions by place in the text, and the actor that a role column names for an actor."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from communique.extraction.model import Actor, Annotations, Mention
from communique.extraction.roles import role_of


def mentions_within(annotations: Annotations, start: int, end: int) -> tuple[Mention, ...]:
    """The mentions that overlap `[start, end)`, in order of the text."""
    mentions = annotations.mentions
    first = bisect_left(mentions, start, key=lambda mention: mention.end - 1)
    last = bisect_left(mentions, end, key=lambda mention: mention.start)
    return mentions[first:last]


def role_actor(actors: Mapping[str, Actor], actor_id: str) -> str | None:
    """The id for a role column: the country of a government, ministry, force or office-holder, the European Union for
    its bodies, the actor itself otherwise; None for a private person.
    """
    actor = actors.get(actor_id)
    return role_of(actor) if actor is not None else actor_id
