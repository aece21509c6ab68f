"""Whether a noun of giving is said to come true, or only wished for, eased or hindered."""

from __future__ import annotations

from communique.extraction.aid.acts import Act
from communique.extraction.aid.syntax import edge_between, in_relative, lowers
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_PREPOSITIONS = frozenset({"of", "for", "to", "on", "about", "in", "against"})


def is_asserted(sentence: ParsedSentence, act: Act) -> bool:
    """Whether the words above and behind a noun of giving let it stand as a fact or a plan."""
    words = aid_words()
    first = _phrase_first(sentence, act)
    above = next((g for g in reversed(sentence.groups) if g.last < first), None)
    between = range((above.last if above else -1) + 1, first)
    if any(sentence.tokens[i].lower in words.wished_nouns and _hangs(sentence, i) for i in between):
        return False
    apart = above is None or edge_between(sentence, above.last, first) or _is_owned_item(sentence, above, first, act)
    if above is not None and not apart and _unasserting(sentence, above):
        return False
    after = next((g for g in sentence.groups if g.first > act.last and not in_relative(sentence, g)), None)
    if after is None or after.form != "finite" or edge_between(sentence, act.last, after.first):
        return True
    needed = after.lemma == "be" and bool(words.wished_words & set(lowers(sentence, after.last + 1, after.last + 3)))
    return not (needed or after.negated or after.modal in words.void_modals or after.lemma in words.wishing_verbs)


def _phrase_first(sentence: ParsedSentence, act: Act) -> int:
    phrase = next((p for p in sentence.phrases if p.first <= act.first <= p.last), None)
    return phrase.first if phrase is not None else act.first


def _is_owned_item(sentence: ParsedSentence, above: VerbGroup, first: int, act: Act) -> bool:
    """Whether the noun has an owner and a comma before it parts it from a verb ("welcome X and Japan's gift")."""
    owned = any(t.tag == Tag.GENITIVE for t in sentence.tokens[first : act.first])
    return owned and any(t.tag == Tag.COMMA for t in sentence.tokens[above.last + 1 : first])


def _hangs(sentence: ParsedSentence, i: int) -> bool:
    """Whether a preposition behind token `i` carries on to what it is about."""
    return any(word in _PREPOSITIONS for word in lowers(sentence, i + 1, i + 2))


def _unasserting(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb wishes for what follows it, eases, hinders or checks it, or is itself wished for."""
    words = aid_words()
    if group.lemma in words.wishing_verbs or group.negated or group.modal in words.void_modals:
        return True
    if group.form == "finite":
        return False
    above = next((g for g in reversed(sentence.groups) if g.last < group.first), None)
    if above is None or any(t.tag in (Tag.BREAK, Tag.COMMA) for t in sentence.tokens[above.last + 1 : group.first]):
        return False
    return _unasserting(sentence, above)
