"""What a date dates: the clause it stands in or opens, the phrase it describes ("its 2022 strategy"), the time it names
more closely ("during its presidency in 2023")."""

from __future__ import annotations

from functools import cache
from typing import Final

from communique.extraction.grammar.clauses import clause_end, subject
from communique.extraction.grammar.parse import ParsedSentence, VerbGroup
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Timex
from communique.extraction.wording import load_toml

_LINKS: Final = frozenset({Tag.PREPOSITION, Tag.COMMA, Tag.ADVERB, Tag.COORDINATOR})
_OPENINGS: Final = frozenset({Tag.BREAK, Tag.QUOTE, Tag.SUBORDINATOR})
_OWNERS: Final = frozenset({Tag.DETERMINER, Tag.POSSESSIVE, Tag.GENITIVE})
_BEFORE_GERUND: Final = frozenset({Tag.COMMA, Tag.COORDINATOR, Tag.PREPOSITION, Tag.NAME})
_EDGES: Final = " \t\n,;:.–—-"

Span = tuple[int, int]


def dates_something(timex: Timex) -> bool:
    """Whether an expression can date a clause: vague and recurring times and the day of publication do not."""
    return timex.timex_type != "SET" and not timex.timex_value.endswith("REF") and not timex.is_publication_date


def dated_clause(text: str, sentence: ParsedSentence, timex: Timex, before: Timex | None = None) -> str | None:
    """The clause or noun phrase, verbatim, without the date and its preposition; None where none is found.

    `before` is the expression before it in its sentence; the end of a range dates what its start dates.
    """
    at = sentence.token_at(timex.start)
    if phrase := _filled(sentence, timex):
        return text[phrase[0] : phrase[1]]
    if phrase := _described(sentence, timex, at):
        dated = timex.timex_type == "DATE" and timex.timex_value[:4].isdigit()
        return text[phrase[0] : phrase[1]] if dated else None
    ends_range = before is not None and _is_range(sentence, before, at)
    at = sentence.token_at(before.start) if before and ends_range else at
    last = _before_links(sentence, at)
    opening = last < 0 or sentence.tokens[last].tag in _OPENINGS
    named = None if opening or ends_range else _named_time(sentence, last, at)
    span = named or (_clause_behind(sentence, timex) if opening else _clause_before(sentence, timex, last))
    return None if span is None else _balanced(text[span[0] : span[1]]).strip(_EDGES) or None


def _is_range(sentence: ParsedSentence, before: Timex, at: int) -> bool:
    """Whether the date at a token ends a range that the expression before it opens: "from 2015 to 2018"."""
    between = sentence.tokens[sentence.token_at(before.end) : at]
    return len(between) == 1 and between[0].lower in _cues()["range"]


def _filled(sentence: ParsedSentence, timex: Timex) -> Span | None:
    """What a length of time was full of: "decades of neglect"."""
    at = sentence.token_at(timex.end)
    if timex.timex_type != "DURATION" or at + 1 >= len(sentence.tokens) or sentence.tokens[at].lower != "of":
        return None
    phrase = sentence.phrase_at(sentence.tokens[at + 1].start)
    return None if phrase is None else (phrase.start, _with_of(sentence, phrase.last))


def _described(sentence: ParsedSentence, timex: Timex, at: int) -> Span | None:
    """The noun phrase that a date stands in before its noun: "Japan's 2022 national security strategy"."""
    tokens, noun = sentence.tokens, sentence.token_at(timex.end)
    if noun >= len(tokens) or tokens[noun].start > timex.end + 1 or tokens[noun].lower in _cues()["adverbs"]:
        return None
    owned = at > 0 and tokens[at - 1].tag in _OWNERS
    phrase = sentence.phrase_at(tokens[noun].start)
    if phrase is None or phrase.end <= timex.end + 1 or tokens[phrase.head].start < timex.end:
        named = owned and tokens[noun].tag == Tag.GERUND
        return (tokens[at - 1].start, _with_of(sentence, noun)) if named else None
    within = phrase.start < timex.start
    if not (owned or within or tokens[noun].tag == Tag.NOMINAL):
        return None
    start = tokens[at - 1].start if owned and tokens[at - 1].tag == Tag.DETERMINER else phrase.start
    return min(start, phrase.start, timex.start), _with_of(sentence, phrase.last)


def _with_of(sentence: ParsedSentence, last: int) -> int:
    """The end of the phrase that ends at a token with the phrases that "of" ties to it."""
    for phrase in sentence.phrases_between(last + 1, len(sentence.tokens)):
        if phrase.preposition != "of" or phrase.first != last + 2:
            break
        last = phrase.last
    return sentence.tokens[last].end


def _before_links(sentence: ParsedSentence, at: int) -> int:
    """The token before the date and the preposition, comma or adverb ("since", "as early as") that leads to it."""
    at -= 1
    while at >= 0 and sentence.tokens[at].tag in _LINKS:
        at -= 1
    return at


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_toml("temporal_cues.toml")["dated"].items()}


def _named_time(sentence: ParsedSentence, last: int, at: int) -> Span | None:
    """The phrase right before the date where it says a time itself: "after the vote in May"."""
    if any(token.tag != Tag.PREPOSITION for token in sentence.tokens[last + 1 : at]):
        return None
    phrases = list(sentence.phrases_between(0, last))
    edge = last
    while phrases and phrases[-1].last == edge:
        phrase = phrases.pop()
        governor = sentence.tokens[phrase.first - 1].lower if phrase.first else ""
        opens = governor == "from" and sentence.tokens[phrase.head].lower in _cues()["openings"]
        if governor in _cues()["during"] or opens:
            return phrase.start, sentence.tokens[last].end
        if phrase.preposition is None:
            return None
        edge = phrase.first - 2
    return None


def _clause_before(sentence: ParsedSentence, timex: Timex, last: int) -> Span | None:
    groups = [g for g in sentence.groups if g.last <= last and g.form in ("finite", "participle", "gerund")]
    if not groups:
        later = next((g for g in sentence.groups if g.start >= timex.end and g.form == "finite"), None)
        return sentence.start, sentence.tokens[last if later is None else clause_end(sentence, later)].end
    gerund = groups[-1]
    if gerund.form == "gerund" and gerund.first > 0 and sentence.tokens[gerund.first - 1].tag in _BEFORE_GERUND:
        own = sentence.phrase_at(sentence.tokens[gerund.first - 1].start)
        return own.start if own and own.preposition is None else gerund.start, sentence.tokens[last].end
    group = next((g for g in reversed(groups) if g.form == "finite"), groups[-1])
    return _start(sentence, group), sentence.tokens[last].end


def _clause_behind(sentence: ParsedSentence, timex: Timex) -> Span | None:
    groups = [g for g in sentence.groups if g.start >= timex.end and g.form == "finite"]
    if len(groups) > 1 and _in_aside(sentence, timex):
        groups.pop(0)
    if not groups:
        return None
    end = clause_end(sentence, groups[0])
    while end > groups[0].last and sentence.tokens[end].tag in (Tag.RELATIVE, Tag.SUBORDINATOR, Tag.COMMA):
        end -= 1
    return max(_start(sentence, groups[0]), timex.end), sentence.tokens[end].end


def _in_aside(sentence: ParsedSentence, timex: Timex) -> bool:
    """Whether a clause stands between the date and its own: "On 4 May, as expected in Rome, talks failed"."""
    at = sentence.token_at(timex.end)
    tokens = sentence.tokens
    if at + 1 >= len(tokens) or tokens[at].tag != Tag.COMMA:
        return False
    return tokens[at + 1].tag in (Tag.SUBORDINATOR, Tag.RELATIVE) or tokens[at + 1].lower == "as"


def _start(sentence: ParsedSentence, group: VerbGroup) -> int:
    """Where the clause of a verb starts: at its subject, or at the verb where it shares that of an earlier one."""
    before = min((p for p in subject(sentence, group) if p.start < group.start), key=lambda p: p.start, default=None)
    if before is None:
        return group.start
    between = [g for g in sentence.groups if before.last < g.first < group.first and g.form == "finite"]
    shared = bool(between) and group.first > 0 and sentence.tokens[group.first - 1].tag == Tag.COORDINATOR
    return group.start if shared else before.start


def _balanced(clause: str) -> str:
    """The clause from behind a bracket that it does not close, and from behind one that it does not open."""
    if clause.count("(") > clause.count(")"):
        clause = clause[clause.rindex("(") + 1 :]
    if clause.count(")") > clause.count("("):
        clause = clause[clause.index(")") + 1 :]
    return clause
