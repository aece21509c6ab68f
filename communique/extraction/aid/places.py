"""What a place or bank beside a sum tells of who benefits."""

from __future__ import annotations

from dataclasses import dataclass

from communique.extraction.aid.binding import Bound
from communique.extraction.aid.causes import Causes
from communique.extraction.aid.facts import ActorFacts
from communique.extraction.aid.syntax import lowers
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.grammar.parse import NounPhrase, ParsedSentence

_SPOKEN_OF = 400
_PARTS = frozenset(
    """province provinces region regions district districts state states county counties governorate prefecture
    area areas part parts north south east west northeast northwest southeast southwest centre center city town village
    villages island islands capital coast""".split()
)


@dataclass(frozen=True)
class Places(ActorFacts):
    """Questions about places in one article."""

    causes: Causes

    def _is_venue(
        self, sentence: ParsedSentence, phrase: NounPhrase, bound: Bound, country: str, donor: str | None
    ) -> bool:
        """Whether a place only says where something was announced ("pledged $5m in Tokyo")."""
        spoken = bound.act is not None and bound.act.lemma in word_set("beneficiaries", "announcing")
        spoken = spoken or bool(
            word_set("beneficiaries", "announced") & set(lowers(sentence, bound.theme.last + 1, phrase.first - 1))
        )
        if not spoken or phrase.preposition != "in":
            return False
        cause = self.causes.country(donor)
        return cause is not None and cause != country

    def _spoken_of(self, start: int, barred: frozenset[str], donor: str | None) -> str | None:
        """The country whose need the article is about, else the nearest before that gives nothing itself."""
        if (cause := self.causes.country(donor)) is not None:
            return cause
        before = reversed(self.roles.mentions_in(max(0, start - _SPOKEN_OF), start))
        countries = (m.actor_id for m in before if m.actor_id.startswith("country:"))
        return next((who for who in countries if who not in barred and who != donor), None)

    def _is_central_bank(self, phrase: NounPhrase) -> bool:
        """Whether money is kept at a state's bank: "at Chad's central bank"."""
        return self.text[phrase.start : phrase.end].lower().endswith("central bank")

    def _is_region(self, sentence: ParsedSentence, phrase: NounPhrase) -> bool:
        """Whether a phrase names a part of the world and no land in it: "to sub-Saharan Africa's development"."""
        if aid_words().regions.search(self.text, phrase.start, phrase.end) is None:
            return False
        goes_on = any(p.first == phrase.last + 2 and p.preposition == "of" for p in sentence.phrases)
        named = self.roles.mentions_over(phrase.start, phrase.end)
        return not goes_on and all(self.type_of(m) in ("group", "") for m in named)

    def _land_of(self, sentence: ParsedSentence, phrase: NounPhrase) -> NounPhrase:
        """The land that a part of it names behind "of": "in the Sindh province of Pakistan", "in the north of Mali"."""
        if phrase.preposition not in ("in", "across") or sentence.tokens[phrase.head].lower not in _PARTS:
            return phrase
        return next((p for p in sentence.phrases if p.first == phrase.last + 2 and p.preposition == "of"), phrase)

    def _named_after(self, phrase: NounPhrase, sentence: ParsedSentence) -> NounPhrase | None:
        """The country right behind that says which one is meant: "the government of X", "the authorities in X"."""
        following = next((p for p in sentence.phrases if p.first == phrase.last + 2), None)
        if following is None or following.preposition not in ("of", "in"):
            return None
        return following if self.roles.mentions_in(following.start, following.end) else None

    def _place_after(self, phrase: NounPhrase, sentence: ParsedSentence) -> bool:
        """Whether a country follows "in": refugees of one country are helped in another."""
        following = [p for p in sentence.phrases if p.first > phrase.last and p.preposition == "in"]
        return any(self.roles.mentions_in(p.start, p.end) for p in following[:2])
