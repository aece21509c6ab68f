"""Lists of givers or takers with their sums, without a verb: "Japan $5 million, Norway ($3 million)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.articles.model import SentenceKind
from communique.extraction.aid.facts import ActorFacts
from communique.extraction.aid.syntax import phrase_before
from communique.extraction.aid.taking import promise_in
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.model import Mention
from communique.extraction.roles import is_listed
from communique.extraction.rows import AidCommitment

_QUALIFYING = (
    r"(?:(?:an?|another|a further|some|about|around|nearly|almost|over|up to|more than|at least|the|of|just|only"
    r"|a total of|pledges? of)\s+)*"
)
_BETWEEN = re.compile(rf"(?:['’]s)?\s*[(:,–—-]?\s*(?:with|at|gave|for)?\s*{_QUALIFYING}\Z")
_RANKED = re.compile(
    r"\b(?:largest|biggest|top|leading|main|major|principal|foremost|list of|league of) (?:\w+ ){0,2}"
    r"(?:donors?|contributors?|benefactors?|lenders?|givers|pledges)\b",
    re.I,
)
_RANKING = re.compile(
    r"\s+(?:is|was|are|were|remains?|remained|tops|topped|leads|led|heads|headed|came|comes|emerged)\b"
    rf"[^.;:\d$€£¥]{{0,60}}\b(?:with|at|on|having given|giving)\s+{_QUALIFYING}\Z"
)
_FROM = re.compile(r"\s+(?:from|by)\s+(?:the\s+)?\Z")
_JOINT = re.compile(
    r"(?:[:,;(–—•*-]|\b(?:and|were|was|are|is|included|include|includes|including|than|to|ahead of"
    r"|followed by|behind|before|after))\s*(?:the\s+)?\Z"
)
_BEFORE_BRACKET = re.compile(
    r"\b(?:from|by|through|(?:benefit|help|support|reach|cover)(?:s|ed|ing)?"
    r"|(?:countries|states|nations)(?: \w+){0,3}:)\s+(?:the\s+)?\Z"
)
_TAKING = re.compile(
    r"\b(?:recipients?|beneficiar(?:y|ies)|recei\w+|benefit(?:s|ed|ing)?|went\s+to|to\s+go\s+to"
    r"|(?:distributed|divided|shared|split)\s+(?:among|amongst|between|as)|(?:delivered|channell?ed|disbursed)\s+through)\b",
    re.I,
)
_GIVES = re.compile(
    r"\b(?:(?:provid|giv|contribut|deliver|send|pledg|announc|commit|includ)(?:e[sd]?|ing|s|ed)|has\s+given)\b", re.I
)
_OF_SEVERAL = re.compile(r"\b(?:pledges|donors|donations|contributions|contributors|promised|pledged)\b", re.I)
_CLOSING = re.compile(r"\s*[—–-]\s")
_LONGEST = 14
_REACH = 24
_LABELLED = re.compile(r"[^\w]{0,4}(?:[A-Z(][^:.!?\n]{1,60}(?::|\s[—–-])\s|[•*▪●–-])")
_LABELLED_SUM = re.compile(rf"[^\w]{{0,4}}[A-Z(][^:.!?\n]{{1,60}}(?::|\s[—–-])\s*{_QUALIFYING}")
_DASHED = re.compile(r"[A-Z][^:.!?\n]{1,40}\s[—–-]\s+[^\w]?\d")
_LEADS_IN = re.compile(r":\s*\Z|\bfollowing\b[^.]*\.\s*\Z", re.I)
_TOWARDS = (" to", " for", " in", " to the", " for the", " in the")


_OF_GIVERS = frozenset({"donors", "contributors", "pledges", "pledged", "donations"})
_BROAD = frozenset({"support", "package", "packages", "money", "funds", "funding"})
_AHEAD = re.compile(r"\b(?:will|would|plans\s+to|intends\s+to)\s+(?!be\b)|\bannounc(?:e[sd]|ing)\b", re.I)
_NEEDS = frozenset({"appeal", "needs", "needed"})
_DECIDING = frozenset({"decide", "take", "reach"})
_DECIDED = frozenset(
    {
        "approved",
        "decided",
        "decision",
        "decisions",
        "allocated",
        "adopted",
        "authorised",
        "authorized",
        "exchange",
        "signed",
        "signing",
    }
)


@dataclass(frozen=True)
class Lists(ActorFacts):
    """Finds the lists of one article."""

    def label(self, parsed: ParsedSentence, theme: Theme) -> Mention | None:
        """The actor that stands right before a sum, or behind "from", as the one it belongs to in a list."""
        if theme.amount is None:
            return None
        after = self.roles.mentions_in(theme.end, theme.end + 60)
        if after and self.may_give(after[0]) and _FROM.fullmatch(self.text, self._named_to(theme), after[0].start):
            return after[0]
        before = self.roles.mentions_in(max(parsed.start, theme.start - 80), theme.start)
        if not before or not self.may_give(before[-1]):
            return None
        mention = before[-1]
        lead = self.text[parsed.start : mention.start]
        bracketed = self.text[mention.end : theme.start].strip()[:1] in ("(", ",", "–", "—")
        placed = not lead.strip(" \t\n*•-–—") or _JOINT.search(lead) or (bracketed and _BEFORE_BRACKET.search(lead))
        ranked = _RANKING.fullmatch(self.text, mention.end, theme.start) and self._ranked(parsed)
        return mention if ranked or (placed and _BETWEEN.fullmatch(self.text, mention.end, theme.start)) else None

    def _ranked(self, parsed: ParsedSentence) -> bool:
        """Whether a sentence calls those it names givers: "Japan was the largest donor with $9m, ahead of Norway"."""
        return _RANKED.search(self.text, parsed.start, parsed.end) is not None

    @staticmethod
    def _named_to(theme: Theme) -> int:
        """Where a sum ends with what names it as aid: "$5 million in grants"."""
        return max(theme.end, theme.described[1]) if theme.is_aid or theme.is_broad else theme.end

    def is_sourced(self, parsed: ParsedSentence, theme: Theme) -> bool:
        """Whether a sum is the means that an actor gave for something: "built with $5 million from Japan"."""
        phrase = next((p for p in parsed.phrases if p.first <= theme.first <= p.last), None)
        if phrase is None or phrase.preposition not in ("with", "using"):
            return False
        label = self.label(parsed, theme)
        return label is not None and label.start > theme.start

    def goes_on(self, index: int, told: list[AidCommitment]) -> bool:
        """Whether a line without a verb stands in a list that an earlier row of aid, or a line that leads in, opens."""
        sentences = self.annotations.article.sentences
        if sentences[index].kind is SentenceKind.TITLE:
            return False
        between = sentences[told[-1].sentence + 1 : index + 1] if told else ()
        if self.goes_on_with_items(index, told):
            return True
        if told and all(len(self.text[s.start : s.end].split()) <= 12 for s in between):
            return True
        return self.opening(index) is not None

    @staticmethod
    def goes_on_with_items(index: int, told: list[AidCommitment]) -> bool:
        """Whether a line of a list of bare sums stands not far above."""
        return any(row.rule == "aid.sum.item" and index - row.sentence <= 4 for row in told[-3:])

    def holds(self, index: int) -> bool:
        """Whether a line stands in a list of aid."""
        listed = self.annotations.article.sentences[index].kind is SentenceKind.ITEM or self._is_line(index)
        return listed and self.opening(index) is not None

    def _is_line(self, index: int) -> bool:
        """Whether a paragraph goes on in lower case with what a colon leads in, a line of a list without its marks."""
        place = self.annotations.article.sentences[index]
        return place.kind is SentenceKind.PARAGRAPH and self.text[place.start].islower()

    def opening(self, index: int) -> int | None:
        """The sentence with a colon that leads in the list of aid in which a line stands."""
        known: dict[int, int | None] = self.annotations.once("Lists.openings", dict)
        if index not in known:
            known[index] = self._find_opening(index)
        return known[index]

    def _find_opening(self, index: int) -> int | None:
        sentences = self.annotations.article.sentences
        for i in range(index - 1, max(-1, index - _REACH), -1):
            text = self.text[sentences[i].start : sentences[i].end]
            heads = sentences[i].kind in (SentenceKind.TITLE, SentenceKind.HEADING)
            if _LEADS_IN.search(text) or (heads and self.is_of_aid(text)):
                return i if self.is_of_aid(text) or self._gives(text) else None
            if _OF_SEVERAL.search(text) and self.is_of_aid(text) and _DASHED.match(self.text, sentences[i + 1].start):
                return i
            long = len(text.split()) > _LONGEST and not self._is_line(i)
            if not is_listed(sentences[i]) and long and not _LABELLED.match(text):
                return None
        return None

    def _gives(self, lead: str) -> bool:
        """Whether a line that leads in a list says that somebody gives, and it or the title that it is aid."""
        titles = (s for s in self.annotations.article.sentences[:3] if s.kind is SentenceKind.TITLE)
        titled = any(self.is_of_aid(self.text[title.start : title.end]) for title in titles)
        named = titled or not _BROAD.isdisjoint(re.findall(r"\w+", lead.lower()))
        return named and _GIVES.search(lead) is not None

    def opener(self, index: int) -> str | None:
        """The giver that the line names which leads in a list: "Japan's contributions", "grants by Japan"."""
        for mention, lead in self._named_in_opening(index):
            if self.may_give(mention) and not lead.endswith((*_TOWARDS, " through", " via")):
                return self.roles.role(mention.actor_id)
        return None

    def _named_in_opening(self, index: int) -> Iterator[tuple[Mention, str]]:
        """The actors that the line which leads in a list names, with the words before each."""
        opening = self.opening(index)
        if opening is None:
            return
        place = self.annotations.article.sentences[opening]
        for mention in self.roles.mentions_in(place.start, place.end):
            yield mention, self.text[place.start : mention.start].rstrip().lower()

    def acting_before(self, index: int) -> str | None:
        """The state that acts in the sentences before the line which leads in a list: "The minister visited Chad"."""
        opening = self.opening(index) or 0
        for i in range(opening - 1, max(-1, opening - 4), -1):
            parsed = self.annotations.parsed(i)
            for group in parsed.groups:
                for phrase in subject(parsed, group) if group.form == "finite" else ():
                    for mention in self.roles.mentions_over(phrase.start, phrase.end):
                        role = self.roles.role(mention.actor_id) if self.may_give(mention) else None
                        if role is not None and role.startswith("country:"):
                            return role
        return None

    def heads_line(self, parsed: ParsedSentence, theme: Theme) -> bool:
        """Whether a label with a colon is all that stands before a sum: "All regions: $5m for roads"."""
        labelled = _LABELLED_SUM.fullmatch(self.text, parsed.start, theme.start) is not None
        return labelled and _CLOSING.match(self.text, theme.end) is None

    def opened_for(self, index: int) -> str | None:
        """The country that the line which leads in a list names as the one that benefits: "Announcements for Chad:"."""
        for mention, lead in self._named_in_opening(index):
            role = self.roles.role(mention.actor_id) if lead.endswith(_TOWARDS) else None
            if role is not None and role.startswith("country:"):
                return role
        return None

    def opened_by(self, index: int) -> str | None:
        """The giver that the line which leads in a list shows giving, so that its labels are those who benefit."""
        opening = self.opening(index)
        if opening is None:
            return None
        parsed = self.annotations.parsed(opening)
        words = aid_words()
        for group in parsed.groups:
            lemma = group.lemma
            if (
                group.passive
                or group.negated
                or not (lemma in words.strong or lemma in words.weak or lemma in _DECIDING)
            ):
                continue
            if group.form != "finite" or lemma in words.needs_with:
                continue
            near = phrase_before(parsed, group.first)
            for phrase in (*subject(parsed, group), *([near] if near is not None else [])):
                for mention in self.roles.mentions_over(phrase.start, phrase.end):
                    role = self.roles.role(mention.actor_id) if self.may_give(mention) else None
                    if role is not None:
                        return role
        return None

    def promised(self, index: int) -> str | None:
        """The status that the line which leads in a list states of what it lists, None where it states none."""
        opening = self.opening(index)
        if opening is None:
            return None
        place = self.annotations.article.sentences[opening]
        spoken: list[str] = re.findall(r"[\w'’-]+", self.text[place.start : place.end].lower())
        table = aid_words()
        named = (table.giving_nouns.get(word.removesuffix("s")) for word in reversed(spoken) if word in table.listing)
        decided = "committed" if not _DECIDED.isdisjoint(spoken) else None
        ahead = "pledged" if _AHEAD.search(self.text, place.start, place.end) else None
        return promise_in(spoken) or decided or ahead or next((s for s in named if s == "pledged"), None)

    def lead(self, index: int, parsed: ParsedSentence, label: Mention) -> str:
        """The words that open the list a labelled sum stands in: those before it, else the line that leads in."""
        own = self.text[parsed.start : label.start]
        if self._ranked(parsed):
            return self.text[parsed.start : parsed.end]
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
        words = re.findall(r"[\w'’-]+", lead.lower())
        if not self.is_of_aid(lead) and not (self.is_of_takers(lead) and not _BROAD.isdisjoint(words)):
            return None
        ahead = "pledged" if self.is_of_takers(lead) and ("will" in words or "would" in words) else None
        return promise_in(words) or ahead or self.promised(index) or "provided"

    @staticmethod
    def is_of_aid(lead: str) -> bool:
        """Whether words that open a list say that what it lists is given."""
        words = set(re.findall(r"[\w'’-]+", lead.lower()))
        table = aid_words()
        refusing = table.refusing_listing - (_NEEDS if words & _OF_GIVERS else frozenset())
        return not words.isdisjoint(table.listing) and words.isdisjoint(refusing)

    @staticmethod
    def is_of_takers(lead: str) -> bool:
        """Whether a list names those who are given to."""
        return _TAKING.search(lead) is not None
