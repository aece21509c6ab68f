"""Where an article names actors, and which actor a stretch of it names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from communique.articles.model import Sentence, SentenceKind
from communique.extraction.model import Annotations, Mention
from communique.extraction.roles.offices import role_of

_EUROPE = "group:europe"
_UNION = "international_organisation:european-union"


class Mentions:
    """The mentions of one annotated article by place; the actors it answers with are role ids (see `role_of`).

    With `customs` Europe is the European Union where the article names that: the customs are the Union's.
    """

    def __init__(self, annotations: Annotations, *, customs: bool = False) -> None:
        self.annotations = annotations
        self._union = customs and _UNION in annotations.actors
        self.speaking = annotations.once("Mentions.speaking", lambda: _outside_sums(annotations))
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
        if self._union and actor_id == _EUROPE:
            return _UNION
        actor = self.annotations.actors.get(actor_id)
        return role_of(actor) if actor else actor_id

    def sentence_index(self, offset: int) -> int | None:
        """The index of the sentence that covers `offset`."""
        sentences = self.annotations.article.sentences
        i = bisect_left(sentences, offset + 1, key=lambda s: s.start) - 1
        return i if i >= 0 and offset < sentences[i].end else None

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


def is_listed(sentence: Sentence) -> bool:
    """Whether a sentence is a heading or a list item, which may lack a subject."""
    return sentence.kind in (SentenceKind.ITEM, SentenceKind.HEADING)
