"""Small questions of syntax that the reading of aid asks again and again."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag

_SELVES = frozenset({"itself", "himself", "herself", "themselves", "alone", "today", "yesterday"})
_CLAUSE_EDGES = frozenset({Tag.BREAK, Tag.SUBORDINATOR})


def in_relative(sentence: ParsedSentence, group: VerbGroup) -> bool:
    """Whether the group stands in a relative clause: a relative pronoun before it, no verb or joint between."""
    for i in range(group.first - 1, max(-1, group.first - 9), -1):
        token = sentence.tokens[i]
        if token.tag is Tag.RELATIVE:
            return True
        if (
            token.tag in (Tag.COMMA, Tag.BREAK, Tag.COORDINATOR, Tag.QUOTE)
            or sentence.group_at(token.start) is not None
        ):
            return False
    return False


def groups_between(sentence: ParsedSentence, first: int, last: int) -> list[VerbGroup]:
    """The verb groups that lie wholly between two tokens."""
    return [g for g in sentence.groups if g.first > first and g.last < last]


def edge_between(sentence: ParsedSentence, first: int, last: int) -> bool:
    """Whether a clause boundary (colon, dash, subordinator) stands between two tokens."""
    return any(sentence.tokens[i].tag in _CLAUSE_EDGES for i in range(first + 1, last))


def clause_first(sentence: ParsedSentence, first: int) -> int:
    """The first token of the clause that holds token `first`, by breaks and subordinators."""
    for i in range(first - 1, -1, -1):
        if sentence.tokens[i].tag in (Tag.BREAK, Tag.SUBORDINATOR):
            return i + 1
    return 0


def phrase_before(sentence: ParsedSentence, token: int) -> NounPhrase | None:
    """The noun phrase that ends right before a token, adverbs between passed over."""
    i = token - 1
    while i >= 0 and (sentence.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION) or sentence.tokens[i].lower in _SELVES):
        i -= 1
    return next((p for p in sentence.phrases if p.first <= i <= p.last < token), None) if i >= 0 else None


def before_interruption(sentence: ParsedSentence, comma: int) -> NounPhrase | None:
    """The phrase before a stretch between commas or dashes that ends at token `comma`: "Japan, as such, gave"."""
    mark = sentence.tokens[comma].text
    for i in range(comma - 1, max(0, comma - 14), -1):
        opens = mark != "," or sentence.tokens[i + 1].tag in (Tag.PREPOSITION, Tag.RELATIVE, Tag.ADVERB)
        if sentence.tokens[i].text == mark and opens:
            found = next((p for p in sentence.phrases if p.last == i - 1), None)
            return found if found is not None and found.preposition is None else None
    return None


def with_of(sentence: ParsedSentence, phrase: NounPhrase) -> tuple[NounPhrase, ...]:
    """A phrase with the "of" phrases that hang on it: "the leaders" + "of the G7"."""
    chain = [phrase]
    for following in sentence.phrases_between(phrase.last + 1, len(sentence.tokens)):
        if following.first != chain[-1].last + 2 or following.preposition != "of":
            break
        chain.append(following)
    return tuple(chain)


def lowers(sentence: ParsedSentence, first: int, last: int) -> list[str]:
    """The lower-case forms of tokens `first` to `last` inclusive."""
    return [t.lower for t in sentence.tokens[max(0, first) : last + 1]]


def repaired(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with "this brings", read as one noun phrase, made a pronoun and a verb, and with "the $5m the
    country", read as one too, made two.
    """
    sentence = _with_plural_nouns(_parted(sentence))
    tokens = sentence.tokens
    if len(tokens) < 3:
        return sentence
    spots = [
        i
        for i in range(len(tokens) - 1)
        if tokens[i].lower in ("this", "that", "which")
        and tokens[i + 1].lower in _PRESENTS
        and sentence.group_at(tokens[i + 1].start) is None
    ]
    if not spots:
        return sentence
    groups, phrases = list(sentence.groups), list(sentence.phrases)
    for i in spots:
        verb = tokens[i + 1]
        lemma = _PRESENTS[verb.lower]
        groups.append(
            VerbGroup(
                i + 1, i + 1, i + 1, lemma, "finite", "present", None, False, False, False, False, verb.start, verb.end
            )
        )
        covering = next((p for p in phrases if p.first <= i + 1 <= p.last), None)
        if covering is not None:
            phrases.remove(covering)
            phrases.append(replace(covering, last=i, head=i, end=tokens[i].end))
            if covering.last > i + 1:
                phrases.append(replace(covering, first=i + 2, start=tokens[i + 2].start))
    return sentence.reread(tuple(sorted(phrases, key=lambda p: p.first)), tuple(sorted(groups, key=lambda g: g.first)))


def _with_plural_nouns(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence without verbs that are the plural noun of a compound ("Aid pledges for Kenya are")."""
    tokens = sentence.tokens
    wrong = [
        g
        for g in sentence.groups
        if g.first == g.last > 0
        and tokens[g.first].lower in _PLURALS
        and tokens[g.first - 1].lower in _COMPOUNDED
        and g.last + 1 < len(tokens)
        and tokens[g.last + 1].tag in (Tag.PREPOSITION, Tag.BE, Tag.HAVE, Tag.SUBORDINATOR, Tag.MODAL)
    ]
    if not wrong:
        return sentence
    return sentence.reread(sentence.phrases, tuple(g for g in sentence.groups if g not in wrong))


def _parted(sentence: ParsedSentence) -> ParsedSentence:
    """The sentence with phrases parted where an article opens a second one inside them."""
    tokens = sentence.tokens
    parted: list[NounPhrase] = []
    for phrase in sentence.phrases:
        inner = next((i for i in range(phrase.first + 2, phrase.last) if _opens_second(tokens, i)), None)
        if inner is None:
            parted.append(phrase)
            continue
        end = tokens[inner - 1].end
        parted.append(replace(phrase, last=inner - 1, head=min(phrase.head, inner - 1), end=end))
        parted.append(replace(phrase, first=inner, preposition=None, start=tokens[inner].start))
    return sentence.reread(tuple(parted), sentence.groups) if len(parted) > len(sentence.phrases) else sentence


def _opens_second(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether an article stands right behind a sum's figure."""
    return tokens[i].lower in ("the", "a", "an") and tokens[i - 1].tag in (Tag.NUMBER, Tag.CURRENCY)


_PLURALS = frozenset({"pledges", "promises", "offers", "grants", "supplies", "transfers", "loans", "commitments"})
_COMPOUNDED = frozenset({"aid", "relief", "assistance", "loan", "food", "donor", "cash", "funding", "weapons", "arms"})
_PRESENTS = {
    "brings": "bring",
    "takes": "take",
    "raises": "raise",
    "includes": "include",
    "provides": "provide",
    "brought": "bring",
    "took": "take",
    "raised": "raise",
    "included": "include",
}
