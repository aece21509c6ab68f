"""Which actor a role column names: the country for its government, forces and office-holders."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from communique.extraction.model import Actor
from communique.extraction.money.context import countries_in
from communique.extraction.wording import load_toml
from communique.lexicons.loader import organisations, persons

_NOT_SENT = r"(?<!\w)(?<!\bto )(?<!\bto the )"
"""A name starts here, and not behind "ambassador to the", whose holder speaks for those who sent him."""


_BOARD = re.compile(r"(?:['’]s)? (?:Executive |Governing )?Board(?: of (?:Executive )?(?:Directors|Governors))?\Z")
"""What stands behind the name of an organisation in that of the board that decides for it."""


@cache
def role_words() -> dict[str, Any]:
    """The tables of `roles.toml`."""
    return load_toml("roles.toml")


@cache
def known_offices() -> dict[str, str]:
    """The best-known office of the public figures of the lexicon, by actor id."""
    return {person.actor_id: person.offices[-1].office for person in persons().values() if person.offices}


def role_of(actor: Actor) -> str | None:
    """The actor that a role column names for `actor`; None for a private person."""
    words = role_words()
    if actor.name.lower() in words["union"]["names"]:
        return str(words["union"]["id"])
    board = _BOARD.search(actor.name)
    if board is not None and (body := _governed_by(actor.name[: board.start()])) is not None:
        return body
    if actor.type in ("government_body", "armed_force"):
        country = actor.country or _country_in_name(actor)
        return f"country:{country}" if country else actor.actor_id
    if actor.type == "person":
        known = known_offices().get(actor.actor_id, "").lower()
        office = (actor.role or known).lower()
        for body, names in words["offices"].items():
            if any(re.search(rf"{_NOT_SENT}{re.escape(name)}(?!\w)", f"{office} | {known}") for name in names):
                return str(body)
        return f"country:{actor.country}" if actor.country and _of_state(office) else None
    return actor.actor_id


@cache
def _governed_by(name: str) -> str | None:
    """The international organisation of a name or acronym, whose board acts for it."""
    for known in organisations().values():
        called = [known.name, *known.acronyms, *known.aliases]
        if known.type == "international_organisation" and name in called:
            return known.actor_id
    return None


def _country_in_name(actor: Actor) -> str | None:
    """The country that a body's name or alias speaks of ("New Zealand Defence Force")."""
    named = (countries_in(name, 0, len(name)) for name in (actor.name, *actor.aliases))
    return next((found[0].code for found in named if found), None)


@cache
def _of_state(office: str) -> bool:
    """Whether an office, in lower case, is one of government."""
    words = role_words()["state_offices"]
    return bool(office) and any(w in office for w in words["words"]) and not any(w in office for w in words["private"])
