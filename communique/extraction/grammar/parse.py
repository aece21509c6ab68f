"""Shallow syntax of one sentence: its tokens, noun phrases and verb groups."""

from __future__ import annotations

from communique.extraction.grammar.groups import VerbGroup, verb_groups
from communique.extraction.grammar.phrases import NounPhrase, noun_phrases
from communique.extraction.grammar.tokens import Token, tokenize
from communique.extraction.grammar.words import Tag

__all__ = ["NounPhrase", "ParsedSentence", "VerbGroup", "parse"]


class ParsedSentence:
    """A sentence's tokens, noun phrases and verb groups, each in order; each kind is found when first asked for."""

    def __init__(
        self,
        start: int,
        end: int,
        tokens: tuple[Token, ...],
        phrases: tuple[NounPhrase, ...] | None = None,
        groups: tuple[VerbGroup, ...] | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.tokens = tokens
        self._phrases = phrases
        self._groups = groups
        self._quoted: tuple[bool, ...] | None = None

    @property
    def phrases(self) -> tuple[NounPhrase, ...]:
        """The noun phrases."""
        found = self._phrases
        if found is None:
            found = self._phrases = noun_phrases(self.tokens)
        return found

    @property
    def groups(self) -> tuple[VerbGroup, ...]:
        """The verb groups."""
        found = self._groups
        if found is None:
            found = self._groups = verb_groups(self.tokens)
        return found

    @property
    def quoted(self) -> tuple[bool, ...]:
        """For every token, whether it stands inside quotation marks."""
        found = self._quoted
        if found is None:
            found = self._quoted = _inside_quotation_marks(self.tokens)
        return found

    def reread(self, phrases: tuple[NounPhrase, ...], groups: tuple[VerbGroup, ...]) -> ParsedSentence:
        """The same tokens in other phrases and groups."""
        return ParsedSentence(self.start, self.end, self.tokens, phrases, groups)

    def token_at(self, offset: int) -> int:
        """Index of the token that covers the text offset, or of the first one after it (the count where none is)."""
        tokens = self.tokens
        low, high = 0, len(tokens)
        while low < high:
            middle = (low + high) // 2
            if tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def group_at(self, offset: int) -> VerbGroup | None:
        """The verb group that covers the text offset."""
        groups = self.groups
        low, high = 0, len(groups)
        while low < high:
            middle = (low + high) // 2
            if groups[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return groups[low] if low < len(groups) and groups[low].start <= offset else None

    def phrase_at(self, offset: int) -> NounPhrase | None:
        """The noun phrase that covers the text offset."""
        phrases = self.phrases
        low, high = 0, len(phrases)
        while low < high:
            middle = (low + high) // 2
            if phrases[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return phrases[low] if low < len(phrases) and phrases[low].start <= offset else None

    def phrases_between(self, first: int, last: int) -> tuple[NounPhrase, ...]:
        """The phrases whose first token lies in `[first, last]`."""
        phrases = self.phrases
        i = _first_from(phrases, first)
        j = _first_from(phrases, last + 1)
        return phrases[i:j]


def parse(text: str, start: int, end: int) -> ParsedSentence:
    """Parse `text[start:end]`, which should be one sentence; time grows linearly with its length."""
    return ParsedSentence(start, end, tokenize(text, start, end))


def _first_from(phrases: tuple[NounPhrase, ...], token: int) -> int:
    """The number of phrases that start before a token."""
    low, high = 0, len(phrases)
    while low < high:
        middle = (low + high) // 2
        if phrases[middle].first < token:
            low = middle + 1
        else:
            high = middle
    return low


def _inside_quotation_marks(tokens: tuple[Token, ...]) -> tuple[bool, ...]:
    inside = False
    marks = []
    for token in tokens:
        if token.tag == Tag.QUOTE:
            inside = token.text == "“" or (token.text != "”" and not inside)
            marks.append(True)
        else:
            marks.append(inside)
    return tuple(marks)
