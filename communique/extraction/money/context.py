"""Which of several currencies a shared word or sign means, by the countries that the text speaks of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from communique.articles.model import Article
from communique.extraction.money.currencies import (
    Currency,
    country_of_adjective,
    country_of_name,
    currencies_of_country,
    has_usual_code,
    money_words,
    plain,
)
from communique.extraction.wording import alternatives, at_word_start

_NAME: Final = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][\w’'-]*")
_DOLLARS: Final = re.compile(r"\$|dol|dlr")
_STATEMENT: Final = re.compile(
    at_word_start(alternatives(money_words()["statement"]["subjects"]), any_case=True)
    + r"(?i:\b[^.;()]{0,40}?\b(?:in|are|is|refer to)\s+)((?:[A-Z][\w.]+\s+){1,2})(?i:dollars|\$)"
)
# What every statement closes with, found faster than a whole one.
_CLOSE: Final = re.compile(r"[$dD](?<=\s.)(?:(?<=\$)|[oO][lL][lL][aA][rR][sS])")
_OFFICE_OF: Final = re.compile(
    at_word_start("ministers?|premier|governor-general|secretary|embassy|high commission(?:er)?", any_case=True)
    + r"\s+(?i:for|of)\b"
)
_OWN_TEXT: Final = re.compile(
    at_word_start("statement|remarks|speech|address|media release|press release|message", any_case=True)
    + r"(?i:\b.*\b(?:minister|premier|government|ambassador)\b)"
)
_REACH: Final = 800
_LONGEST_HEAD: Final = 140
_OURS: Final = re.compile(r"\b(?:we|our|I|my)\b")


@dataclass(frozen=True, slots=True)
class Country:
    """A country named at `start`."""

    start: int
    end: int
    code: str


@cache
def _dollar_publishers() -> dict[str, re.Pattern[str]]:
    """By currency the publishers that write of it as dollars."""
    named = money_words()["dollar_publishers"].items()
    return {code: re.compile(rf"\b(?:{alternatives(names)})\b") for code, names in named}


def countries_in(text: str, start: int, end: int) -> list[Country]:
    """Countries named by name, nationality or capital in `text[start:end]`, in order."""
    names, words = country_of_name(), list(_NAME.finditer(text, start, end))
    found: list[Country] = []
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            run = words[at : at + length]
            if len(run) < length or run[-1].end() - run[0].start() > 40:
                continue
            code = names.get(_name(text, run))
            if code is not None:
                found.append(Country(run[0].start(), run[-1].end(), code))
                at += length - 1
                break
        at += 1
    return found


def _name(text: str, run: list[re.Match[str]]) -> str:
    name = plain(" ".join(text[run[0].start() : run[-1].end()].split()))
    return name.removesuffix("'s").removesuffix("'")


@dataclass(slots=True)
class MoneyContext:
    """What an article says about its currencies beyond the sum itself; found when a sum first asks for it."""

    article: Article
    _countries: list[str] | None = None
    _dollars: _Dollars | None = None

    def choose(self, currency: Currency, start: int, sentence: tuple[int, int]) -> str:
        """The code that an undecided currency word means at `start`, by the sentence and then by the article."""
        sentence = (max(sentence[0], start - _REACH), min(sentence[1], start + _REACH))
        if _DOLLARS.match(currency.word):
            return self._dollar(currency, start, sentence)
        named = countries_in(self.article.text, *sentence)
        fits = [c for c in named if self._of(c.code, currency.codes)]
        before = [c for c in fits if c.start < start]
        if has_usual_code(currency.word):
            usual = currency.codes[0]
            if any(self._of(c.code, (usual,)) for c in named) or not before:
                return usual
        if plain(currency.word) == "rs" and (own := self._most_spoken_of(currency.codes)):
            return own
        nearest = before[-1] if before else (fits[0] if fits else None)
        if nearest is not None:
            return str(self._of(nearest.code, currency.codes))
        return self._by_article(currency.codes)

    def respectively(self, currency: Currency, starts: list[int], sentence: tuple[int, int]) -> list[str] | None:
        """One code per sum of a list where as many coordinated countries stand before it, else None."""
        left = max(sentence[0], starts[0] - _REACH)
        fits = [c for c in countries_in(self.article.text, left, starts[0]) if self._of(c.code, currency.codes)]
        last = fits[-len(starts) :]
        gaps = (self.article.text[a.end : b.start] for a, b in pairwise(last))
        if len(starts) < 2 or len(last) < len(starts) or any(len(gap.strip(" ,and\n")) > 0 for gap in gaps):
            return None
        return [str(self._of(c.code, currency.codes)) for c in last]

    @staticmethod
    def _of(country: str, codes: tuple[str, ...]) -> str | None:
        return next((code for code in codes if code in currencies_of_country().get(country, ())), None)

    def _most_spoken_of(self, codes: tuple[str, ...]) -> str | None:
        """The first code where no other country that has one is named more often: papers write in their own "Rs"."""
        counts = Counter(self._of(country, codes) for country in self._named())
        counts.pop(None, None)
        return codes[0] if counts and counts[codes[0]] == max(counts.values()) else None

    def _by_article(self, codes: tuple[str, ...]) -> str:
        counts = Counter(self._of(country, codes) for country in self._named())
        counts.pop(None, None)
        return str(max(counts, key=lambda code: counts[code])) if counts else codes[0]

    def _dollar(self, currency: Currency, start: int, sentence: tuple[int, int]) -> str:
        if self._dollars is None:
            self._dollars = _Dollars.of(self.article)
        if self._dollars.stated:
            return self._dollars.stated
        if self._dollars.published:
            before = [c for c in countries_in(self.article.text, *sentence) if c.start < start]
            american = (
                before and before[-1].code == "USA" and not _OURS.search(self.article.text, before[-1].end, start)
            )
            return "USD" if american else self._dollars.published
        return currency.codes[0]

    def _named(self) -> list[str]:
        """The countries that the article names."""
        if self._countries is None:
            text = self.article.text
            self._countries = [c.code for s in self.article.sentences for c in countries_in(text, s.start, s.end)]
        return self._countries


@dataclass(frozen=True, slots=True)
class _Dollars:
    """The dollar that an article says its figures are in, else that of its publisher, where either is to be known."""

    stated: str | None
    published: str | None

    @classmethod
    def of(cls, article: Article) -> _Dollars:
        stated = _stated_dollar(article.text)
        return cls(stated, None if stated else _publishers_dollar(article))


def _stated_dollar(text: str) -> str | None:
    for found in _STATEMENT.finditer(text) if _of_dollars(text) else ():
        country = country_of_adjective().get(plain(" ".join(found.group(1).split())))
        if code := next((c for c in currencies_of_country().get(country or "", ()) if c.endswith("D")), None):
            return code
    return None


def _of_dollars(text: str) -> bool:
    """Whether some dollars stand behind a word with a capital."""
    return any(_behind_capital(text, found.start()) for found in _CLOSE.finditer(text))


def _behind_capital(text: str, at: int) -> bool:
    while at and text[at - 1].isspace():
        at -= 1
    end = at
    while at and (text[at - 1].isalnum() or text[at - 1] in "._"):
        at -= 1
    return end - at > 1 and "A" <= text[at] <= "Z"


def _publishers_dollar(article: Article) -> str | None:
    """The dollar of a publisher, author or government speaking for one dollar country."""
    tables = money_words()
    for code, domains in tables["dollar_domains"].items():
        if article.source_url and any(domain in article.source_url for domain in domains):
            return str(code)
    named = " | ".join([article.publisher or "", *article.authors])
    if own := _dollar_named(named):
        return own
    voices = plain(named)
    for code, publishers in _dollar_publishers().items():
        if publishers.search(voices):
            return code
    lines = [line for line in article.text[:1000].split("\n") if line.strip()][:8]
    for line in (article.title or "", *lines):
        if len(line) >= _LONGEST_HEAD or line.rstrip().endswith("."):
            continue
        byline = line.strip() != (article.title or "").strip() and _OFFICE_OF.search(line)
        if byline or _OWN_TEXT.search(line):
            if code := _dollar_named(line):
                return code
    return None


def _dollar_named(text: str) -> str | None:
    """The dollar of the first country that a line names, of those with dollars of their own."""
    spoken = (currencies_of_country().get(c.code, ()) for c in countries_in(text, 0, len(text)))
    return next((c for codes in spoken for c in codes if c in money_words()["dollar_domains"]), None)
