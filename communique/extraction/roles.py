"""Who plays a part in a sentence: the actor a phrase stands for, the heading a line stands under, who says a thing.

`Roles` answers for one article.  Answers are role ids: the country for a government, ministry, force or office-holder,
the European Union for its bodies, the actor itself otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import cache
from typing import Any

from communique.articles.model import Sentence, SentenceKind
from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Actor, Annotations, Mention
from communique.extraction.money.context import countries_in
from communique.extraction.wording import alternatives, at_word_start, load_toml
from communique.lexicons.loader import persons

_FIRST_PERSON = frozenset({"we", "our", "us", "i", "my", "ours"})
_SINGULAR = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "their", "them", "theirs"})
_PERSONAL = frozenset({"he", "she", "his", "her", "him"})
_REACH = 3
_BODIES = frozenset({"ministry", "department", "treasury", "commission", "agency", "office", "bureau", "directorate"})
_BODY_REACH = 12
_VOICES = ("country:", "international_organisation:", "group:")
_STATE_TYPES = frozenset({"country", "government_body", "armed_force"})
_QUOTATION_MARKS = tuple(map(re.compile, ("“", "”", r"\"(?:(?<!\w\")|(?!\w))")))


@cache
def role_words() -> dict[str, Any]:
    """The tables of `roles.toml`."""
    return load_toml("roles.toml")


@cache
def _publishers() -> dict[str, re.Pattern[str]]:
    """By body the names under which it publishes."""
    named = role_words()["publishers"].items()
    return {body: re.compile(rf"(?<!\w)(?:{alternatives(names)})(?!\w)") for body, names in named}


@cache
def known_offices() -> dict[str, str]:
    """The best-known office of the public figures of the lexicon, by actor id."""
    return {person.actor_id: person.offices[-1].office for person in persons().values() if person.offices}


def role_of(actor: Actor) -> str | None:
    """The actor that a role column names for `actor`; None for a private person."""
    words = role_words()
    if actor.name.lower() in words["union"]["names"]:
        return str(words["union"]["id"])
    if actor.type in ("government_body", "armed_force"):
        country = actor.country or _country_in_name(actor)
        return f"country:{country}" if country else actor.actor_id
    if actor.type == "person":
        known = known_offices().get(actor.actor_id, "").lower()
        office = (actor.role or known).lower()
        for body, names in words["offices"].items():
            if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", f"{office} | {known}") for name in names):
                return str(body)
        return f"country:{actor.country}" if actor.country and _of_state(office) else None
    return actor.actor_id


def _country_in_name(actor: Actor) -> str | None:
    """The country that a body's name or alias speaks of ("New Zealand Defence Force")."""
    named = (countries_in(name, 0, len(name)) for name in (actor.name, *actor.aliases))
    return next((found[0].code for found in named if found), None)


@cache
def _of_state(office: str) -> bool:
    """Whether an office, in lower case, is one of government."""
    words = role_words()["state_offices"]
    return bool(office) and any(w in office for w in words["words"]) and not any(w in office for w in words["private"])


class Roles:
    """Questions of reference in one annotated article."""

    def __init__(self, annotations: Annotations) -> None:
        self.annotations = annotations
        self.speaking = annotations.once("Roles.speaking", lambda: _outside_sums(annotations))
        """The mentions outside sums of money."""
        self._starts = [mention.start for mention in self.speaking]
        self._ends = [mention.end for mention in self.speaking]

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie inside `[start, end)`, in order; a nationality in a currency ("US dollars") is none."""
        return tuple([m for m in self.mentions_over(start, end) if start <= m.start and m.end <= end])

    def mentions_over(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that overlap `[start, end)`, in order: a long name may span several phrases."""
        return self.speaking[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def role(self, actor_id: str) -> str | None:
        """The role id of an actor of the article, the id itself where the article does not know it."""
        actor = self.annotations.actors.get(actor_id)
        return role_of(actor) if actor else actor_id

    def sentence_index(self, offset: int) -> int | None:
        """The index of the sentence that covers `offset`."""
        sentences = self.annotations.article.sentences
        i = bisect_left(sentences, offset + 1, key=lambda s: s.start) - 1
        return i if i >= 0 and offset < sentences[i].end else None

    def actor_of(self, index: int, phrase: NounPhrase) -> str | None:
        """The role id that a noun phrase of sentence `index` stands for, pronouns and bare nouns resolved, or None."""
        named = self.named(phrase.start, phrase.end)
        if named is not None:
            return named
        sentence = self.annotations.parsed(index)
        first, head = sentence.tokens[phrase.first], sentence.tokens[phrase.head]
        if head.tag == Tag.PRONOUN or first.tag == Tag.POSSESSIVE:
            word = head.lower if head.tag == Tag.PRONOUN else first.lower
            return self.pronoun(index, word, phrase.start)
        if first.lower in ("the", "this", "that") or head.lower in ("authorities", "officials"):
            if (same := self._same_head(index, head.lower, phrase.start)) is not None:
                return same
            before = self._subject_before(index, phrase.start, lambda a: a.type in _STATE_TYPES)
            if head.lower in role_words()["bare"]["state"] and before:
                return before
            if head.lower in role_words()["bare"]["office"]:
                person = self._subject_before(index, phrase.start, lambda a: a.type == "person")
                return person or before or self.voice
            return self.bare_noun(index, head.lower, phrase.start)
        return None

    def _same_head(self, index: int, head: str, before: int) -> str | None:
        """The role id of the body named before by the same noun: "the ministry" after "Peru's Ministry of Trade"."""
        if head not in _BODIES:
            return None
        floor = self.annotations.article.sentences[max(0, index - _BODY_REACH)].start
        for mention in reversed(self.mentions_in(floor, before)):
            actor = self.annotations.actors.get(mention.actor_id)
            if actor is not None and actor.type == "government_body" and head in actor.name.lower().split():
                return role_of(actor)
        return None

    def named(self, start: int, end: int) -> str | None:
        """The actor that heads a stretch of text: the last mention that is no mere modifier, else a nationality."""
        found = self.mentions_in(start, end)
        if not found:
            return None
        text = self.annotations.article.text
        owners = [m for m in found if text[m.end : m.end + 2] in ("'s", "’s")]
        for mention in (*owners[:1], *found):
            role = self.role(mention.actor_id)
            if role is not None:
                return role
        return None

    def pronoun(self, index: int, word: str, before: int) -> str | None:
        """The role id that a pronoun at offset `before` stands for, or None where the context leaves it open."""
        if word in _FIRST_PERSON:
            return self.speaker(index, before)
        if word in _SINGULAR:
            return self._subject_before(index, before, lambda a: a.type != "person")
        if word in _PLURAL:
            return self._subject_before(index, before, lambda a: a.type in ("group", "international_organisation"))
        if word in _PERSONAL:
            return self._subject_before(index, before, lambda a: a.type == "person", reach=8)
        return None

    def acting_state(self, index: int, before: int, *, with_people: bool = False) -> str | None:
        """The role id of the state that acted last before the offset, in the sentences right before it.

        `with_people` has office-holders act for their states.
        """
        types = _STATE_TYPES | {"person"} if with_people else _STATE_TYPES
        return self._subject_before(index, before, lambda a: a.type in types)

    def bare_noun(self, index: int, noun: str, before: int, *, besides: str | None = None) -> str | None:
        """The role id, other than `besides`, that "the country", "the government", "the bank" stand for."""
        bare = role_words()["bare"]
        if noun in bare["state"]:
            return self._recent(index, before, lambda a: a.type in _STATE_TYPES, besides)
        if noun in bare["body"]:
            called = self._recent(index, before, lambda a: _is_body(a) and noun in a.name.lower().split(), besides)
            return called or self._recent(index, before, _is_body, besides)
        return None

    def speaker(self, index: int, offset: int) -> str | None:
        """Who says "we" at `offset`: the speaker of the quotation, or the government whose text the article is."""
        if self.in_quotation(index, offset):
            speaker = self.speaker_of_quotation(index)
            return self.role(speaker.actor_id) if speaker else self.voice
        return self.voice

    def in_quotation(self, index: int, offset: int) -> bool:
        """Whether the offset stands inside quotation marks, of this sentence or opened earlier in its paragraph."""
        begin = self._paragraph_starts[index]
        opened, closed, straight = (bisect_left(marks, offset) - bisect_left(marks, begin) for marks in self._marks)
        return opened > closed or straight % 2 == 1

    @property
    def _paragraph_starts(self) -> list[int]:
        """By sentence, the offset at which its paragraph begins."""
        return self.annotations.once("Roles._paragraph_starts", self._find_paragraph_starts)

    def _find_paragraph_starts(self) -> list[int]:
        sentences = self.annotations.article.sentences
        firsts: dict[int, int] = {}
        return [firsts.setdefault(sentence.paragraph, sentence.start) for sentence in sentences]

    @property
    def _marks(self) -> tuple[list[int], ...]:
        """The offsets of opening, closing and straight quotation marks."""
        return self.annotations.once("Roles._marks", self._find_marks)

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

    def heading_actor(self, index: int) -> str | None:
        """The role id of the heading that governs sentence `index`, where the heading is hardly more than an actor."""
        heading = self.annotations.article.sentences[index].heading
        while heading is not None:
            sentence = self.annotations.article.sentences[heading]
            mentions = self.mentions_in(sentence.start, sentence.end)
            named = sum(m.end - m.start for m in mentions)
            if mentions and named * 2 >= sentence.end - sentence.start:
                return self.role(mentions[0].actor_id)
            heading = sentence.heading
        return None

    @property
    def voice(self) -> str | None:
        """The government or body whose own text the article is: by publisher, title, byline or first lines."""
        return self.annotations.once("Roles.voice", self._find_voice)

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
        for found in _saying().finditer(self.annotations.article.text, sentence.start, sentence.end):
            after = self.mentions_in(found.end(), min(sentence.end, found.end() + 90))
            before = self.mentions_in(max(sentence.start, found.start() - 90), found.start())
            if before and found.start() - before[-1].end <= 60:
                return before[-1]
            if after:
                return after[0]
        return None

    def _fits(self, mention: Mention, wanted: Any) -> bool:
        actor = self.annotations.actors.get(mention.actor_id)
        if actor is not None and actor.type == "person" and self._names_government(mention):
            actor = replace(actor, type="government_body")
        return actor is not None and bool(wanted(actor))

    def _names_government(self, mention: Mention) -> bool:
        """Whether a person's name only tells which government is meant ("the Trump administration")."""
        following = self.annotations.article.text[mention.end : mention.end + 16].split()
        return bool(following) and following[0].lower().strip(".,;:") in ("administration", "government", "cabinet")

    def _subject_before(self, index: int, before: int, wanted: Any, reach: int = _REACH) -> str | None:
        """The role id of the nearest earlier subject that fits: in this sentence, then the one or two before it."""
        sentences = self.annotations.article.sentences
        for i in range(index, max(-1, index - reach), -1):
            if sentences[i].paragraph < sentences[index].paragraph - (1 if reach == _REACH else reach):
                break
            limit = before if i == index else sentences[i].end
            for phrase in self._subjects(i, limit):
                for mention in self.mentions_in(phrase.start, phrase.end):
                    if self._fits(mention, wanted) and (role := self.role(mention.actor_id)):
                        return role
                if self._has_owning_pronoun(i, phrase):
                    return self.pronoun(i, self.annotations.parsed(i).tokens[phrase.first].lower, phrase.start)
            if i < index:
                for mention in self.mentions_in(sentences[i].start, limit):
                    if self._fits(mention, wanted) and (role := self.role(mention.actor_id)):
                        return role
        return None

    def _has_owning_pronoun(self, index: int, phrase: NounPhrase) -> bool:
        """Whether a phrase is of the kind "his government": the country of whom the pronoun means."""
        sentence = self.annotations.parsed(index)
        first, head = sentence.tokens[phrase.first], sentence.tokens[phrase.head]
        return first.lower in _PERSONAL and head.lower in role_words()["bare"]["state"]

    def _subjects(self, index: int, limit: int) -> list[NounPhrase]:
        """The subject phrases of sentence `index` before `limit`, the nearest first."""
        parsed: ParsedSentence = self.annotations.parsed(index)
        found: list[NounPhrase] = []
        for group in reversed([g for g in parsed.groups if g.start < limit and g.form == "finite"]):
            for phrase in subject(parsed, group):
                if phrase.end <= limit and phrase not in found:
                    found.append(phrase)
        return found

    def _recent(self, index: int, before: int, wanted: Any, besides: str | None) -> str | None:
        """The role id of the most recent fitting mention before the offset, at most some sentences back."""
        sentences = self.annotations.article.sentences
        floor = sentences[max(0, index - _REACH)].start
        for mention in reversed(self.mentions_in(floor, before)):
            if self._fits(mention, wanted) and (role := self.role(mention.actor_id)) and role != besides:
                return role
        return None


def _is_body(actor: Actor) -> bool:
    return actor.type in ("international_organisation", "group")


def _outside_sums(annotations: Annotations) -> tuple[Mention, ...]:
    """The mentions that are no part of a sum ("US dollars")."""
    amounts = annotations.amounts
    starts = [amount.start for amount in amounts]
    found: list[Mention] = []
    for mention in annotations.mentions:
        i = bisect_right(starts, mention.start) - 1
        if i < 0 or mention.end > amounts[i].end:
            found.append(mention)
    return tuple(found)


_TOWARDS = (
    " on",
    " with",
    " to",
    " in",
    " at",
    " about",
    " regarding",
    " against",
    " visit",
    " visits",
    " visiting",
    " and",
)


def _spoken_of(lead: str) -> bool:
    return lead.rstrip().lower().endswith(_TOWARDS)


def is_listed(sentence: Sentence) -> bool:
    """Whether a sentence is a heading or a list item, which may lack a subject."""
    return sentence.kind in (SentenceKind.ITEM, SentenceKind.HEADING)


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
