"""The index of names, made from the lexicons."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.extraction.actors.names import KnownActor, NameIndex, Reading
from communique.extraction.actors.vocabulary import Vocabulary, fold, vocabulary
from communique.lexicons import loader

_EUROPEAN_UNION: Final = "international_organisation:european-union"
_NATIONS: Final = ("country:", "group:")
_FAMILY_FIRST: Final = frozenset({"CHN", "HKG", "HUN", "JPN", "KHM", "KOR", "MAC", "PRK", "SGP", "TWN", "VNM"})
_SHORTEST_SHOUTED: Final = 4
_OWNER: Final = re.compile(r"['’]s?$")


@dataclass(slots=True)
class _Builder:
    """Actors and forms as they are gathered from the lexicons."""

    words: Vocabulary
    actors: dict[str, KnownActor] = field(default_factory=dict)
    forms: dict[str, list[Reading]] = field(default_factory=lambda: defaultdict(list))
    surnames: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    by_word: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, texts: Iterable[str | None], actor_id: str, kind: str) -> None:
        """Take down forms of an actor, without articles; an agreement is no actor, whatever the lists say."""
        actor_id = self.words.successors.get(actor_id, actor_id)
        for given in texts:
            text = (given or "").removeprefix("the ")
            if actor_id.startswith("country:") and kind == "name":
                text = text.removeprefix("The ")
            reading = Reading(actor_id, kind)
            if len(text) > 1 and text.upper() not in self.words.agreements and reading not in self.forms[text]:
                self.forms[text].append(reading)

    def countries(self) -> None:
        for country in loader.countries().values():
            actor_id = country.actor_id
            self.actors[actor_id] = KnownActor(actor_id, country.name, "country", country.alpha3)
            self.add((country.name, country.official_name, *country.aliases), actor_id, "name")
            self.add(country.abbreviations, actor_id, "acronym")
            self.add(country.demonyms, actor_id, "demonym")
            self.add((country.capital, *country.capital_aliases), actor_id, "capital")

    def organisations(self) -> None:
        for body in loader.organisations().values():
            self.actors[body.actor_id] = KnownActor(body.actor_id, body.name, str(body.type), body.country)
            self.add((body.name, *body.aliases), body.actor_id, "name")
            self.add(body.acronyms, body.actor_id, "acronym")
            self.add(body.demonyms, body.actor_id, "demonym")
            if body.actor_id == _EUROPEAN_UNION:
                self.add((body.seat,), body.actor_id, "capital")
        for house in loader.houses().values():
            if house.actor_id in self.actors:
                self.add((house.text,), house.actor_id, str(house.kind))

    def persons(self) -> None:
        for person in loader.persons().values():
            actor = KnownActor(person.actor_id, person.name, "person", person.country, person.offices)
            self.actors[person.actor_id] = actor
            texts = (person.name, *person.aliases)
            self.add((text for text in texts if " " in text), person.actor_id, "name")
            for text in texts:
                first, last = text.split()[0], text.split()[-1]
                for surname in (last, text, *((first,) if person.country in _FAMILY_FIRST else ())):
                    self.surnames[surname].setdefault(person.actor_id)
            for word in fold(person.name).split():
                self.by_word[word].setdefault(person.actor_id)

    def places(self) -> None:
        """Names of places of several words, so that no actor is found inside them."""
        for text in (*self.words.compounds, *sorted(place for place in self.words.places if " " in place)):
            if text in self.words.compounds or (text not in self.forms and not _is_name(text, self.words)):
                self.forms[text] = [Reading("", "place")]

    def prefer(self) -> dict[str, str]:
        """Put the preferred actor of an ambiguous form first; the caution with which each such form is read."""
        cautions = {}
        for form in loader.ambiguous_forms().values():
            self.forms.get(form.text, []).sort(key=lambda reading: reading.actor_id != form.preferred)
            cautions[form.text] = form.how
        return cautions

    def drop_phrases(self) -> None:
        """Leave out a nationality with a common noun, a name behind a possessor, "The" before one: read by rule."""
        for text in list(self.forms):
            first, _, others = text.partition(" ")
            if not others:
                continue
            if first == "The" and any(r.actor_id.startswith(_NATIONS) for r in self.forms.get(others, ())):
                del self.forms[text]
                continue
            owner = _OWNER.sub("", first)
            nations = [r.actor_id for r in self.forms.get(owner, ()) if r.actor_id.startswith(_NATIONS)]
            if not nations:
                continue
            owned = owner != first and nations[0].startswith("country:")
            if owned or (owner == first and text.split()[-1][0].islower()):
                del self.forms[text]


@cache
def name_index() -> NameIndex:
    """The index over all lexicons, built once."""
    builder = _Builder(vocabulary())
    builder.countries()
    builder.organisations()
    builder.persons()
    builder.places()
    cautions = builder.prefer()
    builder.drop_phrases()
    forms = {text: tuple(readings) for text, readings in _with_variants(builder.forms, builder.words).items()}
    capitals = (text for text, readings in forms.items() if any(reading.kind == "capital" for reading in readings))
    return NameIndex(
        actors=builder.actors,
        forms=forms,
        surnames={word: tuple(actor_ids) for word, actor_ids in builder.surnames.items()},
        by_word={word: tuple(actor_ids) for word, actor_ids in builder.by_word.items()},
        place_words=frozenset(text.split()[-1] for text in capitals),
        cautions=cautions,
        automaton=AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest),
    )


def _is_name(place: str, words: Vocabulary) -> bool:
    """Whether a place is called after a person, so that its name is as likely a person's."""
    parts = place.split()
    first = parts[0] in words.given and parts[0].lower() not in words.common
    return first or (parts[-1] in words.given and len(parts) > 2)


def _with_variants(forms: Mapping[str, list[Reading]], words: Vocabulary) -> dict[str, list[Reading]]:
    """The forms with both apostrophes, and in capitals as headlines print them."""
    out: dict[str, list[Reading]] = {}
    for text, readings in forms.items():
        apart = "'" in text or "’" in text
        for variant in (text, text.replace("'", "’"), text.replace("’", "'")) if apart else (text,):
            known = out.setdefault(variant, [])
            known += [reading for reading in readings if reading not in known] if known else readings
    for text, readings in list(out.items()):
        shouted = text.upper()
        if len(text) >= _SHORTEST_SHOUTED and shouted not in out and shouted not in words.agreements:
            out[shouted] = list(readings)
    return out
