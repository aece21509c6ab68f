"""Whom names, "the government" and "both sides" stand for among the actors of an article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable
from functools import cache

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Annotations, Mention
from communique.extraction.recommendations.words import words_of
from communique.extraction.roles import role_of as office_of
from communique.lexicons.loader import organisations

_COUNTRY = "country:"
_UNION = "international_organisation:european-union"
_BODIES = ("international_organisation", "group")
_SIDES_REACH = 4
_OFTEN = 3
_GOVERNMENT = re.compile(r"(?:['’]s)? [Gg]overnment\b")
_CONTINENTS = frozenset({"group:europe", "group:africa"})
_DEFINITE = frozenset({"the", "this", "its", "that", "his", "her", "their"})


def mentions_in(annotations: Annotations, start: int, end: int) -> tuple[Mention, ...]:
    """The mentions inside `[start, end)`."""
    mentions = annotations.mentions
    i = bisect_left(mentions, start, key=lambda m: m.start)
    found = []
    while i < len(mentions) and mentions[i].start < end:
        if mentions[i].end <= end:
            found.append(mentions[i])
        i += 1
    return tuple(found)


def mentions_at(annotations: Annotations, offset: int, end: int) -> list[Mention]:
    """The mention that spans the offset and ends by `end`, as a list of one or none."""
    i = bisect_right(annotations.mentions, offset, key=lambda m: m.start) - 1
    mention = annotations.mentions[i] if i >= 0 else None
    return [mention] if mention is not None and offset < mention.end <= end else []


def role_of(annotations: Annotations, actor_id: str, noun: str) -> str:
    """The id of who is to act: a ministry or force is its country, a body of the European Union the Union.

    A person stays a person unless `noun` makes the name that of a government ("the Trump administration").
    """
    actor = annotations.actors.get(actor_id)
    if actor is None:
        return actor_id
    of_state = actor.type == "armed_force" or (actor.type == "government_body" and not _elected(actor.name))
    if of_state or (actor.type == "person" and noun in words_of("nouns", "cabinets")) or actor.type in _BODIES:
        return office_of(actor) or actor_id
    return actor_id


def _elected(name: str) -> bool:
    """Whether a body of a state acts for itself: a parliament, a court, a central bank."""
    return bool(set(name.lower().replace("-", " ").split()) & words_of("nouns", "own_bodies"))


def _role(annotations: Annotations) -> Callable[[str], str]:
    return lambda actor_id: role_of(annotations, actor_id, "")


def country_of_person(annotations: Annotations, offset: int, index: int) -> tuple[str, ...]:
    """The country of the person last named: "his government"."""
    before = actors_before(annotations, offset, index)
    person = nearest(before, lambda a: a.startswith("person:"))
    actor = annotations.actors.get(person[0]) if person else None
    if actor is not None and actor.country:
        return (f"{_COUNTRY}{actor.country}",)
    return _led_by(annotations, person[0], offset) if person else ()


def _led_by(annotations: Annotations, person: str, offset: int) -> tuple[str, ...]:
    """The country named right behind the person with "of": "President Lee of Peru"."""
    text, mentions = annotations.article.text, annotations.mentions
    for i in range(bisect_left(mentions, offset, key=lambda m: m.start) - 1, 0, -1):
        one, following = mentions[i - 1], mentions[i]
        if one.actor_id == person and text[one.end : following.start] == " of ":
            return (following.actor_id,) if following.actor_id.startswith(_COUNTRY) else ()
    return ()


def definite(
    annotations: Annotations, sentence: ParsedSentence, phrase: NounPhrase, noun: str, index: int
) -> tuple[str, ...]:
    """ "the government", "the bloc", "both sides": who was named before."""
    tokens = sentence.tokens
    pointing = tokens[phrase.first].lower in _DEFINITE
    before = actors_before(annotations, tokens[phrase.first].start, index)
    if noun in ("bloc", "union"):
        return nearest(before, lambda a: a.startswith("international_organisation:"))
    if noun == "commission" and pointing and any(a == _UNION for a in map(_role(annotations), annotations.actors)):
        return (_UNION,)
    if noun == "continent" and pointing:
        return nearest(before, lambda a: a in _CONTINENTS) or _continent(annotations)
    if noun == "alliance" and pointing:
        members = (a for a in annotations.actors if a.endswith(":nato"))
        return nearest(before, lambda a: a.endswith(":nato")) or tuple(members)
    if noun in ("sides", "countries", "governments", "nations", "parties", "states") and tokens[phrase.first].lower in (
        "both",
        "two",
        "the",
        "these",
    ):
        named = list(dict.fromkeys(_sentence_countries(annotations, tokens[phrase.first].start, index)))
        abroad = noun != "parties" or tokens[min(phrase.last + 1, len(tokens) - 1)].lower != "in"
        wanted = (tokens[phrase.first].lower == "both" and abroad) or any(
            t.lower == "two" for t in tokens[phrase.first : phrase.last]
        )
        return tuple(sorted(named)) if wanted and len(named) == 2 else ()
    if noun == "government" and any(t.lower == "federal" for t in tokens[phrase.first : phrase.last]):
        return _federal(annotations, tokens[phrase.first].start, index)
    if noun == "administration" and tokens[phrase.head].text[0].isupper() and _american(annotations):
        return (f"{_COUNTRY}USA",)
    if noun == "government" and pointing and (own := _own_government(annotations, tokens[phrase.first].start)):
        return own
    if noun == "policymakers" or (pointing and noun in words_of("nouns", "states")):
        spoken_of = _countries_spoken_of(annotations, tokens[phrase.first].start, index)
        return spoken_of[:1] or home(annotations) or focus(annotations)
    return ()


def _own_government(annotations: Annotations, offset: int) -> tuple[str, ...]:
    """The country whose government was last called so, where the text speaks of "our" things and so is from there."""
    text = annotations.article.text
    if text.lower().count(" our ") < _OFTEN:
        return ()
    for i in range(bisect_left(annotations.mentions, offset, key=lambda m: m.start) - 1, -1, -1):
        mention = annotations.mentions[i]
        if mention.actor_id.startswith(_COUNTRY) and _GOVERNMENT.match(text, mention.end):
            return (mention.actor_id,)
    return ()


def _countries_spoken_of(annotations: Annotations, offset: int, index: int) -> tuple[str, ...]:
    """The countries named before the offset inside its paragraph, nearest first, but those that only describe a thing:
    "a Chile strategy".
    """
    sentences, found = annotations.article.sentences, []
    for i in range(index, -1, -1):
        if sentences[i].paragraph != sentences[index].paragraph:
            break
        named = mentions_in(annotations, sentences[i].start, min(offset, sentences[i].end))
        found += [
            actor
            for mention in reversed(named)
            if (actor := role_of(annotations, mention.actor_id, "")).startswith(_COUNTRY)
            and not _describes(annotations.parsed(i), mention)
        ]
    return tuple(found)


def _describes(sentence: ParsedSentence, mention: Mention) -> bool:
    """Whether a name stands before a noun that it tells from others: "the Peru talks", not "Peru's talks"."""
    phrase = sentence.phrase_at(mention.start)
    if phrase is None or mention.kind != "name":
        return False
    head = sentence.tokens[phrase.head]
    if any(t.tag == Tag.GENITIVE for t in sentence.tokens[phrase.first : phrase.last + 1]):
        return False
    people = any(head.lower in words_of("nouns", kind) for kind in ("states", "cabinets", "members"))
    return head.start >= mention.end and head.tag == Tag.NOMINAL and not people


def _continent(annotations: Annotations) -> tuple[str, ...]:
    """The one continent of which an article speaks as of an actor."""
    found = sorted({m.actor_id for m in annotations.mentions if m.actor_id in _CONTINENTS})
    return tuple(found) if len(found) == 1 else ()


def _american(annotations: Annotations) -> bool:
    """Whether the article speaks of an American: there "the Administration" has its capital."""
    return any(actor.country == "USA" for actor in annotations.actors.values())


def _federal(annotations: Annotations, offset: int, index: int) -> tuple[str, ...]:
    """The country of whoever the paragraph named last, else the federation it names most.

    "The Swiss party told the federal government".
    """
    sentences = annotations.article.sentences
    first = index
    while first > max(0, index - _SIDES_REACH) and sentences[first - 1].paragraph == sentences[index].paragraph:
        first -= 1
    named = mentions_in(annotations, sentences[first].start, offset)
    for mention in reversed(named):
        actor = annotations.actors.get(mention.actor_id)
        if mention.actor_id.startswith(_COUNTRY):
            return (mention.actor_id,)
        if actor is not None and actor.country:
            return (f"{_COUNTRY}{actor.country}",)
    return _federation(annotations)


def _federation(annotations: Annotations) -> tuple[str, ...]:
    """The federation that the article names most."""
    states = words_of("nouns", "federations")
    named = (m.actor_id for m in annotations.mentions)
    counts = Counter(actor for actor in named if actor.removeprefix(_COUNTRY) in states)
    return tuple(actor for actor, _ in counts.most_common(1))


def actors_before(annotations: Annotations, offset: int, index: int) -> list[str]:
    """Actors of the mentions before the offset inside its paragraph, nearest first."""
    sentences = annotations.article.sentences
    first = index
    while first > 0 and sentences[first - 1].paragraph == sentences[index].paragraph:
        first -= 1
    found = mentions_in(annotations, sentences[first].start, offset)
    return [role_of(annotations, m.actor_id, "") for m in reversed(found)]


def _sentence_countries(annotations: Annotations, offset: int, index: int) -> list[str]:
    sentences = annotations.article.sentences
    for i in range(index, max(index - _SIDES_REACH, -1), -1):
        found = [
            m.actor_id
            for m in mentions_in(annotations, sentences[i].start, min(offset, sentences[i].end))
            if m.actor_id.startswith(_COUNTRY)
        ]
        if len(set(found)) >= 2:
            return found
    return []


def nearest(actors: list[str], wanted: Callable[[str], bool]) -> tuple[str, ...]:
    return next(((a,) for a in actors if wanted(a)), ())


def home(annotations: Annotations) -> tuple[str, ...]:
    """The country that a research institute or party, as publisher, speaks of when it says "the government"."""
    publisher = (annotations.article.publisher or "").lower()
    found = _at_home().get(publisher)
    return (f"{_COUNTRY}{found}",) if found else ()


@cache
def _at_home() -> dict[str, str]:
    """The countries of institutes and parties by their name in lower case."""
    kinds = ("research_organisation", "political_party")
    return {o.name.lower(): o.country for o in organisations().values() if o.type in kinds and o.country}


def focus(annotations: Annotations) -> tuple[str, ...]:
    """The country the article is about: the one named in its title, else the one named most, itself or its bodies."""
    article = annotations.article
    title = next((s for s in article.sentences if s.kind == "title"), None)
    if title is not None:
        named = {
            m.actor_id for m in mentions_in(annotations, title.start, title.end) if m.actor_id.startswith(_COUNTRY)
        }
        if len(named) == 1:
            return tuple(named)
    counts: dict[str, int] = {}
    for mention in annotations.mentions:
        state = _state_of(annotations, mention.actor_id)
        if state is not None:
            counts[state] = counts.get(state, 0) + 1
    ranked = sorted(counts, key=lambda a: (-counts[a], a))
    return (ranked[0],) if ranked else ()


def _state_of(annotations: Annotations, actor_id: str) -> str | None:
    """The country that an actor is or that it is a body of."""
    if actor_id.startswith(_COUNTRY):
        return actor_id
    actor = annotations.actors.get(actor_id)
    return (
        f"{_COUNTRY}{actor.country}"
        if actor is not None and actor.type == "government_body" and actor.country
        else None
    )
