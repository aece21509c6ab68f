"""Appeals that are none: not made, made by things, or asking for a presence or an answer."""

from __future__ import annotations

from communique.extraction.actors.vocabulary import Word, flags_of
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.case import Case
from communique.extraction.recommendations.words import is_agent, words_of
from communique.extraction.speakers import saying_verbs

_UNMADE_AFTER = frozenset({"if", "without", "than", "not", "before", "of", "whether", "instead", "from", "nobody"})
_PRESSING = frozenset({"pressure", "force", "press", "push", "compel", "persuade", "coerce"})
_MEANS = frozenset(
    "measure measures tariff tariffs sanction sanctions effort efforts leverage threat threats tool tools".split()
)
_HYPOTHETICAL = frozenset({"may", "might", "could", "can", "should"})
_BEFORE_VERB = frozenset(
    {Tag.NAME, Tag.QUOTE, Tag.COORDINATOR, Tag.COMMA, Tag.ADVERB, Tag.PRONOUN, Tag.BREAK, Tag.CLOSE, Tag.RELATIVE}
)


def _hangs_on_means(case: Case, first: int) -> bool:
    """Whether the infinitive tells what means are for: "part of its measures to pressure Peru to"."""
    i = first - 1
    while i > 0 and case.tokens[i].tag in (Tag.TO, Tag.ADVERB):
        i -= 1
    return case.tokens[i].lower in _MEANS


def courtesy(case: Case) -> bool:
    """ "asked to comment", "invited to attend"."""
    if case.name not in ("ask", "is urged to", "encourage"):
        return False
    words = case.words(case.candidate.first, case.candidate.last).lower()
    wanted = "invitations" if "invit" in words else "courtesies"
    return any(w in words for w in ("ask", "invit", "request")) and case.verb in words_of("verbs", wanted)


def unmade(case: Case) -> bool:
    """An appeal that is not made: "declined to call on", "did not urge", "if he asks"."""
    if not case.candidate.construction.by_subject:
        return False
    own = case.own
    if own is None:
        return not _verbal(case)
    if own.first == 0 and own.tense == "past":
        return True
    before = case.tokens[own.first - 1].lower if own.first else ""
    if own.negated or own.passive or before in ("never", "not") or case.tokens[0].lower == "not":
        return True
    if own.modal in _HYPOTHETICAL or (own.modal == "would" and not _first_person(case)):
        return True
    earlier = [g for g in case.sentence.groups if g.last < own.first][-1:]
    if own.form == "infinitive" and own.lemma in _PRESSING and _hangs_on_means(case, own.first):
        return True
    if own.form == "infinitive":
        return bool(earlier) and earlier[0].lemma in words_of("verbs", "unmade")
    if own.form == "gerund" and own.first and case.tokens[own.first - 1].lower in words_of("nouns", "papers"):
        return False
    if own.form == "gerund" and earlier:
        adjacent = earlier[0].last == own.first - 1
        if adjacent and earlier[0].lemma in saying_verbs():
            return True
        apart = any(t.tag == Tag.COMMA for t in case.tokens[earlier[0].last : own.first])
        if (earlier[0].modal in _HYPOTHETICAL and not apart) or (
            adjacent and earlier[0].lemma in words_of("verbs", "only_thought")
        ):
            return True
    return before in _UNMADE_AFTER


def _verbal(case: Case) -> bool:
    """Whether recommending words that could be a noun are a verb: first in an item ("Calls upon all states"), or with
    a subject or a conjunction before them."""
    first = case.candidate.first
    if case.tokens[first].lower.endswith("ing") and case.candidate.kind != "deed":
        return True
    following = next((g for g in case.sentence.groups if g.first > case.candidate.last and _main(case, g)), None)
    if following is not None:
        between = case.sentence.phrases_between(case.candidate.last + 1, following.first - 1)
        if all(phrase.preposition is not None for phrase in between):
            return False
    before = case.tokens[first - 1]
    if before.tag == Tag.NAME and case.tokens[first].text.istitle() and not before.lower.endswith("s"):
        return first == 0
    return first <= 1 or before.tag in _BEFORE_VERB or (following is None and _only_verb(case))


def _only_verb(case: Case) -> bool:
    """Whether a form in -s behind a singular noun is the only verb there is: "The doctrine calls for X to act"."""
    first = case.candidate.first
    before = case.tokens[first - 1]
    singular = before.tag == Tag.NOMINAL and not before.lower.endswith("s")
    finite = any(g.form == "finite" and g.last < first for g in case.sentence.groups)
    return singular and case.tokens[first].lower.endswith("s") and not finite


def _main(case: Case, group: VerbGroup) -> bool:
    """Whether a group can be the main verb of a noun before it, and is no infinitive joined to another."""
    before = case.tokens[group.first - 1].tag
    joined = before in (Tag.ADVERB, Tag.COMMA) and case.tokens[group.first].tag == Tag.BASE
    return group.form == "finite" and before != Tag.COORDINATOR and not joined


def _first_person(case: Case) -> bool:
    own = case.own
    who = subject(case.sentence, own) if own is not None else ()
    return any(case.tokens[p.head].lower in ("i", "we") for p in who)


def provided(case: Case) -> bool:
    """What obliges by its terms: "the treaty calls for", "the law requires"."""
    if case.name not in ("call for", "requires", "need someone to", "demand that", "make a call"):
        return False
    own = case.own
    who = subject(case.sentence, own) if own is not None else ()
    heads = {case.tokens[p.head].lower for p in who}
    i = own.first - 1 if own is not None else case.candidate.first - 1
    while i > 0 and case.tokens[i].tag == Tag.ADVERB:
        i -= 1
    before = case.tokens[i].lower if i >= 0 else ""
    return bool((heads | {before}) & words_of("nouns", "provisions"))


def invited_somewhere(case: Case) -> bool:
    """ "invited ministers to a ceremony to mark": the infinitive is not what is asked."""
    if case.name not in ("ask", "is urged to", "encourage"):
        return False
    region = case.candidate.complement.addressees
    return region is not None and any(t.lower == "to" for t in case.tokens[region[0] : region[1] + 1])


def unspoken(case: Case) -> bool:
    """Things that encourage or ask: "the deal encourages Tokyo to stand firm"."""
    if case.candidate.construction.only != "speaking":
        return False
    own = case.own
    if own is None or case.candidate.first <= 1:
        return False
    who = subject(case.sentence, own)
    if not who:
        return False
    heads = [case.tokens[p.head] for p in who]
    if heads[0].lower in ("it", "they") and own.lemma in ("ask", "request") and (own.tense == "past" or own.perfect):
        return False
    if case.tokens[own.first].tag == Tag.THIRD and len(heads) == 1 and heads[0].lower.endswith("s"):
        return False
    return not any(h.tag == Tag.NAME or is_agent(h.lower) or h.lower in words_of("nouns", "papers") for h in heads)


def _told_by_name(case: Case) -> bool:
    """Whether who tells is named: "Madrid told its allies to", not "police told residents to"."""
    who = subject(case.sentence, case.own) if case.own is not None else ()
    heads = [case.tokens[p.head] for p in who]
    return any(h.tag == Tag.NAME and not flags_of(h.text) & Word.COMMON for h in heads)


def someone_unfit(case: Case) -> bool:
    """ "needs weapons to", "requires time to", "banks are required to": no one who could be advised is named."""
    if case.name == "is required to":
        return not case.named
    if case.name in ("has a duty to", "it is for someone to", "it is not for someone to"):
        return not case.agentive
    if case.name == "tell to":
        return not (case.agentive and (case.named or _told_by_name(case)))
    if case.name == "decide that it shall":
        return not case.agentive
    if case.name == "requires" and case.candidate.kind == "gerund":
        return case.own is None or case.own.form != "finite"
    return case.candidate.kind == "object_infinitive_near" and not case.agentive
