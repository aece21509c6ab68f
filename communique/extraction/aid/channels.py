"""The institution that aid goes through."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from communique.extraction.aid.acts import Act, Sort
from communique.extraction.aid.binding import Bound
from communique.extraction.aid.facts import CHANNEL_TYPES, ActorFacts
from communique.extraction.aid.moment import Moment
from communique.extraction.aid.naming import Giver
from communique.extraction.aid.syntax import groups_between
from communique.extraction.aid.themes import Theme
from communique.extraction.aid.words import aid_words, word_set
from communique.extraction.grammar.parse import ParsedSentence
from communique.extraction.grammar.words import Tag
from communique.extraction.model import Mention
from communique.extraction.rows import AidCommitment

_NEAR = 14


@dataclass(frozen=True)
class Channels(ActorFacts):
    """Finds the channels in one article."""

    def channel(
        self, sentence: ParsedSentence, bound: Bound, until: int, parties: frozenset[str | None]
    ) -> Mention | None:
        """The institution named for a statement whose words end before token `until`, other than its parties."""
        bracketed = self._bracketed(bound.theme.start, sentence)
        if sentence.tokens[bound.theme.first - 1].lower == "(":
            return bracketed
        taking = self._taking(sentence, bound.act, bound.theme.first, parties)
        return bracketed or taking or self._named(sentence, bound.theme.last + 1, until, parties)

    def instrument(self, sentence: ParsedSentence, theme: Theme, until: int) -> str | None:
        """The name of a fund, facility or appeal that a sum goes "to", "into" or "for", an actor or not."""
        for phrase in sentence.phrases_between(theme.last + 1, min(until, theme.last + 10)):
            head = sentence.tokens[phrase.head]
            named = head.tag == Tag.NAME and head.lower in aid_words().channel_heads
            longer = any(m.end > phrase.end for m in self.roles.mentions_over(phrase.start, phrase.end))
            if phrase.preposition in ("to", "into", "for", "through", "via") and named and not longer:
                return re.sub(r"^the\s+", "", " ".join(self.text[phrase.start : phrase.end].split()))
        return None

    def relief_body(self, sentence: ParsedSentence, bound: Bound, until: int) -> str | None:
        """The body that helps people in need to which a sum is given: "sent $5m to the WFP", "gave UNHCR $5m"."""
        theme, act = bound.theme, bound.act
        first = act.last + 1 if act is not None and act.last < theme.first else theme.last + 1
        for phrase in sentence.phrases_between(first, min(until, theme.last + _NEAR) - 1):
            given = phrase.preposition in ("to", "for", "into", "through", "via")
            given = given or (phrase.preposition == "of" and phrase.first <= theme.last + 2)
            if given or (phrase.preposition is None and phrase.last < theme.first):
                for mention in self.roles.mentions_over(phrase.start, phrase.end):
                    if mention.actor_id in word_set("beneficiaries", "relief"):
                        return mention.actor_id
        return None

    def lender(self, sentence: ParsedSentence, bound: Bound, until: int) -> str | None:
        """The lender under whose programme somebody gets a sum: "received $5m under its IMF programme"."""
        if bound.act is None or bound.act.sort is not Sort.RECEIVING:
            return None
        under = self._named(sentence, bound.theme.last + 1, until, frozenset())
        return under.actor_id if under is not None and under.actor_id in aid_words().lenders else None

    def donor_of_instrument(self, sentence: ParsedSentence, theme: Theme, until: int) -> str | None:
        """The donor of a fund that belongs to one, where the clause names it ("European Peace Facility")."""
        stretch = self.text[theme.described[0] : sentence.tokens[min(until, len(sentence.tokens)) - 1].end].lower()
        return next((donor for name, donor in aid_words().donors_of_channels.items() if name in stretch), None)

    def _named(
        self, sentence: ParsedSentence, first: int, until: int, parties: frozenset[str | None]
    ) -> Mention | None:
        """The institution that a stretch of tokens names after "through" or "via", else after "to" or "into"."""
        for wanted in ({"through", "via", "under"}, {"to", "into", "for", "from", "with"}):
            for phrase in sentence.phrases:
                if not (first <= phrase.first < until and phrase.preposition in wanted):
                    continue
                if any(g.form == "gerund" for g in groups_between(sentence, first - 1, phrase.first)):
                    continue
                for mention in self.roles.mentions_over(phrase.start, phrase.end):
                    role = self.roles.role(mention.actor_id) or ""
                    if (
                        mention.start >= phrase.start
                        and self.type_of(mention) in CHANNEL_TYPES
                        and (self.is_agency(mention) or not ({role} & parties or role.startswith("country:")))
                    ):
                        return mention
        return None

    def _taking(
        self, sentence: ParsedSentence, act: Act | None, before: int, parties: frozenset[str | None]
    ) -> Mention | None:
        """The institution that is the indirect object: "gave UNRWA $5m"."""
        if act is None or act.group is None or act.group.passive:
            return None
        for phrase in sentence.phrases_between(act.last + 1, before):
            named = self.roles.mentions_over(phrase.start, phrase.end)
            if phrase.preposition is None and named and self.type_of(named[0]) in CHANNEL_TYPES:
                own = self.roles.role(named[0].actor_id) in parties and not self.is_agency(named[0])
                return None if own else named[0]
        return None

    def _bracketed(self, start: int, sentence: ParsedSentence) -> Mention | None:
        """The institution that a sum in brackets belongs to: "UNICEF ($5m)"."""
        text = self.annotations.article.text
        before = self.roles.mentions_in(max(sentence.start, start - 120), start)
        if (
            before
            and text[before[-1].end : start].strip() in ("(", ") (")
            and self.type_of(before[-1]) in CHANNEL_TYPES
        ):
            return before[-1]
        return None


def with_channel_before(row: AidCommitment, giver: Giver, moment: Moment) -> AidCommitment:
    """A total of what the sentence before speaks of goes through the same channel."""
    last = moment.last_told
    if (
        last is None
        or row.rule == "aid.sum.item"
        or not (row.is_total and giver.elsewhere and row.sentence - last.sentence == 1)
    ):
        return row
    return replace(row, channel_id=row.channel_id or last.channel_id)
