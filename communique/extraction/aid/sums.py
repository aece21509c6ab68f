"""The sums of money of an article's sentences, with the nouns that say what they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from communique.extraction.aid.elided import sums_without_currency
from communique.extraction.aid.parts import is_whole
from communique.extraction.aid.regions import directly_joined
from communique.extraction.aid.themes import Theme, amount_theme
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Amount, Annotations
from communique.extraction.roles import Roles

_OR_ABOUT = re.compile(
    r"[^.;]{1,60},\s*(?:or|equivalent to)\s+(?:about|around|roughly|some|nearly|approximately|almost)\s+", re.I
)
_OR = re.compile(r",?\s*(?:or|equivalent to|equal to|i\.e\.,?)\s+(?:[a-z]+\s+){0,3}", re.I)

_IN_FIGURES = re.compile(r"\s*\(\s*")
_WEIGHED = re.compile(
    r"\s+of\s+(?:[\w-]+\s+){0,2}(?:supplies|food|goods|rice|wheat|flour|grain|corn|cargo|medicines?|meals)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d,.])")
_IN_PRICES = re.compile(r"\bin\s+(?:constant\s+|current\s+)?\Z", re.I)

_KINDS = frozenset({"military", "economic", "humanitarian", "development", "financial", "civilian", "food", "security"})


def _is_kind(theme: Theme, following: Theme) -> bool:
    return following.is_aid and theme.nouns[:1] != () and theme.nouns[0] in _KINDS


@dataclass(frozen=True)
class Sums:
    """The sums of one article."""

    annotations: Annotations
    roles: Roles

    @property
    def by_sentence(self) -> dict[int, list[Amount]]:
        """The sums of each sentence, restatements in another currency left out."""
        return self.annotations.once("Sums.by_sentence", self._find_by_sentence)

    def _find_by_sentence(self) -> dict[int, list[Amount]]:
        found: dict[int, list[Amount]] = {}
        for amount in self.annotations.amounts:
            index = self.roles.sentence_index(amount.start)
            if amount.conversion_of is None and index is not None and not self._is_price_base(amount):
                told = found.setdefault(index, [])
                if not (told and self._is_restated(told[-1], amount)):
                    told.append(amount)
        for index, amount in list(sums_without_currency(self.annotations, self.roles, found)):
            found[index] = sorted([*found.get(index, ()), amount], key=lambda a: a.start)
        return found

    def _is_restated(self, before: Amount, amount: Amount) -> bool:
        """Whether a sum repeats the one before: "$5 million or Tk 600 million", "two million dollars ($2,000,000)"."""
        between = self.annotations.article.text[before.end : amount.start]
        other = before.currency != amount.currency
        if not other and before.value == amount.value and _IN_FIGURES.fullmatch(between):
            return True
        return other and (_OR.fullmatch(between) or _OR_ABOUT.fullmatch(between)) is not None

    def _is_price_base(self, amount: Amount) -> bool:
        """Whether a sum is the year of whose prices another speaks ("$5 billion (in 2021 dollars)"), or a weight."""
        text = self.annotations.article.text
        if amount.currency == "GBP" and text[amount.end - 6 : amount.end] == "pounds":
            return _WEIGHED.match(text, amount.end) is not None
        year = _YEAR.match(text, amount.start, amount.end)
        return year is not None and _IN_PRICES.search(text, max(0, amount.start - 20), amount.start) is not None

    @property
    def _conversions(self) -> dict[int, list[Amount]]:
        return self.annotations.once("Sums._conversions", self._find_conversions)

    def _find_conversions(self) -> dict[int, list[Amount]]:
        found: dict[int, list[Amount]] = {}
        for amount in self.annotations.amounts:
            if amount.conversion_of is not None:
                found.setdefault(self.annotations.amounts[amount.conversion_of].start, []).append(amount)
        return found

    def themes(self, parsed: ParsedSentence, index: int) -> list[Theme]:
        """The sums of a sentence; one without nouns has those of the sum right behind it ("$5m and $3m in loans")."""
        amounts, text = self.by_sentence.get(index, ()), self.annotations.article.text
        themes = [amount_theme(parsed, amount, text, self._reach(parsed, amount)) for amount in amounts]
        for i in range(len(themes) - 2, -1, -1):
            theme, following = themes[i], themes[i + 1]
            if _is_kind(theme, following) and self._shares_noun(parsed, theme, following):
                themes[i] = replace(theme, nouns=following.nouns, is_aid=True, is_broad=following.is_broad)
            elif not theme.nouns and following.nouns and is_whole(parsed, following):
                themes[i] = replace(theme, nouns=following.nouns, is_aid=following.is_aid, is_broad=following.is_broad)
            elif not theme.nouns and following.nouns and directly_joined(parsed, theme, following):
                themes[i] = replace(theme, nouns=following.nouns, is_aid=following.is_aid, is_broad=following.is_broad)
        return themes

    @staticmethod
    def _shares_noun(parsed: ParsedSentence, theme: Theme, following: Theme) -> bool:
        """Whether "and" joins a sum with its kind to the next: "$5m in military and $3m in economic aid"."""
        between = [t.lower for t in parsed.tokens[theme.last + 1 : following.first]]
        return len(between) == 3 and between[0] in ("in", "of") and between[2] in ("and", ",", "or")

    def _reach(self, parsed: ParsedSentence, amount: Amount) -> int | None:
        """The last token of a sum's restatement in another currency, so that what follows is its own."""
        end = max((a.end for a in self._conversions.get(amount.start, ())), default=None)
        if end is None or end > parsed.end:
            return None
        last = parsed.token_at(end - 1)
        closed = last + 1 < len(parsed.tokens) and parsed.tokens[last + 1].tag == Tag.CLOSE
        return last + closed
