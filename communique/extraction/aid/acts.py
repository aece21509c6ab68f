"""Acts of giving in a sentence: verb groups and nouns that promise, give, hold back or end something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Final

from communique.extraction.aid.parts import brackets_skipped
from communique.extraction.aid.stated import is_wished, stated
from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.vehicles import COMING_WITH, arrives_with_aid, carries_aid
from communique.extraction.aid.words import AidWords, aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_RETURNING: Final = frozenset(("make up", "pay back", "pay off"))
"""Verbs with their particles that settle what was owed or missing."""


class Sort(Enum):
    """How an act relates to what is given."""

    STRONG = "strong"
    WEAK = "weak"
    STOPPING = "stopping"
    RESTORING = "restoring"
    RECEIVING = "receiving"
    MOVING = "moving"
    TOTAL = "total"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Act:
    """A verb group (`group`) or a noun at tokens `first` to `last`.

    `status` is the AidStatus it states; `void` is true where nothing is stated: negated, demanded, only possible.
    """

    sort: Sort
    lemma: str
    status: str
    first: int
    last: int
    group: VerbGroup | None
    void: bool = False


def find_acts(sentence: ParsedSentence) -> tuple[Act, ...]:
    """The acts of a sentence in order."""
    words = aid_words()
    acts = [act for group in sentence.groups if (act := _verb(sentence, group, words))]
    acts += [act for i, token in enumerate(sentence.tokens) if (act := _noun(sentence, i, token.lower, words))]
    return tuple(sorted(acts, key=lambda act: act.first))


def _verb(sentence: ParsedSentence, group: VerbGroup, words: AidWords) -> Act | None:
    if _no_longer(sentence, group, words):
        return Act(Sort.STOPPING, group.lemma, "ended", group.first, group.last, group)
    found = _sort(sentence, group, words)
    if found is None:
        return None
    sort, base = found
    status, void = stated(sentence, group, base, words)
    if sort is Sort.RECEIVING and group.form == "infinitive":
        void = void or is_wished(sentence, group)
    if sort in (Sort.STOPPING, Sort.RESTORING) and status in ("pledged", "committed"):
        status = base
    if sort is Sort.STOPPING and status == "provided":
        sort = Sort.RESTORING
    return Act(sort, group.lemma, status, group.first, group.last, group, void)


def _no_longer(sentence: ParsedSentence, group: VerbGroup, words: AidWords) -> bool:
    """Whether a verb of giving says that what was given is given no more: "will no longer send aid to Chad"."""
    giving = group.lemma in words.strong or group.lemma in words.goods_verbs
    said = "longer" in lowers(sentence, group.first - 2, group.last)
    return giving and said and group.negated and group.modal not in words.void_modals


def _sort(sentence: ParsedSentence, group: VerbGroup, words: AidWords) -> tuple[Sort, str] | None:
    lemma = group.lemma
    if lemma == "give" and _consents(sentence, group):
        return Sort.WEAK, "committed"
    suffered = group.form == "participle" and lemma == "hit"
    if suffered or (group.form == "participle" and not _hangs_on_noun(sentence, group)):
        return None
    if f"{lemma} {_particle(sentence, group)}" in _RETURNING:
        return None
    if group.form == "gerund" and is_nominal(sentence, group.first):
        return None
    if group.form == "infinitive" and lemma in ("exceed", "surpass") and _is_ceiling(sentence, group):
        return None
    if lemma == "draw" and _from_own(sentence, group):
        return Sort.WEAK, "provided"
    if lemma in ("carry", "load") and carries_aid(sentence, group):
        return Sort.STRONG, "provided"
    if lemma in COMING_WITH and arrives_with_aid(sentence, group):
        return Sort.STRONG, "provided"
    if lemma == "put" and _puts_on_hold(sentence, group):
        return Sort.STOPPING, "suspended"
    particle = _particle(sentence, group)
    if particle == "from" and lemma == "benefit":
        return Sort.RECEIVING, "provided"
    if particle == "that" and lemma in ("add", "announce", "offer", "promise", "pledge"):
        return None
    if particle == "from" and lemma == "come":
        return Sort.MOVING, "provided"
    if lemma in words.gathering_verbs and not group.passive and _gathers(sentence, group, words):
        return Sort.STRONG, "pledged"
    if lemma in words.totalling and particle in ("by", "from") and not group.passive and group.form == "finite":
        return Sort.TOTAL, "provided"
    if particle and (status := words.particles.get((lemma, particle))):
        return (Sort.STOPPING if status in ("suspended", "ended") else Sort.WEAK), status
    for sort, table in (
        (Sort.STRONG, words.strong),
        (Sort.STOPPING, words.stopping),
        (Sort.RESTORING, words.restoring),
        (Sort.RECEIVING, words.receiving),
        (Sort.WEAK, words.weak),
    ):
        if lemma in table:
            return sort, table[lemma]
    if lemma in words.totalling or (lemma == "be" and particle in ("worth", "valued")):
        return Sort.TOTAL, "provided"
    return (Sort.MOVING, "provided") if lemma in words.moving else None


def _puts_on_hold(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether what stands between a verb and "on hold" is held back: "put its aid to Chad on hold"."""
    following = lowers(sentence, group.last + 1, group.last + 12)
    return any(pair in (("on", "hold"), ("on", "ice")) for pair in pairwise(following))


def _is_ceiling(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a verb only says how high a sum may be: "in an amount not to exceed $5m"."""
    return group.negated or lowers(sentence, group.first - 1, group.first - 1) == ["not"]


def _consents(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether consent is all that is given: "gave its final approval to", "gave the green light to"."""
    following = lowers(sentence, group.last + 1, group.last + 6)
    to = next((i for i, word in enumerate(following) if word in ("to", "for")), 0)
    return not aid_words().consents.isdisjoint(following[:to])


def _from_own(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether something is drawn from the drawer's own means: "draw $5m from its emergency fund"."""
    after = brackets_skipped(sentence, group.last + 1, 12)
    return any(pair == ("from", own) for pair in pairwise(after) for own in ("its", "their", "our"))


def _gathers(sentence: ParsedSentence, group: VerbGroup, words: AidWords) -> bool:
    """Whether the subject is a conference, which gives nothing but brings pledges in."""
    return any(sentence.tokens[p.head].lower in words.gathering_nouns for p in subject(sentence, group))


def is_nominal(sentence: ParsedSentence, i: int) -> bool:
    """Whether a form in -ing is the noun of aid: "new funding for", "the termination of funding"."""
    token = sentence.tokens[i]
    if token.lower not in aid_words().aid_nouns or i == 0:
        return False
    before, after = sentence.tokens[i - 1], sentence.tokens[i + 1 : i + 2]
    noun_after = not after or after[0].tag in (Tag.PREPOSITION, Tag.COMMA, Tag.BREAK, Tag.OTHER, Tag.COORDINATOR)
    acting = bool(after) and any(g.first == i + 1 and g.form == "finite" for g in sentence.groups)
    described = before.tag in (Tag.NOMINAL, Tag.NAME, Tag.POSSESSIVE, Tag.DETERMINER)
    above = sentence.group_at(before.start)
    if above is not None and above.last == i - 1 and after and after[0].tag == Tag.PREPOSITION:
        described = above.lemma in aid_words().goods_verbs
    return (noun_after or acting) and (described or before.lower in ("of", "in", "for"))


def _hangs_on_noun(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a bare participle follows what it describes: "vehicles donated by", not ", given the need"."""
    if group.first == 0:
        return True
    before = sentence.tokens[group.first - 1]
    after = sentence.tokens[group.last + 1 : group.last + 2]
    return before.tag != Tag.COMMA or bool(after and after[0].lower in ("by", "to", "through"))


def _particle(sentence: ParsedSentence, group: VerbGroup) -> str | None:
    after = sentence.tokens[group.last + 1 : group.last + 2]
    return after[0].lower if after else None


def _noun(sentence: ParsedSentence, i: int, lower: str, words: AidWords) -> Act | None:
    """A noun of giving that something follows or that someone owns: "the provision of", "its pledge to"."""
    status = words.giving_nouns.get(lower)
    token = sentence.tokens[i]
    if status is None:
        return None
    noun = token.tag in (Tag.NOMINAL, Tag.NAME) or sentence.group_at(token.start) is None
    if not noun or sentence.phrase_at(token.start) is None:
        return None
    after = sentence.tokens[i + 1].lower if i + 1 < len(sentence.tokens) else ""
    behind = ("of", "to", "by", "from", "for", "on") if status == "suspended" else ("of", "to", "by", "from", "for")
    return Act(Sort.NOUN, lower, status, i, i, None) if after in behind else None
