"""Verb groups over tagged tokens: auxiliaries, adverbs between them and the main verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from communique.extraction.grammar.reduced import is_reduced
from communique.extraction.grammar.tokens import Token
from communique.extraction.grammar.words import Tag, among, bits, is_verbal

_BASES: Final = bits([Tag.BASE, Tag.BE, Tag.HAVE, Tag.DO])
_AFTER_HAVE: Final = bits([Tag.PARTICIPLE, Tag.PAST, Tag.BE, Tag.HAVE, Tag.DO, Tag.TO])
_AFTER_BE: Final = bits([Tag.PARTICIPLE, Tag.PAST, Tag.GERUND, Tag.BE])
_NEGATIVES: Final = frozenset({"cannot", "can't", "won't", "nor", "never", "not"})
_PAST_AUXILIARIES: Final = frozenset({"was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't", "'d"})
_FUTURE: Final = frozenset({"will", "shall", "'ll", "won't"})
_POSITIVE: Final = {
    "cannot": "can", "can't": "can", "won't": "will", "shan't": "shall", "'ll": "will", "'d": "would",
}  # fmt: skip


@dataclass(slots=True, init=False, unsafe_hash=True)
class VerbGroup:
    """Tokens `first` to `last` (inclusive) that make one verb: auxiliaries, adverbs between them, the main verb `main`.

    `form` is `finite`, `infinitive`, `gerund` or `participle` (a participle without an auxiliary, as in "the aid
    provided by Japan"); `tense` is `past`, `present` or `future` for finite groups, else None.  `modal` is the modal's
    lower-case form without its negation ("should" for "shouldn't"), "have to" for "has to".  Nobody changes one.
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

    def __init__(
        self, first: int, last: int, main: int, lemma: str, form: str, tense: str | None, modal: str | None,
        passive: bool, negated: bool, perfect: bool, progressive: bool, start: int, end: int,
    ) -> None:  # fmt: skip
        self.first = first
        self.last = last
        self.main = main
        self.lemma = lemma
        self.form = form
        self.tense = tense
        self.modal = modal
        self.passive = passive
        self.negated = negated
        self.perfect = perfect
        self.progressive = progressive
        self.start = start
        self.end = end


def verb_groups(tokens: tuple[Token, ...]) -> tuple[VerbGroup, ...]:
    """The verb groups of a sentence, in order."""
    found: list[VerbGroup] = []
    count = len(tokens)
    i = 0
    while i < count:
        tag = tokens[i].tag
        if tag != Tag.TO and not is_verbal(tag):
            i += 1
            continue
        verbs = _chain(tokens, i)
        i = verbs[-1] + 1
        if tokens[i - 1].tag != Tag.TO:
            found.append(_group(tokens, verbs))
    return tuple(found)


def _chain(tokens: tuple[Token, ...], first: int) -> list[int]:
    """Indices of the verbal tokens of the group that starts at `first`."""
    verbs = [first]
    last = tokens[first].tag
    for j in range(first + 1, len(tokens)):
        tag = tokens[j].tag
        if tag in (Tag.ADVERB, Tag.NEGATION) or (tag == Tag.QUOTE and last == Tag.TO):
            continue
        if tag == Tag.COMMA and _comma_inside(tokens, j):
            continue
        if not _follows(last, tag):
            break
        verbs.append(j)
        last = tag
    return verbs


def _follows(last: int, tag: int) -> bool:
    """Whether a verbal token of class `tag` goes on a group whose last one is of class `last`."""
    if last in (Tag.MODAL, Tag.TO, Tag.DO):
        return among(tag, _BASES)
    if last == Tag.HAVE:
        return among(tag, _AFTER_HAVE)
    return last == Tag.BE and among(tag, _AFTER_BE)


def _comma_inside(tokens: tuple[Token, ...], j: int) -> bool:
    """A comma around an adverb inside a group: "should, however, stop"."""
    if j + 2 < len(tokens) and tokens[j + 1].tag == Tag.ADVERB and tokens[j + 2].tag == Tag.COMMA:
        return True
    return j >= 2 and tokens[j - 1].tag == Tag.ADVERB and tokens[j - 2].tag == Tag.COMMA


def _group(tokens: tuple[Token, ...], verbs: list[int]) -> VerbGroup:
    first, main = verbs[0], verbs[-1]
    passive = progressive = perfect = have_to = False
    for k in range(len(verbs) - 1):
        tag, following = tokens[verbs[k]].tag, tokens[verbs[k + 1]].tag
        if tag == Tag.BE:
            passive = tokens[main].tag in (Tag.PARTICIPLE, Tag.PAST)
            progressive = tokens[main].tag == Tag.GERUND
        elif tag == Tag.HAVE:
            have_to = have_to or following == Tag.TO
            perfect = perfect or following != Tag.TO
    form = _form(tokens, verbs)
    return VerbGroup(
        first, main, main, tokens[main].lemma, form, _tense(tokens[first], form), _modal(tokens[first], have_to),
        passive, _negated(tokens, verbs), perfect, progressive, tokens[first].start, tokens[main].end,
    )  # fmt: skip


def _negated(tokens: tuple[Token, ...], verbs: list[int]) -> bool:
    first, main = verbs[0], verbs[-1]
    for i in range(first, main + 1):
        token = tokens[i]
        if token.tag == Tag.NEGATION or token.lower in _NEGATIVES or token.lower.endswith("n't"):
            return True
    if first > 1 and tokens[first - 2].lower == "no" and tokens[first - 1].lower == "longer":
        return True
    return len(verbs) == 1 and main + 1 < len(tokens) and tokens[main + 1].tag == Tag.NEGATION


def _modal(token: Token, have_to: bool) -> str | None:
    if token.tag != Tag.MODAL:
        return "have to" if have_to else None
    return _POSITIVE.get(token.lower, token.lower.removesuffix("n't"))


def _form(tokens: tuple[Token, ...], verbs: list[int]) -> str:
    tag, lower = tokens[verbs[0]].tag, tokens[verbs[0]].lower
    if tag == Tag.TO:
        return "infinitive"
    if tag == Tag.GERUND or lower in ("being", "having"):
        return "gerund"
    if tag == Tag.PARTICIPLE or (tag == Tag.PAST and len(verbs) == 1 and is_reduced(tokens, verbs[0])):
        return "participle"
    return "finite"


def _tense(token: Token, form: str) -> str | None:
    if form != "finite":
        return None
    if token.tag == Tag.MODAL:
        return "future" if token.lower in _FUTURE else "present"
    return "past" if token.tag == Tag.PAST or token.lower in _PAST_AUXILIARIES else "present"
