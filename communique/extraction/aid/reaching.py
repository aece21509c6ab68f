"""How a phrase reaches whom it names: joined to a people, right behind a verb, as what is to be kept in check."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag


def is_joined(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether "and" joins a phrase to a state's people: "to the people and government of X"."""
    if phrase.preposition is not None or not phrase.first:
        return False
    joint = sentence.tokens[phrase.first - 1].tag == Tag.COORDINATOR
    return joint and sentence.tokens[phrase.head].lower in aid_words().states


def is_opposed(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase names whom something is meant to keep in check: "$5m to deter Russia"."""
    group = sentence.group_at(sentence.tokens[phrase.first - 1].start) if phrase.first else None
    return group is not None and phrase.preposition is None and group.lemma in word_set("beneficiaries", "opposing")


def is_object(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase stands right behind a verb, or in a list."""
    before = sentence.tokens[phrase.first - 1] if phrase.first else None
    return before is not None and (
        sentence.group_at(before.start) is not None or before.tag in (Tag.COORDINATOR, Tag.COMMA)
    )


_APART = frozenset({"top", "addition", "besides", "alongside"})


def apart_from(sentence: ParsedSentence, first: int, until: int) -> int:
    """The last token in `[first, until)` behind which a sum is told besides another: "$5m for Chad, on top of $8m"."""
    return max((i for i in range(first, until) if sentence.tokens[i].lower in _APART), default=0)


def trimmed(sentence: ParsedSentence, phrase: NounPhrase, before: int) -> NounPhrase:
    """The part of a phrase before a token: "the country" of "gave the country 900 million kronor"."""
    last = before - 1
    return replace(phrase, last=last, head=last, end=sentence.tokens[last].end)


def is_given_aid(sentence: ParsedSentence, i: int) -> bool:
    """Whether a token is the participle of aid that is given: "aid provided to Chad"."""
    group = sentence.group_at(sentence.tokens[i].start) if i > 0 else None
    given = group is not None and group.form == "participle" and group.lemma in aid_words().goods_verbs
    return given and sentence.tokens[i - 1].lower in aid_words().aid_nouns


def are_people(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase names people helped, the place where they are following: "to victims in Chad"."""
    return not aid_words().beneficiaries.isdisjoint(lowers(sentence, phrase.first, phrase.last))


def helps_the_needy(sentence: ParsedSentence, first: int, until: int) -> bool:
    """Whether tokens `[first, until)` say that people in need are to be helped: "to assist families hit by", "for
    victims of".
    """
    for phrase in sentence.phrases_between(first, min(until, first + _IN_SIGHT) - 1):
        group = sentence.group_at(sentence.tokens[phrase.first - 1].start)
        helped = group is not None and group.first >= first and group.lemma in word_set("beneficiaries", "helping")
        if not helped and phrase.preposition not in ("to", "for"):
            continue
        words = set(lowers(sentence, phrase.first, phrase.last))
        struck = set(lowers(sentence, phrase.last + 1, phrase.last + 3)) & word_set("beneficiaries", "hit")
        if words & word_set("beneficiaries", "needy") or (struck and words & aid_words().beneficiaries):
            return True
    return False


_IN_SIGHT = 16


def ends_adverbial(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase closes the words of place that open a sentence: "At his first stop in Chad, he promised"."""
    after = sentence.tokens[phrase.last + 1 : phrase.last + 2]
    opens = sentence.tokens[0].lower in ("in", "at", "on", "during")
    verbs = any(g.first < phrase.first for g in sentence.groups)
    return opens and [t.tag for t in after] == [Tag.COMMA] and not verbs


def opens_with_need(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    """Whether a phrase ends the opening words of a sentence on what struck: "After the earthquake in Chad"."""
    if any(g.first < phrase.first for g in sentence.groups if g.form != "gerund"):
        return False
    return not set(aid_words().causes["suffered"]).isdisjoint(lowers(sentence, 0, phrase.first - 1))
