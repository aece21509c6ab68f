"""Sums of money as they are written: figures with a currency, ranges, lists that share one currency."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from communique.extraction.money.beside import currency_after, letter_scale_after, nation_behind, sign_before
from communique.extraction.money.currencies import Currency, codes_by_word, money_words
from communique.extraction.money.subunits import parts_after, subunit_after, subunits
from communique.extraction.numbers import Number, find_numbers, scale_after
from communique.extraction.ranges import Link, connector, link, opener
from communique.extraction.wording import alternatives, at_word_start

_SUBUNIT: Final = re.compile(r"(?:,|[ ]and)?[ ](\d{1,2}|[a-z]+(?:-[a-z]+)?)[ ](?:cents|pence|centimes|kopecks)\b", re.I)
_SIGNS: Final = "$£€¥₹¢"
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_MONTH: Final = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \Z")
_ONE: Final = re.compile(
    r"\b(?:(half|(?:a |one )?quarter of|three[- ]quarters of) )?an? (UNITS)\b"
    r"(?P<alone>(?=$|[.,;:!?)\n]|[ ](?:a|per|each|every|and|or|more|less|apiece)\b))?"
)
_PARTS: Final = {"half": Decimal("0.5"), "three": Decimal("0.75")}
_GROUPS: Final = re.compile(r"(?: \d{3})+(?![\d.,]\d|\w|-)")
_SCALE_ONLY: Final = re.compile(
    r"[ \u00a0\n]*(?:$|[.,;:)\]!?\"”’]"
    r"|(?:respectively|in|for|to|and|or|over|from|by|of|on|at|as|with|per|a|each|this|last)\b)"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum at `[start, end)`; `currency` is the reading of its currency words, which a list or range may share."""

    start: int
    end: int
    mantissa: Decimal
    scale: int
    currency: Currency | None
    upper: Decimal | None = None
    listed: bool = False

    @property
    def value(self) -> float:
        return float(self.mantissa * self.scale)


def find_sums(text: str, start: int, end: int) -> list[Sum]:
    """The sums of `text[start:end]` in order, before shared currency words are resolved."""
    parts: list[Sum] = []
    for number in find_numbers(text, start, end):
        if parts and number.start < parts[-1].end:
            continue
        if part := _read(text, number, end):
            parts.append(part)
    return _with_articles(text, start, _joined(text, parts, end), end)


def _with_articles(text: str, start: int, sums: list[Sum], end: int) -> list[Sum]:
    """The sums with those that an article or a fraction counts: "a dollar a day", "half a euro"."""
    if _counted().search(text, start, end) is None:
        return sums
    found = [_of_one(text, m, end) for m in _one().finditer(text, start, end) if m.group(1) or m["alone"] is not None]
    new = [one for one in found if not any(one.start < s.end and s.start < one.start for s in sums)]
    kept = [s for s in sums if not any(one.start < s.end and s.start < one.end for one in new)]
    return sorted([*kept, *new], key=lambda s: s.start) if new else sums


@cache
def _one() -> re.Pattern[str]:
    return re.compile(_ONE.pattern.replace("UNITS", alternatives(money_words()["counted"]["units"])), re.I)


@cache
def _counted() -> re.Pattern[str]:
    """What every such sum holds, found faster than a whole one."""
    units = alternatives(money_words()["counted"]["units"])
    return re.compile(rf"{at_word_start(f'an? (?:{units})', any_case=True)}\b")


def _of_one(text: str, found: re.Match[str], end: int) -> Sum:
    word = found.group(2).lower()
    share = _PARTS.get((found.group(1) or "").split("-")[0].split(" ")[0].lower(), Decimal("0.25"))
    mantissa = share if found.group(1) else Decimal(1)
    if (part := subunits().get(word)) is not None:
        codes = codes_by_word()[part[0].of]
        currency = Currency(found.start(2), found.end(2), codes, decided=len(codes) == 1, word=part[0].of)
        return Sum(found.start(), found.end(2), mantissa / part[0].parts, 1, currency)
    codes = codes_by_word()[word]
    currency = Currency(found.start(2), found.end(2), codes, decided=len(codes) == 1, word=word)
    added = parts_after(text, currency, found.end(2), end)
    if added is None:
        return Sum(found.start(), found.end(2), mantissa, 1, currency)
    return Sum(found.start(), added[1], mantissa + added[0], 1, added[2])


def _read(text: str, number: Number, end: int) -> Sum | None:
    """The number with the currency at either side; without one the bare number, kept for ranges and lists."""
    number = _with_blanks(text, _with_point(text, number), end)
    written = text[number.start : number.end]
    weighty = number.scale > 1 or "," in written or "." in written or (number.spelled and number.value >= 1000)
    before = sign_before(text, number.start, weighty=weighty or _has_letter_scale(text, number))
    scale, stop = number.scale, number.end
    if number.scale == 1 and not number.spelled:
        factor, after_letter = letter_scale_after(text, number.end)
        after = currency_after(text, after_letter, end, weighty=True) if factor > 1 else None
        if factor > 1 and (before or after):
            further, stop = scale_after(text, after_letter, end)
            scale = factor * further
        elif number.joined and before is None:
            return None
    elif number.joined and before is None:
        return None
    if before is None and (part := subunit_after(text, number, stop, end)):
        return Sum(number.start, part[0].end, number.mantissa / part[1], scale, part[0])
    after = currency_after(text, stop, end, weighty=weighty or scale > 1)
    if before is not None and before.word == "$" and not before.decided and after is None:
        after = nation_behind(text, stop, end)
    if before is not None and after is not None and before.decided and not _same(before, after):
        after = None
    currency = _merged(before, after)
    begin = before.start if before else number.start
    finish = after.end if after else stop
    mantissa = number.mantissa
    if currency is not None and scale == 1 and currency.codes[0] in money_words()["whole"]["codes"]:
        mantissa = Decimal(written.replace(".", "")) if _THOUSANDS.fullmatch(written) else mantissa
    if currency is not None and (added := parts_after(text, currency, finish, end)):
        mantissa, finish, currency = mantissa + added[0] / scale, added[1], added[2]
    return Sum(begin, finish, mantissa, scale, currency)


def _with_point(text: str, number: Number) -> Number:
    """The number with a decimal point that only a sign stands before: "$.99"."""
    point = number.start - 1
    if number.spelled or number.start < 2 or text[point] != "." or text[point - 1] not in _SIGNS:
        return number
    digits = re.match(r"\d+", text[number.start : number.end])
    if digits is None:
        return number
    return replace(number, start=point, mantissa=Decimal(f"0.{digits.group()}"), joined=False)


def _with_blanks(text: str, number: Number, end: int) -> Number:
    """The number with its groups of three digits behind or before a blank: "5 000 euros", "EUR 25 000"."""
    if number.spelled or not text[number.start : number.start + 1].isdigit():
        return number
    digits = text[number.start : number.end]
    further = (
        _GROUPS.match(text, number.end, end) if digits.isdigit() and len(digits) < 4 and digits[0] != "0" else None
    )
    if further is None or _MONTH.search(text, max(number.start - 12, 0), number.start):
        return number
    scale, stop = scale_after(text, further.end(), end)
    known = sign_before(text, number.start, weighty=False) or currency_after(text, stop, end, weighty=True)
    if known is None:
        return number
    return replace(number, end=stop, mantissa=Decimal(digits + further.group().replace(" ", "")), scale=scale)


def _has_letter_scale(text: str, number: Number) -> bool:
    return not number.spelled and letter_scale_after(text, number.end)[0] > 1


def _same(before: Currency, after: Currency) -> bool:
    return bool(set(before.codes) & set(after.codes))


def _merged(before: Currency | None, after: Currency | None) -> Currency | None:
    if before is None or after is None:
        return before or after
    shared = tuple(code for code in after.codes if code in before.codes)
    best = after if after.decided or not before.decided else before
    return replace(best, codes=shared or best.codes, decided=best.decided or len(shared) == 1)


def _joined(text: str, parts: list[Sum], end: int) -> list[Sum]:
    """Ranges made one sum; currencies handed along lists; bare numbers dropped."""
    sums: list[Sum] = []
    at = 0
    while at < len(parts):
        first = parts[at]
        second = parts[at + 1] if at + 1 < len(parts) else None
        pair = _pair(text, first, second, end) if second else None
        if pair is not None:
            sums.extend(pair)
            at += 2
        else:
            sums.append(first)
            at += 1
    return [s for s in _handed_along(text, sums, end) if s.currency is not None]


def _pair(text: str, first: Sum, second: Sum, end: int) -> tuple[Sum, ...] | None:
    """Two figures as one range, or as the two ends of a change; None where they are neither."""
    currency = _shared(first, second)
    if currency is None:
        return None
    how = link(text, (first.start, first.end), (second.start, second.end))
    joint = connector(text[first.end : second.start])
    either = joint == "or" and first.currency is None and second.scale > 1
    if how not in (Link.RANGE, Link.CHANGE) and not either:
        return None
    if second.currency is None and not _ends_range(text, first, second, joint, end):
        return None
    low = _inherit_scale(first, second)
    if second.value <= low.value:
        return None
    if how is Link.CHANGE:
        return replace(low, currency=low.currency or currency), replace(second, currency=second.currency or currency)
    if first.scale == 1 and low.scale == 1 and second.scale > 1 and first.currency is None:
        return None
    _, begin = opener(text, first.start)
    upper = Decimal(str(second.value))
    value = Decimal(str(low.value))
    return (Sum(begin, second.end, value, 1, currency, upper),)


def _shared(first: Sum, second: Sum) -> Currency | None:
    if first.currency and second.currency:
        return second.currency if _same(first.currency, second.currency) else None
    return first.currency or second.currency


def _ends_range(text: str, first: Sum, second: Sum, joint: str | None, end: int) -> bool:
    """Whether a second figure without currency ends a range ("$5-10m") or counts things ("$5m to 10 towns")."""
    if opener(text, first.start)[0] is None and second.scale == 1 and (first.scale > 1 or joint != "dash"):
        return False
    if joint in ("dash", "to") and first.scale == 1 < second.scale and first.mantissa < second.mantissa:
        return True
    return _SCALE_ONLY.match(text, second.end, end) is not None or (joint == "dash" and second.scale > 1)


def _inherit_scale(first: Sum, second: Sum) -> Sum:
    """`5 to 10 million`: the first figure takes the magnitude of the second where that keeps them in order."""
    if first.scale == 1 and second.scale > 1 and first.mantissa < 1000 and first.mantissa < second.mantissa:
        return replace(first, scale=second.scale)
    return first


def _handed_along(text: str, sums: list[Sum], end: int) -> list[Sum]:
    """Lists with one currency: `450 million and 300 million crowns`, `$5m and 10m`."""
    out = list(sums)
    for i in range(len(out) - 2, -1, -1):
        here, following = out[i], out[i + 1]
        if following.currency is None or connector(text[here.end : following.start]) not in ("and", "or", "comma"):
            continue
        if here.currency is None and here.scale > 1 and following.currency.start >= following.end - 40:
            trailing = following.currency.start > following.start
            if trailing:
                out[i] = replace(here, currency=following.currency, listed=True)
                out[i + 1] = replace(following, listed=True)
        elif _same(here.currency or following.currency, following.currency) and here.currency is not None:
            out[i], out[i + 1] = replace(here, listed=True), replace(following, listed=True)
    for i in range(1, len(out)):
        before, here = out[i - 1], out[i]
        if (
            here.currency is None
            and before.currency is not None
            and here.scale > 1
            and connector(text[before.end : here.start]) in ("and", "or", "comma")
            and before.currency.start <= before.start
            and _SCALE_ONLY.match(text, here.end, end)
        ):
            out[i] = replace(here, currency=before.currency, listed=True)
    return out
