"""Remarks to the reader and expectations, worded as if something should be done."""

from __future__ import annotations

from communique.extraction.grammar.words import Tag, verb_forms
from communique.extraction.recommendations.case import Case, next_word
from communique.extraction.recommendations.words import pattern_of, words_of
from communique.extraction.speakers import saying_verbs

_READERS = frozenset({"it", "one", "i", "readers", "observers", "analysts"})
_MISUSES = ("excuse", "pretext", "weapon", "tool of", "bargaining chip", "shield")
_WHATEVER = frozenset({"any", "all", "every"})
_DEGREES = frozenset({"too", "very", "so", "that", "all", "quite", "terribly", "overly", "particularly"})
_TRYING = frozenset({"difficult", "hard", "impossible", "tough", "simple", "straightforward"})
_FRANK = frozenset({"honest", "frank", "candid"})
_ALL_OF_US = _READERS | {"", "we", "you", "nobody", "anyone", "us"}


def remark(case: Case) -> bool:
    """ "It should be noted", "we must not forget", "figures should be read with care"."""
    construction, group = case.candidate.construction, case.group
    if construction.by_subject or construction.name in ("cannot as must not", "may consider"):
        return False
    always, often = words_of("verbs", "remark_always"), words_of("verbs", "remark")
    if construction.name == "let us":
        plain = case.verb == "be" and next_word(case, case.candidate.verb + 1) in (
            "clear",
            "honest",
            "frank",
            "real",
            "fair",
        )
        return plain or case.verb in always | often | words_of("verbs", "not_imperative")
    if group is not None and group.passive:
        told = often if case.head in ("it", "") else words_of("verbs", "remark_passive")
        regarded = case.agentive and group.lemma in ("see", "view", "regard", "treat", "recognise", "recognize")
        return (group.lemma in told and not regarded) or _no_surprise(case)
    if case.head == "you" and case.name in ("must", "have to") and case.verb in words_of("verbs", "grasp"):
        return True
    if case.words(case.candidate.verb, min(case.candidate.verb + 2, len(case.tokens) - 1)).lower() == "wait and see":
        return True
    if case.head == "i" and case.verb in saying_verbs() | words_of("verbs", "confessing"):
        return True
    if case.verb in always:
        return case.head in _ALL_OF_US
    if case.verb == "be" and case.head in _ALL_OF_US and next_word(case, case.candidate.verb + 1) in _FRANK:
        return True
    if case.head == "we" and pattern_of("stated").match(
        case.words(case.candidate.verb, min(case.candidate.verb + 5, len(case.tokens) - 1)).lower()
    ):
        return True
    if case.verb in often and construction.modality == "advise" and case.head in ("", "us"):
        rest = case.words(case.candidate.verb, min(case.candidate.verb + 4, len(case.tokens) - 1))
        return case.verb not in words_of("verbs", "remark_or_deed") or bool(pattern_of("remark").match(rest.lower()))
    if case.verb in often:
        return case.head in _READERS and not (case.head == "it" and case.verb in words_of("verbs", "remark_or_deed"))
    return _no_surprise(case)


def _no_surprise(case: Case) -> bool:
    rest = case.words(case.candidate.verb, min(case.candidate.verb + 6, len(case.tokens) - 1)).lower()
    after = case.words(case.candidate.verb, min(case.candidate.verb + 3, len(case.tokens) - 1)).lower()
    return (
        bool(pattern_of("pointing").match(after))
        or any(word in rest for word in ("surprise", "be no doubt", "no illusion", "no mistake"))
        or rest.startswith(("be kept in mind", "be clear that", "be borne"))
        or (rest.startswith("be used as a") and not any(word in rest for word in _MISUSES))
        or (rest.startswith("be seen") and not case.agentive)
    )


def expected(case: Case) -> bool:
    """ "It should arrive by May", "prices should fall"."""
    if case.name in ("must", "have to", "need to") and _felt(case):
        return True
    if case.name not in ("should", "ought to"):
        return False
    group = case.group
    if group is not None and group.passive:
        timed = next_word(case, group.last + 1) in ("by", "in", "within", "before", "this", "next", "soon")
        return timed and group.lemma in ("complete", "finish", "finalise", "finalize", "conclude", "wrap")
    if case.verb == "know" and next_word(case, case.candidate.verb + 1) in ("that", "how", "what", "better"):
        return True
    if case.tokens[case.start].lower in _WHATEVER:
        return False
    after = next_word(case, case.candidate.verb + 1)
    following = {t.lower for t in case.tokens[case.candidate.first + 1 : case.candidate.verb + 4]}
    if (case.verb == "face" and after in ("up", "down")) or following & words_of("words", "at_once"):
        return False
    if _felt(case):
        return True
    if group is not None and group.progressive and group.lemma in words_of("verbs", "experience"):
        return True
    if (
        case.verb == "have"
        and not case.agentive
        and pattern_of("bearing").match(
            case.words(case.candidate.verb, min(case.candidate.verb + 8, len(case.tokens) - 1)).lower()
        )
    ):
        return True
    if case.verb == "expect" and _joined_to_verb(case):
        return False
    if case.verb in ("expect", "face") and (case.verb == "face" or not case.candidate.complement.negated):
        return True
    if case.verb in words_of("verbs", "growing") and _by_how_much(case):
        return True
    if case.verb == "be":
        behind = (t.lower for t in case.tokens[case.candidate.verb + 1 :])
        if case.head == "it" and next((w for w in behind if w not in _DEGREES), "") in _TRYING:
            return True
        return after in words_of("verbs", "expectation_states") and (
            not case.agentive or after in ("able", "out", "back", "home", "over", "in")
        )
    if case.head in (
        "shoppers",
        "consumers",
        "visitors",
        "investors",
        "readers",
        "shareholders",
        "holders",
        "customers",
        "passengers",
    ):
        return case.verb in words_of("verbs", "experience")
    return not case.agentive and case.verb in words_of("verbs", "expectation") and not case.candidate.complement.negated


def _by_how_much(case: Case) -> bool:
    """ "grow by 3 percent", "overtake Peru by 2030": a figure right behind the verb."""
    behind = case.tokens[case.candidate.verb + 1 : case.candidate.verb + 5]
    return any(t.tag == Tag.NUMBER or t.lower in ("faster", "slower") for t in behind)


def _joined_to_verb(case: Case) -> bool:
    """ "should expect and demand": what is done beside expecting shows that it is asked for."""
    i = case.candidate.verb + 1
    return (
        i + 1 < len(case.tokens) and case.tokens[i].tag == Tag.COORDINATOR and case.tokens[i + 1].lower in verb_forms()
    )


def _felt(case: Case) -> bool:
    """ "It is a pity that he should leave"."""
    return bool(pattern_of("feeling").search(case.words(0, case.start - 1).lower()))
