"""Rates in lists: "The new duties are:" followed by lines such as "Peru: 12.5%"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from communique.articles.model import Sentence
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.model import Percent
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.memory import Memory
from communique.extraction.tariffs.parties import PartyFinder
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_LABEL = re.compile(r"[^.;:]{2,80}?\s*[:–—-]\s*$")
_BEHIND = re.compile(r"\s*[:–—-]\s*([^;:]{2,80}?)[.;,]?$")
_QUALIFIED = re.compile(
    r"(?:[\s,/()*]|\b(?:and|or|for|both|in|out|over|within|outside|above|below|of|the|quotas?|ad|valorem|each)\b|-)*"
    r"[.;,]?\s*"
)
"""What may stand behind a rate of a list, and between two: "15% in-quota and 25% out-of-quota"."""
_NO_DUTY = re.compile(
    r"([^.;:]{2,80}?)\s*[:–—-]\s*((?:zero|nil|no)(?: (?:duty|tariff|rate))?|(?:duty|tariff)?-?free)[.;,]?$"
)
_AHEAD = re.compile(r"\b(?:will|would|shall)\b(?! have been)")
_FIRM = re.compile(r"\b(?:Ltd|Limited|Inc|Corp|Corporation|Co|Company|S\.?A|GmbH|plc|Group|[Aa]ll [Oo]thers?)\b")
_LONGEST_LIST = 40


@dataclass(frozen=True, slots=True)
class ListedRate:
    """A line of a list: the label's span, its rates, and the index of the sentence that leads the list in.

    A line that frees its goods from duty has the span of the words that say so, and the rate nought.
    """

    label_start: int
    label_end: int
    percents: tuple[Percent, ...]
    lead_in: int
    free: tuple[int, int] | None = None

    @property
    def told(self) -> list[tuple[int, int, float | None, float | None]]:
        """The span, rate and upper rate of each row."""
        if self.free is not None:
            return [(*self.free, 0.0, None)]
        return [(p.start, p.end, p.value, p.upper) for p in self.percents]


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
    label = None if named else text[line.label_start : line.label_end]
    of_goods = label is not None and _names_goods(label)
    carried = seller if of_goods else (seller or memory.only_target(imposer)) if of_firm else None
    label = None if carried and not of_goods else label
    return [
        Tariff(
            char_start=start, char_end=end, sentence=index, rule="tariff.listed_rate",
            imposer_id=imposer, target_id=target,
            target_scope=None if of_goods else label, product=label if of_goods else None,
            rate_percent=rate, rate_percent_upper=upper,
            status=TariffStatus.ANNOUNCED if ahead else before,
        )
        for start, end, rate, upper in line.told
        for target in targets or (carried,)
    ]  # fmt: skip


def leads_in(index: int, finder: PartyFinder, percents: Callable[[ParsedSentence], tuple[Percent, ...]]) -> bool:
    """Whether the next line is the first of a list of rates that sentence `index` leads in."""
    annotations = finder.roles.annotations
    sentences = annotations.article.sentences
    if finder.text[sentences[index].end - 1] != ":" or index + 1 == len(sentences):
        return False
    line = listed_rate(finder.text, sentences, index + 1, percents(annotations.parsed(index + 1)))
    return line is not None and line.lead_in == index


def _names_goods(label: str) -> bool:
    """Whether a label without a name is of goods, not of a class of countries or firms."""
    last = re.split(r"\W+", label.strip().lower())[-1]
    return label[:1].islower() and last not in tariff_words().classes | tariff_words().firms | {"others", "all", "rest"}


def listed_rate(
    text: str, sentences: Sequence[Sentence], index: int, percents: tuple[Percent, ...]
) -> ListedRate | None:
    """The rates of line `index` where it is a label with percentages under a lead-in that names a tariff."""
    line = sentences[index]
    if not percents:
        return _freed(text, sentences, index)
    if not _rates_only(text, line, percents):
        return _rate_first(text, sentences, index, percents[0]) if len(percents) == 1 else None
    label = _LABEL.match(text, line.start, percents[0].start)
    lead_in = _lead_in(text, sentences, index)
    if label is None or label.end() != percents[0].start or lead_in is None:
        return None
    end = len(text[line.start : label.end()].rstrip(" :–—-\n\t")) + line.start
    return ListedRate(line.start, end, percents, lead_in)


def _rates_only(text: str, line: Sentence, percents: tuple[Percent, ...]) -> bool:
    """Whether the line says nothing behind its label but rates and which of them holds within a quota."""
    ends = [*(p.start for p in percents[1:]), line.end]
    return all(_QUALIFIED.fullmatch(text, p.end, end) is not None for p, end in zip(percents, ends, strict=True))


def _freed(text: str, sentences: Sequence[Sentence], index: int) -> ListedRate | None:
    """The line of a list of rates whose goods pay nothing: "coal: zero duty"."""
    line = sentences[index]
    found = _NO_DUTY.fullmatch(text, line.start, line.end)
    lead_in = _lead_in(text, sentences, index) if found is not None else None
    if found is None or lead_in is None:
        return None
    return ListedRate(line.start, found.end(1), (), lead_in, found.span(2))


def _rate_first(text: str, sentences: Sequence[Sentence], index: int, percent: Percent) -> ListedRate | None:
    """The line of a list that begins with its rate: "24.1% - Peru"."""
    line = sentences[index]
    label = _BEHIND.match(text, percent.end, line.end)
    if text[line.start : percent.start].strip(" -–—•*") or label is None or line.end - label.end() > 1:
        return None
    lead_in = _lead_in(text, sentences, index)
    return ListedRate(label.start(1), label.end(1), (percent,), lead_in) if lead_in is not None else None


def _lead_in(text: str, sentences: Sequence[Sentence], index: int) -> int | None:
    """The nearest sentence before the list, where it ends with a colon and names a tariff."""
    for i in range(index - 1, max(-1, index - _LONGEST_LIST), -1):
        sentence = sentences[i]
        if text[sentence.end - 1] == ":":
            near = sentences[max(0, i - 1)]
            return i if tariff_words().trigger.search(text, near.start, sentence.end) else None
        line = text[sentence.start : sentence.end]
        if "%" not in line and "per" not in line and _NO_DUTY.fullmatch(line) is None:
            return None
    return None
