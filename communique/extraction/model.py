"""Values that the shared pass over an article finds and every table extractor reads.

All offsets count code points of `Article.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from communique.articles.model import Article
from communique.extraction.grammar.parse import ParsedSentence, parse

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money.

    `value` and `upper` are in units of the currency, `upper` only for a range.  `[start, end)` covers the figure with
    its currency and magnitude ("about 11 billion euros": "11 billion euros"; for a range both ends and a leading
    "between").  `currency` is ISO 4217.  `qualifier` is a value of `schemas.vocabularies.AmountQualifier`.
    `conversion_of` is the index (among the article's amounts) of the amount that this one restates in another currency.
    """

    start: int
    end: int
    value: float
    upper: float | None
    currency: str
    qualifier: str
    conversion_of: int | None = None


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage or a range of them, `value` and `upper` in percent; `is_points` marks percentage points."""

    start: int
    end: int
    value: float
    upper: float | None
    qualifier: str
    is_points: bool = False


@dataclass(frozen=True, slots=True)
class Timex:
    """A temporal expression with its TIMEX3 type and value and the days it covers (ISO dates)."""

    start: int
    end: int
    timex_type: str
    timex_value: str
    start_date: str | None
    end_date: str | None
    resolved_by: str | None
    is_publication_date: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as one article knows it; `aliases` are the forms seen, in order of first appearance."""

    actor_id: str
    name: str
    type: str
    country: str | None
    role: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an actor; `kind` is a value of `schemas.vocabularies.MentionKind`."""

    start: int
    end: int
    actor_id: str
    kind: str
    rule: str


@dataclass(frozen=True)
class Annotations:
    """One article with everything that is found once and shared: all tuples in order of the text."""

    article: Article
    amounts: tuple[Amount, ...]
    percents: tuple[Percent, ...]
    timexes: tuple[Timex, ...]
    mentions: tuple[Mention, ...]
    actors: Mapping[str, Actor]

    @cached_property
    def lower(self) -> str:
        """The article's text in lower case, every offset as it was: searching it is quicker than ignoring case."""
        text = self.article.text
        lower = text.lower()
        return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)

    @cached_property
    def _known(self) -> dict[str, Any]:
        return {}

    def once(self, name: str, find: Callable[[], Value]) -> Value:
        """What `find` finds at the first call under this name; for what all articles' readers may share."""
        if name not in self._known:
            self._known[name] = find()
        return cast(Value, self._known[name])

    @cached_property
    def _parsed(self) -> dict[int, ParsedSentence]:
        return {}

    def parsed(self, index: int) -> ParsedSentence:
        """The grammar of sentence `index` of the article, parsed at the first call."""
        found = self._parsed.get(index)
        if found is None:
            sentence = self.article.sentences[index]
            found = self._parsed[index] = parse(self.article.text, sentence.start, sentence.end)
        return found
