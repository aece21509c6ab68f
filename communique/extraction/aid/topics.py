"""The country that an article is about, by its title and by how often it speaks of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from communique.articles.model import SentenceKind
from communique.extraction.aid.facts import ActorFacts


@dataclass(frozen=True)
class Topics(ActorFacts):
    """Finds the topic of one article."""

    def topic(self, donor: str | None) -> str | None:
        """The country that the article is about, neither donor nor speaker: the title's, or the one most spoken of."""
        counts = self._counts
        besides: tuple[str | None, ...] = (donor, self.roles.voice)
        for country, wanted in self._title_countries.items():
            if country not in besides and country not in self._titled_donors and (wanted or counts[country] >= 2):
                return country
        besides = (*besides, *self._titled_donors)
        first = next((country for country in counts if country not in besides), None)
        if first is None:
            return None
        others = sum(number for country, number in counts.items() if country != donor)
        return first if counts[first] >= 4 and counts[first] * 2 >= others else None

    @property
    def _titled_donors(self) -> frozenset[str]:
        """The countries that the title calls donors: "Japan the biggest donor"."""
        return self.annotations.once("Topics._titled_donors", self._find_titled_donors)

    def _find_titled_donors(self) -> frozenset[str]:
        titles = [s for s in self.annotations.article.sentences if s.kind is SentenceKind.TITLE]
        named = (m for s in titles for m in self.roles.mentions_in(s.start, s.end))
        return frozenset(m.actor_id for m in named if _DONOR.match(self.text, m.end) or self.is_giving(m))

    @property
    def _counts(self) -> Counter[str]:
        """How often the article speaks of each country, the one most spoken of first."""
        return self.annotations.once("Topics._counts", self._find_counts)

    def _find_counts(self) -> Counter[str]:
        counts = Counter(m.actor_id for m in self.roles.speaking if m.actor_id.startswith("country:"))
        return Counter(dict(counts.most_common()))

    @property
    def _title_countries(self) -> dict[str, bool]:
        """The countries of the title, with whether it says that something goes to them ("aid to Kenya")."""
        return self.annotations.once("Topics._title_countries", self._find_title_countries)

    def _find_title_countries(self) -> dict[str, bool]:
        text = self.annotations.article.text
        titles = [s for s in self.annotations.article.sentences if s.kind is SentenceKind.TITLE]
        found: dict[str, bool] = {}
        for title in titles:
            for mention in self.roles.mentions_in(title.start, title.end):
                place = re.search(r"(?:[,|]|\b(?:in|at|from))\s*\Z", text[title.start : mention.start])
                if mention.actor_id.startswith("country:") and not place:
                    lead = text[title.start : mention.start].split()[-1:]
                    found[mention.actor_id] = found.get(mention.actor_id, False) or lead in (
                        ["to"],
                        ["for"],
                        ["To"],
                        ["For"],
                    )
        return dict(sorted(found.items(), key=lambda item: not item[1]))


_DONOR = re.compile(r"[^.\n]{0,40}\b(?:donors?|lenders?)\b", re.I)
