"""Which actor a phrase of a sentence stands for: names, pronouns, and bare nouns for what was named before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from communique.extraction.grammar.clauses import subject
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Actor, Mention
from communique.extraction.roles.offices import role_of, role_words
from communique.extraction.roles.sayers import Sayers
from communique.extraction.speakers import governing_speech

_FIRST_PERSON = frozenset({"we", "our", "us", "i", "my", "ours"})
_SINGULAR = frozenset({"it", "its"})
_MEMBERS = frozenset({"ministers", "leaders", "members", "heads", "governments", "ambassadors", "governors"})
_LONGEST_BODY = 14
_PLURAL = frozenset({"they", "their", "them", "theirs"})
_PERSONAL = frozenset({"he", "she", "his", "her", "him"})
_REACH = 3
_BODIES = frozenset({"ministry", "department", "treasury", "commission", "agency", "office", "bureau", "directorate"})
_BODY_REACH = 12
_OWN = frozenset({"government", "administration", "cabinet", "ministry", "treasury"})
_STATE_TYPES = frozenset({"country", "government_body", "armed_force"})

Wanted = Callable[[Actor], bool]
"""Whether an actor can be what is meant."""


class Roles(Sayers):
    """Questions of reference in one annotated article.

    Answers are role ids: the country for a government, ministry, force or office-holder, the European Union for its
    bodies, the actor itself otherwise.
    """

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
            if first.lower == "the" and head.lower in _OWN and (own := self._own_state(index, phrase)) is not None:
                return own
            before = self._subject_before(index, phrase.start, lambda a: a.type in _STATE_TYPES)
            if head.lower in role_words()["bare"]["state"] and (state := before or self.heading_actor(index)):
                return state
            if head.lower in role_words()["bare"]["office"]:
                person = self._subject_before(index, phrase.start, lambda a: a.type == "person")
                return person or before or self.voice
            return self.bare_noun(index, head.lower, phrase.start)
        return None

    def _own_state(self, index: int, phrase: NounPhrase) -> str | None:
        """The state of the office-holder who says a clause of which a bare "the government" is the subject."""
        sentence = self.annotations.parsed(index)
        speech = governing_speech(sentence, phrase.first)
        for who in subject(sentence, speech) if speech is not None else ():
            for mention in self.mentions_in(who.start, who.end):
                role = self.role(mention.actor_id) if self._fits(mention, lambda a: a.type == "person") else None
                if role is not None and role.startswith("country:"):
                    return role
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

    def pronoun(self, index: int, word: str, before: int) -> str | None:
        """The role id that a pronoun at offset `before` stands for, or None where the context leaves it open."""
        if word in _FIRST_PERSON:
            return self.speaker(index, before)
        if word in _SINGULAR:
            return self._subject_before(index, before, lambda a: a.type != "person")
        if word in _PLURAL:
            if self._unnamed_class(index, before):
                return None
            return self._subject_before(index, before, lambda a: a.type in ("group", "international_organisation"))
        if word in _PERSONAL:
            return self._subject_before(index, before, lambda a: a.type == "person", reach=8)
        return None

    def _unnamed_class(self, index: int, before: int) -> bool:
        """Whether the subject right before a plural pronoun is a class without a name: "mills pay less if they"."""
        sentence = self.annotations.parsed(index)
        for phrase in self._subjects(index, before):
            head = sentence.tokens[phrase.head]
            if head.tag == Tag.PRONOUN:
                continue
            plural = head.tag in (Tag.NOMINAL, Tag.NAME) and head.lower.endswith("s")
            return plural and not self.mentions_in(phrase.start, self._end_with_body(sentence, phrase))
        return False

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

    def _fits(self, mention: Mention, wanted: Wanted) -> bool:
        actor = self.annotations.actors.get(mention.actor_id)
        if actor is not None and actor.type == "person" and self._names_government(mention):
            actor = replace(actor, type="government_body")
        return actor is not None and wanted(actor)

    def _names_government(self, mention: Mention) -> bool:
        """Whether a person's name only tells which government is meant ("the Trump administration")."""
        following = self.annotations.article.text[mention.end : mention.end + 16].split()
        return bool(following) and following[0].lower().strip(".,;:") in ("administration", "government", "cabinet")

    def _subject_before(self, index: int, before: int, wanted: Wanted, reach: int = _REACH) -> str | None:
        """The role id of the nearest earlier subject that fits: in this sentence, then the one or two before it."""
        sentences = self.annotations.article.sentences
        for i in range(index, max(-1, index - reach), -1):
            if sentences[i].paragraph < sentences[index].paragraph - (1 if reach == _REACH else reach):
                break
            limit = before if i == index else sentences[i].end
            for phrase in self._subjects(i, limit):
                for mention in self.mentions_in(phrase.start, self._end_with_body(self.annotations.parsed(i), phrase)):
                    if self._fits(mention, wanted) and (role := self.role(mention.actor_id)):
                        return role
                if self._has_owning_pronoun(i, phrase):
                    return self.pronoun(i, self.annotations.parsed(i).tokens[phrase.first].lower, phrase.start)
            if i < index:
                for mention in self.mentions_in(sentences[i].start, limit):
                    if self._fits(mention, wanted) and (role := self.role(mention.actor_id)):
                        return role
        return None

    @staticmethod
    def _end_with_body(sentence: ParsedSentence, phrase: NounPhrase) -> int:
        """The end of a phrase with the body whose members it names: "finance ministers of the G7"."""
        if sentence.tokens[phrase.head].lower not in _MEMBERS:
            return phrase.end
        end = phrase
        for body in sentence.phrases_between(phrase.last + 1, phrase.last + _LONGEST_BODY):
            joined = body.preposition == "of" or sentence.tokens[body.first - 1].tag == Tag.COORDINATOR
            if not joined or body.first != end.last + 2:
                break
            end = body
        return end.end

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

    def _recent(self, index: int, before: int, wanted: Wanted, besides: str | None) -> str | None:
        """The role id of the most recent fitting mention before the offset, at most some sentences back."""
        sentences = self.annotations.article.sentences
        floor = sentences[max(0, index - _REACH)].start
        for mention in reversed(self.mentions_in(floor, before)):
            if self._fits(mention, wanted) and (role := self.role(mention.actor_id)) and role != besides:
                return role
        return None


def _is_body(actor: Actor) -> bool:
    return actor.type in ("international_organisation", "group")
