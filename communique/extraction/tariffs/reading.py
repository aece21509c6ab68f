"""What the sentences of an article say of customs measures by their own words, each read once."""

from __future__ import annotations

from bisect import bisect_left

from communique.articles.model import Sentence, SentenceKind
from communique.extraction.gate import TARIFF, TARIFF_OPENING, marks
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.model import Amount, Annotations, Percent
from communique.extraction.roles import Roles
from communique.extraction.tariffs.measure import Measure, tariff_nouns
from communique.extraction.tariffs.measures import measures
from communique.extraction.tariffs.owners import Owners
from communique.extraction.tariffs.parties import Parties, PartyFinder
from communique.extraction.tariffs.standing import Heard, Standing
from communique.extraction.tariffs.together import shared_out, with_shared_owner
from communique.extraction.tariffs.words import tariff_words


def _gapped(measure: Measure, before: tuple[Measure, ...]) -> bool:
    """Whether only the verb of another rate explains this one: "Peru was hit with 38 percent, Chile with 71"."""
    return measure.rule == "verb_of_imposing" and any(m.group is measure.group for m in before)


class Reading:
    """The measures of an article's sentences with the parties that the sentences themselves name."""

    def __init__(self, annotations: Annotations, roles: Roles) -> None:
        self.annotations = annotations
        self.roles = roles
        self.text = annotations.article.text
        self._percent_starts = [p.start for p in annotations.percents]
        self.read: dict[int, list[tuple[Measure, Parties]]] = {}

    def speaks(self, sentence: Sentence, mark: int) -> bool:
        """Whether a sentence names a customs measure, by its mark at the gate and its words."""
        if mark & TARIFF:
            return True
        trigger = tariff_words().trigger
        return mark & TARIFF_OPENING != 0 and trigger.search(self.text, sentence.start, sentence.end) is not None

    def measured(self, index: int) -> list[tuple[Measure, Parties]]:
        """The measures of a sentence with the parties that its own words name."""
        if index not in self.read:
            parsed = self.annotations.parsed(index)
            finder = PartyFinder(self.text, parsed, self.roles, index)
            found = measures(self.text, parsed, self.percents(parsed), self._amounts(parsed), in_context=True)
            found = tuple(m for i, m in enumerate(found) if not _gapped(m, found[:i]))
            named = [(m, finder.parties(m)) for m in found]
            self.read[index] = shared_out(parsed, with_shared_owner(parsed, named))
        return self.read[index]

    def standing(self) -> Standing:
        """Whose measures the article is about, by all its sentences that name one."""
        sentences = self.annotations.article.sentences
        seen = marks(self.annotations)
        told = (i for i, s in enumerate(sentences) if s.kind is not SentenceKind.PUBLICATION_LINE)
        heard = (i for i in told if self.speaks(sentences[i], seen[i]))
        return Standing(self.roles, map(self._heard, heard))

    def _heard(self, index: int) -> Heard:
        """What sentence `index` says of those who impose tariffs."""
        parsed = self.annotations.parsed(index)
        measured = self.measured(index)
        owners = Owners(self.text, parsed, self.roles, index)
        nouns = tariff_nouns(parsed, in_context=False) if not any(p.imposer for _, p in measured) else ()
        named = (owners.named_owner(noun) for noun in nouns)
        return parsed, measured, tuple(dict.fromkeys(owner for owner in named if owner is not None))

    def percents(self, parsed: ParsedSentence) -> tuple[Percent, ...]:
        first = bisect_left(self._percent_starts, parsed.start)
        last = bisect_left(self._percent_starts, parsed.end)
        return self.annotations.percents[first:last]

    def _amounts(self, parsed: ParsedSentence) -> tuple[Amount, ...]:
        amounts = self.annotations.amounts
        first = bisect_left(amounts, parsed.start, key=lambda a: a.start)
        return amounts[first : bisect_left(amounts, parsed.end, key=lambda a: a.start)]
