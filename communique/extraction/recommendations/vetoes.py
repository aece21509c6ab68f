"""What looks like a recommendation and is none: one named test for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.match import Candidate, verb_group
from communique.extraction.recommendations.words import is_agent, words_of
from communique.extraction.speakers import saying_verbs

_WILL = frozenset(
    {"will", "would", "'ll", "'d", "may", "might", "could", "can", "shall", "should", "to", "having", "used"}
)
_ASKING = frozenset(
    {
        "whether",
        "if",
        "unless",
        "lest",
        "what",
        "how",
        "when",
        "where",
        "who",
        "whom",
        "which",
        "whose",
        "whatever",
        "whichever",
        "whoever",
        "however",
    }
)
_THEORY = re.compile(r"\bin theory\b|\btheoretically\b|\bin principle\b|\bhypothetically\b", re.IGNORECASE)
_ARGUABLE = re.compile(
    r"\b(?:could|might|may|can) (?:be )?(?:argued?|say|said|think|object|claim(?:ed)?)\b(?! by)", re.IGNORECASE
)
_VIEW = re.compile(
    r"\b(?:some|others|many|few)\b[^.;:]{0,60} (?:say|hold|argue|believe|think|claim|insist|maintain|contend|suggest|feel)(?: that)?,?\Z",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"(?:but|however|yet|still|that (?:view|argument)|this (?:view|argument|is (?:wrong|mistaken))|in fact|nonsense|not so|such (?:views|arguments))\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\bthe (?:more|less|fewer|longer|greater|smaller) [^,;.]{2,60}\Z", re.IGNORECASE)
_FREQUENT = frozenset(
    {
        "often",
        "usually",
        "sometimes",
        "normally",
        "typically",
        "generally",
        "always",
        "rarely",
        "frequently",
        "traditionally",
        "routinely",
    }
)
_NO_REASON = re.compile(
    r"\bno reason (?:why|that|for)\b|\bdoes(?: not|n['’]t) mean\b|\bnot (?:mean|imply|suggest)\b|\bfar from (?:clear|certain|obvious)\b|\bno (?:law|rule|one|body) says\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate in its place: the text, its sentence, the subject's tokens and what follows the sentence."""

    text: str
    sentence: ParsedSentence
    candidate: Candidate
    following: str

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.sentence.tokens

    @property
    def name(self) -> str:
        """The construction's name."""
        return self.candidate.construction.name

    @property
    def group(self) -> VerbGroup | None:
        """The verb group of the action."""
        return verb_group(self.sentence, self.candidate)

    @property
    def own(self) -> VerbGroup | None:
        """The verb group of the recommending words."""
        return self.sentence.group_at(self.tokens[self.candidate.first].start)

    @property
    def verb(self) -> str:
        """The lemma of the action's verb."""
        return self.tokens[self.candidate.verb].lemma

    @property
    def head(self) -> str:
        """The noun or pronoun that is to act, in lower case; empty where there is none."""
        region = self.candidate.complement.addressees
        if region is None:
            return ""
        phrase = next(iter(self.sentence.phrases_between(*region)), None)
        return "" if phrase is None else self.tokens[phrase.head].lower

    @property
    def agentive(self) -> bool:
        """Whether who is to act can act: a name, a person, a body."""
        region = self.candidate.complement.addressees
        if region is None:
            return False
        for phrase in self.sentence.phrases_between(*region):
            head = self.tokens[phrase.head]
            if phrase.preposition is not None and phrase.first != region[0]:
                continue
            if head.tag is Tag.NAME or is_agent(head.lower):
                return True
        return False

    @property
    def start(self) -> int:
        """The first token of the clause's subject, or of the recommending words."""
        region = self.candidate.complement.addressees
        first = self.candidate.first
        return min(region[0], first) if region is not None else first

    def words(self, first: int, last: int) -> str:
        """The text of tokens `[first, last]`."""
        return self.text[self.tokens[first].start : self.tokens[last].end] if first <= last else ""


_MODAL = frozenset({"must", "should", "ought to"})
_OBLIGING = frozenset({"have to", "need to", "may need to"})
_SUBJECTED = _MODAL | _OBLIGING | {"needed to, reported", "had to, reported"}


def past_or_deduced(case: Case) -> bool:
    """ "should have acted", "must have been"."""
    return case.name in _MODAL and case.group is not None and case.group.perfect


def deduced(case: Case) -> bool:
    """ "She must be tired", "he must know"."""
    if case.name not in ("must", "have to") or (case.name == "have to" and case.head == "there"):
        return False
    group, candidate = case.group, case.candidate
    if group is not None and group.progressive:
        return True
    if case.verb == "be":
        after = _next_word(case, candidate.verb + 1)
        return (
            after in words_of("verbs", "deduction_states")
            or case.head in ("there", "it", "this", "that")
            and after in ("a", "an", "some", "something")
        )
    return case.verb in words_of("verbs", "deduction") and case.head not in ("we", "you", "i")


def _next_word(case: Case, i: int) -> str:
    while i < len(case.tokens) and case.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION, Tag.QUOTE):
        i += 1
    return case.tokens[i].lower if i < len(case.tokens) else ""


def forecast(case: Case) -> bool:
    """ "will have to decide", "would need to"."""
    if case.name not in _OBLIGING | {"need someone to", "requires"} or case.name == "may need to":
        return False
    i = case.candidate.first - 1
    while i >= 0 and case.tokens[i].tag in (Tag.ADVERB, Tag.COMMA):
        i -= 1
    return i >= 0 and case.tokens[i].lower.replace("’", "'") in _WILL | {"won't", "wouldn't"}


def not_obliged(case: Case) -> bool:
    """ "does not have to", "there is no need to", "it is not necessary to"."""
    first = case.candidate.first
    before = [t.lower for t in case.tokens[max(first - 3, 0) : first]]
    words = f" {case.words(first, case.candidate.last).lower()} "
    if case.name in _OBLIGING:
        if case.name == "need to" and case.own is None:
            return True
        return any(w in ("not", "never") or w.endswith(("n't", "n’t")) for w in before) or case.head in ("nobody",)
    if case.name in ("it is necessary to", "it is important to", "it is time to"):
        return " not " in words or "n't " in words or "n’t " in words
    return case.name == "the need to" and (" no " in words or any(w in ("no", "without", "not") for w in before))


def need_without_stress(case: Case) -> bool:
    """ "the need to cut costs" that nobody stresses and no one is told to meet."""
    if case.name != "the need to" or case.candidate.complement.addressees is not None:
        return False
    before = [t for t in case.tokens[max(case.candidate.first - 8, 0) : case.candidate.first]]
    stressing = words_of("verbs", "stressing")
    return not any(t.lemma in stressing or t.lower == "there" for t in before)


def questioned(case: Case) -> bool:
    """Inside a question."""
    for token in case.tokens[case.candidate.end + 1 :]:
        if token.text in ("?", "?!"):
            return True
        if token.text in (";", "!", "."):
            return False
    return False


def asked_indirectly(case: Case) -> bool:
    """ "whether X should", "if X must", "what X should do", "than it should"."""
    if case.candidate.kind not in ("verb", "infinitive"):
        return False
    if case.head in _ASKING or case.tokens[case.start].lower in _ASKING or _wh_before(case):
        return True
    if _COMPARED.search(case.words(0, case.candidate.first)) and case.tokens[case.candidate.end].lower != ".":
        return True
    i = case.start - 1
    while i >= 0 and (
        case.tokens[i].tag in (Tag.ADVERB, Tag.COMMA, Tag.QUOTE) or case.tokens[i].lower in ("much", "many", "long")
    ):
        i -= 1
    if i < 0:
        return False
    word = case.tokens[i].lower
    if word in ("as", "than"):
        return True
    if word == "which" and i > 0 and case.tokens[i - 1].tag is Tag.PREPOSITION:
        return True
    return (
        word in _ASKING
        and not (word == "however" and case.tokens[i + 1].tag is Tag.COMMA)
        and case.tokens[i].tag is not Tag.COMMA
    )


def _wh_before(case: Case) -> bool:
    i = case.candidate.first - 1
    while i > 0 and case.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    word = case.tokens[i].lower if i >= 0 else ""
    return word == "what" or (
        word in ("who", "which") and (i == 0 or case.tokens[i - 1].tag is not Tag.COMMA) and i < 2
    )


def restrictive(case: Case) -> bool:
    """ "countries that must import": the relative clause tells which ones."""
    i = case.candidate.first - 1
    while i >= 0 and case.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    if i < 1 or case.tokens[i].tag is not Tag.RELATIVE:
        return False
    if case.name == "may consider":
        return True
    return case.tokens[i - 1].tag is not Tag.COMMA or not case.agentive


def what_to_do(case: Case) -> bool:
    """ "the steps that X must take": the noun before stands for the action, which is not said."""
    if case.candidate.construction.only is not None or case.candidate.kind not in ("verb", "infinitive"):
        return False
    i = case.start - 1
    if i > 0 and case.tokens[i].tag is Tag.RELATIVE:
        i -= 1
    named = i >= 0 and case.tokens[i].lower in words_of("nouns", "actions")
    after = case.tokens[case.candidate.verb + 1].tag if case.candidate.verb + 1 < len(case.tokens) else Tag.BREAK
    objectless = after not in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.PRONOUN)
    return named and objectless and case.verb != "be"


def remark(case: Case) -> bool:
    """ "It should be noted", "we must not forget", "figures should be read with care"."""
    construction, group = case.candidate.construction, case.group
    if construction.by_subject or construction.name in ("cannot as must not", "may consider"):
        return False
    verb = group.lemma if group is not None and group.passive else case.verb
    if construction.name == "let us":
        return verb in words_of("verbs", "remark") | words_of("verbs", "not_imperative") | {"be", "hope"}
    if verb in words_of("verbs", "remark_always"):
        return case.head in ("", "it", "one", "we", "you", "readers", "observers", "nobody", "i") or (
            group is not None and group.passive
        )
    if verb not in words_of("verbs", "remark"):
        return _no_surprise(case)
    if construction.modality == "advise":
        return case.head in ("", "it", "one", "us")
    return (group is not None and group.passive) or case.head in ("it", "one", "i", "readers", "observers")


def _no_surprise(case: Case) -> bool:
    rest = case.words(case.candidate.verb, min(case.candidate.verb + 6, len(case.tokens) - 1)).lower()
    return "surprise" in rest or rest.startswith(
        ("be kept in mind", "be clear that", "be used as a", "be seen", "be borne")
    )


def expected(case: Case) -> bool:
    """ "It should arrive by May", "prices should fall"."""
    if case.name not in ("should", "ought to"):
        return False
    group = case.group
    if group is not None and group.passive:
        timed = _next_word(case, group.last + 1) in ("by", "in", "within", "before", "this", "next", "soon")
        return timed and group.lemma in ("complete", "finish", "finalise", "finalize", "conclude", "wrap")
    if case.verb in ("expect", "face") and (case.verb == "face" or not case.candidate.complement.negated):
        return True
    after = _next_word(case, case.candidate.verb + 1)
    if case.verb == "be":
        return after in words_of("verbs", "expectation_states") and (
            not case.agentive or after in ("out", "back", "home", "over", "in")
        )
    if case.head in ("shoppers", "consumers", "visitors", "travellers", "investors", "readers"):
        return case.verb in words_of("verbs", "experience")
    return not case.agentive and case.verb in words_of("verbs", "expectation") and not case.candidate.complement.negated


def impersonal_past(case: Case) -> bool:
    """ "It was necessary to retreat", told as a fact."""
    words = case.words(case.candidate.first, case.candidate.last).lower()
    if not re.match(r"it (?:was|became|seemed|remained)\b", words):
        return False
    return not _reported(case)


def unreported(case: Case) -> bool:
    """A past form that is no reported present: "had to flee"."""
    if not case.candidate.construction.reported:
        return False
    governor = governing(case)
    if governor is None or case.head in ("they", "he", "she", "himself", "themselves"):
        return True
    wanted = "opinion" if case.name == "had to, reported" else "saying"
    return governor.lemma not in words_of("verbs", wanted)


def _reported(case: Case) -> bool:
    governor = governing(case)
    return governor is not None and governor.lemma in saying_verbs()


def governing(case: Case) -> VerbGroup | None:
    """The verb that the clause depends on: "said" in "said that X should"."""
    before = [g for g in case.sentence.groups if g.last < case.start]
    if not before:
        return None
    group = before[-1]
    between = case.tokens[group.last + 1 : case.start]
    if any(t.tag in (Tag.BREAK, Tag.SUBORDINATOR) for t in between):
        return None
    joined = all(t.tag in (Tag.RELATIVE, Tag.ADVERB, Tag.QUOTE, Tag.COMMA) for t in between)
    if joined or any(t.lower == "that" for t in between):
        return group
    return None


def disowned(case: Case) -> bool:
    """ "I do not say that X has to", "he denied that X must"."""
    governor = governing(case)
    if _NO_REASON.search(case.words(max(case.start - 9, 0), case.start)):
        return True
    if governor is None:
        return False
    if governor.lemma in words_of("verbs", "negative_attitude"):
        return True
    if governor.modal in ("may", "might", "could") and governor.lemma not in ("use", "ask"):
        return True
    return governor.negated and governor.lemma in words_of("verbs", "attitude") - words_of("verbs", "neg_raising")


def of_nobody_named(case: Case) -> bool:
    """ "Some say that X should": a view reported to be countered."""
    governor = governing(case)
    if _ARGUABLE.search(case.words(0, case.start - 1)) or _VIEW.search(case.words(0, case.start - 1)):
        return True
    if governor is None or governor.lemma not in words_of("verbs", "attitude") | saying_verbs():
        return False
    before = [t.lower for t in case.tokens[max(governor.first - 4, 0) : governor.first]]
    if "who" in before and set(before) & {"those", "people", "many", "some", "others", "critics", "analysts"}:
        return True
    who = subject(case.sentence, governor)
    if not who and governor.first <= 6 and case.tokens[0].lower in ("some", "others", "many", "few"):
        return True
    words = [case.tokens[p.head].lower for p in who] + [case.tokens[p.first].lower for p in who]
    first = case.tokens[who[0].first].lower if who else ""
    if not set(words) & words_of("nouns", "unnamed"):
        return False
    return first in ("some", "others", "many", "those", "few", "one") or bool(_COUNTER.match(case.following))


def in_theory(case: Case) -> bool:
    """An option dismissed: "in theory, X could"."""
    return case.candidate.construction.modality == "consider" and bool(
        _THEORY.search(case.words(0, len(case.tokens) - 1))
    )


def habitual(case: Case) -> bool:
    """ "often has to": what happens, not what is advised."""
    if case.name not in _OBLIGING:
        return False
    own = case.tokens[max(case.candidate.first - 2, 0) : case.candidate.first]
    return any(t.lower in _FREQUENT for t in own)


def legal(case: Case) -> bool:
    """A rule reported: "under the law, importers must"."""
    if case.candidate.construction.modality not in ("must", "need", "should"):
        return False
    words = case.words(0, len(case.tokens) - 1).lower()
    return any(phrase in words for phrase in words_of("nouns", "law"))


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
    before = case.tokens[own.first - 1].lower if own.first else ""
    if (
        own.negated
        or before in ("never", "not")
        or case.tokens[0].lower == "not"
        or (own.passive and case.name not in ("is urged to", "is advised to"))
    ):
        return True
    if own.modal in ("may", "might", "could", "can", "should") or own.modal == "would" and not _first_person(case):
        return True
    if own.form == "infinitive":
        before = [g for g in case.sentence.groups if g.last < own.first]
        return bool(before) and before[-1].lemma in words_of("verbs", "unmade")
    i = own.first - 1
    return i >= 0 and case.tokens[i].lower in (
        "if",
        "without",
        "than",
        "not",
        "before",
        "of",
        "whether",
        "instead",
        "from",
        "nobody",
    )


_BEFORE_VERB = frozenset(
    {Tag.NAME, Tag.QUOTE, Tag.COORDINATOR, Tag.COMMA, Tag.ADVERB, Tag.PRONOUN, Tag.BREAK, Tag.CLOSE, Tag.RELATIVE}
)


def _verbal(case: Case) -> bool:
    """Whether recommending words that could be a noun are a verb: first in an item ("Calls upon all states"), or with
    a subject or a conjunction before them."""
    first = case.candidate.first
    return first <= 1 or case.tokens[first - 1].tag in _BEFORE_VERB


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
    before = case.tokens[own.first - 1].lower if own is not None and own.first else ""
    return bool((heads | {before}) & words_of("nouns", "provisions"))


def procedural(case: Case) -> bool:
    """ "must be ratified by parliament"."""
    group = case.group
    if group is None or not group.passive or group.lemma not in words_of("verbs", "procedural"):
        return False
    return any(t.lower == "by" for t in case.tokens[group.last + 1 : case.candidate.end + 1])


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
    return not any(h.tag is Tag.NAME or is_agent(h.lower) or h.lower in words_of("nouns", "papers") for h in heads)


def not_forbidden(case: Case) -> bool:
    """ "cannot" of inability."""
    if case.candidate.construction.only != "forbidden":
        return False
    group = case.group
    if group is not None and group.passive:
        return group.lemma not in words_of("verbs", "forbidden_passive") or case.head in ("it",)
    if case.verb not in words_of("verbs", "forbidden"):
        return True
    if case.verb == "afford":
        governor = governing(case)
        return governor is not None or not case.agentive
    return not case.agentive or governing(case) is not None and case.head in ("they", "he", "she", "it")


def someone_unfit(case: Case) -> bool:
    """ "needs weapons to", "requires time to": no one who could act is named."""
    return case.candidate.kind == "object_infinitive_near" and not case.agentive


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


def neg_raised(case: Case) -> bool:
    """ "I do not think that X should": the negation belongs to the action."""
    governor = governing(case)
    return governor is not None and governor.negated and governor.lemma in words_of("verbs", "neg_raising")
