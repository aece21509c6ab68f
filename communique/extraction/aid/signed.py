"""What a state signs with a lender, which gives it: "Chad reached a deal with the IMF on a $5 million loan"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.naming import Giver
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import clause_end
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles

_SIGNING: Final = frozenset({"sign", "ink", "conclude", "agree", "reach", "strike", "clinch", "negotiate", "seal"})
_PACTS: Final = frozenset({"agreement", "agreements", "deal", "pact", "accord", "understanding"})


def signed_with(sentence: ParsedSentence, roles: Roles, group: VerbGroup) -> str | None:
    """The lender with which the subject of a verb signs something."""
    if group.lemma not in _SIGNING or group.passive or group.negated or group.form == "participle":
        return None
    for phrase in sentence.phrases_between(group.last + 1, clause_end(sentence, group)):
        if phrase.preposition == "with":
            named = (roles.role(m.actor_id) for m in roles.mentions_in(phrase.start, phrase.end))
            return next((role for role in named if role in aid_words().lenders), None)
    return None


def signed(sentence: ParsedSentence, roles: Roles, theme: Theme) -> Bound | None:
    """The sum that a pact with a lender is about: "signed an agreement with the Bank for $5 million"."""
    above = next((g for g in reversed(sentence.groups) if g.last < theme.first and g.form == "finite"), None)
    if above is None or theme.first > clause_end(sentence, above) or signed_with(sentence, roles, above) is None:
        return None
    between = sentence.tokens[above.last + 1 : theme.first]
    if not any(t.lower in _PACTS for t in between) or any(t.tag == Tag.COMMA for t in between):
        return None
    status = aid_words().weak.get(above.lemma, "pledged")
    return Bound(theme, Act(Sort.WEAK, above.lemma, status, above.first, above.last, above), "object")


def _source(sentence: ParsedSentence, roles: Roles, theme: Theme) -> str | None:
    """The lender right behind a sum with "from": "expects additional funding of $5 million from the Bank"."""
    behind = sentence.phrases_between(theme.last + 1, theme.last + 3)[:1]
    named = (
        roles.role(m.actor_id) for p in behind if p.preposition == "from" for m in roles.mentions_in(p.start, p.end)
    )
    return next((role for role in named if role in aid_words().lenders), None)


def of_lender(sentence: ParsedSentence, roles: Roles, bound: Bound, giver: Giver) -> Giver:
    """The lender as the giver of what a state signs with it, the state as the other party."""
    group = bound.act.group if bound.act is not None else None
    if bound.theme.amount is None:
        return giver
    lender = signed_with(sentence, roles, group) if group is not None else None
    lender = lender or _source(sentence, roles, bound.theme)
    if lender is None or len(giver.ids) != 1 or not giver.ids[0].startswith("country:"):
        return giver
    return replace(giver, ids=(lender,), partner=giver.ids[0])
