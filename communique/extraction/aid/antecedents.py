"""Who gives a sum by the clause behind it ("the $5m plan that Japan announced") or the name before it."""

from __future__ import annotations

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.syntax import in_relative, lowers, phrase_before
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag


def decided_behind(sentence: ParsedSentence, by_group: dict[int, Act], theme: Theme) -> Act | None:
    """What a clause behind a sum and its beneficiary says of it: "part of a $5m loan to Chad that Japan approved"."""
    end = sentence.token_at(theme.described[1] - 1)
    group = next((g for g in sentence.groups if g.first > end), None)
    if group is None or any(t.tag in (Tag.COMMA, Tag.BREAK) for t in sentence.tokens[end + 1 : group.first]):
        return None
    return by_group.get(group.first) if group.form == "participle" or in_relative(sentence, group) else None


def antecedent_of(sentence: ParsedSentence, by_group: dict[int, Act], theme: Theme) -> Act | None:
    """The act of a relative clause on the theme: "the $5m plan that Japan announced", "which was pledged by"."""
    phrase = next((p for p in sentence.phrases if p.first <= theme.first <= p.last), None)
    end = max(theme.last, phrase.last if phrase else 0, sentence.token_at(theme.described[1] - 1))
    if any(t.tag in (Tag.NUMBER, Tag.CURRENCY) for t in sentence.tokens[theme.last + 1 : end + 1]):
        return None
    opening = sentence.tokens[end + 1 : end + 3]
    relative = any(t.tag == Tag.RELATIVE for t in opening) or _opens_clause(sentence, end + 1)
    group = next((g for g in sentence.groups if g.first > end), None)
    act = by_group.get(group.first) if group is not None and relative else None
    if act is None or act.void or act.sort not in (Sort.STRONG, Sort.WEAK, Sort.STOPPING) or group is None:
        return None
    names = [p for p in sentence.phrases_between(end + 1, group.first - 1) if p.preposition is None]
    if group.passive:
        return act
    particle = lowers(sentence, group.last + 1, group.last + 1)
    end = group.last + (bool(particle) and (group.lemma, particle[0]) in aid_words().particles)
    follows = next((t for t in sentence.tokens[end + 1 : end + 2]), None)
    bare = follows is None or follows.tag in (
        Tag.NAME,
        Tag.COORDINATOR,
        Tag.PREPOSITION,
        Tag.COMMA,
        Tag.OTHER,
        Tag.BE,
        Tag.ADVERB,
        Tag.BREAK,
    )
    return act if names and bare else None


def _opens_clause(sentence: ParsedSentence, first: int) -> bool:
    """Whether a phrase with its verb follows at once, without a pronoun: "the $5m Japan gives to Kenya"."""
    phrase = next((p for p in sentence.phrases if p.first == first and p.preposition is None), None)
    return phrase is not None and any(g.first == phrase.last + 1 and g.form == "finite" for g in sentence.groups)


def comes_from(sentence: ParsedSentence, noun: int) -> NounPhrase | None:
    """The giver to whom "with" joins the noun at token `noun`: "Japan, with a pledge of $5m, was first"."""
    phrase = sentence.phrase_at(sentence.tokens[noun].start)
    if phrase is None or phrase.preposition != "with" or phrase.first < 3:
        return None
    comma = phrase.first - 2
    return phrase_before(sentence, comma) if sentence.tokens[comma].tag == Tag.COMMA else None
