"""Statements that share their parties: several donors of one act, one beneficiary of several sums."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.aid.binding import Bound
from communique.extraction.aid.naming import Giver
from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.wanted import EXACTNESS
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import ParsedSentence


def distributed(givers: list[Giver], bounds: tuple[Bound, ...], i: int, sentence: ParsedSentence) -> tuple[Giver, ...]:
    """The donors of statement `i` where an act has several: one each for as many sums, all where each gives the sum
    or no sum is named, else the first.
    """
    giver = givers[i]
    if len(giver.ids) < 2:
        return (giver,)
    if _is_each(sentence, bounds[i]) or bounds[i].theme.amount is None:
        return tuple(replace(giver, ids=(who,)) for who in giver.ids)
    same = [k for k, b in enumerate(bounds) if b.act is bounds[i].act and b.theme.amount is not None]
    rank = same.index(i) if i in same and len(same) == len(giver.ids) else 0
    return (replace(giver, ids=(giver.ids[rank],)),)


_EACH = frozenset({"each", "both"})


def _is_each(sentence: ParsedSentence, bound: Bound) -> bool:
    """Whether "each" or "both" behind the givers, or "each" behind a sum, says that every giver gives as much."""
    last, act = bound.theme.last, bound.act
    if bound.theme.amount is not None and not {"each", "apiece"}.isdisjoint(lowers(sentence, last + 1, last + 2)):
        return True
    return act is not None and not _EACH.isdisjoint(lowers(sentence, act.first - 4, act.last))


def between(giver: Giver, bound: Bound, in_need: str | None, agency: str | None) -> Giver:
    """The lender of what two sign, with the other as its partner: the one with the `agency`, else not the one
    `in_need`, else the first.
    """
    if bound.act is None or bound.act.lemma not in BETWEEN_PARTIES or len(giver.ids) != 2:
        return giver
    lends = giver.ids[1] in aid_words().lenders and giver.ids[0] not in aid_words().lenders
    last = lends or giver.ids[1] == agency or (giver.ids[0] == in_need and giver.ids[0] != agency)
    donor, partner = giver.ids[::-1] if last else giver.ids
    return replace(giver, ids=(donor,), partner=partner)


BETWEEN_PARTIES = frozenset({"sign", "ink", "exchange", "conclude", "agree"})


def _is_added_to(sentence: ParsedSentence, bound: Bound, following: Bound) -> bool:
    """Whether a sum is added to the next one: "added $5m to the $8m already pledged"."""
    act, between = bound.act, lowers(sentence, bound.theme.last + 1, following.theme.first - 1)
    return act is not None and act.lemma == "add" and between[:1] == ["to"] and EXACTNESS.issuperset(between[1:])


def shares_last(sentence: ParsedSentence, givers: list[Giver], bounds: tuple[Bound, ...], i: int) -> bool:
    """Whether the beneficiary of the last sum is that of sum `i` too: "Japan gave $5m and France $8m to Kenya"."""
    act = bounds[i].act
    if i + 2 == len(bounds) and _is_added_to(sentence, bounds[i], bounds[i + 1]):
        return True
    following = [k for k in range(i + 1, len(bounds)) if bounds[k].act is act]
    return act is not None and bool(following) and following[-1] == len(bounds) - 1 and givers[-1].gapped
