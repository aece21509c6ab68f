"""Rules for the names that say nothing by themselves, tried in order: the article's own names, then the context."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from communique.extraction.actors.acronyms import acronym_after, fits
from communique.extraction.actors.attributes import body_country
from communique.extraction.actors.famous import famous, is_cue
from communique.extraction.actors.find import OF_AN_ERA, Finding
from communique.extraction.actors.forms import name_index
from communique.extraction.actors.memory import Memory
from communique.extraction.actors.names import Reading
from communique.extraction.actors.vocabulary import Word, flags_of, fold, vocabulary

Rule = Callable[[Memory, Finding, str], bool]

_ENOUGH: Final = 2
_MEMBERS: Final = 3
_BRACKET: Final = re.compile(r"\s?\(([^()\n]{12,240})\)")
_PIECE: Final = re.compile(r"[^-‑]+")
_BARRED: Final = (
    Word.HEAD | Word.THING | Word.TITLE | Word.LEADING | Word.OPENER | Word.PLACE_HEAD | Word.COMMON | Word.BREAK
)


def read_leftover(memory: Memory, finding: Finding) -> None:
    """Apply the first rule that knows the name."""
    name = memory.name(finding)
    for rule in _RULES:
        if rule(memory, finding, name):
            return


def introduce(memory: Memory, finding: Finding) -> None:
    """Make a body of a name without a head word that brackets give an acronym: "Gerakan Rakyat Baru (GRB)"."""
    name = memory.name(finding)
    if _lists_members(memory.article.text, finding.end):
        group = memory.new("group", name, None)
        memory.add(group, "acronym", "group.members", finding.start, finding.end)
        memory.forms.setdefault(fold(name), group)
        return
    acronym = acronym_after(memory.article.text, finding.end)
    if acronym is None or " " not in name or not fits(acronym, name):
        return
    _, after = memory.around(finding, 1)
    kind = vocabulary().kind_nouns.get(after[0] if after else "")
    if kind is None and all(flags_of(word) & Word.COMMON for word in name.split()):
        return
    country = body_country(memory.article, finding)
    entity = memory.new(kind or "other_organisation", name, country, acronym)
    memory.add(entity, "name", "organisation.acronym", finding.start, finding.end)
    memory.remember_body(entity, name, finding.start, acronym)


def _lists_members(text: str, end: int) -> bool:
    """Whether a bracket that names three countries or more and nothing else follows."""
    found = _BRACKET.match(text, end)
    if found is None:
        return False
    hits = [hit for hit in name_index().hits(found[1]) if hit.readings[0].actor_id.startswith("country:")]
    named = sum(hit.end - hit.start for hit in hits)
    return len(hits) >= _MEMBERS and named * 3 >= len(found[1]) * 2


def choose(memory: Memory, readings: Sequence[Reading]) -> Reading:
    """Among the actors that share a form, the one whose country the article speaks of most."""
    if len(readings) == 1:
        return readings[0]
    actors = name_index().actors
    return max(readings, key=lambda reading: memory.countries.get(actors[reading.actor_id].country or "", 0))


def _cautious(memory: Memory, finding: Finding, name: str) -> bool:
    """A known name that is also an ordinary word: it counts where the words around or the article say so."""
    if not finding.readings:
        return False
    reading = choose(memory, finding.readings)
    actor = name_index().actors[reading.actor_id]
    words = vocabulary()
    before, after = memory.around(finding, 1)
    articled = bool(before) and before[0] in ("the", "The") and actor.type not in ("company", "political_party")
    acts = bool(after) and after[0] in words.agents | words.speech | words.company_after
    introduced = bool(before) and before[0] in words.kind_nouns
    at_home = actor.type == "government_body" and memory.countries.get(actor.country or "", 0) > 0
    inside = not finding.opening and (at_home or memory.owns(finding) or reading.actor_id in memory.entities)
    if name not in memory.heads and (articled or acts or introduced or inside):
        memory.add(memory.known(actor), reading.kind, "lexicon.cautious", finding.start, finding.end)
        return True
    return _head(memory, finding, name)


def _form(memory: Memory, finding: Finding, name: str) -> bool:
    entity = memory.forms.get(fold(name))
    if entity is None:
        return False
    memory.add(entity, "name", "document.name", finding.start, finding.end)
    return True


def _acronym(memory: Memory, finding: Finding, name: str) -> bool:
    entity = memory.acronyms.get(name)
    if entity is None or not (flags_of(name) & Word.ACRONYM or name[-1].isupper()):
        return False
    memory.add(entity, "acronym", "document.acronym", finding.start, finding.end)
    return True


def _surname(memory: Memory, finding: Finding, name: str) -> bool:
    entity = memory.surname(name, finding.start)
    if entity is None or not _is_name_here(memory, finding, name):
        return False
    memory.add(entity, "short_name", "person.surname", finding.start, finding.end)
    return True


def _given_name(memory: Memory, finding: Finding, name: str) -> bool:
    entity = memory.givens.get(fold(name))
    if entity is None or flags_of(name) & Word.CITY or (finding.opening and flags_of(name) & Word.COMMON):
        return False
    memory.add(entity, "short_name", "person.given_name", finding.start, finding.end)
    return True


def _is_name_here(memory: Memory, finding: Finding, name: str) -> bool:
    """Whether a word at the start of a sentence that may be an ordinary one is a name, by what follows."""
    if not finding.opening or not flags_of(name) & Word.COMMON:
        return True
    words = vocabulary()
    _, after = memory.around(finding, 1)
    return memory.owns(finding) or (bool(after) and after[0] in words.speech | words.personal | words.agents)


def _head(memory: Memory, finding: Finding, name: str) -> bool:
    """The body named before that "the Bank" or "the Commission" stands for: the nearest with that word."""
    if not flags_of(name) & Word.SHORT:
        return False
    before, _ = memory.around(finding, 1)
    earlier = [entity for start, entity in memory.heads.get(name, ()) if start < finding.start]
    if not before or before[0].lower() != "the" or not earlier:
        return True
    memory.add(earlier[-1], "short_name", "organisation.short", finding.start, finding.end)
    return True


def _compound(memory: Memory, finding: Finding, name: str) -> bool:
    """Surnames and acronyms inside a hyphenated word: "Biden-Harris"."""
    if "-" not in name and "‑" not in name:
        return False
    found = False
    for piece in _PIECE.finditer(memory.article.text, finding.start, finding.end):
        word = piece[0]
        entity = memory.surname(word, piece.start()) or memory.acronyms.get(word) or memory.forms.get(fold(word))
        entity = entity or famous(memory, word, finding)
        if entity is not None and word[0].isupper():
            kind = "short_name" if entity.type == "person" else "acronym"
            memory.add(entity, kind, "compound", *piece.span())
            found = True
    return found


def _famous(memory: Memory, finding: Finding, name: str) -> bool:
    entity = famous(memory, name, finding) if is_cue(memory, name, finding) else None
    if entity is None:
        return False
    memory.add(entity, "short_name", "lexicon.surname", finding.start, finding.end)
    memory.remember_person(entity, name, finding.start)
    return True


def _by_era(memory: Memory, finding: Finding, name: str) -> bool:
    """The surname in "the Kibaki government"."""
    if not flags_of(name) & Word.SURNAME or flags_of(name) & Word.CITY or finding.opening:
        return False
    before, after = memory.around(finding, 1)
    if not before or before[0].lower() != "the" or not after or after[0] not in OF_AN_ERA:
        return False
    entity = memory.new("person", name, None)
    memory.add(entity, "short_name", "person.era", finding.start, finding.end)
    memory.remember_person(entity, name, finding.start)
    return True


def _by_noun(memory: Memory, finding: Finding, name: str) -> bool:
    """A bare name that the noun before or behind it shows to be a body: "the regulator, ANRE", "Goldstar shares"."""
    words = vocabulary()
    flags = flags_of(name)
    if any(flags_of(word) & _BARRED for word in name.split()) or name.upper() in words.dead_acronyms or len(name) < 2:
        return True
    if flags & Word.CITY and not flags & Word.SURNAME:
        return True
    before, after = memory.around(finding, 3)
    noun = (
        before[0]
        if before and before[0] not in (",", "(")
        else before[1]
        if len(before) > 1 and before[0] == ","
        else ""
    )
    kind = words.kind_nouns.get(noun)
    if kind is None and after and after[0] in words.company_after:
        kind = "company"
    if kind is None and after and flags & Word.ACRONYM and after[0] in words.party_after:
        kind = "political_party"
    if kind is None and flags & Word.ACRONYM and len(name) > 2 and _speaks(before, after):
        kind = "other_organisation"
    if kind is None:
        return False
    entity = memory.new(kind, name, None)
    memory.add(entity, "name", f"{kind}.context", finding.start, finding.end)
    memory.forms.setdefault(fold(name), entity)
    return True


def _speaks(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what stands here says something."""
    words = [word.lower() for word in before if word != "the"]
    if words[:2] == ["to", "according"]:
        return True
    return bool(after) and after[0] in vocabulary().speech


def _keep(memory: Memory, finding: Finding, name: str) -> bool:
    """Leave a single word to the count of evidence over the article."""
    if " " not in name and not flags_of(name) & Word.ACRONYM:
        memory.unknown[name].append(finding)
    return True


_RULES: Final[tuple[Rule, ...]] = (
    _cautious, _form, _acronym, _surname, _given_name, _head, _compound, _famous, _by_era, _by_noun, _keep,
)  # fmt: skip


def read_bare_names(memory: Memory) -> None:
    """Bare names that the article treats as people often enough: they speak, own, are introduced by what they are."""
    for name, found in memory.unknown.items():
        if sum(_personal(memory, finding, name) for finding in found) < _ENOUGH:
            continue
        entity = memory.new("person", name, None)
        for finding in found:
            memory.add(entity, "short_name", "person.evidence", finding.start, finding.end)


def _personal(memory: Memory, finding: Finding, name: str) -> int:
    """The evidence, for and against, that a bare name is a person's at one place."""
    words = vocabulary()
    before, after = memory.around(finding)
    flags = flags_of(name)
    score = (1 if flags & (Word.SURNAME | Word.GIVEN) else 0) - (1 if flags & Word.CITY else 0)
    if before and before[0].lower() in ("in", "at", "near", "from", "to", "the", "a", "an"):
        score -= 2
    elif before and before[0] in words.person_nouns:
        score += 2
    elif before and before[0] in ("by", "with", "said", "told", "against", "between"):
        score += 1
    if memory.owns(finding):
        return score + 1
    if not after:
        return score
    if after[0] in words.speech:
        return score + 2
    if len(after) > 1 and after[0] in ("was", "is", "were", "has", "had") and after[1] in words.passive:
        return score + 2
    weak = ("was", "is", "has", "had", "will", "would", "also")
    return score + ((1 if after[0] in weak else 2) if after[0] in words.personal else 0)
