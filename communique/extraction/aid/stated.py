"""What a verb group states of its act: done, promised, or nothing after all."""

from __future__ import annotations

from communique.extraction.aid.syntax import in_relative, lowers
from communique.extraction.aid.words import AidWords, aid_words
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag

_CONDITIONAL = frozenset({"if", "unless", "whether", "lest"})
_DEMANDS = frozenset(
    {"require", "need", "urge", "ask", "request", "demand", "seek", "lack", "want", "recommend", "implore"}
)
_EDGES = frozenset({Tag.BREAK, Tag.SUBORDINATOR, Tag.QUOTE})


def stated(sentence: ParsedSentence, group: VerbGroup, base: str, words: AidWords) -> tuple[str, bool]:
    """The status that a verb group states, and whether it states nothing after all."""
    if group.negated or group.modal in words.void_modals or _conditional(sentence, group):
        return base, True
    if group.form == "finite" and group.modal is not None and _is_hoped(sentence, group):
        return base, True
    if group.modal in ("would", "'d") and group.perfect:
        return base, True
    if group.modal in ("would", "'d") and _on_condition(sentence, group):
        return base, True
    if group.modal in words.promising_modals or group.tense == "future":
        return "pledged", False
    if group.form in ("infinitive", "gerund") and _demanded(sentence, group):
        return base, True
    if group.form == "participle" and _is_joined_to_void(sentence, group):
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


def _is_joined_to_void(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether a participle goes on with a passive that states nothing: "must be heard, and swiftly given arms"."""
    i = group.first - 1
    while i > 0 and sentence.tokens[i].tag == Tag.ADVERB:
        i -= 1
    if i < 1 or sentence.tokens[i].tag != Tag.COORDINATOR:
        return False
    above = next((g for g in reversed(sentence.groups) if g.last < i and g.form == "finite"), None)
    void = above is not None and (above.modal in aid_words().void_modals or above.negated)
    return void and above is not None and above.passive


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
        if token.lower in (
            "hopes",
            "hope",
            "hoped",
            "hoping",
            "wish",
            "wishes",
            "wished",
            "demanding",
            "hopeful",
            "predicted",
            "predicts",
        ):
            return True
        if token.tag in (Tag.BREAK, Tag.COMMA, Tag.QUOTE, Tag.COORDINATOR):
            return False
    return False


def _on_condition(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether "if" or "unless" follows in the same clause: "would give $5m if"; not one joined by "and"."""
    further = next((g.first for g in sentence.groups if g.first > group.last and g.form == "finite"), -1)
    for i in range(group.last + 1, min(group.last + 30, len(sentence.tokens))):
        token = sentence.tokens[i]
        if token.lower in ("if", "unless"):
            return True
        if token.tag == Tag.BREAK or (i == further and sentence.tokens[i - 1].tag == Tag.COORDINATOR):
            return False
    return False


_WISHING = frozenset(
    """hope desire want wish aim plan intend like need seek try prepare propose ask wait long look strive
    struggle""".split()
)
_EAGER = frozenset({"keen", "eager", "anxious", "hopeful", "desperate", "impatient", "hungry"})


def is_wished(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether what somebody is to get is only what he wants: "hopes to get", "is keen to receive"."""
    above = governor(sentence, group)
    if above is None:
        return False
    return above.lemma in _WISHING or not _EAGER.isdisjoint(lowers(sentence, above.last + 1, group.first - 1))


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


_DECIDED = frozenset({"decision", "decisions", "agreement", "commitment"})
_BINDING = frozenset({"commit", "agree"})
_AIMS = frozenset({"goal", "aim", "target", "promise", "pledge", "intention", "commitment", "plan"})
_FOREMOST = frozenset({"first", "last", "latest", "only", "second", "third"})


def procurement(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb by which goods are got that are "to be sent" on: "has ordered tanks to be sent to Kenya"."""
    above = governor(sentence, group) if group.passive and group.form == "infinitive" else None
    got = above is not None and above.lemma in aid_words().procuring and above.last < group.first - 1
    return above if got else None


def _governed(sentence: ParsedSentence, group: VerbGroup, base: str, words: AidWords) -> tuple[str, bool]:
    """An infinitive: "agreed to lend", "is to transfer", "a decision to provide", "asked Japan to give"."""
    noun = _noun_above(sentence, group)
    above = governor(sentence, group)
    if above is not None and above.first and sentence.tokens[above.first - 1].lower in _ASKING:
        return base, True
    if above is not None and _is_judged(sentence, above, group):
        found = any(g.lemma in _FINDING and g.last < above.first and not g.negated for g in sentence.groups)
        return ("committed", False) if found else (base, True)
    going_on = above is not None and above.lemma in words.carried_on and above.modal is None and not above.negated
    taken = noun == "opportunity" and above is not None and above.lemma in ("take", "use", "seize")
    if taken and above is not None and above.form == "finite" and not above.negated:
        return base, above.modal in words.void_modals
    if noun in words.void_nouns and not going_on:
        return base, True
    if above is None:
        return "pledged", False
    if going_on and above.form == "finite":
        return base, False
    if noun in words.undoing_nouns and above.lemma in words.undoing and base in ("suspended", "ended"):
        return "provided", False
    if noun in words.promising_nouns and above.lemma not in words.undoing:
        return (base if noun in _DECIDED and base == "committed" else "pledged"), False
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
    if above.lemma == "claim" and group.perfect:
        return base, False
    if above.lemma in words.void:
        return base, True
    if above.form == "infinitive" and above.first != group.first:
        return _governed(sentence, above, base, words)
    return ("pledged" if base == "provided" else base), False


def _noun_above(sentence: ParsedSentence, group: VerbGroup) -> str:
    """The noun that an infinitive hangs on, a time behind it passed over: "its decision of Tuesday to lend"."""
    if not group.first:
        return ""
    last = sentence.phrase_at(sentence.tokens[group.first - 1].start)
    dated = last is not None and last.preposition in ("of", "in", "on", "from", "by") and last.first > 1
    before = sentence.tokens[last.first - 2].lower if dated and last is not None else ""
    words = aid_words()
    decided = before in words.undoing_nouns or before in words.promising_nouns or before in words.void_nouns
    return before if decided else sentence.tokens[group.first - 1].lower


def _is_judged(sentence: ParsedSentence, above: VerbGroup, group: VerbGroup) -> bool:
    """Whether an infinitive is only called wise or hard or the like: "it is not sensible to send blankets"."""
    if above.lemma not in ("be", "make", "seem") or not above.first or above.last == group.first - 1:
        return False
    between = set(lowers(sentence, above.last + 1, group.first - 1))
    empty = sentence.tokens[above.first - 1].lower == "it"
    return (
        empty and not between & _WILLING and sentence.tokens[group.first - 1].lower not in aid_words().promising_nouns
    )


_ASKING = frozenset({"target", "targets", "goal", "appeal", "appeals", "request", "plea"})
_FINDING = frozenset({"determine", "certify"})
"""Verbs by which an office finds something right to do, and so decides it ("I determine that it is important to")."""
_WILLING = frozenset(
    """ready prepared able willing set due about going glad happy pleased proud likely certain expected delighted
    determined committed first last only""".split()
)


_ACCUSING = frozenset({"accuse", "suspect"})


def _after_gerund_governor(sentence: ParsedSentence, group: VerbGroup, base: str, words: AidWords) -> tuple[str, bool]:
    """A gerund: "stopped sending", "is considering giving", "continues providing", "by lending"."""
    before = sentence.tokens[group.first - 1].lower if group.first else ""
    if before == "by" and _is_ahead(sentence, group, words):
        return ("pledged" if base == "provided" else base), False
    if before == "at" and lowers(sentence, group.first - 2, group.first - 2)[:1] in (["looking"], ["look"], ["looks"]):
        return base, True
    if before in ("without", "against", "than", "before") or lowers(sentence, group.first - 2, group.first - 1) == [
        "short",
        "of",
    ]:
        return base, True
    if group.first == 1 and before in words.stopping:
        return base, True
    aims = sentence.tokens[group.first - 2].lower if group.first > 1 and before == "of" else ""
    if aims in _AIMS:
        return "pledged", False
    above = governor(sentence, group)
    if before == "of" and above is not None and above.last == group.first - 2 and above.lemma in _ACCUSING:
        return base, True
    if before == "to" and above is not None and above.last == group.first - 2 and above.lemma in _BINDING:
        return ("pledged" if above.modal in words.promising_modals else "committed"), above.negated
    if above is None or above.last != group.first - 1:
        return base, False
    if above.lemma in words.stopping:
        unmet = above.form == "infinitive" and _governed(sentence, above, base, words)[1]
        return words.stopping[above.lemma], above.negated or unmet
    if above.lemma in words.void or above.lemma in words.wishing_verbs or above.modal in words.void_modals:
        return base, True
    if words.governing.get(above.lemma) == "pledged" and base == "provided":
        return "pledged", above.negated
    if above.form == "infinitive" and above.lemma in words.carried_on:
        return _governed(sentence, above, base, words)
    return ("pledged" if above.modal in words.promising_modals else base), above.negated


def _is_ahead(sentence: ParsedSentence, group: VerbGroup, words: AidWords) -> bool:
    """Whether a means belongs to something that lies ahead: "will help by giving"."""
    above = governor(sentence, group)
    return above is not None and (above.tense == "future" or above.modal in words.promising_modals)
