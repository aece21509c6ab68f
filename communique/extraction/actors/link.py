"""The second pass: which findings are one actor, and what the first pass left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from communique.articles.model import Article
from communique.extraction.actors.acronyms import acronym_after
from communique.extraction.actors.attributes import body_country, body_type, standing
from communique.extraction.actors.famous import famous, near_miss
from communique.extraction.actors.find import Finding
from communique.extraction.actors.forms import name_index
from communique.extraction.actors.leftovers import choose, introduce, read_bare_names, read_leftover
from communique.extraction.actors.memory import Entity, Memory
from communique.extraction.actors.names import KnownActor, Reading
from communique.extraction.actors.shape import Shape
from communique.extraction.actors.vocabulary import fold, spelling, vocabulary
from communique.extraction.model import Actor, Mention
from communique.lexicons.loader import countries

_BEARERS: Final = 8
_OWNING: Final = ("'s ", "’s ")


def link(article: Article, found: Sequence[Finding]) -> tuple[tuple[Mention, ...], dict[str, Actor]]:
    """The mentions of the article, in order and without overlaps, and its actors by id."""
    memory = Memory(article)
    for finding in found:
        if finding.shape is Shape.KNOWN and finding.readings[0].actor_id.startswith("country:"):
            memory.countries[finding.readings[0].actor_id[8:]] += 1
    later = [finding for finding in found if not _read_whole(memory, finding)]
    for finding in later:
        if finding.shape is Shape.KNOWN:
            _link_known(memory, finding)
        elif finding.type == "person":
            _link_person(memory, finding)
        elif finding.shape is Shape.REST:
            read_leftover(memory, finding)
    read_bare_names(memory)
    mentions = _without_overlaps(memory.mentions)
    return mentions, memory.actors(mentions)


def _read_whole(memory: Memory, finding: Finding) -> bool:
    """Link a finding that names its actor in full; False for the ones that need the others first."""
    if finding.shape is Shape.KNOWN:
        if finding.readings[0].kind == "acronym" and not finding.readings[0].actor_id.startswith("country:"):
            return False
        _link_known(memory, finding)
    elif finding.shape is Shape.BODY:
        _link_body(memory, finding)
    elif finding.type == "person":
        if " " not in memory.name(finding):
            return False
        _link_person(memory, finding)
    else:
        introduce(memory, finding)
        return False
    return True


def _link_known(memory: Memory, finding: Finding) -> None:
    reading = choose(memory, finding.readings)
    actor = name_index().actors[reading.actor_id]
    text = memory.name(finding)
    entity: Entity | None = None
    if actor.type != "country":
        entity = _own_acronym(memory, actor.actor_id, text) if reading.kind == "acronym" else None
        entity = entity or _of_owner(memory, actor, finding, text) or _abroad(memory, reading, finding, text)
    entity = entity or memory.known(actor)
    memory.add(entity, reading.kind, f"lexicon.{reading.kind}", finding.start, finding.end)
    if actor.type == "person":
        memory.remember_person(entity, text, finding.start)
        entity.role = entity.role or standing(memory.article.text, finding, memory.article).role
    elif actor.type not in ("country", "group"):
        memory.remember_body(entity, text, finding.start, acronym_after(memory.article.text, finding.end))


def _own_acronym(memory: Memory, actor_id: str, text: str) -> Entity | None:
    """The body to which the article itself gives an acronym, in brackets or by naming what its letters stand for."""
    return memory.defined.get(text) or (memory.acronyms.get(text) if actor_id not in memory.entities else None)


def _of_owner(memory: Memory, actor: KnownActor, finding: Finding, text: str) -> Entity | None:
    """The country's own body of this name where a country owns it: "Russia's Security Council"."""
    owner = memory.mentions[-1] if memory.mentions else None
    if actor.country is not None or owner is None or memory.article.text[owner.end : finding.start] not in _OWNING:
        return None
    country = countries().get(owner.actor_id.removeprefix("country:"))
    for demonym in country.demonyms if country is not None else ():
        for hit in name_index().hits(f"{demonym} {text}"):
            if hit.start == 0 and hit.end > len(demonym):
                return memory.known(name_index().actors[hit.readings[0].actor_id])
    return None


def _abroad(memory: Memory, reading: Reading, finding: Finding, text: str) -> Entity | None:
    """The body behind a generic name ("Senate") in an article on a country whose body the lexicons do not have."""
    actors = name_index().actors
    actor = actors[reading.actor_id]
    if finding.caution != "country" or actor.country is None or not memory.countries:
        return None
    if memory.countries.get(actor.country) or text in vocabulary().uncommon:
        return None
    home = max(memory.countries, key=lambda country: memory.countries[country])
    return memory.new(actor.type, f"{text} of {actors[f'country:{home}'].name}", home)


def _link_body(memory: Memory, finding: Finding) -> None:
    text = memory.article.text
    name = memory.name(finding)
    if name.split()[-1] in vocabulary().statutes:
        return
    acronym = acronym_after(text, finding.end)
    entity = memory.forms.get(fold(name)) or _of_nation(memory, finding)
    if entity is None:
        entity = memory.new(body_type(name, finding.type), name, body_country(memory.article, finding), acronym)
    memory.add(entity, "name", "organisation.head", finding.start, finding.end)
    memory.remember_body(entity, name, finding.start, acronym)


def _of_nation(memory: Memory, finding: Finding) -> Entity | None:
    """The known body behind a nationality and its name: "Norwegian Labour Party" is Norway's Labour Party."""
    index = name_index()
    hits = list(index.hits(memory.article.text[finding.start : finding.end]))
    if len(hits) != 2 or hits[0].readings[0].kind != "demonym" or hits[1].end != finding.end - finding.start:
        return None
    country = index.actors[hits[0].readings[0].actor_id].country
    for reading in hits[1].readings:
        actor = index.actors.get(reading.actor_id)
        if actor is not None and actor.country == country:
            return memory.known(actor)
    return None


def _link_person(memory: Memory, finding: Finding) -> None:
    text = memory.article.text
    name = memory.name(finding)
    whole = " " in name
    role, country = standing(text, finding, memory.article)
    entity = memory.forms.get(fold(name)) or _same_person(memory, name)
    if entity is None and not whole:
        entity = memory.surname(name, finding.start) or famous(memory, name, finding)
    if entity is None and whole and finding.title:
        entity = near_miss(memory, name, finding, country)
    if entity is None:
        entity = memory.new("person", name, country)
    entity.role = entity.role or role
    entity.country = entity.country or country
    rule = "person.title" if finding.title else "person.form"
    memory.add(entity, "name" if whole else "short_name", rule, finding.start, finding.end)
    memory.remember_person(entity, name, finding.start)


def _same_person(memory: Memory, name: str) -> Entity | None:
    """The person already met under the same words in another order, or with an initial more or less."""
    parts = set(fold(name).split())
    if len(parts) < 2:
        return None
    first, *_, last = name.split()
    bearers: list[tuple[int, Entity]] = []
    for surname in (last, first):
        bearers += memory.surnames.get(spelling(surname), [])[-_BEARERS:]
    for _, entity in bearers:
        for form in entity.names:
            other = set(fold(form).split())
            if parts == other or (len(parts & other) >= 2 and (parts <= other or other <= parts)):
                return entity
    return None


def _without_overlaps(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """In order of the text; of two that overlap the longer stays."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
            continue
        kept.append(mention)
    return tuple(kept)
