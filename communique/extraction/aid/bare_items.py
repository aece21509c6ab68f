"""Lines of a list that name aid or goods without a sum or a verb, under a line that says who gives."""

from __future__ import annotations

from communique.extraction.aid.binding import Bound
from communique.extraction.aid.lists import Lists
from communique.extraction.aid.syntax import with_of
from communique.extraction.aid.themes import phrase_theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag

_OPENING = 2


def bare_item(sentence: ParsedSentence, lists: Lists, index: int, text: str) -> Bound | None:
    """What a line like "Four generators for hospitals" lists as given; None where it tells of something else."""
    money = _opening_noun(sentence)
    first = money or next((p for p in sentence.phrases if p.preposition is None), None)
    if first is None or first.first > _OPENING or any(g.form == "finite" for g in sentence.groups):
        return None
    if lists.opened_by(index) is None:
        return None
    theme = phrase_theme(sentence, with_of(sentence, first), text)
    counted = sentence.tokens[first.first].tag == Tag.NUMBER
    goods = not aid_words().goods.isdisjoint(theme.nouns)
    if not (theme.is_aid or (theme.is_broad and counted) or goods or money is not None):
        return None
    return Bound(theme, None, "item", lists.promised(index))


def _opening_noun(sentence: ParsedSentence) -> NounPhrase | None:
    """The noun in -ing that opens a line and was read as a verb: "funding for the Red Cross"."""
    token, after = sentence.tokens[0], sentence.tokens[1:2]
    named = token.tag == Tag.GERUND and token.lower in aid_words().aid_nouns
    if not named or [t.tag for t in after] != [Tag.PREPOSITION]:
        return None
    return NounPhrase(0, 0, 0, None, token.start, token.end)
