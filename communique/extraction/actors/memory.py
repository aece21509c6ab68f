"""What is known so far of the actors of one article, by id, by form and by short form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from communique.articles.model import Article
from communique.extraction.actors.context import words_after, words_before
from communique.extraction.actors.find import Finding
from communique.extraction.actors.forms import name_index
from communique.extraction.actors.names import KnownActor
from communique.extraction.actors.vocabulary import Word, flags_of, fold, slug, spelling, vocabulary
from communique.extraction.model import Actor, Mention

_WORDS: Final = re.compile(r"[^\W\d_][\w’'-]*")
_SPACES: Final = re.compile(r"\s+")


@dataclass(slots=True)
class Entity:
    """An actor in the making; `names` are its forms by first appearance."""

    actor_id: str
    name: str
    type: str
    country: str | None = None
    role: str | None = None
    names: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """The actors of an article while it is read, and the mentions found.

    `defined` holds the acronyms that a bracket introduces, `acronyms` these and the initials of bodies named; `heads`
    the bodies by head word with the place of each naming; `countries` how often each country is named; `unknown` the
    bare names of which nothing is known yet.
    """

    article: Article
    entities: dict[str, Entity] = field(default_factory=dict)
    forms: dict[str, Entity] = field(default_factory=dict)
    surnames: dict[str, list[tuple[int, Entity]]] = field(default_factory=lambda: defaultdict(list))
    givens: dict[str, Entity | None] = field(default_factory=dict)
    acronyms: dict[str, Entity] = field(default_factory=dict)
    defined: dict[str, Entity] = field(default_factory=dict)
    heads: dict[str, list[tuple[int, Entity]]] = field(default_factory=lambda: defaultdict(list))
    countries: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    unknown: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    mentions: list[Mention] = field(default_factory=list)

    def text(self, start: int, end: int) -> str:
        """A stretch of the article with every white space a single space."""
        found = self.article.text[start:end]
        if found.isalpha():
            return found
        return _SPACES.sub(" ", found) if "\n" in found or "  " in found or "\xa0" in found else found

    def name(self, finding: Finding) -> str:
        return self.text(finding.start, finding.end)

    def around(self, finding: Finding, count: int = 2) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words before the finding, the nearest first, and behind it, inside its sentence."""
        sentence = self.article.sentences[finding.sentence]
        text = self.article.text
        return (
            words_before(text, finding.start, sentence.start, count),
            words_after(text, finding.end, sentence.end, count),
        )

    def owns(self, finding: Finding) -> bool:
        """Whether a possessive ending follows the finding."""
        return self.article.text.startswith(("'s", "’s"), finding.end)

    def add(self, entity: Entity, kind: str, rule: str, start: int, end: int) -> None:
        entity.names.setdefault(self.text(start, end))
        self.mentions.append(Mention(start, end, entity.actor_id, kind, rule))

    def known(self, actor: KnownActor) -> Entity:
        """The entity of an actor of the lexicons."""
        entity = self.entities.get(actor.actor_id)
        if entity is None:
            entity = Entity(actor.actor_id, actor.name, actor.type, actor.country, self._office(actor))
            self.entities[actor.actor_id] = entity
        return entity

    def _office(self, actor: KnownActor) -> str | None:
        """The office a known person held when the article appeared, None for one out of office or without a date."""
        published = self.article.published
        return actor.office_in(int(published[:4])) if published else None

    def new(self, kind: str, name: str, country: str | None, acronym: str | None = None) -> Entity:
        """The entity of an actor that only the text knows, one per id."""
        actor_id = f"{kind}:{slug(acronym or name)}"
        entity = self.entities.get(actor_id)
        if entity is None:
            entity = Entity(actor_id, name, kind, country)
            self.entities[actor_id] = entity
        return entity

    def surname(self, name: str, at: int) -> Entity | None:
        """The person whose full name with this surname stands nearest before `at`, else first after it."""
        bearers = self.surnames.get(spelling(name))
        if not bearers:
            return None
        before = [entity for start, entity in bearers[-_NEAREST:] if start <= at] or [bearers[0][1]]
        return before[-1]

    def remember_person(self, entity: Entity, name: str, at: int) -> None:
        """Take down the surname, the given name and the whole of a person's name."""
        self.forms.setdefault(fold(name), entity)
        given, surnames = _parts_of_name(name)
        if given is not None:
            self.givens[given] = entity if self.givens.get(given, entity) is entity else None
        for surname in surnames:
            self.surnames[surname].append((at, entity))

    def remember_body(self, entity: Entity, name: str, at: int, acronym: str | None) -> None:
        """Take down what a body may be called later: its acronym, its first words, its head word."""
        self.forms.setdefault(fold(name), entity)
        if acronym is not None:
            self.define(acronym, entity)
        shorter = _shorter(name, entity.name, entity.type, entity.actor_id)
        if len(shorter.initials) > 1:
            self.acronyms.setdefault(shorter.initials, entity)
        for form in shorter.forms:
            self.forms.setdefault(form, entity)
        for word in shorter.heads:
            self.heads[word].append((at, entity))

    def define(self, acronym: str, entity: Entity) -> None:
        """Take down an acronym that the text itself gives a body."""
        self.acronyms.setdefault(acronym, entity)
        self.defined.setdefault(acronym, entity)

    def actors(self, mentions: Sequence[Mention]) -> dict[str, Actor]:
        """The actors of the mentions by id, with the forms seen."""
        aliases: dict[str, dict[str, None]] = defaultdict(dict)
        for mention in mentions:
            aliases[mention.actor_id].setdefault(self.text(mention.start, mention.end))
        return {
            actor_id: Actor(entity.actor_id, entity.name, entity.type, entity.country, entity.role, tuple(forms))
            for actor_id, forms in aliases.items()
            for entity in (self.entities[actor_id],)
        }


_NEAREST: Final = 64


@lru_cache(maxsize=1 << 14)
def _parts_of_name(name: str) -> tuple[str | None, tuple[str, ...]]:
    """The given name and what may be the surname of a person's name, as they are looked up."""
    parts = name.split()
    if len(parts) < 2:
        return None, (spelling(name),)
    return fold(parts[0]), tuple(dict.fromkeys(spelling(short) for short in _surnames(parts)))


def _surnames(parts: Sequence[str]) -> Iterator[str]:
    """What a person may be called later by the family: the last word, that with its particles, or the first word."""
    particles = vocabulary().name_particles
    yield parts[-1]
    particle = next((i for i in range(1, len(parts) - 1) if parts[i].lower() in particles), None)
    if particle is not None:
        yield " ".join(parts[particle:])
    first, last = flags_of(parts[0]), flags_of(parts[-1])
    if not first & Word.GIVEN or (first & Word.SURNAME and not last & Word.SURNAME):
        yield parts[0]


class _Shorter(NamedTuple):
    """What a body may be called later: its initials, its forms as they are looked up, its head words."""

    initials: str
    forms: tuple[str, ...]
    heads: tuple[str, ...]


@lru_cache(maxsize=1 << 14)
def _shorter(name: str, known: str, kind: str, actor_id: str) -> _Shorter:
    """What a body may be called that the text calls `name` and the lexicons call `known`."""
    words = dict.fromkeys((*name.split(), *known.split()))
    heads = (word for word in words if flags_of(word) & Word.SHORT)
    return _Shorter(
        initials="".join(word[0] for word in _WORDS.findall(name) if word[0].isupper()),
        forms=tuple(fold(short) for short in _short_forms(name, kind, actor_id)),
        heads=(*heads, *vocabulary().short_names.get(actor_id, ())),
    )


def _short_forms(name: str, kind: str, actor_id: str) -> Iterator[str]:
    """What a body may be called later: "the Kiel Institute", "Esselte"."""
    parts = name.split()
    first = flags_of(parts[0])
    barred = Word.COMMON | Word.GIVEN | Word.SURNAME | Word.CITY | Word.HEAD | Word.BREAK
    if kind == "company" and len(parts) > 1 and not first & barred and parts[0] not in name_index().forms:
        yield parts[0]
    owner = name_index().forms.get(parts[0])
    if owner and len(parts) > 2 and flags_of(parts[-1]) & Word.HEAD and owner[0].actor_id != actor_id:
        yield " ".join(parts[1:])
    if first & Word.COMMON:
        return
    for index, part in enumerate(parts[1:-1], 1):
        if flags_of(part) & Word.HEAD and not parts[index + 1][0].isupper():
            yield " ".join(parts[: index + 1])
            return
