"""Verbs and subjects around recommending words."""

from __future__ import annotations

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.stretch import attribution_before
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag
from communique.extraction.recommendations.bases import is_base
from communique.extraction.recommendations.marks import mark_at
from communique.extraction.speakers import saying_verbs

_OBJECTS = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.NAME, Tag.PRONOUN})
LIGHT = frozenset({Tag.ADVERB, Tag.NEGATION, Tag.QUOTE})


def verb_after(sentence: ParsedSentence, i: int, *, marked: bool) -> tuple[int, bool] | None:
    """The verb at or after token `i`, adverbs and asides passed over, and whether it is negated.

    `marked` asks for "to" before the verb.
    """
    tokens = sentence.tokens
    negated = False
    seen_to = False
    while i < len(tokens):
        token = tokens[i]
        counted = mark_at(tokens, i)
        if counted is not None:
            i = counted[1] - 1
        elif token.text == ":":
            pass
        elif token.tag == Tag.NEGATION:
            following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
            negated = negated or following not in ("only", "just", "merely", "simply")
        elif token.lower == "to" and token.tag in (Tag.TO, Tag.PREPOSITION):
            seen_to = True
        elif token.tag == Tag.COMMA:
            close = _aside(tokens, i)
            if close is None:
                return None
            i = close
        elif token.lower == "neither":
            negated = True
        elif token.lower == "no" and i + 1 < len(tokens) and tokens[i + 1].lower == "longer":
            negated = True
            i += 1
        elif token.lower in ("all", "each", "both", "only") or token.tag in (Tag.ADVERB, Tag.QUOTE):
            if not seen_to and not marked and is_base(token) and token.tag != Tag.ADVERB:
                return i, negated
            if not marked and token.lower == "back" and i + 1 < len(tokens) and tokens[i + 1].tag in _OBJECTS:
                return i, negated
        elif token.tag == Tag.COORDINATOR and _joins_adverbs(tokens, i):
            pass
        elif token.lower in ("by", "under", "in", "at", "of", "for") and (end := _fixed_adverb(tokens, i)) is not None:
            negated = negated or tokens[i + 1].lower == "no"
            i = end
        else:
            return (i, negated) if is_base(token) and seen_to == marked else None
        i += 1
    return None


def _joins_adverbs(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the conjunction at token `i` joins adverbs: "immediately and fully release"."""
    return 0 < i < len(tokens) - 1 and tokens[i - 1].tag == Tag.ADVERB and tokens[i + 1].tag == Tag.ADVERB


def _aside(tokens: tuple[Token, ...], comma: int) -> int | None:
    """The comma that closes an aside of a few words opened at `comma`, or of a clause: ", where it can,"."""
    clause = comma + 1 < len(tokens) and tokens[comma + 1].lower in ("where", "wherever", "whenever", "as", "when")
    for j in range(comma + 1, min(comma + 10, len(tokens))):
        if tokens[j].tag == Tag.COMMA:
            return j
        if tokens[j].tag == Tag.BREAK or (tokens[j].tag == Tag.MODAL and not clause):
            return None
    return None


_FIXED = (
    ("by", "no", "means"), ("under", "no", "circumstances"), ("in", "no", "way"), ("at", "no", "point"),
    ("at", "all", "costs"), ("at", "least"), ("in", "turn"), ("at", "once"), ("by", "all", "means"), ("in", "future"),
    ("at", "no", "time"), ("under", "no", "circumstance"), ("in", "particular"), ("at", "last"),
    ("in", "addition"), ("of", "course"), ("in", "fact"), ("for", "now"), ("in", "return"),
    ("at", "the", "same", "time"), ("in", "the", "meantime"), ("for", "its", "part"), ("in", "general"),
)  # fmt: skip


def _fixed_adverb(tokens: tuple[Token, ...], i: int) -> int | None:
    for phrase in _FIXED:
        if tuple(t.lower for t in tokens[i : i + len(phrase)]) == phrase:
            return i + len(phrase) - 1
    return None


def subject_region(sentence: ParsedSentence, first: int) -> tuple[int, int] | None:
    """First and last token of the subject of the verb group that holds token `first`."""
    group = sentence.group_at(sentence.tokens[first].start)
    said = said_between(sentence, first)
    phrases = _subject(sentence, group, first) if said is None else _before_relative(sentence, said)
    if not phrases or _is_deed(sentence, group, phrases):
        return None
    end = phrases[-1].last
    if said is not None:
        return phrases[0].first, end
    aside = attribution_before(sentence, group) if group is not None else None
    limit = (aside.first if aside is not None else group.first if group else first) - 1
    return _with_partner(sentence, phrases[0].first), with_tail(sentence, end, limit)


def _is_deed(sentence: ParsedSentence, group: VerbGroup | None, phrases: tuple[NounPhrase, ...]) -> bool:
    """Whether what should be is a deed that a gerund names: "Concluding pacts with Peru and Chile should be a goal"."""
    if group is None or group.lemma != "be" or sentence.tokens[0].tag != Tag.GERUND:
        return False
    return phrases[0].first > 1 and all(g.form != "finite" for g in sentence.groups if g.last < group.first)


def said_between(sentence: ParsedSentence, first: int) -> VerbGroup | None:
    """The verb of saying right before the verb of a relative clause: "arms, which he said had to go"."""
    said = next((g for g in sentence.groups if g.last == first - 1 and g.form == "finite"), None)
    return said if said is not None and said.lemma in saying_verbs() and _before_relative(sentence, said) else None


def _before_relative(sentence: ParsedSentence, said: VerbGroup) -> tuple[NounPhrase, ...]:
    """What a relative clause hangs on that opens right before who says something: "arms, which he said"."""
    who = sentence.phrase_at(sentence.tokens[said.first - 1].start) if said.first else None
    opened = who.first - 1 if who is not None else 0
    if opened < 1 or sentence.tokens[opened].lower not in ("which", "who", "whom", "that"):
        return ()
    end = opened - 1 - (sentence.tokens[opened - 1].tag == Tag.COMMA)
    found = sentence.phrase_at(sentence.tokens[end].start) if end >= 0 else None
    return (found,) if found is not None and found.last == end else ()


def _with_partner(sentence: ParsedSentence, first: int) -> int:
    """The start of a subject with the name joined before it: "As the ice melts, Chile and Peru should"."""
    tokens = sentence.tokens
    if first < 3 or tokens[first - 1].lower != "and":
        return first
    partner = sentence.phrase_at(tokens[first - 2].start)
    joined = (
        partner is not None and partner.last == first - 2 and tokens[partner.head].tag == Tag.NAME
        and partner.first > 0 and _opens_clause(tokens[partner.first - 1])
    )  # fmt: skip
    return partner.first if joined and partner is not None else first


def _opens_clause(token: Token) -> bool:
    said = token.lemma in saying_verbs() and token.tag in (Tag.PAST, Tag.THIRD, Tag.GERUND)
    return token.tag == Tag.COMMA or token.lower == "that" or said


def _subject(sentence: ParsedSentence, group: VerbGroup | None, first: int) -> tuple[NounPhrase, ...]:
    if group is not None:
        return subject(sentence, group)
    before = [p for p in sentence.phrases_between(0, first - 1) if p.last < first]
    while len(before) > 1 and before[-1].preposition is not None:
        before.pop()
    return tuple(before[-1:])


def with_tail(sentence: ParsedSentence, end: int, limit: int) -> int:
    """The end of a phrase with the prepositional phrases and appositions that follow it before token `limit`."""
    tokens = sentence.tokens
    for phrase in sentence.phrases_between(end + 1, limit):
        between = tokens[end + 1 : phrase.first]
        apposed = len(between) == 1 and between[0].tag in (Tag.COMMA, Tag.OPEN, Tag.COORDINATOR)
        exemplary = len(between) == 3 and between[1].lower == "such"
        governed = phrase.preposition is not None and (len(between) <= 2 or exemplary)
        apposed = apposed and tokens[phrase.head].tag != Tag.PRONOUN
        if governed and tokens[phrase.head].lower == "part" and tokens[end + 1].tag == Tag.COMMA:
            break
        if phrase.last > limit or not (governed or apposed):
            break
        end = phrase.last
    return end


def owner_of(sentence: ParsedSentence, phrase: NounPhrase) -> int | None:
    """The last token before the genitive mark inside the phrase."""
    marks = [i for i in range(phrase.first, phrase.last) if sentence.tokens[i].tag == Tag.GENITIVE]
    return marks[-1] - 1 if marks else None
