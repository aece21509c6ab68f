"""A sentence being read, with what the text before it told."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.extraction.aid.binding import Bound
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.rows import AidCommitment


@dataclass(frozen=True, slots=True)
class Moment:
    """Sentence `index` with its statements, the rows made of it so far, and the rows of the sentences before it."""

    index: int
    sentence: ParsedSentence
    bounds: tuple[Bound, ...]
    told: list[AidCommitment]
    rows: list[AidCommitment] = field(default_factory=list)

    @property
    def last_told(self) -> AidCommitment | None:
        """The last row of the sentences before."""
        return self.told[-1] if self.told else None

    def ends_at(self, until: int) -> int:
        """The text offset at which the token before `until` ends."""
        return self.sentence.tokens[min(until, len(self.sentence.tokens)) - 1].end
