"""What is known of the actors that a text mentions, as far as giving and benefiting goes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.extraction.aid.words import aid_words
from communique.extraction.model import Annotations, Mention
from communique.extraction.roles import Roles

DONOR_TYPES = frozenset(
    {"country", "government_body", "international_organisation", "group", "armed_force", "person", "other_organisation"}
)
CHANNEL_TYPES = frozenset({"international_organisation", "other_organisation", "government_body"})
BODY_TYPES = frozenset({"international_organisation", "other_organisation"})
STATE_TYPES = frozenset({"country", "government_body", "armed_force", "person"})
_COMMERCIAL = re.compile(
    r"^(?!.*\b(?:Development|World|Central|Import|Reserve|Investment|State-Owned)\b).*\bBank\b|\b(?:Banque|Bancorp|PLC|Ltd|Inc)\b"
)
_MONEY = re.compile(r"\s+(?:dollars?|pounds|francs|rupees)\b", re.I)
_GIVES = re.compile(
    r"(?:['’]s?)?\s+(?:to\s+)?(?:gives?|pledges?|donates?|sends?|lends?|provides?|grants?|contributes?)\b", re.I
)
_GOVERNMENT = re.compile(r"G[oO]([A-Z]{1,3})")
_OWNING = frozenset({"demonym", "acronym", "capital", "office"})


@dataclass(frozen=True)
class ActorFacts:
    """Questions about single mentions of one article."""

    annotations: Annotations
    roles: Roles

    @property
    def text(self) -> str:
        """The article's text."""
        return self.annotations.article.text

    def type_of(self, mention: Mention) -> str:
        """The actor type of a mention, empty where the actor is unknown."""
        actor = self.annotations.actors.get(mention.actor_id)
        return actor.type if actor else ""

    def may_give(self, mention: Mention) -> bool:
        """Whether the actor is of a kind that gives aid: no firm, no newspaper."""
        if self.type_of(mention) != "other_organisation":
            return self.type_of(mention) in DONOR_TYPES
        return not _COMMERCIAL.search(self.annotations.actors[mention.actor_id].name)

    def is_giving(self, mention: Mention) -> bool:
        """Whether a verb of giving follows a name at once, as in a title: "Japan pledges"."""
        return _GIVES.match(self.text, mention.end) is not None

    def is_money(self, mention: Mention) -> bool:
        """Whether a nationality only says whose money a sum is in: "US Dollars 5,000"."""
        return _MONEY.match(self.text, mention.end) is not None

    def owns(self, mention: Mention) -> bool:
        """Whether a mention stands as owner or nationality of what follows: "Japan's", "Dutch", "EU"."""
        possessive = self.text[mention.end : mention.end + 2] in ("'s", "’s", "' ", "’ ")
        lends = self.type_of(mention) == "international_organisation" and self._precedes_aid(mention)
        owning = possessive or mention.kind in _OWNING or lends
        return owning and self.may_give(mention) and not self.is_money(mention)

    def _precedes_aid(self, mention: Mention) -> bool:
        """Whether the name of a body stands right before a word for aid: "a World Bank loan"."""
        following = self.text[mention.end : mention.end + 30].split(None, 1)
        return bool(following) and following[0].strip(".,;:") in aid_words().aid_nouns

    def government_by_initials(self, word: str) -> str | None:
        """The one country of the article whose government a word names by its initials: "GoSL", "GOI"."""
        found = _GOVERNMENT.fullmatch(word)
        return self._by_initials.get(found.group(1)) if found is not None else None

    @property
    def _by_initials(self) -> dict[str, str | None]:
        return self.annotations.once("ActorFacts._by_initials", self._find_by_initials)

    def _find_by_initials(self) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for who in dict.fromkeys(m.actor_id for m in self.roles.speaking if m.actor_id.startswith("country:")):
            initials = "".join(word[0] for word in self.annotations.actors[who].name.split() if word[0].isupper())
            found[initials] = who if initials not in found else None
        return found

    def is_agency(self, mention: Mention) -> bool:
        """Whether the actor is an aid agency, through which its country gives."""
        actor = self.annotations.actors.get(mention.actor_id)
        name = actor.name.lower() if actor else ""
        return any(word in name for word in aid_words().agencies)
