"""What follows the recommending words: who is to act and the verb of what is to be done.

Each complement is a function of the sentence and the tokens of the recommending words; a table names them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag, verb_forms
from communique.extraction.recommendations.words import is_agent, is_deed, words_of

_BASES = frozenset({Tag.BASE, Tag.BE, Tag.HAVE, Tag.DO})
_LIGHT = frozenset({Tag.ADVERB, Tag.NEGATION, Tag.QUOTE})
_INVERTING = frozenset({"nor", "neither", "only", "not", "never", "so", "rarely", "seldom", "then"})
_NEGATIVE_OPENERS = frozenset({"nor", "neither", "not", "never"})
_NEGATIVE_SUBJECTS = frozenset({"no", "nobody", "none", "neither", "nothing"})
_FARTHEST = 60
_NEAR = 9
_BARE_TO = frozenset({"let", "help", "make"})


@dataclass(frozen=True, slots=True)
class Complement:
    """The action starts at token `verb`; `addressees` are tokens `[first, last]` of the words that say who is to act.

    `asked` is true where the addressee is the patient of the recommending verb and not the subject of the action.
    """

    verb: int
    addressees: tuple[int, int] | None
    negated: bool


Finder = Callable[[ParsedSentence, int, int], "Complement | None"]


def is_base(token: Token) -> bool:
    """Whether the token can be the base form of a verb."""
    if token.tag in _BASES:
        return token.lower not in ("is", "are", "was", "were", "has", "had", "did", "does", "been", "being", "am")
    form = verb_forms().get(token.lower)
    return form is not None and Tag.BASE in form.tags and token.tag in (Tag.NOMINAL, Tag.PREPOSITION)


def verb_after(sentence: ParsedSentence, i: int, *, marked: bool) -> tuple[int, bool] | None:
    """The verb at or after token `i`, adverbs and asides passed over, and whether it is negated.

    `marked` asks for "to" before the verb.
    """
    tokens = sentence.tokens
    negated = False
    seen_to = False
    while i < len(tokens):
        token = tokens[i]
        if token.tag is Tag.NEGATION:
            negated = True
        elif token.lower == "to" and token.tag in (Tag.TO, Tag.PREPOSITION):
            seen_to = True
        elif token.tag is Tag.COMMA:
            close = _aside(tokens, i)
            if close is None:
                return None
            i = close
        elif token.lower == "no" and i + 1 < len(tokens) and tokens[i + 1].lower == "longer":
            negated = True
            i += 1
        elif token.lower in ("all", "each", "both", "only") or token.tag in (Tag.ADVERB, Tag.QUOTE):
            if not seen_to and not marked and is_base(token) and token.tag is not Tag.ADVERB:
                return i, negated
        elif token.lower in ("by", "under", "in", "at") and (end := _fixed_adverb(tokens, i)) is not None:
            negated = negated or tokens[i + 1].lower == "no"
            i = end
        else:
            return (i, negated) if is_base(token) and seen_to == marked else None
        i += 1
    return None


def _aside(tokens: tuple[Token, ...], comma: int) -> int | None:
    """The comma that closes an aside of a few words opened at `comma`."""
    for j in range(comma + 1, min(comma + 10, len(tokens))):
        if tokens[j].tag is Tag.COMMA:
            return j
        if tokens[j].tag in (Tag.BREAK, Tag.MODAL):
            return None
    return None


_FIXED = (
    ("by", "no", "means"), ("under", "no", "circumstances"), ("in", "no", "way"), ("at", "no", "point"),
    ("at", "all", "costs"), ("at", "least"), ("in", "turn"), ("at", "once"), ("by", "all", "means"), ("in", "future"),
    ("at", "no", "time"), ("under", "no", "circumstance"), ("in", "particular"), ("at", "last"),
)  # fmt: skip


def _fixed_adverb(tokens: tuple[Token, ...], i: int) -> int | None:
    for phrase in _FIXED:
        if tuple(t.lower for t in tokens[i : i + len(phrase)]) == phrase:
            return i + len(phrase) - 1
    return None


def of_modal(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """The verb of the modal itself; who is to act is its subject, also after "nor" and the like ("nor should X act")."""
    token = sentence.tokens[last]
    negative = token.lower.endswith(("n't", "not"))
    found = verb_after(sentence, last + 1, marked=False)
    if found is not None:
        verb, negated = found
        return _with_subject(sentence, first, verb, negated or negative)
    return _inverted(sentence, first, last, negative)


def of_infinitive(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "(not) to act" right after the words, an agent in between passed over ("is urged by X to act")."""
    tokens = sentence.tokens
    start = last + 1
    if start < len(tokens) and tokens[start].lower == "by":
        start = next((j for j in range(start, min(start + 14, len(tokens))) if tokens[j].tag is Tag.TO), start)
        if tokens[start - 1].tag is Tag.NEGATION:
            start -= 1
    found = verb_after(sentence, start, marked=True)
    return None if found is None else _with_subject(sentence, first, *found)


def _with_subject(sentence: ParsedSentence, first: int, verb: int, negated: bool) -> Complement:
    region = subject_region(sentence, first)
    if region is not None and sentence.tokens[region[0]].lower in _NEGATIVE_SUBJECTS:
        negated = True
    return Complement(verb, region, negated)


def _inverted(sentence: ParsedSentence, first: int, last: int, negative: bool) -> Complement | None:
    tokens = sentence.tokens
    openers = {t.lower for t in tokens[max(first - 6, 0) : first]} & _INVERTING
    phrase = next(iter(sentence.phrases_between(last + 1, last + 2)), None)
    if not openers or phrase is None:
        return None
    for verb in range(phrase.first + 1, min(phrase.last + 4, len(tokens))):
        found = verb_after(sentence, verb, marked=False)
        if found is not None and (found[0] > phrase.last or tokens[found[0]].tag is Tag.BASE):
            negated = negative or found[1] or bool(openers & _NEGATIVE_OPENERS)
            return Complement(found[0], (phrase.first, min(phrase.last, found[0] - 1)), negated)
    return None


def of_object_infinitive(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "X (not) to act"."""
    return _object_infinitive(sentence, last, _FARTHEST)


def of_object_infinitive_near(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """The same with few words between."""
    return _object_infinitive(sentence, last, _NEAR)


def of_object_not_infinitive(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "X not to act"."""
    found = _object_infinitive(sentence, last, _FARTHEST)
    return found if found is not None and found.negated else None


def _object_infinitive(sentence: ParsedSentence, last: int, farthest: int) -> Complement | None:
    tokens = sentence.tokens
    start = last + 1
    while start < len(tokens) and tokens[start].tag in _LIGHT:
        start += 1
    if not sentence.phrases_between(start, start):
        return None
    relative = False
    for j in range(start + 1, min(start + farthest, len(tokens))):
        token = tokens[j]
        if token.tag in (Tag.BREAK, Tag.SUBORDINATOR):
            return None
        if token.tag is Tag.RELATIVE:
            relative = True
        elif token.tag in (Tag.MODAL, Tag.THIRD) and not relative:
            return None
        elif token.tag in (Tag.BASE, Tag.BE, Tag.HAVE) and tokens[j - 1].tag is Tag.PRONOUN and not relative:
            return None
        elif token.tag is Tag.TO:
            found = verb_after(sentence, j, marked=True)
            if found is None:
                continue
            before = j - 1
            negated = found[1]
            while tokens[before].tag in (Tag.NEGATION, Tag.COMMA, Tag.ADVERB) and before > start:
                negated = negated or tokens[before].tag is Tag.NEGATION
                before -= 1
            return Complement(found[0], (start, before), negated)
    return None


def of_for_infinitive(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "(for X) (not) to act"; without "for X" the subject is to act, unless it is the empty "it"."""
    tokens = sentence.tokens
    start = last + 1
    while start < len(tokens) and (tokens[start].tag in _LIGHT or tokens[start].lower in ("now", "today")):
        start += 1
    if start < len(tokens) and tokens[start].lower == "for":
        return _object_infinitive(sentence, start, _FARTHEST)
    found = verb_after(sentence, last + 1, marked=True)
    if found is None:
        return None
    verb, negated = found
    region = subject_region(sentence, first)
    if region is not None and (region[1] >= first or sentence.tokens[region[0]].lower in ("it", "this", "that")):
        region = None
    return Complement(verb, region if sentence.group_at(tokens[first].start) else None, negated)


def of_agent_infinitive(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "X (not) to act" where X can act, or where something is to be done to X ("for talks to be held")."""
    found = _object_infinitive(sentence, last, _FARTHEST)
    if found is None or found.addressees is None:
        return None
    phrase = next(iter(sentence.phrases_between(*found.addressees)), None)
    if phrase is None:
        return None
    head = sentence.tokens[phrase.head]
    deed = is_deed(head.lower)
    return found if sentence.tokens[found.verb].tag is Tag.BE or is_agent(head.lower) or not deed else None


def of_that_any(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "that X acts", the indicative included."""
    return _that_clause(sentence, last, indicative=True, plural=True)


def of_that_singular(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "that X act" where the form shows that no fact is stated."""
    return _that_clause(sentence, last, indicative=False, plural=False)


def of_that_clause(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "that X (should) act": the verb must not be indicative."""
    return _that_clause(sentence, last, indicative=False, plural=True)


def _that_clause(sentence: ParsedSentence, last: int, *, indicative: bool, plural: bool) -> Complement | None:
    tokens = sentence.tokens
    that = last + 1
    while that < len(tokens) and tokens[that].tag in (Tag.ADVERB, Tag.QUOTE):
        that += 1
    if that + 2 >= len(tokens) or tokens[that].lower != "that":
        return None
    for j in range(that + 2, min(that + 40, len(tokens))):
        token = tokens[j]
        if token.tag is Tag.BREAK:
            return None
        if token.lower in ("should", "must") and token.tag is Tag.MODAL:
            found = verb_after(sentence, j + 1, marked=False)
            return None if found is None else _clause(sentence, that, j, *found)
        if token.tag in (Tag.MODAL, Tag.THIRD, Tag.PAST) or token.lower in ("is", "are", "was", "were", "has", "had"):
            stated = (
                indicative and token.tag in (Tag.THIRD, Tag.BE, Tag.HAVE) and token.lower not in ("was", "were", "had")
            )
            return _clause(sentence, that, j, j, False) if stated and j > that + 1 else None
        if token.tag is Tag.NEGATION and j + 1 < len(tokens) and is_base(tokens[j + 1]):
            return _clause(sentence, that, j, j + 1, True)
        if _subjunctive(tokens, j):
            if not plural and _plain_plural(tokens, j):
                return None
            return _clause(sentence, that, j, j, False)
    return None


def _plain_plural(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether the base form at `j` may as well be the present of a plural subject."""
    before = tokens[j - 1]
    plural = before.lower.endswith("s") and before.tag is Tag.NOMINAL or before.lower in ("they", "we", "you", "i")
    return tokens[j].lower != "be" and (plural or tokens[j].lemma in words_of("verbs", "states"))


def _subjunctive(tokens: tuple[Token, ...], j: int) -> bool:
    token, before = tokens[j], tokens[j - 1]
    if token.lower == "be":
        return True
    if before.tag not in (Tag.NAME, Tag.NOMINAL, Tag.PRONOUN, Tag.CLOSE, Tag.COMMA, Tag.ADVERB, Tag.QUOTE) and (
        before.lower not in ("this", "these", "those", "all", "both")
    ):
        return False
    if token.tag in (Tag.BASE, Tag.HAVE, Tag.DO):
        return is_base(token)
    form = verb_forms().get(token.lower)
    following = tokens[j + 1].tag if j + 1 < len(tokens) else Tag.BREAK
    opens = following in (
        Tag.DETERMINER, Tag.POSSESSIVE, Tag.PREPOSITION, Tag.PRONOUN, Tag.NUMBER, Tag.NAME, Tag.ADVERB, Tag.NOMINAL,
    )  # fmt: skip
    return form is not None and Tag.BASE in form.tags and token.tag is Tag.NOMINAL and opens


def _clause(sentence: ParsedSentence, that: int, end: int, verb: int, negated: bool) -> Complement:
    first = that + 1
    if sentence.tokens[first].lower in _NEGATIVE_SUBJECTS:
        negated = True
    return Complement(verb, (first, end - 1), negated)


def of_gerund(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "lifting the ban"."""
    tokens = sentence.tokens
    i = last + 1
    while i < len(tokens) and tokens[i].tag in _LIGHT:
        i += 1
    if i < len(tokens) and tokens[i].tag is Tag.GERUND and i + 1 < len(tokens):
        return Complement(i, None, tokens[i - 1].tag is Tag.NEGATION)
    return None


def of_deed(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """A noun made of a verb; after "appeal to X for" X is to act."""
    tokens = sentence.tokens
    i = last + 1
    while i < len(tokens) and tokens[i].tag in _LIGHT:
        i += 1
    phrase = next(iter(sentence.phrases_between(i, i)), None)
    if phrase is None:
        return None
    if tokens[last].lower in ("to", "with"):
        wanted = next((p for p in sentence.phrases_between(i, i + 14) if p.preposition == "for"), None)
        if wanted is None or not _names_deed(sentence, wanted):
            return None
        return Complement(wanted.first, (i, wanted.first - 2), False)
    return Complement(phrase.first, None, False) if _names_deed(sentence, phrase) else None


def of_deed_on(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """A noun made of a verb after "insist on"."""
    return of_deed(sentence, first, last) if sentence.tokens[last].lower == "on" else None


def _names_deed(sentence: ParsedSentence, phrase: NounPhrase) -> bool:
    return is_deed(sentence.tokens[phrase.head].lower)


def of_own_deed(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """A noun made of a verb with its doer in the genitive: "Japan's involvement in"."""
    phrase = next(iter(sentence.phrases_between(last + 1, last + 1)), None)
    owner = None if phrase is None else owner_of(sentence, phrase)
    if phrase is None or owner is None or not _names_deed(sentence, phrase):
        return None
    return Complement(owner + 2, (phrase.first, owner), False)


def owner_of(sentence: ParsedSentence, phrase: NounPhrase) -> int | None:
    """The last token before the genitive mark inside the phrase."""
    marks = [i for i in range(phrase.first, phrase.last) if sentence.tokens[i].tag is Tag.GENITIVE]
    return marks[-1] - 1 if marks else None


def of_subject_deed(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """The deed is the subject: "Japan's participation is a priority"."""
    region = subject_region(sentence, first)
    if region is None:
        return None
    phrase = next(iter(sentence.phrases_between(*region)), None)
    if phrase is None or not _names_deed(sentence, phrase):
        return None
    owner = owner_of(sentence, phrase)
    if owner is None:
        return Complement(phrase.first, None, False)
    return Complement(owner + 2, (phrase.first, owner), False)


def of_examples(sentence: ParsedSentence, first: int, last: int) -> Complement | None:
    """ "steps that X can take, such as acting"."""
    tokens = sentence.tokens
    modal = next((j for j in range(last + 1, min(last + 16, len(tokens))) if tokens[j].tag is Tag.MODAL), None)
    if modal is None:
        return None
    start = last + 2 if tokens[last + 1].tag is Tag.RELATIVE else last + 1
    for j in range(modal + 2, len(tokens) - 1):
        if tokens[j].lower in ("such", "including", ":") or tokens[j].tag is Tag.BREAK:
            verb = j + 2 if tokens[j].lower == "such" else j + 1
            return Complement(min(verb, len(tokens) - 1), (start, modal - 1), False)
    return None


def subject_region(sentence: ParsedSentence, first: int) -> tuple[int, int] | None:
    """First and last token of the subject of the verb group that holds token `first`."""
    group = sentence.group_at(sentence.tokens[first].start)
    phrases = _subject(sentence, group, first)
    if not phrases:
        return None
    end = phrases[-1].last
    limit = (group.first if group else first) - 1
    return phrases[0].first, _with_tail(sentence, end, limit)


def _subject(sentence: ParsedSentence, group: VerbGroup | None, first: int) -> tuple[NounPhrase, ...]:
    if group is not None:
        return subject(sentence, group)
    before = [p for p in sentence.phrases_between(0, first - 1) if p.last < first]
    while len(before) > 1 and before[-1].preposition is not None:
        before.pop()
    return tuple(before[-1:])


def _with_tail(sentence: ParsedSentence, end: int, limit: int) -> int:
    """The end of a phrase with the prepositional phrases and appositions that follow it before token `limit`."""
    tokens = sentence.tokens
    for phrase in sentence.phrases_between(end + 1, limit):
        between = tokens[end + 1 : phrase.first]
        apposed = len(between) == 1 and between[0].tag in (Tag.COMMA, Tag.OPEN)
        if phrase.last > limit or not (phrase.preposition is not None and len(between) <= 2 or apposed):
            break
        end = phrase.last
    return end


FINDERS: dict[str, Finder] = {
    "verb": of_modal,
    "infinitive": of_infinitive,
    "object_infinitive": of_object_infinitive,
    "object_infinitive_near": of_object_infinitive_near,
    "object_not_infinitive": of_object_not_infinitive,
    "for_infinitive": of_for_infinitive,
    "that_clause": of_that_clause,
    "that_any": of_that_any,
    "that_singular": of_that_singular,
    "agent_infinitive": of_agent_infinitive,
    "gerund": of_gerund,
    "deed": of_deed,
    "deed_on": of_deed_on,
    "own_deed": of_own_deed,
    "subject_deed": of_subject_deed,
    "examples": of_examples,
}
