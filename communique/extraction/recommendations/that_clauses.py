"""Clauses after "that": who is to act, and the verb, which is no indicative unless that is asked for."""

from __future__ import annotations

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag, verb_forms
from communique.extraction.recommendations.bases import is_base
from communique.extraction.recommendations.hits import Complement
from communique.extraction.recommendations.phrases import verb_after
from communique.extraction.recommendations.words import NEGATIVE_SUBJECTS, words_of

_BEFORE_SUBJUNCTIVE = frozenset(
    {Tag.NAME, Tag.NOMINAL, Tag.PRONOUN, Tag.NUMBER, Tag.CLOSE, Tag.COMMA, Tag.ADVERB, Tag.QUOTE}
)


def that_clause(sentence: ParsedSentence, last: int, *, indicative: bool, plural: bool) -> Complement | None:
    tokens = sentence.tokens
    that = last + 1
    while that < len(tokens) and tokens[that].tag in (Tag.ADVERB, Tag.QUOTE):
        that += 1
    if indicative and that < len(tokens) and tokens[that].lower in ("for", "to"):
        whom = sentence.phrases_between(that + 1, that + 1)
        that = whom[0].last + 1 if whom else that
    if that + 2 >= len(tokens) or tokens[that].lower != "that" or tokens[that + 1].lower == "for":
        return None
    for j in range(that + 2, min(that + 40, len(tokens))):
        token = tokens[j]
        if token.tag == Tag.BREAK:
            return None
        obliging = token.tag == Tag.MODAL and token.lower in ("should", "must", "shall")
        if obliging and not plural:
            return None
        if obliging or (indicative and token.tag == Tag.MODAL and token.lower == "can"):
            found = verb_after(sentence, j + 1, marked=False)
            return None if found is None else _clause(sentence, that, j, *found)
        if plural and not indicative and _same_in_past(tokens, j, hit_past=tokens[last].tag == Tag.PAST):
            return _clause(sentence, that, j, j, False)
        if not indicative and token.tag == Tag.PAST and j + 1 < len(tokens) and tokens[j + 1].tag == Tag.NOMINAL:
            continue
        if token.tag in (Tag.MODAL, Tag.THIRD, Tag.PAST) or token.lower in ("is", "are", "was", "were", "has", "had"):
            stated = (
                indicative and token.tag in (Tag.THIRD, Tag.BE, Tag.HAVE) and token.lower not in ("was", "were", "had")
            )
            denied = j + 1 < len(tokens) and tokens[j + 1].tag == Tag.NEGATION
            return _clause(sentence, that, j, j, denied) if stated and j > that + 1 else None
        if token.tag == Tag.NEGATION and j + 1 < len(tokens) and is_base(tokens[j + 1]):
            return _clause(sentence, that, j - (tokens[j - 1].tag == Tag.DO), j + 1, True)
        if _subjunctive(tokens, j):
            if not plural and _plain_plural(tokens, j):
                return None
            return _clause(sentence, that, j, j, False)
    return None


def bare_clause(sentence: ParsedSentence, last: int, *, indicative: bool) -> Complement | None:
    """A clause without "that" right after token `last`: "it is vital we act", "recommended Chile introduce".

    Without `indicative` the verb must be a base form that the subject, one actor by name, shows to be no fact.
    """
    tokens = sentence.tokens
    phrase = sentence.phrase_at(tokens[last + 1].start) if last + 1 < len(tokens) else None
    if (
        phrase is None
        or (phrase.preposition is not None and phrase.first == last + 1)
        or phrase.last + 2 >= len(tokens)
    ):
        return None
    if not indicative and (done := _verb_within(tokens, phrase)) is not None:
        return Complement(done, (last + 1, done - 1), False)
    head, verb = tokens[phrase.head], phrase.last + 1
    negated = tokens[verb].tag == Tag.NEGATION
    verb += negated
    while tokens[verb].tag == Tag.ADVERB and verb + 1 < len(tokens):
        verb += 1
    plural = head.lower.endswith("s") and len(head.lower) > 3 and tokens[last + 1].lower != "the"
    named = head.tag == Tag.NAME and not plural
    if indicative:
        pointed = tokens[last + 1].tag in (Tag.DETERMINER, Tag.POSSESSIVE) and phrase.head > last + 1
        fits = head.lower in ("we", "they", "you", "he", "she", "it") or head.tag == Tag.NAME or pointed
        acts = tokens[verb].tag in (Tag.BASE, Tag.DO, Tag.THIRD) or tokens[verb].lower in ("be", "have")
    else:
        governs = head.lower in words_of("nouns", "governing") and not head.lower.endswith("s")
        fits = named or (governs and tokens[last + 1].tag == Tag.DETERMINER)
        acts = tokens[verb].tag == Tag.BASE or _subjunctive(tokens, verb)
    return Complement(verb, (last + 1, phrase.last), negated) if fits and acts else None


def _verb_within(tokens: tuple[Token, ...], phrase: NounPhrase) -> int | None:
    """The verb at the end of what reads as a phrase, which its object shows: "recommended Peru [ban the sale]"."""
    verb = phrase.last
    named = verb > phrase.first and tokens[verb - 1].tag == Tag.NAME
    governs = tokens[verb + 1].tag in (Tag.DETERMINER, Tag.POSSESSIVE)
    return verb if named and governs and tokens[verb].tag == Tag.NOMINAL and is_base(tokens[verb]) else None


def _same_in_past(tokens: tuple[Token, ...], j: int, *, hit_past: bool) -> bool:
    """Whether the past form at `j` is a base form as well, with a demand about the present or a subject before it."""
    form = verb_forms().get(tokens[j].lower)
    past = tokens[j].tag == Tag.PAST and form is not None and Tag.BASE in form.tags
    return past and (not hit_past or tokens[j].lower in ("cut", "set", "put", "let"))


def _plain_plural(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether the base form at `j` may as well be the present of a plural subject."""
    before = tokens[j - 1]
    plural = (before.lower.endswith("s") and before.tag == Tag.NOMINAL) or before.lower in ("they", "we", "you", "i")
    return tokens[j].lower != "be" and (plural or tokens[j].lemma in words_of("verbs", "states"))


def _subjunctive(tokens: tuple[Token, ...], j: int) -> bool:
    token, before = tokens[j], tokens[j - 1]
    if token.lower == "be":
        return True
    if token.tag == Tag.DO and j + 1 < len(tokens) and tokens[j + 1].tag == Tag.NEGATION:
        return False
    if before.tag not in _BEFORE_SUBJUNCTIVE and (before.lower not in ("this", "these", "those", "all", "both")):
        return False
    if token.tag in (Tag.BASE, Tag.HAVE, Tag.DO):
        return is_base(token)
    form = verb_forms().get(token.lower)
    following = tokens[j + 1].tag if j + 1 < len(tokens) else Tag.BREAK
    closes = following in (Tag.OTHER, Tag.COMMA, Tag.BREAK, Tag.COORDINATOR, Tag.QUOTE) and (
        before.tag in (Tag.NAME, Tag.PRONOUN)
    )
    opens = closes or following in (
        Tag.DETERMINER, Tag.POSSESSIVE, Tag.PREPOSITION, Tag.PRONOUN, Tag.NUMBER, Tag.NAME, Tag.ADVERB, Tag.NOMINAL,
    )  # fmt: skip
    return form is not None and Tag.BASE in form.tags and token.tag == Tag.NOMINAL and opens


def _clause(sentence: ParsedSentence, that: int, end: int, verb: int, negated: bool) -> Complement:
    tokens = sentence.tokens
    first = that + 1
    absent = tokens[first].lower == "there" and verb + 1 < len(tokens) and tokens[verb + 1].lower == "no"
    if absent or tokens[first].lower in NEGATIVE_SUBJECTS:
        negated = True
    return Complement(verb, (first, end - 1), negated)
