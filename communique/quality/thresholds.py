"""The bounds of the checks, read from `thresholds.toml`, which also says why each is what it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from communique.quality.checks import Severity

_NULL_SHARES = "null_shares"


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound by its name: a minimum stops the release and a maximum warns, unless the file says otherwise.

    Of fewer than `fewest` things nothing is said.
    """

    name: str
    limit: float
    is_minimum: bool
    stops: bool
    fewest: int
    reason: str

    @property
    def severity(self) -> Severity:
        return Severity.ERROR if self.stops else Severity.WARNING

    def holds(self, value: float) -> bool:
        """Whether a value keeps to the bound, which it may touch; differences of rounding do not count."""
        return value >= self.limit - 1e-9 if self.is_minimum else value <= self.limit + 1e-9

    def as_dict(self) -> dict[str, Any]:
        """For the quality report: JSON values."""
        return {"name": self.name, "kind": "minimum" if self.is_minimum else "maximum", "limit": self.limit}


@dataclass(frozen=True, slots=True)
class NullShares:
    """The largest share of null values by table and column, over tables of at least `fewest` rows."""

    largest: Mapping[str, Mapping[str, float]]
    fewest: int
    reason: str


def bound(name: str) -> Bound:
    """The bound of this name; `KeyError` where there is none."""
    return bounds()[name]


@cache
def bounds() -> Mapping[str, Bound]:
    """All bounds by their names."""
    return {name: _bound(name, entry) for name, entry in _content().items() if name != _NULL_SHARES}


@cache
def null_share_limits() -> NullShares:
    """How often key columns may be null."""
    entry = dict(_content()[_NULL_SHARES])
    fewest, reason = int(entry.pop("fewest")), _words(entry.pop("reason"))
    return NullShares(entry, fewest, reason)


def _bound(name: str, entry: Mapping[str, Any]) -> Bound:
    is_minimum = "minimum" in entry
    limit = float(entry["minimum"] if is_minimum else entry["maximum"])
    stops = bool(entry.get("stops", is_minimum))
    return Bound(name, limit, is_minimum, stops, int(entry["fewest"]), _words(entry["reason"]))


def _words(text: str) -> str:
    return " ".join(text.split())


@cache
def _content() -> Mapping[str, Any]:
    return tomllib.loads((files("communique.quality") / "thresholds.toml").read_text(encoding="utf-8"))
