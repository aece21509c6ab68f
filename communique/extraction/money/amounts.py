"""From the sums of a sentence to the amounts of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from communique.articles.model import Article
from communique.extraction.model import Amount
from communique.extraction.money.context import MoneyContext
from communique.extraction.money.places import BEFORE, currency_places
from communique.extraction.money.sums import Sum, find_sums
from communique.extraction.qualifiers import qualifier
from communique.extraction.triggers import holding

_EXACTNESS: Final = (
    r"(?:(?:about|around|approximately|roughly|some|nearly|almost|over|more than|circa|ca\.|c\.|app\.|approx\.?"
    r"|an estimated|=|≈|~)\s{0,2})?"
)
_RESTATES: Final = re.compile(
    rf"\s{{0,2}}(?:[(\[]\s?(?:or |i\.e\. |equivalent to |the equivalent of |equal to |worth )?{_EXACTNESS}"
    rf"|,?\s(?:or|i\.e\.|that is|equal to|equivalent to|the equivalent of|which is)[,]?\s{_EXACTNESS}"
    rf"|[,;]?\s?(?:=|≈|/|[–—-])\s?{_EXACTNESS}|,\s(?:about|around|approximately|roughly)\s)\Z",
    re.I,
)
_CHAINED: Final = re.compile(r"\s?[;,/]\s?(?:or |and )?")


def find_amounts(article: Article) -> tuple[Amount, ...]:
    """The sums of money in the article's body, in order of the text."""
    context = MoneyContext(article)
    found: list[Amount] = []
    for sentence in holding(article.sentences, currency_places(article.text), before=BEFORE):
        found.extend(amounts_in(article.text, (sentence.start, sentence.end), context))
    return tuple(_restatements(article.text, found))


def amounts_in(text: str, sentence: tuple[int, int], context: MoneyContext) -> Iterator[Amount]:
    """The sums of money of one sentence, their currencies decided in `context`."""
    sums = find_sums(text, *sentence)
    codes = _codes(sums, sentence, context)
    for item, code in zip(sums, codes, strict=True):
        yield _amount(text, item, code)


def _amount(text: str, item: Sum, code: str) -> Amount:
    if item.upper is not None:
        return Amount(item.start, item.end, item.value, float(item.upper), code, "range")
    return Amount(item.start, item.end, item.value, None, code, qualifier(text, item.start, item.end))


def _codes(sums: list[Sum], sentence: tuple[int, int], context: MoneyContext) -> list[str]:
    codes: list[str] = []
    while len(codes) < len(sums):
        run = _run(sums, len(codes))
        first = run[0].currency
        if first is None:
            raise AssertionError("a sum without a currency")
        shared = None
        if len(run) > 1:
            shared = context.respectively(first, [s.start for s in run], sentence)
        codes.extend(shared or [_code(s, sentence, context) for s in run])
    return codes


def _run(sums: list[Sum], at: int) -> list[Sum]:
    """The sums of one list from index `at` that share an undecided currency word."""
    head = sums[at].currency
    run = [sums[at]]
    for i in range(at + 1, len(sums)):
        following = sums[i]
        same = head is not None and following.currency is not None and following.currency.codes == head.codes
        if not (same and following.listed and run[-1].listed and head and not head.decided):
            break
        run.append(following)
    return run


def _code(item: Sum, sentence: tuple[int, int], context: MoneyContext) -> str:
    currency = item.currency
    if currency is None:
        raise AssertionError("a sum without a currency")
    return currency.codes[0] if currency.decided else context.choose(currency, item.start, sentence)


def _is_local(text: str, before: Amount, amount: Amount) -> bool:
    """Whether a bare dollar sign is another country's, since US dollars restate it: "$150,000 (US$93,000)"."""
    return text[before.start] == "$" and text.startswith(("US$", "US $", "U.S.$", "USD"), amount.start)


def _restatements(text: str, amounts: list[Amount]) -> Iterator[Amount]:
    """The amounts, those that restate the one before in another currency marked so."""
    marked: list[Amount] = []
    for amount in amounts:
        before = marked[-1] if marked else None
        if before is not None and (amount.currency != before.currency or _is_local(text, before, amount)):
            between = text[before.end : amount.start]
            chained = before.conversion_of is not None and _CHAINED.fullmatch(between)
            if chained or (len(between) <= 40 and _RESTATES.match(between)):
                index = len(marked) - 1 if before.conversion_of is None else before.conversion_of
                amount = replace(amount, conversion_of=index)
        marked.append(amount)
    yield from marked
