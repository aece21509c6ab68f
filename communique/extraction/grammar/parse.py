"""Shallow syntax of one sentence: noun phrases and verb groups over tagged tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final, NamedTuple

from communique.extraction.grammar.tokens import Token, is_verbal, tokenize
from communique.extraction.grammar.words import VERBS, Tag, clause_takers

_PHRASE: Final = frozenset(
    {Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN, Tag.GENITIVE, Tag.CURRENCY}
)
_HEADS: Final = frozenset({Tag.NOMINAL, Tag.NAME, Tag.NUMBER, Tag.PRONOUN})
_BASES: Final = frozenset({Tag.BASE, Tag.BE, Tag.HAVE, Tag.DO})
_AFTER: Final = {
    Tag.MODAL: _BASES,
    Tag.TO: _BASES,
    Tag.DO: _BASES,
    Tag.HAVE: frozenset({Tag.PARTICIPLE, Tag.PAST, Tag.BE, Tag.HAVE, Tag.DO, Tag.TO}),
    Tag.BE: frozenset({Tag.PARTICIPLE, Tag.PAST, Tag.GERUND, Tag.BE}),
}
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december".split()
)
_DAYS: Final = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_NEGATIVES: Final = frozenset({"cannot", "can't", "won't", "nor", "never", "not"})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Tokens `first` to `last` (inclusive), `head` the last noun; `preposition` is the word that governs it, or None.

    `start` and `end` are offsets into the article's text.  A genitive stays inside ("Japan's government" is one
    phrase), a phrase after "of" is one of its own with the preposition "of".
    """

    first: int
    last: int
    head: int
    preposition: str | None
    start: int
    end: int


class VerbGroup(NamedTuple):
    """Tokens `first` to `last` (inclusive) that make one verb: auxiliaries, adverbs between them, the main verb `main`.

    `form` is `finite`, `infinitive`, `gerund` or `participle` (a participle without an auxiliary, as in "the aid
    provided by Japan"); `tense` is `past`, `present` or `future` for finite groups, else None.  `modal` is the modal's
    lower-case form without its negation ("should" for "shouldn't"), "have to" for "has to".
    """

    first: int
    last: int
    main: int
    lemma: str
    form: str
    tense: str | None
    modal: str | None
    passive: bool
    negated: bool
    perfect: bool
    progressive: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence's tokens, noun phrases and verb groups, each in order; `quoted[i]` says whether token i stands inside
    quotation marks."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    phrases: tuple[NounPhrase, ...]
    groups: tuple[VerbGroup, ...]
    quoted: tuple[bool, ...]

    def token_at(self, offset: int) -> int:
        """Index of the token that covers the text offset, or of the first one after it (the count where none is)."""
        return bisect_right(self.tokens, offset, key=lambda token: token.end)

    def group_at(self, offset: int) -> VerbGroup | None:
        """The verb group that covers the text offset."""
        i = bisect_right(self.groups, offset, key=lambda group: group.end)
        return self.groups[i] if i < len(self.groups) and self.groups[i].start <= offset else None

    def phrase_at(self, offset: int) -> NounPhrase | None:
        """The noun phrase that covers the text offset."""
        i = bisect_right(self.phrases, offset, key=lambda phrase: phrase.end)
        return self.phrases[i] if i < len(self.phrases) and self.phrases[i].start <= offset else None

    def phrases_between(self, first: int, last: int) -> tuple[NounPhrase, ...]:
        """The phrases whose first token lies in `[first, last]`."""
        i = bisect_left(self.phrases, first, key=lambda phrase: phrase.first)
        j = bisect_right(self.phrases, last, key=lambda phrase: phrase.first)
        return self.phrases[i:j]


def parse(text: str, start: int, end: int) -> ParsedSentence:
    """Parse `text[start:end]`, which should be one sentence; time grows linearly with its length."""
    tokens = tokenize(text, start, end)
    return ParsedSentence(start, end, tokens, _phrases(tokens), _groups(tokens), _quoted(tokens))


def _quoted(tokens: tuple[Token, ...]) -> tuple[bool, ...]:
    inside = False
    marks = []
    for token in tokens:
        if token.tag is Tag.QUOTE:
            inside = {"“": True, "”": False}.get(token.text, not inside)
            marks.append(True)
        else:
            marks.append(inside)
    return tuple(marks)


def _phrases(tokens: tuple[Token, ...]) -> tuple[NounPhrase, ...]:
    found: list[NounPhrase] = []
    i = 0
    while i < len(tokens):
        if tokens[i].tag not in _PHRASE:
            i += 1
            continue
        j = i
        while j + 1 < len(tokens) and _continues(tokens, j):
            j += 1
        head = next((k for k in range(j, i - 1, -1) if tokens[k].tag in _HEADS), None)
        if head is not None:
            governor = _governor(tokens, i) or _shared_governor(tokens, i, j, found)
            found.append(NounPhrase(i, j, head, governor, tokens[i].start, tokens[j].end))
        i = j + 1
    return tuple(found)


def _continues(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether the token after `j` belongs to the phrase that `j` stands in."""
    here, following = tokens[j], tokens[j + 1]
    if following.lower == "own":
        return True
    if _closes_time(tokens, j) and following.tag in (Tag.NAME, Tag.DETERMINER, Tag.PRONOUN):
        return False
    if following.tag in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.PRONOUN):
        return here.tag in (Tag.DETERMINER, Tag.PREPOSITION) or (
            here.tag is Tag.NUMBER and following.tag is Tag.DETERMINER
        )
    if here.tag is Tag.PRONOUN:
        return following.tag is Tag.GENITIVE
    if following.tag in _PHRASE:
        return True
    if following.tag is Tag.OTHER and following.text in (".", "/", "%", "&") and j + 2 < len(tokens):
        return following.text == "%" or tokens[j + 2].tag in (Tag.NAME, Tag.NUMBER)
    # an adverb or a participle inside the phrase: "a largely symbolic step", "the newly pledged aid"
    inside = following.tag in (Tag.ADVERB, Tag.PARTICIPLE, Tag.PAST, Tag.GERUND)
    return (
        inside
        and here.tag in (Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE)
        and j + 2 < len(tokens)
        and tokens[j + 2].tag in _PHRASE
    )


def _closes_time(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether token `i` is a year, month or day that closes its phrase: "In 2024 Poland gave", "on Monday Peru"."""
    if i > 0 and tokens[i - 1].lower == "on" and tokens[i].lower in _DAYS:
        return True
    opened = i > 0 and tokens[i - 1].lower in ("in", "since", "by", "until", "from", "during")
    return opened and (_YEAR.fullmatch(tokens[i].text) is not None or tokens[i].lower in _MONTHS)


def _governor(tokens: tuple[Token, ...], first: int) -> str | None:
    i = first - 1
    while i >= 0 and tokens[i].tag is Tag.ADVERB:
        i -= 1
    return tokens[i].lower if i >= 0 and tokens[i].tag is Tag.PREPOSITION else None


def _shared_governor(tokens: tuple[Token, ...], first: int, last: int, before: list[NounPhrase]) -> str | None:
    """The preposition of the phrase before, where "and" joins the two; "per" for a unit ("$3 a tonne")."""
    if not before:
        return None
    previous = before[-1]
    if tokens[first].lower in ("a", "an", "each") and previous.last == first - 1:
        return "per" if any(t.tag is Tag.NUMBER for t in tokens[previous.first : first]) else None
    if previous.preposition is None or previous.last != first - 2 or tokens[first - 1].tag is not Tag.COORDINATOR:
        return None
    if last + 1 < len(tokens) and tokens[last + 1].lower == previous.preposition:
        return None
    after = tokens[last + 1].tag if last + 1 < len(tokens) else Tag.BREAK
    open_ended = (is_verbal(after) and after is not Tag.GERUND) or after in (Tag.ADVERB, Tag.TO, Tag.RELATIVE)
    return None if open_ended else previous.preposition


def _groups(tokens: tuple[Token, ...]) -> tuple[VerbGroup, ...]:
    found: list[VerbGroup] = []
    i = 0
    while i < len(tokens):
        tag = tokens[i].tag
        if tag is not Tag.TO and not is_verbal(tag):
            i += 1
            continue
        verbs = _chain(tokens, i)
        if tokens[verbs[-1]].tag is Tag.TO:
            i = verbs[-1] + 1
            continue
        found.append(_group(tokens, verbs))
        i = verbs[-1] + 1
    return tuple(found)


def _chain(tokens: tuple[Token, ...], first: int) -> list[int]:
    """Indices of the verbal tokens of the group that starts at `first`."""
    verbs = [first]
    j = first + 1
    while j < len(tokens):
        tag = tokens[j].tag
        opened = tag is Tag.QUOTE and tokens[verbs[-1]].tag is Tag.TO
        if tag in (Tag.ADVERB, Tag.NEGATION) or opened or (tag is Tag.COMMA and _comma_inside(tokens, j)):
            j += 1
            continue
        if tag not in _AFTER.get(tokens[verbs[-1]].tag, ()):
            break
        verbs.append(j)
        j += 1
    return verbs


def _comma_inside(tokens: tuple[Token, ...], j: int) -> bool:
    """A comma around an adverb inside a group: "should, however, stop"."""
    after = tokens[j + 1].tag if j + 1 < len(tokens) else None
    return (after is Tag.ADVERB and j + 2 < len(tokens) and tokens[j + 2].tag is Tag.COMMA) or (
        tokens[j - 1].tag is Tag.ADVERB and j >= 2 and tokens[j - 2].tag is Tag.COMMA
    )


def _group(tokens: tuple[Token, ...], verbs: list[int]) -> VerbGroup:
    first, main = verbs[0], verbs[-1]
    tags = [tokens[i].tag for i in verbs]
    if len(verbs) == 1:
        passive = progressive = perfect = have_to = False
    else:
        last_be = Tag.BE in tags[:-1]
        passive = last_be and tags[-1] in (Tag.PARTICIPLE, Tag.PAST)
        progressive = last_be and tags[-1] is Tag.GERUND
        have = [tags[k + 1] for k, tag in enumerate(tags[:-1]) if tag is Tag.HAVE]
        perfect = any(after is not Tag.TO for after in have)
        have_to = Tag.TO in have
    modal = tokens[first].lower if tags[0] is Tag.MODAL else "have to" if have_to else None
    negated = any(_negative(tokens[i]) for i in range(first, main + 1)) or (
        main + 1 < len(tokens) and len(verbs) == 1 and tokens[main + 1].tag is Tag.NEGATION
    )
    form = _form(tokens, verbs)
    return VerbGroup(
        first, main, main, tokens[main].lemma, form, _tense(tokens, verbs, form), _positive(modal), passive, negated,
        perfect, progressive, tokens[first].start, tokens[main].end,
    )  # fmt: skip


def _negative(token: Token) -> bool:
    return token.tag is Tag.NEGATION or token.lower in _NEGATIVES or token.lower.endswith("n't")


def _positive(modal: str | None) -> str | None:
    return (
        {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall", "'ll": "will", "'d": "would"}.get(
            modal, modal.removesuffix("n't")
        )
        if modal
        else None
    )


def _form(tokens: tuple[Token, ...], verbs: list[int]) -> str:
    tag = tokens[verbs[0]].tag
    if tag is Tag.TO:
        return "infinitive"
    if tag is Tag.GERUND or tokens[verbs[0]].lower in ("being", "having"):
        return "gerund"
    if tag is Tag.PARTICIPLE or (tag is Tag.PAST and len(verbs) == 1 and _reduced(tokens, verbs[0])):
        return "participle"
    return "finite"


def _reduced(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a past form stands for a reduced relative clause: a nominal before it and "by" or a finite verb after."""
    if _of_a_sum(tokens, i):
        return True
    if i == 0 or tokens[i - 1].tag not in (Tag.NOMINAL, Tag.NAME, Tag.COMMA, Tag.CLOSE, Tag.NUMBER, Tag.OTHER):
        return False
    following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    place = following == "at" and tokens[i - 1].tag is not Tag.COMMA
    if following == "by" or (place and tokens[min(i + 2, len(tokens) - 1)].lower not in ("least", "most")):
        return True
    if tokens[i - 1].tag is Tag.COMMA and i + 1 < len(tokens) and tokens[i + 1].tag is Tag.PREPOSITION:
        return _parenthesis(tokens, i)
    if tokens[i].lemma in clause_takers():
        return False
    if _inside_a_clause(tokens, i):
        return True
    if i + 1 >= len(tokens) or tokens[i + 1].tag is not Tag.PREPOSITION:
        return False
    for token in tokens[i + 1 : i + 15]:
        if token.tag in (Tag.COMMA, Tag.BREAK, Tag.COORDINATOR, Tag.SUBORDINATOR, Tag.RELATIVE, Tag.QUOTE):
            return False
        if token.tag in (Tag.MODAL, Tag.HAVE, Tag.THIRD, Tag.PAST, Tag.BE) and token.lower not in (
            "be",
            "been",
            "being",
        ):
            return True
    return False


def _of_a_sum(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a past form hangs on a figure before it: "builds on $5 million previously pledged for"."""
    j = i - 1
    while j > 0 and tokens[j].tag is Tag.ADVERB:
        j -= 1
    after = tokens[i + 1].tag if i + 1 < len(tokens) else None
    return j > 0 and tokens[j].tag is Tag.NUMBER and after is Tag.PREPOSITION and _inside_a_clause(tokens, j + 1)


def _inside_a_clause(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the noun before the past form at `i` hangs on a preposition after a finite verb of its clause."""
    k = i - 1
    while k >= 0 and tokens[k].tag in _PHRASE:
        k -= 1
    if k < 0 or tokens[k].tag is not Tag.PREPOSITION:
        return False
    for token in reversed(tokens[max(0, k - 20) : k]):
        if token.tag in (Tag.COMMA, Tag.BREAK, Tag.COORDINATOR, Tag.RELATIVE, Tag.SUBORDINATOR, Tag.QUOTE, Tag.OPEN):
            return False
        if token.tag in (Tag.PAST, Tag.THIRD, Tag.BE, Tag.HAVE, Tag.MODAL):
            return token.lemma not in clause_takers()
    return False


def _parenthesis(tokens: tuple[Token, ...], i: int) -> bool:
    """A past form between commas before the main verb: "A levy, announced in March, was shelved"."""
    for k in range(i + 1, min(i + 14, len(tokens) - 1)):
        if tokens[k].tag is Tag.COMMA:
            return tokens[k + 1].tag in (Tag.BE, Tag.HAVE, Tag.MODAL, Tag.PAST, Tag.THIRD)
        if tokens[k].tag in (Tag.BREAK, Tag.QUOTE):
            return False
    return False


def _tense(tokens: tuple[Token, ...], verbs: list[int], form: str) -> str | None:
    if form != "finite":
        return None
    token = tokens[verbs[0]]
    if token.tag is Tag.MODAL:
        return "future" if token.lower in ("will", "shall", "'ll", "won't") else "present"
    if token.tag is Tag.PAST or token.lower in ("was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't"):
        return "past"
    return "present"


def is_finite(group: VerbGroup) -> bool:
    """Whether the group can have a subject of its own."""
    return group.form == "finite"


def is_bare_verb(token: Token) -> bool:
    """Whether the token is a verb form without regard to auxiliaries."""
    return token.tag in VERBS
