"""Headlines in capitals, whose verb a capital does not make a name: "Peru Raises Tariffs on Chile's Fish"."""

from __future__ import annotations

from typing import Final

from communique.extraction.grammar.forms import END, Form
from communique.extraction.grammar.nouns_or_verbs import ends_in_plural
from communique.extraction.grammar.words import Tag

_IN_LOWER_CASE: Final = (Tag.NOMINAL, Tag.UNSETTLED, Tag.ADVERB)
_VERBS: Final = (Tag.BASE, Tag.THIRD, Tag.PAST, Tag.PARTICIPLE, Tag.GERUND, Tag.MODAL, Tag.BE, Tag.HAVE)
_OBJECTS: Final = (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NUMBER, Tag.CURRENCY, Tag.NAME)
_FEWEST: Final = 4


def heads_clause(forms: list[Form], tags: list[int], i: int) -> bool:
    """Whether the capitalised form at `i` is the verb of a headline: the first that can be one, behind a name.

    What can be a plural noun too needs an object behind it.  `tags` are the classes of the forms before it.
    """
    verb = forms[i].verb
    if verb is None or not verb.third or tags[-1] not in (Tag.NAME, Tag.CLOSE) or ends_in_plural(forms[i - 1].lower):
        return False
    after = forms[i + 1].guess if i + 1 < len(forms) else END.guess
    if verb.noun and after not in _OBJECTS:
        return False
    return not any(tag in _VERBS for tag in tags) and _in_capitals(forms)


def _in_capitals(forms: list[Form]) -> bool:
    """Whether all words but those of closed classes are capitalised and no full stop ends them."""
    if len(forms) < _FEWEST or forms[-1].text == ".":
        return False
    return not any(not form.capital and form.guess in _IN_LOWER_CASE for form in forms)
