"""Whether what a sentence says amounts to a statement of aid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.extraction.aid.acts import Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.naming import Giver
from communique.extraction.aid.taking import CUTTING
from communique.extraction.aid.words import aid_words
from communique.extraction.money.currencies import currencies_of_country


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with its parties: `named` is a beneficiary or fund that the sentence itself names, `recipient` the
    one it or the context gives; `follows` says that the sentence has a row already, `in_aid` that the article is about
    aid, `in_need` that the sum is for people in need or a body that helps them.
    """

    bound: Bound
    giver: Giver
    donor: str | None
    named: str | None
    recipient: str | None
    follows: bool
    in_aid: bool
    in_need: bool = False

    @property
    def someone(self) -> bool:
        """Whether either party is known."""
        return self.donor is not None or self.recipient is not None

    @property
    def taken_over(self) -> bool:
        """Whether the donor is taken over from the context."""
        return self.giver.elsewhere and self.donor is not None

    @property
    def speaks(self) -> bool:
        """Whether the words for what is given speak of aid here."""
        theme = self.bound.theme
        return theme.is_aid or (theme.is_broad and (self.named is not None or self.in_aid or self.taken_over))


def stands(claim: Claim) -> bool:
    """Whether theme, act and parties together speak of aid."""
    if claim.donor is not None and claim.donor == claim.recipient:
        return False
    if claim.bound.theme.amount is None:
        return _goods_stand(claim)
    if claim.bound.position == "part":
        return claim.someone or claim.giver.unnamed
    if claim.bound.position == "label":
        known = claim.recipient is not None or claim.in_aid or claim.follows or _is_donation(claim)
        return claim.donor is not None and known
    if claim.bound.position == "item":
        return claim.follows or claim.donor is not None or claim.giver.unnamed
    act = claim.bound.act
    if claim.giver.unknown and claim.donor is None:
        if claim.giver.commercial:
            return False
        return claim.speaks and ":" in (claim.named or "") and (act is None or act.sort is not Sort.RECEIVING)
    return _BY_SORT[act.sort](claim) if act is not None else _noun_alone(claim)


def _goods_stand(claim: Claim) -> bool:
    act = claim.bound.act
    strong = act is not None and act.sort is Sort.STRONG
    if act is not None and act.lemma == "accept" and not (claim.bound.theme.is_aid or claim.giver.sourced):
        return False
    flows = act is not None and act.sort in (Sort.STOPPING, Sort.RESTORING) and claim.bound.theme.is_broad
    return claim.donor is not None and (
        (flows and claim.in_aid)
        or claim.bound.theme.is_aid
        or strong
        or claim.recipient is not None
        or claim.named is not None
        or claim.in_need
    )


def _noun_alone(claim: Claim) -> bool:
    told = claim.named is not None or claim.in_aid or claim.giver.elsewhere or claim.follows
    known = claim.donor is not None and told
    named = claim.bound.theme.is_aid and ":" in (claim.named or "")
    return (claim.speaks and known) or named or _is_donation(claim)


def _is_donation(claim: Claim) -> bool:
    """Whether a state's donation is named, which is aid whoever gets it."""
    return not _DONATED.isdisjoint(claim.bound.theme.nouns[:1]) and (claim.donor or "").startswith(_PUBLIC)


_DONATED = frozenset({"donation", "donations", "gift", "gifts"})


def _strong(claim: Claim) -> bool:
    act, known = claim.bound.act, claim.recipient is not None
    if act is not None and (act.lemma == "forgive" or act.lemma in aid_words().gathering_verbs):
        return known or claim.named is not None or (claim.speaks and claim.giver.unnamed)
    promised = (known or claim.in_aid) and act is not None and act.lemma in _PLAIN and claim.bound.position == "subject"
    promised = promised or (
        known and act is not None and act.lemma in _PLAIN and act.group is not None and act.group.passive
    )
    return claim.donor is not None or claim.giver.unnamed or promised or (known and claim.speaks)


_OF_AGENCIES = frozenset({"invest", "program", "programme", "expend"})
"""What is aid where an aid agency does it: others invest for themselves."""
_GATHERED = frozenset({"raise", "collect"})
_PLAIN = frozenset({"pledge", "promise", "donate", "disburse"})


def _weak(claim: Claim) -> bool:
    theme, act = claim.bound.theme, claim.bound.act
    if act is not None and act.lemma in _OF_AGENCIES and claim.giver.agency is None:
        return False
    if act is not None and act.lemma in _GATHERED and not theme.is_aid:
        return claim.named is not None and (claim.giver.unnamed or (claim.donor or "").startswith("other_"))
    if theme.is_aid:
        return claim.donor is not None or claim.giver.unnamed or claim.named is not None
    if claim.donor is None:
        handed = act is not None and act.lemma in aid_words().handing and _is_foreign(claim)
        if act is not None and claim.bound.position == "subject" and claim.in_aid and claim.recipient is not None:
            handed = handed or not theme.nouns
        if act is not None and act.lemma in _CHIPPING and claim.giver.unnamed and claim.recipient is not None:
            return True
        return claim.giver.unnamed and (handed or (theme.is_broad and claim.in_aid))
    if claim.follows or claim.named or claim.in_need or claim.giver.agency is not None:
        return True
    known = claim.recipient is not None and (theme.is_broad or claim.in_aid)
    known = known or (act is not None and act.lemma == "send" and not theme.nouns and not claim.taken_over)
    return known or (claim.taken_over and theme.is_broad) or (claim.in_aid and _is_handing(claim))


_CHIPPING = frozenset({"chip", "stump", "cough", "fork", "shell", "kick"})


def _is_foreign(claim: Claim) -> bool:
    """Whether the beneficiary named is a country whose own money the sum is not: no government's spending at home."""
    country = (claim.named or "").removeprefix("country:")
    amount, own = claim.bound.theme.amount, currencies_of_country().get(country, ())
    return country != (claim.named or "") and amount is not None and amount.currency not in own


def _is_handing(claim: Claim) -> bool:
    """Whether the verb hands a bare sum, or one of money, to somebody."""
    act, theme = claim.bound.act, claim.bound.theme
    return act is not None and act.lemma in aid_words().handing and (theme.is_broad or not theme.nouns)


def _noun(claim: Claim) -> bool:
    return (claim.speaks and claim.someone) or (claim.donor is not None and claim.named is not None)


def _flow(claim: Claim) -> bool:
    if not _UNDERTAKEN.isdisjoint(claim.bound.theme.nouns[:1]) and claim.giver.agency is None:
        return False
    act = claim.bound.act
    if act is not None and act.lemma in CUTTING and not (claim.named or claim.in_aid):
        return False
    return (claim.speaks or claim.giver.agency is not None) and claim.someone


_UNDERTAKEN = frozenset({"project", "projects"})
"""What is given up by those for whom it is, too."""


def _received(claim: Claim) -> bool:
    if claim.giver.agency is not None and claim.donor is None:
        return claim.speaks
    told = claim.bound.theme.is_aid or claim.bound.theme.is_broad or claim.giver.agency is not None or claim.taken_over
    sent = claim.named is not None or (claim.in_aid and bool(claim.giver.ids) and not claim.giver.elsewhere)
    states = sent and (claim.donor or "").startswith(_PUBLIC) and not claim.bound.theme.nouns
    if claim.bound.act is not None and claim.bound.act.lemma == "get" and not (told and claim.speaks):
        return claim.named is not None and claim.in_aid and claim.donor is not None and not claim.giver.unknown
    yearly = claim.bound.theme.is_aid and claim.recipient is not None and not claim.giver.unknown
    return ((told or states) and claim.donor is not None and claim.recipient is not None) or yearly


_PUBLIC = ("country:", "international_organisation:")


def _moved(claim: Claim) -> bool:
    if claim.bound.theme.is_home and (claim.donor is None or claim.taken_over) and not claim.giver.unnamed:
        return False
    givers = claim.donor is not None or claim.giver.unnamed
    bare = givers and not claim.bound.theme.nouns
    act = claim.bound.act
    sourced = act is not None and act.lemma == "come" and claim.in_aid
    going = act is not None and act.lemma != "be"
    sourced = sourced or (going and claim.giver.elsewhere and givers and claim.in_aid)
    sourced = sourced or (going and claim.follows and givers and bare)
    stated = act is not None and not going and act.status in ("pledged", "suspended") and claim.in_aid
    owned = claim.recipient is not None and claim.in_aid and not claim.giver.elsewhere
    return (claim.named is not None or sourced or owned or stated) and (claim.speaks or bare)


def _total(claim: Claim) -> bool:
    act = claim.bound.act
    if act is not None and act.lemma == "be" and not (claim.speaks or claim.in_aid or claim.named):
        return False
    return claim.someone or (claim.giver.unnamed and claim.in_aid)


_BY_SORT: dict[Sort, Callable[[Claim], bool]] = {
    Sort.STRONG: _strong,
    Sort.WEAK: _weak,
    Sort.NOUN: _noun,
    Sort.STOPPING: _flow,
    Sort.RESTORING: _flow,
    Sort.RECEIVING: _received,
    Sort.MOVING: _moved,
    Sort.TOTAL: _total,
}
