"""Small questions of syntax that the reading of aid asks again and again."""

from __future__ import annotations

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_SELVES = frozenset({"itself", "himself", "herself", "themselves", "alone", "today", "yesterday"})
_CLAUSE_EDGES = frozenset({Tag.BREAK, Tag.SUBORDINATOR})


def in_relative(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the group stands in a relative clause: a relative pronoun before it, no verb or joint between."""
    for i in range(group.first - 1, max(-1, group.first - 9), -1):
        token = sentence.tokens[i]
        if token.tag == Tag.RELATIVE:
            told = token.lower == "that" and i > 0 and sentence.group_at(sentence.tokens[i - 1].start) is not None
            return not told
        if (
            token.tag in (Tag.COMMA, Tag.BREAK, Tag.COORDINATOR, Tag.QUOTE)
            or sentence.group_at(token.start) is not None
        ):
            return False
    return False


def groups_between(sentence: ParsedSentence, first: int, last: int) -> list[VerbGroup]:
    """The verb groups that lie wholly between two tokens."""
    return [g for g in sentence.groups if g.first > first and g.last < last]


def edge_between(sentence: ParsedSentence, first: int, last: int) -> bool:
    """Whether a clause boundary (colon, dash, subordinator) stands between two tokens."""
    return any(sentence.tokens[i].tag in _CLAUSE_EDGES for i in range(first + 1, last))


def clause_first(sentence: ParsedSentence, first: int) -> int:
    """The first token of the clause that holds token `first`, by breaks and subordinators."""
    for i in range(first - 1, -1, -1):
        if sentence.tokens[i].tag in (Tag.BREAK, Tag.SUBORDINATOR):
            return i + 1
    return 0


def phrase_before(sentence: ParsedSentence, token: int) -> NounPhrase | None:
    """The noun phrase that ends right before a token, adverbs between passed over."""
    i = token - 1
    while i >= 0 and (sentence.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION) or sentence.tokens[i].lower in _SELVES):
        i -= 1
    return next((p for p in sentence.phrases if p.first <= i <= p.last < token), None) if i >= 0 else None


def before_interruption(sentence: ParsedSentence, comma: int) -> NounPhrase | None:
    """The phrase before a stretch between commas or dashes that ends at token `comma`: "Japan, as such, gave"."""
    mark = sentence.tokens[comma].text
    for i in range(comma - 1, max(0, comma - 14), -1):
        opens = mark != "," or sentence.tokens[i + 1].tag in (Tag.PREPOSITION, Tag.RELATIVE, Tag.ADVERB)
        if sentence.tokens[i].text == mark and opens:
            found = next((p for p in sentence.phrases if p.last == i - 1), None)
            return found if found is not None and found.preposition is None else None
    return None


def with_of(sentence: ParsedSentence, phrase: NounPhrase) -> tuple[NounPhrase, ...]:
    """A phrase with the "of" phrases that hang on it: "the leaders" + "of the G7"."""
    chain = [phrase]
    for following in sentence.phrases_between(phrase.last + 1, len(sentence.tokens)):
        if following.first != chain[-1].last + 2 or following.preposition != "of":
            break
        chain.append(following)
    return tuple(chain)


def lowers(sentence: ParsedSentence, first: int, last: int) -> list[str]:
    """The lower-case forms of tokens `first` to `last` inclusive."""
    return [t.lower for t in sentence.tokens[max(0, first) : last + 1]]
