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

_MAINLY = 6
"""How many times as often as all others the other side of a text on two states is named."""

Heard = tuple[ParsedSentence, list[tuple[Measure, Parties]], set[str]]
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
            imposing.update({p.imposer for _, p in named if p.imposer is not None} or owners)
            acting.update(p.imposer for _, p in named if p.imposer is not None and not p.owned)
            rated.update(target for m, p in measured if m.rate is not None for target in p.targets)
            hit.update({target for m, p in measured if not _yields(sentence, lower, m) for target in p.targets})
        self._imposers = _ranked({s: 2 * n - hit[s] for s, n in imposing.items()})
        self._rated = frozenset(rated)
        self._acting = frozenset(acting)
        self._roles = roles

    def imposer(self, targets: tuple[str, ...]) -> str | None:
        """The state that imposes most and is none of `targets`, or None."""
        return next((s for s in self._imposers if s not in targets), None)

    def acts(self, state: str) -> bool:
        """Whether a verb somewhere says that the state imposes a measure."""
        return state in self._acting

    def leading(self, targets: tuple[str, ...]) -> str | None:
        """The state, none of `targets`, whose leaders, offices and capital the article names most, or None."""
        leaders = self._roles.annotations.once("tariffs.Standing.leaders", self._leaders)
        return next((s for s in leaders if s not in targets), None)

    def opposite(self, state: str) -> str | None:
        """The one other state that the article speaks of, and more than once, where `state` is spoken of too.

        None where some rates are said to be on it, since those that are not are then on everybody.
        """
        named = self._roles.annotations.once("tariffs.Standing.named", self._named)
        others = sorted(((n, s) for s, n in named.items() if s != state), reverse=True)
        if state not in named or not others or others[0][0] < 2 or others[0][1] in self._rated:
            return None
        rest = sum(n for n, _ in others[1:])
        return others[0][1] if others[0][0] >= _MAINLY * rest else None

    def _named(self) -> Counter[str]:
        """How often the article names each state, its people and bodies included."""
        roles = (self._roles.role(m.actor_id) for m in self._roles.speaking)
        return Counter(role for role in roles if role is not None and role.startswith(STATES))

    def _leaders(self) -> list[str]:
        actors = self._roles.annotations.actors
        seats = ("office", "capital")
        people = (m for m in self._roles.speaking if actors[m.actor_id].type == "person" or m.kind in seats)
        return _ranked(Counter(role for m in people if (role := self._roles.role(m.actor_id)) is not None))


def _yields(sentence: ParsedSentence, lower: str, measure: Measure) -> bool:
    """Whether the measure answers the state that it hits, or makes it an offer, so that this state began."""
    lemma = measure.group.lemma if measure.group is not None else ""
    eases = lemma in tariff_words().easing or TariffStatus.REMOVED in (
        measure.said,
        tariff_words().status_of.get(lemma),
    )
    return eases or is_retaliatory(sentence, lower, (measure.start, measure.end))


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
