"""The tests of the surroundings of a match, by the names that the rules call them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from communique.extraction.dates import guards_calendar, guards_counts
from communique.extraction.dates.named import functions_of
from communique.extraction.dates.place import Place, closed, not_title

GUARDS: Final[dict[str, Callable[[Place], bool]]] = {
    "closed": closed,
    "not_title": not_title,
    **functions_of(guards_calendar, guards_counts),
}
