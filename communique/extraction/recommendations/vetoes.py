"""What looks like a recommendation and is none: one named test for each kind."""

from __future__ import annotations

from collections.abc import Callable

from communique.extraction.grammar.words import Tag, nouns_in_ing
from communique.extraction.recommendations.actions import within_relative
from communique.extraction.recommendations.appeals import (
    courtesy,
    invited_somewhere,
    provided,
    someone_unfit,
    unmade,
    unspoken,
)
from communique.extraction.recommendations.asked import asked_indirectly, questioned
from communique.extraction.recommendations.case import OBLIGING, Case, governing, next_word
from communique.extraction.recommendations.laws import legal, procedural
from communique.extraction.recommendations.phrases import subject_region
from communique.extraction.recommendations.remarks import expected, remark
from communique.extraction.recommendations.views import (
    disowned,
    impersonal_past,
    in_theory,
    of_nobody_named,
    unreported,
)
from communique.extraction.recommendations.words import NEGATIVE_SUBJECTS, is_deed, pattern_of, words_of
from communique.extraction.speakers import saying_verbs

_SHORT = 6
_MODALS = frozenset({"must", "should", "ought to"})


def past_or_deduced(case: Case) -> bool:
    """ "should have acted", "must have been"."""
    return case.name in _MODALS and case.group is not None and case.group.perfect


def deduced(case: Case) -> bool:
    """ "She must be tired", "he must know"."""
    if case.name not in ("must", "have to") or (case.name == "have to" and case.head == "there"):
        return False
    group, candidate = case.group, case.candidate
    if group is not None and group.progressive and case.head not in words_of("nouns", "aims"):
        return case.name == "must" or case.agentive
    if case.verb == "be":
        after = next_word(case, candidate.verb + 1)
        if pattern_of("plain_to").match(case.words(candidate.verb, len(case.tokens) - 1).lower()):
            return not case.agentive and case.head not in ("", "it", "this", "that", "message", "signal")
        vague = case.head in ("there", "it", "this", "that") and after in ("a", "an", "some", "something")
        return after in words_of("verbs", "deduction_states") or (vague and not _of_deed(case)) or _in_ing(after)
    return case.verb in words_of("verbs", "deduction") and case.head not in ("we", "you", "i")


def _of_deed(case: Case) -> bool:
    """ "There must be an end to the violence": what there must be is a deed."""
    phrase = next(iter(case.sentence.phrases_between(case.candidate.verb + 1, case.candidate.verb + 3)), None)
    named = case.tokens[phrase.head].lower if phrase is not None else ""
    return case.head == "there" and is_deed(named)


def _in_ing(word: str) -> bool:
    """ "must be salivating": a progressive form that no list has."""
    return len(word) > _SHORT and word.endswith("ing") and word not in nouns_in_ing()


def forecast(case: Case) -> bool:
    """ "will have to decide", "would need to"."""
    if (
        case.name == "is urged to"
        and case.own is not None
        and case.own.modal in ("will", "would", "could", "may", "might")
    ):
        return True
    if case.name not in OBLIGING | {"need someone to", "requires"} or case.name == "may need to":
        return False
    i = case.candidate.first - 1
    while i >= 0 and case.tokens[i].tag in (Tag.ADVERB, Tag.COMMA):
        i -= 1
    if any(t.lower in ("probably", "likely") for t in case.tokens[i + 1 : case.candidate.first]):
        return True
    before = case.tokens[i].lower.replace("’", "'") if i >= 0 else ""
    return before in words_of("words", "supposing") or before.endswith(("'ll", "'d"))


def not_obliged(case: Case) -> bool:
    """ "does not have to", "there is no need to", "it is not necessary to"."""
    first = case.candidate.first
    before = [t.lower for t in case.tokens[max(first - 3, 0) : first]]
    words = f" {case.words(first, case.candidate.last).lower()} "
    if case.name in OBLIGING:
        if case.name == "need to" and case.own is None:
            if before and before[-1].endswith("s") and case.tokens[first].lower == "need":
                return False
            return any(t.tag == Tag.RELATIVE for t in case.tokens[:first]) or any(
                g.form == "finite"
                and g.lemma not in saying_verbs()
                and case.tokens[g.first].tag != Tag.BASE
                and not within_relative(case.sentence, g.first)
                for g in case.sentence.groups
            )
        return any(w in ("not", "never") or w.endswith(("n't", "n’t")) for w in before) or case.head in ("nobody",)
    if case.name == "is needed":
        subject = subject_region(case.sentence, first)
        none = subject is not None and case.tokens[subject[0]].lower in NEGATIVE_SUBJECTS
        return none or any(w in ("no", "not") for w in before)
    if case.name in ("it is necessary to", "it is important to", "it is time to"):
        return (" not " in words and " not only " not in words) or "n't " in words or "n’t " in words
    return case.name == "the need to" and (" no " in words or any(w in ("no", "without", "not") for w in before))


def need_without_stress(case: Case) -> bool:
    """ "the need to cut costs" that nobody stresses and no one is told to meet."""
    if case.name != "the need to" or case.candidate.complement.addressees is not None:
        return False
    before = list(case.tokens[max(case.candidate.first - 8, 0) : case.candidate.first + 1])
    stressing = words_of("verbs", "stressing")
    return not any(t.lemma in stressing or t.lower == "there" for t in before)


def restrictive(case: Case) -> bool:
    """ "countries that must import": the relative clause tells which ones."""
    if case.candidate.kind not in ("verb", "infinitive"):
        return False
    i = case.candidate.first - 1
    while i >= 0 and case.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    if i < 1 or case.tokens[i].tag != Tag.RELATIVE or _demonstrative(case, i):
        return False
    if case.name == "may consider" or case.tokens[i - 1].tag not in (Tag.COMMA, Tag.BREAK):
        told = case.name in _MODALS or (case.name == "need to" and case.verb == "be")
        return not told or not _predicate(case, i - 1)
    warned = case.candidate.complement.negated and case.group is not None and case.group.passive
    return not case.agentive and case.name != "must" and not warned


def _demonstrative(case: Case, that: int) -> bool:
    """Whether "that" opens a main clause and stands for what was said: "a pause helps, but that must be paid for"."""
    if case.tokens[that].lower != "that" or case.tokens[that - 1].lower not in ("but", "and", "so", "yet"):
        return False
    joint = that - 1
    opens = joint == 0 or case.tokens[joint - 1].tag in (Tag.COMMA, Tag.QUOTE, Tag.BREAK)
    return opens and not any(t.tag == Tag.RELATIVE for t in case.tokens[:joint])


def _predicate(case: Case, last: int) -> bool:
    """Whether the phrase that ends at token `last` says what someone is: "they are neighbours that should talk"."""
    phrase = case.sentence.phrase_at(case.tokens[last].start)
    before = case.tokens[phrase.first - 1] if phrase is not None and phrase.first else None
    return before is not None and before.lower in ("is", "are", "remains", "remain")


def what_to_do(case: Case) -> bool:
    """ "the steps that X must take": the noun before stands for the action, which is not said."""
    if case.verb == "do" and case.candidate.construction.by_subject and case.candidate.end == case.candidate.verb:
        return True
    if case.candidate.construction.only is not None or case.candidate.kind not in ("verb", "infinitive"):
        return False
    i = case.start - 1
    if i > 0 and case.tokens[i].tag == Tag.RELATIVE:
        i -= 1
    named = i >= 0 and case.tokens[i].lower in words_of("nouns", "actions")
    after = case.tokens[case.candidate.verb + 1].tag if case.candidate.verb + 1 < len(case.tokens) else Tag.BREAK
    objectless = after not in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.PRONOUN)
    return named and objectless and case.verb != "be" and case.verb not in words_of("verbs", "tackling")


def wanted_for(case: Case) -> bool:
    """ "the arms that Chile needs to win", "the time it needs to heal": the need is of the thing named before."""
    if case.name not in ("need to", "have to") or case.start < 1 or case.start >= case.candidate.first:
        return False
    before = case.tokens[case.start - 1]
    if before.tag == Tag.RELATIVE and case.start > 1:
        before = next(t for t in reversed(case.tokens[: case.start - 1]) if t.tag != Tag.QUOTE)
        if case.head == "we" and case.verb in words_of("verbs", "tackling"):
            return False
        return before.tag == Tag.NOMINAL and before.lower not in words_of("nouns", "actions") | {"case", "view", "fact"}
    opening = case.tokens[case.start]
    if opening.tag == Tag.DETERMINER and opening.lower == "the":
        opening = case.tokens[case.start + 1]
    return before.tag == Tag.NOMINAL and opening.tag in (Tag.PRONOUN, Tag.NAME)


def habitual(case: Case) -> bool:
    """ "often has to": what happens, not what is advised."""
    if case.name not in OBLIGING:
        return False
    own = case.tokens[max(case.candidate.first - 2, 0) : case.candidate.first]
    after = case.words(case.candidate.verb, len(case.tokens) - 1).lower()
    if (
        case.name == "have to"
        and case.group is not None
        and case.group.passive
        and pattern_of("recurring").search(after)
    ):
        return True
    endured = case.name == "have to" and not case.named and case.verb in words_of("verbs", "endured")
    return endured or any(t.lower in words_of("words", "frequent") for t in own)


def not_forbidden(case: Case) -> bool:
    """ "cannot" of inability."""
    if case.candidate.construction.only != "forbidden":
        return False
    group = case.group
    if group is not None and group.passive:
        return group.lemma not in words_of("verbs", "forbidden_passive") or case.head in ("it",)
    if case.head in words_of("nouns", "courses") and case.verb in ("lead", "come", "mean", "reward", "legitimise"):
        return case.verb == "come" and " at the " not in case.words(case.candidate.verb, len(case.tokens) - 1)
    if case.verb not in words_of("verbs", "forbidden"):
        return True
    if any(t.lower in ("overnight", "single-handedly", "singlehandedly") for t in case.tokens[case.candidate.verb :]):
        return True
    if case.verb == "afford" and next_word(case, case.candidate.verb + 1) != "to":
        return True
    if case.verb == "afford":
        governor = governing(case)
        return governor is not None or not case.agentive
    return not case.agentive or (governing(case) is not None and case.head in ("they", "he", "she", "it"))


VETOES: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    ("past or deduced", past_or_deduced),
    ("deduced", deduced),
    ("forecast", forecast),
    ("not obliged", not_obliged),
    ("need without stress", need_without_stress),
    ("questioned", questioned),
    ("asked indirectly", asked_indirectly),
    ("restrictive", restrictive),
    ("what to do", what_to_do),
    ("remark", remark),
    ("expected", expected),
    ("impersonal past", impersonal_past),
    ("unreported", unreported),
    ("disowned", disowned),
    ("of nobody named", of_nobody_named),
    ("in theory", in_theory),
    ("wanted for", wanted_for),
    ("habitual", habitual),
    ("legal", legal),
    ("courtesy", courtesy),
    ("unmade", unmade),
    ("provided", provided),
    ("procedural", procedural),
    ("invited somewhere", invited_somewhere),
    ("unspoken", unspoken),
    ("not forbidden", not_forbidden),
    ("someone unfit", someone_unfit),
)


def veto(case: Case) -> str | None:
    """The name of the first test that finds the candidate to be no recommendation."""
    return next((name for name, test in VETOES if test(case)), None)
