"""Whose measures an article is about: the state that it names most often as the one who imposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.roles import Roles
from communique.extraction.tariffs.measure import Measure
from communique.extraction.tariffs.parties import Parties
from communique.extraction.tariffs.retaliation import is_retaliatory
from communique.extraction.tariffs.words import STATES, tariff_words
from schemas.vocabularies import TariffStatus

_NEXT = 2
_SELLERS = 40
"""How many characters behind a demonym the firms that it speaks of can stand."""
_MAINLY = 6
"""How many times as often as all others the other side of a text on two states is named."""

Heard = tuple[ParsedSentence, list[tuple[Measure, Parties]], tuple[str, ...]]
"""A sentence on tariffs, its measures with their parties, and the owners that its tariff nouns name."""


class Standing:
    """Counts who imposes and who is hit in an article's sentences on tariffs, and whose leaders it names."""

    def __init__(self, roles: Roles, read: Iterable[Heard]) -> None:
        lower = roles.annotations.lower
        imposing: Counter[str] = Counter()
        hit: Counter[str] = Counter()
        acting: set[str] = set()
        rated: set[str] = set()
        for sentence, measured, owners in read:
            named = [(m, p) for m, p in measured if p.imposer is not None and _names_imposer(sentence, m, p)]
            imposing.update(list(dict.fromkeys(p.imposer for _, p in named if p.imposer is not None)) or owners)
            acting.update(p.imposer for _, p in named if p.imposer is not None and not p.owned)
            rated.update(target for m, p in measured if m.rate is not None for target in p.targets)
            hit.update({target for m, p in measured if not _yields(sentence, lower, m, p) for target in p.targets})
        self._weights = {s: 2 * n - hit[s] for s, n in imposing.items()}
        self._imposers = _ranked(self._weights)
        self._rated = frozenset(rated)
        self._acting = frozenset(acting)
        self._roles = roles

    def imposer(self, targets: tuple[str, ...]) -> str | None:
        """The state that imposes most and is none of `targets`, or None."""
        return next((s for s in self._imposers if s not in targets), None)

    def main(self, targets: tuple[str, ...]) -> str | None:
        """The state that imposes more than twice as much as all others together, where it is none of `targets`."""
        first = self._imposers[0] if self._imposers else None
        rest = sum(self._weights[s] for s in self._imposers[1:])
        return first if first is not None and first not in targets and self._weights[first] > 2 * rest else None

    def acts(self, state: str) -> bool:
        """Whether a verb somewhere says that the state imposes a measure."""
        return state in self._acting

    def leading(self, targets: tuple[str, ...]) -> str | None:
        """The state, none of `targets`, whose leaders, offices and capital the article names most, or None."""
        leaders = self._roles.annotations.once("tariffs.Standing.leaders", self._leaders)
        return next((s for s in leaders if s not in targets), None)

    def only(self, targets: tuple[str, ...]) -> str | None:
        """The one state beside `targets` that the article names and never as the seller of goods, or None."""
        states = self._roles.annotations.once("tariffs.Standing.states", self._find_states)
        left = [s for s in states if s not in targets]
        return left[0] if len(left) == 1 else None

    def opposite(self, state: str) -> str | None:
        """The one other state that the article speaks of, and more than once, where `state` is spoken of too.

        None where some rates are said to be on it, since those that are not are then on everybody.
        """
        two, times = self._roles.annotations.once("tariffs.Standing.two", self._find_two)
        other = next((s for s in two if s != state), None) if state in two else None
        return other if other is not None and times[other] > 1 and other not in self._rated else None

    def buyer(self, seller: str) -> str | None:
        """The other of the two states that the article is about, where it speaks of what `seller` exports, or None."""
        sellers = self._roles.annotations.once("tariffs.Standing.sellers", self._find_sellers)
        two, _ = self._roles.annotations.once("tariffs.Standing.two", self._find_two)
        return next((s for s in two if s != seller), None) if seller in sellers else None

    def sells(self, state: str) -> bool:
        """Whether the article speaks of what the state exports, so that it is not the one who imposes."""
        return state in self._roles.annotations.once("tariffs.Standing.sellers", self._find_sellers)

    def _find_sellers(self) -> frozenset[str]:
        text = self._roles.annotations.article.text
        selling = (m for m in self._roles.speaking if tariff_words().exported.match(text, m.end) is not None)
        return frozenset(role for m in selling if (role := self._roles.role(m.actor_id)) is not None)

    def _find_states(self) -> tuple[str, ...]:
        """The states that the article names, without those from which it says that goods come."""
        text, words = self._roles.annotations.article.text, tariff_words()
        named: dict[str, bool] = {}
        for mention in self._roles.speaking:
            role = self._roles.role(mention.actor_id)
            if role is None or not role.startswith(STATES):
                continue
            behind = text[mention.end : mention.end + _SELLERS].split()[:4]
            led = text[max(0, mention.start - _SELLERS) : mention.start].removesuffix("the ").split()
            trade = " ".join(led[-2:-1]).lower()
            bought = led[-1:] == ["of"] and mention.kind == "demonym" and trade in words.buying
            sells = bought or led[-1:] == ["from"] or (led[-1:] == ["in"] and trade in words.firms)
            sells = sells or words.exported.match(text, mention.end) is not None
            sells = sells or any(w.strip(",.;") in words.firms for w in behind if mention.kind == "demonym")
            named[role] = named.get(role, False) or sells
        return tuple(role for role, sells in named.items() if not sells)

    def _find_two(self) -> tuple[tuple[str, ...], dict[str, int]]:
        """The two states that the article is about, none where it names others too often, and how often it does.

        Their people and bodies count for them.
        """
        roles = (self._roles.role(m.actor_id) for m in self._roles.speaking)
        times = Counter(role for role in roles if role is not None and role.startswith(STATES))
        ranked = [s for s, _ in times.most_common()]
        rest = sum(times[s] for s in ranked[2:])
        return (tuple(ranked[:2]) if all(times[s] >= _MAINLY * rest for s in ranked[:2]) else ()), dict(times)

    def _leaders(self) -> list[str]:
        actors = self._roles.annotations.actors
        seats = ("office", "capital")
        people = (m for m in self._roles.speaking if actors[m.actor_id].type == "person" or m.kind in seats)
        return _ranked(Counter(role for m in people if (role := self._roles.role(m.actor_id)) is not None))


def _yields(sentence: ParsedSentence, lower: str, measure: Measure, parties: Parties) -> bool:
    """Whether the measure answers the state that it hits, or is one's own that is made less, so that this state began.

    What is made less in a deal is no offer, unless the verb says so.
    """
    lemma = measure.group.lemma if measure.group is not None else ""
    eases = lemma in tariff_words().easing or TariffStatus.REMOVED in (
        measure.said,
        tariff_words().status_of.get(lemma),
    )
    offers = eases and (parties.owned or _offered(sentence, measure))
    return offers or is_retaliatory(sentence, lower, (measure.start, measure.end))


def _offered(sentence: ParsedSentence, measure: Measure) -> bool:
    """Whether a verb of offering governs that of the measure: "offering to drop", "has proposed cutting"."""
    group = measure.group
    before = next((g for g in reversed(sentence.groups) if group is not None and g.last < group.first), None)
    near = before is not None and group is not None and group.first - before.last <= _NEXT
    return near and before is not None and before.lemma in tariff_words().offering


def _names_imposer(sentence: ParsedSentence, measure: Measure, parties: Parties) -> bool:
    """Whether the imposer is said to act or the measure is called its own by more than a pronoun."""
    if not parties.owned or measure.noun is None:
        return parties.acting or parties.owned
    phrase = sentence.phrase_at(sentence.tokens[measure.noun].start)
    if sentence.tokens[measure.noun].lower in tariff_words().levels:
        return False
    return phrase is None or sentence.tokens[phrase.first].tag != Tag.POSSESSIVE


def _ranked(weights: dict[str, int]) -> list[str]:
    """The states with a weight above nothing, the heaviest first."""
    return sorted((s for s, n in weights.items() if n > 0 and s.startswith(STATES)), key=lambda s: -weights[s])
