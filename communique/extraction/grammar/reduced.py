"""Past forms that stand for a reduced relative clause: "the aid pledged by Peru has arrived"."""

from __future__ import annotations

from typing import Final

from communique.extraction.grammar.phrases import in_phrase
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag, among, bits, clause_takers

_FINITE: Final = bits([Tag.PAST, Tag.THIRD, Tag.BE, Tag.HAVE, Tag.MODAL])
_EDGES: Final = bits([Tag.COMMA, Tag.BREAK, Tag.COORDINATOR, Tag.SUBORDINATOR, Tag.RELATIVE, Tag.QUOTE])
_EDGES_BEFORE: Final = _EDGES | bits([Tag.OPEN])
_ONLY_SAID: Final = frozenset({"say", "tell"})
_BEFORE: Final = bits([Tag.NOMINAL, Tag.NAME, Tag.COMMA, Tag.CLOSE, Tag.NUMBER, Tag.OTHER])


def is_reduced(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the past form at `i` is one: a nominal before it and "by" or a finite verb after."""
    if _of_a_sum(tokens, i) or _as_told(tokens, i):
        return True
    if i == 0 or not among(tokens[i - 1].tag, _BEFORE):
        return False
    following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    place = following == "at" and tokens[i - 1].tag != Tag.COMMA and tokens[i].lemma not in _ONLY_SAID
    if following == "by" or (place and tokens[min(i + 2, len(tokens) - 1)].lower not in ("least", "most")):
        return True
    if tokens[i - 1].tag == Tag.COMMA and i + 1 < len(tokens) and tokens[i + 1].tag == Tag.PREPOSITION:
        return _parenthesis(tokens, i)
    if tokens[i].lemma in clause_takers():
        return False
    if _inside_a_clause(tokens, i):
        return True
    if i + 1 >= len(tokens) or tokens[i + 1].tag != Tag.PREPOSITION:
        return False
    for token in tokens[i + 1 : i + 15]:
        if among(token.tag, _EDGES):
            return False
        if among(token.tag, _FINITE) and token.lower not in ("be", "been", "being"):
            return True
    return False


def _as_told(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the past form follows an "as" that opens the clause: "As set out in the order, the duties are"."""
    if i == 0 or tokens[i - 1].lower != "as" or i + 1 >= len(tokens):
        return False
    opens = i == 1 or tokens[i - 2].tag == Tag.COMMA
    return opens and tokens[i + 1].tag == Tag.PREPOSITION


def _of_a_sum(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a past form hangs on a figure before it: "builds on $5 million previously pledged for"."""
    j = i - 1
    while j > 0 and tokens[j].tag == Tag.ADVERB:
        j -= 1
    after = tokens[i + 1].tag if i + 1 < len(tokens) else Tag.BREAK
    return j > 0 and tokens[j].tag == Tag.NUMBER and after == Tag.PREPOSITION and _inside_a_clause(tokens, j + 1)


def _inside_a_clause(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the noun before the past form at `i` hangs on a preposition after a finite verb of its clause."""
    k = i - 1
    while k >= 0 and in_phrase(tokens[k].tag):
        k -= 1
    if k < 0 or tokens[k].tag != Tag.PREPOSITION:
        return False
    for token in reversed(tokens[max(0, k - 20) : k]):
        if among(token.tag, _EDGES_BEFORE):
            return False
        if among(token.tag, _FINITE):
            return token.lemma not in clause_takers()
    return False


def _parenthesis(tokens: tuple[Token, ...], i: int) -> bool:
    """A past form between commas before the main verb: "A levy, announced in March, was shelved"."""
    for k in range(i + 1, min(i + 14, len(tokens) - 1)):
        if tokens[k].tag == Tag.COMMA:
            return among(tokens[k + 1].tag, _FINITE)
        if tokens[k].tag in (Tag.BREAK, Tag.QUOTE):
            return False
    return False
