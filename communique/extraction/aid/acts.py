"""Acts of giving in a sentence: verb groups and nouns that promise, give, hold back or end something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from communique.extraction.aid.parts import brackets_skipped
from communique.extraction.aid.syntax import in_relative, lowers
from communique.extraction.aid.vehicles import COMING_WITH, arrives_with_aid, carries_aid
from communique.extraction.aid.words import AidWords, aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_CONDITIONAL = frozenset({"if", "unless", "whether", "lest"})
_DEMANDS = frozenset(
    {"require", "need", "urge", "ask", "request", "demand", "seek", "lack", "want", "recommend", "implore"}
)
_EDGES = frozenset({Tag.BREAK, Tag.SUBORDINATOR, Tag.QUOTE})


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
    found = _sort(sentence, group, words)
    if found is None:
        return None
    sort, base = found
    status, void = stated(sentence, group, base, words)
    if sort in (Sort.STOPPING, Sort.RESTORING) and status in ("pledged", "committed"):
        status = base
    if sort is Sort.STOPPING and status == "provided":
        sort = Sort.RESTORING
    return Act(sort, group.lemma, status, group.first, group.last, group, void)


def _sort(sentence: ParsedSentence, group: VerbGroup, words: AidWords) -> tuple[Sort, str] | None:
    lemma = group.lemma
    if lemma == "give" and _consents(sentence, group):
        return Sort.WEAK, "committed"
    if group.form == "participle" and not _hangs_on_noun(sentence, group):
        return None
    if lemma == "make" and _particle(sentence, group) == "up":
        return None
    if group.form == "gerund" and is_nominal(sentence, group.first):
        return None
    if lemma == "draw" and _from_own(sentence, group):
        return Sort.WEAK, "provided"
    if lemma == "carry" and carries_aid(sentence, group):
        return Sort.STRONG, "provided"
    if lemma in COMING_WITH and arrives_with_aid(sentence, group):
        return Sort.STRONG, "provided"
    particle = _particle(sentence, group)
    if particle == "from" and lemma == "benefit":
        return Sort.RECEIVING, "provided"
    if particle == "that" and lemma in ("add", "announce", "offer", "promise", "pledge"):
        return None
    if particle == "from" and lemma == "come":
        return Sort.MOVING, "provided"
    if lemma in words.gathering_verbs and not group.passive and _gathers(sentence, group, words):
        return Sort.STRONG, "pledged"
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


def _consents(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether consent is all that is given: "gave its final approval to", "gave the green light to"."""
    following = lowers(sentence, group.last + 1, group.last + 6)
    to = next((i for i, word in enumerate(following) if word in ("to", "for")), 0)
    return to > 0 and following[to - 1] in aid_words().consents


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


def stated(sentence: ParsedSentence, group: VerbGroup, base: str, words: AidWords) -> tuple[str, bool]:
    """The status that a verb group states, and whether it states nothing after all."""
    if group.negated or group.modal in words.void_modals or _conditional(sentence, group):
        return base, True
    if group.form == "finite" and group.modal is not None and _is_hoped(sentence, group):
        return base, True
    if group.modal in ("would", "'d") and _on_condition(sentence, group):
        return base, True
    if group.modal in words.promising_modals or group.tense == "future":
        return "pledged", False
    if group.form in ("infinitive", "gerund") and _demanded(sentence, group):
        return base, True
    if group.form == "infinitive":
        above = governor(sentence, group)
        if above is not None and above.form == "finite" and above.modal and _is_hoped(sentence, above):
            return base, True
        return _governed(sentence, group, base, words)
    if group.form == "gerund":
        return _after_gerund_governor(sentence, group, base, words)
    return base, False


def _demanded(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the finite verb above an infinitive or gerund asks for it or speaks of lacking it."""
    for above in reversed([g for g in sentence.groups if g.last < group.first]):
        if any(t.tag in _EDGES for t in sentence.tokens[above.last + 1 : group.first]):
            return False
        if above.form == "finite" and not in_relative(sentence, above):
            return above.lemma in _DEMANDS or above.modal in aid_words().void_modals
    return False


def _conditional(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the clause opens with "if" or "whether"."""
    for i in range(group.first - 1, max(-1, group.first - 12), -1):
        token = sentence.tokens[i]
        if token.lower in _CONDITIONAL:
            return True
        if token.tag in (Tag.BREAK, Tag.COMMA, Tag.QUOTE):
            return False
    return False


def _is_hoped(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the clause is what somebody hopes or asks for: "hopes that Japan will give", "a call that it would"."""
    for i in range(group.first - 1, max(-1, group.first - 10), -1):
        token = sentence.tokens[i]
        if token.lower in ("hopes", "hope", "hoped", "hoping", "wish", "wishes", "wished", "demanding", "hopeful"):
            return True
        if token.tag in (Tag.BREAK, Tag.COMMA, Tag.QUOTE, Tag.COORDINATOR):
            return False
    return False


def _on_condition(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether "if" or "unless" follows in the same clause: "would give $5m if"."""
    for token in sentence.tokens[group.last + 1 : group.last + 30]:
        if token.lower in ("if", "unless"):
            return True
        if token.tag == Tag.BREAK:
            return False
    return False


def governor(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb group before an infinitive or gerund in the same clause, or None."""
    before = [g for g in sentence.groups if g.last < group.first]
    if not before:
        return None
    between = sentence.tokens[before[-1].last + 1 : group.first]
    return None if any(t.tag in _EDGES for t in between) else before[-1]


def _is_weighed(sentence: ParsedSentence, group: VerbGroup, words: AidWords) -> bool:
    """Whether a gerund stands under a verb of weighing: "is considering drawing up a plan"."""
    above = governor(sentence, group)
    return above is not None and above.lemma in words.void and above.last == group.first - 1


_AIMS = frozenset({"goal", "aim", "target", "promise", "pledge", "intention", "commitment", "plan"})
_FOREMOST = frozenset({"first", "last", "latest", "only", "second", "third"})


def procurement(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb by which goods are got that are "to be sent" on: "has ordered tanks to be sent to Kenya"."""
    above = governor(sentence, group) if group.passive and group.form == "infinitive" else None
    got = above is not None and above.lemma in aid_words().procuring and above.last < group.first - 1
    return above if got else None


def _governed(sentence: ParsedSentence, group: VerbGroup, base: str, words: AidWords) -> tuple[str, bool]:
    """An infinitive: "agreed to lend", "is to transfer", "a decision to provide", "asked Japan to give"."""
    noun = sentence.tokens[group.first - 1].lower if group.first else ""
    above = governor(sentence, group)
    going_on = above is not None and above.lemma in words.carried_on and above.modal is None and not above.negated
    if noun in words.void_nouns and not going_on:
        return base, True
    if above is None:
        return "pledged", False
    if going_on and above.form == "finite":
        return base, False
    if noun in words.undoing_nouns and above.lemma in words.undoing and base in ("suspended", "ended"):
        return "provided", False
    if noun in words.promising_nouns and above.lemma not in words.undoing:
        return "pledged", False
    if above.negated or above.modal in words.void_modals:
        return base, True
    adjacent = above.last == group.first - 1
    if above.form == "gerund" and _is_weighed(sentence, above, words):
        return base, True
    if above.lemma == "be":
        first = any(t.lower in _FOREMOST for t in sentence.tokens[above.last + 1 : group.first])
        return (base if first and above.modal is None else "pledged"), False
    if above.lemma in words.governing and (adjacent or above.lemma not in words.void):
        lent = words.governing[above.lemma]
        status = base if lent == "provided" else lent
        return ("pledged" if above.modal in words.promising_modals else status), False
    if procurement(sentence, group) is not None:
        return "pledged", False
    if above.lemma in words.void:
        return base, True
    if above.form == "infinitive" and above.first != group.first:
        return _governed(sentence, above, base, words)
    return ("pledged" if base == "provided" else base), False


def _after_gerund_governor(sentence: ParsedSentence, group: VerbGroup, base: str, words: AidWords) -> tuple[str, bool]:
    """A gerund: "stopped sending", "is considering giving", "continues providing", "by lending"."""
    before = sentence.tokens[group.first - 1].lower if group.first else ""
    if before == "by" and _is_ahead(sentence, group, words):
        return ("pledged" if base == "provided" else base), False
    if before in ("without", "against", "than", "before"):
        return base, True
    if group.first == 1 and before in words.stopping:
        return base, True
    aims = sentence.tokens[group.first - 2].lower if group.first > 1 and before == "of" else ""
    if aims in _AIMS:
        return "pledged", False
    above = governor(sentence, group)
    if above is None or above.last != group.first - 1:
        return base, False
    if above.lemma in words.stopping:
        return words.stopping[above.lemma], above.negated
    if above.lemma in words.void or above.modal in words.void_modals:
        return base, True
    if above.form == "infinitive" and above.lemma in words.carried_on:
        return _governed(sentence, above, base, words)
    return ("pledged" if above.modal in words.promising_modals else base), above.negated


def _is_ahead(sentence: ParsedSentence, group: VerbGroup, words: AidWords) -> bool:
    """Whether a means belongs to something that lies ahead: "will help by giving"."""
    above = governor(sentence, group)
    return above is not None and (above.tense == "future" or above.modal in words.promising_modals)


def _noun(sentence: ParsedSentence, i: int, lower: str, words: AidWords) -> Act | None:
    """A noun of giving that something follows or that someone owns: "the provision of", "its pledge to"."""
    status = words.giving_nouns.get(lower)
    token = sentence.tokens[i]
    if status is None or token.tag not in (Tag.NOMINAL, Tag.NAME):
        return None
    after = sentence.tokens[i + 1].lower if i + 1 < len(sentence.tokens) else ""
    behind = ("of", "to", "by", "from", "for", "on") if status == "suspended" else ("of", "to", "by", "from", "for")
    return Act(Sort.NOUN, lower, status, i, i, None) if after in behind else None
