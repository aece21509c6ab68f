"""What the text has said so far of customs measures: whose they were, on whom, and whose the title speaks of."""

from __future__ import annotations

from collections.abc import Callable

from communique.articles.model import SentenceKind
from communique.extraction.grammar.parse import VerbGroup
from communique.extraction.roles import Roles
from communique.extraction.rows import Tariff
from communique.extraction.tariffs.measure import tariff_nouns
from communique.extraction.tariffs.owners import Owners
from communique.extraction.tariffs.pairs import means_two
from communique.extraction.tariffs.standing import Standing
from communique.extraction.tariffs.words import STATES, tariff_words

_RECENT = 40
_HEARD = 6
"""How many of the last sentences on tariffs are asked whose tariffs they mean."""


class Memory:
    """The rows found so far in one article, and answers to questions about them."""

    def __init__(self, roles: Roles, standing: Callable[[], Standing]) -> None:
        self.roles = roles
        self._find_standing = standing
        self.last: Tariff | None = None
        self.past: list[Tariff] = []
        self.topic: list[Tariff] = []
        self.told: set[str | None] = set()
        self.heard: list[int] = []
        self.struck: set[tuple[int, str]] = set()
        self.answers: set[tuple[str, str]] = set()
        self.beside: tuple[VerbGroup, bool, str] | None = None

    def keep(self, rows: list[Tariff], acting: bool = False) -> list[Tariff]:
        """Remember `rows`, whose imposer is what the text is about where `acting`; the rows themselves come back."""
        sentences = self.roles.annotations.article.sentences
        self.told.update(r.imposer_id for r in rows if sentences[r.sentence].kind is not SentenceKind.TITLE)
        self.past.extend(row for row in rows if row.imposer_id)
        self.struck.update((row.sentence, row.target_id) for row in rows if row.target_id)
        self.topic.extend(row for row in rows if row.imposer_id and acting)
        self.answers.update(
            (r.imposer_id, r.target_id) for r in rows if r.is_retaliatory and r.imposer_id and r.target_id
        )
        told = (row for row in reversed(rows) if row.imposer_id and row.rule != "tariff.named")
        self.last = next(told, self.last)
        return rows

    def last_targets(self) -> tuple[str, ...]:
        """All targets of the measure told last."""
        last = self.last
        rows = [r for r in self.past[-_RECENT:] if last is not None and r.char_start == last.char_start]
        return tuple(dict.fromkeys(r.target_id for r in rows if r.target_id is not None))

    def pair(self, words: str | None) -> tuple[str, ...]:
        """The two countries hit last, where `words` speak of both ("imports from the two neighbours")."""
        if self.last is None or not means_two(words):
            return ()
        targets = [r.target_id for r in self.past[-8:] if r.imposer_id == self.last.imposer_id and r.target_id]
        recent = tuple(dict.fromkeys(reversed(targets)))[:2][::-1]
        return recent if len(recent) == 2 else ()

    def imposer(self, targets: tuple[str, ...], *, main: bool = False, last: bool = False) -> str | None:
        """The imposer of the measure before, or its target where the imposer is the one now hit.

        `main` passes over answers to the measures that the article is about; `last` wants whoever acted last, also
        where the article is mainly about another's measures.
        """
        leading = self.standing.main(targets) if targets and not last else None
        if leading is not None:
            return leading
        for row in reversed(self.topic[-3:]):
            if main and row.is_retaliatory and row.target_id == self.standing.imposer(()):
                continue
            if (state := self._of_row(row, targets)) is not None:
                return state
        titled = self.titled()
        known = self.standing.imposer(targets) or (titled if titled not in targets else None)
        if (standing := known or self.standing.leading(targets)) is not None:
            return standing
        for row in reversed(self.past):
            if (state := self._of_row(row, targets)) is not None:
                return state
        return self.titled() or (None if self.past else self.owner_heard(targets) or self.roles.voice)

    def _of_row(self, row: Tariff, targets: tuple[str, ...]) -> str | None:
        """The side of an earlier row that can impose on `targets`."""
        sides = (s for s in (row.imposer_id, row.target_id) if s is not None and s not in targets)
        states = [s for s in sides if not s.startswith("company:")]
        return max(states, key=lambda s: (self._weight(s) if targets else 0, s == row.imposer_id)) if states else None

    @property
    def standing(self) -> Standing:
        """Whose measures the whole article is about."""
        return self.roles.annotations.once("tariffs.Memory.standing", self._find_standing)

    def owner_heard(self, targets: tuple[str, ...]) -> str | None:
        """The one whose measures the last sentences spoke of without a row: "details of Peruvian tariff rates"."""
        annotations = self.roles.annotations
        for index in reversed(self.heard[-_HEARD:]):
            parsed = annotations.parsed(index)
            own = Owners(annotations.article.text, parsed, self.roles, index)
            owners = (own.owner(noun) for noun in tariff_nouns(parsed, in_context=False))
            found = next((o for o in owners if o is not None and o not in targets), None)
            if found is not None:
                return found
        return None

    def _weight(self, state: str) -> int:
        """How many of the last measures were the state's."""
        return sum(row.imposer_id == state for row in self.past[-_RECENT:])

    def only_target(self, imposer: str | None) -> str | None:
        """The one country that all measures of `imposer` told so far were on, those without an aim of their own too."""
        rows = [r for r in self.past[-_RECENT:] if r.imposer_id == imposer and imposer is not None]
        targets = {r.target_id for r in rows if r.target_id is not None}
        aimless = any(r.target_scope is not None for r in rows)
        return next(iter(targets)) if len(targets) == 1 and not aimless else None

    def is_answer(self, imposer: str | None, target: str | None) -> bool:
        """Whether a measure of `imposer` on `target` was said to answer another's."""
        return imposer is not None and target is not None and (imposer, target) in self.answers

    def knows(self, imposer: str, target: str | None) -> bool:
        """Whether one of the last rows is a measure of `imposer` on `target`."""
        return any(row.imposer_id == imposer and row.target_id == target for row in self.past[-_RECENT:])

    def answered(self, imposer: str | None) -> str | None:
        """Whose measure `imposer` answers: the last one to put a measure on it, else the last other imposer."""
        for row in reversed(self.past):
            if row.target_id == imposer:
                return row.imposer_id
        return next((row.imposer_id for row in reversed(self.past) if row.imposer_id != imposer), None)

    def target_in_title(self, imposer: str) -> str | None:
        """The one other actor that the title names beside `imposer`."""
        title = next((s for s in self.roles.annotations.article.sentences if s.kind is SentenceKind.TITLE), None)
        if title is None:
            return None
        named = {self.roles.role(m.actor_id) for m in self.roles.mentions_in(title.start, title.end)}
        others = named - {imposer, None}
        return next(iter(others)) if len(others) == 1 else None

    def opposite(self, imposer: str) -> str | None:
        """The one other state beside `imposer` in the title or first sentence, where these speak of its tariffs."""
        annotations = self.roles.annotations
        for sentence in annotations.article.sentences[:2]:
            if tariff_words().trigger.search(annotations.article.text, sentence.start, sentence.end) is None:
                continue
            named = {self.roles.role(m.actor_id) for m in self.roles.mentions_in(sentence.start, sentence.end)}
            states = {s for s in named if s is not None and s.startswith(STATES)}
            if len(states) == 2 and imposer in states:
                return next(iter(states - {imposer}))
        return None

    def titled(self) -> str | None:
        """The one whose tariffs the title speaks of ("New Trump tariffs take effect")."""
        annotations = self.roles.annotations
        for index, sentence in enumerate(annotations.article.sentences[:2]):
            if sentence.kind is SentenceKind.TITLE:
                parsed = annotations.parsed(index)
                own = Owners(annotations.article.text, parsed, self.roles, index)
                owners = (own.owner_and_modifier(n) for n in tariff_nouns(parsed, in_context=False))
                return next((owner or bare for owner, bare in owners if owner or bare), None)
        return None
