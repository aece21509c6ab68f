"""Who says a thing: the speaker of a quotation, the source of a figure, the government whose own text an article is."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from communique.extraction.model import Mention
from communique.extraction.money.context import countries_in
from communique.extraction.roles.floor import turn_at
from communique.extraction.roles.mentions import Mentions
from communique.extraction.roles.offices import role_words
from communique.extraction.wording import alternatives, at_word_start
from communique.lexicons.loader import persons

_VOICES = ("country:", "international_organisation:", "group:")
_NEAR = 2
_LEAD = 24
_BY_PRONOUN = re.compile(r"\b(?:he|she)(?: \w+ly| also| later| then)? $", re.IGNORECASE)
_QUOTATION_MARKS = tuple(map(re.compile, ("“", "”", r"\"(?:(?<!\w\")|(?!\w))")))


class Sayers(Mentions):
    """Who speaks in one annotated article."""

    def speaker(self, index: int, offset: int) -> str | None:
        """Who says "we" at `offset`: the speaker of the quotation, or the government whose text the article is."""
        if self.in_quotation(index, offset) and (speaker := self.speaker_of_quotation(index)):
            return self.role(speaker.actor_id)
        return self.voice_at(index)

    def voice_at(self, index: int) -> str | None:
        """The government or body that speaks in sentence `index`: in a transcript that of whoever has the floor."""
        turn = turn_at(self.annotations, index)
        if turn is None:
            return self.voice
        if turn.actor_id is None:
            return None if turn.asks else self.voice
        known = persons().get(turn.actor_id)
        of_lexicon = f"country:{known.country}" if known is not None and known.country else None
        return self.role(turn.actor_id) if turn.actor_id in self.annotations.actors else of_lexicon

    def in_quotation(self, index: int, offset: int) -> bool:
        """Whether the offset stands inside quotation marks, of this sentence or opened earlier in its paragraph."""
        begin = self._paragraph_starts[index]
        opened, closed, straight = (bisect_left(marks, offset) - bisect_left(marks, begin) for marks in self._marks)
        return opened > closed or straight % 2 == 1

    @property
    def _paragraph_starts(self) -> list[int]:
        """By sentence, the offset at which its paragraph begins."""
        return self.annotations.once("Sayers.paragraph_starts", self._find_paragraph_starts)

    def _find_paragraph_starts(self) -> list[int]:
        sentences = self.annotations.article.sentences
        firsts: dict[int, int] = {}
        return [firsts.setdefault(sentence.paragraph, sentence.start) for sentence in sentences]

    @property
    def _marks(self) -> tuple[list[int], ...]:
        """The offsets of opening, closing and straight quotation marks."""
        return self.annotations.once("Sayers.marks", self._find_marks)

    def _find_marks(self) -> tuple[list[int], ...]:
        text = self.annotations.article.text
        return tuple([found.start() for found in marks.finditer(text)] for marks in _QUOTATION_MARKS)

    def speaker_of_quotation(self, index: int) -> Mention | None:
        """The mention beside the nearest verb of saying, in this sentence, then its neighbours in the paragraph."""
        sentences = self.annotations.article.sentences
        near = [i for i in (index, index - 1, index + 1, index - 2) if 0 <= i < len(sentences)]
        for i in near:
            if abs(sentences[i].paragraph - sentences[index].paragraph) <= 1 and (mention := self._sayer(i)):
                return mention
        return None

    def attribution(self, index: int) -> Mention | None:
        """The source that a sentence names for its figures ("according to X", "X estimates"), or None."""
        sentence = self.annotations.article.sentences[index]
        text, lower = self.annotations.article.text, self.annotations.lower
        for found in _source().finditer(lower, sentence.start, sentence.end):
            following = self.mentions_in(found.end(), min(sentence.end, found.end() + 120))
            if following and following[0].start - found.end() <= 60:
                return following[0]
        for found in _counting().finditer(text, sentence.start, sentence.end):
            before = self.mentions_in(max(sentence.start, found.start() - 60), found.start())
            if before and found.start() - before[-1].end <= 24:
                return before[-1]
        return None

    @property
    def voice(self) -> str | None:
        """The government or body whose own text the article is: by publisher, title, byline or first lines."""
        return self.annotations.once("Sayers.voice", self._find_voice)

    def _find_voice(self) -> str | None:
        article = self.annotations.article
        publisher = " | ".join([article.publisher or "", *article.authors]).lower()
        for body, names in _publishers().items():
            if names.search(publisher):
                return body
        opening = [article.publisher or "", *article.authors, article.title or ""]
        opening += [line for line in article.text[:1200].split("\n") if line.strip()][:8]
        for line in opening:
            if len(line) < 160 and _office().search(line) and (who := self._named_in(line)):
                return who
        return None

    def _named_in(self, line: str) -> str | None:
        """The actor that a line's office belongs to; one only spoken of ("on Ukraine", "with Japan") is none."""
        where = self.annotations.article.text.find(line)
        mentions = self.mentions_in(where, where + len(line)) if where >= 0 else ()
        owners = (self.role(m.actor_id) for m in mentions if not _spoken_of(line[: m.start - where]))
        if who := next((o for o in owners if o and o.startswith(_VOICES)), None):
            return who
        countries = (c for c in countries_in(line, 0, len(line)) if not _spoken_of(line[: c.start]))
        return next((f"country:{c.code}" for c in countries), None)

    def _sayer(self, index: int) -> Mention | None:
        sentence = self.annotations.article.sentences[index]
        text = self.annotations.article.text
        for found in _saying().finditer(text, sentence.start, sentence.end):
            near = max(sentence.start, found.start() - _LEAD)
            if _BY_PRONOUN.search(text, near, found.start()) and (who := self._person_before(index)):
                return who
            after = self.mentions_in(found.end(), min(sentence.end, found.end() + 90))
            before = self.mentions_in(max(sentence.start, found.start() - 90), found.start())
            if before and found.start() - before[-1].end <= 60:
                return before[-1]
            if after:
                return after[0]
        return None

    def _person_before(self, index: int) -> Mention | None:
        """The person that the sentences right before name last outside quotations: whom "he said" means."""
        sentences = self.annotations.article.sentences
        for i in range(index - 1, max(-1, index - 1 - _NEAR), -1):
            if sentences[index].paragraph - sentences[i].paragraph > _NEAR:
                return None
            for mention in reversed(self.mentions_in(sentences[i].start, sentences[i].end)):
                actor = self.annotations.actors.get(mention.actor_id)
                if actor is not None and actor.type == "person" and not self.in_quotation(i, mention.start):
                    return mention
        return None


@cache
def _publishers() -> dict[str, re.Pattern[str]]:
    """By body the names under which it publishes."""
    named = role_words()["publishers"].items()
    return {body: re.compile(rf"(?<!\w)(?:{alternatives(names)})(?!\w)") for body, names in named}


@cache
def _towards() -> tuple[str, ...]:
    return tuple(f" {word}" for word in role_words()["voice"]["towards"])


def _spoken_of(lead: str) -> bool:
    return lead.rstrip().lower().endswith(_towards())


def _whole(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"{at_word_start(alternatives(words))}\b")


@cache
def _source() -> re.Pattern[str]:
    return _whole(role_words()["attribution"]["before"])


@cache
def _counting() -> re.Pattern[str]:
    return _whole(role_words()["attribution"]["counted"])


@cache
def _saying() -> re.Pattern[str]:
    return _whole(role_words()["attribution"]["said"])


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"{at_word_start(alternatives(role_words()['voice']['titles']), any_case=True)}\b")
