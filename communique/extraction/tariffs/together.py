"""Measures of one sentence taken together, and rows that only say again what an earlier row said."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.parties import Parties
from communique.extraction.tariffs.words import tariff_words
from schemas.vocabularies import TariffStatus

_DONE = frozenset({TariffStatus.ANNOUNCED, TariffStatus.IMPOSED})
_AHEAD = frozenset({TariffStatus.ANNOUNCED, TariffStatus.THREATENED})
_SUM = re.compile(r"\d[\d.,]*(?= ?(?:billion|million|trillion|bn|m)\b)", re.IGNORECASE)
_JOINT = re.compile(r",? and |, ")
_RECALLED = 50
"""How many rows of one imposer a later row is compared with, so that time stays linear in long texts."""


def with_shared_owner(parsed: ParsedSentence, found: list[tuple[Measure, Parties]]) -> list[tuple[Measure, Parties]]:
    """One owner for two measures: "Peru's 10 percent tariff on figs and 5 percent levy on tin"."""
    shared = list(found)
    for i in range(1, len(shared)):
        (_, before), (measure, parties) = shared[i - 1], shared[i]
        joined = measure.rate is not None and parsed.tokens[measure.first - 1].tag == Tag.COORDINATOR
        if joined and before.owned and not parties.owned:
            targets = tuple(t for t in parties.targets if t != before.imposer) or before.targets
            shared[i] = (measure, replace(parties, imposer=before.imposer, targets=targets, others=(), owned=True))
    return shared


def shared_out(parsed: ParsedSentence, found: list[tuple[Measure, Parties]]) -> list[tuple[Measure, Parties]]:
    """Targets dealt out to a list of as many rates, in order: "with rates of 24 and 25 per cent respectively"."""
    rated = [pair for pair in found if pair[0].rate is not None]
    together = _dealt(rated)
    if together is None and not _respectively(parsed, rated):
        return _shared_origin(parsed, found)
    rates = together if together is not None else rated
    targets = next((p.targets for _, p in rates if len(p.targets) == len(rates)), ())
    goods = next((several for _, p in rates if len(several := _several(p.product)) == len(rates)), ())
    if len(rates) < 2 or not (targets or goods):
        return _shared_origin(parsed, found)
    imposer = next((p.imposer for _, p in rates if p.imposer), None)
    hit = next((p.targets for _, p in reversed(rates) if p.targets), ())
    dealt: dict[int, Parties] = {}
    for i, (measure, parties) in enumerate(rates):
        on = replace(parties, targets=(targets[i],)) if targets else replace(parties, product=goods[i], targets=hit)
        dealt[id(measure)] = replace(on, imposer=parties.imposer or imposer)
    return [(m, dealt.get(id(m), p)) for m, p in found]


def _several(product: str | None) -> list[str]:
    """The goods that `product` lists: "steel and tin", "hats, shoes and bags"."""
    return [goods for goods in _JOINT.split(product or "") if goods]


def _dealt(rated: list[tuple[Measure, Parties]]) -> list[tuple[Measure, Parties]] | None:
    """The rates at the end of `rated` that stand side by side with as many targets, or None."""
    for start in range(len(rated) - 1):
        if start and _side_by_side(rated[start - 1][0], rated[start][0]):
            continue
        run = rated[start:]
        if _one_list(run) and any(len(run) in (len(p.targets), len(_several(p.product))) for _, p in run):
            return run
    return None


def _respectively(parsed: ParsedSentence, rated: list[tuple[Measure, Parties]]) -> bool:
    if not rated or parsed.tokens[-1].end <= rated[-1][0].end:
        return False
    return "respectively" in {t.lower for t in parsed.tokens[parsed.token_at(rated[-1][0].end) :]}


def _one_list(rated: list[tuple[Measure, Parties]]) -> bool:
    """Whether the rates stand side by side: "duties of 31 percent and 6 percent on pipes from Chile and Peru"."""
    return all(_side_by_side(a, b) for (a, _), (b, _) in pairwise(rated))


def _side_by_side(one: Measure, other: Measure) -> bool:
    before_noun = other.rule == one.rule == "noun_after" and other.noun == one.noun
    of_one = other.noun is not None and other.noun == one.noun and 0 < other.start - one.end <= len(", and ")
    return before_noun or of_one or (other.rule == "rate_continued" and other.first - one.last <= 3)


def _shared_origin(parsed: ParsedSentence, found: list[tuple[Measure, Parties]]) -> list[tuple[Measure, Parties]]:
    """Origins said once for two rates: "25 percent on steel and 10 percent on tin from Peru and Chile"."""
    shared = list(found)
    leading = tariff_words().aiming | {"from"}
    for i in range(len(shared) - 2, -1, -1):
        (measure, parties), (following, later) = shared[i], shared[i + 1]
        if measure.rate is None or following.rate is None or measure.group is not following.group:
            continue
        bare = not parties.targets and parties.scope is None and parties.imposer in (None, later.imposer)
        after = {t.lower for t in parsed.tokens[following.last + 1 :]}
        between = {t.lower for t in parsed.tokens[measure.last + 1 : following.first]}
        shares_aim = parties.product is None and "on" not in between and _aim_follows(parsed, following)
        if bare and later.targets and shares_aim and "and" in between:
            shared[i] = (measure, replace(parties, targets=later.targets, product=later.product))
        elif bare and later.targets and leading & after and "and" in between and "from" not in between:
            shared[i] = (measure, replace(parties, targets=later.targets, imposer=later.imposer))
    return shared


def _aim_follows(parsed: ParsedSentence, measure: Measure) -> bool:
    """Whether "on" stands right behind the measure: "duties up to 9 percent and levies up to 4 percent on Peru"."""
    behind = parsed.tokens[measure.last + 1 : measure.last + 2]
    return bool(behind) and behind[0].lower in ("on", "against")


def without_restatements(rows: list[Tariff], titles: frozenset[int]) -> tuple[Tariff, ...]:
    """Rows less those that say again, without a rate or with the same one, what an earlier row said.

    A row of one of the sentences `titles` yields to the row below that says the same with as much or more.
    """
    kept: dict[str | None, list[Tariff]] = {}
    rows = _aimed_by_title(rows, titles)
    rows = [row for i, row in enumerate(rows) if not any(_rates(row, one) for one in rows[i + 1 : i + 4])]
    body = [row for row in rows if row.sentence not in titles][:_RECALLED]
    for row in rows:
        if row.sentence in titles and any(_told_below(row, one) for one in body):
            continue
        earlier = kept.setdefault(row.imposer_id, [])
        since = 0
        if row.status == TariffStatus.EXEMPTED:
            since = next((i for i in range(len(earlier), 0, -1) if _rated_before(earlier[i - 1], row)), 0)
        if not any(_restates(row, one) for one in earlier[since:_RECALLED]):
            earlier.append(row)
    return tuple(sorted((r for group in kept.values() for r in group), key=lambda r: (r.char_start, r.char_end)))


def _rates(row: Tariff, later: Tariff) -> bool:
    """Whether a row right after one without a rate tells the rate of the same measure: "The tariff rose to 9%"."""
    alone = row.rate_percent is None and row.rule == "tariff.measure" and row.target_id is None
    if not alone or later.rate_percent is None:
        return False
    near = 0 <= later.sentence - row.sentence <= 1
    same = (row.imposer_id, row.target_id, row.target_scope) == (later.imposer_id, later.target_id, later.target_scope)
    goods = later.product == (None if later.sentence > row.sentence else row.product)
    return near and same and goods and row.product is not None and row.status == later.status


def _aimed_by_title(rows: list[Tariff], titles: frozenset[int]) -> list[Tariff]:
    """Rows of the text that hit nobody take the target that the title names with the same rate of the same imposer."""
    told = {(r.imposer_id, r.rate_percent): r.target_id for r in rows if r.sentence in titles and r.target_id}
    return [
        replace(row, target_id=told.get((row.imposer_id, row.rate_percent)))
        if row.rate_percent is not None and row.target_id is None and row.target_scope is None
        else row
        for row in rows
    ]


def same_as_rated(row: Tariff, rows: list[Tariff]) -> bool:
    """Whether the row only names the measure whose rate another row of its sentence tells."""
    dealt = any(other.rule == "tariff.rate_dealt" for other in rows)
    if row.rule != "tariff.named" and not (dealt and row.rule == "tariff.measure" and row.rate_percent is None):
        return False
    imposers = (row.imposer_id, None) if row.imposer_id is not None else {other.imposer_id for other in rows}
    rated = (other for other in rows if other.rate_percent is not None and other.target_id == row.target_id)
    return any(other.imposer_id in imposers for other in rated)


def _rated_before(one: Tariff, exemption: Tariff) -> bool:
    """Whether an earlier sentence told of a measure that the exemption can be from."""
    rated = one.rate_percent is not None and one.status != TariffStatus.EXEMPTED
    return rated and one.sentence < exemption.sentence


def with_one_imposer(rows: list[Tariff]) -> list[Tariff]:
    """Rows without an imposer take the one that all others have, unless it is their own target."""
    imposers = {row.imposer_id for row in rows} - {None}
    if len(imposers) != 1:
        return rows
    (only,) = imposers
    return [replace(r, imposer_id=only) if r.imposer_id is None and r.target_id != only else r for r in rows]


def _told_below(title: Tariff, row: Tariff) -> bool:
    if title.imposer_id not in (None, row.imposer_id) or title.target_id not in (None, row.target_id):
        return False
    if title.rate_percent is None:
        family = row.status == title.status or {row.status, title.status} <= _DONE | _AHEAD
        return family and (title.product is None or _alike(title, row) or row.rate_percent is not None)
    upper = title.rate_percent == row.rate_percent_upper and title.rate_percent_upper is None
    return upper or (title.rate_percent, title.rate_percent_upper) == (row.rate_percent, row.rate_percent_upper)


def _restates(row: Tariff, earlier: Tariff) -> bool:
    same_rate = (row.rate_percent, row.rate_percent_upper) == (earlier.rate_percent, earlier.rate_percent_upper)
    rated = row.rate_percent is not None
    unaimed = rated and row.target_id is None and row.target_scope is None and row.product is None
    aim = (row.target_id, row.target_scope) == (earlier.target_id, earlier.target_scope) or unaimed
    if rated and unaimed and row.imposer_id == earlier.imposer_id and row.rate_percent == earlier.rate_percent_upper:
        return True
    if row.imposer_id == earlier.imposer_id and _sums_up(row, earlier):
        return True
    if row.imposer_id != earlier.imposer_id or not aim or (rated and not same_rate):
        return False
    if rated and row.sentence == earlier.sentence and row.target_id is not None and row.product is None:
        return row.char_start == earlier.char_start or earlier.product is not None
    family = _DONE if rated else _AHEAD
    same_status = row.status == earlier.status or {row.status, earlier.status} <= family
    per_unit = row.rule == earlier.rule == "tariff.duty_per_unit"
    if not rated and row.is_retaliatory and not earlier.is_retaliatory:
        return False
    if not same_status or _another_sum(row, earlier) or _another_year(row, earlier):
        return False
    return row.product in (None, earlier.product) or (not rated and not per_unit and _alike(row, earlier))


def _sums_up(row: Tariff, earlier: Tariff) -> bool:
    """Whether a row only says once more in its sentence what was ended: "lifted its duty, ending a year of levies"."""
    aims = (row.target_id, row.target_scope, row.product, row.rate_percent)
    ended = row.status == earlier.status == TariffStatus.REMOVED
    return ended and row.sentence == earlier.sentence and not any(aim is not None for aim in aims)


def _another_year(row: Tariff, earlier: Tariff) -> bool:
    """Whether the row tells of a year of its own ("In 1983, ... imposed")."""
    year = row.effective_date
    return year is not None and len(year) == 4 and (earlier.effective_date or "")[:4] != year


def _another_sum(row: Tariff, earlier: Tariff) -> bool:
    """Whether a row names the worth of the goods and it is not the earlier one's: "on a further $200 billion"."""
    worth = _SUM.search(row.product or "")
    known = _SUM.search(earlier.product or "")
    return worth is not None and (known is None or worth.group() != known.group())


def _alike(row: Tariff, earlier: Tariff) -> bool:
    """Whether two rows name the same goods in other words: "electric vehicle", "battery electric vehicles (BEVs)"."""
    ours, theirs = (
        {word.strip("(),.").removesuffix("s") for word in (product or "").lower().split()}
        for product in (row.product, earlier.product)
    )
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)
