"""Who is to act: the words of the text resolved to actor ids."""

from __future__ import annotations

import itertools

from communique.extraction.actors.vocabulary import Word, flags_of
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Annotations, Mention
from communique.extraction.money.context import countries_in
from communique.extraction.recommendations.phrases import with_tail
from communique.extraction.recommendations.referents import (
    actors_before,
    country_of_person,
    definite,
    mentions_at,
    mentions_in,
    nearest,
    role_of,
)
from communique.extraction.recommendations.words import words_of
from communique.extraction.speakers import saying_verbs
from communique.lexicons.loader import houses

_COUNTRY = "country:"
_OWN = frozenset({"policy", "strategy", "diplomacy", "foreign-policy", "government", "approach", "leaders"})
_NOT_OF = frozenset(
    {"allies", "ally", "partners", "partner", "neighbours", "neighbors", "enemies", "friends", "donors"}
)
_BODIES_WITHOUT_NAME = frozenset({"community", "opposition", "coalition", "world", "region", "industry"})


def addressee_ids(
    annotations: Annotations, sentence: ParsedSentence, region: tuple[int, int], index: int
) -> tuple[str, ...]:
    """The ids of those named in tokens `region` of sentence `index`, in order, without repetition."""
    parts = _parts(sentence, _examples(annotations, sentence, region))
    found: list[str] = []
    for first, last in parts:
        for actor in _resolve(annotations, sentence, first, last, index):
            if actor not in found:
                found.append(actor)
    return tuple(found)


def _examples(annotations: Annotations, sentence: ParsedSentence, region: tuple[int, int]) -> tuple[int, int]:
    """The names given as examples of a class without a name: "countries with influence, such as Chile and Peru"."""
    tokens = sentence.tokens
    for i in range(region[0] + 1, region[1] - 1):
        if tokens[i].lower == "such" and tokens[i + 1].lower == "as":
            head = next(iter(sentence.phrases_between(region[0], i - 1)), None)
            named = head is None or bool(mentions_in(annotations, head.start, head.end))
            return region if named else (i + 2, region[1])
    return region


def _parts(sentence: ParsedSentence, region: tuple[int, int]) -> list[tuple[int, int]]:
    """The coordinated phrases of the region, each with the prepositional phrases after it.

    Of phrases side by side with no conjunction (an apposition) all count as one part.
    """
    tokens = sentence.tokens
    phrases = [p for p in sentence.phrases_between(*region) if not _in_relative(sentence, p, region[0])]
    heads = [
        p
        for i, p in enumerate(phrases)
        if i == 0 or p.preposition is None or _joined(sentence, p, phrases[0].preposition)
    ]
    if not any(t.tag == Tag.COORDINATOR for t in tokens[region[0] : region[1] + 1]) and not _headline(sentence, heads):
        heads = heads[:1]
    if not heads:
        return [region]
    bounds = [p.first for p in heads] + [region[1] + 1]
    return [(bounds[i], bounds[i + 1] - 1) for i in range(len(heads))]


def _headline(sentence: ParsedSentence, phrases: list[NounPhrase]) -> bool:
    """Whether bare names stand side by side as headlines join them: "Chile, Peru must talk"."""
    return all(t.tag == Tag.NAME for p in phrases for t in sentence.tokens[p.first : p.last + 1])


def _joined(sentence: ParsedSentence, phrase: NounPhrase, preposition: str | None) -> bool:
    """Whether the phrase shares or repeats the preposition of the first one ("by X and Y", "on X and on Y")."""
    before = sentence.tokens[max(phrase.first - 2, 0) : phrase.first]
    return phrase.preposition == preposition and any(t.tag in (Tag.COORDINATOR, Tag.COMMA) for t in before)


def _in_relative(sentence: ParsedSentence, phrase: NounPhrase, start: int) -> bool:
    return any(t.tag == Tag.RELATIVE for t in sentence.tokens[start : phrase.first])


def _resolve(annotations: Annotations, sentence: ParsedSentence, first: int, last: int, index: int) -> tuple[str, ...]:
    tokens = sentence.tokens
    phrases = sentence.phrases_between(first, last)
    if not phrases:
        named = mentions_in(annotations, tokens[first].start, tokens[last].end)
        return (role_of(annotations, named[-1].actor_id, ""),) if named else ()
    phrase = phrases[0]
    if last < phrase.last:
        named = mentions_in(annotations, phrase.start, tokens[last].end)
        return (role_of(annotations, named[-1].actor_id, ""),) if named else ()
    head = tokens[phrase.head]
    if head.lower in ("we", "us") and len(phrases) > 1 and phrases[1].preposition in ("in", "of", "at"):
        among = (
            mentions_in(annotations, phrases[1].start, phrases[1].end) if phrases[1].first == phrase.last + 2 else ()
        )
        return tuple(role_of(annotations, m.actor_id, "") for m in among[-1:])
    if head.tag == Tag.PRONOUN:
        return _pronoun(annotations, sentence, head.lower, phrase, index)
    inside = mentions_in(annotations, phrase.start, phrase.end)
    titled = _titled(annotations, sentence, phrases)
    if titled is not None:
        return (role_of(annotations, titled.actor_id, ""),)
    at_head = [m for m in inside if m.end >= head.end] or mentions_at(annotations, head.start, tokens[last].end)
    if at_head:
        return (role_of(annotations, at_head[-1].actor_id, ""),)
    apposed = _apposed(annotations, sentence, phrases)
    if apposed is not None:
        return (role_of(annotations, apposed.actor_id, ""),)
    return _named_with(annotations, sentence, phrases, inside, index)


def _titled(annotations: Annotations, sentence: ParsedSentence, phrases: tuple[NounPhrase, ...]) -> Mention | None:
    """The person behind a title with "of": "Secretary of State Ann Lee"."""
    if len(phrases) < 2 or phrases[1].preposition != "of" or phrases[1].first != phrases[0].last + 2:
        return None
    if sentence.tokens[phrases[0].head].tag != Tag.NAME:
        return None
    named = mentions_in(annotations, phrases[1].start, phrases[1].end)
    last = named[-1] if named and named[-1].end == phrases[1].end else None
    return last if last is not None and last.actor_id.startswith("person:") else None


def _apposed(annotations: Annotations, sentence: ParsedSentence, phrases: tuple[NounPhrase, ...]) -> Mention | None:
    for before, phrase in itertools.pairwise(phrases):
        between = sentence.tokens[before.last + 1 : phrase.first]
        if len(between) == 1 and between[0].tag in (Tag.COMMA, Tag.OPEN):
            inside = mentions_in(annotations, phrase.start, phrase.end)
            if inside and inside[-1].end >= sentence.tokens[phrase.head].end:
                return inside[-1]
    return None


def _named_with(
    annotations: Annotations,
    sentence: ParsedSentence,
    phrases: tuple[NounPhrase, ...],
    inside: tuple[Mention, ...],
    index: int,
) -> tuple[str, ...]:
    """A common noun with the actor it belongs to: "the Japanese government", "members of NATO", "leaders in Tokyo"."""
    tokens = sentence.tokens
    phrase = phrases[0]
    noun = tokens[phrase.head].lower
    governing, member = noun in words_of("nouns", "governing"), noun in words_of("nouns", "members")
    near = inside
    for follower in phrases[1:2]:
        if follower.preposition in ("of", "in", "from", "at") and not near:
            near = mentions_in(annotations, follower.start, tokens[coordination_end(sentence, follower)].end)
    first = tokens[phrase.first]
    if first.tag == Tag.POSSESSIVE and first.lower in ("his", "her") and governing and not near:
        return country_of_person(annotations, first.start, index)
    if first.tag == Tag.POSSESSIVE and first.lower == "its" and noun in _OWN and not near:
        owner = _pronoun(annotations, sentence, "it", phrase, index)
        return tuple(who for who in owner if who.startswith(_COUNTRY))
    if near and (governing or member):
        owned = any(t.tag == Tag.GENITIVE for t in tokens[phrase.first : phrase.last + 1])
        chosen = []
        for mention in near:
            actor = role_of(annotations, mention.actor_id, noun)
            country = actor.startswith(_COUNTRY)
            if governing or (not country and not (owned and noun in _NOT_OF)):
                chosen.append(actor)
        return tuple(chosen)
    placed = next((p for p in phrases[1:] if p.preposition in ("in", "from", "at") and _is_name(sentence, p)), None)
    if near or placed is not None:
        return _seated(annotations, placed) if placed is not None and not near and governing else ()
    if any(t.tag == Tag.NAME and not flags_of(t.text) & Word.COMMON for t in tokens[phrase.first : phrase.head]):
        return ()
    return definite(annotations, sentence, phrase, noun, index)


def _seated(annotations: Annotations, place: NounPhrase) -> tuple[str, ...]:
    """Whom those govern who do it from a place: Brussels is the Union's, other capitals are their country's."""
    text = annotations.article.text
    house = houses().get(text[place.start : place.end])
    if house is not None:
        return (house.actor_id,)
    return tuple(f"{_COUNTRY}{found.code}" for found in countries_in(text, place.start, place.end)[:1])


def _is_name(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    return sentence.tokens[phrase.head].tag == Tag.NAME


def coordination_end(sentence: ParsedSentence, phrase: NounPhrase) -> int:
    """The last token of the phrases joined to `phrase` by commas and conjunctions."""
    end = phrase
    for following in sentence.phrases_between(phrase.last + 1, phrase.last + 30):
        between = sentence.tokens[end.last + 1 : following.first]
        if not between or not all(t.tag in (Tag.COMMA, Tag.COORDINATOR) for t in between):
            break
        end = following
    return end.last


def _pronoun(
    annotations: Annotations, sentence: ParsedSentence, word: str, phrase: NounPhrase, index: int
) -> tuple[str, ...]:
    before = actors_before(annotations, phrase.start, index)
    if word == "it":
        who = _subject_before(sentence, phrase.first)
        told = _of_phrases(annotations, sentence, who, index)
        told = told or told_last(annotations, index)
        same = told if len(told) == 1 and not told[0].startswith("person:") else ()
        if not same and (_unnamed(sentence, who) or _unnamed_body(annotations, index)):
            return ()
        return same or nearest(before, lambda a: not a.startswith("person:"))
    if word in ("he", "she", "him", "her"):
        return nearest(before, lambda a: a.startswith("person:"))
    if word in ("they", "them"):
        who = _subject_before(sentence, phrase.first)
        told = _of_phrases(annotations, sentence, who, index) or told_last(annotations, index)
        return told if len(told) != 1 or not told[0].startswith("person:") else ()
    return ()


def _subject_before(sentence: ParsedSentence, first: int) -> tuple[NounPhrase, ...]:
    """The subject of the nearest clause before token `first`: "Oslo should not yield, nor should it"."""
    for group in reversed(sentence.groups):
        speaks = group.lemma in saying_verbs() and group.modal is None
        if group.last < first and group.form == "finite" and not speaks:
            return subject(sentence, group)
    return ()


def told_last(annotations: Annotations, index: int) -> tuple[str, ...]:
    """Who is the subject of the sentence before, in the same paragraph."""
    sentences = annotations.article.sentences
    if index == 0 or sentences[index - 1].paragraph != sentences[index].paragraph:
        return ()
    sentence = annotations.parsed(index - 1)
    finite = [g for g in sentence.groups if g.form == "finite"]
    who = subject(sentence, finite[0]) if finite else ()
    if who and sentence.tokens[who[0].head].lower in ("it", "they") and who[0].head == who[-1].head:
        return told_last(annotations, index - 1)
    joined = (g for g in finite[1:] if _joined_clause(sentence, g))
    told = (_of_phrases(annotations, sentence, subject(sentence, g), index - 1) for g in (*finite[:1], *joined))
    return next((found for found in told if found), ())


def _joined_clause(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether "and" opens the verb's clause, which has a subject of its own."""
    who = subject(sentence, group)
    opens = who[0].first - 1 if who else -1
    return opens > 0 and who[-1].last < group.first and sentence.tokens[opens].tag == Tag.COORDINATOR


def _unnamed_body(annotations: Annotations, index: int) -> bool:
    """Whether the sentence before is about a body without a name: "The international community should ..."."""
    sentences = annotations.article.sentences
    if index == 0 or sentences[index - 1].paragraph != sentences[index].paragraph:
        return False
    sentence = annotations.parsed(index - 1)
    group = next((g for g in sentence.groups if g.form == "finite"), None)
    who = subject(sentence, group) if group is not None else ()
    return _unnamed(sentence, who) and not _of_phrases(annotations, sentence, who, index - 1)


def _unnamed(sentence: ParsedSentence, phrases: tuple[NounPhrase, ...]) -> bool:
    unnamed = _BODIES_WITHOUT_NAME | words_of("nouns", "papers")
    return len(phrases) == 1 and sentence.tokens[phrases[0].head].lower in unnamed


def _of_phrases(
    annotations: Annotations, sentence: ParsedSentence, phrases: tuple[NounPhrase, ...], index: int
) -> tuple[str, ...]:
    if phrases and sentence.tokens[phrases[0].head].lower in words_of("nouns", "papers"):
        return ()
    if not phrases or (phrases[0].head == phrases[-1].head and sentence.tokens[phrases[0].head].tag == Tag.PRONOUN):
        return ()
    verb = next((g.first for g in sentence.groups if g.first > phrases[-1].last), len(sentence.tokens))
    end = with_tail(sentence, phrases[-1].last, verb - 1)
    return addressee_ids(annotations, sentence, (phrases[0].first, end), index)
