"""Conditions on what is said of a measure: "if Peru puts a duty on", "will raise it unless"."""

from __future__ import annotations

import re

from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

SAME_IN_PAST = frozenset({"hit", "put", "set", "cut"})
"""Verbs whose past has the form of their base."""

_FORETELLING = frozenset({"could", "may", "might", "will", "would"})
_OPENING = frozenset({Tag.SUBORDINATOR, Tag.BREAK, Tag.RELATIVE, Tag.COMMA})
_CONDITION = re.compile(r"\b(?:if|unless|should .{3,40} (?:win|fail|refuse|not)|in the event)\b", re.IGNORECASE)


def conditional(sentence: ParsedSentence, text: str, group: VerbGroup) -> bool:
    """Whether a condition hangs on the verb, and not only on one joined to it later in the sentence."""
    return any(_hangs_on(sentence, found, group) for found in _CONDITION.finditer(text, sentence.start, sentence.end))


def _hangs_on(sentence: ParsedSentence, found: re.Match[str], group: VerbGroup) -> bool:
    """Whether the condition is one of the verb: no stop and no other verb of what is to come parts them."""
    if any(t.tag == Tag.BREAK for t in sentence.tokens[sentence.token_at(found.end()) : group.first]):
        return False
    later = (g for g in sentence.groups if group.last < g.first and g.end <= found.start())
    if any(g.modal in _FORETELLING and g.form == "finite" for g in later):
        return False
    behind = found.group().lower() == "if" and found.start() > group.end
    return not (behind and group.modal == "will" and _names_a_class(sentence, found.end()))


def _names_a_class(sentence: ParsedSentence, offset: int) -> bool:
    """Whether the clause behind "if" tells of the past, and so who is meant: "will pay 9% if they took part"."""
    told = next((g for g in sentence.groups if g.start >= offset), None)
    return told is not None and told.form == "finite" and (told.tense == "past" or told.perfect) and told.modal is None


def hypothetical(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the verb stands in a clause of condition: "if Peru puts a duty on"."""
    tokens = sentence.tokens
    if group.form != "finite" or group.perfect:
        return False
    if group.tense == "past" and group.lemma not in SAME_IN_PAST and not _would_follow_from(sentence, group):
        return False
    for i in range(group.first - 1, max(-1, group.first - 9), -1):
        if tokens[i].tag == Tag.SUBORDINATOR:
            return tokens[i].lower in ("if", "unless", "whether", "lest")
        if tokens[i].tag in (Tag.COMMA, Tag.BREAK, Tag.RELATIVE, Tag.MODAL) or sentence.group_at(tokens[i].start):
            return False
    return False


def still_ahead(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the present tells of what is to come: "will take effect after Peru imposes a duty on"."""
    if group.form != "finite" or group.tense != "present" or group.perfect or group.modal is not None:
        return False
    opener = next((i for i in range(group.first - 1, -1, -1) if sentence.tokens[i].tag in _OPENING), None)
    before = [g for g in sentence.groups if opener is not None and g.last < opener]
    opened = opener is not None and sentence.tokens[opener].lower in ("after", "once", "when", "before", "until")
    return opened and any(g.tense == "future" or g.modal == "will" for g in before)


def _would_follow_from(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether another clause says what would come of it: "if Peru retaliated with duties, he would raise his"."""
    return any(g.modal in ("would", "could", "might") for g in sentence.groups if g is not group)
