"""The second pass: which findings are one actor, and what the first pass left open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from communique.articles.model import Article
from communique.extraction.actors.attributes import body_country, body_type, nationality, role_of
from communique.extraction.actors.context import words_after, words_before
from communique.extraction.actors.find import Finding
from communique.extraction.actors.names import KnownActor, Reading, name_index
from communique.extraction.actors.shape import Shape
from communique.extraction.actors.vocabulary import Word, flags_of, fold, slug, spelling, vocabulary
from communique.extraction.model import Actor, Mention

_ACRONYM_AFTER = re.compile(r"(?:\s+[a-z]+)?\s*\(\s*(?:the\s+)?[\"“‘']?([^\W\d_][\w&/+.-]{1,12})[\"”’']?\s*[);,]")
_EVIDENCE = 2
_HYPHENATED = re.compile(r"[^-‑]+")


@dataclass(slots=True)
class Entity:
    """An actor in the making: `names` are its full forms by first appearance."""

    actor_id: str
    name: str
    type: str
    country: str | None = None
    role: str | None = None
    names: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Linker:
    """The actors met so far in one article, by id, by form and by short form."""

    article: Article
    entities: dict[str, Entity] = field(default_factory=dict)
    forms: dict[str, Entity] = field(default_factory=dict)
    surnames: dict[str, list[tuple[int, Entity]]] = field(default_factory=lambda: defaultdict(list))
    givens: dict[str, Entity | None] = field(default_factory=dict)
    acronyms: dict[str, Entity] = field(default_factory=dict)
    defined: dict[str, Entity] = field(default_factory=dict)
    heads: dict[str, list[tuple[int, Entity]]] = field(default_factory=lambda: defaultdict(list))
    unknown: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    countries: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    mentions: list[Mention] = field(default_factory=list)

    def add(self, finding: Finding, entity: Entity, kind: str, rule: str, span: tuple[int, int] | None = None) -> None:
        start, end = span or (finding.start, finding.end)
        entity.names.setdefault(self.article.text[start:end])
        self.mentions.append(Mention(start, end, entity.actor_id, kind, rule))

    def known(self, actor: KnownActor) -> Entity:
        entity = self.entities.get(actor.actor_id)
        if entity is None:
            entity = Entity(actor.actor_id, actor.name, actor.type, actor.country)
            self.entities[actor.actor_id] = entity
        return entity

    def surname(self, name: str, at: int) -> Entity | None:
        """The person whose full name with this surname stands nearest before `at`, else first after it."""
        bearers = self.surnames.get(spelling(name))
        if not bearers:
            return None
        before = [entity for start, entity in bearers if start <= at]
        return before[-1] if before else bearers[0][1]

    def new(self, kind: str, name: str, country: str | None, acronym: str | None = None) -> Entity:
        actor_id = f"{kind}:{slug(acronym or name)}"
        entity = self.entities.get(actor_id)
        if entity is None:
            entity = Entity(actor_id, name, kind, country)
            self.entities[actor_id] = entity
        return entity


def link(article: Article, found: Sequence[Finding]) -> tuple[tuple[Mention, ...], dict[str, Actor]]:
    """The mentions of the article, in order and without overlaps, and its actors by id."""
    linker = Linker(article)
    for finding in found:
        if finding.shape is Shape.KNOWN:
            for reading in finding.readings[:1]:
                if reading.actor_id.startswith("country:"):
                    linker.countries[reading.actor_id[8:]] += 1
    for finding in found:
        if finding.shape is Shape.KNOWN:
            _link_known(linker, finding)
        elif finding.shape is Shape.BODY:
            _link_body(linker, finding)
        elif finding.type == "person":
            if " " in article.text[finding.start : finding.end]:
                _link_person(linker, finding)
        elif finding.shape is Shape.REST:
            _introduced(linker, finding)
    for finding in found:
        if finding.type == "person":
            if " " not in article.text[finding.start : finding.end]:
                _link_person(linker, finding)
        elif finding.shape is Shape.REST:
            _link_rest(linker, finding)
    _link_surnames(linker)
    mentions = _without_overlaps(linker.mentions)
    return mentions, _actors(linker, mentions)


def _link_known(linker: Linker, finding: Finding) -> None:
    reading = _choose(linker, finding.readings)
    actor = name_index().actors[reading.actor_id]
    text = linker.article.text[finding.start : finding.end]
    defined = linker.defined.get(text) if reading.kind == "acronym" and actor.type != "country" else None
    if defined is None and actor.type != "country" and _is_foreign(linker, reading, finding):
        home = max(linker.countries, key=lambda country: linker.countries[country])
        defined = linker.new(actor.type, f"{text} of {name_index().actors[f'country:{home}'].name}", home)
    entity = defined or linker.known(actor)
    linker.add(finding, entity, reading.kind, f"lexicon.{reading.kind}")
    if actor.type == "person":
        _remember_person(linker, entity, text, finding.start)
    elif actor.type not in ("country", "group"):
        _remember_body(linker, entity, text, finding)


def _choose(linker: Linker, readings: Sequence[Reading]) -> Reading:
    """Among the actors that share a form, the one whose country the article speaks of most."""
    if len(readings) == 1:
        return readings[0]
    actors = name_index().actors

    def weight(reading: Reading) -> int:
        return linker.countries.get(actors[reading.actor_id].country or "", 0)

    best = max(readings, key=weight)
    return best


def _is_foreign(linker: Linker, reading: Reading, finding: Finding) -> bool:
    """Whether a generic name ("Senate") belongs to a country that the list of its bearers does not have."""
    country = name_index().actors[reading.actor_id].country
    return finding.caution == "country" and country is not None and not linker.countries.get(country) and bool(linker.countries)


def _link_body(linker: Linker, finding: Finding) -> None:
    text = linker.article.text
    name = re.sub(r"\s+", " ", text[finding.start : finding.end])
    entity = linker.forms.get(fold(name))
    if entity is None:
        entity = _known_at_home(linker, finding)
    if entity is None:
        kind = body_type(name, finding.type)
        country = body_country(text, finding, linker.countries)
        acronym = _acronym_of(text, finding.end)
        entity = linker.new(kind, name, country, acronym)
    linker.add(finding, entity, "name", "organisation.head")
    _remember_body(linker, entity, name, finding)


def _known_at_home(linker: Linker, finding: Finding) -> Entity | None:
    """The known body behind a nationality and its name: "Norwegian Labour Party" is Norway's Labour Party."""
    index = name_index()
    hits = list(index.hits(linker.article.text[finding.start : finding.end]))
    if len(hits) != 2 or hits[0].readings[0].kind != "demonym" or hits[1].end != finding.end - finding.start:
        return None
    country = index.actors[hits[0].readings[0].actor_id].country
    for reading in hits[1].readings:
        actor = index.actors.get(reading.actor_id)
        if actor is not None and actor.country == country:
            return linker.known(actor)
    return None


def _acronym_of(text: str, end: int) -> str | None:
    found = _ACRONYM_AFTER.match(text, end)
    if found is None:
        return None
    word = found[1].rstrip(".")
    upper = sum(c.isupper() for c in word)
    return word if upper >= 2 and word not in vocabulary().dead_acronyms else None


def _remember_body(linker: Linker, entity: Entity, name: str, finding: Finding) -> None:
    linker.forms.setdefault(fold(name), entity)
    acronym = _acronym_of(linker.article.text, finding.end)
    if acronym is not None:
        linker.acronyms.setdefault(acronym, entity)
        linker.defined.setdefault(acronym, entity)
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_][\w’'-]*", name) if word[0].isupper())
    if len(initials) > 1:
        linker.acronyms.setdefault(initials, entity)
    for short in _short_forms(name, entity):
        linker.forms.setdefault(fold(short), entity)
    for word in name.split():
        if flags_of(word) & Word.SHORT:
            linker.heads[word].append((finding.start, entity))


def _short_forms(name: str, entity: Entity) -> Iterator[str]:
    """What a body may be called later: "the Kiel Institute", "Esselte"."""
    parts = name.split()
    first = flags_of(parts[0])
    barred = Word.COMMON | Word.GIVEN | Word.SURNAME | Word.CITY | Word.HEAD | Word.BREAK
    if entity.type == "company" and len(parts) > 1 and not first & barred and not name_index().forms.get(parts[0]):
        yield parts[0]
    for index, part in enumerate(parts[1:-1], 1):
        if flags_of(part) & Word.HEAD and not parts[index + 1][0].isupper():
            short = " ".join(parts[: index + 1])
            if not flags_of(parts[0]) & Word.COMMON:
                yield short
            return


def _link_person(linker: Linker, finding: Finding) -> None:
    text = linker.article.text
    name = re.sub(r"\s+", " ", text[finding.start : finding.end])
    entity = linker.forms.get(fold(name)) or _same_person(linker, name)
    if entity is None and " " not in name:
        entity = linker.surname(name, finding.start) or _famous(linker, name, finding)
        if entity is not None:
            linker.add(finding, entity, "short_name", "person.surname")
            return
    if entity is None:
        entity = linker.new("person", name, nationality(text, finding, linker.article))
    entity.role = entity.role or role_of(text, finding, linker.article)
    entity.country = entity.country or nationality(text, finding, linker.article)
    linker.add(
        finding, entity, "name" if " " in name else "short_name", "person.title" if finding.title else "person.form"
    )
    _remember_person(linker, entity, name, finding.start)


def _remember_person(linker: Linker, entity: Entity, name: str, at: int) -> None:
    linker.forms.setdefault(fold(name), entity)
    parts = name.split()
    if len(parts) < 2:
        linker.surnames[spelling(name)].append((at, entity))
        return
    first = fold(parts[0])
    linker.givens[first] = entity if linker.givens.get(first, entity) is entity else None
    shorts = {spelling(parts[-1])}
    particle = next((i for i in range(1, len(parts) - 1) if parts[i].lower() in vocabulary().name_particles), None)
    if particle is not None:
        shorts.add(spelling(" ".join(parts[particle:])))
    if not flags_of(parts[0]) & Word.GIVEN or flags_of(parts[0]) & Word.SURNAME and not flags_of(parts[-1]) & Word.SURNAME:
        shorts.add(spelling(parts[0]))
    for short in shorts:
        linker.surnames[short].append((at, entity))


def _same_person(linker: Linker, name: str) -> Entity | None:
    """The person already met under the same words in another order, or with an initial more or less."""
    parts = fold(name).split()
    if len(parts) < 2:
        return None
    for _, entity in (*linker.surnames.get(spelling(parts[-1]), ()), *linker.surnames.get(spelling(parts[0]), ())):
        for form in entity.names:
            other = set(fold(form).split())
            shared = set(parts) & other
            if set(parts) == other or len(shared) >= 2 and (set(parts) <= other or other <= set(parts)):
                return entity
    return None


def _famous(linker: Linker, name: str, finding: Finding) -> Entity | None:
    """A person of the lexicons known by the surname alone, where a title or the office's time speaks for it."""
    index = name_index()
    candidates = [index.actors[i] for i in index.surnames.get(name, ())]
    if not candidates:
        return None
    published = linker.article.published or ""
    title = finding.title.casefold()

    def fits(actor: KnownActor) -> tuple[int, int]:
        offices = actor.offices
        by_title = sum(1 for office, _, _ in offices if title and title.split()[-1] in office.casefold())
        in_time = sum(1 for _, since, until in offices if published and (since or "") <= published <= (until or "9999"))
        return by_title, in_time

    best = max(candidates, key=fits)
    return linker.known(best)


def _introduced(linker: Linker, finding: Finding) -> None:
    """A name without a head word that an acronym in brackets makes a body: "Our Common Future (OCF)"."""
    text = linker.article.text
    name = re.sub(r"\s+", " ", text[finding.start : finding.end])
    acronym = _acronym_of(text, finding.end)
    if acronym is None or " " not in name:
        return
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    if not letters.startswith(acronym[:1]) or len(set(acronym) & set(letters)) < 2:
        return
    noun = words_after(text, finding.end, finding.end + 24, 1)
    kind = vocabulary().kind_nouns.get(noun[0] if noun else "", "other_organisation")
    entity = linker.new(kind, name, body_country(text, finding, linker.countries), acronym)
    linker.add(finding, entity, "name", "organisation.acronym")
    linker.acronyms.setdefault(acronym, entity)
    linker.defined.setdefault(acronym, entity)
    linker.forms.setdefault(fold(name), entity)


def _link_rest(linker: Linker, finding: Finding) -> None:
    text = linker.article.text
    name = re.sub(r"\s+", " ", text[finding.start : finding.end])
    key = fold(name)
    flags = flags_of(name)
    if finding.readings:
        _link_cautious(linker, finding)
    elif (entity := linker.forms.get(key)) is not None:
        linker.add(finding, entity, "name", "document.name")
    elif (entity := linker.acronyms.get(name)) is not None and flags & Word.ACRONYM | (
        len(name) > 1 and name[-1].isupper()
    ):
        linker.add(finding, entity, "acronym", "document.acronym")
    elif (entity := linker.surname(name, finding.start)) is not None and _is_name_here(linker, finding, flags):
        linker.add(finding, entity, "short_name", "person.surname")
    elif (entity := linker.givens.get(key)) is not None and not (finding.opening and flags & Word.COMMON):
        linker.add(finding, entity, "short_name", "person.given_name")
    elif flags & Word.SHORT and (entity := _short(linker, finding, name)) is not None:
        linker.add(finding, entity, "short_name", "organisation.short")
    elif "-" in name or "‑" in name:
        _link_compound(linker, finding)
    elif _is_famous_here(linker, finding, name) and (entity := _famous(linker, name, finding)) is not None:
        linker.add(finding, entity, "short_name", "lexicon.surname")
    else:
        _link_unknown(linker, finding, name)


def _is_name_here(linker: Linker, finding: Finding, flags: int) -> bool:
    """Whether a word at the start of a sentence that may be an ordinary one is a name, by the verb after it."""
    if not finding.opening or not flags & Word.COMMON:
        return True
    words = vocabulary()
    after = words_after(linker.article.text, finding.end, finding.end + 30, 1)
    owns = linker.article.text.startswith(("'s", "’s"), finding.end)
    return owns or bool(after) and after[0] in words.speech | words.personal | words.agents


def _link_cautious(linker: Linker, finding: Finding) -> None:
    """A known name that is also an ordinary word: it counts where the text knows the actor or the words around say so."""
    reading = _choose(linker, finding.readings)
    text = linker.article.text
    ceiling = linker.article.sentences[finding.sentence].end
    entity = linker.entities.get(reading.actor_id)
    words = vocabulary()
    after = words_after(text, finding.end, ceiling, 1)
    before = words_before(text, finding.start, linker.article.sentences[finding.sentence].start, 1)
    acts = bool(after) and after[0] in words.agents | words.speech | words.company_after
    owns = text.startswith(("'s", "’s"), finding.end) and not finding.opening
    introduced = bool(before) and before[0] in words.kind_nouns
    actor = name_index().actors[reading.actor_id]
    at_home = actor.type == "government_body" and not finding.opening and linker.countries.get(actor.country or "", 0) > 0
    articled = bool(before) and before[0] in ("the", "The") and actor.type not in ("company", "political_party")
    if articled or entity is not None and not finding.opening or acts or owns or introduced or at_home:
        linker.add(finding, linker.known(actor), reading.kind, "lexicon.cautious")


def _link_compound(linker: Linker, finding: Finding) -> None:
    """Surnames and acronyms inside a hyphenated word: "Kishida-led", "Biden-Harris"."""
    text = linker.article.text
    for piece in _HYPHENATED.finditer(text, finding.start, finding.end):
        key = fold(piece[0])
        entity = linker.surname(piece[0], piece.start()) or linker.acronyms.get(piece[0]) or linker.forms.get(key)
        if entity is None and name_index().surnames.get(piece[0]):
            entity = _famous(linker, piece[0], finding)
        if entity is not None and piece[0][0].isupper():
            kind = "short_name" if entity.type == "person" else "acronym"
            linker.add(finding, entity, kind, "compound", piece.span())


def _is_famous_here(linker: Linker, finding: Finding, name: str) -> bool:
    if not name_index().surnames.get(name):
        return False
    after = words_after(linker.article.text, finding.end, finding.end + 30, 1)
    flags = flags_of(name)
    cue = bool(after) and after[0] in (
        "administration",
        "government",
        "cabinet",
        "presidency",
        "era",
        "doctrine",
        "regime",
        "Administration",
    )
    distinct = (
        len(name_index().surnames[name]) == 1
        and not flags & (Word.GIVEN | Word.CITY)
        and not (finding.opening and flags & Word.COMMON)
    )
    return cue or bool(finding.title) or distinct


def _short(linker: Linker, finding: Finding, name: str) -> Entity | None:
    """The body named before that "the Bank" or "the Commission" stands for: the nearest with that word."""
    text = linker.article.text
    before = words_before(text, finding.start, max(0, finding.start - 12), 1)
    if not before or before[0].lower() != "the":
        return None
    earlier = [entity for start, entity in linker.heads.get(name, ()) if start < finding.start]
    return earlier[-1] if earlier else None


def _link_unknown(linker: Linker, finding: Finding, name: str) -> None:
    """A bare name that the nouns and verbs around show to be a body; a person is left to the count of evidence."""
    words = vocabulary()
    barred = Word.HEAD | Word.THING | Word.TITLE | Word.LEADING | Word.OPENER | Word.PLACE_HEAD | Word.COMMON
    if any(flags_of(word) & barred for word in name.split()) or name.upper() in words.dead_acronyms or len(name) < 2:
        return
    before, after = _around(linker, finding)
    flags = flags_of(name)
    if flags & Word.CITY and not flags & Word.SURNAME:
        return
    noun = before[0] if before and before[0] not in (",", "(") else before[1] if len(before) > 1 and before[0] == "," else ""
    kind = words.kind_nouns.get(noun)
    if kind is None and after and after[0] in words.company_after:
        kind = "company"
    if kind is None and after and flags_of(name) & Word.ACRONYM and after[0] in words.party_after:
        kind = "political_party"
    if kind is not None:
        entity = linker.new(kind, name, None)
        linker.add(finding, entity, "name", f"{kind}.context")
        linker.forms.setdefault(fold(name), entity)
    elif " " not in name and not flags_of(name) & Word.ACRONYM:
        linker.unknown[name].append(finding)


def _around(linker: Linker, finding: Finding) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sentence = linker.article.sentences[finding.sentence]
    text = linker.article.text
    return words_before(text, finding.start, sentence.start, 2), words_after(text, finding.end, sentence.end, 2)


def _link_surnames(linker: Linker) -> None:
    """Bare names that the article treats as people often enough: they speak, own, are introduced by what they are."""
    for name, found in linker.unknown.items():
        if sum(_personal_evidence(linker, finding) for finding in found) < _EVIDENCE:
            continue
        entity = linker.new("person", name, None)
        for finding in found:
            linker.add(finding, entity, "short_name", "person.evidence")


def _personal_evidence(linker: Linker, finding: Finding) -> int:
    words = vocabulary()
    before, after = _around(linker, finding)
    text = linker.article.text
    name = flags_of(text[finding.start : finding.end])
    score = (1 if name & (Word.SURNAME | Word.GIVEN) else 0) - (1 if name & Word.CITY else 0)
    if before and before[0].lower() in ("in", "at", "near", "from", "to", "the", "a", "an"):
        score -= 2
    if text.startswith(("'s", "’s"), finding.end):
        score += 1
    elif after and after[0] in words.speech:
        score += 2
    elif len(after) > 1 and after[0] in ("was", "is", "were", "has", "had") and after[1] in words.passive:
        score += 2
    elif after and after[0] in words.personal:
        score += 1 if after[0] in ("was", "is", "has", "had", "will", "would", "also") else 2
    if before and before[0] in words.person_nouns:
        score += 2
    elif before and before[0] in ("by", "with", "said", "told", "against", "between"):
        score += 1
    return score


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


def _actors(linker: Linker, mentions: Sequence[Mention]) -> dict[str, Actor]:
    aliases: dict[str, dict[str, None]] = defaultdict(dict)
    text = linker.article.text
    for mention in mentions:
        aliases[mention.actor_id].setdefault(re.sub(r"\s+", " ", text[mention.start : mention.end]))
    return {
        actor_id: Actor(e.actor_id, e.name, e.type, e.country, e.role, tuple(forms))
        for actor_id, forms in aliases.items()
        for e in (linker.entities[actor_id],)
    }


__all__ = ["Mapping", "link", "replace"]
