"""The clause that a date dates: the words from the start of its clause to it, or the clause behind an opening date."""

from __future__ import annotations

from communique.extraction.grammar.clauses import clause_end, subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Timex

_LINKS = frozenset({Tag.PREPOSITION, Tag.COMMA, Tag.ADVERB, Tag.COORDINATOR})
_EDGES = " \t\n,;:.–—-"


def dated_clause(text: str, sentence: ParsedSentence, timex: Timex) -> str | None:
    """The clause, verbatim, without the date and its preposition; None for vague and recurring times and attributes."""
    if timex.timex_type == "SET" or timex.timex_value.endswith("REF") or timex.is_publication_date:
        return None
    phrase = sentence.phrase_at(timex.start)
    if phrase is not None and phrase.end > timex.end + 1:
        return _attribute(text, phrase, timex)
    first = _before_links(sentence, sentence.token_at(timex.start))
    opening = first < 0 or sentence.tokens[first].tag in (Tag.BREAK, Tag.QUOTE, Tag.SUBORDINATOR)
    span = _clause_behind(sentence, timex) if opening else _clause_before(sentence, first)
    if span is None:
        return None
    return _balanced(text[span[0] : span[1]]).strip(_EDGES) or None


def _attribute(text: str, phrase: NounPhrase, timex: Timex) -> str | None:
    """The noun phrase that a date stands in as an attribute: "Japan's 2022 national security strategy"."""
    return text[phrase.start : phrase.end] if timex.timex_type == "DATE" and timex.timex_value[:4].isdigit() else None


def _balanced(clause: str) -> str:
    """The clause from behind a bracket that it does not close, and from behind one that it does not open."""
    if clause.count("(") > clause.count(")"):
        clause = clause[clause.rindex("(") + 1 :]
    if clause.count(")") > clause.count("("):
        clause = clause[clause.index(")") + 1 :]
    return clause


def _before_links(sentence: ParsedSentence, at: int) -> int:
    """The token before the date and the preposition, comma or adverb ("since", "as early as") that leads to it."""
    at -= 1
    while at >= 0 and sentence.tokens[at].tag in _LINKS:
        at -= 1
    return at


def _clause_before(sentence: ParsedSentence, last: int) -> tuple[int, int] | None:
    groups = [g for g in sentence.groups if g.last <= last and g.form in ("finite", "participle", "gerund")]
    if not groups:
        return sentence.start, sentence.tokens[last].end
    group = next((g for g in reversed(groups) if g.form == "finite"), groups[-1])
    return _start(sentence, group), sentence.tokens[last].end


def _clause_behind(sentence: ParsedSentence, timex: Timex) -> tuple[int, int] | None:
    group = next((g for g in sentence.groups if g.start >= timex.end and g.form == "finite"), None)
    if group is None:
        return None
    start = max(_start(sentence, group), timex.end)
    return start, sentence.tokens[clause_end(sentence, group)].end


def _start(sentence: ParsedSentence, group: VerbGroup) -> int:
    before = [p.start for p in subject(sentence, group) if p.start < group.start]
    return min(before, default=group.start)
