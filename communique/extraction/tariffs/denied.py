"""What is denied, demanded or left open of a measure, and what a denial says all the same."""

from __future__ import annotations

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag, clause_takers
from communique.extraction.tariffs.words import tariff_words

_ADVISING = frozenset({"recommend", "suggest", "propose", "demand", "request", "insist", "urge", "ask"})
_SUBJECT = 6
DEMANDED = frozenset({"should", "must", "ought", "have to", "can", "need"})
_OPEN = frozenset({"which", "whether", "what", "whose", "how", "if", "when"})
_EXAMINED = frozenset(
    {"review", "reviews", "revision", "approval", "scrutiny", "consultation", "consultations", "study", "renegotiation"}
)
_DECIDING = frozenset({"decide", "determine", "agree", "choose", "opt", "vote"})
_NEED = frozenset({"necessary", "needed", "required", "need", "justified", "warranted", "appropriate", "reason"})
_DENIALS = frozenset({"no", "not", "never", "n't", "n’t", "longer", "little"})
POSSIBLE = frozenset({"could", "may", "might"})


def caps(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the denial says how high the rate is at most: "will not exceed 9%", "not face tariffs above 9%"."""
    words = tariff_words()
    following = {t.lower for t in sentence.tokens[group.last + 1 : group.last + 6]}
    return group.lemma in words.exceeding or bool(following & words.above)


def no_longer(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether what was done before has an end: "no longer imposes", "will no longer levy"."""
    words = tariff_words()
    putting = group.lemma in words.imposing or group.lemma in words.subject_pays
    said = [t.lower for t in sentence.tokens[max(0, group.first - 2) : group.last]]
    return putting and group.modal not in DEMANDED | POSSIBLE and "longer" in said


def decided_against(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether somebody decided to spare the goods a measure: "determined not to impose duties on salt"."""
    before = next((g for g in reversed(sentence.groups) if g.last < group.first), None)
    if before is None or group.form != "infinitive" or group.lemma not in tariff_words().imposing:
        return False
    decided = before.lemma in _DECIDING and not before.passive and before.form == "finite"
    return decided and before.first == before.last and before.modal in (None, "will") and group.first - before.last <= 2


def left_open(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether somebody does not say which, whether or how: "did not say whose goods would face the duty"."""
    if group.form == "infinitive" and group.first > 0 and sentence.tokens[group.first - 1].lower == "whether":
        return True
    before = next((g for g in reversed(sentence.groups) if g.last < group.first), None)
    if before is None or not before.negated or before.lemma not in clause_takers():
        return False
    return any(t.lower in _OPEN for t in sentence.tokens[before.last + 1 : before.last + 3])


def only_examined(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the measure only comes up for a look: "will be subjected to a review", "are subject to approval"."""
    following = [t.lower for t in sentence.tokens[group.last + 1 : group.last + 8]]
    if group.lemma in ("be", "remain") and following[:1] == ["subject"]:
        following = following[1:]
    elif not (group.passive and group.lemma in ("subject", "submit")):
        return False
    return following[:1] == ["to"] and bool(_EXAMINED.intersection(following[1:]))


def needless(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the infinitive is what there is no need of: "no longer necessary to continue to impose the duty"."""
    words = [t.lower for t in sentence.tokens[max(0, group.first - 8) : group.first]]
    if group.form != "infinitive" or not _NEED.intersection(words):
        return False
    need = next(i for i in range(len(words) - 1, -1, -1) if words[i] in _NEED)
    between = sentence.tokens[group.first - len(words) + need + 1 : group.first]
    chained = all(t.tag in (Tag.TO, Tag.BASE, Tag.QUOTE) for t in between)
    return chained and bool(_DENIALS.intersection(words[max(0, need - 4) : need]))


def pressed(sentence: ParsedSentence, group: VerbGroup, matrix: VerbGroup | None) -> bool:
    """Whether the infinitive says what somebody is pressed for: "pressure is growing on Peru to lift"."""
    demands = tariff_words().demands
    told = subject(sentence, matrix) if matrix is not None else ()
    phrase = sentence.phrase_at(sentence.tokens[group.first - 1].start) if group.first else None
    while phrase is not None and phrase.preposition in ("on", "for", "to", "from", "by") and phrase.first > 1:
        phrase = sentence.phrase_at(sentence.tokens[phrase.first - 2].start)
    named = (*told, *((phrase,) if phrase is not None and phrase.preposition is None else ()))
    return any(sentence.tokens[p.head].lower in demands for p in named)


def only_advised(sentence: ParsedSentence, group: VerbGroup) -> VerbGroup | None:
    """The verb under which a base form says what should be done: "recommended (that) Peru introduce a duty"."""
    outer = next((g for g in reversed(sentence.groups) if g.last < group.first), None)
    if outer is None or group.form != "finite" or sentence.tokens[group.first].tag != Tag.BASE:
        return None
    between = sentence.tokens[outer.last + 1 : group.first]
    parted = len(between) > _SUBJECT or any(t.tag in (Tag.COMMA, Tag.BREAK, Tag.COORDINATOR) for t in between)
    return outer if between and not parted and outer.lemma in _ADVISING else None
