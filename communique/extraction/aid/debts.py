"""Debts that a creditor gives up, which are aid although a debt is none."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.stated import stated
from communique.extraction.aid.syntax import edge_between, lowers
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup

_REACH = 12


def forgiven(sentence: ParsedSentence, theme: Theme) -> Bound | None:
    """The debt as a statement of aid where a verb before or behind it gives it up, else None."""
    words = aid_words()
    owed = "owed" in lowers(sentence, theme.last + 1, theme.last + 4)
    if not (owed or words.debts & {*theme.nouns, *lowers(sentence, theme.first - 4, theme.last + 4)}):
        return None
    for group in reversed([g for g in sentence.groups if g.last < theme.first]):
        near = theme.first - group.last <= _REACH and not edge_between(sentence, group.last, theme.first)
        if near and not group.passive and _gives_up(sentence, group):
            return _bound(sentence, group, theme, "object")
        if group.form == "finite":
            break
    noun = next((w for w in lowers(sentence, theme.first - 5, theme.first - 1) if w in _WRITING_OFF), None)
    above = next((g for g in reversed(sentence.groups) if g.last < theme.first), None)
    if noun is not None and above is not None and not above.passive and aid_words().gives_or_stops(above.lemma):
        return _bound(sentence, above, theme, "object")
    after = next((g for g in sentence.groups if g.first > theme.last and g.lemma != "owe"), None)
    if after is not None and after.passive and after.first - theme.last <= _REACH and _gives_up(sentence, after):
        return _bound(sentence, after, theme, "subject")
    return None


_WRITING_OFF = frozenset({"cancellation", "forgiveness", "write-off", "writing-off", "relief", "annulment"})


def _gives_up(sentence: ParsedSentence, group: VerbGroup) -> bool:
    particle = lowers(sentence, group.last + 1, group.last + 1)
    return not aid_words().forgiving.isdisjoint((group.lemma, " ".join([group.lemma, *particle])))


def _bound(sentence: ParsedSentence, group: VerbGroup, theme: Theme, position: str) -> Bound | None:
    words = aid_words()
    base = words.weak.get(group.lemma, "provided") if group.lemma not in words.forgiving else "provided"
    status, void = stated(sentence, group, base, words)
    if void:
        return None
    act = Act(Sort.STRONG, "forgive", status, group.first, group.last, group)
    return Bound(replace(theme, is_aid=True, is_other=False), act, position)
