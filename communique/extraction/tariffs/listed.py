"""Rates in lists: "The new duties are:" followed by lines such as "Peru: 12.5%"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.articles.model import Sentence
from communique.extraction.model import Percent
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.parties import PartyFinder
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_LABEL = re.compile(r"[^.;:]{2,80}?\s*[:–—-]\s*$")
_BEHIND = re.compile(r"\s*[:–—-]\s*([^;:]{2,80}?)[.;,]?$")
_AHEAD = re.compile(r"\b(?:will|would|shall)\b(?! have been)")
_FIRM = re.compile(r"\b(?:Ltd|Limited|Inc|Corp|Corporation|Co|Company|S\.?A|GmbH|plc|Group|[Aa]ll [Oo]thers?)\b")
_LONGEST_LIST = 40


@dataclass(frozen=True, slots=True)
class ListedRate:
    """A line of a list: the label's span, its rate, and the index of the sentence that leads the list in."""

    label_start: int
    label_end: int
    percent: Percent
    lead_in: int


def listed_rows(index: int, finder: PartyFinder, memory: Memory, percents: tuple[Percent, ...]) -> list[Tariff]:
    """One row per country of the label where sentence `index` is a line of a list of rates."""
    roles, text = finder.roles, finder.text
    sentences = roles.annotations.article.sentences
    line = listed_rate(text, sentences, index, percents)
    if line is None:
        return []
    mentions = roles.mentions_in(line.label_start, line.label_end)
    targets = tuple(dict.fromkeys(t for m in mentions if (t := finder.payers.as_target(m.actor_id)) is not None))
    named = any(m.actor_id in targets for m in mentions)
    lead_in = sentences[line.lead_in]
    leading = [(m.start, roles.role(m.actor_id)) for m in roles.mentions_in(lead_in.start, lead_in.end)]
    sellers = {r for at, r in leading if r is not None and text[lead_in.start : at].endswith(("from ", "from the "))}
    named_before = next((r for _, r in leading if r is not None and r not in targets and r not in sellers), None)
    imposer = named_before or memory.imposer(targets) or memory.standing.only(targets)
    ahead = _AHEAD.search(text, lead_in.start, lead_in.end) is not None
    before = memory.last.status if memory.last else TariffStatus.IMPOSED
    of_firm = not named and _FIRM.search(text, line.label_start, line.label_end) is not None
    seller = next(iter(sellers)) if len(sellers) == 1 else None
    carried = (seller or memory.only_target(imposer)) if of_firm else None
    return [
        Tariff(
            char_start=line.percent.start, char_end=line.percent.end, sentence=index, rule="tariff.listed_rate",
            imposer_id=imposer, target_id=target,
            target_scope=None if named or carried else text[line.label_start : line.label_end],
            rate_percent=line.percent.value, rate_percent_upper=line.percent.upper,
            status=TariffStatus.ANNOUNCED if ahead else before,
        )
        for target in targets or (carried,)
    ]  # fmt: skip


def listed_rate(
    text: str, sentences: Sequence[Sentence], index: int, percents: tuple[Percent, ...]
) -> ListedRate | None:
    """The rate of line `index` where it is a label with one percentage under a lead-in that names a tariff."""
    line = sentences[index]
    if len(percents) != 1:
        return None
    if line.end - percents[0].end > 3:
        return _rate_first(text, sentences, index, percents[0])
    label = _LABEL.match(text, line.start, percents[0].start)
    lead_in = _lead_in(text, sentences, index)
    if label is None or label.end() != percents[0].start or lead_in is None:
        return None
    end = len(text[line.start : label.end()].rstrip(" :–—-\n\t")) + line.start
    return ListedRate(line.start, end, percents[0], lead_in)


def _rate_first(text: str, sentences: Sequence[Sentence], index: int, percent: Percent) -> ListedRate | None:
    """The line of a list that begins with its rate: "24.1% - Peru"."""
    line = sentences[index]
    label = _BEHIND.match(text, percent.end, line.end)
    if text[line.start : percent.start].strip(" -–—•*") or label is None or line.end - label.end() > 1:
        return None
    lead_in = _lead_in(text, sentences, index)
    return ListedRate(label.start(1), label.end(1), percent, lead_in) if lead_in is not None else None


def _lead_in(text: str, sentences: Sequence[Sentence], index: int) -> int | None:
    """The nearest sentence before the list, where it ends with a colon and names a tariff."""
    for i in range(index - 1, max(-1, index - _LONGEST_LIST), -1):
        sentence = sentences[i]
        if text[sentence.end - 1] == ":":
            near = sentences[max(0, i - 1)]
            return i if tariff_words().trigger.search(text, near.start, sentence.end) else None
        if "%" not in text[sentence.start : sentence.end] and "per" not in text[sentence.start : sentence.end]:
            return None
    return None
