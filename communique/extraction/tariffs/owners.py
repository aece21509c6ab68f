"""Whose a measure is called: "U.S. tariffs", "its duty", "Peru's beef and sheep tariffs"."""

from __future__ import annotations

from communique.extraction.grammar.parse import NounPhrase, ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Mention
from communique.extraction.roles import Roles, is_listed

_TRADED = frozenset({"goods", "products", "imports", "exports", "cars", "steel"})


class Owners:
    """Reads the owners of the tariff nouns in sentence `index` of an article."""

    def __init__(self, text: str, sentence: ParsedSentence, roles: Roles, index: int) -> None:
        self.text = text
        self.sentence = sentence
        self.roles = roles
        self.index = index
        self.mentions_in = roles.mentions_in
        self.role = roles.role

    def owner(self, noun: int) -> str | None:
        """The actor whose measure the tariff noun at token `noun` names ("U.S. tariffs"), or None."""
        return self.owner_and_modifier(noun)[0]

    def named_owner(self, noun: int) -> str | None:
        """The owner of the tariff noun at token `noun` unless a pronoun stands for it that may mean another."""
        phrase = self.sentence.phrase_at(self.sentence.tokens[noun].start)
        if phrase is None:
            return None
        first = self.sentence.tokens[phrase.first]
        if first.tag == Tag.POSSESSIVE and first.lower not in ("his", "her"):
            return None
        return self.owner(noun)

    def owner_and_modifier(self, head: int) -> tuple[str | None, str | None]:
        """The actor that owns the measure named at token `head`, and one that only modifies it ("China tariffs")."""
        tokens = self.sentence.tokens
        phrase = self.sentence.phrase_at(tokens[head].start)
        if phrase is None:
            return None, None
        owner: str | None = None
        bare: str | None = None
        for mention in self.mentions_in(tokens[phrase.first].start, tokens[head].start):
            if self._sells(mention, head):
                continue
            following = self.text[mention.end : mention.end + 2]
            owns = following in ("'s", "’s", "' ", "’ ") or mention.kind in ("demonym", "acronym", "capital", "office")
            if owns and owner is None:
                owner = self.role(mention.actor_id)
            elif bare is None:
                bare = self.role(mention.actor_id)
        first = tokens[phrase.first]
        line = self.roles.annotations.article.sentences[self.index]
        if owner is None and bare is None:
            owner = self._shared_owner(phrase) or self._quoted_owner(phrase)
        if owner is None and first.tag == Tag.POSSESSIVE and is_listed(line):
            owner = self.roles.heading_actor(self.index)
        if owner is None and first.tag == Tag.POSSESSIVE:
            owner = self.roles.actor_of(
                self.index, NounPhrase(phrase.first, phrase.first, phrase.first, None, first.start, first.end)
            )
        return owner, bare

    def _sells(self, mention: Mention, head: int) -> bool:
        """Whether goods stand behind a nationality in the phrase, as in a title: "Peruvian Goods Get 9% Tariffs"."""
        at = self.sentence.token_at(mention.end)
        goods = mention.kind == "demonym" and self.sentence.tokens[at].lower in _TRADED
        return goods and head - at > 1 and self.sentence.tokens[at + 1].tag == Tag.NAME

    def _shared_owner(self, phrase: NounPhrase) -> str | None:
        """The owner said once for two kinds of goods: "Peru's beef and sheep tariffs"."""
        tokens = self.sentence.tokens
        if phrase.first < 2 or tokens[phrase.first - 1].tag != Tag.COORDINATOR:
            return None
        before = self.sentence.phrase_at(tokens[phrase.first - 2].start)
        if before is None or before.preposition is not None or tokens[phrase.first].tag != Tag.NOMINAL:
            return None
        owned = any(t.tag == Tag.GENITIVE for t in tokens[before.first : before.head])
        named = self.mentions_in(before.start, before.end) if owned or before.first == 0 else ()
        return self.role(named[0].actor_id) if named and named[0].start == before.start else None

    def _quoted_owner(self, phrase: NounPhrase) -> str | None:
        """The owner parted from the measure by a quotation mark: "Peru's so-called “mirror” tariffs"."""
        tokens = self.sentence.tokens
        i = phrase.first - 1
        if i < 1 or tokens[i].tag != Tag.QUOTE:
            return None
        while i > 0 and tokens[i].tag in (Tag.QUOTE, Tag.NOMINAL, Tag.ADVERB):
            i -= 1
        edge = tokens[i].end if tokens[i].tag in (Tag.GENITIVE, Tag.NAME) else -1
        named = [m for m in self.mentions_in(self.sentence.start, max(edge, self.sentence.start)) if m.end >= edge - 2]
        return self.role(named[-1].actor_id) if named else None
