"""Measures of one sentence taken together, and rows that only say again what an earlier row said."""

from __future__ import annotations

from dataclasses import replace

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.parties import Parties
from schemas.vocabularies import TariffStatus

_DONE = frozenset({TariffStatus.ANNOUNCED, TariffStatus.IMPOSED})
_AHEAD = frozenset({TariffStatus.ANNOUNCED, TariffStatus.THREATENED})
_RECALLED = 50
"""How many rows of one imposer a later row is compared with, so that time stays linear in long texts."""


def shared_out(parsed: ParsedSentence, found: list[tuple[Measure, Parties]]) -> list[tuple[Measure, Parties]]:
    """Targets dealt out to a list of as many rates, in order: "with rates of 24 and 25 per cent respectively"."""
    rated = [pair for pair in found if pair[0].rate is not None]
    targets = next((p.targets for _, p in rated if len(p.targets) == len(rated)), ())
    if len(rated) < 2 or not targets or parsed.tokens[-1].end <= rated[-1][0].end:
        return _shared_origin(parsed, found)
    tail = {t.lower for t in parsed.tokens[parsed.token_at(rated[-1][0].end) :]}
    if "respectively" not in tail:
        return _shared_origin(parsed, found)
    imposer = next((p.imposer for _, p in rated if p.imposer), None)
    dealt = [
        (m, replace(p, imposer=p.imposer or imposer, targets=(t,))) for (m, p), t in zip(rated, targets, strict=True)
    ]
    return dealt + [pair for pair in found if pair[0].rate is None]


def _shared_origin(parsed: ParsedSentence, found: list[tuple[Measure, Parties]]) -> list[tuple[Measure, Parties]]:
    """Origins said once for two rates: "25 percent on steel and 10 percent on tin from Peru and Chile"."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        (measure, parties), (following, later) = shared[i], shared[i + 1]
        if measure.rate is None or following.rate is None or measure.group is not following.group:
            continue
        bare = not parties.targets and parties.scope is None and parties.imposer in (None, later.imposer)
        after = {t.lower for t in parsed.tokens[following.last + 1 :]}
        between = {t.lower for t in parsed.tokens[measure.last + 1 : following.first]}
        if bare and later.targets and "from" in after and "and" in between and "from" not in between:
            shared[i] = (measure, replace(parties, targets=later.targets, imposer=later.imposer))
    return shared


def without_restatements(rows: list[Tariff]) -> tuple[Tariff, ...]:
    """Rows less those that say again, without a rate or with the same one, what an earlier row said."""
    kept: dict[str | None, list[Tariff]] = {}
    for row in rows:
        earlier = kept.setdefault(row.imposer_id, [])
        if not any(_restates(row, one) for one in earlier[:_RECALLED]):
            earlier.append(row)
    return tuple(sorted((r for group in kept.values() for r in group), key=lambda r: (r.char_start, r.char_end)))


def _restates(row: Tariff, earlier: Tariff) -> bool:
    same_rate = (row.rate_percent, row.rate_percent_upper) == (earlier.rate_percent, earlier.rate_percent_upper)
    rated = row.rate_percent is not None
    unaimed = rated and row.target_id is None and row.target_scope is None and row.product is None
    aim = (row.target_id, row.target_scope) == (earlier.target_id, earlier.target_scope) or unaimed
    if row.imposer_id != earlier.imposer_id or not aim or (rated and not same_rate):
        return False
    family = _DONE if rated else _AHEAD
    same_status = row.status == earlier.status or {row.status, earlier.status} <= family
    return same_status and (row.product in (None, earlier.product) or (not rated and _alike(row, earlier)))


def _alike(row: Tariff, earlier: Tariff) -> bool:
    """Whether two rows name the same goods in other words: "electric vehicle", "battery electric vehicles (BEVs)"."""
    ours, theirs = (
        {word.strip("(),.").removesuffix("s") for word in (product or "").lower().split()}
        for product in (row.product, earlier.product)
    )
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)
