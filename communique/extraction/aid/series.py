"""Sums that follow one another: a list of them, and the purpose of one that ends before the next."""

from __future__ import annotations

from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.wanted import EXACTNESS
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag


def ends_purpose(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    """Whether a verb closes the purpose of the sum before: "$5m to help shops reopen and $3m"."""
    if _is_purpose_of_another(sentence, group, theme):
        return True
    if lowers(sentence, group.last + 1, theme.first - 1) != ["and"]:
        return False
    return any(g.form == "infinitive" and 0 <= group.first - g.first <= 8 for g in sentence.groups)


def _is_purpose_of_another(sentence: ParsedSentence, group: VerbGroup, theme: Theme) -> bool:
    """Whether an infinitive tells the purpose of the sum before in a list: "$5m to Mali to help farmers, $3m to"."""
    tokens = sentence.tokens
    edge = theme.first - 1
    while edge > group.last and tokens[edge].tag in (Tag.COMMA, Tag.COORDINATOR):
        edge -= 1
    after = lowers(sentence, theme.last + 1, theme.last + 1)
    listed = edge < theme.first - 1 and after[:1] in (["to"], ["in"], ["for"])
    if not listed or group.form != "infinitive" or are_sums(tokens[group.last + 1 : edge + 1]):
        return False
    before = tokens[max(0, group.first - 8) : group.first]
    return any(t.tag == Tag.NUMBER for t in before) and not any(t.tag == Tag.COMMA for t in before)


def are_sums(tokens: tuple[Token, ...]) -> bool:
    """Whether only sums of a list stand between a noun and a sum: "pledges of $5m, $4m and"."""
    kinds = (Tag.NUMBER, Tag.CURRENCY, Tag.COMMA, Tag.COORDINATOR)
    figures = [t for t in tokens if t.tag in kinds or t.lower in EXACTNESS or t.lower == "of"]
    return any(t.tag == Tag.NUMBER for t in tokens) and len(figures) == len(tokens)
