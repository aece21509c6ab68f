"""Who does what a verb says, where the grammar finds no subject: in headlines, behind a time, before the verb."""

from __future__ import annotations

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles


def right_before(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The phrase right before the verb."""
    phrase = sentence.phrase_at(sentence.tokens[group.first - 1].start)
    return (phrase,) if phrase is not None else ()


def of_headline(sentence: ParsedSentence, group: VerbGroup) -> tuple[NounPhrase, ...]:
    """The subject of the infinitive with which a headline says what is to come: "Ghana to impose"."""
    alone = group.form == "infinitive" and not any(g.first < group.first for g in sentence.groups)
    phrase = right_before(sentence, group) if alone and group.first else ()
    return phrase if phrase and phrase[0].preposition is None else ()


def past_fronted(sentence: ParsedSentence, doers: tuple[NounPhrase, ...]) -> tuple[NounPhrase, ...]:
    """The subject behind a list that opens the sentence: the US of "On Peru and Chile, the US imposed duties"."""
    if len(doers) < 2 or sentence.tokens[0].tag != Tag.PREPOSITION or doers[0].first > 24:
        return doers
    between = sentence.tokens[doers[-2].last + 1 : doers[-1].first]
    return doers[-1:] if any(t.tag == Tag.COMMA for t in between) and len(between) == 1 else doers


def run_in(roles: Roles, sentence: ParsedSentence, group: VerbGroup, at: int) -> tuple[NounPhrase, ...]:
    """The name at token `at` that a time or an occasion runs into without a comma: "Under the pact Peru will"."""
    phrase = sentence.phrase_at(sentence.tokens[at].start)
    last = roles.mentions_in(phrase.start, phrase.end)[-1:] if phrase is not None and phrase.preposition else ()
    if phrase is None or not last or last[0].end != phrase.end or group.form != "finite":
        return ()
    first = sentence.token_at(last[0].start)
    led = first > phrase.first and sentence.tokens[first - 1].tag == Tag.NOMINAL
    return (NounPhrase(first, phrase.last, phrase.head, None, last[0].start, phrase.end),) if led else ()
