"""The names of the lexicons and one pass over a text that finds them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.extraction.actors.vocabulary import Vocabulary, fold, vocabulary

_EUROPEAN_UNION = "international_organisation:european-union"


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor of the lexicons; `offices` are (office, from, to) with ISO dates or None."""

    actor_id: str
    name: str
    type: str
    country: str | None
    offices: tuple[tuple[str, str | None, str | None], ...] = ()


class Reading(NamedTuple):
    """One thing a form can mean."""

    actor_id: str
    kind: str


class Hit(NamedTuple):
    """A form of the lexicons in the text, with its readings, the likeliest first.

    `caution` says why the form may mean something else: it is a `common_word`, a `person_name`, a `place`.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    caution: str = ""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All forms of all actors behind one automaton."""

    actors: Mapping[str, KnownActor]
    forms: Mapping[str, tuple[Reading, ...]]
    surnames: Mapping[str, tuple[str, ...]]
    by_word: Mapping[str, tuple[str, ...]]
    place_words: frozenset[str]
    cautions: Mapping[str, str]
    automaton: AhoCorasick

    def hits(self, text: str) -> Iterator[Hit]:
        """The longest whole-word forms in `text`, from left to right, without overlaps."""
        end_of_last = 0
        forms, cautions = self.forms, self.cautions
        for _, start, end in self.automaton.find_matches_as_indexes(text):
            if start < end_of_last:
                continue
            if not _whole(text, start, end):
                shorter = self._shorter(text, start, end)
                if shorter is None:
                    continue
                end = shorter
            form = text[start:end]
            yield Hit(start, end, forms[form], cautions.get(form, ""))
            end_of_last = end

    def _shorter(self, text: str, start: int, end: int) -> int | None:
        """The end of the longest whole-word form inside a match that ran into the middle of a word."""
        if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            return None
        for cut in range(end - 1, max(start, end - 60), -1):
            if text[start:cut] in self.forms and _whole(text, start, cut):
                return cut
        return None


def _whole(text: str, start: int, end: int) -> bool:
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    return end >= len(text) or not (text[end].isalnum() or text[end] == "_")


def _rows(name: str) -> list[dict[str, str]]:
    file = resources.files("communique.lexicons").joinpath(name)
    if not file.is_file():
        return []
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _cell(row: Mapping[str, str | None], column: str) -> list[str]:
    return [part for part in (row.get(column) or "").split("|") if part]


@cache
def name_index() -> NameIndex:
    """The index over all lexicons, built once."""
    words = vocabulary()
    agreements = {text.upper() for text in words.agreements}
    actors: dict[str, KnownActor] = {}
    forms: dict[str, list[Reading]] = defaultdict(list)
    surnames: dict[str, list[str]] = defaultdict(list)

    def add(texts: Iterable[str], actor_id: str, kind: str) -> None:
        for given in texts:
            text = given.removeprefix("the ")
            if actor_id.startswith("country:") and kind == "name":
                text = text.removeprefix("The ")
            actor_id = words.successors.get(actor_id, actor_id)
            if len(text) > 1 and text.upper() not in agreements and Reading(actor_id, kind) not in forms[text]:
                forms[text].append(Reading(actor_id, kind))

    for row in _rows("countries.csv"):
        actor_id = f"country:{row['alpha3']}"
        actors[actor_id] = KnownActor(actor_id, row["name"], "country", row["alpha3"])
        add([row["name"], *_cell(row, "official_name"), *_cell(row, "aliases")], actor_id, "name")
        add(_cell(row, "abbreviations"), actor_id, "acronym")
        add(_cell(row, "demonyms"), actor_id, "demonym")
        add(_cell(row, "capital") + _cell(row, "capital_aliases"), actor_id, "capital")
    for row in (*_rows("organisations.csv"), *_rows("parties.csv")):
        actor_id = row["actor_id"]
        actors[actor_id] = KnownActor(actor_id, row["name"], row["type"], row["country"] or None)
        add([row["name"], *_cell(row, "aliases")], actor_id, "name")
        add(_cell(row, "acronyms"), actor_id, "acronym")
        add(_cell(row, "demonyms"), actor_id, "demonym")
        if actor_id == _EUROPEAN_UNION:
            add(_cell(row, "seat"), actor_id, "capital")
    for row in _rows("offices.csv"):
        add([row["text"]], row["actor_id"], row["kind"] or "office")
    _add_persons(actors, add, surnames)
    for text in (*words.compounds, *sorted(place for place in words.places if " " in place)):
        if text in words.compounds or (text not in forms and not _is_name(text, words)):
            forms[text] = [Reading("", "place")]
    cautions = _prefer(forms)
    _drop_phrases(forms)
    complete = {text: tuple(readings) for text, readings in _with_variants(forms).items()}
    automaton = AhoCorasick(list(complete), matchkind=MatchKind.LeftmostLongest)
    cities = frozenset(
        text.split()[-1] for text, readings in forms.items() if any(reading.kind == "capital" for reading in readings)
    )
    return NameIndex(
        actors, complete, {k: tuple(v) for k, v in surnames.items()}, _by_word(actors), cities, cautions, automaton
    )


def _add_persons(actors: dict[str, KnownActor], add: object, surnames: dict[str, list[str]]) -> None:
    for row in _rows("persons.csv"):
        actor_id = row["actor_id"]
        office = (row["office"], row["office_from"] or None, row["office_to"] or None) if row["office"] else None
        before = actors[actor_id].offices if actor_id in actors else ()
        offices = (*before, office) if office else before
        actors[actor_id] = KnownActor(actor_id, row["name"], "person", row["country"] or None, offices)
        texts = [row["name"], *_cell(row, "aliases")]
        add([text for text in texts if " " in text], actor_id, "name")  # type: ignore[operator]
        for text in texts:
            for surname in {text.split()[0], text.split()[-1], text} if " " in text else {text}:
                if actor_id not in surnames[surname]:
                    surnames[surname].append(actor_id)


def _by_word(actors: Mapping[str, KnownActor]) -> dict[str, tuple[str, ...]]:
    """The people of the lexicons by each word of their names, folded."""
    out: dict[str, list[str]] = defaultdict(list)
    for actor in actors.values():
        if actor.type == "person":
            for word in fold(actor.name).split():
                out[word].append(actor.actor_id)
    return {word: tuple(actor_ids) for word, actor_ids in out.items()}


def _prefer(forms: dict[str, list[Reading]]) -> dict[str, str]:
    """Put the preferred actor of an ambiguous form first; the caution with which each such form is read."""
    cautions = {}
    for row in _rows("ambiguous.csv"):
        readings = forms.get(row["alias"], [])
        readings.sort(key=lambda reading: reading.actor_id != row["preferred"])
        cautions[row["alias"]] = row["how"]
    return cautions


def _drop_phrases(forms: dict[str, list[Reading]]) -> None:
    """Leave out forms that are a nationality and a common noun, or start with a possessor: both are read by rule."""
    for text in list(forms):
        first, _, others = text.partition(" ")
        if first == "The" and any(r.actor_id.startswith(("country:", "group:")) for r in forms.get(others, ())):
            del forms[text]
            continue
        owner = re.sub(r"['’]s?$", "", first)
        nations = [r.actor_id for r in forms.get(owner, ())]
        if not others or not nations:
            continue
        nation = any(actor_id.startswith(("country:", "group:")) for actor_id in nations)
        if nation and (
            (owner != first and "country:" in nations[0]) or (text.split()[-1][0].islower() and owner == first)
        ):
            del forms[text]


def _is_name(place: str, words: Vocabulary) -> bool:
    """Whether a place is called after a person, so that its name is as likely a person's."""
    first, *_, last = place.split()
    return (first in words.given and first.lower() not in words.common) or (
        last in words.given and len(place.split()) > 2
    )


def _with_variants(forms: Mapping[str, list[Reading]]) -> dict[str, list[Reading]]:
    """The forms with both apostrophes, and in capitals as headlines print them."""
    out: dict[str, list[Reading]] = {}
    for text, readings in forms.items():
        for variant in (text, text.replace("'", "’"), text.replace("’", "'")):
            out.setdefault(variant, []).extend(r for r in readings if r not in out.get(variant, []))
    for text, readings in list(out.items()):
        shouted = text.upper()
        if len(text) > 3 and shouted not in out and shouted not in vocabulary().agreements:
            out[shouted] = list(readings)
    return out
