"""The stretch of a sentence that can hold the subject of a verb: its own clause, what is put in between left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag, clause_takers

_DASHES: Final = ("—", "–", "--")
_LONGEST_ASIDE: Final = 24
_EDGES: Final = frozenset({Tag.COMMA, Tag.QUOTE, Tag.BREAK, Tag.SUBORDINATOR, Tag.RELATIVE})


def subject_stretch(sentence: ParsedSentence, group: VerbGroup) -> tuple[int, int]:
    """First and last token of the stretch that can hold the subject, a relative clause before the verb left out."""
    tokens = sentence.tokens
    aside = attribution_before(sentence, group)
    i = right = (group.first if aside is None else aside.first) - 1
    depth = 0
    while i >= 0:
        token = tokens[i]
        if token.tag == Tag.CLOSE:
            depth += 1
        elif token.tag == Tag.OPEN:
            depth -= 1
        elif depth <= 0:
            if token.tag == Tag.QUOTE and i == group.first - 1 and _opens_inside(sentence, i):
                i -= 1
                continue
            if token.tag == Tag.QUOTE and (opening := _short_quotation(sentence, i)) is not None:
                i = opening - 1
                continue
            if token.text in _DASHES and (opening := _dashed_aside(sentence, i, group)) is not None:
                i = right = opening - 1
                continue
            if token.tag in (Tag.BREAK, Tag.SUBORDINATOR, Tag.QUOTE):
                return i + 1, right
            covering = sentence.group_at(token.start)
            if covering is not None and covering.form == "finite":
                relative = _relative_start(sentence, covering)
                if relative is None or not (aside is not None or _closed_by_comma(sentence, covering, group)):
                    return _after_joint(sentence, covering, group), right
                i = right = relative
        i -= 1
    return 0, right


def _dashed_aside(sentence: ParsedSentence, closing: int, group: VerbGroup) -> int | None:
    """The dash that opens an aside right before the verb: "Peru—the largest buyer—raised", or None."""
    tokens = sentence.tokens
    if any(t.tag not in (Tag.ADVERB, Tag.NEGATION) for t in tokens[closing + 1 : group.first]):
        return None
    for i in range(closing - 1, max(0, closing - _LONGEST_ASIDE), -1):
        if tokens[i].text == tokens[closing].text:
            return i
        if tokens[i].tag == Tag.BREAK:
            return None
    return None


def _opens_inside(sentence: ParsedSentence, quote: int) -> bool:
    """Whether a quotation opens between a subject and its verb: "Oslo “must act”"."""
    before = sentence.tokens[quote - 1].tag if quote else Tag.BREAK
    return sentence.quoted[quote + 1] and before in (
        Tag.NOMINAL, Tag.NAME, Tag.PRONOUN, Tag.CLOSE, Tag.NUMBER, Tag.RELATIVE, Tag.ADVERB,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a clause that it interrupts: the comma or mark that opens it, its verb, the phrase of the speaker."""

    first: int
    saying: VerbGroup
    speaker: NounPhrase


def attribution_before(sentence: ParsedSentence, group: VerbGroup) -> Attribution | None:
    """The attribution between a subject and its verb, or None.

    It stands between commas, or ends one part of a quotation before the next: "The banks, she told me, must act",
    "“The banks,” said Sen, “must act”".
    """
    tokens = sentence.tokens
    end = group.first - 1
    while end > 0 and tokens[end].tag in (Tag.ADVERB, Tag.NEGATION):
        end -= 1
    if end > 0 and tokens[end].tag == Tag.QUOTE:
        end -= 1
    if end < 1 or tokens[end].tag != Tag.COMMA:
        return None
    saying = next((g for g in reversed(sentence.groups) if g.last < end and g.form == "finite"), None)
    if saying is None or saying.lemma not in clause_takers() or saying.modal is not None:
        return None
    if end - saying.last > _LONGEST_ASIDE or any(t.tag in _EDGES for t in tokens[saying.last + 1 : end]):
        return None
    speaker = next((p for p in sentence.phrases_between(0, saying.first - 1) if p.last == saying.first - 1), None)
    first = (saying.first if speaker is None else speaker.first) - 1
    speaker = speaker or next(iter(sentence.phrases_between(saying.last + 1, saying.last + 1)), None)
    if speaker is None or first < 1 or tokens[first].tag not in (Tag.COMMA, Tag.QUOTE):
        return None
    return Attribution(first - 1 if tokens[first - 1].tag == Tag.COMMA else first, saying, speaker)


def _short_quotation(sentence: ParsedSentence, closing: int) -> int | None:
    """Index of the mark that opens a quotation of some words only, which is no clause of its own."""
    for i in range(closing - 1, max(-1, closing - 6), -1):
        if sentence.tokens[i].tag == Tag.QUOTE:
            return i
    return None


def _relative_start(sentence: ParsedSentence, group: VerbGroup) -> int | None:
    """Index of the relative pronoun that opens the clause of `group`, or None."""
    i = group.first - 1
    while i >= 0 and sentence.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    if i >= 0 and sentence.tokens[i].tag == Tag.COORDINATOR:
        earlier = [g for g in sentence.groups if g.last < group.first and g.form == "finite"]
        return _relative_start(sentence, earlier[-1]) if earlier else None
    return i if i >= 0 and sentence.tokens[i].tag == Tag.RELATIVE else None


def _closed_by_comma(sentence: ParsedSentence, inner: VerbGroup, outer: VerbGroup) -> bool:
    """Whether the relative clause of `inner` ends right before the verb of `outer` (", which ..., has")."""
    i = outer.first - 1
    while i > inner.last and sentence.tokens[i].tag in (Tag.ADVERB, Tag.NEGATION):
        i -= 1
    said = inner.lemma in clause_takers() and inner.lemma != "tell"
    after = inner.last + 1
    if said and sentence.tokens[after].lower == "that":
        return False
    if said and any(p.last == i for p in sentence.phrases_between(after, after)):
        return False
    return i > inner.last and (sentence.tokens[i].tag == Tag.COMMA or not _phrase_after_comma(sentence, inner, i))


def _phrase_after_comma(sentence: ParsedSentence, inner: VerbGroup, end: int) -> bool:
    return any(sentence.tokens[i].tag == Tag.COMMA for i in range(inner.last + 1, end))


def _after_joint(sentence: ParsedSentence, earlier: VerbGroup, group: VerbGroup) -> int:
    """The token after the joint (comma, conjunction, relative) between the clauses of `earlier` and `group`."""
    tokens = sentence.tokens
    joints = [
        i
        for i in range(earlier.last + 1, group.first)
        if tokens[i].tag in (Tag.COMMA, Tag.COORDINATOR, Tag.RELATIVE, Tag.SUBORDINATOR, Tag.BREAK)
    ]
    clause = [i for i in joints if tokens[i].tag in (Tag.SUBORDINATOR, Tag.RELATIVE, Tag.BREAK)]
    if clause:
        return clause[-1] + 1
    if earlier.lemma in clause_takers() and joints and all(tokens[i].tag == Tag.COORDINATOR for i in joints):
        return earlier.last + 1
    for i in joints:
        # "A and B" inside a subject is no joint between clauses: the stretch after it must still hold the subject
        if tokens[i].tag == Tag.COORDINATOR and i + 1 < group.first:
            return i + 1
    return joints[0] + 1 if joints else earlier.last + 1
