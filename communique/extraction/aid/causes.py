"""The country whose need an article is about: the one hit, rebuilt, helped."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from communique.articles.model import SentenceKind
from communique.extraction.aid.facts import ActorFacts
from communique.extraction.aid.words import aid_words
from communique.extraction.model import Mention
from communique.extraction.wording import alternatives

_LEAD = 3
_WINDOW = 70


@dataclass(frozen=True)
class Causes(ActorFacts):
    """Weighs the countries of one article by the words of need and help around them."""

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries the article is about, the foremost first; empty where its words leave it open."""
        return self.annotations.once("Causes.countries", self._find_countries)

    def _find_countries(self) -> tuple[str, ...]:
        weights = self._weights
        ranked = [country for country, weight in weights.most_common() if weight >= 2]
        return tuple(c for c in ranked if weights[c] * 3 >= weights[ranked[0]] * 2)

    def country(self, donor: str | None) -> str | None:
        """The foremost country the article is about, besides the donor, where one stands out."""
        ranked = [c for c in self.countries if c != donor]
        if not ranked:
            return None
        first = self._weights[ranked[0]]
        others = [weight for country, weight in self._weights.items() if country not in (donor, ranked[0])]
        enough = 5 if self.is_regional else 3
        alone = first > max(others, default=0) and (first >= enough or not (others or self.is_regional))
        return ranked[0] if alone or ranked[0] in self._titled else None

    def weight(self, country: str) -> int:
        """How often the article says of a country that it needs or gets help, title and lead counting more."""
        return self._weights[country]

    @property
    def is_titled(self) -> bool:
        """Whether the title itself says of a country that it needs or gets help."""
        return any(country in self._titled and self._weights[country] >= 3 for country in self.countries)

    @property
    def _weights(self) -> Counter[str]:
        return self.annotations.once("Causes._weights", self._find_weights)

    def _find_weights(self) -> Counter[str]:
        weights: Counter[str] = Counter()
        lead = self._lead_end
        for mention in self.roles.speaking:
            if not mention.actor_id.startswith("country:"):
                continue
            if self._is_cause(mention):
                titled = mention.start < self._title_end
                weights[mention.actor_id] += 3 if titled else 2 if mention.start < lead else 1
        return weights

    @property
    def _titled(self) -> frozenset[str]:
        return self.annotations.once("Causes._titled", self._find_titled)

    def _find_titled(self) -> frozenset[str]:
        return frozenset(m.actor_id for m in self.roles.speaking if m.start < self._title_end)

    @property
    def is_regional(self) -> bool:
        """Whether the title speaks of a region."""
        return self.annotations.once("Causes.is_regional", self._find_is_regional)

    def _find_is_regional(self) -> bool:
        words = aid_words()
        if words.regions.search(self.text, 0, self._title_end) is not None:
            return True
        lead = self.text[: self._lead_end]
        return any(_REGIONAL.match(lead, m.end()) for m in words.regions_struck.finditer(lead))

    @property
    def _title_end(self) -> int:
        return self.annotations.once("Causes._title_end", self._find_title_end)

    def _find_title_end(self) -> int:
        titles = [s.end for s in self.annotations.article.sentences if s.kind is SentenceKind.TITLE]
        return max(titles, default=0)

    @property
    def _lead_end(self) -> int:
        return self.annotations.once("Causes._lead_end", self._find_lead_end)

    def _find_lead_end(self) -> int:
        body = [s for s in self.annotations.article.sentences if s.kind is not SentenceKind.TITLE]
        return body[: _LEAD + 1][-1].end if body else 0

    def _is_cause(self, mention: Mention) -> bool:
        if mention.start < self._title_end and self.is_giving(mention):
            return False
        if mention.kind == "demonym" and _private().match(self.text, mention.end):
            return False
        before = _EDGE.split(self.text[max(0, mention.start - _WINDOW) : mention.start])[-1]
        words = tuple(word for word in _WORD.findall(before.lower()) if word != "the")
        if words and _leads_up(words):
            return True
        return _followed().match(self.text, mention.end, mention.end + 40) is not None


_REGIONAL = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:earthquake|quake|tsunami|floods?|drought|famine|hurricane|cyclone|typhoon|disaster|crisis)\b",
    re.I,
)
_EDGE = re.compile(r"[,;:()\n]|\.\s")
_WORD = re.compile(r"[\w’'-]+")
_TO = frozenset({"to", "for"})
_AT = frozenset({"in", "of", "for", "across", "inside", "throughout"})
_REACH = 4


def _leads_up(words: tuple[str, ...]) -> bool:
    """Whether the words before a country say that it needs or gets help: "victims in", "aid to the people of"."""
    tables = _tables()
    last = words[-1]
    if last in tables["struck"] or " ".join(words[-2:]) in tables["struck"]:
        return True
    if last.rpartition("-")[2] in tables["marked"] and "-" in last:
        return True
    if len(words) > 2 and last in ("of", "in") and words[-3] in _TO:
        return not tables["given"].isdisjoint(words[-3 - _REACH : -3])
    if last in _TO and not tables["given"].isdisjoint(words[-1 - _REACH : -1]):
        return True
    near = words[-2:] if last in _AT else words[-3:-1]
    return len(near) == 2 and near[1] in _AT and near[0] in tables["suffered"]


@cache
def _tables() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in aid_words().causes.items()}


@cache
def _private() -> re.Pattern[str]:
    """Private bodies right behind a nationality, which need no help: "for Australian non-government organisations"."""
    bodies = alternatives(sorted(aid_words().private_givers))
    return re.compile(rf"\s+(?:(?:and|or)\s+\w+\s+)?(?:[\w-]+\s+){{0,2}}?(?:{bodies})\b", re.I)


@cache
def _followed() -> re.Pattern[str]:
    following = alternatives(aid_words().causes["following"])
    return re.compile(rf"(?:['’]s?)?\s+(?:[\w-]+\s+)?(?:{following})\b", re.I)
