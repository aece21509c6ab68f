"""Which words can be the base form of a verb."""

from __future__ import annotations

from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag, verb_forms

_BASES = frozenset({Tag.BASE, Tag.BE, Tag.HAVE, Tag.DO})
_OF_VERBS = ("alise", "alize", "ilise", "ilize", "onise", "onize", "erise", "erize", "ify")
_PARTICLES = frozenset({"up", "out", "down", "off", "in", "back"})
_NO_BASES = frozenset({"is", "are", "was", "were", "has", "had", "did", "does", "been", "being", "am"})


def is_base(token: Token) -> bool:
    """Whether the token can be the base form of a verb."""
    if token.tag in _BASES:
        return token.lower not in _NO_BASES
    form = verb_forms().get(token.lower)
    if form is None and "-" in token.lower:
        stem, _, rest = token.lower.partition("-")
        return rest in _PARTICLES and stem in verb_forms() and Tag.BASE in verb_forms()[stem].tags
    if form is None:
        return token.tag == Tag.NOMINAL and token.lower.endswith(_OF_VERBS)
    return Tag.BASE in form.tags and token.tag in (Tag.NOMINAL, Tag.PREPOSITION)
