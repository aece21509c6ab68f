"""Phrases before a verb that are not its subject: times, asides, what other verbs and phrases take."""

from __future__ import annotations

from typing import Final

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag, clause_takers

_TIME_HEADS: Final = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
        "september october november december today yesterday morning evening night day days week weeks month months "
        "year years decade decades"
    ).split()
)


def set_apart(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether the phrase only says who is not meant: "Oslo, not Bergen, must"."""
    before = [t.tag for t in sentence.tokens[max(0, phrase.first - 2) : phrase.first]]
    return before == [Tag.COMMA, Tag.NEGATION]


def elliptic(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether the phrase is all that a clause without a verb says: "Where possible, Oslo must"."""
    if phrase.first == 0 or phrase.first != phrase.last or sentence.tokens[phrase.first - 1].tag != Tag.SUBORDINATOR:
        return False
    word = sentence.tokens[phrase.first]
    return word.tag == Tag.NOMINAL and not word.lower.endswith("s")


def emphatic(sentence: ParsedSentence, phrases: list[NounPhrase], i: int) -> bool:
    """Whether the phrase only stresses the one right before it: "the cabinet itself"."""
    word = sentence.tokens[phrases[i].head].lower
    return word.endswith(("self", "selves")) and i > 0 and phrases[i - 1].last == phrases[i].first - 1


def bracketed(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether brackets hold the phrase alone: "the Centre for Law (CFL)"."""
    tokens = sentence.tokens
    opened = phrase.first > 0 and tokens[phrase.first - 1].tag == Tag.OPEN
    return opened and phrase.last + 1 < len(tokens) and tokens[phrase.last + 1].tag == Tag.CLOSE


def ends_modifier(sentence: ParsedSentence, phrases: list[NounPhrase], i: int) -> bool:
    """Whether "and" joins the phrase to a prepositional one behind the real subject: "rates on tin and zinc will"."""
    phrase = phrases[i]
    if phrase.first == 0 or i < 2:
        return False
    if sentence.tokens[phrase.first - 1].tag == Tag.COMMA or phrases[i - 1].preposition is None:
        return _in_list_of_names(sentence, phrases, i)
    joined = phrases[i - 1]
    if not _joins(sentence, phrase.first - 1) or joined.last != phrase.first - 2:
        return False
    return any(p.preposition is None for p in phrases[: i - 1])


def _in_list_of_names(sentence: ParsedSentence, phrases: list[NounPhrase], i: int) -> bool:
    """Whether the phrase is of a list of names behind the real subject: "duties on fish from Peru, Chile and Ghana"."""
    tokens = sentence.tokens
    behind = [t.tag for t in tokens[phrases[i].last + 1 : phrases[i].last + 3] if t.tag != Tag.COMMA]
    joint = tokens[phrases[i].first - 1].tag
    if joint != Tag.COORDINATOR and (not behind or behind[0] != Tag.COORDINATOR):
        return False
    k = i
    while k > 0 and tokens[phrases[k].head].tag == Tag.NAME and not is_time(sentence, phrases[k]):
        if phrases[k].preposition is not None:
            return any(p.preposition is None and not object_of_dependent(sentence, p) for p in phrases[:k])
        between = tokens[phrases[k - 1].last + 1 : phrases[k].first]
        if not between or len(between) > 2 or any(t.tag not in (Tag.COMMA, Tag.COORDINATOR) for t in between):
            return False
        k -= 1
    return False


def _joins(sentence: ParsedSentence, i: int) -> bool:
    """Whether the conjunction at token `i` joins phrases: what stands behind "but" opens a clause."""
    token = sentence.tokens[i]
    return token.tag == Tag.COORDINATOR and token.lower not in ("but", "yet")


def object_of_dependent(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether an infinitive, gerund or participle stands right before the phrase and takes it as its object."""
    i = phrase.first - 1
    while i >= 0 and sentence.tokens[i].tag == Tag.ADVERB:
        i -= 1
    if i > 0 and _joins(sentence, i):
        joined = next((p for p in sentence.phrases_between(0, i) if p.last == i - 1), None)
        return joined is not None and joined.preposition is None and object_of_dependent(sentence, joined)
    verb = sentence.group_at(sentence.tokens[i].start) if i >= 0 else None
    return verb is not None and verb.form != "finite"


def temporal_apposition(sentence: ParsedSentence, phrase: NounPhrase, group: VerbGroup) -> bool:
    """Bare time adverbials between subject and verb ("Japan this week pledged", "the minister on Monday said")."""
    return phrase.last == group.first - 1 and is_time(sentence, phrase) and phrase.first > 0


def is_time(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase names a time by its first word or head, or is the year of a date: "On May 1, 2017, Peru"."""
    year = sentence.tokens[phrase.first]
    if phrase.first == phrase.last and len(year.text) == 4 and year.text.isdigit():
        return True
    return any(sentence.tokens[i].lower in _TIME_HEADS for i in (phrase.first, phrase.head))


def closes_list(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether the phrase is the last of a list (", and Peru"), after which a comma opens no apposition."""
    i = phrase.first - 1
    if i <= 0 or sentence.tokens[i].tag != Tag.COORDINATOR:
        return False
    return sentence.tokens[i - 1].tag == Tag.COMMA or _joined_object(sentence, i)


def _joined_object(sentence: ParsedSentence, joint: int) -> bool:
    """Whether what stands before the "and" at token `joint` is the object of a verb: "will lift duties and levies"."""
    before = sentence.phrase_at(sentence.tokens[joint - 1].start)
    group = sentence.group_at(sentence.tokens[before.first - 1].start) if before is not None and before.first else None
    object_of = before is not None and before.last == joint - 1 and before.preposition is None
    return object_of and group is not None and group.form == "finite" and group.lemma not in clause_takers()
