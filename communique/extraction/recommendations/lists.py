"""Enumerations: ordinals, lists of recommendations and the words that lead them in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from communique.articles.model import Article, Sentence, SentenceKind
from communique.extraction.grammar.words import Tag, verb_forms
from communique.extraction.recommendations.words import list_pattern
from communique.extraction.triggers import holding

_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            ("first", "firstly"), ("second", "secondly"), ("third", "thirdly"), ("fourth", "fourthly"),
            ("fifth", "fifthly"), ("sixth", "sixthly"), ("seventh", "seventhly"), ("eighth", "eighthly"),
            ("ninth", "ninthly"), ("tenth", "tenthly"),
        ),
        start=1,
    )
    for word in words
}  # fmt: skip
_WORD = re.compile(
    rf"(?:and )?({'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
    r"(?:,|:| of all,|\s+[—–-]|,? and (?:foremost|most \w+),?)"
)
_LAST = re.compile(r"(?:finally|lastly|last|in conclusion),")
_HEADS = frozenset({*_ORDINALS, "and", "finally", "lastly", "last", "in"})
"""The first words of what counts items, up to a comma or colon."""
_OPENING = 60
_NUMBER = re.compile(r"(?<![\w.])\(?(\d{1,2})[.)]\)?\s*[*_]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence's place in enumerations.

    `ordinal` is the number of its item; `listed` is true inside a list of recommendations, `lead` the index of the
    sentence that leads the list in, `opens` true for the first sentence of an item, `addressed` true where the lead-in
    names who is to act ("To the government of Chile:"), `offered` where options were announced shortly before, and
    `urged` in a list most of whose items open with a bare verb.
    """

    ordinal: int | None = None
    listed: bool = False
    lead: int | None = None
    opens: bool = False
    addressed: bool = False
    offered: bool = False
    urged: bool = False


# in every wording that announces options
_MODAL = re.compile(r"[cCmM](?<!\w.)(?:(?<=[cC])(?:[aA][nN]|[oO][uU][lL][dD])|(?<=[mM])[iI][gG][hH][tT]) ")


def places(article: Article) -> tuple[Place, ...]:
    """The place of every sentence of the article."""
    sentences = article.sentences
    found = [Place()] * len(sentences)
    for first, last in _runs(article):
        lead = _lead(article, first)
        urged = first > 0 and _urges(article, first, last)
        lead = first - 1 if lead is None and urged else lead
        numbers = _numbers(article, first, last)
        for i in range(first, last + 1):
            opens = i == first or sentences[i].paragraph != sentences[i - 1].paragraph
            if opens and i > first and _addresses(article, i - 1):
                lead = i - 1
            number = numbers.get(sentences[i].paragraph) if lead is not None else None
            found[i] = Place(
                number, lead is not None, lead, opens, lead is not None and _addresses(article, lead), urged=urged
            )
    _spoken(article, found)
    _offered(article, found)
    return tuple(found)


_SEVERAL = 4
_MOSTLY = 0.75
"""How many items a list of bare verbs has at least, and the share of them that open with one."""
_GAP = 3
_FARTHEST_ABOVE = 40
_REACH = 3


def _line_before(article: Article, sentence: Sentence) -> str:
    start = max(sentence.start - 12, article.text.rfind("\n", 0, sentence.start) + 1)
    return article.text[start : sentence.start]


def _runs(article: Article) -> list[tuple[int, int]]:
    """Stretches of sentences that make a list of two items or more.

    Numbered items may have a few more paragraphs of their own; other items stand side by side.
    """
    sentences = article.sentences
    runs: list[tuple[int, int]] = []
    start: int | None = None
    last = number = -1
    for i, sentence in enumerate(sentences):
        if i and sentence.paragraph == sentences[i - 1].paragraph:
            last = i if last == i - 1 else last
            continue
        found = _NUMBER.search(_line_before(article, sentence))
        numbered = found is not None and sentence.kind in (
            SentenceKind.PARAGRAPH,
            SentenceKind.ITEM,
            SentenceKind.HEADING,
        )
        counts_on = numbered and found is not None and int(found[1]) == number + 1 and number > 0
        near = last >= 0 and sentence.paragraph - sentences[last].paragraph <= (1 if not counts_on else _GAP + 1)
        item = numbered or sentence.kind is SentenceKind.ITEM
        if item and start is not None and near and (counts_on or not numbered or number < 0):
            last = i
        elif item:
            _close(article, runs, start, last)
            start, last = i, i
        number = int(found[1]) if numbered and found is not None else number if item or number > 0 else -1
        if not item and start is not None and sentence.paragraph - sentences[last].paragraph > _GAP:
            _close(article, runs, start, last)
            start, last, number = None, -1, -1
    _close(article, runs, start, last)
    return runs


def _close(article: Article, runs: list[tuple[int, int]], start: int | None, last: int) -> None:
    """Take a stretch of two items or more, or of one to which a line before it gives an addressee."""
    sentences = article.sentences
    if start is None:
        return
    if sentences[start].paragraph != sentences[last].paragraph or (start and _addresses(article, start - 1)):
        runs.append((start, last))


def _lead(article: Article, first: int) -> int | None:
    """The sentence or heading right before the list, where it announces recommendations."""
    sentences = article.sentences
    before = first - 1
    if before < 0:
        return None
    lead = sentences[before]
    words = article.text[lead.start : lead.end]
    announces = (
        lead.kind is SentenceKind.HEADING or words.endswith(":") or list_pattern("announcing").search(words) is not None
    )
    if _addresses(article, before):
        return before
    return before if announces and list_pattern("leading").search(words) else None


def _urges(article: Article, first: int, last: int) -> bool:
    """Whether the numbered items of a list open with bare verbs, whatever stands above: "1. Cut tariffs"."""
    sentences = article.sentences
    opening = [s for i, s in enumerate(sentences[first : last + 1], first) if s.paragraph != sentences[i - 1].paragraph]
    if len(opening) < _SEVERAL or any(_NUMBER.search(_line_before(article, s)) is None for s in opening):
        return False
    words = (article.text[s.start : s.end].split(None, 1)[0].strip(",;:").lower() for s in opening)
    forms = [verb_forms().get(word) for word in words]
    return sum(form is not None and Tag.BASE in form.tags for form in forms) >= _MOSTLY * len(opening)


def _addresses(article: Article, index: int) -> bool:
    """Whether a sentence only names those to whom a list speaks: "To the government of Chile:"."""
    sentence = article.sentences[index]
    words = article.text[sentence.start : sentence.end]
    heading = sentence.kind in (SentenceKind.HEADING, SentenceKind.TITLE)
    closed = words.endswith(":") or (heading and words[-1].isalpha())
    if words.startswith("For "):
        return closed and list_pattern("meant_for").match(words) is not None and _among_advice(article, index)
    return closed and list_pattern("addressing").match(words) is not None


def _among_advice(article: Article, index: int) -> bool:
    """Whether a heading above announces recommendations: "Recommendations", then "For Congress"."""
    above = article.sentences[max(0, index - _FARTHEST_ABOVE) : index]
    headings = (article.text[s.start : s.end] for s in above if s.kind in (SentenceKind.HEADING, SentenceKind.TITLE))
    return any(list_pattern("leading").search(words) for words in headings)


def _numbers(article: Article, first: int, last: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for sentence in article.sentences[first : last + 1]:
        number = _NUMBER.search(_line_before(article, sentence))
        if number and sentence.paragraph not in found:
            found[sentence.paragraph] = int(number[1])
    return found


def _spoken(article: Article, found: list[Place]) -> None:
    """ "First, ..." with the sentences after it in its paragraph."""
    current: int | None = None
    for i, sentence in enumerate(article.sentences):
        if i and sentence.paragraph != article.sentences[i - 1].paragraph:
            current = None
        opening = article.text[sentence.start : min(sentence.end, sentence.start + _OPENING)].lower()
        head = (opening.split(None, 1) or [""])[0].partition(",")[0].partition(":")[0]
        if head not in _HEADS:
            if current is not None and found[i].ordinal is None:
                found[i] = replace(found[i], ordinal=current)
            continue
        word = _WORD.match(opening)
        if word:
            current = _ORDINALS[word[1]]
        elif _LAST.match(opening):
            current = None
        if current is not None and found[i].ordinal is None:
            place = found[i]
            found[i] = replace(place, ordinal=current)


def _offered(article: Article, found: list[Place]) -> None:
    """The sentences up to `_REACH` paragraphs after "There are several steps that can be taken", under its heading."""
    pattern, sentences = list_pattern("offering"), article.sentences
    possible = {s.start for s in holding(sentences, [found.start() for found in _MODAL.finditer(article.text)])}
    if not possible:
        return
    last = -1
    for i, sentence in enumerate(sentences):
        if sentence.kind is SentenceKind.HEADING:
            last = -1
        elif last >= 0 and sentence.paragraph - last <= _REACH:
            found[i] = replace(found[i], offered=True)
        if sentence.start in possible and pattern.search(article.text, sentence.start, sentence.end):
            last = sentence.paragraph
