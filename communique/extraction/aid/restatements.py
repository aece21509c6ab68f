"""Rows that only repeat what another row of the article tells, or tells more fully."""

from __future__ import annotations

import re

from communique.articles.model import SentenceKind
from communique.extraction.model import Annotations
from communique.extraction.rows import AidCommitment

_BESIDE = 40


def without_restatements(annotations: Annotations, rows: list[AidCommitment]) -> list[AidCommitment]:
    """The rows without those that repeat an earlier or fuller one."""
    kept: dict[tuple[str | None, str | None], list[AidCommitment]] = {}
    for i, row in enumerate(rows):
        below, beside = rows[i + 1 : i + 8], rows[max(0, i - _BESIDE) : i + _BESIDE]
        if is_headline(annotations, row.sentence) and any(_tells(annotations, row, later) for later in below):
            continue
        if row.amount is None and any(_leads_in(annotations, row, later) for later in below[:1]):
            continue
        if row.amount is None and any(_fuller(annotations, row, other) for other in beside):
            continue
        same = kept.setdefault((row.donor_id, row.recipient_id), [])
        if not any(_repeats(annotations, earlier, row) for earlier in same[-_BESIDE:]):
            same.append(row)
    return sorted((row for same in kept.values() for row in same), key=lambda row: (row.char_start, row.char_end))


def is_headline(annotations: Annotations, index: int) -> bool:
    """Whether a sentence is a title or heading, or a line without a full stop."""
    sentence = annotations.article.sentences[index]
    last = annotations.article.text[sentence.end - 1]
    return sentence.kind in (SentenceKind.TITLE, SentenceKind.HEADING) or last.isalnum()


def _tells(annotations: Annotations, headline: AidCommitment, row: AidCommitment) -> bool:
    """Whether the text right below a headline states its sum again, or the sum or goods of the aid that it names."""
    reach = 12 if annotations.article.sentences[headline.sentence].kind is SentenceKind.TITLE else 3
    near = 0 < row.sentence - headline.sentence <= (reach if headline.amount is not None else 3)
    near = near and headline.rule != "aid.kind.item"
    if headline.amount is not None:
        return near and not is_headline(annotations, row.sentence) and _same_sum(headline, row)
    same = headline.donor_id == row.donor_id and headline.recipient_id in (None, row.recipient_id)
    again = headline.category == row.category and headline.items is None
    return near and same and (row.amount is not None or row.items is not None or again)


def _leads_in(annotations: Annotations, row: AidCommitment, later: AidCommitment) -> bool:
    """Whether a row is of the line with a colon that leads in a list of the same donor's sums."""
    sentence = annotations.article.sentences[row.sentence]
    listed = later.rule in ("aid.sum.item", "aid.sum.label") and later.donor_id == row.donor_id
    near = 0 < later.sentence - row.sentence <= 2
    return listed and near and annotations.article.text[sentence.start : sentence.end].rstrip().endswith(":")


def _same_sum(one: AidCommitment, other: AidCommitment) -> bool:
    return (one.amount, one.currency) == (other.amount, other.currency)


def _fuller(annotations: Annotations, row: AidCommitment, other: AidCommitment) -> bool:
    """Whether a neighbouring row in the paragraph tells the sum of the aid that `row` only names."""
    sentences = annotations.article.sentences
    if _takes_up(annotations, row, other):
        return True
    return (
        row.items is None
        and row.purpose is None
        and other.amount is not None
        and other.donor_id == row.donor_id
        and other.recipient_id == row.recipient_id
        and (abs(other.sentence - row.sentence) == 1 or (other.sentence == row.sentence and other.rule in _STATING))
        and sentences[row.sentence].paragraph == sentences[other.sentence].paragraph
        and (row.status in ("suspended", "ended")) == (other.status in ("suspended", "ended"))
    )


def _takes_up(annotations: Annotations, row: AidCommitment, other: AidCommitment) -> bool:
    """Whether a sentence opens with the sum of the aid that the one before only names: "The $5 million package"."""
    opening = annotations.article.sentences[other.sentence].start
    definite = _DEFINITE.fullmatch(annotations.article.text, opening, other.char_start) is not None
    same = (row.donor_id, row.recipient_id) == (other.donor_id, other.recipient_id) and row.items is None
    return same and other.amount is not None and other.sentence - row.sentence == 1 and definite


_DEFINITE = re.compile(r"(?:The|This|That) (?:(?:new|latest|whole|total) )?")
_STATING = frozenset({"aid.sum.moving"})
_FURTHER = re.compile(
    r"(?<!\bthe )\b(?:another|further|additional|extra|second|third)\s+(?:\w+\s+)?\Z"
    r"|\balso\s+(?:\w+ing|gave|sent)\s+\Z",
    re.I,
)
_BESIDES = re.compile(r"\b(?:in addition to|on top of|besides|apart from|separate from)\s+(?:[\w’']+\s+){0,5}\Z", re.I)


_FORMERLY = re.compile(r"\b(?:had|was|were)\s+(?:previously|earlier|already|once|first)\b|\bpreviously\b", re.I)


def _of_other_kinds(earlier: AidCommitment, row: AidCommitment) -> bool:
    """Whether two equal sums are for different things, in sentences side by side, and one is of another category."""
    apart = earlier.purpose is not None and row.purpose is not None and earlier.category != row.category
    return apart and row.sentence - earlier.sentence == 1


def _is_former(annotations: Annotations, row: AidCommitment) -> bool:
    """Whether the sentence tells of a stop before the one in hand: "had previously suspended"."""
    place = annotations.article.sentences[row.sentence]
    return _FORMERLY.search(annotations.article.text, place.start, row.char_end) is not None


def _is_beside(annotations: Annotations, row: AidCommitment) -> bool:
    """Whether a sum is named as one that others come on top of: "in addition to the initial $5m"."""
    return _BESIDES.search(annotations.article.text, max(0, row.char_start - 60), row.char_start) is not None


def _is_further(annotations: Annotations, row: AidCommitment) -> bool:
    """Whether the words before a sum make it one more: "another $5m"."""
    return _FURTHER.search(annotations.article.text, max(0, row.char_start - 40), row.char_start) is not None


def _repeats(annotations: Annotations, earlier: AidCommitment, row: AidCommitment) -> bool:
    """Whether a row states again, elsewhere in the section, what an earlier one of the same parties states."""
    sentences = annotations.article.sentences
    if sentences[earlier.sentence].heading != sentences[row.sentence].heading:
        return False
    if row.amount is not None:
        apart = None not in (earlier.channel_id, row.channel_id) and earlier.channel_id != row.channel_id
        again = (
            not (_is_further(annotations, row) or _is_beside(annotations, earlier))
            and _same_sum(earlier, row)
            and earlier.sentence != row.sentence
            and not apart
        )
        parts = [r.rule for r in (earlier, row)].count("aid.sum.part")
        again = again and parts != 1 and not _of_other_kinds(earlier, row)
        return again and row.period_start in (None, earlier.period_start)
    if row.status in ("suspended", "ended") and earlier.status in ("suspended", "ended"):
        apart = _is_former(annotations, row) and earlier.period_start != row.period_start
        return not apart and (earlier.category == row.category or row.category == "unspecified")
    return earlier.amount is None and (earlier.items, earlier.category, earlier.status) == (
        row.items,
        row.category,
        row.status,
    )
