"""Givers and takers of sums whose verb is left out: "Japan pledged $5m, France $8m and Italy $6m"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.naming import Giver
from communique.extraction.aid.parties import Parties

_GAP = re.compile(
    r"(?:['’]s)?(?:(?P<apart>,)|\s*[—–])?\s*(?:(?:with|at|on|pledged|gave|an?|another|further|about|some|up|to|more|than|at|least|around|nearly|over|almost)\s+)*"
)
_JOINT = re.compile(r"(?:[,;]|\b(?:and|while|by|with|plus|than|ahead of|before|behind))\s*(?:the\s+)?\Z")
_NEXT = re.compile(
    r"(?:\s+(?:over|in|within|through|until|by)(?:\s+\w+){1,4})?\s*[,;]?\s*(?:(?:and|while|plus)\s+)?(?:the\s+)?"
)
_ECHO = re.compile(r"[^.;()]*?,?\s(?:as|so)\s+(?:did|has|have|had|will|would|does|do)\s+(?:the\s+)?")
_NEAR_NAME = re.compile(r"(?:[a-z-]+\s+){0,3}")
_ECHO_REACH = 120
_COMPARED = re.compile(r"\b(?:compared (?:to|with)|against|versus|than|up from)\s+(?:\w+\s+){0,2}\Z", re.I)


@dataclass(frozen=True)
class Gaps(Parties):
    """Reads the lists of one article in which a verb stands for several sums."""

    def gapped(self, bounds: tuple[Bound, ...], i: int) -> Giver | None:
        """The giver of a sum whose verb is left out: "Japan pledged $5m, France $8m and Italy $6m"."""
        theme = bounds[i].theme
        if not i or bounds[i - 1].act is not bounds[i].act or theme.amount is None:
            return None
        named = self.roles.mentions_in(bounds[i - 1].theme.end, theme.start)
        lead = self.text[bounds[i - 1].theme.end : named[-1].start] if named else ""
        gap = _GAP.fullmatch(self.text, named[-1].end, theme.start) if named else None
        if gap is None or not _JOINT.search(lead) or (gap["apart"] and not _NEXT.fullmatch(lead)):
            return self._from_after(theme.start, theme.end)
        if _lists_takers(bounds[i].act):
            return None
        giver = self.giver_of(list(named[-1:]))
        return replace(giver, gapped=True) if giver.found else None

    def gapped_taker(self, bounds: tuple[Bound, ...], i: int, donor: str | None) -> str | None:
        """Who gets a sum whose verb is left out: "aid to Chad stands at $5m, Niger at $8m and Mali at $3m"."""
        theme = bounds[i].theme
        if not i or bounds[i - 1].act is not bounds[i].act or theme.amount is None or not _lists_takers(bounds[i].act):
            return None
        named = self.roles.mentions_in(bounds[i - 1].theme.end, theme.start)
        gap = _GAP.fullmatch(self.text, named[-1].end, theme.start) if named else None
        if gap is None or gap["apart"]:
            return None
        who = self.roles.role(named[-1].actor_id)
        return who if who and who != donor and who.startswith("country:") else None

    def echoed(self, bounds: tuple[Bound, ...], i: int) -> tuple[Giver, ...]:
        """Who is said to have done the same as the giver of statement `i`: "Japan gave $5m, as did Norway"."""
        until = bounds[i + 1].theme.start if i + 1 < len(bounds) else None
        found = _ECHO.match(self.text, bounds[i].theme.end, until or bounds[i].theme.end + _ECHO_REACH)
        if found is None:
            return ()
        named = self.roles.mentions_in(found.end(), found.end() + 60)
        if not named or not _NEAR_NAME.fullmatch(self.text, found.end(), named[0].start):
            return ()
        giver = self.giver_of(self.heads(named))
        return tuple(replace(giver, ids=(who,)) for who in giver.ids)

    def _from_after(self, start: int, end: int) -> Giver | None:
        """The giver named right after a sum of a list: "and $5m from Japan"."""
        text = self.text
        named = self.roles.mentions_in(end, end + 60)
        compared = _COMPARED.search(text, max(0, start - 40), start) is not None
        link = r"\s+(?:each\s+)?(?:from|for|by)\s+(?:the\s+)?" if compared else r"\s+(?:each\s+)?from\s+(?:the\s+)?"
        if not named or not re.fullmatch(link, text[end : named[0].start]):
            return None
        giver = self.giver_of(self.heads(named))
        return replace(giver, gapped=True) if giver.found else None


def _lists_takers(act: Act | None) -> bool:
    """Whether the names before further sums of an act are those who benefit: it tells of what they get."""
    return act is not None and act.sort in (Sort.TOTAL, Sort.RECEIVING)
