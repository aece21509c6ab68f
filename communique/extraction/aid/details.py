"""The further columns of a row of aid: kind, purpose, period, total."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Annotations, Mention, Timex

_SINCE = re.compile(
    r"\b(?:since|from|beginning in|beginning|starting|starting in|as of)\s+(?:[^\s,;]+\s+){0,10}\Z", re.I
)
_UNTIL = re.compile(
    r"\b(?:until|till|by|through|to|before|up to)\s+(?:the\s+)?(?:end\s+of\s+|beginning\s+of\s+)?(?:\w+\s+)?\Z", re.I
)
_MEANT_FOR = re.compile(r"\bfor\s+(?:the\s+year\s+)?\Z", re.I)
_TIME_WORDS = frozenset(
    """for to the a an of in on at by s this last next january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday year month week""".split()
)
_PURPOSE_END = re.compile(
    r"\.(?!\d)|[;:()]|,\s|\s(?:on|last|this|next)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(?:according|since|said|says|through|via|which|while|including)\b"
)
_NO_PURPOSE = re.compile(
    r"to (?:date|be|come|have)\b|for (?:good|now|example|instance|free|an?\s+(?:\w+\s+)?total)\b", re.I
)
_COMPASS = frozenset("north south east west central northern southern eastern western the and region countries".split())
_FOR_TIME = re.compile(
    r"for\s+(?:the\s+)?(?:\d+\s|next|last|past|coming|this|first|second|current|period|(?:19|20)\d\d"
    r"|(?:\w+\s+)?(?:days?|weeks?|months?|years?|decades?)\b)",
    re.I,
)


def category(texts: tuple[str, ...]) -> str | None:
    """The AidCategory that stretches of text name, the first that names one deciding; None where none does."""
    words = aid_words()
    for i, raw in enumerate(texts):
        text = words.not_kinds.sub(" ", raw.lower())
        found = [m.lastgroup for m in words.kinds.finditer(text)]
        named = set(found if i == 0 else found[:1])
        if named == {"military", "humanitarian"} and re.search(r"non-?lethal", text):
            return "military"
        if words.other_kinds.search(text) and named:
            return "mixed"
        strong = named - {"financial"} if len(named) > 1 and not re.search(r"financ|econom|budget", text) else named
        if len(strong) > 1:
            return "mixed"
        if strong:
            return str(next(iter(strong)))
    return None


def purpose(
    sentence: ParsedSentence,
    text: str,
    stretch_of: tuple[int, int],
    recipient_words: frozenset[str],
    names: tuple[Mention, ...],
) -> str | None:
    """The words that say what for: the "for", "to" or "towards" clause in a stretch of tokens outside names."""
    tokens = sentence.tokens
    first, until = stretch_of
    for i in range(first, min(until, len(tokens))):
        token = tokens[i]
        if any(name.start < token.start < name.end for name in names):
            continue
        if token.lower not in ("for", "to", "towards", "toward") or (token.lower == "to" and token.tag != Tag.TO):
            continue
        stop = tokens[until - 1].end if until <= len(tokens) else tokens[-1].end
        stretch = text[token.start : stop]
        if _FOR_TIME.match(stretch) or _NO_PURPOSE.match(stretch):
            continue
        cut = _PURPOSE_END.search(stretch, 4)
        words = (stretch[: cut.start()] if cut else stretch).strip(" ,\n")
        content = set(re.findall(r"[^\W\d]+", words.lower())) - _TIME_WORDS - {"armed"}
        places = {word for found in aid_words().regions.findall(words.lower()) for word in found.split()}
        content -= places | _COMPASS if places else frozenset()
        if content - recipient_words - aid_words().beneficiaries:
            return re.sub(r"\s+", " ", words)
    return None


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day or period covered, at the text's precision."""

    start: str | None
    end: str | None


def period(annotations: Annotations, start: int, end: int, trigger: tuple[int, int], floor: int) -> Period:
    """The period of a statement: from the temporal expressions of its clause `[start, end)`, the nearest after the
    trigger first; a range where one opens and one closes it.
    """
    text = annotations.article.text
    found = [t for t in timexes_in(annotations, start, end) if t.start_date]
    if not found:
        return Period(None, None)
    after = [t for t in found if t.start >= trigger[1]]
    before = [t for t in found if t.end <= trigger[0]]
    first: str | None = None
    last: str | None = None
    for timex in (*after, *reversed(before)):
        lead = text[max(floor, timex.start - 60) : timex.start]
        lead = lead[max(lead.rfind(","), lead.rfind(";")) + 1 :]
        low, high = _ends(timex)
        if _MEANT_FOR.search(lead):
            return Period(low, high)
        if timex.timex_type == "DURATION" and "/" not in timex.timex_value:
            continue
        if _SINCE.search(lead):
            first = first or low
        elif _UNTIL.search(lead):
            last = last or high
        elif first is None and last is None:
            return Period(low, high)
    return Period(first, last)


def _ends(timex: Timex) -> tuple[str | None, str | None]:
    value = timex.timex_value
    if re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", value):
        return value, value
    if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value):
        return value[:10], value[:10]
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}/\d{4}(?:-\d\d){0,2}", value):
        low, high = value.split("/")
        return low, high
    if re.fullmatch(r"\d{4}-Q\d", value) and timex.start_date and timex.end_date:
        return timex.start_date[:7], timex.end_date[:7]
    return timex.start_date, timex.end_date


def timexes_in(annotations: Annotations, start: int, end: int) -> list[Timex]:
    """The temporal expressions that begin in `[start, end)`, in order."""
    first = bisect_left(annotations.timexes, start, key=lambda t: t.start)
    found = []
    for timex in annotations.timexes[first:]:
        if timex.start >= end:
            break
        found.append(timex)
    return found


def is_total(text: str, start: int, end: int) -> bool:
    """Whether the words around a sum make it a total over a period."""
    return aid_words().totals.search(text[start:end].lower()) is not None


_STATED = re.compile(
    r"\b(?P<pledged>pledged|promised|announced)|(?P<committed>committed|allocated|approved|earmarked)\b"
)


def status_of_total(text: str, start: int, end: int) -> str | None:
    """The status that a participle beside a sum states: "$5m in pledged support", "total committed aid"."""
    found = _STATED.search(text[max(0, start - 40) : end + 12].lower())
    return str(found.lastgroup) if found else None


def opens_with_since(text: str, start: int, end: int) -> bool:
    """Whether a sentence opens with the span that its sum covers: "Since 2014, ..."."""
    return re.match(r"\s*(?:since|so far|to date|over the (?:past|last))\b", text[start:end], re.I) is not None
