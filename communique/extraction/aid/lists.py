"""Lists of givers or takers with their sums, without a verb: "Japan $5 million, Norway ($3 million)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.articles.model import SentenceKind
from communique.extraction.aid.facts import ActorFacts
from communique.extraction.aid.taking import promise_in
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.model import Mention

_QUALIFYING = (
    r"(?:(?:an?|another|a further|some|about|around|nearly|almost|over|up to|more than|at least|the|of|just|only"
    r"|a total of|pledges? of)\s+)*"
)
_BETWEEN = re.compile(rf"(?:['’]s)?\s*[(:,–—-]?\s*(?:with|at|gave|for)?\s*{_QUALIFYING}\Z")
_FROM = re.compile(r"\s+(?:from|by)\s+(?:the\s+)?\Z")
_JOINT = re.compile(
    r"(?:[:,;(–—•*-]|\b(?:and|were|was|are|is|included|include|includes|including|than|to))\s*(?:the\s+)?\Z"
)
_SOURCE = re.compile(r"\b(?:from|by)\s+(?:the\s+)?\Z")
_TAKING = re.compile(r"\b(?:recipients?|beneficiar(?:y|ies)|recei\w+|went\s+to|to\s+go\s+to)\b", re.I)
_LONGEST = 14


@dataclass(frozen=True)
class Lists(ActorFacts):
    """Finds the lists of one article."""

    def label(self, parsed: ParsedSentence, theme: Theme) -> Mention | None:
        """The actor that stands right before a sum, or behind "from", as the one it belongs to in a list."""
        if theme.amount is None:
            return None
        after = self.roles.mentions_in(theme.end, theme.end + 60)
        if after and self.may_give(after[0]) and _FROM.fullmatch(self.text, theme.end, after[0].start):
            return after[0]
        before = self.roles.mentions_in(max(parsed.start, theme.start - 80), theme.start)
        if not before or not self.may_give(before[-1]):
            return None
        mention = before[-1]
        lead = self.text[parsed.start : mention.start]
        bracketed = self.text[mention.end : theme.start].strip()[:1] == "("
        placed = not lead.strip(" \t\n*•-–—") or _JOINT.search(lead) or (bracketed and _SOURCE.search(lead))
        return mention if placed and _BETWEEN.fullmatch(self.text, mention.end, theme.start) else None

    def is_sourced(self, parsed: ParsedSentence, theme: Theme) -> bool:
        """Whether a sum is the means that an actor gave for something: "built with $5 million from Japan"."""
        phrase = next((p for p in parsed.phrases if p.first <= theme.first <= p.last), None)
        if phrase is None or phrase.preposition not in ("with", "using"):
            return False
        label = self.label(parsed, theme)
        return label is not None and label.start > theme.start

    def lead(self, index: int, parsed: ParsedSentence, label: Mention) -> str:
        """The words that open the list a labelled sum stands in: those before it, else the line that leads in."""
        own = self.text[parsed.start : label.start]
        if len(own.split()) >= 3:
            return own
        sentences = self.annotations.article.sentences
        for i in range(index - 1, max(-1, index - _LONGEST), -1):
            text = self.text[sentences[i].start : sentences[i].end]
            if text.rstrip().endswith(":") or sentences[i].kind in (SentenceKind.TITLE, SentenceKind.HEADING):
                return text
            if len(text.split()) > _LONGEST:
                return text if i == index - 1 else ""
        return ""

    def status(self, index: int, parsed: ParsedSentence, theme: Theme) -> str | None:
        """The status of a sum in a list of aid with the actor it belongs to, None where it stands in none."""
        label = self.label(parsed, theme)
        lead = self.lead(index, parsed, label) if label is not None else ""
        if not self.is_of_aid(lead):
            return None
        return promise_in(re.findall(r"[\w'’-]+", lead.lower())) or "provided"

    @staticmethod
    def is_of_aid(lead: str) -> bool:
        """Whether words that open a list say that what it lists is given."""
        words = set(re.findall(r"[\w'’-]+", lead.lower()))
        table = aid_words()
        return not words.isdisjoint(table.listing) and words.isdisjoint(table.refusing_listing)

    @staticmethod
    def is_of_takers(lead: str) -> bool:
        """Whether a list names those who are given to."""
        return _TAKING.search(lead) is not None
