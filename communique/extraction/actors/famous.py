"""People of the lexicons whom a text names by the surname alone, or with a slip in the name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from communique.extraction.actors.find import OF_AN_ERA, Finding
from communique.extraction.actors.forms import name_index
from communique.extraction.actors.memory import Entity, Memory
from communique.extraction.actors.names import KnownActor
from communique.extraction.actors.vocabulary import Word, flags_of, fold, vocabulary

_LEADING: Final = ("President of", "Prime Minister of", "Chancellor of", "Premier of", "Taoiseach")


def famous(memory: Memory, name: str, finding: Finding) -> Entity | None:
    """The one known bearer of a surname whom a title, the office's time or the rarity of the name points to."""
    index = name_index()
    candidates = [index.actors[actor_id] for actor_id in index.surnames.get(name, ())]
    if not candidates:
        return None
    by_title = [actor for actor in candidates if _has_title(actor, finding.title)]
    in_office = [actor for actor in by_title or candidates if _in_office(actor, memory.article.published)]
    for group in (in_office, by_title, candidates):
        if len(group) == 1 and (group is not candidates or _is_rare(name)):
            return memory.known(group[0])
    if by_title:
        return memory.known(by_title[0])
    _, after = memory.around(finding, 1)
    leader = _last_leader(candidates, memory.article.published) if after and after[0].lower() in OF_AN_ERA else None
    return memory.known(leader) if leader is not None else None


def _last_leader(actors: Iterable[KnownActor], published: str | None) -> KnownActor | None:
    """Of these people the one who came last to lead a country before a text was published."""
    until = int(published[:4]) if published is not None else 9999
    begun = [
        (tenure.first_year, actor.actor_id, actor)
        for actor in actors
        for tenure in actor.offices
        if tenure.first_year is not None and tenure.first_year <= until and tenure.office.startswith(_LEADING)
    ]
    return max(begun, key=lambda one: one[:2])[2] if begun else None


def is_cue(memory: Memory, name: str, finding: Finding) -> bool:
    """Whether a bare surname may be taken for a known person: an era's word follows, or the name is theirs alone."""
    if name not in name_index().surnames:
        return False
    _, after = memory.around(finding, 1)
    if after and after[0].lower() in OF_AN_ERA and not finding.opening:
        return True
    flags = flags_of(name)
    if flags & Word.COMMON and (finding.opening or len(name_index().surnames[name]) > 1):
        return bool(after) and (after[0].lower() in OF_AN_ERA or _acts_in_office(memory, name, after[0]))
    return not flags & Word.CITY


def _acts_in_office(memory: Memory, name: str, verb: str) -> bool:
    """Whether a surname that is also an ordinary word does what people do while one bearer of it holds office."""
    words = vocabulary()
    if verb in ("was", "is") or verb not in words.speech | words.personal:
        return False
    index = name_index()
    bearers = [index.actors[actor_id] for actor_id in index.surnames.get(name, ())]
    return sum(_in_office(actor, memory.article.published) for actor in bearers) == 1


def near_miss(memory: Memory, name: str, finding: Finding, country: str | None) -> Entity | None:
    """The office-holder meant by a name with a slip in one word, where office and nationality agree."""
    parts = [fold(part) for part in name.split()]
    if len(parts) != 2 or country is None:
        return None
    index = name_index()
    for part, other in (parts, parts[::-1]):
        for actor_id in index.by_word.get(part, ()):
            actor = index.actors[actor_id]
            known = fold(actor.name).split()
            if actor.country == country and _has_title(actor, finding.title) and any(_alike(other, w) for w in known):
                return memory.known(actor)
    return None


def _alike(one: str, two: str) -> bool:
    return one[:3] == two[:3] and abs(len(one) - len(two)) <= 2


def _is_rare(name: str) -> bool:
    return not flags_of(name) & (Word.GIVEN | Word.CITY)


def _has_title(actor: KnownActor, title: str) -> bool:
    """Whether the words of a title are those of an office of the actor ("Japanese Foreign Minister")."""
    words = _content(title.split())
    return bool(words) and any(words <= _content(tenure.office.split()) for tenure in actor.offices)


def _content(words: Iterable[str]) -> frozenset[str]:
    """The words of an office without nationality and courtesy."""
    forms = name_index().forms
    return frozenset(w.casefold() for w in words if w not in forms and len(w) > 2 and w not in ("the", "Mrs", "Mr."))


def _in_office(actor: KnownActor, published: str | None) -> bool:
    return published is not None and actor.office_in(int(published[:4])) is not None
